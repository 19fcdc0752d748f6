#pragma once
// What the tree of clusters consists of: its nodes, and which there are to be for what is known of a cluster now.

#include "app/kube/kindgroups.h"
#include "app/models/clustertreemodel.h"

#include <QSet>
#include <memory>
#include <vector>

namespace models {

struct ClusterTreeModel::Node {
    NodeType type = ClusterNode;
    Node* parent = nullptr;
    std::vector<std::unique_ptr<Node>> children;
    bool expanded = false;
    /// Whom it and what is below it is of; of a member that is not open its platform, of the root nobody.
    store::Cluster* cluster = nullptr;
    store::Cluster* platform = nullptr; ///< of a MemberNode
    QString member;                     ///< of a MemberNode: its name on the platform
    kube::KindGroup group{};
    kube::ApiResource resource; ///< of a kind, or of a group that stands for one
    bool standsForKind = false;
    kube::StaleGroup stale;
    QString page; ///< of a PageNode

    /// What every cluster has, below its kinds; and what stands before the kinds of businesses, where they are served.
    static constexpr QLatin1String MetricsPage{"metrics"};
    static constexpr QLatin1String TroubleshootPage{"troubleshoot"};
    static constexpr QLatin1String BusinessesPage{"businesses"};

    /// A cluster, with all that is below it now.
    static std::unique_ptr<Node> of(store::Cluster* cluster, const MemberClusters& members);

    /// It stands for a cluster whose kinds are below it: one of the clusters, or a member that is open.
    bool isCluster() const
    {
        return type == ClusterNode ? cluster != nullptr : type == MemberNode && cluster != platform;
    }
    /// Of a platform; null where there is none.
    Node* membersNode() const;
    int row() const;
    void insert(int row, std::unique_ptr<Node> child);
    /// What tells it from its siblings, whatever else is said of it.
    QString key() const;
    QSet<QString> childKeys() const;
    /// Says what `now` says, which has its key; children are left alone. False: it did so already.
    bool become(const Node& now);

private:
    Node* add(NodeType childType);
    void addMembers(const MemberClusters& members);
    void addKinds();
};

} // namespace models
