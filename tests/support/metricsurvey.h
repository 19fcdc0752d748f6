#pragma once
// Sources of metrics as a survey may find them, without a cluster.

#include "app/metrics/sources.h"

#include <map>

namespace support {

inline metrics::SourceSurvey surveyOf(const std::map<metrics::SourceKind, metrics::SourceState>& states = {})
{
    using metrics::SourceKind;
    using metrics::SourceState;
    metrics::SourceSurvey survey;
    survey.takenAt = QDateTime::fromSecsSinceEpoch(1'795'348'800, Qt::UTC);
    for (const SourceKind kind : {SourceKind::MetricsServer, SourceKind::KubeStateMetrics, SourceKind::Prometheus,
                                  SourceKind::Kubelet, SourceKind::Heapster, SourceKind::InfluxDb,
                                  SourceKind::CustomMetrics, SourceKind::ExternalMetrics, SourceKind::Objects}) {
        const bool isOptional = kind == SourceKind::Heapster || kind == SourceKind::InfluxDb ||
                                kind == SourceKind::ExternalMetrics || kind == SourceKind::CustomMetrics;
        const auto found = states.find(kind);
        const SourceState state = found != states.end() ? found->second
                                  : isOptional          ? SourceState::Absent
                                                        : SourceState::Ok;
        survey.sources.push_back({.kind = kind,
                                  .state = state,
                                  .reason = state == SourceState::Ok       ? QStringLiteral("answers")
                                            : state == SourceState::Absent ? QStringLiteral("serviceMissing")
                                                                           : QString()});
    }
    return survey;
}

} // namespace support
