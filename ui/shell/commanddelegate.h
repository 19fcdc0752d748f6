#pragma once
// A line of the command palette: icon, title, and at the right where it belongs or its keys.

#include <QStyledItemDelegate>

namespace ui {

class CommandDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    static constexpr int DetailRole = Qt::UserRole;

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace ui
