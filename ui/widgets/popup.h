#pragma once
// A frame that drops down below a control and goes away on Escape or a click elsewhere.

#include "ui/widgets/outlinedframe.h"

namespace ui {

class Popup : public OutlinedFrame {
    Q_OBJECT
public:
    explicit Popup(QWidget* anchor);

    /// Below the anchor, or above it where the screen ends; as wide as its content, at least as wide as the anchor.
    void popUp();

Q_SIGNALS:
    void closed();

protected:
    void hideEvent(QHideEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* m_anchor;
};

} // namespace ui
