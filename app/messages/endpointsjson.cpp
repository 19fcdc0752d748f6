#include "app/messages/endpointsjson.h"

#include "app/kube/jsonwrite.h"
#include "app/messages/endpoints.h"

namespace messages {
namespace {

using endpoint::Stage;
using kube::textOrNull;
using kube::valueOrNull;

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

} // namespace

kube::Json endpointJson(const endpoint::ProbeResult& result, bool inUse)
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
                       {"sans", kube::texts(facts->sans)},
                       {"isOfCluster", valueOrNull(facts->isOfCluster)}};
    kube::Json latency;
    if (result.latency)
        latency = {{"median", result.latency->medianMs}, {"max", result.latency->maxMs}};
    return {
        {"type", endpoint::idOf(result.address.type).toStdString()},
        {"url", result.address.text().toStdString()},
        {"sources", kube::texts(result.address.sources)},
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
        {"failingChecks", kube::texts(result.failingChecks)},
        {"attempts", {{"tried", result.attempts.tried}, {"failed", result.attempts.failed}}},
        {"message", verdict(result).toStdString()}};
}

} // namespace messages
