#pragma once
// The tree at the left: clusters, and below each that is open its groups and kinds with their counts, and of a TKEStack
// platform its members before them, which unfold in the same way once they are open. Counts are asked for when a group
// is unfolded, and again every half minute for those that stay so.

#include "app/models/memberclusters.h"
#include "app/models/roles.h"
#include "app/store/clusters.h"

#include <QAbstractItemModel>
#include <QTimer>
#include <memory>
#include <optional>

namespace models {

class ClusterTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum NodeType { ClusterNode, GroupNode, KindNode, StaleGroupNode, PageNode, MembersNode, MemberNode };
    Q_ENUM(NodeType)

    /// Both outlive the model.
    ClusterTreeModel(store::Clusters* clusters, MemberClusters* members, QObject* parent = nullptr);
    ~ClusterTreeModel() override;

    /// Whom a row is of. That of a member is of the member itself while it is open, else of its platform.
    store::Cluster* clusterAt(const QModelIndex& index) const;
    /// The kind that a row stands for; null for others. A group of one kind (Nodes) stands for it.
    const kube::ApiResource* resourceAt(const QModelIndex& index) const;
    /// The page that a row stands for ("troubleshoot"); empty for others.
    QString pageAt(const QModelIndex& index) const;
    /// The name of the member that a row stands for, open or not, of the platform platformAt(); empty for others.
    QString memberAt(const QModelIndex& index) const;
    /// Null for rows that stand for no member.
    store::Cluster* platformAt(const QModelIndex& index) const;
    /// Of an open member the row below its platform.
    QModelIndex indexOf(const store::Cluster* cluster) const;

    /// The view says what is unfolded: an unfolded cluster is opened, an unfolded group is counted. A member that is
    /// not open has nothing to unfold: who unfolds everything does not mean to sign in to each of a platform's
    /// clusters.
    void setExpanded(const QModelIndex& index, bool expanded);
    void retranslate();

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const final;
    QModelIndex parent(const QModelIndex& child) const final;
    int rowCount(const QModelIndex& parent = {}) const final;
    int columnCount(const QModelIndex& = {}) const final { return 1; }
    bool hasChildren(const QModelIndex& parent = {}) const final;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Node;
    Node* nodeAt(const QModelIndex& index) const;
    QModelIndex indexOf(const Node* node) const;
    void load();
    void follow(store::Cluster* cluster);
    /// The cluster's, or that of the platform which it is a member of; null where neither is in the tree.
    Node* topOf(const store::Cluster* cluster) const;
    Node* nodeOf(const store::Cluster* cluster) const;
    /// The cluster is another than before, or what is known of its members.
    void update(const store::Cluster* cluster);
    void merge(Node* node, Node& now);
    void removeChildren(Node* node, int first, int last);
    void recount();
    void recountBelow(const Node& cluster);
    QVariant groupData(const Node& node, int role) const;
    QVariant kindData(const Node& node, int role) const;
    QVariant staleGroupData(const Node& node, int role) const;
    QVariant pageData(const Node& node, int role) const;
    QVariant membersData(const Node& node, int role) const;
    QVariant memberData(const Node& node, int role) const;
    QString memberNote(const Node& node) const;
    QString memberTip(const Node& node) const;
    kube::Severity memberSeverity(const Node& node) const;
    std::optional<tke::RouteKind> routeOf(const Node& member) const;
    /// It is open, and its platform says that it has no such member; where it says nothing, nobody knows.
    bool isGone(const Node& member) const;

    store::Clusters* m_clusters;
    MemberClusters* m_members;
    std::unique_ptr<Node> m_root;
    QTimer m_recount;
};

} // namespace models
