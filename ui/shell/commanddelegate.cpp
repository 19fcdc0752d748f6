#include "ui/shell/commanddelegate.h"

#include "ui/theme/colors.h"
#include "ui/theme/grid.h"

#include <QIcon>
#include <QPainter>

namespace ui {

void CommandDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const bool selected = option.state & QStyle::State_Selected;
    const bool enabled = index.flags() & Qt::ItemIsEnabled;
    const QPalette::ColorGroup group = enabled ? QPalette::Active : QPalette::Disabled;
    if (selected)
        painter->fillRect(option.rect, option.palette.color(QPalette::Active, QPalette::Highlight));
    QRect rect = option.rect.adjusted(grid::Gap, 0, -grid::Gap, 0);
    index.data(Qt::DecorationRole)
        .value<QIcon>()
        .paint(painter, QRect(rect.left(), rect.top(), grid::Icon, rect.height()), Qt::AlignCenter,
               selected ? QIcon::Selected : QIcon::Normal);
    rect.setLeft(rect.left() + grid::Icon + grid::Gap);
    painter->setFont(option.font);
    const QString detail = index.data(DetailRole).toString();
    painter->setPen(color(ColorId::Muted, option.palette));
    painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, detail);
    rect.setRight(rect.right() - option.fontMetrics.horizontalAdvance(detail) - grid::Gap);
    painter->setPen(option.palette.color(group, selected ? QPalette::HighlightedText : QPalette::Text));
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      option.fontMetrics.elidedText(index.data().toString(), Qt::ElideMiddle, rect.width()));
}

QSize CommandDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {200, grid::RowHeight};
}

} // namespace ui
