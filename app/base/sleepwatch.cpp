#include "app/base/sleepwatch.h"

#include <time.h>

namespace base {
namespace {

constexpr std::chrono::seconds Noticed{10};

} // namespace

SleepWatch::SleepWatch(QObject* parent, Clock clock, std::chrono::milliseconds tick)
    : QObject(parent),
      m_clock(std::move(clock)),
      m_timer(this),
      m_last(m_clock())
{
    connect(&m_timer, &QTimer::timeout, this, &SleepWatch::look);
    m_timer.start(tick);
}

std::chrono::milliseconds SleepWatch::clockThatGoesOn()
{
#ifdef CLOCK_BOOTTIME
    timespec now{};
    if (clock_gettime(CLOCK_BOOTTIME, &now) == 0)
        return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::seconds(now.tv_sec) +
                                                                     std::chrono::nanoseconds(now.tv_nsec));
#endif
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch());
}

void SleepWatch::look()
{
    const auto now = m_clock();
    const auto gap = now - std::exchange(m_last, now);
    if (gap >= Noticed)
        emit woke(gap);
}

} // namespace base
