#include "ui/widgets/statepane.h"

#include "ui/theme/grid.h"
#include "ui/widgets/messagepanel.h"
#include "ui/widgets/skeleton.h"
#include "ui/widgets/stalebar.h"
#include "ui/widgets/timelabel.h"

#include <QEvent>
#include <QGuiApplication>
#include <QPushButton>
#include <QStackedLayout>
#include <QTimer>

namespace ui {

StatePane::StatePane(const QString& objectName, QWidget* content, QWidget* parent)
    : QWidget(parent),
      m_content(content),
      m_column(new QVBoxLayout(this)),
      m_stack(new QStackedLayout)
{
    setObjectName(objectName);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_column->addLayout(m_stack, 1);
    m_stack->addWidget(content);
}

void StatePane::setState(const PaneState& state)
{
    if (state == m_state)
        return;
    const bool goesOn = m_state.kind == PaneState::Kind::Loading && state.kind == PaneState::Kind::Loading;
    m_state = state;
    if (m_patience && !goesOn)
        m_patience->stop();

    MessagePanel::Message message{Icon::None,      {}, state.sentence, state.advice, state.said, state.canRetry,
                                  state.canExplain};
    switch (state.kind) {
    case PaneState::Kind::Ready:
        showPage(m_content);
        break;
    case PaneState::Kind::Loading:
        showPage(loadingPage());
        m_loadingText->setText(state.sentence);
        if (!goesOn) {
            m_elapsed->setTime(QDateTime::currentDateTimeUtc());
            m_waiting->hide();
            m_patience->start();
        }
        break;
    case PaneState::Kind::Empty:
        message.icon = Icon::Overview;
        message.iconColor = ColorId::Muted;
        message.canRetry = false;
        messagePage()->setMessage(message);
        showPage(m_message);
        break;
    case PaneState::Kind::NoPermission:
        message.icon = Icon::Lock;
        message.iconColor = ColorId::Warning;
        messagePage()->setMessage(message);
        showPage(m_message);
        break;
    case PaneState::Kind::Failed:
        message.icon = Icon::SeverityError;
        message.iconColor = ColorId::Error;
        messagePage()->setMessage(message);
        showPage(m_message);
        break;
    }
    applyStale();
}

void StatePane::showPage(QWidget* page)
{
    m_stack->setCurrentWidget(page);
}

void StatePane::applyStale()
{
    const bool stale = m_state.kind == PaneState::Kind::Ready && m_state.staleSince.isValid();
    if (stale && !m_bar) {
        m_bar = new StaleBar(objectName() + QStringLiteral(".stale"), this);
        m_column->insertWidget(0, m_bar);
        connect(m_bar, &StaleBar::retryRequested, this, &StatePane::retryRequested);
        connect(m_bar, &StaleBar::whyRequested, this, &StatePane::whyRequested);
    }
    if (m_bar) {
        m_bar->setVisible(stale);
        if (stale)
            m_bar->setStale(m_state.staleSince, m_state.staleReason, m_state.canExplain);
    }
    // Old text turns grey by the palette of the content, so that every view and label in it follows.
    m_applying = true;
    QPalette palette;
    if (stale) {
        const QColor muted = color(ColorId::Muted, QGuiApplication::palette());
        palette.setColor(QPalette::Text, muted);
        palette.setColor(QPalette::WindowText, muted);
    }
    m_content->setPalette(palette);
    m_applying = false;
}

QWidget* StatePane::loadingPage()
{
    if (m_loading)
        return m_loading;
    m_loading = new QWidget;
    m_waiting = new QWidget;
    m_loadingText = new PlainLabel;
    m_loadingText->setObjectName(objectName() + QStringLiteral(".loadingText"));
    m_elapsed = new TimeLabel(TimeLabel::Style::Elapsed);
    m_elapsed->setObjectName(objectName() + QStringLiteral(".elapsed"));
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setObjectName(objectName() + QStringLiteral(".cancel"));
    m_cancel->setFlat(true);
    m_cancel->setFixedHeight(grid::RowHeight - 4);
    // The rows below must not jump when it appears.
    QSizePolicy policy = m_waiting->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_waiting->setSizePolicy(policy);
    auto* row = new QHBoxLayout(m_waiting);
    row->setContentsMargins(grid::Gap, 2, grid::Unit, 2);
    row->addWidget(m_loadingText);
    row->addWidget(m_elapsed);
    row->addStretch(1);
    row->addWidget(m_cancel);
    auto* column = new QVBoxLayout(m_loading);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_waiting);
    column->addWidget(new Skeleton, 1);
    m_stack->addWidget(m_loading);
    connect(m_cancel, &QPushButton::clicked, this, &StatePane::cancelRequested);

    m_patience = new QTimer(this);
    m_patience->setSingleShot(true);
    m_patience->setInterval(1'000);
    connect(m_patience, &QTimer::timeout, m_waiting, &QWidget::show);
    return m_loading;
}

MessagePanel* StatePane::messagePage()
{
    if (!m_message) {
        m_message = new MessagePanel(objectName() + QStringLiteral(".message"));
        m_stack->addWidget(m_message);
        connect(m_message, &MessagePanel::retryRequested, this, &StatePane::retryRequested);
        connect(m_message, &MessagePanel::whyRequested, this, &StatePane::whyRequested);
    }
    return m_message;
}

void StatePane::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange && m_cancel)
        m_cancel->setText(tr("Cancel"));
    else if (event->type() == QEvent::PaletteChange && !m_applying)
        applyStale();
    QWidget::changeEvent(event);
}

} // namespace ui
