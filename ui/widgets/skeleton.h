#pragma once
// Rows that are still to come: still bars in the place of text. Nothing moves.

#include <QWidget>

namespace ui {

class Skeleton : public QWidget {
    Q_OBJECT
public:
    explicit Skeleton(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace ui
