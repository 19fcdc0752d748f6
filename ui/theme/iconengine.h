#pragma once
// Paints an SVG of the resources in a colour of the application's palette, sharp at any scale.

#include "ui/theme/colors.h"

#include <QIconEngine>
#include <optional>

namespace ui {

class IconEngine : public QIconEngine {
public:
    /// A drawing whose lines are `currentColor`, or (in its own colours) one that names none.
    explicit IconEngine(QString path, std::optional<ColorId> color = {});

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override;
    QList<QSize> availableSizes(QIcon::Mode mode, QIcon::State state) override;
    QIconEngine* clone() const override;
    QString key() const override;
    bool isNull() override { return false; }

private:
    QColor colorFor(QIcon::Mode mode) const;
    /// `size` in pixels of the device.
    QPixmap rendered(const QSize& size, QIcon::Mode mode) const;

    QString m_path;
    std::optional<ColorId> m_color;
};

} // namespace ui
