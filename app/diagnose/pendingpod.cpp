#include "app/diagnose/pendingpod.h"

#include "app/base/visible.h"
#include "app/kube/jsonread.h"

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

PodEvent podEvent(const kube::Json& event)
{
    const bool isNew = kube::at(event, {"regarding"}).is_object();
    const char* about = isNew ? "regarding" : "involvedObject";
    PodEvent read{.uid = kube::rawText(event, {about, "uid"}),
                  .nameSpace = kube::rawText(event, {about, "namespace"}),
                  .name = kube::rawText(event, {about, "name"}),
                  .type = kube::rawText(event, {"type"}),
                  .reason = kube::rawText(event, {"reason"}),
                  .message = kube::rawText(event, {isNew ? "note" : "message"}),
                  .reporter = kube::rawText(event, {isNew ? "reportingController" : "reportingComponent"})};
    if (read.reporter.isEmpty())
        read.reporter = kube::rawText(event, {isNew ? "deprecatedSource" : "source", "component"});
    for (const char* key : {"lastTimestamp", "deprecatedLastTimestamp", "eventTime", "firstTimestamp"})
        if (const QDateTime when = timeAt(event, {key}); when.isValid() && (!read.when.isValid() || when > read.when))
            read.when = when;
    if (const QDateTime last = timeAt(event, {"series", "lastObservedTime"}); last.isValid())
        read.when = last;
    if (!read.when.isValid())
        read.when = timeAt(event, {"metadata", "creationTimestamp"});
    for (const std::initializer_list<const char*> path :
         {std::initializer_list<const char*>{"series", "count"}, {"count"}, {"deprecatedCount"}})
        if (const auto count = kube::number(event, path))
            read.count = std::max(read.count, *count);
    return read;
}

const PodEvent* PendingPod::failedScheduling() const
{
    const auto found = std::ranges::find(events, QStringLiteral("FailedScheduling"), &PodEvent::reason);
    return found == events.end() ? nullptr : &*found;
}

QString PendingPod::lastWords() const
{
    if (!conditionMessage.isEmpty())
        return conditionMessage;
    const PodEvent* event = failedScheduling();
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
    return base::visible(pod.facts.ref.nameSpace + QLatin1Char('/') + pod.facts.ref.name);
}

} // namespace diagnose
