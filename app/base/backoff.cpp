#include "app/base/backoff.h"

#include <algorithm>

namespace base {

std::chrono::milliseconds Backoff::next(Clock::time_point now)
{
    if (m_last != Clock::time_point{} && now - m_last > Healthy)
        m_base = Initial;
    m_last = now;
    const auto base = m_base;
    m_base = std::min(m_base * 2, Longest);
    std::uniform_int_distribution<long> jitter(0, static_cast<long>(base.count()) - 1);
    return base + std::chrono::milliseconds(jitter(m_random));
}

} // namespace base
