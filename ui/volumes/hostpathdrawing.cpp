#include "ui/volumes/hostpathdrawing.h"

#include "app/base/visible.h"
#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"
#include "ui/theme/grid.h"
#include "ui/theme/icons.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>

namespace ui {
namespace {

constexpr qreal Round = 4;
constexpr qreal ArrowHead = 7;
constexpr int Lines = 3; ///< drawn in a directory

QString orDots(const QString& text)
{
    return text.isEmpty() ? QStringLiteral("…") : base::visible(text);
}

} // namespace

struct HostPathDrawing::Box {
    QRectF area;
    QString title;
    QString path;
    QStringList lines;
    int chosen = -1; ///< the line that alone is mounted; the others step back
    Icon icon = Icon::None;
};

HostPathDrawing::HostPathDrawing(const QString& objectName, QWidget* parent) : QWidget(parent)
{
    setObjectName(objectName);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    describe();
}

void HostPathDrawing::setParts(const Parts& parts)
{
    if (parts == m_parts)
        return;
    m_parts = parts;
    describe();
    update();
}

QSize HostPathDrawing::sizeHint() const
{
    const int line = fontMetrics().lineSpacing();
    return {24 * fontMetrics().averageCharWidth() + 180, 2 * (line + grid::Gap) + Lines * (line + 6) + 3 * line + 24};
}

void HostPathDrawing::describe()
{
    setAccessibleName(tr("Drawing of the host path"));
    const QString access = m_parts.readOnly ? tr("read-only") : tr("read-write");
    QString told = tr("%1 on the node where the Pod runs; volume %2; %3 in the container %4; %5.",
                      "path, volume's name, path, container, read-only or read-write")
                       .arg(orDots(m_parts.path), orDots(m_parts.volume), orDots(m_parts.mountPath),
                            orDots(m_parts.container), access);
    if (!m_parts.subPath.isEmpty())
        told += QLatin1Char(' ') + tr("Only %1 of it is mounted.").arg(base::visible(m_parts.subPath));
    setAccessibleDescription(told);
    setToolTip(told.toHtmlEscaped());
}

void HostPathDrawing::paintBox(QPainter& painter, const Box& box) const
{
    const int line = fontMetrics().lineSpacing();
    const QRectF& area = box.area;
    QFont bold = font();
    bold.setBold(true);
    const QFont fixed = fixedFont(font());
    const int icon = grid::Icon;
    themeIcon(box.icon).paint(&painter, QRectF(area.left(), area.top() + (line - icon) / 2.0, icon, icon).toRect());
    painter.setPen(palette().color(QPalette::WindowText));
    painter.setFont(bold);
    painter.drawText(
        QRectF(area.left() + icon + 6, area.top(), area.width() - icon - 6, line), Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetrics(bold).elidedText(box.title, Qt::ElideRight, static_cast<int>(area.width()) - icon - 6));
    painter.setFont(fixed);
    painter.setPen(color(ColorId::YamlKey, palette()));
    painter.drawText(QRectF(area.left(), area.top() + line + 4, area.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(fixed).elidedText(box.path, Qt::ElideMiddle, static_cast<int>(area.width())));
    const QRectF folder(area.left(), area.top() + 2 * line + 12, area.width(), area.height() - 2 * line - 12);
    painter.setPen(QPen(color(ColorId::Outline, palette()), 1));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(folder, Round, Round);
    for (int i = 0; i < box.lines.size(); ++i) {
        const QRectF row(folder.left() + 4, folder.top() + 6 + i * (line + 6), folder.width() - 8, line + 4);
        const bool stepsBack = box.chosen >= 0 && box.chosen != i;
        if (box.chosen == i) {
            painter.setPen(QPen(color(ColorId::Focus, palette()), 1));
            painter.setBrush(color(ColorId::InfoArea, palette()));
            painter.drawRoundedRect(row, Round, Round);
        }
        painter.setPen(stepsBack ? color(ColorId::Muted, palette()) : palette().color(QPalette::Text));
        const int width = static_cast<int>(row.width()) - 12;
        painter.drawText(row.adjusted(6, 0, -6, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetrics(fixed).elidedText(box.lines[i], Qt::ElideMiddle, width));
    }
}

void HostPathDrawing::paintTag(QPainter& painter, const QRectF& area, const QString& text) const
{
    // A luggage tag: a point with a hole at the left.
    const qreal point = area.height() / 2;
    QPainterPath tag;
    tag.moveTo(area.left(), area.center().y());
    tag.lineTo(area.left() + point, area.top());
    tag.lineTo(area.right(), area.top());
    tag.lineTo(area.right(), area.bottom());
    tag.lineTo(area.left() + point, area.bottom());
    tag.closeSubpath();
    painter.setPen(QPen(color(ColorId::Info, palette()), 1.2));
    painter.setBrush(color(ColorId::InfoArea, palette()));
    painter.drawPath(tag);
    painter.setBrush(palette().color(QPalette::Window));
    painter.drawEllipse(QPointF(area.left() + point, area.center().y()), 2.5, 2.5);
    const QFont fixed = fixedFont(font());
    const QRectF words = area.adjusted(point + 6, 0, -4, 0);
    painter.setFont(fixed);
    painter.setPen(color(ColorId::Info, palette()));
    painter.drawText(words, Qt::AlignCenter,
                     QFontMetrics(fixed).elidedText(text, Qt::ElideMiddle, static_cast<int>(words.width())));
}

void HostPathDrawing::paintArrow(QPainter& painter, const QPointF& from, const QPointF& to, bool bothWays) const
{
    const QColor ink = color(m_parts.readOnly ? ColorId::Drawing : ColorId::Warning, palette());
    painter.setPen(QPen(ink, 1.6));
    painter.drawLine(from, to);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    const auto head = [&painter](const QPointF& tip, qreal way) {
        const QPointF points[] = {tip, tip + QPointF(-way * ArrowHead, -ArrowHead / 2),
                                  tip + QPointF(-way * ArrowHead, ArrowHead / 2)};
        painter.drawPolygon(points, 3);
    };
    head(to, 1);
    if (bothWays)
        head(from, -1);
}

void HostPathDrawing::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int line = fontMetrics().lineSpacing();
    const QRectF all = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const qreal middle = std::max(110.0, all.width() * 0.28);
    const qreal side = (all.width() - middle) / 2;
    const qreal height = 2 * line + 12 + Lines * (line + 6) + 6;
    const QString sub = base::visible(m_parts.subPath);
    const QStringList content{QStringLiteral("a.log"), QStringLiteral("b/")};
    QStringList onNode = content;
    if (!sub.isEmpty())
        onNode = {QStringLiteral("a.log"), sub, QStringLiteral("…")};
    else if (m_parts.isFile)
        onNode = {m_parts.path.section(QLatin1Char('/'), -1)};
    QStringList inContainer = content;
    if (!sub.isEmpty())
        inContainer = {tr("what is in %1").arg(sub)};
    else if (m_parts.isFile)
        inContainer = {m_parts.mountPath.section(QLatin1Char('/'), -1)};
    paintBox(painter, {.area = QRectF(all.left(), all.top(), side, height),
                       .title = tr("Node"),
                       .path = orDots(m_parts.path),
                       .lines = onNode,
                       .chosen = sub.isEmpty() ? -1 : 1,
                       .icon = Icon::Nodes});
    const QString title =
        m_parts.container.isEmpty() ? tr("Container") : tr("Container %1").arg(base::visible(m_parts.container));
    paintBox(painter, {.area = QRectF(all.right() - side, all.top(), side, height),
                       .title = title,
                       .path = orDots(m_parts.mountPath),
                       .lines = inContainer,
                       .chosen = -1,
                       .icon = Icon::Pod});
    // The arrow runs through the tag, from one directory to the other.
    const qreal at = all.top() + 2 * line + 12 + (height - 2 * line - 12) / 2;
    const qreal from = all.left() + side + 3;
    const qreal to = all.right() - side - 3;
    paintArrow(painter, {from, at}, {to, at}, !m_parts.readOnly);
    const QRectF tag(from + 14, at - line * 0.8, to - from - 28, line * 1.6);
    paintTag(painter, tag, orDots(m_parts.volume));
    painter.setFont(font());
    painter.setPen(color(ColorId::Muted, palette()));
    painter.drawText(QRectF(from, tag.top() - line - 4, to - from, line), Qt::AlignCenter, tr("Volume"));
    painter.setPen(color(m_parts.readOnly ? ColorId::Muted : ColorId::Warning, palette()));
    painter.drawText(QRectF(from, tag.bottom() + 4, to - from, line), Qt::AlignCenter,
                     m_parts.readOnly ? tr("read-only") : tr("read-write"));
    painter.setPen(color(ColorId::Muted, palette()));
    painter.drawText(QRectF(all.left(), all.top() + height + 6, side + middle / 2, line), Qt::AlignLeft,
                     tr("on the node where the Pod runs"));
    if (!sub.isEmpty())
        painter.drawText(QRectF(all.left(), all.top() + height + 6, all.width(), line), Qt::AlignRight,
                         fontMetrics().elidedText(tr("sub path %1: only that").arg(sub), Qt::ElideMiddle,
                                                  static_cast<int>(all.width() / 2)));
}

void HostPathDrawing::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        describe();
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        update();
    QWidget::changeEvent(event);
}

} // namespace ui
