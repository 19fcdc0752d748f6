#include "app/transport/heartbeat.h"

#include <QPointer>
#include <algorithm>

namespace transport {
namespace {

constexpr std::chrono::milliseconds Alive{5'000};
constexpr std::chrono::milliseconds Down{1'000};
constexpr std::chrono::minutes Urgent{2};
constexpr int MostDoublings = 5;                     // to 32 s
constexpr std::chrono::milliseconds Patience{5'000}; // with the pause before it stale within ten seconds

} // namespace

class Heartbeat::Sink final : public StreamSink {
public:
    Sink(Heartbeat* heartbeat, quint64 generation)
        : m_heartbeat(heartbeat),
          m_transport(heartbeat->m_transport),
          m_generation(generation)
    {
    }
    void answered(const ReplyHead&) override { tell({}); }
    void refused(const Reply&) override { tell({}); }
    std::span<char> space() override { return m_room; }
    base::Result<void> commit(std::size_t) override { return {}; }
    void finished(const base::Result<void>& end) override
    {
        tell(end ? std::nullopt : std::optional<base::Error>(end.error()));
    }

private:
    void tell(std::optional<base::Error> error)
    {
        if (std::exchange(m_told, true))
            return;
        // The heartbeat lives in another thread and may be gone: its transport is not, and lives where it does.
        QMetaObject::invokeMethod(
            m_transport,
            [heartbeat = m_heartbeat, generation = m_generation, error = std::move(error)] {
                if (heartbeat && heartbeat->m_generation == generation)
                    heartbeat->heard(error);
            },
            Qt::QueuedConnection);
    }

    const QPointer<Heartbeat> m_heartbeat; ///< looked into in its own thread only
    Transport* const m_transport;
    const quint64 m_generation;
    std::array<char, 16 * 1024> m_room{};
    bool m_told = false;
};

Heartbeat::Heartbeat(Transport* transport, QObject* parent) : QObject(parent), m_transport(transport), m_timer(this)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Heartbeat::ask);
}

void Heartbeat::start()
{
    m_running = true;
    ask();
}

void Heartbeat::stop()
{
    m_running = false;
    ++m_generation;
    m_timer.stop();
    m_beat.abort();
}

void Heartbeat::beatNow()
{
    m_failures = 0;
    if (m_running)
        ask();
}

void Heartbeat::suspect(const base::Error& reason)
{
    if (!m_running)
        return;
    m_beat.abort();
    ++m_generation;
    heard(reason);
    beatNow();
}

std::chrono::milliseconds Heartbeat::pause() const
{
    if (!m_error)
        return Alive;
    if (!m_latencyMs)
        return Down * (1 << std::clamp(m_failures - 1, 0, MostDoublings));
    return std::chrono::milliseconds(m_down.elapsed()) < Urgent ? Down : Alive;
}

void Heartbeat::ask()
{
    m_beat.abort();
    Request request{.path = "/livez"};
    request.silence = Patience;
    request.background = true;
    m_asked.start();
    m_beat = m_transport->stream(std::move(request), std::make_shared<Sink>(this, ++m_generation));
}

void Heartbeat::heard(const std::optional<base::Error>& error)
{
    if (!m_running)
        return;
    const bool wasDown = isDown();
    const bool isOther = error && (!m_error || m_error->kind != error->kind || m_error->reason != error->reason);
    m_error = error;
    if (error && !wasDown)
        m_down.start();
    m_failures = error ? m_failures + 1 : 0;
    m_timer.start(pause());
    if (!error) {
        m_latencyMs = static_cast<int>(m_asked.elapsed());
        emit beat();
    }
    if (isOther)
        emit wentDown(*error);
    else if (wasDown && !error)
        emit cameBack();
}

} // namespace transport
