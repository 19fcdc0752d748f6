#pragma once
// The objects themselves, read from the APIServer and laid out by what each figure is of.

#include "app/kube/client.h"
#include "app/metrics/objectstate.h"

#include <map>

namespace metrics {

/// What a table of figures has a row for.
enum class View { Nodes, Pods, Containers, Workloads };
/// "nodes", "pods", "containers", "workloads".
QString idOf(View view);

struct CountedPod {
    Subject subject;
    bool isRunning = false; ///< its phase: one that waits uses nothing, and has no sample
};

struct ObjectPage {
    std::map<Subject, State> states;
    /// The limits that bound a pod or a workload: nothing where one of its containers has none.
    std::map<Subject, Amounts> bounds;
    std::map<Subject, std::vector<CountedPod>> pods; ///< of a workload, those that are not finished
    QDateTime readAt;                                ///< by the server's clock
    /// Lists that could not be read: "replicasets". What is missing with them is unknown, not absent.
    std::vector<std::pair<QString, base::Error>> unread;

    const State* find(const Subject& subject) const;
};

/// As it was served; workloads with their owners.
struct ServedObjects {
    std::vector<std::pair<Subject, State>> nodes;
    std::vector<PodState> pods;
    std::vector<WorkloadState> workloads;
    bool hasPods = true; ///< false: they could not be read, so nobody knows what they request
};
/// What is of use for a view. A node requests what its pods request that are not finished; a workload what its pods do,
/// a Deployment those of its ReplicaSets, a CronJob those of its Jobs. A ReplicaSet that a Deployment owns is no
/// workload of its own.
ObjectPage pageOf(View view, const ServedObjects& served);

/// `nameSpace`: empty for all; a node has none. Works in the calling thread, which has an event loop. Error: that of
/// the list without which there are no rows: nodes, else pods.
base::Call<ObjectPage> readObjects(const kube::Client& client, View view, const QString& nameSpace);

} // namespace metrics
