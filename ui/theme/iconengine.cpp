#include "ui/theme/iconengine.h"

#include <QFile>
#include <QGuiApplication>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace ui {

IconEngine::IconEngine(QString path, std::optional<ColorId> color) : m_path(std::move(path)), m_color(color) {}

QColor IconEngine::colorFor(QIcon::Mode mode) const
{
    const QPalette palette = QGuiApplication::palette();
    if (mode == QIcon::Disabled)
        return palette.color(QPalette::Disabled, QPalette::WindowText);
    if (m_color)
        return color(*m_color, palette);
    if (mode == QIcon::Selected)
        return palette.color(QPalette::Active, QPalette::HighlightedText);
    return color(ColorId::Drawing, palette);
}

QPixmap IconEngine::rendered(const QSize& size, QIcon::Mode mode) const
{
    const QColor tint = colorFor(mode);
    const QString cacheKey =
        QStringLiteral("%1 %2 %3x%4").arg(m_path, tint.name()).arg(size.width()).arg(size.height());
    QPixmap pixmap;
    if (QPixmapCache::find(cacheKey, &pixmap))
        return pixmap;

    QFile file(m_path);
    QByteArray drawing;
    if (file.open(QIODevice::ReadOnly))
        drawing = file.readAll();
    drawing.replace(QByteArrayLiteral("currentColor"), tint.name().toLatin1());
    QSvgRenderer renderer(drawing);
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    renderer.render(&painter, QRectF(QPointF(0, 0), QSizeF(size)));
    painter.end();
    pixmap = QPixmap::fromImage(image);
    QPixmapCache::insert(cacheKey, pixmap);
    return pixmap;
}

void IconEngine::paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State)
{
    const qreal scale = painter->device()->devicePixelRatioF();
    painter->drawPixmap(rect, rendered((QSizeF(rect.size()) * scale).toSize(), mode));
}

QPixmap IconEngine::pixmap(const QSize& size, QIcon::Mode mode, QIcon::State)
{
    return rendered(size, mode);
}

QPixmap IconEngine::scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal)
{
    return rendered(size, mode);
}

QList<QSize> IconEngine::availableSizes(QIcon::Mode, QIcon::State)
{
    return {{16, 16}, {24, 24}, {32, 32}, {48, 48}};
}

QIconEngine* IconEngine::clone() const
{
    return new IconEngine(*this);
}

QString IconEngine::key() const
{
    return QStringLiteral("alidade");
}

} // namespace ui
