#include "app/models/clustertreenode.h"

#include <algorithm>
#include <tuple>

namespace models {

std::unique_ptr<ClusterTreeModel::Node> ClusterTreeModel::Node::of(store::Cluster* cluster,
                                                                   const MemberClusters& members)
{
    auto node = std::make_unique<Node>();
    node->cluster = cluster;
    node->addMembers(members);
    node->addKinds();
    return node;
}

ClusterTreeModel::Node* ClusterTreeModel::Node::add(NodeType childType)
{
    auto child = std::make_unique<Node>();
    child->type = childType;
    child->parent = this;
    child->cluster = cluster;
    return children.emplace_back(std::move(child)).get();
}

void ClusterTreeModel::Node::addMembers(const MemberClusters& members)
{
    const MemberClusters::Listing* listing = members.listing(cluster);
    std::vector<store::Cluster*> open = members.openOf(cluster);
    if (!cluster->hasCatalog() || (!listing && open.empty()))
        return;
    Node* node = add(MembersNode);
    const auto addMember = [this, node](const QString& name, store::Cluster* opened) {
        Node* child = node->add(MemberNode);
        child->platform = cluster;
        child->member = name;
        if (!opened)
            return;
        child->cluster = opened;
        child->addKinds();
    };
    if (listing)
        for (const tke::MemberCluster& each : listing->members) {
            const auto found =
                std::ranges::find(open, each.name, [](const auto* opened) { return opened->context().member; });
            addMember(each.name, found == open.end() ? nullptr : *found);
            if (found != open.end())
                open.erase(found);
        }
    for (store::Cluster* each : open) // of whom the platform does not tell, or not now
        addMember(each->context().member, each);
}

void ClusterTreeModel::Node::addKinds()
{
    for (auto& [kindGroup, resources] : kube::groupedKinds(cluster->catalog())) {
        Node* node = add(GroupNode);
        node->group = kindGroup;
        if (kindGroup == kube::KindGroup::Nodes && resources.size() == 1) {
            node->standsForKind = true;
            node->resource = resources.front();
            continue;
        }
        if (kindGroup == kube::KindGroup::Businesses)
            node->add(PageNode)->page = BusinessesPage;
        for (const kube::ApiResource& each : resources)
            node->add(KindNode)->resource = each;
    }
    for (const kube::StaleGroup& each : cluster->catalog().stale)
        add(StaleGroupNode)->stale = each;
    for (const QLatin1String each : {MetricsPage, TroubleshootPage}) // whatever the cluster says of itself
        add(PageNode)->page = each;
}

ClusterTreeModel::Node* ClusterTreeModel::Node::membersNode() const
{
    return !children.empty() && children.front()->type == MembersNode ? children.front().get() : nullptr;
}

int ClusterTreeModel::Node::row() const
{
    const auto& all = parent->children;
    return static_cast<int>(
        std::find_if(all.begin(), all.end(), [this](const auto& each) { return each.get() == this; }) - all.begin());
}

void ClusterTreeModel::Node::insert(int row, std::unique_ptr<Node> child)
{
    child->parent = this;
    children.insert(children.begin() + row, std::move(child));
}

QString ClusterTreeModel::Node::key() const
{
    switch (type) {
    case ClusterNode:
        return cluster->context().name;
    case GroupNode:
        return QStringLiteral("group ") + kube::idOf(group);
    case KindNode:
        return QStringLiteral("kind ") + resource.key();
    case StaleGroupNode:
        return QStringLiteral("stale %1/%2").arg(stale.group, stale.version);
    case PageNode:
        return QStringLiteral("page ") + page;
    case MembersNode:
        return QStringLiteral("members");
    case MemberNode:
        return QStringLiteral("member ") + member;
    }
    return {};
}

QSet<QString> ClusterTreeModel::Node::childKeys() const
{
    QSet<QString> keys;
    for (const auto& each : children)
        keys.insert(each->key());
    return keys;
}

bool ClusterTreeModel::Node::become(const Node& now)
{
    const auto said = [](const Node& node) {
        return std::tie(node.cluster, node.resource, node.standsForKind, node.stale);
    };
    if (said(*this) == said(now))
        return false;
    cluster = now.cluster;
    resource = now.resource;
    standsForKind = now.standsForKind;
    stale = now.stale;
    return true;
}

} // namespace models
