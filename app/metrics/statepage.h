#pragma once
// What one page of kube-state-metrics says, joined by object. Families:
// https://github.com/kubernetes/kube-state-metrics/tree/main/docs/metrics, today's names and those of 1.9.

#include "app/metrics/figures.h"

#include <chrono>
#include <map>

namespace metrics {

/// Why pods of a Job failed, and how many did. While a Job still tries the reason is empty and the count is of pods;
/// once it has failed each reason has a row of 0 or 1 (kube_job_status_failed).
struct JobFailure {
    QString reason;
    double count = 0;
    bool operator==(const JobFailure&) const = default;
};

/// How the container before the one that runs now ended (kube_pod_container_status_last_terminated_…).
struct LastEnd {
    QString reason;
    std::optional<qint64> exitCode;
    QDateTime finishedAt;
    bool operator==(const LastEnd&) const = default;
};

struct Owner {
    QString kind; ///< of the controller; empty: nobody's
    QString name;
    bool operator==(const Owner&) const = default;
};

struct StatePage {
    /// Of nodes, pods, containers (kind "Pod" with a container) and workloads. A pod's requests and limits are the sums
    /// over its containers without init containers, its restarts those of all; startedAt of a pod is its
    /// status.startTime. A Job's conditions are Failed and Complete.
    std::map<Subject, State> states;
    std::map<Subject, std::vector<JobFailure>> jobFailures;
    std::map<Subject, LastEnd> lastEnds; ///< of containers
    std::map<Subject, Owner> owners;     ///< of pods, ReplicaSets and Jobs

    QDateTime readAt;                  ///< when its last byte came, by our clock: the page itself has no time
    qint64 bytes = 0;                  ///< inflated
    std::chrono::milliseconds took{0}; ///< from the question to the last byte
    qint64 lines = 0;
    qint64 samples = 0; ///< those of families that are read
    qint64 badLines = 0;
    std::vector<QString> problems; ///< the first bad lines: "12 labelsMalformed"
    bool tellsLastEnds = false;    ///< it has kube_pod_container_status_last_terminated_timestamp
    QString restartsFamily;        ///< kube_pod_container_status_restarts_total, or its old name; empty: neither
    QString version;               ///< "v2.20.0", where kube_state_metrics_build_info is on the page
};

} // namespace metrics
