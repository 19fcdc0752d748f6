#pragma once
// Fusion, with outlines that are seen: in a dark palette it draws the edges of fields and check boxes darker than the
// dark ground they stand on.

#include <QProxyStyle>

namespace ui {

class Style : public QProxyStyle {
    Q_OBJECT
public:
    Style();

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
};

} // namespace ui
