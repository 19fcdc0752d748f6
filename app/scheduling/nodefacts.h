#pragma once
// What of a Node decides who may be placed on it, as far as taints, cordon and node selectors go. Values and pure
// functions.

#include "app/scheduling/podfacts.h"

namespace scheduling {

/// Texts are as they were served; what is shown passes base::visible().
struct NodeFacts {
    QString name;
    kube::Json taints; ///< spec.taints as served; null: none
    Labels labels;
    bool unschedulable = false;

    /// kubeadm's label, or the older one that TKEStack sets as well.
    bool isControlPlane() const;
};

NodeFacts nodeFacts(const kube::Json& node);

/// The elements of spec.taints.
std::vector<Taint> taintList(const kube::Json& served);

/// True for keys that Kubernetes' own controllers set and take away again.
bool isControllersKey(const QString& key);
/// node.kubernetes.io/unschedulable: what the node lifecycle controller makes of spec.unschedulable.
bool isCordonKey(const QString& key);

/// spec.nodeSelector holds for the node's labels.
bool fitsSelector(const PodFacts& pod, const NodeFacts& node);
/// spec.unschedulable is judged as a taint of its own (pkg/scheduler/framework/plugins/nodeunschedulable).
bool isCordonedFor(const PodFacts& pod, const NodeFacts& node);

/// Why one node refuses one pod, as far as it is judged here. What is to come (resources, affinity, ports, volumes,
/// topology) gets members of its own.
struct Refusal {
    bool isCordoned = false;
    std::vector<Taint> taints; ///< not tolerated, in the node's order; without the cordon's own taint

    bool isAny() const { return isCordoned || !taints.empty(); }
};
Refusal refusalOf(const PodFacts& pod, const NodeFacts& node);

} // namespace scheduling
