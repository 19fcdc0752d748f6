#include "ui/widgets/timelabel.h"

#include <QCoreApplication>
#include <QEvent>
#include <QTimer>
#include <algorithm>

namespace ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::TimeLabel)
};

QString elapsed(qint64 seconds)
{
    if (seconds < 60)
        return Words::tr("%1 s").arg(seconds);
    return Words::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
}

} // namespace

QString timeAgo(const QDateTime& then, const QDateTime& now)
{
    // A clock that was set back must not show a time to come.
    const qint64 seconds = std::max<qint64>(0, then.secsTo(now));
    if (seconds < 2)
        return Words::tr("just now");
    if (seconds < 60)
        return Words::tr("%1 s ago").arg(seconds);
    if (seconds < 60 * 60)
        return Words::tr("%1 min ago").arg(seconds / 60);
    if (seconds < 24 * 60 * 60)
        return Words::tr("%1 h ago").arg(seconds / (60 * 60));
    return timeOfDay(then, now);
}

QString timeOfDay(const QDateTime& then, const QDateTime& now)
{
    const QDateTime local = then.toLocalTime();
    return local.toString(local.date() == now.toLocalTime().date() ? QStringLiteral("HH:mm")
                                                                   : QStringLiteral("yyyy-MM-dd HH:mm"));
}

TimeLabel::TimeLabel(Style style, QWidget* parent)
    : PlainLabel(Selectable::No, parent),
      m_style(style),
      m_clock(&QDateTime::currentDateTimeUtc),
      m_tick(new QTimer(this))
{
    setColorId(ColorId::Muted);
    connect(m_tick, &QTimer::timeout, this, &TimeLabel::refresh);
}

void TimeLabel::setTime(const QDateTime& time)
{
    m_time = time;
    refresh();
}

void TimeLabel::setClock(Clock clock)
{
    m_clock = std::move(clock);
    refresh();
}

void TimeLabel::refresh()
{
    if (!m_time.isValid()) {
        m_tick->stop();
        clear();
        return;
    }
    const QDateTime now = m_clock();
    switch (m_style) {
    case Style::Ago:
        setText(timeAgo(m_time, now));
        break;
    case Style::Live:
        setText(tr("live, %1").arg(timeAgo(m_time, now)));
        break;
    case Style::Elapsed:
        setText(elapsed(std::max<qint64>(0, m_time.secsTo(now))));
        break;
    }
    if (isVisible())
        m_tick->start(m_style != Style::Elapsed && m_time.secsTo(now) > 120 ? 15'000 : 1'000);
}

void TimeLabel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        refresh();
    PlainLabel::changeEvent(event);
}

void TimeLabel::showEvent(QShowEvent* event)
{
    PlainLabel::showEvent(event);
    refresh();
}

void TimeLabel::hideEvent(QHideEvent* event)
{
    m_tick->stop();
    PlainLabel::hideEvent(event);
}

} // namespace ui
