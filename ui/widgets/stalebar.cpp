#include "ui/widgets/stalebar.h"

#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
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
      m_retry(new QPushButton)
{
    setObjectName(objectName);
    m_text->setObjectName(objectName + QStringLiteral(".text"));
    m_retry->setObjectName(objectName + QStringLiteral("Retry"));
    m_retry->setFlat(true);
    m_retry->setFixedHeight(metrics::RowHeight - 4);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::Gap + metrics::Icon + metrics::Unit, 2, metrics::Unit, 2);
    row->setSpacing(metrics::Gap);
    row->addWidget(m_text, 1);
    row->addWidget(m_retry);
    connect(m_retry, &QPushButton::clicked, this, &StaleBar::retryRequested);
    retranslate();
}

void StaleBar::setStale(const QDateTime& since, const QString& reason)
{
    m_since = since;
    m_reason = reason;
    retranslate();
}

void StaleBar::retranslate()
{
    m_retry->setText(tr("Try again"));
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
        .paint(&painter, metrics::Gap, (height() - metrics::Icon) / 2, metrics::Icon, metrics::Icon);
}

} // namespace ui
