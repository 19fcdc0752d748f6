#pragma once
// The tree at the left: clusters, and below each that is open its groups and kinds with their counts, and of a TKEStack
// platform its members before them. Counts are asked for when a group is unfolded, and again every half minute for
// those that stay so.

#include "app/models/memberclusters.h"
#include "app/models/roles.h"
#include "app/store/clusters.h"

#include <QAbstractItemModel>
#include <QSet>
#include <QTimer>

namespace models {

class ClusterTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum NodeType { ClusterNode, GroupNode, KindNode, StaleGroupNode, PageNode, MembersNode, MemberNode };
    Q_ENUM(NodeType)

    /// The clusters, and `members` where platforms unfold, outlive the model.
    explicit ClusterTreeModel(store::Clusters* clusters, QObject* parent = nullptr, MemberClusters* members = nullptr);
    ~ClusterTreeModel() override;

    store::Cluster* clusterAt(const QModelIndex& index) const;
    /// The kind that a row stands for; null for others. A group of one kind (Nodes) stands for it.
    const kube::ApiResource* resourceAt(const QModelIndex& index) const;
    /// The page that a row stands for ("troubleshoot"); empty for others.
    QString pageAt(const QModelIndex& index) const;
    /// The name of the member that a row stands for, of the platform clusterAt(); empty for others.
    QString memberAt(const QModelIndex& index) const;
    QModelIndex indexOf(store::Cluster* cluster) const;

    /// The view says what is unfolded: an unfolded cluster is opened, an unfolded group is counted.
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
    std::unique_ptr<Node> nodeFor(store::Cluster* cluster);
    void rebuild(Node* cluster);
    void recount();
    void showMembers(Node* platform);
    static QString noteOf(const store::Cluster& cluster);
    QVariant clusterData(const Node& node, int role) const;
    QVariant kindData(const Node& node, int role) const;
    QVariant membersData(const Node& node, int role) const;
    QVariant memberData(const Node& node, int role) const;

    store::Clusters* m_clusters;
    MemberClusters* m_members;
    std::unique_ptr<Node> m_root;
    QTimer m_recount;
};

} // namespace models
