#pragma once
// Usage over time, as Alidade has read it itself. Bounded.

#include "app/metrics/samples.h"
#include "app/metrics/usage.h"

namespace metrics {

/// Fed from each reading of usage. One thread at a time.
class UsageHistory {
public:
    /// Full, these take some 90 MB. What is read beyond them is passed over, unless it is followed.
    static constexpr std::size_t MostSubjects = 4000;
    static constexpr std::size_t MostFollowed = 200;
    /// A subject that was not read for so long is gone.
    static constexpr std::chrono::hours Kept{3};

    /// What a person has open has a place of its own; of too many the one that came first loses it.
    void follow(const Subject& subject);
    const std::deque<Subject>& followed() const { return m_followed; }
    void add(const UsagePage& page);

    /// Null when it was never read. CPU in millicores, memory in bytes.
    const SampleSeries* cpu(const Subject& subject) const { return m_cpu.of(subject); }
    const SampleSeries* memory(const Subject& subject) const { return m_memory.of(subject); }

private:
    bool hasRoomFor(const Subject& subject) const;

    SampleHistory m_cpu;
    SampleHistory m_memory;
    std::deque<Subject> m_followed;
};

} // namespace metrics
