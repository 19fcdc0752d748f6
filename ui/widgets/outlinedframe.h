#pragma once
// What lies on top of other things: a plain ground with a line around it that is seen in both palettes.

#include <QFrame>

namespace ui {

class OutlinedFrame : public QFrame {
    Q_OBJECT
public:
    explicit OutlinedFrame(QWidget* parent = nullptr, Qt::WindowFlags flags = {});

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace ui
