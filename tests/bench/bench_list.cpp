// One list of pods from an APIServer into a table that paints it, measured in one process: reflector, store, model and
// view are the window's own. Prints one line of JSON. Run by script/bench; times begin when the reflector starts.
//
// bench_list --rows N [--kubeconfig FILE] [--context NAME] [--identity]

#include "app/config/kubeconfig.h"
#include "app/kube/reflector.h"
#include "app/messages/errors.h"
#include "app/models/rowtablemodel.h"
#include "app/store/rowstore.h"
#include "app/transport/httptransport.h"
#include "ui/widgets/tableview.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTimer>
#include <cstdio>
#include <cstdlib>
#include <sys/resource.h>

namespace {

/// Of /proc/self/status, in KiB.
qint64 memoryKb(const QByteArray& field)
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QFile::ReadOnly))
        return -1;
    for (const QByteArray& line : file.readAll().split('\n'))
        if (line.startsWith(field + ':'))
            return line.mid(field.size() + 1).simplified().split(' ').front().toLongLong();
    return -1;
}

/// VmHWM counts from here on.
void forgetPeak()
{
    QFile file(QStringLiteral("/proc/self/clear_refs"));
    if (file.open(QFile::WriteOnly))
        file.write("5");
}

qint64 cpuMs()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
           (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

/// Asks for lists without compression, which the reflector itself never does.
class Identity final : public transport::Transport {
public:
    explicit Identity(transport::Transport* inner) : m_inner(inner) {}
    base::Call<transport::Reply> send(transport::Request request) override { return m_inner->send(std::move(request)); }
    transport::StreamHandle stream(transport::Request request, std::shared_ptr<transport::StreamSink> sink) override
    {
        request.compress = false;
        return m_inner->stream(std::move(request), std::move(sink));
    }
    QThread* workerThread() override { return m_inner->workerThread(); }
    QString address() const override { return m_inner->address(); }

private:
    transport::Transport* m_inner;
};

class Table final : public ui::TableView {
public:
    Table() : TableView(QStringLiteral("pods")) {}
    std::function<void(int rows)> painted;

private:
    void paintEvent(QPaintEvent* event) override
    {
        TableView::paintEvent(event);
        if (painted && model())
            painted(model()->rowCount());
    }
};

[[noreturn]] void stop(const QString& why)
{
    std::fprintf(stderr, "bench_list: %s\n", qPrintable(why));
    std::exit(1);
}

} // namespace

int main(int argc, char* argv[])
{
    QApplication::setStyle(QStringLiteral("fusion"));
    QApplication application(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption rowsOption(QStringLiteral("rows"), QStringLiteral("pods to wait for"),
                                        QStringLiteral("N"));
    const QCommandLineOption fileOption(QStringLiteral("kubeconfig"), QString(), QStringLiteral("FILE"));
    const QCommandLineOption contextOption(QStringLiteral("context"), QString(), QStringLiteral("NAME"));
    const QCommandLineOption identityOption(QStringLiteral("identity"), QStringLiteral("do not offer gzip"));
    parser.addOptions({rowsOption, fileOption, contextOption, identityOption});
    parser.process(application);
    const int wanted = parser.value(rowsOption).toInt();
    if (wanted < 1)
        stop(QStringLiteral("--rows wants a number"));

    const auto kubeconfig = config::loadKubeconfig(
        config::kubeconfigFiles(parser.value(fileOption), qEnvironmentVariable("KUBECONFIG"), QDir::homePath()));
    const auto context = kubeconfig.resolve(parser.value(contextOption));
    if (!context)
        stop(messages::sentence(context.error()));
    auto endpoint = transport::endpointOf(*context);
    if (!endpoint)
        stop(messages::sentence(endpoint.error()));
    transport::Journal journal;
    auto made = transport::HttpTransport::create(std::move(*endpoint), transport::identityOf(*context), &journal, {});
    if (!made)
        stop(messages::sentence(made.error()));
    Identity uncompressed(made->get());
    transport::Transport* transport = made->get();
    if (parser.isSet(identityOption))
        transport = &uncompressed;

    store::RowStore rows;
    models::RowTableModel model(&rows, {.apiVersion = QStringLiteral("v1"), .kind = QStringLiteral("Pod")});
    Table table;
    table.setModel(&model);
    table.resize(1400, 900);

    auto* reflector =
        new kube::Reflector(transport, {.resource = {.version = QStringLiteral("v1"),
                                                     .resource = QStringLiteral("pods"),
                                                     .kind = QStringLiteral("Pod"),
                                                     .verbs = {QStringLiteral("list"), QStringLiteral("watch")},
                                                     .namespaced = true}});
    reflector->moveToThread(transport->workerThread());
    QObject::connect(reflector, &kube::Reflector::changed, &rows, &store::RowStore::apply);
    QObject::connect(reflector, &kube::Reflector::stateChanged, &rows, &store::RowStore::setState);
    QObject::connect(&rows, &store::RowStore::stateChanged, &table, [](const kube::FeedState& state) {
        if (state.error != base::Error{})
            stop(messages::sentence(state.error));
    });

    QElapsedTimer clock;
    qint64 firstMs = -1, allMs = -1, cpuAtStart = 0, cpuAtEnd = 0, emptyKb = 0;
    table.painted = [&](int shown) {
        if (!clock.isValid())
            return; // the empty window
        if (shown > 0 && firstMs < 0)
            firstMs = clock.elapsed();
        if (shown >= wanted && allMs < 0) {
            allMs = clock.elapsed();
            cpuAtEnd = cpuMs();
            QTimer::singleShot(1500, &application, [&] {
                const qint64 steadyKb = memoryKb("VmRSS"), peakKb = memoryKb("VmHWM");
                const auto entries = journal.entries();
                std::printf("{\"firstMs\":%lld,\"allMs\":%lld,\"cpuMs\":%lld,\"rows\":%d,\"wireBytes\":%lld,"
                            "\"emptyKb\":%lld,\"steadyKb\":%lld,\"peakKb\":%lld,\"storeBytesARow\":%.0f,"
                            "\"bytesARow\":%.0f}\n",
                            firstMs, allMs, cpuAtEnd - cpuAtStart, static_cast<int>(rows.size()),
                            entries.empty() ? -1LL : entries.front().bytes, emptyKb, steadyKb, peakKb,
                            static_cast<double>(rows.memoryBytes()) / static_cast<double>(rows.size()),
                            static_cast<double>(steadyKb - emptyKb) * 1024 / static_cast<double>(rows.size()));
                QApplication::quit();
            });
        }
    };
    table.show();
    QTimer::singleShot(500, &application, [&] {
        emptyKb = memoryKb("VmRSS");
        forgetPeak();
        cpuAtStart = cpuMs();
        clock.start();
        QMetaObject::invokeMethod(reflector, &kube::Reflector::start);
    });
    QTimer::singleShot(300'000, &application, [] { stop(QStringLiteral("not all rows came within 300 s")); });
    const int exit = QApplication::exec();
    reflector->deleteLater(); // in its thread, which ends with the transport
    return exit;
}
