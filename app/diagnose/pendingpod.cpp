#include "app/diagnose/pendingpod.h"

#include "app/kube/jsonread.h"
#include "app/kube/objectname.h"

#include <algorithm>

namespace diagnose {
namespace {

QDateTime timeAt(const kube::Json& object, std::initializer_list<const char*> path)
{
    return QDateTime::fromString(kube::rawText(object, path), Qt::ISODateWithMs).toUTC();
}

void addWaiting(std::vector<WaitingContainer>& waiting, const kube::Json& statuses, bool isInit)
{
    for (const kube::Json& status : kube::elements(statuses)) {
        const kube::Json& state = kube::at(status, {"state", "waiting"});
        if (state.is_object())
            waiting.push_back({.name = kube::rawText(status, {"name"}),
                               .reason = kube::rawText(state, {"reason"}),
                               .message = kube::rawText(state, {"message"}),
                               .isInit = isInit});
    }
}

/// The DaemonSet controller pins its pods so (pkg/controller/daemon/util, ReplaceDaemonSetPodNodeNameNodeAffinity).
QString pinnedNodeOf(const kube::Json& pod)
{
    const auto& terms = kube::elements(pod, {"spec", "affinity", "nodeAffinity",
                                             "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms"});
    if (terms.size() != 1)
        return {};
    for (const kube::Json& field : kube::elements(terms.front(), {"matchFields"})) {
        const auto& values = kube::elements(field, {"values"});
        if (kube::rawText(field, {"key"}) == QLatin1String("metadata.name") &&
            kube::rawText(field, {"operator"}) == QLatin1String("In") && values.size() == 1)
            return kube::rawText(values.front());
    }
    return {};
}

} // namespace

PendingPod pendingPod(const kube::Json& pod)
{
    PendingPod read;
    read.facts = scheduling::podFacts(pod);
    read.schedulerName = kube::rawText(pod, {"spec", "schedulerName"});
    if (read.schedulerName.isEmpty())
        read.schedulerName = QStringLiteral("default-scheduler");
    read.pinnedNode = pinnedNodeOf(pod);
    for (const kube::Json& gate : kube::elements(pod, {"spec", "schedulingGates"}))
        read.gates += kube::rawText(gate, {"name"});
    read.created = timeAt(pod, {"metadata", "creationTimestamp"});
    for (const kube::Json& condition : kube::elements(pod, {"status", "conditions"})) {
        if (kube::rawText(condition, {"type"}) != QLatin1String("PodScheduled"))
            continue;
        read.conditionReason = kube::rawText(condition, {"reason"});
        // The API server writes SchedulingGated by itself: no scheduler has looked at it.
        read.hasCondition = read.conditionReason != QLatin1String("SchedulingGated");
        if (kube::rawText(condition, {"status"}) != QLatin1String("True"))
            read.conditionMessage = kube::rawText(condition, {"message"});
    }
    addWaiting(read.waiting, kube::at(pod, {"status", "initContainerStatuses"}), true);
    addWaiting(read.waiting, kube::at(pod, {"status", "containerStatuses"}), false);
    return read;
}

const kube::EventFacts* PendingPod::failedScheduling() const
{
    const auto found = std::ranges::find(events, QStringLiteral("FailedScheduling"), &kube::EventFacts::reason);
    return found == events.end() ? nullptr : &*found;
}

QString PendingPod::lastWords() const
{
    if (!conditionMessage.isEmpty())
        return conditionMessage;
    const kube::EventFacts* event = failedScheduling();
    return event ? event->message : QString();
}

bool PendingPod::awaitsPlace() const
{
    return isPending() && !isPlaced() && !facts.isGated && !facts.isDeleting;
}

SeenNode seenNode(const kube::Json& node)
{
    SeenNode seen{.facts = scheduling::nodeFacts(node), .conditions = {}};
    for (const kube::Json& condition : kube::elements(node, {"status", "conditions"})) {
        const QString type = kube::rawText(condition, {"type"});
        const QString status = kube::rawText(condition, {"status"});
        const bool isWell = status == (type == QLatin1String("Ready") ? QLatin1String("True") : QLatin1String("False"));
        if (!isWell)
            seen.conditions[type] =
                QStringLiteral("%1 %2: %3")
                    .arg(status, kube::rawText(condition, {"reason"}), kube::rawText(condition, {"message"}));
    }
    return seen;
}

QString shownName(const PendingPod& pod)
{
    return kube::shownName(pod.facts.ref.nameSpace, pod.facts.ref.name);
}

} // namespace diagnose
