#pragma once
// What a Pod comes down to: "Running", "Init:1/3", "CrashLoopBackOff", … by the rules of printPod
// (k8s.io/kubernetes/pkg/printers/internalversion/printers.go).

#include "app/kube/objectkind_fields.h"

#include <QVarLengthArray>

namespace kube {

struct ContainerStatus {
    std::string_view name;
    std::uint32_t restarts = 0;
    std::uint32_t lastFinished = 0; ///< lastState.terminated.finishedAt
    bool ready = false;
    bool started = false;
    // state: one of the three, by contract; each is looked at on its own, as the server does.
    bool running = false;
    bool waiting = false;
    bool terminated = false;
    std::string_view waitingReason;
    std::string_view terminatedReason;
    std::int32_t exitCode = 0;
    std::int32_t signal = 0;
};

struct InitContainer {
    std::string_view name;
    bool restartable = false; ///< a sidecar
};

/// What printPod needs of a Pod.
struct Pod {
    fields::Metadata metadata;
    std::string_view phase, reason, nodeName, nominatedNodeName, podIp, firstPodIp;
    std::uint32_t containers = 0;
    QVarLengthArray<InitContainer, 4> initContainers;
    QVarLengthArray<std::string_view, 2> readinessGates;
    QVarLengthArray<fields::Condition, 8> conditions;
    QVarLengthArray<ContainerStatus, 4> containerStatuses;
    QVarLengthArray<ContainerStatus, 2> initContainerStatuses;
};

struct PodSummary {
    std::string status;
    std::uint64_t ready = 0;
    std::uint64_t total = 0;
    std::uint64_t restarts = 0;
    std::uint32_t lastRestart = 0; ///< seconds since 1970; 0 when none is known
};

PodSummary summarize(const Pod& pod);
Severity severityOf(const Pod& pod, const PodSummary& summary);

} // namespace kube
