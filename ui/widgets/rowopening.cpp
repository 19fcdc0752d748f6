#include "ui/widgets/rowopening.h"

#include <QAction>

namespace ui {

void onRowOpened(QTableView* table, std::function<void(int row)> open)
{
    QObject::connect(table, &QTableView::doubleClicked, table, [open](const QModelIndex& index) { open(index.row()); });
    auto* action = new QAction(table);
    action->setShortcuts({QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)});
    action->setShortcutContext(Qt::WidgetShortcut);
    table->addAction(action);
    QObject::connect(action, &QAction::triggered, table, [table, open = std::move(open)] {
        if (table->currentIndex().isValid())
            open(table->currentIndex().row());
    });
}

} // namespace ui
