#pragma once
// What was read around pending pods, and what follows from it: pure functions. Taints are judged by our own reckoning;
// the scheduler's words are compared with it and never trusted in its place. Internal to diagnose/.

#include "app/base/error.h"
#include "app/diagnose/finding.h"
#include "app/diagnose/pendingpod.h"

#include <set>

namespace diagnose {

struct PendingSurvey {
    QString cluster;       ///< of the refs
    bool isSingle = false; ///< one pod was asked for by name
    std::vector<PendingPod> pods;
    std::optional<base::Error> eventsError;
    bool areNodesRead = false;
    std::vector<SeenNode> nodes;
    std::optional<base::Error> nodesError;
    QString scheduler;                ///< whose lease was looked at
    std::optional<QDateTime> renewed; ///< that lease
    QDateTime now;                    ///< by the server's clock where it told
    kube::ObjectRef owner;            ///< of the single pod, above a ReplicaSet; no kind: none is known
};

enum class Agreement {
    NoWords,       ///< the scheduler has said nothing
    NotComparable, ///< what it said names no nodes
    Agrees,
    Differs, ///< the nodes have changed since, or it said something that we read otherwise
};

/// What taints, cordon and node selectors do to one pod.
struct PodVerdict {
    const PendingPod* pod = nullptr;
    scheduling::SchedulerWords words;
    int eligible = 0; ///< nodes with the labels (and the name) that it asks for
    int free = 0;     ///< of these: neither cordoned nor tainted against it
    Agreement agreement = Agreement::NoWords;
    /// No node is left for it by what is judged here.
    bool isSettled() const { return free == 0; }
};

/// One taint (or the cordon) with all that it keeps apart.
struct TaintGroup {
    scheduling::Taint taint; ///< without timeAdded; no key: the nodes are cordoned
    // Pointers into the survey's vectors: their order is the served one.
    std::set<const SeenNode*> nodes;
    std::set<const PendingPod*> pods;
    bool isDecisive = false; ///< no other node is left for these pods

    bool isCordon() const { return taint.key.isEmpty(); }
};

struct PendingJudgement {
    std::vector<PodVerdict> verdicts; ///< of the pods that await a place
    std::vector<TaintGroup> groups;
};

/// The survey outlives what comes back. Without nodes there are verdicts with the words alone.
PendingJudgement judge(const PendingSurvey& survey);

/// In the order in which a person wants them.
std::vector<Finding> pendingFindings(const PendingSurvey& survey, const PendingJudgement& judgement);

/// A pod is given a moment before anybody asks where its scheduler is.
bool isLongUnheard(const PendingSurvey& survey, const PendingPod& pod);
/// The lease was read, and nobody has renewed it for a while.
bool isLeaseStale(const PendingSurvey& survey);

/// "a, b, c and 4 more", made visible.
Text namesOf(const QStringList& names);
/// The same of longer pieces, " | " between them.
Text linesOf(const QStringList& lines);

// Of pendingtaints.cpp.
Finding taintFinding(const PendingSurvey& survey, const PendingJudgement& judgement, const TaintGroup& group);

} // namespace diagnose
