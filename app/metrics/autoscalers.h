#pragma once
// HorizontalPodAutoscalers (autoscaling/v2): what each metric is at and should be at, which API it comes from, and why
// it cannot be read (k8s.io/api/autoscaling/v2/types.go, k8s.io/kubernetes/pkg/controller/podautoscaler/horizontal.go).

#include "app/metrics/sources.h"

namespace metrics {

struct ScalerMetric {
    QString type;      ///< "Resource", "ContainerResource", "Pods", "Object" or "External", as served
    QString name;      ///< "cpu", "http_requests"
    QString container; ///< of a ContainerResource
    QString object;    ///< of an Object metric: "Service/web"
    /// Who feeds it; nothing for a type that is not known.
    std::optional<SourceKind> source;
    QString targetType; ///< "Utilization" (percent of the request), "AverageValue" or "Value"
    QString target;     ///< "60" of Utilization; else a quantity, as served
    QString current;    ///< in the same terms; empty: not known, which is not zero
    bool operator==(const ScalerMetric&) const = default;
};

struct ScalerCondition {
    QString type; ///< "AbleToScale", "ScalingActive", "ScalingLimited"
    QString status;
    QString reason; ///< "FailedGetResourceMetric"
    QString message;
    bool operator==(const ScalerCondition&) const = default;
};

/// Something that keeps it from doing its work, or from doing more.
struct ScalerNote {
    /// "apiAbsent", "apiFailing", "apiOld": of the API that feeds a metric; "missingRequest": the pods
    /// declare none, so that there is no percentage of it; "metricUnread", "notAble", "disabled", "atMaximum",
    /// "atMinimum".
    QString id;
    QString about; ///< the metric's or the API's name; may be empty
    QString said;  ///< the controller's own words, verbatim; may be empty
    bool operator==(const ScalerNote&) const = default;
};

struct Scaler {
    QString nameSpace;
    QString name;
    QString uid;
    QString targetKind;
    QString targetName;
    std::optional<qint64> least; ///< replicas
    std::optional<qint64> most;
    std::optional<qint64> current;
    std::optional<qint64> desired; ///< nothing while it cannot be reckoned: the 0 in its status then means that
    std::vector<ScalerMetric> metrics;
    std::vector<ScalerCondition> conditions;
    std::vector<ScalerNote> notes;
};

/// Without notes.
Scaler scalerOf(const kube::Json& object);
/// What its conditions and the sources of its metrics say. A source that nobody may look at says nothing against it.
std::vector<ScalerNote> notesOf(const Scaler& scaler, const SourceSurvey& sources);
/// The API group that a source answers for: "metrics.k8s.io"; empty for a source that feeds no autoscaler.
QString apiGroupOf(SourceKind source);

struct ScalerReport {
    SourceSurvey sources;
    std::vector<Scaler> scalers;
};
/// `nameSpace`: empty for all. Servers before 1.23 are asked for v2beta2, which says the same. Works in the calling
/// thread, which has an event loop.
base::Call<ScalerReport> readScalers(const kube::Client& client, const QString& nameSpace, const QString& ownNamespace);

} // namespace metrics
