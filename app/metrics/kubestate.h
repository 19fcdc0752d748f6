#pragma once
// Reads the page of a kube-state-metrics through the APIServer's service proxy, parsed and filtered while it arrives.
// On a large cluster the page is hundreds of megabytes: it is read when asked and not in a loop.

#include "app/kube/client.h"
#include "app/metrics/serviceproxy.h"
#include "app/metrics/statebuilder.h"

namespace metrics {

/// OpenMetrics, whose last line says that the page is whole; or the text format.
inline constexpr auto StatePageAccept = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5";

struct StateQuestion {
    ServicePort where;
    StateScope scope;
    /// The most that is read, inflated; a page that says that it is larger is refused before its first byte, one that
    /// does not say is given up there. Error{Limit, "pageTooLarge"}, or the transport's.
    qint64 mostBytes = 1LL << 30;
};

/// Any thread; the answer comes from the transport's worker thread. It asks for OpenMetrics, whose last line says that
/// the page is whole, and takes the text format as well. Error{BadAnswer}: "noStateMetrics": what answers is no page of
/// kube-state-metrics; "pageTruncated".
base::Call<StatePage> readStatePage(const kube::Client& client, const StateQuestion& question);

struct StateReading {
    std::optional<qint64> estimate; ///< of the whole page, in bytes; nothing: not asked for, or not known
    base::Result<StatePage> page;
};
/// What nobody agreed to pay is not paid: a page that is estimated to be larger than `freeBytes` is not asked for, and
/// no more is read where the estimate was wrong or is not known: Error{Limit, "pageTooLarge"}. Nothing: whatever it
/// costs, up to question.mostBytes, without an estimate. Works in the calling thread, which has an event loop, and
/// always answers.
base::Call<StateReading> readStatePage(const kube::Client& client, const StateQuestion& question,
                                       std::optional<qint64> freeBytes);

/// About how many bytes the whole page has, before it is read: kube-state-metrics answers in chunks and does not say.
/// Each pod has 6 kB of rows of its own, a node 3 kB; what belongs to them (workloads, slices, leases) adds a quarter.
/// Measured with kube-state-metrics 2.20; label and annotation families that are switched on come on top.
qint64 estimatedPageBytes(qint64 pods, qint64 nodes);

/// The estimate from the cluster's counts. In the calling thread, which has an event loop. Error{NotFound,
/// "countUnknown"} where the server does not say how many there are; the count's own error where it refuses.
base::Call<qint64> estimatePageBytes(const kube::Client& client);

} // namespace metrics
