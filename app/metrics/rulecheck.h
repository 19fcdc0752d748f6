#pragma once
// Asks each source about the four conditions, side by side. What is asked costs one page of kube-state-metrics and one
// list of nodes, pods and Jobs.

#include "app/kube/client.h"
#include "app/metrics/rules.h"

namespace metrics {

struct RuleQuestion {
    QString nameSpace; ///< empty: all; nodes are asked for in any case
    /// As they were found; one that does not answer is not asked, and its verdict says how it stands.
    Source prometheus{.kind = SourceKind::Prometheus};
    Source kubeStateMetrics{.kind = SourceKind::KubeStateMetrics};
    std::optional<qint64> freeStateBytes; ///< as in ContrastQuestion
    /// What Alidade has read of restart counters before; empty for a first look.
    SampleHistory restarts;
};

struct RuleAnswer {
    RuleId rule = RuleId::JobFailed;
    RuleVerdict prometheus;
    RuleVerdict kubeStateMetrics;
    RuleVerdict apiServer; ///< from the objects themselves
};

struct RuleReport {
    std::array<RuleAnswer, 4> rules;    ///< in the order of allRules()
    SampleHistory restarts;             ///< with what was read now: for the next question
    std::optional<qint64> pageEstimate; ///< as in Source
};

/// Always answers: what a source refuses stands in its verdict. Works in the calling thread, which has an event loop.
base::Call<RuleReport> checkRules(const kube::Client& client, RuleQuestion question);

} // namespace metrics
