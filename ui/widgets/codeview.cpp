#include "ui/widgets/codeview.h"

#include "ui/widgets/codeedit.h"
#include "ui/widgets/findbar.h"
#include "ui/widgets/yamlhighlighter.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QScrollBar>
#include <QVBoxLayout>

namespace ui {

CodeView::CodeView(const QString& objectName, Language language, QWidget* parent)
    : QWidget(parent),
      m_edit(new CodeEdit)
{
    setObjectName(objectName);
    m_edit->setObjectName(objectName + QStringLiteral(".text"));
    setFocusProxy(m_edit);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_edit);
    if (language == Language::Yaml) {
        m_yaml = new YamlHighlighter(m_edit->document());
        m_yaml->setPalette(palette());
    }
}

void CodeView::setText(const QString& text)
{
    if (text == m_edit->toPlainText())
        return;
    const int down = m_edit->verticalScrollBar()->value();
    const int right = m_edit->horizontalScrollBar()->value();
    m_edit->setPlainText(text);
    m_edit->verticalScrollBar()->setValue(down);
    m_edit->horizontalScrollBar()->setValue(right);
}

QString CodeView::text() const
{
    return m_edit->toPlainText();
}

void CodeView::setName(const QString& name)
{
    m_edit->setAccessibleName(name);
}

QPlainTextEdit* CodeView::edit() const
{
    return m_edit;
}

void CodeView::find()
{
    if (!m_find) {
        m_find = new FindBar(objectName() + QStringLiteral(".find"),
                             {.mark = [this](const QString& text) { return m_edit->mark(text); },
                              .find = [this](const QString& text, bool back) { return m_edit->findNext(text, back); },
                              .selected = [this] { return m_edit->textCursor().selectedText(); },
                              .focus = m_edit});
        connect(m_edit, &QPlainTextEdit::textChanged, m_find, &FindBar::textChanged);
        layout()->addWidget(m_find);
    }
    m_find->open();
}

void CodeView::copyAll() const
{
    QGuiApplication::clipboard()->setText(m_edit->toPlainText());
}

void CodeView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && m_yaml)
        m_yaml->setPalette(palette());
    QWidget::changeEvent(event);
}

void CodeView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Find))
        find();
    else
        QWidget::keyPressEvent(event);
}

} // namespace ui
