#pragma once
// Life and death of an address: a small question every five seconds, every second while it is down, each on a
// connection of its own, so that a path that died is noticed whatever the other connections believe. Any HTTP status
// means alive.

#include "app/transport/transport.h"

#include <QElapsedTimer>
#include <QTimer>
#include <optional>

namespace transport {

/// Lives in the GUI thread. The transport outlives it.
class Heartbeat : public QObject {
    Q_OBJECT
public:
    explicit Heartbeat(Transport* transport, QObject* parent = nullptr);

    /// Begins at once.
    void start();
    void stop();
    /// Asks now, whatever the timer says.
    void beatNow();
    bool isDown() const { return m_error.has_value(); }
    const std::optional<base::Error>& error() const { return m_error; }
    /// Of the last answer, with connecting; none before the first.
    std::optional<int> latencyMs() const { return m_latencyMs; }

signals:
    /// It answered.
    void beat();
    /// It was alive, or not known yet, and is not any more. Comes again when the error changes its kind.
    void wentDown(const base::Error& error);
    /// It was down and answers again.
    void cameBack();

private:
    class Sink;
    void ask();
    void heard(const std::optional<base::Error>& error);

    Transport* m_transport;
    QTimer m_timer;
    StreamHandle m_beat;
    QElapsedTimer m_asked;
    std::optional<int> m_latencyMs;
    std::optional<base::Error> m_error;
    quint64 m_generation = 0; ///< late answers of a beat that was given up are dropped
    bool m_running = false;
};

} // namespace transport
