#pragma once
// The families of kube-state-metrics that are read: of what they speak, and what they say of it. Today's names, and
// those that 1.9 had and 2.0 took away (its CHANGELOG; kube_pod_container_status_restarts was there before 1.0).

#include <string_view>

namespace metrics {

/// Of which kind a family's objects are, in the order of its labels' names.
enum class StateKind {
    Pod,
    Container,
    InitContainer,
    Node,
    Deployment,
    StatefulSet,
    DaemonSet,
    ReplicaSet,
    Job,
    CronJob,
    None
};

enum class StateFact {
    Info,
    Created,
    Started,
    Owner,
    Phase,
    Ready,
    PodReady,
    Reason,
    LastReason,
    LastExitCode,
    LastFinished,
    Restarts,
    Requests,
    RequestsCpu,
    RequestsMemory,
    Limits,
    LimitsCpu,
    LimitsMemory,
    Condition,
    Allocatable,
    AllocatableCpu,
    AllocatableMemory,
    Capacity,
    CapacityCpu,
    CapacityMemory,
    Wanted,
    Available,
    ReadyReplicas,
    JobFailed,
    JobFailedFinally,
    JobComplete,
    Version,
};

struct StateFamily {
    std::string_view name;
    StateKind kind;
    StateFact fact;
};

/// A number for stateFamily(); -1: not read.
int stateFamilyOf(std::string_view name);
const StateFamily& stateFamily(int number);

} // namespace metrics
