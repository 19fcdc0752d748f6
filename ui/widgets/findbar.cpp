#include "ui/widgets/findbar.h"

#include "ui/theme/grid.h"
#include "ui/theme/icons.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/searchfield.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QToolButton>

namespace ui {

FindBar::FindBar(const QString& objectName, FindTarget target, QWidget* parent)
    : QWidget(parent),
      m_target(std::move(target)),
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
    row->setContentsMargins(grid::Unit, grid::Unit, grid::Unit, grid::Unit);
    row->setSpacing(grid::Unit);
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
    retranslate();
}

void FindBar::open()
{
    show();
    const QString selected = m_target.selected();
    if (!selected.isEmpty() && !selected.contains(QChar::ParagraphSeparator) && !selected.contains(QLatin1Char('\n')))
        m_field->setText(selected);
    m_field->setFocus();
    m_field->selectAll();
    search();
}

void FindBar::close()
{
    hide();
    m_target.mark({});
    m_target.focus->setFocus();
}

void FindBar::search()
{
    m_hits = m_target.mark(m_field->text());
    retranslate();
}

void FindBar::go(bool back)
{
    m_target.find(m_field->text(), back);
}

void FindBar::textChanged()
{
    if (isVisible())
        search();
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
