#include "app/base/calls.h"

#include <QObject>
#include <QThread>
#include <mutex>

namespace base {

/// What the answers know of who asked; outlives it.
class Calls::Gate {
public:
    explicit Gate(Calls* calls) : m_calls(calls) {}

    void close()
    {
        std::unique_ptr<QObject> receiver; // what is on its way to it goes with it, after the lock
        const std::lock_guard lock(m_mutex);
        m_calls = nullptr;
        receiver.swap(m_receiver);
    }
    /// Runs `act` where the answers are taken; at once when that is here.
    void run(std::function<void(Calls&)> act, const std::shared_ptr<Gate>& self)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (!m_calls)
                return;
            if (m_receiver->thread() != QThread::currentThread()) {
                QMetaObject::invokeMethod(
                    m_receiver.get(), [self, act = std::move(act)]() mutable { self->run(std::move(act), self); },
                    Qt::QueuedConnection);
                return;
            }
        }
        act(*m_calls); // nobody else closes it
    }

private:
    std::mutex m_mutex;
    Calls* m_calls;
    std::unique_ptr<QObject> m_receiver = std::make_unique<QObject>();
};

Calls::Calls() : m_gate(std::make_shared<Gate>(this)) {}

Calls::~Calls()
{
    m_gate->close(); // a cancelled question may be answered at once
    cancel();
}

quint64 Calls::add(std::function<void()> cancel)
{
    m_open.emplace(++m_last, std::move(cancel));
    return m_last;
}

void Calls::deliver(const std::shared_ptr<Gate>& gate, quint64 id, std::function<void()> take)
{
    gate->run([id, take = std::move(take)](Calls& calls) { calls.finish(id, take); }, gate);
}

void Calls::finish(quint64 id, const std::function<void()>& take)
{
    if (m_open.erase(id) > 0)
        take();
}

void Calls::cancel()
{
    for (const auto& [id, cancel] : std::exchange(m_open, {}))
        cancel();
}

} // namespace base
