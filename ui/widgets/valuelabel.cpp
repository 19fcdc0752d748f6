#include "ui/widgets/valuelabel.h"

#include "ui/theme/metrics.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPainter>

namespace ui {

ValueLabel::ValueLabel(Look look, QWidget* parent) : PlainLabel(Selectable::Yes, parent), m_look(look)
{
    if (look == Look::Chip) {
        setContentsMargins(metrics::Unit + 2, 1, metrics::Unit + 2, 1);
    } else {
        setWordWrap(true);
        setContentsMargins(2, 0, 2, 0);
    }
}

void ValueLabel::setLeads(bool leads)
{
    m_leads = leads;
    QFont underlined = font();
    underlined.setUnderline(leads);
    setFont(underlined);
    setCursor(leads ? Qt::PointingHandCursor : Qt::IBeamCursor);
}

void ValueLabel::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy) && !hasSelectedText()) {
        QGuiApplication::clipboard()->setText(text());
    } else if (event->modifiers() == Qt::NoModifier && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        Q_EMIT
        stepped(event->key() == Qt::Key_Up ? -1 : 1);
    } else if (m_leads && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        Q_EMIT
        followed();
    } else {
        PlainLabel::keyPressEvent(event);
        return;
    }
    event->accept();
}

void ValueLabel::mouseReleaseEvent(QMouseEvent* event)
{
    PlainLabel::mouseReleaseEvent(event);
    if (m_leads && event->button() == Qt::LeftButton && !hasSelectedText() && rect().contains(event->pos()))
        Q_EMIT
    followed();
}

void ValueLabel::focusInEvent(QFocusEvent* event)
{
    PlainLabel::focusInEvent(event);
    update();
}

void ValueLabel::focusOutEvent(QFocusEvent* event)
{
    PlainLabel::focusOutEvent(event);
    update();
}

void ValueLabel::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    if (m_look == Look::Chip) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color(ColorId::Chip, palette()));
        painter.drawRoundedRect(rect(), 3, 3);
    }
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(color(ColorId::Focus, palette()));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
    painter.end();
    PlainLabel::paintEvent(event);
}

} // namespace ui
