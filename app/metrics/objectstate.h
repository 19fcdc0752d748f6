#pragma once
// What an object itself declares and shows, read as it was served. Pure; what is of another type is nothing.

#include "app/kube/json.h"
#include "app/metrics/figures.h"

namespace metrics {

/// What a pod comes down to, with its containers and who made it.
struct PodState {
    Subject subject;
    State state;
    std::vector<std::pair<Subject, State>> containers; ///< init containers among them
    Subject owner;                                     ///< its controller; no kind: none
    bool isFinished = false;                           ///< Succeeded or Failed: it holds nothing of its node any more
    /// Not all containers have one: their sum then bounds nothing.
    bool isCpuUnlimited = false;
    bool isMemoryUnlimited = false;
};

/// Requests and limits are the effective ones, as the scheduler counts them: the containers and sidecars together, or
/// the largest init container beside the sidecars that run before it, whichever is more; what spec.resources says of
/// the pod as a whole comes in their place; the overhead is added (k8s.io/component-helpers/resource/helpers.go).
PodState podState(const kube::Json& pod);

State nodeState(const kube::Json& node);

/// A workload with its owner, where it has one: the ReplicaSet's Deployment, the Job's CronJob.
struct WorkloadState {
    Subject subject;
    State state;
    Subject owner;
};
/// `kind`: "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job" or "CronJob".
WorkloadState workloadState(const kube::Json& object, const QString& kind);

} // namespace metrics
