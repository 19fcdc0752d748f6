#include "ui/theme/style.h"

#include "ui/theme/colors.h"

#include <QPainter>
#include <QStyleOption>

namespace ui {
namespace {

void outline(QPainter* painter, const QStyleOption* option, const QRectF& rect, qreal radius)
{
    const bool enabled = option->state & QStyle::State_Enabled;
    const bool focused = option->state & QStyle::State_HasFocus;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(color(!enabled ? ColorId::Hairline : focused ? ColorId::Focus : ColorId::Outline, option->palette));
    painter->drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter->restore();
}

} // namespace

Style::Style() : QProxyStyle(QStringLiteral("fusion")) {}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                          const QWidget* widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    switch (element) {
    case PE_FrameLineEdit:
        outline(painter, option, option->rect, 2);
        break;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        // Fusion leaves a pixel around its box.
        outline(painter, option, QRectF(option->rect).adjusted(1, 1, -1, -1), 1);
        break;
    default:
        break;
    }
}

} // namespace ui
