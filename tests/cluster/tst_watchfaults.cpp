// The store behind a way that does harm: while another process changes objects on the real servers, streams are cut in
// the middle of frames and answers are 429, 410 and 504. At the end the store, and everybody who listened to it, holds
// what a fresh list says. SEEDS sets how many rounds there are; 200 by hand.

#include "app/kube/discovery.h"
#include "app/store/feed.h"
#include "tests/cluster/clusters.h"
#include "tests/cluster/faultproxy.h"
#include "tests/support/certificates.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QSslKey>
#include <map>
#include <set>

namespace {

const QString Namespace = QStringLiteral("alidade-watchfaults");
const QByteArray Folder = "/api/v1/namespaces/alidade-watchfaults/configmaps";

/// The other process: so many changes from a seed, to both API servers. Prints the UID of each object that it deleted.
int writeChanges(quint32 seed, int count)
{
    transport::Journal journal;
    const plane::Connection servers[2] = {plane::connectTo(journal, QStringLiteral("-real-0")),
                                          plane::connectTo(journal, QStringLiteral("-real-1"))};
    QRandomGenerator random(seed);
    std::vector<QByteArray> names;
    for (int i = 0; i < count; ++i) {
        transport::Request request;
        request.headers.emplace_back("Content-Type", "application/json");
        const auto choice = random.bounded(10);
        if (names.empty() || choice < 4) {
            const QByteArray name = "s" + QByteArray::number(seed) + "-" + QByteArray::number(i) + "-" +
                                    QByteArray::number(QCoreApplication::applicationPid());
            request.verb = "POST";
            request.path = Folder;
            // Some frames are long, so that a cut falls into the middle of one.
            const int size = random.bounded(4) == 0 ? 6000 : 20;
            request.body = R"({"metadata":{"name":")" + name + R"("},"data":{"a":")" + QByteArray(size, 'x') + R"("}})";
            names.push_back(name);
        } else {
            const auto at = static_cast<std::size_t>(random.bounded(static_cast<int>(names.size())));
            request.path = Folder + '/' + names[at];
            if (choice < 7) {
                request.verb = "PATCH";
                request.headers.front().second = "application/merge-patch+json";
                request.body = R"({"data":{"b":")" + QByteArray::number(random.generate64()) + R"("}})";
            } else {
                request.verb = "DELETE";
                names.erase(names.begin() + static_cast<std::ptrdiff_t>(at));
            }
        }
        const auto answer = plane::answerOf(servers[random.bounded(2)].client->askJson(request));
        if (!answer) {
            std::fprintf(stderr, "%s %s: %s\n", request.verb.constData(), request.path.constData(),
                         qPrintable(answer.error().said));
            return 1;
        }
        if (request.verb == "DELETE" && answer->contains("details"))
            std::printf("%s\n", (*answer)["details"].value("uid", std::string()).c_str());
    }
    return 0;
}

} // namespace

class TestWatchFaults : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void holdsWhatAFreshListSays_data();
    void holdsWhatAFreshListSays();
    void everyFaultHappened();
    void cleanupTestCase();

private:
    transport::Journal m_journal;
    plane::Connection m_server;
    kube::ApiResource m_configMaps;
    std::unique_ptr<support::Certificates> m_authority;
    std::unique_ptr<plane::FaultProxy> m_proxy;
    std::unique_ptr<transport::HttpTransport> m_tormented;
};

void TestWatchFaults::initTestCase()
{
    m_server = plane::connectTo(m_journal, QStringLiteral("-real-1"));
    const auto catalog = plane::answerOf(kube::discover(*m_server.client));
    QVERIFY(catalog);
    m_configMaps = *catalog->find(QStringLiteral("configmaps"));
    QVERIFY(plane::makeNamespace(*m_server.client, Namespace));

    const auto kubeconfig = config::loadKubeconfig({qEnvironmentVariable("KUBECONFIG")}, true);
    const auto context = kubeconfig.resolve(kubeconfig.currentContext + QStringLiteral("-real-0"));
    QVERIFY(context);
    const auto identity = transport::identityOf(*context);
    const auto endpoint = transport::endpointOf(*context);
    QVERIFY(endpoint);
    const auto upstream = transport::tlsConfiguration(*endpoint, identity);
    QVERIFY(upstream);
    m_authority = std::make_unique<support::Certificates>();
    m_proxy = std::make_unique<plane::FaultProxy>(
        plane::FaultProxy::Options{.host = endpoint->url.host(),
                                   .port = static_cast<quint16>(endpoint->url.port(443)),
                                   .upstream = *upstream,
                                   .own = m_authority->serverTls(m_authority->server(QStringLiteral("IP:127.0.0.1")))});
    auto through =
        transport::HttpTransport::create({.url = QUrl(QStringLiteral("https://127.0.0.1:%1").arg(m_proxy->port())),
                                          .certificateAuthority = m_authority->authority()},
                                         transport::Identity{}, &m_journal, {});
    QVERIFY(through);
    m_tormented = std::move(*through);
}

void TestWatchFaults::cleanupTestCase()
{
    m_tormented.reset();
    m_proxy.reset();
    plane::removeNamespace(*m_server.client, Namespace);
}

void TestWatchFaults::holdsWhatAFreshListSays_data()
{
    QTest::addColumn<quint32>("seed");
    const int seeds = qEnvironmentVariableIsSet("SEEDS") ? qEnvironmentVariableIntValue("SEEDS") : 20;
    for (int i = 0; i < seeds; ++i)
        QTest::addRow("seed %d", i) << static_cast<quint32>(i * 7919 + 17);
}

void TestWatchFaults::holdsWhatAFreshListSays()
{
    QFETCH(quint32, seed);
    m_proxy->calmDown();
    store::Feed feed(m_tormented.get(), {.resource = m_configMaps, .scope = {.nameSpace = Namespace}});
    // What somebody knows who only listens: a delete that is not told stays there.
    std::map<store::RowId, QByteArray> heard;
    const store::RowStore& rows = *feed.rows();
    const auto take = [&](store::RowId id) { heard[id] = kube::uuidText(rows.row(id).head->uid).toUtf8(); };
    connect(feed.rows(), &store::RowStore::reset, this, [&] { heard.clear(); });
    connect(feed.rows(), &store::RowStore::rowsChanged, this, [&](const store::RowChanges& changes) {
        for (const store::RowId id : changes.removed)
            heard.erase(id);
        for (const store::RowId id : changes.inserted)
            take(id);
        for (const store::RowId id : changes.updated)
            take(id);
    });
    QTRY_COMPARE_WITH_TIMEOUT(rows.state().phase, kube::FeedState::Phase::Live, 30'000);

    m_proxy->torment(seed);
    QProcess writer;
    writer.start(QCoreApplication::applicationFilePath(),
                 {QStringLiteral("--write"), QString::number(seed), QStringLiteral("40")});
    // Waits with the event loop running: the feed is at work meanwhile. Cuts from this side come on top.
    QRandomGenerator random(seed);
    while (writer.state() != QProcess::NotRunning) {
        QTest::qWait(30);
        if (random.bounded(8) == 0) {
            feed.pathDied({.kind = base::ErrorKind::Network, .reason = QStringLiteral("closed")});
            feed.pathCameBack();
        }
    }
    QVERIFY2(writer.exitStatus() == QProcess::NormalExit && writer.exitCode() == 0,
             writer.readAllStandardError().constData());
    m_proxy->calmDown();
    feed.pathCameBack();

    const auto fresh = plane::freshList(*m_server.client, Folder);
    const auto told = [&] {
        std::map<QByteArray, quint64> all;
        // A newer version of the same cells is taken in silence.
        for (const auto& [id, uid] : heard)
            all[uid] = rows.isAlive(id) ? rows.row(id).head->resourceVersion : 0;
        return all;
    };
    const bool agrees = QTest::qWaitFor([&] { return told() == fresh; }, 60'000);
    QVERIFY2(agrees, qPrintable(QStringLiteral("who listened knows %1 objects, a fresh list %2; phase %3, %4")
                                    .arg(heard.size())
                                    .arg(fresh.size())
                                    .arg(static_cast<int>(rows.state().phase))
                                    .arg(rows.state().error.said)));
    QCOMPARE(heard.size(), fresh.size());
    QCOMPARE(rows.size(), fresh.size());
    for (const QByteArray& uid : writer.readAllStandardOutput().split('\n'))
        QVERIFY2(uid.isEmpty() || !fresh.contains(uid), uid.constData());
    const auto again = plane::freshList(*m_server.client, Folder);
    QCOMPARE(again, fresh);
}

void TestWatchFaults::everyFaultHappened()
{
    const plane::Faults& faults = m_proxy->faults();
    QVERIFY(faults.cuts > 0);
    QVERIFY(faults.tooMany > 0);
    QVERIFY(faults.gone > 0);
    QVERIFY(faults.timeouts > 0);
    QVERIFY(faults.passed > 0);
}

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 4 && arguments[1] == QLatin1String("--write"))
        return writeChanges(arguments[2].toUInt(), arguments[3].toInt());
    TestWatchFaults test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_watchfaults.moc"
