#include "ui/widgets/plainlabel.h"

#include <QEvent>
#include <QGuiApplication>

namespace ui {

PlainLabel::PlainLabel(Selectable selectable, QWidget* parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    if (selectable == Selectable::Yes) {
        setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        // Selectable by the keyboard makes a label a tab stop; a page of thirty values would be thirty stops.
        setFocusPolicy(Qt::ClickFocus);
        setCursor(Qt::IBeamCursor);
    }
}

void PlainLabel::setColorId(std::optional<ColorId> id)
{
    if (m_color == id)
        return;
    m_color = id;
    applyColor();
}

void PlainLabel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && !m_applying && m_color)
        applyColor();
    QLabel::changeEvent(event);
}

void PlainLabel::applyColor()
{
    m_applying = true;
    QPalette palette;
    if (m_color) {
        const QColor ink = color(*m_color, QGuiApplication::palette());
        palette.setColor(QPalette::WindowText, ink);
        palette.setColor(QPalette::Text, ink); // what a label that can be selected paints with
    }
    setPalette(palette);
    m_applying = false;
}

} // namespace ui
