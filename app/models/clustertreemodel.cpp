#include "app/models/clustertreemodel.h"

#include "app/models/clustertreenode.h"

#include <QSet>
#include <algorithm>
#include <iterator>

namespace models {
namespace {

constexpr std::chrono::seconds Recount{30};

bool isMember(const store::Cluster& cluster)
{
    return !cluster.context().member.isEmpty();
}

} // namespace

ClusterTreeModel::ClusterTreeModel(store::Clusters* clusters, MemberClusters* members, QObject* parent)
    : QAbstractItemModel(parent),
      m_clusters(clusters),
      m_members(members),
      m_root(std::make_unique<Node>()),
      m_recount(this)
{
    connect(clusters, &store::Clusters::loaded, this, &ClusterTreeModel::load);
    connect(clusters, &store::Clusters::inserted, this, [this](int at) {
        store::Cluster* cluster = m_clusters->at(at);
        follow(cluster);
        if (isMember(*cluster)) // it stands below its platform, once it opens
            return;
        int row = 0;
        for (int i = 0; i < at; ++i)
            row += isMember(*m_clusters->at(i)) ? 0 : 1;
        beginInsertRows({}, row, row);
        m_root->insert(row, Node::of(cluster, *m_members));
        endInsertRows();
    });
    connect(clusters, &store::Clusters::removing, this, [this](int at) {
        store::Cluster* cluster = m_clusters->at(at);
        cluster->disconnect(this);
        if (isMember(*cluster)) // it is closed: nothing in the tree is of it
            return;
        const int row = topOf(cluster)->row();
        removeChildren(m_root.get(), row, row);
    });
    connect(members, &MemberClusters::changed, this, [this](const store::Cluster* platform) {
        update(platform);
        const Node* top = nodeOf(platform);
        const Node* group = top ? top->membersNode() : nullptr;
        if (!group)
            return;
        const QModelIndex index = indexOf(group);
        emit dataChanged(index, index);
        if (const int rows = rowCount(index); rows > 0)
            emit dataChanged(this->index(0, 0, index), this->index(rows - 1, 0, index));
    });
    connect(&m_recount, &QTimer::timeout, this, &ClusterTreeModel::recount);
    m_recount.start(Recount);
    load();
}

ClusterTreeModel::~ClusterTreeModel() = default;

void ClusterTreeModel::load()
{
    beginResetModel();
    m_root->children.clear();
    for (int i = 0; i < m_clusters->size(); ++i) {
        follow(m_clusters->at(i));
        if (!isMember(*m_clusters->at(i)))
            m_root->insert(static_cast<int>(m_root->children.size()), Node::of(m_clusters->at(i), *m_members));
    }
    endResetModel();
}

void ClusterTreeModel::follow(store::Cluster* cluster)
{
    connect(cluster, &store::Cluster::stateChanged, this, [this, cluster] { update(cluster); });
    connect(cluster, &store::Cluster::catalogChanged, this, [this, cluster] {
        update(cluster);
        recount();
    });
    connect(cluster, &store::Cluster::countChanged, this, [this, cluster](const QString& key) {
        const Node* node = nodeOf(cluster);
        if (!node)
            return;
        for (const auto& group : node->children) {
            if (group->standsForKind && group->resource.key() == key)
                emit dataChanged(indexOf(group.get()), indexOf(group.get()));
            for (const auto& kind : group->children)
                if (kind->type == KindNode && kind->resource.key() == key)
                    emit dataChanged(indexOf(kind.get()), indexOf(kind.get()));
        }
    });
}

ClusterTreeModel::Node* ClusterTreeModel::topOf(const store::Cluster* cluster) const
{
    const store::Cluster* top = isMember(*cluster) ? m_clusters->find(cluster->context().platform) : cluster;
    const auto found = std::ranges::find_if(m_root->children, [top](const auto& node) { return node->cluster == top; });
    return found == m_root->children.end() ? nullptr : found->get();
}

ClusterTreeModel::Node* ClusterTreeModel::nodeOf(const store::Cluster* cluster) const
{
    for (const auto& top : m_root->children) {
        if (top->cluster == cluster)
            return top.get();
        if (const Node* members = top->membersNode())
            for (const auto& each : members->children)
                if (each->isCluster() && each->cluster == cluster)
                    return each.get();
    }
    return nullptr;
}

void ClusterTreeModel::update(const store::Cluster* cluster)
{
    Node* top = topOf(cluster);
    if (!top)
        return;
    merge(top, *Node::of(top->cluster, *m_members));
    if (const QModelIndex index = indexOf(cluster); index.isValid())
        emit dataChanged(index, index);
}

/// Makes a node what it is to be now. Rows that stay are left alone, so that nothing moves or folds up under the
/// person's eyes, and what is chosen stays so.
void ClusterTreeModel::merge(Node* node, Node& now)
{
    const QModelIndex index = indexOf(node);
    if (node->become(now))
        emit dataChanged(index, index);
    auto& children = node->children;
    const QSet<QString> wanted = now.childKeys();
    const auto goes = [&](int row) { return !wanted.contains(children[static_cast<std::size_t>(row)]->key()); };
    for (int end = rowCount(index); end > 0;) {
        int first = end;
        while (first > 0 && goes(first - 1))
            --first;
        if (first < end)
            removeChildren(node, first, end - 1);
        end = first - 1; // that one stays
    }
    QSet<QString> there = node->childKeys();
    int row = 0;
    for (auto next = now.children.begin(); next != now.children.end();) {
        const auto known =
            std::find_if(next, now.children.end(), [&](const auto& each) { return there.contains(each->key()); });
        if (known != next) {
            const int count = static_cast<int>(known - next);
            beginInsertRows(index, row, row + count - 1);
            for (; next != known; ++next)
                node->insert(row++, std::move(*next));
            endInsertRows();
            continue;
        }
        const QString key = (*next)->key();
        there.remove(key); // of two of one key the first is meant
        int from = row;
        while (children[static_cast<std::size_t>(from)]->key() != key)
            ++from;
        if (from != row) {
            beginMoveRows(index, from, from, index, row);
            std::rotate(children.begin() + row, children.begin() + from, children.begin() + from + 1);
            endMoveRows();
        }
        merge(children[static_cast<std::size_t>(row++)].get(), **next++);
    }
    if (row < rowCount(index))
        removeChildren(node, row, rowCount(index) - 1);
}

void ClusterTreeModel::removeChildren(Node* node, int first, int last)
{
    beginRemoveRows(indexOf(node), first, last);
    node->children.erase(node->children.begin() + first, node->children.begin() + last + 1);
    endRemoveRows();
}

void ClusterTreeModel::recount()
{
    for (const auto& cluster : m_root->children)
        recountBelow(*cluster);
}

void ClusterTreeModel::recountBelow(const Node& cluster)
{
    if (!cluster.expanded || !cluster.isCluster())
        return;
    std::vector<kube::ApiResource> wanted;
    for (const auto& group : cluster.children) {
        if (group->standsForKind)
            wanted.push_back(group->resource);
        if (!group->expanded)
            continue;
        for (const auto& each : group->children) {
            if (each->type == KindNode)
                wanted.push_back(each->resource);
            else
                recountBelow(*each);
        }
    }
    cluster.cluster->recount(wanted);
}

void ClusterTreeModel::setExpanded(const QModelIndex& index, bool expanded)
{
    Node* node = nodeAt(index);
    if (node == m_root.get())
        return;
    node->expanded = expanded;
    if (!expanded)
        return;
    if (node->isCluster())
        node->cluster->open();
    recount();
}

void ClusterTreeModel::retranslate()
{
    const std::function<void(const QModelIndex&)> tell = [&](const QModelIndex& parent) {
        const int rows = rowCount(parent);
        if (rows == 0)
            return;
        emit dataChanged(index(0, 0, parent), index(rows - 1, 0, parent));
        for (int row = 0; row < rows; ++row)
            tell(index(row, 0, parent));
    };
    tell({});
}

store::Cluster* ClusterTreeModel::clusterAt(const QModelIndex& index) const
{
    return index.isValid() ? nodeAt(index)->cluster : nullptr;
}

const kube::ApiResource* ClusterTreeModel::resourceAt(const QModelIndex& index) const
{
    if (!index.isValid())
        return nullptr;
    const Node* node = nodeAt(index);
    return node->type == KindNode || node->standsForKind ? &node->resource : nullptr;
}

QString ClusterTreeModel::pageAt(const QModelIndex& index) const
{
    return index.isValid() && nodeAt(index)->type == PageNode ? nodeAt(index)->page : QString();
}

QString ClusterTreeModel::memberAt(const QModelIndex& index) const
{
    return index.isValid() ? nodeAt(index)->member : QString();
}

store::Cluster* ClusterTreeModel::platformAt(const QModelIndex& index) const
{
    return index.isValid() ? nodeAt(index)->platform : nullptr;
}

QModelIndex ClusterTreeModel::indexOf(const store::Cluster* cluster) const
{
    const Node* node = nodeOf(cluster);
    return node ? indexOf(node) : QModelIndex();
}

ClusterTreeModel::Node* ClusterTreeModel::nodeAt(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<Node*>(index.internalPointer()) : m_root.get();
}

QModelIndex ClusterTreeModel::indexOf(const Node* node) const
{
    return node->parent ? createIndex(node->row(), 0, node) : QModelIndex();
}

QModelIndex ClusterTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, nodeAt(parent)->children[static_cast<std::size_t>(row)].get());
}

QModelIndex ClusterTreeModel::parent(const QModelIndex& child) const
{
    return child.isValid() ? indexOf(nodeAt(child)->parent) : QModelIndex();
}

int ClusterTreeModel::rowCount(const QModelIndex& parent) const
{
    return static_cast<int>(nodeAt(parent)->children.size());
}

bool ClusterTreeModel::hasChildren(const QModelIndex& parent) const
{
    const Node* node = nodeAt(parent);
    // A cluster that was not opened yet can be unfolded: that opens it.
    return node->type == ClusterNode && node->parent ? true : !node->children.empty();
}

} // namespace models
