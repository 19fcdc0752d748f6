#include "ui/widgets/popup.h"

#include <QKeyEvent>
#include <QScreen>
#include <algorithm>

namespace ui {

Popup::Popup(QWidget* anchor) : OutlinedFrame(anchor, Qt::Popup), m_anchor(anchor) {}

void Popup::popUp()
{
    adjustSize();
    resize(std::max(width(), m_anchor->width()), height());
    const QRect screen = m_anchor->screen()->availableGeometry();
    QPoint at = m_anchor->mapToGlobal(QPoint(0, m_anchor->height()));
    if (at.y() + height() > screen.bottom())
        at = m_anchor->mapToGlobal(QPoint(0, -height()));
    at.setX(std::clamp(at.x(), screen.left(), std::max(screen.left(), screen.right() - width())));
    move(at);
    show();
}

void Popup::hideEvent(QHideEvent* event)
{
    OutlinedFrame::hideEvent(event);
    Q_EMIT
    closed();
}

void Popup::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        OutlinedFrame::keyPressEvent(event);
}

} // namespace ui
