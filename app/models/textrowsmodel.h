#pragma once
// Rows of texts that are made whole each time: for short lists (the pods of a few nodes). What did not change is not
// told, and a list of the same length keeps selection and scroll.

#include "app/kube/objectref.h"

#include <QAbstractTableModel>
#include <vector>

namespace models {

struct TextRow {
    QStringList cells;
    int severity = 0; ///< kube::Severity as int
    kube::ObjectRef ref;
    bool operator==(const TextRow&) const = default;
};

class TextRowsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setHeaders(const QStringList& headers);
    void setRows(std::vector<TextRow> rows);
    const std::vector<TextRow>& rows() const { return m_rows; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QStringList m_headers;
    std::vector<TextRow> m_rows;
};

} // namespace models
