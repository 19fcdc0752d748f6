#include "app/scheduling/nodefacts.h"

#include "app/kube/jsonread.h"

#include <algorithm>

namespace scheduling {
namespace {

constexpr QLatin1String CordonKey("node.kubernetes.io/unschedulable");

} // namespace

bool NodeFacts::isControlPlane() const
{
    return labels.contains(QStringLiteral("node-role.kubernetes.io/control-plane")) ||
           labels.contains(QStringLiteral("node-role.kubernetes.io/master"));
}

NodeFacts nodeFacts(const kube::Json& node)
{
    return {.name = kube::rawText(node, {"metadata", "name"}),
            .taints = kube::at(node, {"spec", "taints"}),
            .labels = labelsOf(kube::at(node, {"metadata", "labels"})),
            .unschedulable = kube::flag(node, {"spec", "unschedulable"})};
}

std::vector<Taint> taintList(const kube::Json& served)
{
    std::vector<Taint> taints;
    for (const kube::Json& taint : kube::elements(served))
        taints.push_back(taintOf(taint));
    return taints;
}

bool isControllersKey(const QString& key)
{
    return key.startsWith(QLatin1String("node.kubernetes.io/")) ||
           key.startsWith(QLatin1String("node.cloudprovider.kubernetes.io/"));
}

bool isCordonKey(const QString& key)
{
    return key == CordonKey;
}

bool fitsSelector(const PodFacts& pod, const NodeFacts& node)
{
    return std::ranges::all_of(pod.nodeSelector, [&](const auto& wanted) {
        const auto label = node.labels.find(wanted.first);
        return label != node.labels.end() && label->second == wanted.second;
    });
}

bool isCordonedFor(const PodFacts& pod, const NodeFacts& node)
{
    const Taint cordon{CordonKey, {}, NoSchedule, {}};
    return node.unschedulable && tolerates(pod.tolerations, cordon) != Match::Yes;
}

Refusal refusalOf(const PodFacts& pod, const NodeFacts& node)
{
    Refusal refusal{.isCordoned = isCordonedFor(pod, node), .taints = {}};
    for (Taint& taint : blockingTaints(taintList(node.taints), pod.tolerations)) {
        // The taint follows spec.unschedulable, and may stand there a moment longer or a moment later.
        if (isCordonKey(taint.key))
            refusal.isCordoned = true;
        else
            refusal.taints.push_back(std::move(taint));
    }
    return refusal;
}

} // namespace scheduling
