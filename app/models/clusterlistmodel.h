#pragma once
// Every cluster in one line each, members of platforms among them: for choosing one.

#include "app/store/clusters.h"

#include <QAbstractListModel>
#include <vector>

namespace models {

class ClusterListModel : public QAbstractListModel {
    Q_OBJECT
public:
    /// The clusters outlive the model.
    explicit ClusterListModel(store::Clusters* clusters, QObject* parent = nullptr);

    /// Null where there is no such row.
    store::Cluster* clusterAt(int row) const;
    /// -1: it is not there.
    int rowOf(const store::Cluster* cluster) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    void load();

    store::Clusters* m_clusters;
    std::vector<store::Cluster*> m_rows; ///< as in the clusters
};

} // namespace models
