#include "ui/widgets/tableheader.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/tabledelegate.h"

namespace ui {

TableHeader::TableHeader(const TableDelegate* cells, QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent),
      m_cells(cells)
{
    setSectionsClickable(true);
    setSectionsMovable(true);
    setFirstSectionMovable(false);
    setHighlightSections(false);
    setStretchLastSection(true);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setMinimumSectionSize(40);
    setFixedHeight(metrics::RowHeight);
    setSortIndicatorClearable(false);
}

void TableHeader::initStyleOptionForIndex(QStyleOptionHeader* option, int logicalIndex) const
{
    QHeaderView::initStyleOptionForIndex(option, logicalIndex);
    if (m_cells->look(logicalIndex).number)
        option->textAlignment = Qt::AlignRight | Qt::AlignVCenter;
}

} // namespace ui
