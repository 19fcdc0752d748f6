#include "app/kube/client.h"

#include "app/kube/errors.h"

#include <QPromise>
#include <QTimer>
#include <algorithm>
#include <mutex>

namespace kube {
namespace {

constexpr int MostTries = 10;
/// What is held whole and parsed into a tree of values costs eight times its length.
constexpr qint64 MostParsed = 32LL << 20;

/// One question with its retries; keeps itself alive until it is answered.
class Asking : public std::enable_shared_from_this<Asking> {
public:
    Asking(transport::Transport* transport, transport::Request request)
        : m_transport(transport),
          m_request(std::move(request))
    {
        m_promise.start();
    }
    Asking(const Asking&) = delete;
    Asking& operator=(const Asking&) = delete;
    /// Let go unanswered: the transport went while the next try was waited for.
    ~Asking() { finish(base::failure(canceled())); }

    base::Call<transport::Reply> begin()
    {
        // Not held by the asker: what nobody works on any more ends here, answered.
        base::Call<transport::Reply> call{m_promise.future(), [weak = weak_from_this()] {
                                              if (const auto self = weak.lock())
                                                  self->cancel();
                                          }};
        ask();
        return call;
    }

private:
    void ask()
    {
        if (isAnswered())
            return;
        auto call = m_transport->send(m_request);
        {
            const std::lock_guard lock(m_mutex);
            m_cancel = call.cancel;
        }
        if (isAnswered()) // canceled in between
            call.cancel();
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
        error.asked = m_asked;
        error.ofWhom = m_ofWhom;
        const bool putOff =
            error.retryAfter && (error.kind == base::ErrorKind::TooManyRequests || error.httpStatus == 503);
        if (!putOff || m_request.verb != "GET" || ++m_tries >= MostTries) {
            finish(base::failure(std::move(error)));
            return;
        }
        // Timers need an event loop: that of the transport's thread. What waits there goes with the transport.
        QMetaObject::invokeMethod(
            m_transport,
            [self = shared_from_this(), pause = *error.retryAfter] {
                QTimer::singleShot(pause, self->m_transport, [self] { self->ask(); });
            },
            Qt::QueuedConnection);
    }

    /// Once; whoever comes later is too late.
    void finish(base::Result<transport::Reply> reply)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (std::exchange(m_answered, true))
                return;
        }
        m_promise.addResult(std::move(reply));
        m_promise.finish();
    }

    void cancel()
    {
        std::function<void()> cancel;
        {
            const std::lock_guard lock(m_mutex);
            cancel = std::exchange(m_cancel, nullptr);
        }
        finish(base::failure(canceled()));
        if (cancel)
            cancel();
    }

    bool isAnswered()
    {
        const std::lock_guard lock(m_mutex);
        return m_answered;
    }

    base::Error canceled() const { return {.kind = base::ErrorKind::Canceled, .asked = m_asked, .ofWhom = m_ofWhom}; }

    transport::Transport* m_transport;
    const transport::Request m_request;
    const QString m_asked = QString::fromLatin1(m_request.verb + ' ' + m_request.target());
    const QString m_ofWhom = m_transport->address();
    QPromise<base::Result<transport::Reply>> m_promise;
    std::mutex m_mutex;
    std::function<void()> m_cancel;
    bool m_answered = false;
    int m_tries = 0;
};

} // namespace

base::Call<transport::Reply> Client::ask(transport::Request request) const
{
    return std::make_shared<Asking>(m_transport, std::move(request))->begin();
}

base::Call<Json> Client::askJson(transport::Request request) const
{
    request.mostBytes = std::min(request.mostBytes, MostParsed);
    return base::mapped<Json>(
        ask(request),
        [asked = QString::fromLatin1(request.verb + ' ' + request.target()),
         ofWhom = m_transport->address()](const base::Result<transport::Reply>& reply) -> base::Result<Json> {
            if (!reply)
                return base::failure(reply.error());
            return parseJson(reply->body).map_error([&](base::Error error) {
                error.asked = asked;
                error.ofWhom = ofWhom;
                return error;
            });
        });
}

} // namespace kube
