#include "app/cli/metricsparts.h"

#include "app/base/visible.h"
#include "app/cli/jsonparts.h"
#include "app/messages/metrics.h"

namespace cli {
namespace {

using kube::Json;

Json amountsJson(const metrics::Amounts& amounts)
{
    return {{"cpuMilli", valueOrNull(amounts.cpuMilli)}, {"memoryBytes", valueOrNull(amounts.memoryBytes)}};
}

Json ratioJson(const metrics::Ratio& ratio)
{
    return {{"cpu", valueOrNull(ratio.cpu)}, {"memory", valueOrNull(ratio.memory)}};
}

Json usageJson(const std::optional<metrics::Usage>& usage)
{
    if (!usage)
        return nullptr;
    Json json = amountsJson(usage->used);
    json["timestamp"] = timeOrNull(usage->takenAt);
    json["windowSeconds"] = valueOrNull(usage->windowSeconds);
    return json;
}

Json stateJson(const std::optional<metrics::State>& state)
{
    if (!state)
        return nullptr;
    Json conditions = Json::array();
    for (const metrics::Condition& each : state->conditions)
        conditions.push_back({{"type", each.type.toStdString()}, {"status", each.status.toStdString()}});
    return {{"requests", amountsJson(state->requests)}, {"limits", amountsJson(state->limits)},
            {"phase", textOrNull(state->phase)},        {"ready", valueOrNull(state->ready)},
            {"restarts", valueOrNull(state->restarts)}, {"reason", textOrNull(state->reason)},
            {"wanted", valueOrNull(state->wanted)},     {"available", valueOrNull(state->available)},
            {"conditions", std::move(conditions)},      {"allocatable", amountsJson(state->allocatable)},
            {"capacity", amountsJson(state->capacity)}, {"createdAt", timeOrNull(state->createdAt)},
            {"startedAt", timeOrNull(state->startedAt)}};
}

QString kindOfContainer(const metrics::State& state)
{
    if (!state.init)
        return QStringLiteral("container");
    return state.sidecar ? QStringLiteral("sidecar") : QStringLiteral("init");
}

} // namespace

Json timeOrNull(const QDateTime& time)
{
    return textOrNull(time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString());
}

Json sourcesJson(const metrics::SourceSurvey& survey)
{
    Json json = Json::object();
    for (const metrics::Source& source : survey.sources) {
        Json each{{"state", metrics::idOf(source.state).toStdString()},
                  {"reason", source.reason.toStdString()},
                  {"detail", messages::detail(source).toStdString()},
                  {"advice", textOrNull(messages::advice(source))},
                  {"version", textOrNull(source.version)},
                  {"seenAt", timeOrNull(source.seenAt)},
                  {"service", nullptr}};
        if (source.place)
            each["service"] = {{"namespace", source.place->at.nameSpace.toStdString()},
                               {"name", source.place->at.service.toStdString()},
                               {"port", textOrNull(source.place->at.port)}};
        if (source.kind == metrics::SourceKind::MetricsServer) {
            each["deployment"] = textOrNull(source.workload);
            each["resolutionSeconds"] = valueOrNull(source.resolutionSeconds);
        }
        if (source.kind == metrics::SourceKind::KubeStateMetrics) {
            each["pageBytes"] = valueOrNull(source.pageBytes);
            each["pageMilliseconds"] = source.pageTook ? Json(source.pageTook->count()) : Json(nullptr);
        }
        if (source.kind == metrics::SourceKind::Prometheus) {
            each["kubeStateMetricsJobs"] = source.scrapeJobs ? texts(*source.scrapeJobs) : Json(nullptr);
            each["kubeStateMetricsSeenAt"] = timeOrNull(source.stateSeenAt);
        }
        if (source.kind == metrics::SourceKind::InfluxDb) {
            each["since"] = timeOrNull(source.since);
            each["databases"] = texts(source.databases);
        }
        json[metrics::idOf(source.kind).toStdString()] = std::move(each);
    }
    return json;
}

QStringList sourceLines(const metrics::SourceSurvey& survey)
{
    using metrics::SourceKind;
    using metrics::SourceState;
    QStringList lines;
    for (const metrics::Source& source : survey.sources) {
        const bool isOfAll = source.kind == SourceKind::MetricsServer || source.kind == SourceKind::KubeStateMetrics ||
                             source.kind == SourceKind::Prometheus || source.kind == SourceKind::Objects;
        const bool isWell = source.state == SourceState::Ok && !source.pageBytes;
        if (isWell || (!isOfAll && source.state != SourceState::Old))
            continue;
        lines +=
            QStringLiteral("%1 (%2): %3")
                .arg(messages::sourceName(source.kind), messages::stateName(source.state), messages::detail(source));
    }
    return lines;
}

Json rowJson(const metrics::ContrastRow& row)
{
    Json disagreements = Json::array();
    for (const metrics::Disagreement& each : row.disagreements)
        disagreements.push_back({{"field", each.field.toStdString()},
                                 {"id", each.id.toStdString()},
                                 {"values", each.values},
                                 {"message", messages::sentence(each).toStdString()}});
    Json json{{"ref", refJson(metrics::refOf(row.subject, row.uid))}};
    if (!row.subject.container.isEmpty()) {
        json["container"] = row.subject.container.toStdString();
        json["containerKind"] = row.object ? Json(kindOfContainer(*row.object).toStdString()) : Json(nullptr);
    }
    json["metricsServer"] = usageJson(row.metricsServer);
    json["kubeStateMetrics"] = stateJson(row.kubeStateMetrics);
    json["object"] = stateJson(row.object);
    json["pods"] =
        row.answered
            ? Json{{"answered", row.answered->pods}, {"of", row.answered->of}, {"silent", row.answered->silent}}
            : Json(nullptr);
    json["ratios"] = {{"usageOfRequest", ratioJson(row.usageOfRequest)},
                      {"usageOfLimit", ratioJson(row.usageOfLimit)},
                      {"usageOfAllocatable", ratioJson(row.usageOfAllocatable)},
                      {"requestOfAllocatable", ratioJson(row.requestOfAllocatable)}};
    json["disagreements"] = std::move(disagreements);
    return json;
}

} // namespace cli
