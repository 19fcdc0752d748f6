#include "app/metrics/autoscalers.h"

#include "app/base/job.h"
#include "app/kube/apiresource.h"
#include "app/kube/jsonread.h"
#include "app/kube/listitems.h"
#include "app/kube/quantity.h"

#include <algorithm>
#include <array>

namespace metrics {
namespace {

/// Where a metric of a type stands in a spec or a status, and who feeds it.
struct TypeOfMetric {
    const char* type;
    const char* member;
    SourceKind source;
    bool isNamedInside; ///< {"metric": {"name": …}}, not {"name": …}
};
constexpr std::array<TypeOfMetric, 5> Types{
    {{"Resource", "resource", SourceKind::MetricsServer, false},
     {"ContainerResource", "containerResource", SourceKind::MetricsServer, false},
     {"Pods", "pods", SourceKind::CustomMetrics, true},
     {"Object", "object", SourceKind::CustomMetrics, true},
     {"External", "external", SourceKind::ExternalMetrics, true}}};

const TypeOfMetric* typeOf(const QString& name)
{
    const auto found =
        std::ranges::find_if(Types, [&name](const TypeOfMetric& each) { return name == QLatin1String(each.type); });
    return found == Types.end() ? nullptr : &*found;
}

/// A percentage or a quantity: what `value` says in terms of `targetType`.
QString figureOf(const kube::Json& value, const QString& targetType)
{
    if (targetType == QLatin1String("Utilization")) {
        const auto percent = kube::number(value, {"averageUtilization"});
        return percent ? QString::number(*percent) : QString();
    }
    return kube::quantityText(
        kube::at(value, {targetType == QLatin1String("AverageValue") ? "averageValue" : "value"}));
}

ScalerMetric metricOf(const kube::Json& spec)
{
    ScalerMetric metric{.type = kube::rawText(spec, {"type"})};
    const TypeOfMetric* type = typeOf(metric.type);
    if (!type)
        return metric;
    const kube::Json& inside = kube::at(spec, {type->member});
    metric.name = type->isNamedInside ? kube::rawText(inside, {"metric", "name"}) : kube::rawText(inside, {"name"});
    metric.container = kube::rawText(inside, {"container"});
    if (const QString kind = kube::rawText(inside, {"describedObject", "kind"}); !kind.isEmpty())
        metric.object = kind + QLatin1Char('/') + kube::rawText(inside, {"describedObject", "name"});
    metric.source = type->source;
    metric.targetType = kube::rawText(inside, {"target", "type"});
    metric.target = figureOf(kube::at(inside, {"target"}), metric.targetType);
    return metric;
}

bool isSame(const ScalerMetric& a, const ScalerMetric& b)
{
    return a.type == b.type && a.name == b.name && a.container == b.container && a.object == b.object;
}

/// What a metric is at stands in the status under the same type and name; one that could not be read is an empty entry.
void readCurrent(ScalerMetric& metric, const kube::Json& scaler)
{
    const TypeOfMetric* type = typeOf(metric.type);
    if (!type)
        return;
    for (const kube::Json& each : kube::elements(scaler, {"status", "currentMetrics"}))
        if (isSame(metricOf(each), metric)) {
            metric.current = figureOf(kube::at(each, {type->member, "current"}), metric.targetType);
            return;
        }
}

const ScalerCondition* conditionOf(const Scaler& scaler, const char* type)
{
    const auto found = std::ranges::find(scaler.conditions, QLatin1String(type), &ScalerCondition::type);
    return found == scaler.conditions.end() ? nullptr : &*found;
}

bool isStatus(const ScalerCondition* condition, const char* status)
{
    return condition && condition->status == QLatin1String(status);
}

void addApiNotes(std::vector<ScalerNote>& notes, const Scaler& scaler, const SourceSurvey& sources)
{
    for (const ScalerMetric& metric : scaler.metrics) {
        if (!metric.source)
            continue;
        const Source& source = sources.of(*metric.source);
        if (source.state == SourceState::Ok || source.state == SourceState::Forbidden)
            continue;
        const char* id = source.state == SourceState::Absent    ? "apiAbsent"
                         : source.state == SourceState::Failing ? "apiFailing"
                                                                : "apiOld";
        ScalerNote note{QLatin1String(id), apiGroupOf(*metric.source), source.said};
        if (std::ranges::find(notes, note) == notes.end())
            notes.push_back(std::move(note));
    }
}

class ScalersJob final : public base::Job<ScalerReport> {
public:
    ScalersJob(const kube::Client& client, QString nameSpace, const QString& ownNamespace)
        : m_client(client),
          m_nameSpace(std::move(nameSpace)),
          m_ownNamespace(ownNamespace)
    {
    }

    base::Call<ScalerReport> begin()
    {
        auto answer = call();
        askList("v2");
        return answer;
    }

private:
    using List = kube::ListedItems<Scaler>;

    void askList(const char* version)
    {
        const kube::ApiResource scalers{.group = QStringLiteral("autoscaling"),
                                        .version = QLatin1String(version),
                                        .resource = QStringLiteral("horizontalpodautoscalers"),
                                        .namespaced = true};
        follow(kube::listItems<Scaler>(m_client, {.path = scalers.path(m_nameSpace)}, scalerOf),
               [this, isNew = QLatin1String(version) == QLatin1String("v2")](const base::Result<List>& list) {
                   if (!list && list.error().kind == base::ErrorKind::NotFound && isNew) {
                       askList("v2beta2");
                   } else if (!list) {
                       end(base::failure(list.error()));
                   } else {
                       m_report.scalers = list->items;
                       askSources();
                   }
               });
    }

    void askSources()
    {
        follow(surveySources(m_client, m_ownNamespace), [this](const base::Result<SourceSurvey>& survey) {
            if (!survey) {
                end(base::failure(survey.error()));
                return;
            }
            m_report.sources = *survey;
            for (Scaler& scaler : m_report.scalers)
                scaler.notes = notesOf(scaler, *survey);
            end(std::move(m_report));
        });
    }

    const kube::Client m_client;
    const QString m_nameSpace;
    const QString m_ownNamespace;
    ScalerReport m_report;
};

} // namespace

Scaler scalerOf(const kube::Json& object)
{
    Scaler scaler{.nameSpace = kube::rawText(object, {"metadata", "namespace"}),
                  .name = kube::rawText(object, {"metadata", "name"}),
                  .uid = kube::rawText(object, {"metadata", "uid"}),
                  .targetKind = kube::rawText(object, {"spec", "scaleTargetRef", "kind"}),
                  .targetName = kube::rawText(object, {"spec", "scaleTargetRef", "name"}),
                  .least = kube::number(object, {"spec", "minReplicas"}).value_or(1),
                  .most = kube::number(object, {"spec", "maxReplicas"}),
                  .current = kube::number(object, {"status", "currentReplicas"}),
                  .desired = kube::number(object, {"status", "desiredReplicas"})};
    for (const kube::Json& each : kube::elements(object, {"spec", "metrics"})) {
        scaler.metrics.push_back(metricOf(each));
        readCurrent(scaler.metrics.back(), object);
    }
    for (const kube::Json& each : kube::elements(object, {"status", "conditions"}))
        scaler.conditions.push_back({kube::rawText(each, {"type"}), kube::rawText(each, {"status"}),
                                     kube::rawText(each, {"reason"}), kube::rawText(each, {"message"})});
    if (scaler.desired == 0 && !isStatus(conditionOf(scaler, "ScalingActive"), "True"))
        scaler.desired.reset();
    return scaler;
}

std::vector<ScalerNote> notesOf(const Scaler& scaler, const SourceSurvey& sources)
{
    std::vector<ScalerNote> notes;
    addApiNotes(notes, scaler, sources);
    if (const auto* able = conditionOf(scaler, "AbleToScale"); isStatus(able, "False"))
        notes.push_back({QStringLiteral("notAble"), able->reason, able->message});
    if (const auto* active = conditionOf(scaler, "ScalingActive"); isStatus(active, "False")) {
        const char* id = active->reason == QLatin1String("ScalingDisabled")               ? "disabled"
                         : active->message.contains(QLatin1String("missing request for")) ? "missingRequest"
                                                                                          : "metricUnread";
        notes.push_back({QLatin1String(id), active->reason, active->message});
    }
    if (const auto* limited = conditionOf(scaler, "ScalingLimited"); isStatus(limited, "True")) {
        if (limited->reason == QLatin1String("TooManyReplicas"))
            notes.push_back({QStringLiteral("atMaximum"), limited->reason, limited->message});
        else if (limited->reason == QLatin1String("TooFewReplicas"))
            notes.push_back({QStringLiteral("atMinimum"), limited->reason, limited->message});
    }
    return notes;
}

QString apiGroupOf(SourceKind source)
{
    switch (source) {
    case SourceKind::MetricsServer:
        return QStringLiteral("metrics.k8s.io");
    case SourceKind::CustomMetrics:
        return QStringLiteral("custom.metrics.k8s.io");
    case SourceKind::ExternalMetrics:
        return QStringLiteral("external.metrics.k8s.io");
    default:
        return {};
    }
}

base::Call<ScalerReport> readScalers(const kube::Client& client, const QString& nameSpace, const QString& ownNamespace)
{
    return (new ScalersJob(client, nameSpace, ownNamespace))->begin();
}

} // namespace metrics
