#pragma once
// Cells of a table: one line, names in the fixed-width font, numbers to the right, a sign before the word it is about.
// What does not fit is elided and shown whole in a tool tip, as plain text.

#include "ui/theme/signs.h"

#include <QHash>
#include <QStyledItemDelegate>

namespace ui {

/// How a column looks; what it means is the model's.
struct ColumnLook {
    bool fixedFont = false; ///< names, addresses, images
    bool number = false;    ///< counts, ages, sizes: to the right
    bool sign = false;      ///< room for the row's sign before the text
    bool operator==(const ColumnLook&) const = default;
};

class TableDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit TableDelegate(QObject* parent = nullptr);

    void setLook(int column, const ColumnLook& look) { m_looks.insert(column, look); }
    ColumnLook look(int column) const { return m_looks.value(column); }
    /// The role under which the model gives a row's severity as a number in the order of Sign; -1: none.
    void setSignRole(int role) { m_signRole = role; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

private:
    Sign signAt(const QModelIndex& index) const;
    QRect textRect(const QRect& cell, const ColumnLook& look) const;
    /// The fonts of the view, made once for each font it has had.
    const QFont& fixed(const QFont& font) const;

    QHash<int, ColumnLook> m_looks;
    int m_signRole = -1;
    mutable QFont m_base;
    mutable QFont m_fixed;
};

} // namespace ui
