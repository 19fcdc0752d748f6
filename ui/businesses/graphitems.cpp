#include "ui/businesses/graphitems.h"

#include "ui/theme/grid.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QStyleOptionGraphicsItem>
#include <algorithm>
#include <cmath>

namespace ui {
namespace {

using Kind = tke::GraphBox::Kind;

constexpr qreal Round = 4;
constexpr qreal BarHeight = 3;
constexpr qreal Quiet = 0.35;    ///< opacity of what is not lit
constexpr qreal WordsFrom = 0.4; ///< smaller than this words cannot be read
constexpr double Nearly = 0.9;

qreal detailOf(const QPainter& painter)
{
    return QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter.worldTransform());
}

std::optional<ColorId> areaOf(Sign sign)
{
    switch (sign) {
    case Sign::Error:
        return ColorId::ErrorArea;
    case Sign::Warning:
        return ColorId::WarningArea;
    default:
        return std::nullopt;
    }
}

} // namespace

GraphBoxItem::GraphBoxItem(const GraphScene* scene, std::size_t box)
    : m_scene(scene),
      m_box(box),
      m_size(scene->graph.boxes[box].rect.size())
{
    setPos(scene->graph.boxes[box].rect.topLeft());
}

QSizeF GraphBoxItem::sizeFor(const QFont& font)
{
    const QFontMetricsF of(font);
    return {std::ceil(of.horizontalAdvance(QLatin1Char('n')) * 24) + 2 * grid::Icon,
            std::ceil(2 * of.lineSpacing()) + 4 * grid::Unit + BarHeight};
}

QRectF GraphBoxItem::boundingRect() const
{
    return QRectF({}, m_size).adjusted(-2, -2, 2, 2);
}

QRectF GraphBoxItem::foldRect() const
{
    if (!m_scene->looks[m_box].unfolds)
        return {};
    return {0, 0, static_cast<qreal>(grid::Icon + grid::Unit), m_size.height()};
}

void GraphBoxItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    const BoxLook& look = m_scene->looks[m_box];
    const QPalette& palette = m_scene->palette;
    const Sign gravest = std::max(look.sign, look.detailSign);
    const bool isChosen = m_scene->chosen == m_box;
    const bool isClose = detailOf(*painter) >= WordsFrom;
    if (!m_scene->isLit(m_box))
        painter->setOpacity(Quiet);
    QColor area = palette.color(QPalette::Base);
    if (m_scene->isMatch(m_box))
        area = color(ColorId::Match, palette);
    else if (const auto id = areaOf(gravest); id && !isClose)
        area = color(*id, palette);
    const QColor outline = isChosen ? color(m_scene->hasFocus ? ColorId::Focus : ColorId::Drawing, palette)
                                    : color(ColorId::Outline, palette);
    QPen pen(outline, isChosen ? 2 : 1);
    pen.setCosmetic(true);
    painter->setPen(pen);
    painter->setBrush(area);
    const QRectF frame = QRectF({}, m_size).adjusted(0.5, 0.5, -0.5, -0.5);
    if (!isClose) {
        painter->setRenderHint(QPainter::Antialiasing, false);
        painter->drawRect(frame);
        return;
    }
    painter->setRenderHint(QPainter::Antialiasing);
    painter->drawRoundedRect(frame, Round, Round);
    paintWords(*painter);
    if (look.fullness)
        paintBar(*painter, *look.fullness);
}

void GraphBoxItem::paintWords(QPainter& painter) const
{
    const BoxLook& look = m_scene->looks[m_box];
    const QPalette& palette = m_scene->palette;
    const QColor text = palette.color(QPalette::Text);
    const qreal line = QFontMetricsF(m_scene->font).lineSpacing();
    QRectF inside = QRectF({}, m_size).adjusted(grid::Gap, grid::Unit + 2, -grid::Gap, 0);
    const auto put = [&painter](const QRectF& row, Sign sign) {
        signIcon(sign).paint(&painter,
                             QRectF(row.left(), row.center().y() - grid::Icon / 2.0, grid::Icon, grid::Icon).toRect());
    };
    if (look.unfolds) {
        const QRectF fold = foldRect();
        themeIcon(look.isFolded ? Icon::ChevronRight : Icon::ChevronDown)
            .paint(&painter,
                   QRectF(fold.left() + 3, fold.center().y() - grid::Icon / 2.0 - 1, grid::Icon, grid::Icon).toRect());
        inside.setLeft(fold.right() + grid::Unit);
    }
    QRectF first(inside.left(), inside.top(), inside.width(), line);
    QRectF second = first.translated(0, line + 1);
    if (look.sign != Sign::None) {
        put(QRectF(first.right() - grid::Icon, first.top(), grid::Icon, line), look.sign);
        first.setRight(first.right() - grid::Icon - grid::Unit);
    }
    painter.setFont(m_scene->bold);
    painter.setPen(text);
    painter.drawText(first, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF(m_scene->bold).elidedText(look.title, Qt::ElideMiddle, first.width()));
    painter.setFont(m_scene->font);
    painter.setPen(color(ColorId::Muted, palette));
    if (!look.count.isEmpty()) {
        const qreal width = QFontMetricsF(m_scene->font).horizontalAdvance(look.count);
        painter.drawText(second, Qt::AlignRight | Qt::AlignVCenter, look.count);
        second.setRight(second.right() - width - grid::Gap);
    }
    if (look.detailSign != Sign::None) {
        put(second, look.detailSign);
        second.setLeft(second.left() + grid::Icon + grid::Unit);
        if (const auto id = signColor(look.detailSign))
            painter.setPen(color(*id, palette));
    }
    const QFont& font = look.fixedDetail ? m_scene->fixed : m_scene->font;
    painter.setFont(font);
    painter.drawText(second, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF(font).elidedText(look.detail, Qt::ElideMiddle, second.width()));
}

void GraphBoxItem::paintBar(QPainter& painter, double fullness) const
{
    const QRectF all(Round, m_size.height() - BarHeight - 2, m_size.width() - 2 * Round, BarHeight);
    ColorId filled = ColorId::Drawing;
    if (fullness >= 1)
        filled = ColorId::Error;
    else if (fullness >= Nearly)
        filled = ColorId::Warning;
    painter.setPen(Qt::NoPen);
    painter.setBrush(color(ColorId::Skeleton, m_scene->palette));
    painter.drawRect(all);
    painter.setBrush(color(filled, m_scene->palette));
    painter.drawRect(QRectF(all.topLeft(), QSizeF(all.width() * std::clamp(fullness, 0.0, 1.0), BarHeight)));
}

GraphLinesItem::GraphLinesItem(const GraphScene* scene) : m_scene(scene)
{
    setFlag(ItemUsesExtendedStyleOption); // to be told what is exposed
    setZValue(-1);
    const auto& boxes = scene->graph.boxes;
    for (const tke::GraphEdge& edge : scene->graph.edges) {
        const QRectF from = boxes[edge.from].rect;
        const QRectF to = boxes[edge.to].rect;
        Line line;
        if (boxes[edge.to].kind == Kind::Business) {
            // Down the left side of a parent, as in a tree.
            const qreal x = std::min(from.left(), to.left()) + grid::Gap;
            const QPointF end(to.left(), to.center().y());
            line.path.moveTo(x, from.bottom());
            line.path.lineTo(x, end.y());
            line.path.lineTo(end.x() > x ? end : QPointF(x, to.top()));
        } else {
            const QPointF start(from.right(), from.center().y());
            const QPointF end(to.left(), to.center().y());
            const qreal bend = std::max<qreal>(20, (end.x() - start.x()) / 2);
            line.path.moveTo(start);
            line.path.cubicTo(start + QPointF(bend, 0), end - QPointF(bend, 0), end);
        }
        line.bounds = line.path.controlPointRect().adjusted(-2, -2, 2, 2);
        m_bounds |= line.bounds;
        m_lines.push_back(std::move(line));
    }
}

void GraphLinesItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*)
{
    const bool isClose = detailOf(*painter) >= WordsFrom;
    painter->setRenderHint(QPainter::Antialiasing, isClose);
    painter->setBrush(Qt::NoBrush);
    const auto draw = [&](bool lit) {
        QPen pen(color(lit ? ColorId::Drawing : ColorId::Outline, m_scene->palette), lit ? 1.6 : 1);
        pen.setCosmetic(true);
        painter->setPen(pen);
        painter->setOpacity(lit || m_scene->chain.empty() ? 1 : Quiet);
        for (std::size_t i = 0; i < m_lines.size(); ++i) {
            const tke::GraphEdge& edge = m_scene->graph.edges[i];
            const bool isLit = !m_scene->chain.empty() && m_scene->chain[edge.from] && m_scene->chain[edge.to];
            if (isLit != lit || !m_lines[i].bounds.intersects(option->exposedRect))
                continue;
            if (isClose)
                painter->drawPath(m_lines[i].path);
            else
                painter->drawLine(m_lines[i].path.elementAt(0), m_lines[i].path.currentPosition());
        }
    };
    draw(false);
    draw(true); // on top
}

} // namespace ui
