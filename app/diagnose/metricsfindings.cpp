#include "app/diagnose/metricsfindings.h"

#include "app/base/shell.h"
#include "app/base/visible.h"
#include "app/messages/metrics.h"
#include "app/metrics/autoscalers.h"

namespace diagnose {
namespace {

using metrics::Source;
using metrics::SourceKind;
using metrics::SourceState;

/// Nothing: no finding.
std::optional<Severity> severityOf(const Source& source)
{
    const bool isOfAll = source.kind == SourceKind::MetricsServer || source.kind == SourceKind::KubeStateMetrics ||
                         source.kind == SourceKind::Prometheus;
    switch (source.state) {
    case SourceState::Ok:
        return std::nullopt;
    case SourceState::Absent:
        if (!isOfAll)
            return std::nullopt;
        return source.kind == SourceKind::Prometheus ? Severity::Info : Severity::Warning;
    case SourceState::Forbidden:
        return isOfAll ? std::optional(Severity::Info) : std::nullopt;
    case SourceState::Failing:
        if (source.kind == SourceKind::Objects || source.kind == SourceKind::Kubelet)
            return std::nullopt; // nothing was asked of them but whether they may be
        return source.kind == SourceKind::InfluxDb || source.kind == SourceKind::Heapster ? Severity::Warning
                                                                                          : Severity::Error;
    case SourceState::Old:
        break;
    }
    return source.kind == SourceKind::Heapster ? Severity::Warning : Severity::Error;
}

bool isApi(SourceKind kind)
{
    return !metrics::apiGroupOf(kind).isEmpty();
}

/// "metrics-server-absent"
QString idOf(const Source& source)
{
    const QString name = source.kind == SourceKind::CustomMetrics     ? QStringLiteral("custom-metrics")
                         : source.kind == SourceKind::ExternalMetrics ? QStringLiteral("external-metrics")
                                                                      : messages::sourceName(source.kind).toLower();
    return name + QLatin1Char('-') + metrics::idOf(source.state);
}

std::optional<kube::ObjectRef> refOf(const Source& source, const QString& cluster)
{
    if (isApi(source.kind) && source.reason == QLatin1String("apiServiceUnavailable"))
        return kube::ObjectRef{.cluster = cluster,
                               .apiVersion = QStringLiteral("apiregistration.k8s.io/v1"),
                               .kind = QStringLiteral("APIService"),
                               .nameSpace = {},
                               .name = source.apiService,
                               .uid = {}};
    if (!source.place)
        return std::nullopt;
    return kube::ObjectRef{.cluster = cluster,
                           .apiVersion = QStringLiteral("v1"),
                           .kind = QStringLiteral("Service"),
                           .nameSpace = source.place->at.nameSpace,
                           .name = source.place->at.service,
                           .uid = {}};
}

QString commandOf(const Source& source)
{
    if (source.state == SourceState::Forbidden)
        return isApi(source.kind) ? QStringLiteral("kubectl auth can-i list nodes.metrics.k8s.io")
                                  : QStringLiteral("kubectl auth can-i get services/proxy");
    if (source.state == SourceState::Absent)
        return {};
    if (isApi(source.kind) && !source.apiService.isEmpty())
        return QStringLiteral("kubectl get apiservice ") + base::shellQuoted(source.apiService) +
               QStringLiteral(" -o yaml");
    if (source.place)
        return QStringLiteral("kubectl -n %1 get endpoints,pods -o wide")
            .arg(base::shellQuoted(source.place->at.nameSpace));
    return {};
}

Text titleOf(const Source& source)
{
    return [kind = source.kind, state = source.state] {
        return Diagnose::tr("%1: %2", "a source of metrics, and how it stands")
            .arg(messages::sourceName(kind), messages::stateName(state));
    };
}

Finding findingOf(const Source& source, Severity severity, const QString& cluster)
{
    Finding finding{.id = idOf(source), .severity = severity, .title = titleOf(source), .ref = refOf(source, cluster)};
    finding.evidence = {source.said};
    if (source.error)
        finding.evidence += source.error->asked;
    if (!source.version.isEmpty())
        finding.evidence += source.workload + QLatin1Char(' ') + source.version;
    const QDateTime newest = source.reason == QLatin1String("stateSamplesOld") ? source.stateSeenAt : source.seenAt;
    if (newest.isValid() && source.state == SourceState::Old)
        finding.evidence += newest.toUTC().toString(Qt::ISODate);
    finding.cause = [source] { return messages::sentence(source); };
    finding.fix.title = [source] { return messages::advice(source); };
    finding.fix.command = commandOf(source);
    return finding;
}

Finding notScraped(const Source& prometheus, const Source& state, const QString& cluster)
{
    Finding finding{.id = QStringLiteral("kube-state-metrics-not-scraped"),
                    .severity = Severity::Warning,
                    .title = [] { return Diagnose::tr("Prometheus does not scrape kube-state-metrics"); },
                    .ref = refOf(state, cluster)};
    finding.evidence = {QStringLiteral("count by (job) (kube_node_info or kube_pod_info): []")};
    if (state.place)
        finding.evidence += state.place->scrape;
    finding.cause = [] {
        return Diagnose::tr("No job of Prometheus brings series of kube-state-metrics in, so that alarm rules on the "
                            "state of objects never fire.");
    };
    finding.fix.title = [prometheus] { return messages::advice(prometheus); };
    return finding;
}

} // namespace

std::vector<Finding> metricsFindings(const metrics::SourceSurvey& survey, const QString& cluster)
{
    std::vector<Finding> findings;
    for (const Source& source : survey.sources)
        if (const auto severity = severityOf(source))
            findings.push_back(findingOf(source, *severity, cluster));
    const Source& prometheus = survey.of(SourceKind::Prometheus);
    const Source& state = survey.of(SourceKind::KubeStateMetrics);
    if (prometheus.state == SourceState::Ok && state.state == SourceState::Ok && prometheus.scrapeJobs &&
        prometheus.scrapeJobs->isEmpty())
        findings.push_back(notScraped(prometheus, state, cluster));
    return findings;
}

} // namespace diagnose
