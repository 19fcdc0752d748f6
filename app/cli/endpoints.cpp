#include "app/kube/addresssurvey.h"

#include "app/base/visible.h"
#include "app/cli/command.h"
#include "app/cli/jsonparts.h"
#include "app/cli/run.h"
#include "app/kube/jsonread.h"
#include "app/messages/endpoints.h"
#include "app/messages/endpointsjson.h"
#include "app/messages/errors.h"

#include <QCoreApplication>

namespace cli {
namespace {

using endpoint::ProbeResult;

QStringList columnHeaders()
{
    return {QStringLiteral("USED"),    QStringLiteral("TYPE"),    QStringLiteral("URL"),
            QStringLiteral("LATENCY"), QStringLiteral("VERSION"), QStringLiteral("STATUS")};
}

void printText(Run& run, const std::vector<ProbeResult>& results, const QUrl& inUse)
{
    std::vector<QStringList> rows;
    for (const ProbeResult& each : results)
        rows.push_back({endpoint::isSameAddress(each.address.url, inUse) ? QStringLiteral("*") : QString(),
                        endpoint::idOf(each.address.type), base::visible(each.address.text()),
                        each.latency ? QStringLiteral("%1/%2 ms").arg(each.latency->medianMs).arg(each.latency->maxMs)
                                     : QStringLiteral("-"),
                        each.version.isEmpty() ? QStringLiteral("-") : each.version,
                        base::visible(messages::verdict(each))});
    run.printTable(columnHeaders(), rows);
    for (const ProbeResult& each : results)
        if (const QString advice = messages::verdictAdvice(each); !advice.isEmpty())
            run.warn(base::visible(messages::labelled(each.address.text(), advice)));
}

/// As it was when the snapshot was taken.
void runThen(Run& run, const kube::Json& then)
{
    if (!then.is_array()) {
        run.fail(
            {.kind = base::ErrorKind::NotCaptured, .asked = run.options().command, .ofWhom = run.options().snapshot});
        return;
    }
    bool oneAnswered = false;
    std::vector<QStringList> rows;
    for (const kube::Json& each : then) {
        const auto text = [&](std::initializer_list<const char*> path) {
            const kube::Json& value = kube::at(each, path);
            const QString shown = value.is_number() ? QString::fromStdString(value.dump()) : kube::rawText(value);
            return shown.isEmpty() ? QStringLiteral("-") : base::visible(shown);
        };
        oneAnswered = oneAnswered || kube::at(each, {"version"}).is_string();
        rows.push_back(
            {kube::flag(each, {"inUse"}) ? QStringLiteral("*") : QString(), text({"type"}), text({"url"}),
             text({"latencyMs", "median"}) + QLatin1Char('/') + text({"latencyMs", "max"}) + QStringLiteral(" ms"),
             text({"version"}), text({"message"})});
    }
    if (run.options().json)
        run.printJson(then);
    else
        run.printTable(columnHeaders(), rows);
    run.done(oneAnswered ? Exit::Done : Exit::NotConnected);
}

void runEndpoints(Run& run)
{
    if (run.snapshot()) {
        runThen(run, run.snapshot()->endpoints());
        return;
    }
    kube::surveyAddresses(run.client(), run.probeOptions(), run.known())
        .future.then(&run, [&run](const base::Result<kube::AddressSurvey>& survey) {
            if (!survey) {
                run.fail(survey.error());
                return;
            }
            run.remember(survey->known());
            const QUrl inUse = run.endpoint().url;
            if (run.options().json) {
                kube::Json list = kube::Json::array();
                for (const ProbeResult& each : survey->addresses)
                    list.push_back(messages::endpointJson(each, endpoint::isSameAddress(each.address.url, inUse)));
                run.printJson(list);
            } else {
                printText(run, survey->addresses, inUse);
            }
            const bool oneAnswers = std::any_of(survey->addresses.begin(), survey->addresses.end(),
                                                [](const ProbeResult& each) { return each.answers(); });
            run.done(oneAnswers ? Exit::Done : Exit::NotConnected);
        });
}

} // namespace

Command endpointsCommand()
{
    return {.name = "endpoints",
            .arguments = "",
            .summary = QT_TRANSLATE_NOOP("Cli", "the addresses of the cluster, each tried step by step"),
            .run = runEndpoints};
}

} // namespace cli
