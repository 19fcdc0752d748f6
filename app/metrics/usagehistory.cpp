#include "app/metrics/usagehistory.h"

#include <algorithm>

namespace metrics {

void UsageHistory::follow(const Subject& subject)
{
    std::erase(m_followed, subject);
    if (m_followed.size() == MostFollowed)
        m_followed.pop_front();
    m_followed.push_back(subject);
}

bool UsageHistory::hasRoomFor(const Subject& subject) const
{
    return m_cpu.of(subject) || m_memory.of(subject) || std::max(m_cpu.size(), m_memory.size()) < MostSubjects ||
           std::ranges::find(m_followed, subject) != m_followed.end();
}

void UsageHistory::add(const UsagePage& page)
{
    for (const auto& [subject, usage] : page.usages) {
        if (!hasRoomFor(subject))
            continue;
        if (usage.used.cpuMilli)
            m_cpu.add(subject, {usage.takenAt, static_cast<double>(*usage.used.cpuMilli)});
        if (usage.used.memoryBytes)
            m_memory.add(subject, {usage.takenAt, static_cast<double>(*usage.used.memoryBytes)});
    }
    if (!page.readAt.isValid())
        return;
    const QDateTime oldest = page.readAt.addSecs(-std::chrono::seconds(Kept).count());
    m_cpu.forgetBefore(oldest);
    m_memory.forgetBefore(oldest);
}

} // namespace metrics
