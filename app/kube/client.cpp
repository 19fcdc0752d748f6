#include "app/kube/client.h"

#include "app/kube/errors.h"

#include <QPromise>
#include <QTimer>
#include <mutex>

namespace kube {
namespace {

constexpr int MostTries = 10;

/// One question with its retries; keeps itself alive until it is answered.
class Asking : public std::enable_shared_from_this<Asking> {
public:
    Asking(transport::Transport* transport, transport::Request request)
        : m_transport(transport),
          m_request(std::move(request))
    {
        m_promise.start();
    }

    base::Call<transport::Reply> begin()
    {
        auto self = shared_from_this();
        base::Call<transport::Reply> call{m_promise.future(), [self] { self->cancel(); }};
        ask();
        return call;
    }

private:
    void ask()
    {
        auto call = m_transport->send(m_request);
        {
            const std::lock_guard lock(m_mutex);
            m_cancel = call.cancel;
        }
        call.future.then(
            [self = shared_from_this()](const base::Result<transport::Reply>& reply) { self->take(reply); });
    }

    void take(const base::Result<transport::Reply>& reply)
    {
        if (!reply || (reply->head.status >= 200 && reply->head.status < 300)) {
            finish(reply);
            return;
        }
        base::Error error = errorFrom(*reply);
        error.asked = QString::fromLatin1(m_request.verb + ' ' + m_request.target());
        error.ofWhom = m_transport->address();
        const bool putOff =
            error.retryAfter && (error.kind == base::ErrorKind::TooManyRequests || error.httpStatus == 503);
        if (!putOff || m_request.verb != "GET" || ++m_tries >= MostTries || isCanceled()) {
            finish(base::failure(std::move(error)));
            return;
        }
        // Timers need an event loop; the worker's is there for as long as the transport.
        QMetaObject::invokeMethod(
            m_transport,
            [self = shared_from_this(), pause = *error.retryAfter] {
                QTimer::singleShot(pause, [self] { self->ask(); });
            },
            Qt::QueuedConnection);
    }

    void finish(base::Result<transport::Reply> reply)
    {
        m_promise.addResult(std::move(reply));
        m_promise.finish();
    }

    void cancel()
    {
        std::function<void()> cancel;
        {
            const std::lock_guard lock(m_mutex);
            m_canceled = true;
            cancel = m_cancel;
        }
        if (cancel)
            cancel();
    }

    bool isCanceled()
    {
        const std::lock_guard lock(m_mutex);
        return m_canceled;
    }

    transport::Transport* m_transport;
    transport::Request m_request;
    QPromise<base::Result<transport::Reply>> m_promise;
    std::mutex m_mutex;
    std::function<void()> m_cancel;
    bool m_canceled = false;
    int m_tries = 0;
};

} // namespace

base::Call<transport::Reply> Client::ask(transport::Request request) const
{
    return std::make_shared<Asking>(m_transport, std::move(request))->begin();
}

base::Call<Json> Client::askJson(transport::Request request) const
{
    return base::mapped<Json>(ask(std::move(request)),
                              [](const base::Result<transport::Reply>& reply) -> base::Result<Json> {
                                  if (!reply)
                                      return base::failure(reply.error());
                                  return parseJson(reply->body);
                              });
}

} // namespace kube
