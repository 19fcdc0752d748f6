#pragma once
// Usage over time, as a Prometheus has kept it of cAdvisor and node-exporter.

#include "app/metrics/promql.h"

namespace metrics {

enum class RangeState {
    Ok,
    NoData,   ///< the metric is there, and has nothing of the subject at that time
    NoMetric, ///< nobody scrapes it
    Unknown,  ///< the answer is empty, and which metrics there are was not told
};

struct UsageLine {
    Subject subject;
    std::vector<Point> points; ///< CPU in millicores, memory in bytes
    std::vector<int> pods;     ///< of a workload, beside each point: how many pods it is the sum of
};

struct UsageFigures {
    RangeState state = RangeState::Unknown;
    std::vector<UsageLine> lines; ///< of a pod, each container; the pod itself where containers are not told apart
    QString expression;           ///< what was asked
    QStringList metrics;          ///< what it is about
};

struct UsageRange {
    UsageFigures cpu;
    UsageFigures memory;
    std::chrono::seconds step{0};
    std::chrono::seconds window{0}; ///< over which CPU time is averaged
    QStringList warnings;           ///< Prometheus's own
    bool isCut = false;
};

/// Of a node, a pod, a container, or a workload: the sum over its pods, told by the names that its controller gives and
/// by `pods`, those that are known to be its own. The labels may be cAdvisor's of today (pod, container), of before
/// Kubernetes 1.16 and of TKEStack's scrape (pod_name, container_name), or moved aside by a scrape (exported_pod). A
/// node's figures come from cAdvisor's root, else from node-exporter. Works in the calling thread, which has an event
/// loop.
base::Call<UsageRange> readUsageRange(const kube::Client& client, const ServicePort& prometheus, const Subject& subject,
                                      const Range& range, const std::vector<Subject>& pods = {});

struct UsageExpressions {
    QString cpu;
    QString memory;
};
UsageExpressions usageExpressions(const Subject& subject, std::chrono::seconds window,
                                  const std::vector<Subject>& pods = {});
/// The lines of an answer to them, each value times `factor`.
std::vector<UsageLine> usageLines(const QueryAnswer& answer, const Subject& subject, double factor);

} // namespace metrics
