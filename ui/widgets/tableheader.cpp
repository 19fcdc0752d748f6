#include "ui/widgets/tableheader.h"

#include "ui/theme/grid.h"
#include "ui/theme/icons.h"
#include "ui/widgets/tabledelegate.h"

#include <QPainter>

namespace ui {
namespace {

constexpr int Arrow = 12;

} // namespace

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
    setFixedHeight(grid::RowHeight);
    setSortIndicatorClearable(false);
}

void TableHeader::paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const
{
    const ColumnLook look = m_cells->look(logicalIndex);
    const bool sorted = isSortIndicatorShown() && sortIndicatorSection() == logicalIndex;
    painter->fillRect(rect, palette().color(QPalette::Window));
    painter->setPen(color(ColorId::Hairline, palette()));
    painter->drawLine(rect.bottomLeft(), rect.bottomRight());
    painter->drawLine(rect.topRight() + QPoint(0, grid::Unit), rect.bottomRight() - QPoint(0, grid::Unit));

    QRect inner = rect.adjusted(grid::Gap, 0, -grid::Gap, 0);
    if (sorted) {
        const QIcon arrow = themeIcon(sortIndicatorOrder() == Qt::AscendingOrder ? Icon::ChevronUp : Icon::ChevronDown);
        const int x = look.number ? inner.left() - grid::Unit : inner.right() - Arrow + grid::Unit;
        arrow.paint(painter, QRect(x, inner.top(), Arrow, inner.height()));
        if (look.number)
            inner.setLeft(inner.left() + Arrow - grid::Unit);
        else
            inner.setRight(inner.right() - Arrow);
    }
    const QString text = model()->headerData(logicalIndex, orientation()).toString();
    painter->setFont(font());
    painter->setPen(palette().color(QPalette::WindowText));
    painter->drawText(inner, Qt::AlignVCenter | Qt::TextSingleLine | (look.number ? Qt::AlignRight : Qt::AlignLeft),
                      fontMetrics().elidedText(text, Qt::ElideRight, inner.width()));
}

QSize TableHeader::sectionSizeFromContents(int logicalIndex) const
{
    const QString text = model()->headerData(logicalIndex, orientation()).toString();
    return {fontMetrics().horizontalAdvance(text) + 2 * grid::Gap + Arrow, grid::RowHeight};
}

} // namespace ui
