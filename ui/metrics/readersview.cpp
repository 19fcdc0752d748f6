#include "ui/metrics/readersview.h"

#include "app/messages/metrics.h"
#include "ui/metrics/statelook.h"
#include "ui/theme/grid.h"
#include "ui/widgets/plaintext.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <algorithm>
#include <array>

namespace ui {
namespace {

constexpr int ColumnCount = 4;
constexpr int RowCount = 5;
constexpr int Padding = 8;
constexpr int LeastGap = 16;
constexpr qreal Round = 4;
constexpr qreal HeadLength = 8;

QFont boldOf(QFont font)
{
    font.setBold(true);
    return font;
}

} // namespace

/// Each as wide as its widest box, what is left over between them.
struct ReadersView::Columns {
    std::array<int, ColumnCount> left{};
    std::array<int, ColumnCount> width{};
    int boxHeight = 0;
    int rowGap = 0;
    int least = 0;
};

ReadersView::ReadersView(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("metrics.readers"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    describe();
}

void ReadersView::show(const metrics::SourceSurvey& survey)
{
    m_survey = survey;
    describe();
}

void ReadersView::describe()
{
    m_graph = m_survey ? readersGraph(*m_survey) : ReadersGraph{};
    m_focus = std::clamp(m_focus, 0, std::max(0, static_cast<int>(m_graph.boxes.size()) - 1));
    setAccessibleName(tr("Who reads whom"));
    setAccessibleDescription(m_graph.text());
    updateGeometry();
    update();
}

ReadersView::Columns ReadersView::columns() const
{
    Columns columns;
    const QFontMetrics bold(boldOf(font()));
    for (const ReadersBox& box : m_graph.boxes) {
        int& width = columns.width[static_cast<std::size_t>(box.column)];
        const int detail = fontMetrics().horizontalAdvance(box.detail) + grid::Icon + grid::Unit;
        width = std::max({width, bold.horizontalAdvance(box.name) + 2 * Padding, detail + 2 * Padding});
    }
    const int line = fontMetrics().lineSpacing();
    columns.boxHeight = 2 * line + 2 * Padding;
    columns.rowGap = 2 * line + 3 * grid::Unit;
    int taken = 0;
    for (const int each : columns.width)
        taken += each;
    columns.least = taken + (ColumnCount - 1) * LeastGap + 2 * grid::Gap;
    const int gap = std::clamp((width() - 2 * grid::Gap - taken) / (ColumnCount - 1), LeastGap, 140);
    int x = std::max(grid::Gap, (width() - taken - (ColumnCount - 1) * gap) / 2);
    for (std::size_t i = 0; i < ColumnCount; ++i) {
        columns.left[i] = x;
        x += columns.width[i] + gap;
    }
    return columns;
}

QSize ReadersView::minimumSizeHint() const
{
    const Columns all = columns();
    return {all.least, RowCount * all.boxHeight + (RowCount - 1) * all.rowGap + 2 * grid::Gap};
}

QRect ReadersView::rectOf(ReadersBox::Id id) const
{
    const ReadersBox* box = m_graph.of(id);
    if (!box)
        return {};
    const Columns all = columns();
    const auto column = static_cast<std::size_t>(box->column);
    return {all.left[column], grid::Gap + box->row * (all.boxHeight + all.rowGap), all.width[column], all.boxHeight};
}

void ReadersView::paintBox(QPainter& painter, const ReadersBox& box) const
{
    const QRect area = rectOf(box.id);
    const bool isAbsent = box.state == metrics::SourceState::Absent;
    const bool isFocus = hasFocus() && m_graph.of(box.id) == &m_graph.boxes[static_cast<std::size_t>(m_focus)];
    painter.setPen(QPen(color(isFocus ? ColorId::Focus : ColorId::Outline, palette()), isFocus ? 2 : 1,
                        isAbsent ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(isAbsent ? Qt::NoBrush : QBrush(palette().color(QPalette::Base)));
    painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), Round, Round);
    const int line = fontMetrics().lineSpacing();
    const QRect inside = area.adjusted(Padding, Padding, -Padding, -Padding);
    const QRect first(inside.left(), inside.top(), inside.width(), box.detail.isEmpty() ? inside.height() : line);
    painter.setFont(boldOf(font()));
    painter.setPen(isAbsent ? color(ColorId::Muted, palette()) : palette().color(QPalette::Text));
    painter.drawText(first, Qt::AlignLeft | Qt::AlignVCenter, box.name);
    QRect second(inside.left(), inside.top() + line, inside.width(), line);
    painter.setFont(font());
    painter.setPen(color(ColorId::Muted, palette()));
    if (box.source) {
        const StateLook look = lookOf(box.state);
        const QRect sign(second.left(), second.center().y() - grid::Icon / 2 + 1, grid::Icon, grid::Icon);
        look.drawing().paint(&painter, sign);
        second.setLeft(sign.right() + 1 + grid::Unit);
        if (look.color)
            painter.setPen(color(*look.color, palette()));
    }
    painter.drawText(second, Qt::AlignLeft | Qt::AlignVCenter, box.detail);
}

void ReadersView::paintArrow(QPainter& painter, const ReadersArrow& arrow) const
{
    const Columns all = columns();
    const QRect from = rectOf(arrow.from);
    const QRect to = rectOf(arrow.to);
    const QColor ink = color(arrow.flows ? ColorId::Drawing : ColorId::Muted, palette());
    QPolygonF way;
    if (from.top() == to.top()) {
        way << QPointF(from.left(), from.center().y()) << QPointF(to.right() + 1, to.center().y());
    } else {
        const qreal x = from.center().x() + arrow.leave;
        const qreal arriving = to.center().x() + arrow.arrive;
        const qreal turn = from.bottom() + all.rowGap / 2.0;
        way << QPointF(x, from.bottom() + 1);
        if (x != arriving)
            way << QPointF(x, turn) << QPointF(arriving, turn);
        way << QPointF(arriving, to.top());
    }
    painter.setPen(QPen(ink, 1.4, arrow.flows ? Qt::SolidLine : Qt::DashLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(way);
    const QPointF tip = way.back();
    const QLineF last(way[way.size() - 2], tip);
    const QPointF along = QPointF(last.dx(), last.dy()) / last.length() * HeadLength;
    const QPointF across(-along.y() / 2, along.x() / 2);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawPolygon(QPolygonF{tip, tip - along + across, tip - along - across});
    if (from.top() != to.top())
        paintWords(painter, arrow, way);
}

void ReadersView::paintWords(QPainter& painter, const ReadersArrow& arrow, const QPolygonF& way) const
{
    using Beside = ReadersArrow::Beside;
    const qreal half = columns().rowGap / 2.0;
    const qreal x = arrow.beside == Beside::Start ? way.front().x() : way.back().x();
    qreal top = way.back().y() - half - 2;
    if (arrow.beside == Beside::Middle)
        top = (way[way.size() - 2].y() + way.back().y() - half) / 2;
    else if (arrow.beside == Beside::Start)
        top = way.front().y();
    const int wide = fontMetrics().horizontalAdvance(arrow.what);
    const bool fits = x + grid::Gap + wide <= width();
    const QRectF words(fits ? x + grid::Gap : x - grid::Gap - wide, top, wide + 1, half);
    painter.setFont(font());
    painter.setPen(color(ColorId::Muted, palette()));
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, arrow.what);
}

void ReadersView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const ReadersArrow& arrow : m_graph.arrows)
        paintArrow(painter, arrow);
    for (const ReadersBox& box : m_graph.boxes)
        paintBox(painter, box);
}

const ReadersBox* ReadersView::boxAt(const QPoint& at) const
{
    const auto found =
        std::ranges::find_if(m_graph.boxes, [&](const ReadersBox& box) { return rectOf(box.id).contains(at); });
    return found == m_graph.boxes.end() ? nullptr : &*found;
}

bool ReadersView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const ReadersBox* box = boxAt(help->pos());
        QString told;
        if (box && box->source)
            told = messages::sentence(m_survey->of(*box->source)) + QLatin1Char('\n') + messages::purpose(*box->source);
        QToolTip::showText(help->globalPos(), plainToolTip(told), this);
        return true;
    }
    return QWidget::event(event);
}

void ReadersView::mouseMoveEvent(QMouseEvent* event)
{
    const ReadersBox* box = boxAt(event->position().toPoint());
    setCursor(box && box->source ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void ReadersView::mouseReleaseEvent(QMouseEvent* event)
{
    const ReadersBox* box = boxAt(event->position().toPoint());
    if (!box || !box->source || event->button() != Qt::LeftButton)
        return;
    m_focus = static_cast<int>(box - m_graph.boxes.data());
    update();
    Q_EMIT sourceActivated(*box->source);
}

void ReadersView::moveFocus(int by)
{
    const int count = static_cast<int>(m_graph.boxes.size());
    for (int at = m_focus + by; at >= 0 && at < count; at += by) {
        if (!m_graph.boxes[static_cast<std::size_t>(at)].source)
            continue;
        m_focus = at;
        break;
    }
    update();
}

void ReadersView::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Up:
        moveFocus(-1);
        return;
    case Qt::Key_Right:
    case Qt::Key_Down:
        moveFocus(1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (!m_graph.boxes.empty())
            if (const auto& source = m_graph.boxes[static_cast<std::size_t>(m_focus)].source)
                Q_EMIT sourceActivated(*source);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void ReadersView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange)
        describe();
    if (event->type() == QEvent::PaletteChange)
        update();
    QWidget::changeEvent(event);
}

} // namespace ui
