#pragma once
// Businesses as a table, with the same content as their graph: a row a business namespace, and a row for a business
// that has none.

#include "app/models/roles.h"
#include "app/tke/businessstate.h"

#include <QAbstractTableModel>
#include <memory>

namespace models {

class BusinessesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit BusinessesModel(QObject* parent = nullptr);

    /// May be null: nothing is known. The same rows as before keep their place, and a selection lives on.
    void setPicture(std::shared_ptr<const tke::BusinessPicture> picture);
    /// Words that all must be in what a row shows, without case.
    void setFilter(const QString& filter);
    /// Before the filter.
    qsizetype total() const { return static_cast<qsizetype>(m_now.rows.size()); }

    tke::BusinessPart partAt(int row) const;
    /// The first row that is about it, of what is shown; -1: none.
    int rowOf(const tke::BusinessPart& part) const;
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    /// Quotas that have columns of their own; further ones share the last column.
    static constexpr std::size_t MostQuotas = 8;

private:
    enum Column { BusinessColumn, PhaseColumn, NamespaceColumn, ClusterColumn, StateColumn, LiveColumn, FixedColumns };
    struct Row {
        const tke::Business* business = nullptr; ///< null: the namespace is of one that is not known
        std::optional<std::size_t> nameSpace;
        QString key; ///< all that is shown, in lower case
    };
    const tke::BusinessNamespace* planned(const Row& row) const;
    const Row& at(int row) const
    {
        return m_now.rows[static_cast<std::size_t>(m_now.order[static_cast<std::size_t>(row)])];
    }
    bool isUsed(int column) const { return (column - FixedColumns) % 2 == 1; }
    bool isQuota(int column) const;
    const QString& quotaAt(int column) const;
    QString text(const Row& row, int column) const;
    QString tip(const Row& row, int column) const;
    kube::Severity severity(const Row& row, int column) const;
    QString headerKey() const;
    void build();
    void makeKeys();
    std::vector<int> ordered() const;
    void reorder();

    struct Content {
        std::shared_ptr<const tke::BusinessPicture> picture; ///< the rows point into it
        std::vector<QString> quotas;                         ///< those with columns of their own
        bool hasMore = false;                                ///< there are further ones
        std::vector<Row> rows;
        std::vector<int> order; ///< indices of rows
    };
    Content m_now;
    QStringList m_words;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace models
