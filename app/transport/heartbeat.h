#pragma once
// Life and death of an address: a small question every five seconds, each on a connection of its own, so that a path
// that died is noticed whatever the other connections believe. Any HTTP status means alive. While it is down it is
// asked every second for two minutes, then every five; one that never answered less and less often, down to twice a
// minute: of thirty clusters ten may be dead all day long.

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
    /// Asks now, whatever the timer says; a pause that grew starts over.
    void beatNow();
    /// Takes it to be down for this reason until it answers, and asks now.
    void suspect(const base::Error& reason);
    bool isDown() const { return m_error.has_value(); }
    const std::optional<base::Error>& error() const { return m_error; }
    /// Of the last answer, with connecting; none before the first.
    std::optional<int> latencyMs() const { return m_latencyMs; }

signals:
    /// It answered.
    void beat();
    /// It was alive, or not known yet, and is not any more. Comes again when the error changes its kind or reason.
    void wentDown(const base::Error& error);
    /// It was down and answers again.
    void cameBack();

private:
    class Sink;
    void ask();
    void heard(const std::optional<base::Error>& error);
    std::chrono::milliseconds pause() const;

    Transport* m_transport;
    QTimer m_timer;
    StreamHandle m_beat;
    QElapsedTimer m_asked;
    std::optional<int> m_latencyMs;
    std::optional<base::Error> m_error;
    QElapsedTimer m_down;     ///< since it went down
    int m_failures = 0;       ///< in a row
    quint64 m_generation = 0; ///< late answers of a beat that was given up are dropped
    bool m_running = false;
};

} // namespace transport
