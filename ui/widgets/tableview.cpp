#include "ui/widgets/tableview.h"

#include "ui/theme/grid.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/tableheader.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QScrollBar>
#include <algorithm>

namespace ui {

TableView::TableView(const QString& objectName, QWidget* parent) : QTableView(parent), m_cells(new TableDelegate(this))
{
    setObjectName(objectName);
    setItemDelegate(m_cells);
    setHorizontalHeader(new TableHeader(m_cells, this));
    horizontalHeader()->setObjectName(objectName + QStringLiteral(".header"));
    verticalHeader()->setObjectName(objectName + QStringLiteral(".rows"));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(grid::RowHeight);
    verticalHeader()->setDefaultSectionSize(grid::RowHeight);
    // The button in the corner of both headers has no name of its own.
    for (auto* corner : findChildren<QAbstractButton*>()) {
        corner->setObjectName(objectName + QStringLiteral(".corner"));
        m_corner = corner;
    }
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    retranslate();
}

void TableView::setModel(QAbstractItemModel* model)
{
    // Without this the first thing a header does is to sort by the first column, from Z to A.
    setSortingEnabled(false);
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    QTableView::setModel(model);
    setSortingEnabled(m_sortable);
}

void TableView::sizeColumnsToSample(int rows)
{
    if (!model())
        return;
    const int sample = std::min(rows, model()->rowCount());
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    for (int column = 0; column < model()->columnCount(); ++column) {
        int wanted = horizontalHeader()->sectionSizeHint(column);
        for (int row = 0; row < sample; ++row)
            wanted = std::max(wanted, m_cells->sizeHint(option, model()->index(row, column)).width());
        // Names may be long; one of 253 characters must not push every other column away.
        const int most = column == 0 ? 480 : 280;
        wanted = std::min(wanted, most);
        horizontalHeader()->resizeSection(column, (wanted + grid::Unit - 1) / grid::Unit * grid::Unit);
    }
}

QString TableView::selectedText() const
{
    if (!selectionModel())
        return {};
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QStringList lines;
    for (const QModelIndex& row : std::as_const(rows)) {
        QStringList cells;
        for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
            const int column = horizontalHeader()->logicalIndex(visual);
            if (!horizontalHeader()->isSectionHidden(column))
                cells << row.siblingAtColumn(column).data(Qt::DisplayRole).toString();
        }
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n'));
}

QByteArray TableView::columnState() const
{
    return horizontalHeader()->saveState();
}

bool TableView::restoreColumnState(const QByteArray& state)
{
    if (state.isEmpty() || !horizontalHeader()->restoreState(state))
        return false;
    // The state brings the arrow back, not the order.
    if (m_sortable)
        sortByColumn(horizontalHeader()->sortIndicatorSection(), horizontalHeader()->sortIndicatorOrder());
    return true;
}

void TableView::copySelected() const
{
    const QString text = selectedText();
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

void TableView::retranslate()
{
    horizontalHeader()->setAccessibleName(tr("Columns"));
    verticalHeader()->setAccessibleName(tr("Rows"));
    if (m_corner)
        m_corner->setAccessibleName(tr("Select all rows"));
}

void TableView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QTableView::changeEvent(event);
}

void TableView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelected();
        event->accept();
        return;
    }
    if (event->key() == Qt::Key_Escape && event->modifiers() == Qt::NoModifier) {
        // Out of here: the page's and the window's business. The base class would search for it.
        event->ignore();
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace ui
