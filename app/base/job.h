#pragma once
// Several steps towards one answer, as an object that goes away by itself once it has given it.

#include "app/base/calls.h"

#include <QObject>
#include <QPromise>
#include <QThread>
#include <mutex>

namespace base {

/// Works in the thread where it was made, which has an event loop. Made with new; its owner is the answer.
template <typename T> class Job : public QObject {
public:
    /// Once. The cancel() of it may be called in any thread, also when the job is gone.
    Call<T> call()
    {
        return {m_promise.future(), [gate = m_gate] {
                    std::unique_lock lock(gate->mutex);
                    Job* const job = gate->job;
                    if (!job)
                        return;
                    // At once where it works: what it asks may be gone by the next turn of the loop.
                    if (job->thread() == QThread::currentThread()) {
                        lock.unlock();
                        job->end(failure({.kind = ErrorKind::Canceled}));
                        return;
                    }
                    QMetaObject::invokeMethod(
                        job, [job] { job->end(failure({.kind = ErrorKind::Canceled})); }, Qt::QueuedConnection);
                }};
    }

protected:
    Job() : m_gate(std::make_shared<Gate>())
    {
        m_gate->job = this;
        m_promise.start();
    }
    ~Job() override
    {
        const std::lock_guard lock(m_gate->mutex);
        m_gate->job = nullptr;
    }

    bool isOver() const { return m_over; }
    /// Waits for a part of the work; what comes after the end is not taken.
    template <typename U, typename F> void follow(Call<U> part, F&& take)
    {
        if (m_over)
            part.cancel();
        else
            m_calls.follow(std::move(part), std::forward<F>(take));
    }
    /// Answers, gives up what is still under way, and goes. What comes later is too late.
    void end(Result<T> answer)
    {
        if (std::exchange(m_over, true))
            return;
        m_calls.cancel();
        ended();
        m_promise.addResult(std::move(answer));
        m_promise.finish();
        deleteLater();
    }
    /// At the end, before the answer is given.
    virtual void ended() {}

private:
    struct Gate {
        std::mutex mutex;
        Job* job = nullptr;
    };
    std::shared_ptr<Gate> m_gate;
    QPromise<Result<T>> m_promise;
    Calls m_calls;
    bool m_over = false;
};

} // namespace base
