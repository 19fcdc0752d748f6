#include "ui/metrics/conditionsview.h"

#include "ui/metrics/rulecard.h"
#include "ui/theme/grid.h"
#include "ui/widgets/plainlabel.h"

#include <QEvent>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui {

ConditionsView::ConditionsView(QWidget* parent) : QWidget(parent), m_scroll(new QScrollArea), m_status(new PlainLabel)
{
    setObjectName(QStringLiteral("metrics.conditions"));
    m_scroll->setObjectName(QStringLiteral("metrics.conditions.scroll"));
    m_status->setObjectName(QStringLiteral("metrics.conditions.status"));
    m_status->setColorId(ColorId::Muted);
    m_status->setWordWrap(true);
    auto* content = new QWidget;
    auto* cards = new QVBoxLayout(content);
    cards->setContentsMargins(grid::Gap, grid::Gap, grid::Gap, grid::Gap);
    cards->setSpacing(grid::Gap);
    cards->addWidget(m_status);
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        m_cards[i] = new RuleCard(metrics::allRules()[i]);
        connect(m_cards[i], &RuleCard::objectActivated, this, &ConditionsView::objectActivated);
        cards->addWidget(m_cards[i]);
    }
    cards->addStretch(1);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidget(content);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_scroll);
    retranslate();
}

void ConditionsView::show(const metrics::RuleReport& report, const metrics::SourceSurvey& sources)
{
    for (std::size_t i = 0; i < m_cards.size(); ++i)
        m_cards[i]->setAnswer(report.rules[i]);
    m_askedAt = sources.takenAt;
    m_isShown = true;
    retranslate();
}

void ConditionsView::setReading(bool reading)
{
    m_reading = reading;
    for (RuleCard* card : m_cards)
        card->setReading(reading);
    retranslate();
}

void ConditionsView::retranslate()
{
    m_scroll->setAccessibleName(tr("Conditions"));
    const QString time = m_askedAt.toLocalTime().toString(QStringLiteral("HH:mm:ss"));
    if (!m_isShown)
        m_status->setText(m_reading ? tr("The sources are being asked…") : tr("The sources have not been asked yet."));
    else if (m_reading)
        m_status->setText(tr("The sources are being asked again. Below is what they said at %1.").arg(time));
    else
        m_status->setText(tr("What the sources said at %1.").arg(time));
}

void ConditionsView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace ui
