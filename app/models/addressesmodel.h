#pragma once
// The addresses of a cluster as a table: which, how each stands, how quick, what it serves.

#include "app/store/cluster.h"

#include <QAbstractTableModel>
#include <QPointer>

namespace models {

class AddressesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { TypeColumn, UrlColumn, StatusColumn, LatencyColumn, VersionColumn, SkewColumn, ColumnCount };

    /// The cluster is open.
    explicit AddressesModel(store::Cluster* cluster, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    const endpoint::ProbeResult& resultAt(int row) const { return m_results[static_cast<std::size_t>(row)]; }
    bool isInUse(int row) const;
    void retranslate();

private:
    void refresh();

    QPointer<store::Cluster> m_cluster;
    std::vector<endpoint::ProbeResult> m_results;
};

} // namespace models
