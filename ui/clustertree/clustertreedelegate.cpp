#include "ui/clustertree/clustertreedelegate.h"

#include "ui/theme/grid.h"
#include "ui/theme/signs.h"
#include "ui/widgets/plaintext.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <QTreeView>

namespace ui {

QVariant ClusterTreeDelegate::get(const QModelIndex& index, int role) const
{
    return role < 0 ? QVariant() : index.data(role);
}

void ClusterTreeDelegate::onReturn(QTreeView* tree, std::function<void(const QModelIndex&)> callback)
{
    m_tree = tree;
    m_return = std::move(callback);
    tree->installEventFilter(this);
}

bool ClusterTreeDelegate::eventFilter(QObject* watched, QEvent* event)
{
    if (m_tree && watched == m_tree && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && m_tree->currentIndex().isValid()) {
            m_tree->expand(m_tree->currentIndex());
            m_return(m_tree->currentIndex());
            return true;
        }
    }
    // The base class takes whatever it watches for an editor of its own.
    return watched != m_tree && QStyledItemDelegate::eventFilter(watched, event);
}

void ClusterTreeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const bool selected = option.state & QStyle::State_Selected;
    const bool active = option.widget && option.widget->hasFocus();
    const bool enabled = index.flags() & Qt::ItemIsEnabled;
    const QPalette::ColorGroup group = !enabled ? QPalette::Disabled : active ? QPalette::Active : QPalette::Inactive;
    // The branch area belongs to the row; the view paints it with the style's own colours.
    if (selected)
        painter->fillRect(option.rect, option.palette.color(group, QPalette::Highlight));

    QRect rect = option.rect.adjusted(grid::Unit, 0, -grid::Gap, 0);
    const auto drawIcon = [&](const QIcon& drawing, int x) {
        drawing.paint(painter, QRect(x, rect.top(), grid::Icon, rect.height()), Qt::AlignCenter,
                      enabled ? QIcon::Normal : QIcon::Disabled);
    };
    const QVariant connection = get(index, m_roles.connection);
    const bool isCluster = connection.isValid();
    // A snapshot that was read is as good as connected, and nothing about it changes.
    const bool isSnapshot =
        get(index, m_roles.snapshot).toBool() && signOf(static_cast<Connection>(connection.toInt())) == Sign::None;
    drawIcon(isSnapshot  ? themeIcon(Icon::Snapshot)
             : isCluster ? connectionIcon(static_cast<Connection>(connection.toInt()))
                         : themeIcon(iconOf(get(index, m_roles.id).toString())),
             rect.left());
    rect.setLeft(rect.left() + grid::Icon + grid::Gap - 2);

    const QColor ink = option.palette.color(group, selected ? QPalette::HighlightedText : QPalette::Text);
    const QColor muted = color(ColorId::Muted, option.palette);
    painter->setFont(option.font);
    if (const QString count = get(index, m_roles.count).toString(); !count.isEmpty()) {
        painter->setPen(muted);
        painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, count);
        rect.setRight(rect.right() - option.fontMetrics.horizontalAdvance(count) - grid::Gap);
    }
    if (const auto sign = static_cast<Sign>(get(index, m_roles.severity).toInt()); sign != Sign::None) {
        drawIcon(signIcon(sign), rect.right() - grid::Icon);
        rect.setRight(rect.right() - grid::Icon - grid::Unit);
    }
    if (get(index, m_roles.readOnly).toBool()) {
        drawIcon(themeIcon(Icon::Lock, ColorId::Muted), rect.right() - grid::Icon);
        rect.setRight(rect.right() - grid::Icon - grid::Unit);
    }
    if (get(index, m_roles.production).toBool()) {
        const QString word = tr("production");
        const int width = option.fontMetrics.horizontalAdvance(word) + grid::Icon + 3 * grid::Unit;
        const QRect tag(rect.right() - width, rect.top() + 3, width, rect.height() - 6);
        painter->fillRect(tag, color(ColorId::ProductionArea, option.palette));
        drawIcon(themeIcon(Icon::Production, ColorId::Production), tag.left() + grid::Unit);
        painter->setPen(color(ColorId::Production, option.palette));
        painter->drawText(tag.adjusted(grid::Icon + 2 * grid::Unit, 0, 0, 0),
                          Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, word);
        rect.setRight(tag.left() - grid::Unit);
    }
    const QString name = index.data(Qt::DisplayRole).toString();
    const QString shown = option.fontMetrics.elidedText(name, Qt::ElideMiddle, rect.width());
    painter->setPen(ink);
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);
    if (const QString note = get(index, m_roles.note).toString(); !note.isEmpty()) {
        rect.setLeft(rect.left() + option.fontMetrics.horizontalAdvance(shown) + grid::Gap);
        painter->setPen(muted);
        painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          option.fontMetrics.elidedText(note, Qt::ElideRight, rect.width()));
    }
    if (active && option.state & QStyle::State_HasFocus) {
        painter->setPen(color(ColorId::Focus, option.palette));
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
}

QSize ClusterTreeDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    return {option.fontMetrics.horizontalAdvance(index.data().toString()) + 4 * grid::Gap, grid::RowHeight};
}

bool ClusterTreeDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                                    const QModelIndex& index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QStringList lines{index.data(Qt::DisplayRole).toString()};
    if (const QVariant connection = get(index, m_roles.connection); connection.isValid())
        lines << connectionWord(static_cast<Connection>(connection.toInt()));
    if (const QString note = get(index, m_roles.note).toString(); !note.isEmpty())
        lines << note;
    if (const QString tip = index.data(Qt::ToolTipRole).toString(); !tip.isEmpty())
        lines = QStringList{tip};
    QToolTip::showText(event->globalPos(), plainToolTip(lines.join(QLatin1Char('\n'))), view->viewport(), option.rect);
    return true;
}

} // namespace ui
