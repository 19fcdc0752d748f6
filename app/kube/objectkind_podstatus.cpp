#include "app/kube/objectkind_podstatus.h"

#include <algorithm>

namespace kube {
namespace {

bool isRestartable(const Pod& pod, std::string_view name)
{
    // The last of two equal names counts, as in the map that the server makes.
    const auto found = std::find_if(pod.initContainers.rbegin(), pod.initContainers.rend(),
                                    [name](const InitContainer& container) { return container.name == name; });
    return found != pod.initContainers.rend() && found->restartable;
}

/// Whether the first condition of this type is True.
bool isTrue(const Pod& pod, std::string_view type)
{
    const auto found = std::find_if(pod.conditions.begin(), pod.conditions.end(),
                                    [type](const fields::Condition& condition) { return condition.type == type; });
    return found != pod.conditions.end() && found->status == "True";
}

bool hasReadyCondition(const Pod& pod)
{
    return std::any_of(pod.conditions.begin(), pod.conditions.end(), [](const fields::Condition& condition) {
        return condition.type == "Ready" && condition.status == "True";
    });
}

std::string terminationReason(const ContainerStatus& container)
{
    if (!container.terminatedReason.empty())
        return std::string(container.terminatedReason);
    if (container.signal != 0)
        return "Signal:" + std::to_string(container.signal);
    return "ExitCode:" + std::to_string(container.exitCode);
}

struct Restarts {
    std::uint64_t count = 0;
    std::uint32_t last = 0;
    void add(const ContainerStatus& container)
    {
        count += container.restarts;
        last = std::max(last, container.lastFinished);
    }
};

struct InitProgress {
    bool initializing = false;
    Restarts all;
    Restarts ofSidecars;
};

/// Goes through the init containers up to the first that is not done.
InitProgress initialize(const Pod& pod, PodSummary& summary)
{
    InitProgress progress;
    qsizetype index = -1;
    for (const ContainerStatus& container : pod.initContainerStatuses) {
        ++index;
        const bool restartable = isRestartable(pod, container.name);
        progress.all.add(container);
        if (restartable)
            progress.ofSidecars.add(container);
        if (container.terminated && container.exitCode == 0)
            continue;
        if (restartable && container.started) {
            summary.ready += container.ready ? 1 : 0;
            continue;
        }
        if (container.terminated)
            summary.status = "Init:" + terminationReason(container);
        else if (container.waiting && !container.waitingReason.empty() && container.waitingReason != "PodInitializing")
            summary.status = "Init:" + std::string(container.waitingReason);
        else
            summary.status = "Init:" + std::to_string(index) + '/' + std::to_string(pod.initContainers.size());
        progress.initializing = true;
        break;
    }
    return progress;
}

/// Goes through the containers, the first of which has the last word.
void run(const Pod& pod, PodSummary& summary, Restarts& restarts)
{
    bool running = false;
    std::string failure;
    for (auto container = pod.containerStatuses.rbegin(); container != pod.containerStatuses.rend(); ++container) {
        restarts.add(*container);
        if (container->waiting && !container->waitingReason.empty()) {
            summary.status = container->waitingReason;
        } else if (container->terminated) {
            summary.status = terminationReason(*container);
            if (container->exitCode != 0)
                failure = summary.status;
        } else if (container->ready && container->running) {
            running = true;
            ++summary.ready;
        }
    }
    if (summary.status != "Completed")
        return;
    // One container is done: what the others do is what counts.
    if (running && hasReadyCondition(pod))
        summary.status = "Running";
    else if (!failure.empty())
        summary.status = failure;
    else if (running)
        summary.status = "NotReady";
}

bool isFailure(std::string_view reason)
{
    static constexpr std::string_view failures[] = {"OOMKilled",
                                                    "Failed",
                                                    "Evicted",
                                                    "DeadlineExceeded",
                                                    "ContainerCannotRun",
                                                    "InvalidImageName",
                                                    "ImageInspectError",
                                                    "NodeAffinity",
                                                    "NodeShutdown",
                                                    "Shutdown",
                                                    "RegistryUnavailable",
                                                    "Preempting",
                                                    "Preempted",
                                                    "ContainerStatusUnknown"};
    return reason.ends_with("Error") || reason.ends_with("BackOff") || reason.starts_with("Err") ||
           reason.starts_with("OutOf") || reason.starts_with("Signal:") ||
           (reason.starts_with("ExitCode:") && reason != "ExitCode:0") ||
           std::find(std::begin(failures), std::end(failures), reason) != std::end(failures);
}

} // namespace

PodSummary summarize(const Pod& pod)
{
    PodSummary summary;
    summary.status = pod.reason.empty() ? pod.phase : pod.reason;
    for (const fields::Condition& condition : pod.conditions) {
        if (condition.type == "PodScheduled" && condition.reason == "SchedulingGated")
            summary.status = condition.reason;
    }
    summary.total = pod.containers;
    for (const InitContainer& container : pod.initContainers)
        summary.total += container.restartable ? 1 : 0;

    const InitProgress progress = initialize(pod, summary);
    Restarts restarts = progress.all;
    if (!progress.initializing || isTrue(pod, "Initialized")) {
        restarts = progress.ofSidecars; // plain init containers are over and no longer count
        run(pod, summary, restarts);
    }
    summary.restarts = restarts.count;
    summary.lastRestart = restarts.last;

    if (pod.metadata.deleting && pod.reason == "NodeLost")
        summary.status = "Unknown";
    else if (pod.metadata.deleting && pod.phase != "Failed" && pod.phase != "Succeeded")
        summary.status = "Terminating";
    return summary;
}

Severity severityOf(const Pod& pod, const PodSummary& summary)
{
    std::string_view status = summary.status;
    if (status == "Unknown" || status == "NodeLost")
        return Severity::Unknown;
    if (status.starts_with("Init:"))
        status.remove_prefix(5);
    if (pod.phase == "Failed" || isFailure(status))
        return Severity::Error;
    if (pod.phase == "Succeeded")
        return Severity::None;
    if (pod.metadata.deleting)
        return Severity::Warning;
    if (status == "Completed") // each of its containers is done
        return Severity::None;
    return pod.phase == "Running" && summary.ready >= summary.total ? Severity::None : Severity::Warning;
}

} // namespace kube
