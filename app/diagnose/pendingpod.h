#pragma once
// A pod without a place, and what was written about it: read from objects as they were served. Internal to diagnose/.

#include "app/kube/event.h"
#include "app/scheduling/nodefacts.h"
#include "app/scheduling/schedulerwords.h"

#include <QDateTime>
#include <map>

namespace diagnose {

/// A container that does not run yet, as its status tells.
struct WaitingContainer {
    QString name;
    QString reason; ///< "ImagePullBackOff"
    QString message;
    bool isInit = false;
};

/// Texts are as they were served; what is shown passes base::visible().
struct PendingPod {
    scheduling::PodFacts facts;
    QString schedulerName;
    QString pinnedNode; ///< asked for by name in its node affinity, as a DaemonSet's pods do; empty: none
    QStringList gates;
    QDateTime created;
    bool hasCondition = false; ///< PodScheduled is there: a scheduler has looked at it
    QString conditionReason;   ///< "Unschedulable", "SchedulingGated"
    QString conditionMessage;  ///< empty where it is True
    std::vector<WaitingContainer> waiting;
    std::vector<kube::EventFacts> events; ///< the newest first

    /// The newest FailedScheduling; null where there is none (any more).
    const kube::EventFacts* failedScheduling() const;
    /// The scheduler's last words: of the condition, which stays, else of the event. Empty where there are none.
    QString lastWords() const;
    bool isPending() const { return facts.phase == QLatin1String("Pending"); }
    bool isPlaced() const { return !facts.nodeName.isEmpty(); }
    /// Waits for a scheduler: without a node, a gate and a deletion.
    bool awaitsPlace() const;
    /// A scheduler has looked at it at least once.
    bool wasLookedAt() const { return hasCondition || failedScheduling(); }
};

PendingPod pendingPod(const kube::Json& pod);

/// A node with the conditions that its controllers' taints come from.
struct SeenNode {
    scheduling::NodeFacts facts;
    std::map<QString, QString> conditions; ///< type -> "False KubeletNotReady: words", for those that are not well
};
SeenNode seenNode(const kube::Json& node);

/// "shop/web-1", made visible.
QString shownName(const PendingPod& pod);

} // namespace diagnose
