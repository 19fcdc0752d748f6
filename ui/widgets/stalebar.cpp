#include "ui/widgets/stalebar.h"

#include "ui/theme/grid.h"
#include "ui/theme/icons.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timelabel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace ui {

StaleBar::StaleBar(const QString& objectName, QWidget* parent)
    : QWidget(parent),
      m_text(new PlainLabel),
      m_why(new QPushButton),
      m_retry(new QPushButton)
{
    setObjectName(objectName);
    m_text->setObjectName(objectName + QStringLiteral(".text"));
    m_retry->setObjectName(objectName + QStringLiteral("Retry"));
    m_why->setObjectName(objectName + QStringLiteral("Why"));
    for (auto* button : {m_why, m_retry}) {
        button->setFlat(true);
        button->setFixedHeight(grid::RowHeight - 4);
    }
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(grid::Gap + grid::Icon + grid::Unit, 2, grid::Unit, 2);
    row->setSpacing(grid::Gap);
    row->addWidget(m_text, 1);
    row->addWidget(m_why);
    row->addWidget(m_retry);
    connect(m_why, &QPushButton::clicked, this, &StaleBar::whyRequested);
    connect(m_retry, &QPushButton::clicked, this, &StaleBar::retryRequested);
    retranslate();
}

void StaleBar::setStale(const QDateTime& since, const QString& reason, bool canExplain)
{
    m_why->setVisible(canExplain);
    m_since = since;
    m_reason = reason;
    retranslate();
}

void StaleBar::retranslate()
{
    m_retry->setText(tr("Try again"));
    m_why->setText(tr("Find out why"));
    const QString since = timeOfDay(m_since, QDateTime::currentDateTimeUtc());
    m_text->setText(m_reason.isEmpty() ? tr("Stale since %1.").arg(since)
                                       : tr("Stale since %1: %2").arg(since, m_reason));
    m_text->setToolTip(plainToolTip(m_text->text()));
}

void StaleBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void StaleBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(ColorId::WarningArea, palette()));
    painter.fillRect(0, height() - 1, width(), 1, color(ColorId::Hairline, palette()));
    themeIcon(Icon::StateStale, ColorId::Warning)
        .paint(&painter, grid::Gap, (height() - grid::Icon) / 2, grid::Icon, grid::Icon);
}

} // namespace ui
