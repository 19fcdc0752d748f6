#pragma once
// What of a Pod decides where it runs and what it loses by leaving. A value, read from the object as it was served.

#include "app/kube/objectref.h"
#include "app/scheduling/selector.h"
#include "app/scheduling/taint.h"

#include <QStringList>

namespace scheduling {

/// Texts are as they were served; what is shown passes base::visible().
struct PodFacts {
    kube::ObjectRef ref;   ///< without a cluster
    kube::ObjectRef owner; ///< its controller; no kind: none
    QString nodeName;      ///< empty: not placed yet
    QString phase;
    std::vector<Toleration> tolerations;
    kube::Json servedTolerations; ///< spec.tolerations as served
    Labels labels;
    Labels nodeSelector;
    QStringList emptyDirs; ///< names of volumes whose data goes with the pod
    QStringList hostPaths; ///< paths that stay on the node when the pod goes
    bool isMirror = false; ///< a static pod, which a kubelet runs from a file: nobody else can end it
    bool isDeleting = false;
    bool isGated = false; ///< has scheduling gates: nobody tries to place it

    bool isFinished() const { return phase == QLatin1String("Succeeded") || phase == QLatin1String("Failed"); }
    bool isOfDaemonSet() const { return owner.kind == QLatin1String("DaemonSet"); }
    bool hasOwner() const { return !owner.kind.isEmpty(); }
    bool losesLocalData() const { return !emptyDirs.isEmpty() || !hostPaths.isEmpty(); }
};

PodFacts podFacts(const kube::Json& pod);

} // namespace scheduling
