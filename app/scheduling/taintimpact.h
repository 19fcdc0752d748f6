#pragma once
// What a change of taints does: who goes, when, who stays, who could be placed at last. A pure function of what was
// read of the cluster. It knows taints, tolerations and node selectors; whether a pod finds room elsewhere is not its
// business, and it says "unknown" there.

#include "app/scheduling/nodefacts.h"
#include "app/scheduling/taintspec.h"

namespace scheduling {

struct BudgetFacts {
    kube::ObjectRef ref;
    kube::Json selector;
    std::optional<qint64> disruptionsAllowed; ///< none: its controller has not said
};

/// What was read of a cluster around some nodes. A part that could not be read is empty, and its error is told.
struct Survey {
    std::vector<NodeFacts> nodes;
    std::vector<PodFacts> pods;    ///< on these nodes
    std::vector<PodFacts> pending; ///< without a node, in the whole cluster
    std::vector<BudgetFacts> budgets;
    bool isPlatform = false; ///< it serves platform.tkestack.io: TKEStack's global cluster
    std::optional<base::Error> podsError;
    std::optional<base::Error> pendingError;
    std::optional<base::Error> budgetsError;
};

/// Something that a person should know; the sentence comes from messages/. `id` is one of
///   of a pod: emptyDir, hostPath (`detail`: names), mirror, bare, daemonSet, terminating, finished, notAnew,
///             evictionCanceled, comparison
///   of the change: controllerTaint, controlPlane, globalMaster, budgetsIgnored, taintNotThere, valueReplaced,
///             podsUnknown, pendingUnknown, budgetsUnknown, nothingChanges
struct Note {
    QString id;
    QString detail; ///< made visible
    QString node;   ///< empty: all of them
    bool operator==(const Note&) const = default;
};

enum class Replacement {
    Unknown,      ///< its owner makes another; where that finds room is not judged here
    NotRecreated, ///< nobody makes another
};
QString idOf(Replacement replacement);

struct PodImpact {
    PodFacts pod;
    Eviction eviction;  ///< by the taints as they will be
    bool isNew = false; ///< the change brings it about: false for who stays, and for who was on the way out before
    Replacement replacement = Replacement::Unknown;
    bool losesLocalData = false;
    std::vector<Note> notes;
};

struct DaemonSetImpact {
    kube::ObjectRef ref;
    bool keepsPod = true; ///< false: its pod here goes, and none comes back while the taints are there
};

struct NodeImpact {
    QString name;
    kube::Json before; ///< as served; an array
    kube::Json after;
    bool changes = false;
    std::vector<PodImpact> pods;
    std::vector<DaemonSetImpact> daemonSets;
};

struct Placement {
    PodFacts pod;
    QStringList nodes; ///< those whose taints no longer refuse it
};

struct BudgetImpact {
    kube::ObjectRef ref;
    int evicted = 0; ///< pods of it that the change evicts
    qint64 disruptionsAllowed = 0;
    bool wouldBreak = false;
};

struct TaintImpact {
    std::vector<NodeImpact> nodes;
    std::vector<Placement> becomeSchedulable; ///< as far as taints, node selector and cordon go
    std::vector<BudgetImpact> budgets;        ///< those whose pods go
    std::vector<Note> warnings;

    /// Pods that the change sends away, now or later.
    int evictedNow() const;
    int evictedLater() const;
    int staying() const;
    bool changesAnything() const;
};

TaintImpact impactOf(const Survey& survey, const TaintEdit& edit);

} // namespace scheduling
