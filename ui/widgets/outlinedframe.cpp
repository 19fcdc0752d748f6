#include "ui/widgets/outlinedframe.h"

#include "ui/theme/colors.h"

#include <QPainter>

namespace ui {

OutlinedFrame::OutlinedFrame(QWidget* parent, Qt::WindowFlags flags) : QFrame(parent, flags)
{
    setContentsMargins(1, 1, 1, 1);
}

void OutlinedFrame::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    painter.setPen(color(ColorId::Outline, palette()));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace ui
