#include "ui/widgets/codeedit.h"

#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"
#include "ui/theme/grid.h"

#include <QPainter>
#include <QTextBlock>

namespace ui {

class CodeEdit::Numbers : public QWidget {
public:
    explicit Numbers(CodeEdit* edit) : QWidget(edit), m_edit(edit) {}

protected:
    void paintEvent(QPaintEvent* event) override { m_edit->paintNumbers(event); }
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }

private:
    CodeEdit* m_edit;
};

CodeEdit::CodeEdit(QWidget* parent) : QPlainTextEdit(parent), m_numbers(new Numbers(this))
{
    setFrameShape(QFrame::NoFrame);
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTabChangesFocus(true);
    setFont(fixedFont(font()));
    setCursorWidth(1);
    document()->setDocumentMargin(grid::Unit);
    connect(this, &QPlainTextEdit::blockCountChanged, this, &CodeEdit::layOut);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& rect, int dy) {
        if (dy)
            m_numbers->scroll(0, dy);
        else
            m_numbers->update(0, rect.y(), m_numbers->width(), rect.height());
    });
    layOut();
}

int CodeEdit::mark(const QString& text, int most)
{
    m_marked = text;
    QList<QTextEdit::ExtraSelection> marks;
    if (!text.isEmpty()) {
        QTextCharFormat format;
        format.setBackground(color(ColorId::Match, palette()));
        QTextCursor at(document());
        while (marks.size() < most) {
            at = document()->find(text, at);
            if (at.isNull())
                break;
            marks.append({at, format});
        }
    }
    setExtraSelections(marks);
    return static_cast<int>(marks.size());
}

void CodeEdit::layOut()
{
    const int digits = static_cast<int>(QString::number(blockCount()).size());
    const int width = fontMetrics().horizontalAdvance(QLatin1Char('0')) * std::max(3, digits) + 3 * grid::Unit;
    setViewportMargins(width, 0, 0, 0);
    const QRect inner = contentsRect();
    m_numbers->setGeometry(inner.left(), inner.top(), width, inner.height());
}

void CodeEdit::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    layOut();
}

void CodeEdit::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        mark(m_marked);
}

void CodeEdit::paintNumbers(QPaintEvent* event)
{
    QPainter painter(m_numbers);
    painter.fillRect(event->rect(), color(ColorId::LineArea, palette()));
    painter.setPen(color(ColorId::Muted, palette()));
    painter.setFont(font());
    QTextBlock block = firstVisibleBlock();
    qreal top = blockBoundingGeometry(block).translated(contentOffset()).top();
    const int right = m_numbers->width() - grid::Gap;
    while (block.isValid() && top <= event->rect().bottom()) {
        const qreal height = blockBoundingRect(block).height();
        if (top + height >= event->rect().top())
            painter.drawText(QRectF(0, top, right, height), Qt::AlignRight | Qt::AlignVCenter,
                             QString::number(block.blockNumber() + 1));
        top += height;
        block = block.next();
    }
}

bool CodeEdit::findNext(const QString& text, bool back)
{
    const QTextDocument::FindFlags flags = back ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    if (QPlainTextEdit::find(text, flags))
        return true;
    QTextCursor cursor = textCursor();
    const int before = cursor.position();
    cursor.movePosition(back ? QTextCursor::End : QTextCursor::Start);
    setTextCursor(cursor);
    if (QPlainTextEdit::find(text, flags))
        return true;
    cursor.setPosition(before);
    setTextCursor(cursor);
    return false;
}

} // namespace ui
