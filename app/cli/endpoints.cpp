#include "app/kube/addresssurvey.h"

#include "app/base/visible.h"
#include "app/cli/command.h"
#include "app/cli/jsonparts.h"
#include "app/cli/run.h"
#include "app/messages/endpoints.h"
#include "app/messages/errors.h"

#include <QCoreApplication>

namespace cli {
namespace {

using endpoint::ProbeResult;
using endpoint::Stage;

kube::Json timeOrNull(const QDateTime& time)
{
    return time.isValid() ? kube::Json(time.toUTC().toString(Qt::ISODate).toStdString()) : kube::Json(nullptr);
}

kube::Json toJson(const base::Error& error)
{
    if (error == base::Error{})
        return nullptr;
    return {{"kind", base::idOf(error.kind).toStdString()},
            {"httpStatus", error.httpStatus > 0 ? kube::Json(error.httpStatus) : kube::Json(nullptr)},
            {"reason", error.reason.toStdString()},
            {"message", error.said.toStdString()}};
}

kube::Json toJson(const QStringList& texts)
{
    kube::Json list = kube::Json::array();
    for (const QString& text : texts)
        list.push_back(text.toStdString());
    return list;
}

kube::Json toJson(const ProbeResult& result, bool inUse)
{
    kube::Json stages = kube::Json::object();
    for (const Stage stage : endpoint::AllStages) {
        const endpoint::StageResult& each = result.at(stage);
        stages[endpoint::idOf(stage).toStdString()] = {
            {"ok", valueOrNull(each.ok)}, {"ms", valueOrNull(each.ms)}, {"error", toJson(each.error)}};
    }
    kube::Json certificate;
    if (const auto& facts = result.certificate)
        certificate = {{"subject", facts->subject.toStdString()},
                       {"issuer", facts->issuer.toStdString()},
                       {"notAfter", timeOrNull(facts->notAfter)},
                       {"sans", toJson(facts->sans)},
                       {"isOfCluster", valueOrNull(facts->isOfCluster)}};
    kube::Json latency;
    if (result.latency)
        latency = {{"median", result.latency->medianMs}, {"max", result.latency->maxMs}};
    return {
        {"type", endpoint::idOf(result.address.type).toStdString()},
        {"url", result.address.text().toStdString()},
        {"sources", toJson(result.address.sources)},
        {"serverName", textOrNull(result.offeredServerName.isEmpty() ? result.serverName : result.offeredServerName)},
        {"serverNameOffered", !result.offeredServerName.isEmpty()},
        {"inUse", inUse},
        {"sameCluster", valueOrNull(result.sameCluster)},
        {"lastSeen", timeOrNull(result.address.lastSeen)},
        {"stages", std::move(stages)},
        {"certificate", std::move(certificate)},
        {"version", textOrNull(result.version)},
        {"skewMs", valueOrNull(result.skewMs)},
        {"latencyMs", std::move(latency)},
        {"failingChecks", toJson(result.failingChecks)},
        {"attempts", {{"tried", result.attempts.tried}, {"failed", result.attempts.failed}}},
        {"message", messages::verdict(result).toStdString()}};
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
    run.printTable({QStringLiteral("USED"), QStringLiteral("TYPE"), QStringLiteral("URL"), QStringLiteral("LATENCY"),
                    QStringLiteral("VERSION"), QStringLiteral("STATUS")},
                   rows);
    for (const ProbeResult& each : results)
        if (const QString advice = messages::verdictAdvice(each); !advice.isEmpty())
            run.warn(base::visible(messages::labelled(each.address.text(), advice)));
}

void runEndpoints(Run& run)
{
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
                    list.push_back(toJson(each, endpoint::isSameAddress(each.address.url, inUse)));
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
