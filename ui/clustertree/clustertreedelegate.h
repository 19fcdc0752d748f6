#pragma once
// A row of the tree: sign or icon, name, note, and a count at the right.

#include "ui/clustertree/clustertreepanel.h"

#include <QStyledItemDelegate>
#include <functional>

class QTreeView;

namespace ui {

class ClusterTreeDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setRoles(const ClusterTreeRoles& roles) { m_roles = roles; }
    /// Calls back for Return on the current row, and only for that.
    void onReturn(QTreeView* tree, std::function<void(const QModelIndex&)> callback);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QVariant get(const QModelIndex& index, int role) const;

    ClusterTreeRoles m_roles;
    QTreeView* m_tree = nullptr;
    std::function<void(const QModelIndex&)> m_return;
};

} // namespace ui
