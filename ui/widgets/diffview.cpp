#include "ui/widgets/diffview.h"

#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

#include <QEvent>
#include <QTextBlock>

namespace ui {
namespace {

using base::DiffLine;
using Kind = DiffLine::Kind;

} // namespace

DiffView::DiffView(const QString& objectName, QWidget* parent) : QPlainTextEdit(parent)
{
    setObjectName(objectName);
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(NoWrap);
    setFrameShape(QFrame::NoFrame);
    setFont(fixedFont(font()));
}

void DiffView::setLines(const std::vector<DiffLine>& lines)
{
    if (lines == m_lines)
        return;
    m_lines = lines;
    QStringList texts;
    for (const DiffLine& line : lines) {
        switch (line.kind) {
        case Kind::Same:
            texts += QStringLiteral("  ") + line.text;
            break;
        case Kind::Removed:
            texts += QStringLiteral("− ") + line.text;
            break;
        case Kind::Added:
            texts += QStringLiteral("+ ") + line.text;
            break;
        case Kind::Gap:
            texts += QStringLiteral("⋯");
            break;
        }
    }
    setPlainText(texts.join(QLatin1Char('\n')));
    paintGrounds();
}

void DiffView::setEmptyText(const QString& text)
{
    setPlaceholderText(text);
    viewport()->update();
}

void DiffView::paintGrounds()
{
    QList<QTextEdit::ExtraSelection> grounds;
    QTextBlock block = document()->firstBlock();
    for (const DiffLine& line : m_lines) {
        if (line.kind != Kind::Same) {
            QTextEdit::ExtraSelection ground;
            ground.cursor = QTextCursor(block);
            ground.format.setProperty(QTextFormat::FullWidthSelection, true);
            if (line.kind == Kind::Gap)
                ground.format.setForeground(color(ColorId::Muted, palette()));
            else
                ground.format.setBackground(
                    color(line.kind == Kind::Added ? ColorId::InfoArea : ColorId::ErrorArea, palette()));
            grounds.append(ground);
        }
        block = block.next();
    }
    setExtraSelections(grounds);
}

void DiffView::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintGrounds();
    else if (event->type() == QEvent::ApplicationFontChange)
        setFont(fixedFont(font()));
}

} // namespace ui
