#pragma once
// Tells that the machine slept, or that nobody let this program run: timers stand still meanwhile, connections die
// without a word, and what was learnt before is older than it seems.

#include <QObject>
#include <QTimer>
#include <chrono>
#include <functional>

namespace base {

/// Lives in a thread with an event loop.
class SleepWatch : public QObject {
    Q_OBJECT
public:
    /// Time since some fixed point, sleep included.
    using Clock = std::function<std::chrono::milliseconds()>;

    explicit SleepWatch(QObject* parent = nullptr, Clock clock = clockThatGoesOn,
                        std::chrono::milliseconds tick = std::chrono::seconds(2));

    /// CLOCK_BOOTTIME where there is one.
    static std::chrono::milliseconds clockThatGoesOn();

signals:
    /// At most a tick after the end. Not told: less than ten seconds.
    void woke(std::chrono::milliseconds after);

private:
    void look();

    const Clock m_clock;
    QTimer m_timer;
    std::chrono::milliseconds m_last;
};

} // namespace base
