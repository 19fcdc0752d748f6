#pragma once
// The parts that figures come from, each found and probed: what it is, whether it answers, and if not, why.

#include "app/kube/client.h"
#include "app/metrics/places.h"

#include <QDateTime>
#include <chrono>

namespace metrics {

enum class SourceKind {
    MetricsServer,
    KubeStateMetrics,
    Prometheus,
    Kubelet, ///< read through the node proxy: only the right to it is asked for
    Heapster,
    InfluxDb,
    CustomMetrics,   ///< custom.metrics.k8s.io
    ExternalMetrics, ///< external.metrics.k8s.io
    Objects,
};
/// The name in alidadectl's JSON: "metricsServer".
QString idOf(SourceKind kind);

enum class SourceState {
    Ok,
    Absent,    ///< it is not there
    Failing,   ///< it is there and does not answer as it should
    Forbidden, ///< the person may not look
    Old,       ///< it answers, with figures that are too old; or it is a retired program
};
/// "ok", "absent", "failing", "forbidden", "old".
QString idOf(SourceState state);

struct Source {
    SourceKind kind = SourceKind::Objects;
    SourceState state = SourceState::Absent;
    /// Why it stands so; an id that messages/ has a sentence and a next step for. "answers" when all is well.
    QString reason;
    QString said;               ///< the other side's own words, verbatim; empty: none
    QString version;            ///< as its image or itself tells; empty: not known
    QDateTime seenAt;           ///< its newest figure, or when it answered where it tells none; invalid: never
    QDateTime since;            ///< of InfluxDB: its data begin then or later; invalid: none, or not known
    QStringList databases;      ///< of InfluxDB: that hold data
    std::optional<Place> place; ///< its Service
    QString apiService;         ///< "v1beta1.metrics.k8s.io"; empty: none
    QString workload;           ///< the Deployment of metrics-server: "metrics-server-v0.3.6"
    std::optional<double> resolutionSeconds; ///< of metrics-server: how often it asks kubelets
    std::optional<QStringList> scrapeJobs;   ///< of Prometheus: the jobs that kube-state-metrics comes in by
    QDateTime stateSeenAt;                   ///< of Prometheus: its newest sample of kube-state-metrics; invalid: none
    /// Of the page of kube-state-metrics: what it is about, in bytes, where that was asked for; what was read of it and
    /// how long that took. Nothing: not read.
    std::optional<qint64> pageEstimate;
    std::optional<qint64> pageBytes;
    std::optional<std::chrono::milliseconds> pageTook;
    std::optional<base::Error> error; ///< what was refused, where that is the reason
};

struct SourceSurvey {
    std::vector<Source> sources; ///< one of each kind, in the kinds' order
    QDateTime takenAt;           ///< by the server's clock

    const Source& of(SourceKind kind) const;
    bool isOk(SourceKind kind) const { return of(kind).state == SourceState::Ok; }
};

/// Always answers with a survey, whatever could not be asked, unless nothing answered at all: then the Error of the
/// first question. `nameSpace`: where a person looks who may not look everywhere; empty: none. Works in the calling
/// thread, which has an event loop.
base::Call<SourceSurvey> surveySources(const kube::Client& client, const QString& nameSpace);

/// How far the answer of the service proxy is the Service's fault, the pods' or the person's
/// (k8s.io/kubernetes/pkg/registry/core/service/storage/storage.go, ResourceLocation): its 404 says that there is no
/// Endpoints object, not that the Service is missing.
Source failedProxy(SourceKind kind, const base::Error& error, bool isServiceSeen);

} // namespace metrics
