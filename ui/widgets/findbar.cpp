#include "ui/widgets/findbar.h"

#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/codeedit.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/searchfield.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QToolButton>

namespace ui {

FindBar::FindBar(const QString& objectName, CodeEdit* edit, QWidget* parent)
    : QWidget(parent),
      m_edit(edit),
      m_field(new SearchField(objectName + QStringLiteral(".field"))),
      m_count(new PlainLabel),
      m_previous(new QToolButton),
      m_next(new QToolButton),
      m_close(new QToolButton)
{
    setObjectName(objectName);
    m_count->setObjectName(objectName + QStringLiteral(".count"));
    m_count->setColorId(ColorId::Muted);
    m_previous->setObjectName(objectName + QStringLiteral(".previous"));
    m_next->setObjectName(objectName + QStringLiteral(".next"));
    m_close->setObjectName(objectName + QStringLiteral(".close"));
    m_previous->setIcon(themeIcon(Icon::ChevronUp));
    m_next->setIcon(themeIcon(Icon::ChevronDown));
    m_close->setIcon(themeIcon(Icon::Close));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::Unit, metrics::Unit, metrics::Unit, metrics::Unit);
    row->setSpacing(metrics::Unit);
    m_field->setMaximumWidth(280);
    row->addWidget(m_field);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    row->addWidget(m_count);
    row->addStretch(1);
    row->addWidget(m_close);
    for (auto* button : {m_previous, m_next, m_close}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
    }
    connect(m_field, &SearchField::searchChanged, this, &FindBar::search);
    connect(m_field, &SearchField::leftForResults, this, [this] { go(false); });
    connect(m_previous, &QToolButton::clicked, this, [this] { go(true); });
    connect(m_next, &QToolButton::clicked, this, [this] { go(false); });
    connect(m_close, &QToolButton::clicked, this, &FindBar::close);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        if (isVisible())
            search();
    });
    retranslate();
}

void FindBar::open()
{
    show();
    const QString selected = m_edit->textCursor().selectedText();
    if (!selected.isEmpty() && !selected.contains(QChar::ParagraphSeparator))
        m_field->setText(selected);
    m_field->setFocus();
    m_field->selectAll();
    search();
}

void FindBar::close()
{
    hide();
    m_edit->mark({});
    m_edit->setFocus();
}

void FindBar::search()
{
    m_hits = m_edit->mark(m_field->text());
    retranslate();
}

void FindBar::go(bool back)
{
    const QTextDocument::FindFlags flags = back ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    if (m_edit->find(m_field->text(), flags))
        return;
    // Once around.
    QTextCursor cursor = m_edit->textCursor();
    const int before = cursor.position();
    cursor.movePosition(back ? QTextCursor::End : QTextCursor::Start);
    m_edit->setTextCursor(cursor);
    if (!m_edit->find(m_field->text(), flags)) {
        cursor.setPosition(before);
        m_edit->setTextCursor(cursor);
    }
}

void FindBar::retranslate()
{
    m_field->setPrompt(tr("Find"));
    m_count->setText(m_field->text().isEmpty() ? QString() : tr("%n hit(s)", nullptr, m_hits));
    const auto named = [](QToolButton* button, const QString& name) {
        button->setAccessibleName(name);
        button->setToolTip(name);
    };
    named(m_previous, tr("Previous hit"));
    named(m_next, tr("Next hit"));
    named(m_close, tr("Close"));
}

void FindBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void FindBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else if (event->key() == Qt::Key_F3)
        go(event->modifiers() & Qt::ShiftModifier);
    else
        QWidget::keyPressEvent(event);
}

} // namespace ui
