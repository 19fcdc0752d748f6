#include "ui/taints/applybar.h"

#include "ui/theme/fonts.h"
#include "ui/theme/grid.h"
#include "ui/widgets/copybutton.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/signlabel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace ui {

ApplyBar::ApplyBar(QWidget* parent)
    : QWidget(parent),
      m_diff(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_command(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_status(new SignLabel(QStringLiteral("taints.status"), PlainLabel::Selectable::Yes)),
      m_ask(new PlainLabel),
      m_word(new QLineEdit),
      m_discard(new QPushButton),
      m_accept(new QPushButton),
      m_undo(new QPushButton),
      m_apply(new QPushButton),
      m_copy(new CopyButton(QStringLiteral("taints.copyCommand")))
{
    setObjectName(QStringLiteral("taints.bottom"));
    m_diff->setObjectName(QStringLiteral("taints.diff"));
    m_command->setObjectName(QStringLiteral("taints.command"));
    m_word->setObjectName(QStringLiteral("taints.word"));
    m_discard->setObjectName(QStringLiteral("taints.discard"));
    m_accept->setObjectName(QStringLiteral("taints.accept"));
    m_undo->setObjectName(QStringLiteral("taints.undo"));
    m_apply->setObjectName(QStringLiteral("taints.apply"));
    for (PlainLabel* label : {m_diff, m_command}) {
        label->setFont(fixedFont(font()));
        label->setWordWrap(true);
    }
    m_command->setColorId(ColorId::Muted);
    m_word->setMaximumWidth(200);
    for (QPushButton* button : {m_discard, m_accept, m_undo, m_apply}) {
        button->setAutoDefault(false);
        button->setDefault(false);
    }
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(grid::Gap);
    buttons->addWidget(m_ask);
    buttons->addWidget(m_word);
    buttons->addStretch(1);
    for (QPushButton* button : std::initializer_list<QPushButton*>{m_discard, m_accept, m_undo, m_copy, m_apply})
        buttons->addWidget(button);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(grid::Gap, grid::Gap, grid::Gap, grid::Gap);
    column->setSpacing(grid::Unit);
    column->addWidget(m_diff);
    column->addWidget(m_command);
    column->addWidget(m_status);
    column->addLayout(buttons);
    connect(m_word, &QLineEdit::textChanged, this, &ApplyBar::update);
    connect(m_apply, &QPushButton::clicked, this, &ApplyBar::applyRequested);
    connect(m_undo, &QPushButton::clicked, this, &ApplyBar::undoRequested);
    connect(m_accept, &QPushButton::clicked, this, &ApplyBar::acceptRequested);
    connect(m_discard, &QPushButton::clicked, this, &ApplyBar::discardRequested);
    retranslate();
}

void ApplyBar::setLook(const Look& look)
{
    if (look == m_look)
        return;
    if (look.word != m_look.word || look.diff != m_look.diff)
        m_word->clear(); // typed for another change
    m_look = look;
    update();
}

void ApplyBar::update()
{
    m_diff->setText(m_look.diff);
    m_diff->setVisible(!m_look.diff.isEmpty());
    m_command->setText(m_look.command);
    m_command->setVisible(!m_look.command.isEmpty());
    m_status->setLine(m_look.status);
    const bool asks = m_look.canApply && !m_look.word.isEmpty();
    m_ask->setText(asks ? tr("To confirm, type %1:").arg(m_look.word) : QString());
    m_ask->setVisible(asks);
    m_word->setVisible(asks);
    m_word->setAccessibleName(m_ask->text());
    m_apply->setText(m_look.apply.isEmpty() ? tr("Apply") : m_look.apply);
    m_apply->setEnabled(m_look.canApply && (m_look.word.isEmpty() || m_word->text() == m_look.word));
    m_copy->standInFor(m_apply, m_look.off, m_look.command);
    m_undo->setVisible(m_look.canUndo);
    m_accept->setVisible(m_look.canAccept);
    m_discard->setVisible(m_look.canDiscard);
}

void ApplyBar::retranslate()
{
    m_undo->setText(tr("Undo"));
    m_accept->setText(tr("Start from what is there now"));
    m_discard->setText(tr("Discard the draft"));
    update();
}

void ApplyBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace ui
