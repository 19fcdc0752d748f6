#include "ui/widgets/tabledelegate.h"

#include "ui/theme/fonts.h"
#include "ui/theme/grid.h"
#include "ui/widgets/plaintext.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace ui {
namespace {

// A cell is one line whatever it holds.
QString lineOf(const QModelIndex& index)
{
    QString text = index.data(Qt::DisplayRole).toString();
    for (QChar& c : text)
        if (c == QLatin1Char('\n') || c == QChar::LineSeparator)
            c = QLatin1Char(' ');
    return text;
}

} // namespace

TableDelegate::TableDelegate(QObject* parent) : QStyledItemDelegate(parent) {}

Sign TableDelegate::signAt(const QModelIndex& index) const
{
    return m_signRole < 0 ? Sign::None : static_cast<Sign>(index.data(m_signRole).toInt());
}

QRect TableDelegate::textRect(const QRect& cell, const ColumnLook& look) const
{
    const int left = look.sign ? grid::Gap + grid::Icon + grid::Unit : grid::Gap;
    return cell.adjusted(left, 0, -grid::Gap, 0);
}

const QFont& TableDelegate::fixed(const QFont& font) const
{
    if (m_base != font || m_fixed == QFont()) {
        m_base = font;
        m_fixed = fixedFont(font);
    }
    return m_fixed;
}

void TableDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const bool selected = option.state & QStyle::State_Selected;
    const bool active = option.state & QStyle::State_Active && option.widget && option.widget->hasFocus();
    const QPalette::ColorGroup group = active ? QPalette::Active : QPalette::Inactive;
    if (selected)
        painter->fillRect(option.rect, option.palette.color(group, QPalette::Highlight));
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      color(ColorId::RowLine, option.palette));

    const ColumnLook look = m_looks.value(index.column());
    QColor ink = option.palette.color(group, selected ? QPalette::HighlightedText : QPalette::Text);
    if (look.sign) {
        const Sign sign = signAt(index);
        if (sign != Sign::None) {
            signIcon(sign).paint(painter, option.rect.left() + grid::Gap, option.rect.center().y() - grid::Icon / 2 + 1,
                                 grid::Icon, grid::Icon);
            ink = color(*signColor(sign), option.palette);
        }
    }
    const QString text = lineOf(index);
    if (!text.isEmpty()) {
        const QFont& font = look.fixedFont ? fixed(option.font) : option.font;
        const QFontMetrics fm(font);
        const QRect rect = textRect(option.rect, look);
        painter->setFont(font);
        painter->setPen(ink);
        const QString shown =
            fm.horizontalAdvance(text) <= rect.width()
                ? text
                : fm.elidedText(text, look.fixedFont ? Qt::ElideMiddle : Qt::ElideRight, rect.width());
        painter->drawText(rect, Qt::AlignVCenter | Qt::TextSingleLine | (look.number ? Qt::AlignRight : Qt::AlignLeft),
                          shown);
    }
    // The row the keyboard stands on, also where several are selected or none is.
    if (active) {
        const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
        if (view && view->currentIndex().row() == index.row() && view->currentIndex().parent() == index.parent()) {
            const QColor focus = color(ColorId::Focus, option.palette);
            painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), focus);
            painter->fillRect(QRect(option.rect.left(), option.rect.top() - 1, option.rect.width(), 1), focus);
        }
    }
}

QSize TableDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const ColumnLook look = m_looks.value(index.column());
    const QFontMetrics fm(look.fixedFont ? fixed(option.font) : option.font);
    const QRect inner = textRect(QRect(0, 0, 1'000, grid::RowHeight), look);
    return {fm.horizontalAdvance(lineOf(index)) + 1'000 - inner.width(), grid::RowHeight};
}

bool TableDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                              const QModelIndex& index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QString tip = index.data(Qt::ToolTipRole).toString();
    if (tip.isEmpty() && sizeHint(option, index).width() > option.rect.width())
        tip = index.data(Qt::DisplayRole).toString();
    QToolTip::showText(event->globalPos(), plainToolTip(tip), view->viewport(), option.rect);
    return true;
}

} // namespace ui
