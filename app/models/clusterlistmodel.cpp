#include "app/models/clusterlistmodel.h"

#include "app/models/clusterdata.h"

#include <algorithm>

namespace models {

ClusterListModel::ClusterListModel(store::Clusters* clusters, QObject* parent)
    : QAbstractListModel(parent),
      m_clusters(clusters)
{
    connect(clusters, &store::Clusters::loaded, this, &ClusterListModel::load);
    connect(clusters, &store::Clusters::inserted, this, [this](int row) {
        beginInsertRows({}, row, row);
        m_rows.insert(m_rows.begin() + row, m_clusters->at(row));
        endInsertRows();
    });
    connect(clusters, &store::Clusters::removing, this, [this](int row) {
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    });
    load();
}

void ClusterListModel::load()
{
    beginResetModel();
    m_rows.clear();
    for (int i = 0; i < m_clusters->size(); ++i)
        m_rows.push_back(m_clusters->at(i));
    endResetModel();
}

store::Cluster* ClusterListModel::clusterAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[static_cast<std::size_t>(row)] : nullptr;
}

int ClusterListModel::rowOf(const store::Cluster* cluster) const
{
    const auto found = std::ranges::find(m_rows, cluster);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int ClusterListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ClusterListModel::data(const QModelIndex& index, int role) const
{
    const store::Cluster* cluster = clusterAt(index.row());
    return cluster ? clusterData(*cluster, role) : QVariant();
}

} // namespace models
