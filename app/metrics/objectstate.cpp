#include "app/metrics/objectstate.h"

#include "app/kube/jsonread.h"
#include "app/metrics/amounts.h"

#include <algorithm>
#include <map>

namespace metrics {
namespace {

/// The controller among the owners.
Subject ownerOf(const kube::Json& object)
{
    for (const kube::Json& owner : kube::elements(object, {"metadata", "ownerReferences"}))
        if (kube::flag(owner, {"controller"}))
            return {.kind = kube::rawText(owner, {"kind"}),
                    .nameSpace = kube::rawText(object, {"metadata", "namespace"}),
                    .name = kube::rawText(owner, {"name"}),
                    .container = {}};
    return {};
}

Subject subjectOf(const kube::Json& object, const QString& kind)
{
    return {.kind = kind,
            .nameSpace = kube::rawText(object, {"metadata", "namespace"}),
            .name = kube::rawText(object, {"metadata", "name"}),
            .container = {}};
}

State commonState(const kube::Json& object)
{
    State state;
    state.uid = kube::rawText(object, {"metadata", "uid"});
    state.createdAt = timeOf(kube::at(object, {"metadata", "creationTimestamp"}));
    for (const kube::Json& condition : kube::elements(object, {"status", "conditions"}))
        if (const QString type = kube::rawText(condition, {"type"}); !type.isEmpty())
            state.conditions.push_back({type, kube::rawText(condition, {"status"})});
    return state;
}

bool isSidecar(const kube::Json& initContainer)
{
    return kube::rawText(initContainer, {"restartPolicy"}) == QLatin1String("Always");
}

/// What a pod as a whole holds, of requests or of limits.
Amounts effective(const kube::Json& pod, const char* which)
{
    const auto of = [which](const kube::Json& container) {
        return amountsOf(kube::at(container, {"resources", which}));
    };
    Amounts together;
    for (const kube::Json& container : kube::elements(pod, {"spec", "containers"}))
        together = sumOf(together, of(container));
    Amounts sidecars;
    Amounts starting;
    for (const kube::Json& container : kube::elements(pod, {"spec", "initContainers"})) {
        const Amounts atThatTime = sumOf(sidecars, of(container));
        if (isSidecar(container)) {
            sidecars = atThatTime;
            together = sumOf(together, of(container));
        }
        starting = greaterOf(starting, atThatTime);
    }
    Amounts held = greaterOf(together, starting);
    const Amounts declared = amountsOf(kube::at(pod, {"spec", "resources", which}));
    held = {declared.cpuMilli ? declared.cpuMilli : held.cpuMilli,
            declared.memoryBytes ? declared.memoryBytes : held.memoryBytes};
    return held;
}

Amounts requestsOf(const kube::Json& pod)
{
    return sumOf(effective(pod, "requests"), amountsOf(kube::at(pod, {"spec", "overhead"})));
}

/// An overhead alone is no limit.
Amounts limitsOf(const kube::Json& pod)
{
    const Amounts limits = effective(pod, "limits");
    const Amounts all = sumOf(limits, amountsOf(kube::at(pod, {"spec", "overhead"})));
    return {limits.cpuMilli ? all.cpuMilli : std::nullopt, limits.memoryBytes ? all.memoryBytes : std::nullopt};
}

using Statuses = std::map<QString, const kube::Json*>;

Statuses statusesOf(const kube::Json& pod)
{
    Statuses statuses;
    for (const char* list : {"containerStatuses", "initContainerStatuses"})
        for (const kube::Json& status : kube::elements(pod, {"status", list}))
            statuses.emplace(kube::rawText(status, {"name"}), &status);
    return statuses;
}

std::optional<qint64> countOf(const kube::Json& object, std::initializer_list<const char*> path)
{
    const auto count = kube::number(object, path);
    return count && *count >= 0 ? count : std::nullopt;
}

void readStatus(State& state, const kube::Json& status)
{
    state.restarts = countOf(status, {"restartCount"});
    if (const kube::Json& ready = kube::at(status, {"ready"}); ready.is_boolean())
        state.ready = ready.get<bool>();
    state.startedAt = timeOf(kube::at(status, {"state", "running", "startedAt"}));
    for (const char* how : {"waiting", "terminated"})
        if (const QString reason = kube::rawText(status, {"state", how, "reason"}); !reason.isEmpty())
            state.reason = reason;
}

std::pair<Subject, State> containerState(const PodState& pod, const kube::Json& container, const Statuses& statuses)
{
    Subject subject = pod.subject;
    subject.container = kube::rawText(container, {"name"});
    State state;
    state.node = pod.state.node;
    state.createdAt = pod.state.createdAt;
    state.requests = amountsOf(kube::at(container, {"resources", "requests"}));
    state.limits = amountsOf(kube::at(container, {"resources", "limits"}));
    if (const auto status = statuses.find(subject.container); status != statuses.end())
        readStatus(state, *status->second);
    return {std::move(subject), std::move(state)};
}

void addContainers(PodState& pod, const kube::Json& object)
{
    const Statuses statuses = statusesOf(object);
    for (const kube::Json& container : kube::elements(object, {"spec", "containers"})) {
        pod.containers.push_back(containerState(pod, container, statuses));
        const State& state = pod.containers.back().second;
        pod.isCpuUnlimited = pod.isCpuUnlimited || !state.limits.cpuMilli;
        pod.isMemoryUnlimited = pod.isMemoryUnlimited || !state.limits.memoryBytes;
    }
    for (const kube::Json& container : kube::elements(object, {"spec", "initContainers"})) {
        pod.containers.push_back(containerState(pod, container, statuses));
        pod.containers.back().second.init = true;
        pod.containers.back().second.sidecar = isSidecar(container);
    }
    const Amounts whole = amountsOf(kube::at(object, {"spec", "resources", "limits"}));
    pod.isCpuUnlimited = pod.isCpuUnlimited && !whole.cpuMilli;
    pod.isMemoryUnlimited = pod.isMemoryUnlimited && !whole.memoryBytes;
}

/// Of the containers whose restarts are known.
std::optional<qint64> restartsOf(const PodState& pod)
{
    std::optional<qint64> sum;
    for (const auto& [subject, state] : pod.containers)
        if (qint64 next = sum.value_or(0); state.restarts && !__builtin_add_overflow(next, *state.restarts, &next))
            sum = next;
    return sum;
}

/// The fields in which a kind says how many pods it wants, and how many are ready and available.
struct Counts {
    const char* part; ///< where `wanted` stands: "spec" or "status"
    const char* wanted;
    const char* ready;
    const char* available;
};

std::optional<Counts> countsOf(const QString& kind)
{
    if (kind == QLatin1String("DaemonSet"))
        return Counts{"status", "desiredNumberScheduled", "numberReady", "numberAvailable"};
    if (kind == QLatin1String("Job") || kind == QLatin1String("CronJob"))
        return std::nullopt;
    return Counts{"spec", "replicas", "readyReplicas", "availableReplicas"};
}

} // namespace

PodState podState(const kube::Json& object)
{
    PodState pod;
    pod.subject = subjectOf(object, QStringLiteral("Pod"));
    pod.owner = ownerOf(object);
    pod.state = commonState(object);
    pod.state.node = kube::rawText(object, {"spec", "nodeName"});
    pod.state.phase = kube::rawText(object, {"status", "phase"});
    pod.state.reason = kube::rawText(object, {"status", "reason"});
    pod.state.startedAt = timeOf(kube::at(object, {"status", "startTime"}));
    pod.state.ready = isTrue(pod.state.conditions, QLatin1String("Ready"));
    pod.state.requests = requestsOf(object);
    pod.state.limits = limitsOf(object);
    pod.isFinished = pod.state.phase == QLatin1String("Succeeded") || pod.state.phase == QLatin1String("Failed");
    addContainers(pod, object);
    pod.state.restarts = restartsOf(pod);
    return pod;
}

State nodeState(const kube::Json& node)
{
    State state = commonState(node);
    state.ready = isTrue(state.conditions, QLatin1String("Ready"));
    state.allocatable = amountsOf(kube::at(node, {"status", "allocatable"}));
    state.capacity = amountsOf(kube::at(node, {"status", "capacity"}));
    return state;
}

WorkloadState workloadState(const kube::Json& object, const QString& kind)
{
    WorkloadState workload{subjectOf(object, kind), commonState(object), ownerOf(object)};
    State& state = workload.state;
    const auto counts = countsOf(kind);
    if (!counts)
        return workload;
    state.wanted = countOf(object, {counts->part, counts->wanted});
    // Go leaves a zero out.
    if (kube::at(object, {"status"}).is_object()) {
        const qint64 ready = countOf(object, {"status", counts->ready}).value_or(0);
        state.available = countOf(object, {"status", counts->available}).value_or(0);
        if (state.wanted)
            state.ready = ready >= *state.wanted;
    }
    return workload;
}

} // namespace metrics
