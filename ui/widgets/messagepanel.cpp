#include "ui/widgets/messagepanel.h"

#include "ui/theme/fonts.h"
#include "ui/theme/grid.h"
#include "ui/widgets/plainlabel.h"

#include <QEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

MessagePanel::MessagePanel(const QString& objectName, QWidget* parent)
    : QWidget(parent),
      m_icon(new PlainLabel),
      m_sentence(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_advice(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_retry(new QPushButton),
      m_why(new QPushButton),
      m_fold(new QToolButton),
      m_words(new QPlainTextEdit)
{
    setObjectName(objectName);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);

    m_sentence->setObjectName(objectName + QStringLiteral(".sentence"));
    m_advice->setObjectName(objectName + QStringLiteral(".advice"));
    m_retry->setObjectName(objectName + QStringLiteral(".retry"));
    m_why->setObjectName(objectName + QStringLiteral(".why"));
    m_fold->setObjectName(objectName + QStringLiteral(".words"));
    m_words->setObjectName(objectName + QStringLiteral(".said"));

    QFont larger = font();
    larger.setPointSizeF(larger.pointSizeF() * 1.15);
    m_sentence->setFont(larger);
    for (auto* label : {m_sentence, m_advice}) {
        label->setWordWrap(true);
        label->setMinimumWidth(200);
    }
    m_advice->setColorId(ColorId::Muted);
    m_retry->setIcon(themeIcon(Icon::Refresh));
    m_why->setIcon(themeIcon(Icon::Troubleshoot));
    for (auto* button : {m_retry, m_why})
        button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_fold->setAutoRaise(true);
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_words->setReadOnly(true);
    m_words->setFont(fixedFont(font()));
    m_words->setMaximumHeight(10 * grid::RowHeight);
    m_words->setTabChangesFocus(true);

    auto* text = new QVBoxLayout;
    text->setSpacing(grid::Gap);
    text->addWidget(m_sentence);
    text->addWidget(m_advice);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(grid::Gap);
    buttons->addWidget(m_retry);
    buttons->addWidget(m_why);
    buttons->addStretch(1);
    text->addLayout(buttons);
    text->addWidget(m_fold);
    text->addWidget(m_words);
    auto* box = new QWidget;
    box->setMaximumWidth(600);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(grid::Margin);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(text, 1);
    auto* middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(box, 100);
    middle->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 24);
    column->addStretch(1);
    column->addLayout(middle);
    column->addStretch(2);

    connect(m_retry, &QPushButton::clicked, this, &MessagePanel::retryRequested);
    connect(m_why, &QPushButton::clicked, this, &MessagePanel::whyRequested);
    connect(m_fold, &QToolButton::clicked, this, [this] { unfold(!m_open); });
    unfold(false);
    retranslate();
}

void MessagePanel::setMessage(const Message& message)
{
    m_drawing = themeIcon(message.icon, message.iconColor);
    m_icon->setPixmap(m_drawing.pixmap(QSize(24, 24), devicePixelRatioF()));
    m_sentence->setText(message.sentence);
    m_advice->setText(message.advice);
    m_advice->setVisible(!message.advice.isEmpty());
    m_retry->setVisible(message.canRetry);
    m_why->setVisible(message.canExplain);
    m_fold->setVisible(!message.said.isEmpty());
    if (m_words->toPlainText() != message.said)
        m_words->setPlainText(message.said);
    m_words->setVisible(m_open && !message.said.isEmpty());
}

void MessagePanel::unfold(bool open)
{
    m_open = open;
    m_fold->setIcon(themeIcon(open ? Icon::ChevronDown : Icon::ChevronRight));
    m_words->setVisible(open);
}

void MessagePanel::retranslate()
{
    m_retry->setText(tr("Try again"));
    m_why->setText(tr("Find out why"));
    m_fold->setText(tr("The server's own words"));
    m_words->setAccessibleName(tr("The server's own words"));
}

void MessagePanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::PaletteChange && !m_drawing.isNull())
        m_icon->setPixmap(m_drawing.pixmap(QSize(24, 24), devicePixelRatioF()));
    QWidget::changeEvent(event);
}

} // namespace ui
