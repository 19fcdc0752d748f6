#include "app/snapshot/capture.h"
#include "app/base/visible.h"
#include "app/cli/command.h"
#include "app/cli/jsonparts.h"
#include "app/cli/run.h"
#include "app/messages/endpointsjson.h"
#include "app/messages/errors.h"
#include "app/messages/snapshots.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
#include <QSocketNotifier>
#include <csignal>
#include <fcntl.h>
#include <functional>
#include <unistd.h>

namespace cli {
namespace {

struct Cli {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

constexpr int AnHour = 3600;

QString checkCapture(Options& options)
{
    if (!options.arguments.isEmpty())
        return Cli::tr("“%1” takes no arguments.").arg(options.command);
    if (options.isSet("no-redact") && !options.isSet("yes"))
        return Cli::tr("--no-redact writes passwords, tokens and keys into the file as they are: say --yes as well.");
    if (options.isSet("no-redact") && options.isSet("redact-addresses"))
        return Cli::tr("Either --no-redact or --redact-addresses can be asked for, not both.");
    return {};
}

/// Ctrl+C and its like: what was begun is cleared away before the program ends.
void onInterrupt(QObject* owner, std::function<void()> act)
{
    static int pipes[2]; // the one thing that a signal's handler may touch
    if (::pipe2(pipes, O_CLOEXEC) != 0)
        return;
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        std::signal(signal, [](int) { (void)!::write(pipes[1], "x", 1); });
    auto* notifier = new QSocketNotifier(pipes[0], QSocketNotifier::Read, owner);
    QObject::connect(notifier, &QSocketNotifier::activated, owner, [act = std::move(act), notifier] {
        notifier->setEnabled(false);
        act();
    });
}

/// A snapshot keeps no address with an error; the manifest says who was asked.
QString whySkipped(const snapshot::Skipped& skipped, const snapshot::Manifest& manifest)
{
    base::Error error = skipped.error;
    const QLatin1String members("members/");
    error.ofWhom = skipped.path.startsWith(members) ? skipped.path.mid(members.size()) : manifest.server;
    return messages::sentence(error);
}

kube::Json resultJson(const QString& file, const snapshot::Manifest& manifest)
{
    kube::Json redacted = kube::Json::array();
    for (const snapshot::Redacted& each : manifest.redacted)
        redacted.push_back({{"path", each.path.toStdString()}, {"count", each.count}});
    kube::Json skipped = kube::Json::array();
    for (const snapshot::Skipped& each : manifest.skipped)
        skipped.push_back({{"path", each.path.toStdString()},
                           {"state", each.state.toStdString()},
                           {"message", whySkipped(each, manifest).toStdString()}});
    return {{"file", file.toStdString()},      {"requests", manifest.requests},   {"bytes", QFileInfo(file).size()},
            {"unpackedBytes", manifest.bytes}, {"redacted", std::move(redacted)}, {"skipped", std::move(skipped)}};
}

void printText(Run& run, const QString& file, const snapshot::Manifest& manifest)
{
    run.print((Cli::tr("Captured into %1: %2 after %3 requests; values redacted: %4.")
                   .arg(base::visible(file), QLocale().formattedDataSize(QFileInfo(file).size()))
                   .arg(manifest.requests)
                   .arg(messages::redactedCount(manifest)) +
               QLatin1Char('\n'))
                  .toUtf8());
    std::vector<QStringList> rows;
    for (const snapshot::Skipped& each : manifest.skipped)
        rows.push_back({each.path, each.state, base::visible(whySkipped(each, manifest))});
    if (!rows.empty())
        run.printTable({Cli::tr("NOT CAPTURED"), Cli::tr("STATE"), Cli::tr("WHY")}, rows);
}

void runCapture(Run& run)
{
    const Options& options = run.options();
    if (run.snapshot()) {
        run.fail({.kind = base::ErrorKind::NotCaptured, .asked = options.command, .ofWhom = options.snapshot});
        return;
    }
    snapshot::CaptureOptions capturing = snapshot::captureOptionsOf(run.context());
    capturing.file = options.outputFile;
    capturing.redact = !options.isSet("no-redact");
    capturing.addresses = options.isSet("redact-addresses");
    capturing.server = run.endpoint().url.toDisplayString(QUrl::StripTrailingSlash);
    capturing.known = run.known();
    if (!run.isThroughPlatform()) {
        capturing.probing = run.probeOptions();
        capturing.addressJson = messages::endpointJson;
        capturing.platform = run.platformAccess();
    }
    auto* capture = new snapshot::Capture(run.client().transport(), std::move(capturing), &run);
    QObject::connect(capture, &snapshot::Capture::finished, &run, [&run, capture] {
        const auto& manifest = capture->result();
        if (!manifest) {
            run.fail(manifest.error());
            return;
        }
        const QString& file = run.options().outputFile;
        if (run.options().json)
            run.printJson(resultJson(file, *manifest));
        else
            printText(run, file, *manifest);
        run.done();
    });
    run.onTimeout([&run, capture] {
        QObject::disconnect(capture, nullptr, &run, nullptr);
        capture->cancel();
        run.fail(
            {.kind = base::ErrorKind::Timeout, .asked = run.options().command, .ofWhom = run.endpoint().url.host()});
    });
    onInterrupt(capture, [capture] { capture->cancel(); });
    capture->start();
}

} // namespace

Command captureCommand()
{
    return {
        .name = "capture",
        .arguments = "-o FILE",
        .summary = QT_TRANSLATE_NOOP("Cli", "takes a snapshot of the cluster, without its secrets, into a file"),
        .writesFile = true,
        .timeoutSeconds = AnHour,
        .options = {{"no-redact", nullptr, QT_TRANSLATE_NOOP("Cli", "Write secrets as they are; wants --yes as well.")},
                    {"redact-addresses", nullptr,
                     QT_TRANSLATE_NOOP("Cli", "Replace the addresses of nodes and masters as well.")},
                    {"yes", nullptr, QT_TRANSLATE_NOOP("Cli", "Do as was asked, whatever it means.")}},
        .check = checkCapture,
        .run = runCapture};
}

} // namespace cli
