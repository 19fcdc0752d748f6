#include "ui/widgets/valuelabel.h"

#include "ui/theme/grid.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPainter>
#include <algorithm>

namespace ui {
namespace {

constexpr QChar Break(0x200b); // zero width space: never part of a value, which has passed base::visible()
constexpr int LongestWord = 24;
constexpr int LongestLine = 36; // shorter values fit
constexpr int LeastWidth = 80;

/// Breaks behind punctuation, and within what has none.
QString withBreaks(const QString& value)
{
    if (value.size() <= LongestLine)
        return value;
    QString broken;
    broken.reserve(value.size() + value.size() / LongestWord);
    int run = 0;
    for (const QChar c : value) {
        broken += c;
        run = c.isSpace() ? 0 : run + 1;
        const bool isJoint = run > 6 && QStringView(u"/.,:;=_-@").contains(c);
        if (isJoint || run >= LongestWord) {
            broken += Break;
            run = 0;
        }
    }
    return broken;
}

} // namespace

ValueLabel::ValueLabel(Look look, QWidget* parent) : PlainLabel(Selectable::Yes, parent), m_look(look)
{
    if (look == Look::Chip) {
        setContentsMargins(grid::Unit + 2, 1, grid::Unit + 2, 1);
    } else {
        setWordWrap(true);
        setContentsMargins(2, 0, 2, 0);
    }
}

void ValueLabel::setValue(const QString& value)
{
    m_value = value;
    setText(m_look == Look::Chip ? value : withBreaks(value));
}

QSize ValueLabel::minimumSizeHint() const
{
    const QSize least = PlainLabel::minimumSizeHint();
    return {std::min(least.width(), LeastWidth), least.height()};
}

bool ValueLabel::isCut() const
{
    return m_look == Look::Chip && sizeHint().width() > width();
}

void ValueLabel::setLeads(bool leads)
{
    m_leads = leads;
    QFont underlined = font();
    underlined.setUnderline(leads);
    setFont(underlined);
    setCursor(leads ? Qt::PointingHandCursor : Qt::IBeamCursor);
}

void ValueLabel::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        QGuiApplication::clipboard()->setText(hasSelectedText() ? selectedText().remove(Break) : m_value);
    } else if (event->modifiers() == Qt::NoModifier && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        Q_EMIT
        stepped(event->key() == Qt::Key_Up ? -1 : 1);
    } else if (m_leads && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        Q_EMIT
        followed();
    } else {
        PlainLabel::keyPressEvent(event);
        return;
    }
    event->accept();
}

void ValueLabel::mouseReleaseEvent(QMouseEvent* event)
{
    PlainLabel::mouseReleaseEvent(event);
    if (m_leads && event->button() == Qt::LeftButton && !hasSelectedText() && rect().contains(event->pos()))
        Q_EMIT
    followed();
}

void ValueLabel::focusInEvent(QFocusEvent* event)
{
    PlainLabel::focusInEvent(event);
    update();
}

void ValueLabel::focusOutEvent(QFocusEvent* event)
{
    PlainLabel::focusOutEvent(event);
    update();
}

void ValueLabel::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    if (m_look == Look::Chip) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color(ColorId::Chip, palette()));
        painter.drawRoundedRect(rect(), 3, 3);
    }
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(color(ColorId::Focus, palette()));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
    if (isCut()) {
        painter.setPen(palette().color(foregroundRole()));
        painter.drawText(contentsRect(), static_cast<int>(Qt::AlignVCenter | Qt::AlignLeft),
                         fontMetrics().elidedText(m_value, Qt::ElideMiddle, contentsRect().width()));
        return;
    }
    painter.end();
    PlainLabel::paintEvent(event);
}

} // namespace ui
