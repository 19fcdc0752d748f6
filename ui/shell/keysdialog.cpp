#include "ui/shell/keysdialog.h"

#include "ui/shell/actionregistry.h"
#include "ui/theme/grid.h"

#include <QDialogButtonBox>
#include <QEvent>
#include <QHeaderView>
#include <QMap>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace ui {

KeysDialog::KeysDialog(const ActionRegistry& actions, QWidget* parent)
    : QDialog(parent),
      m_actions(actions),
      m_list(new QTreeWidget)
{
    setObjectName(QStringLiteral("keys"));
    m_list->setObjectName(QStringLiteral("keys.list"));
    m_list->setColumnCount(2);
    m_list->setUniformRowHeights(true);
    m_list->setRootIsDecorated(false);
    m_list->setIndentation(grid::Margin);
    m_list->header()->setObjectName(QStringLiteral("keys.header"));
    m_list->setFrameShape(QFrame::NoFrame);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setObjectName(QStringLiteral("keys.close"));
    buttons->button(QDialogButtonBox::Close)->setIcon(QIcon());
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_list);
    column->addWidget(buttons);
    resize(560, 640);
}

void KeysDialog::retranslate()
{
    setWindowTitle(tr("Keys"));
    m_list->setAccessibleName(tr("Keys"));
    m_list->header()->setAccessibleName(tr("Keys"));
    m_list->setHeaderLabels({tr("Action"), tr("Keys")});
    m_list->clear();
    const auto group = [this](const QString& title) {
        auto* item = new QTreeWidgetItem(m_list, {title});
        QFont bold = m_list->font();
        bold.setBold(true);
        item->setFont(0, bold);
        item->setFlags(Qt::ItemIsEnabled);
        item->setSizeHint(0, QSize(0, grid::RowHeight));
        return item;
    };
    const auto row = [](QTreeWidgetItem* parent, const QString& what, const QString& keys) {
        auto* item = new QTreeWidgetItem(parent, {what, keys});
        item->setSizeHint(0, QSize(0, grid::RowHeight));
    };
    QTreeWidgetItem* open = nullptr;
    QString menu;
    for (const QAction* action : m_actions.actions()) {
        if (action->shortcuts().isEmpty())
            continue;
        if (const QString its = ActionRegistry::menuOf(action); its != menu || !open) {
            menu = its;
            open = group(ActionRegistry::menuTitle(menu));
        }
        // Nine tabs, one line.
        if (action->objectName().startsWith(QLatin1String("go.tab-"))) {
            if (action->objectName() == QLatin1String("go.tab-1"))
                row(open, tr("First to ninth tab"), tr("Ctrl+1 to Ctrl+9"));
            continue;
        }
        row(open, ActionRegistry::title(action),
            QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText));
    }
    open = group(tr("Tables and trees"));
    row(open, tr("Move"), tr("Arrow keys, Page Up, Page Down, Home, End"));
    row(open, tr("Open"), tr("Enter"));
    row(open, tr("One step back: out of the detail, then to the tree"), tr("Esc"));
    row(open, tr("Copy the selected rows"), QKeySequence(QKeySequence::Copy).toString(QKeySequence::NativeText));
    row(open, tr("Select more rows"), tr("Shift or Ctrl with the arrow keys and Space"));
    row(open, tr("Jump to a name"), tr("Type its beginning"));
    open = group(tr("Text"));
    row(open, tr("Find"), QKeySequence(QKeySequence::Find).toString(QKeySequence::NativeText));
    row(open, tr("Next hit, previous hit"), tr("F3, Shift+F3"));
    m_list->expandAll();
    m_list->setColumnWidth(0, 320);
    m_list->setCurrentItem(m_list->topLevelItem(0)->child(0));
}

void KeysDialog::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange && isVisible())
        retranslate();
    QDialog::changeEvent(event);
}

void KeysDialog::showEvent(QShowEvent* event)
{
    retranslate();
    QDialog::showEvent(event);
}

} // namespace ui
