#pragma once
// A live table over a store: sorted and filtered by an index of its own, since a proxy freezes when what it sorts by
// changes. Changes are gathered for a tick; each tick drops the rows that changed from the order and merges them in
// again in one pass, with at most one rows-inserted, one rows-removed and one layout change.

#include "app/models/roles.h"
#include "app/store/rowstore.h"

#include <QAbstractTableModel>
#include <QSet>
#include <QTimer>
#include <optional>

namespace models {

/// What a table shows, as a value: round-trips through text, so that a view can be kept and linked to.
struct TableQuery {
    QString filter;         ///< words that all must occur, without case; '-' before a word excludes
    QStringList namespaces; ///< empty: all
    QString sortColumn;     ///< Column::header; empty: by namespace and name
    Qt::SortOrder sortOrder = Qt::AscendingOrder;
    bool operator==(const TableQuery&) const = default;

    QString toText() const;
    static TableQuery fromText(const QString& text);
};

class RowTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    /// `identity` gives cluster, apiVersion and kind of the refs. The store outlives the model.
    RowTableModel(store::RowStore* store, kube::ObjectRef identity, QObject* parent = nullptr);

    const TableQuery& query() const { return m_query; }
    void setQuery(const TableQuery& query);
    /// How many rows there are before filter and namespaces.
    std::size_t total() const { return m_store->size(); }

    kube::ObjectRef refAt(int row) const;
    store::RowId idAt(int row) const { return m_order[static_cast<std::size_t>(row)]; }
    /// The row of an object; -1 when it is not shown.
    int rowOf(store::RowId id) const;

    /// Ages are reckoned from this point in time, in seconds since 1970, and no longer from the clock's.
    void setTime(std::int64_t at) { m_at = at; }

    /// Headers and translated cells again, after a change of language.
    void retranslate();
    /// Ages again; the page calls it once a second while it is seen, for the rows that are.
    void refreshAges(int firstRow, int lastRow);
    /// Applies what waits for the tick.
    void applyPending();

    int rowCount(const QModelIndex& parent = {}) const final;
    int columnCount(const QModelIndex& parent = {}) const final;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

private:
    struct Filter;
    void onReset();
    void onRowsChanged(const store::RowChanges& changes);
    void findSortColumn();
    void rebuild();
    bool accepts(store::RowId id) const;
    bool comesBefore(store::RowId a, store::RowId b) const;
    void judgeTexts() const;
    const kube::Column* column(int section) const;
    void rewireSelection(const std::vector<store::RowId>& before);

    store::RowStore* m_store;
    kube::ObjectRef m_identity;
    std::optional<std::int64_t> m_at; ///< none: the clock goes on
    TableQuery m_query;
    int m_sortColumn = -1;
    std::vector<store::RowId> m_order;
    std::vector<bool> m_shown; ///< by id: is in m_order
    std::vector<store::RowId> m_dirty;
    std::vector<bool> m_isDirty;
    std::vector<bool> m_isRemoved;
    QTimer m_tick;

    struct Word {
        QByteArray utf8; ///< lower case
        QString text;
        bool excludes = false;
        mutable std::vector<bool> inText; ///< by TextId: it occurs there
    };
    std::vector<Word> m_words;
    std::vector<bool> mutable m_namespaceShown; ///< by TextId
    QSet<QString> m_namespaces;
};

} // namespace models
