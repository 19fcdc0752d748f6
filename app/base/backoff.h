#pragma once
// The pause before the next try: 0.8 s doubling to 30 s, with full jitter, back to the start after two healthy
// minutes. The figures are those of client-go's reflector (tools/cache/reflector.go, NewReflectorWithOptions).

#include <chrono>
#include <random>

namespace base {

class Backoff {
public:
    using Clock = std::chrono::steady_clock;

    explicit Backoff(unsigned seed = std::random_device{}()) : m_random(seed) {}

    /// The pause before the next try, in [base, 2 base).
    std::chrono::milliseconds next(Clock::time_point now = Clock::now());
    /// Forgets earlier failures: what is reached again is tried at once.
    void reset() { m_base = Initial; }

private:
    static constexpr std::chrono::milliseconds Initial{800};
    static constexpr std::chrono::milliseconds Longest{30'000};
    static constexpr std::chrono::minutes Healthy{2};

    std::mt19937 m_random; ///< not minstd_rand: its first number follows the seed, so near seeds would pause alike
    std::chrono::milliseconds m_base = Initial;
    Clock::time_point m_last{};
};

} // namespace base
