#include "app/transport/httptransport.h"

#include "app/transport/httpworker.h"

#include <QPromise>
#include <atomic>
#include <mutex>

namespace transport {
namespace {

/// Gathers a short answer. A promise that was let go unanswered has been canceled.
class ReplySink final : public StreamSink {
public:
    explicit ReplySink(QPromise<base::Result<Reply>> promise, QString asked, QString ofWhom)
        : m_promise(std::move(promise)),
          m_asked(std::move(asked)),
          m_ofWhom(std::move(ofWhom))
    {
    }
    ReplySink(const ReplySink&) = delete;
    ReplySink& operator=(const ReplySink&) = delete;
    ~ReplySink() override
    {
        if (!m_answered)
            answer(base::failure({.kind = base::ErrorKind::Canceled, .asked = m_asked, .ofWhom = m_ofWhom}));
    }

    void answered(const ReplyHead& head) override { m_reply.head = head; }
    void refused(const Reply& reply) override { answer(reply); }
    std::span<char> space() override
    {
        m_reply.body.resize(std::max<qsizetype>(m_used * 2, m_used + Chunk));
        return {m_reply.body.data() + m_used, static_cast<std::size_t>(m_reply.body.size() - m_used)};
    }
    base::Result<void> commit(std::size_t count) override
    {
        m_used += static_cast<qsizetype>(count);
        return {};
    }
    void finished(const base::Result<void>& end) override
    {
        if (!end) {
            answer(base::failure(end.error()));
            return;
        }
        m_reply.body.resize(m_used);
        answer(std::move(m_reply));
    }

private:
    static constexpr qsizetype Chunk = 32 * 1024;

    void answer(base::Result<Reply> reply)
    {
        m_answered = true;
        m_promise.addResult(std::move(reply));
        m_promise.finish();
    }

    QPromise<base::Result<Reply>> m_promise;
    QString m_asked;
    QString m_ofWhom;
    Reply m_reply;
    qsizetype m_used = 0;
    bool m_answered = false;
};

quint64 nextId()
{
    static std::atomic<quint64> next{1};
    return next++;
}

} // namespace

/// What a handle holds, so that it may outlive the transport.
struct HttpTransport::Gate {
    std::mutex mutex;
    HttpWorker* worker = nullptr;

    void abort(quint64 id)
    {
        const std::lock_guard lock(mutex);
        if (!worker)
            return;
        if (worker->thread() == QThread::currentThread())
            worker->abort(id);
        else
            QMetaObject::invokeMethod(
                worker, [target = worker, id] { target->abort(id); }, Qt::QueuedConnection);
    }
};

base::Result<std::unique_ptr<HttpTransport>> HttpTransport::create(Endpoint endpoint, Identity identity,
                                                                   Journal* journal, Options options)
{
    if (const auto tls = tlsConfiguration(endpoint, identity); !tls)
        return base::failure(tls.error());
    auto source = std::make_shared<FixedIdentity>(std::move(identity), options.tokenFileAge);
    return create(std::move(endpoint), std::move(source), journal, std::move(options));
}

base::Result<std::unique_ptr<HttpTransport>>
HttpTransport::create(Endpoint endpoint, std::shared_ptr<IdentitySource> identity, Journal* journal, Options options)
{
    if (const auto tls = tlsConfiguration(endpoint, {}); !tls)
        return base::failure(tls.error());
    QThread* const thread = options.thread;
    std::unique_ptr<HttpTransport> transport(new HttpTransport);
    transport->m_address = endpoint.text();
    transport->m_identity = std::move(identity);
    transport->m_worker = new HttpWorker(std::move(endpoint), transport->m_identity, journal, std::move(options));
    transport->m_gate = std::make_shared<Gate>();
    transport->m_gate->worker = transport->m_worker;
    transport->m_thread = thread;
    if (!thread) {
        transport->m_ownThread = std::make_unique<QThread>();
        transport->m_thread = transport->m_ownThread.get();
        transport->m_thread->setObjectName(QStringLiteral("transport"));
        transport->m_thread->start();
    }
    transport->m_worker->moveToThread(transport->m_thread);
    connect(transport->m_thread, &QThread::finished, transport->m_worker, &QObject::deleteLater);
    return transport;
}

HttpTransport::~HttpTransport()
{
    {
        const std::lock_guard lock(m_gate->mutex);
        m_gate->worker = nullptr;
    }
    if (m_ownThread) {
        m_ownThread->quit();
        m_ownThread->wait();
    } else {
        m_worker->deleteLater();
    }
}

template <typename F> void HttpTransport::inWorker(F&& act)
{
    // At once when called there: an abort that follows in the same thread must find the job.
    if (QThread::currentThread() == m_thread)
        act();
    else
        QMetaObject::invokeMethod(m_worker, std::forward<F>(act), Qt::QueuedConnection);
}

base::Call<Reply> HttpTransport::send(Request request)
{
    QPromise<base::Result<Reply>> promise;
    promise.start();
    base::Call<Reply> call{promise.future(), {}};
    auto sink = std::make_shared<ReplySink>(std::move(promise),
                                            QString::fromLatin1(request.verb + ' ' + request.target()), m_address);
    const quint64 id = nextId();
    call.cancel = [gate = m_gate, id] { gate->abort(id); };
    inWorker([worker = m_worker, id, request = std::move(request), sink = std::move(sink)] {
        worker->ask(id, request, sink);
    });
    return call;
}

StreamHandle HttpTransport::stream(Request request, std::shared_ptr<StreamSink> sink)
{
    const quint64 id = nextId();
    inWorker([worker = m_worker, id, request = std::move(request), sink = std::move(sink)] {
        worker->open(id, request, sink);
    });
    return StreamHandle([gate = m_gate, id] { gate->abort(id); });
}

QString HttpTransport::address() const
{
    return m_address;
}

} // namespace transport
