#include "app/snapshot/snapshottransport.h"

#include "app/base/visible.h"

#include <QFileInfo>
#include <QPromise>
#include <algorithm>
#include <atomic>
#include <functional>
#include <map>
#include <mutex>

namespace snapshot {
namespace {

using transport::Reply;
using transport::Request;

bool isWatch(const Request& request)
{
    return std::ranges::any_of(request.query, [](const auto& each) {
        return each.first == QLatin1String("watch") &&
               (each.second == QLatin1String("1") || each.second == QLatin1String("true"));
    });
}

bool isRefusal(const Reply& reply)
{
    return reply.head.status < 200 || reply.head.status > 299;
}

/// Hands an answer on as it is made. Of a watch the head only.
class Passing final : public AnswerSink {
public:
    Passing(transport::StreamSink& sink, const std::atomic_bool& aborted, bool staysOpen)
        : m_sink(sink),
          m_aborted(aborted),
          m_staysOpen(staysOpen)
    {
    }
    void head(const transport::ReplyHead& head) override
    {
        m_reply.head = head;
        if (!isRefusal(m_reply))
            m_sink.answered(head);
    }
    base::Result<void> body(QByteArrayView part) override
    {
        if (m_aborted)
            return base::failure({.kind = base::ErrorKind::Canceled});
        if (isRefusal(m_reply)) {
            m_reply.body.append(part);
            return {};
        }
        while (!part.isEmpty() && !m_staysOpen) {
            const std::span<char> room = m_sink.space();
            const auto count = std::min(static_cast<qsizetype>(room.size()), part.size());
            std::copy_n(part.data(), count, room.data());
            part = part.sliced(count);
            if (auto taken = m_sink.commit(static_cast<std::size_t>(count)); !taken)
                return taken;
        }
        return {};
    }
    void end(const base::Result<void>& how)
    {
        if (m_aborted)
            return;
        if (how && isRefusal(m_reply))
            m_sink.refused(m_reply);
        else if (!how || !m_staysOpen)
            m_sink.finished(how);
    }

private:
    transport::StreamSink& m_sink;
    const std::atomic_bool& m_aborted;
    const bool m_staysOpen;
    Reply m_reply;
};

/// Of a watch the list is asked for, which says whether there is such a thing and whether it may be seen.
Request withoutWatch(Request request)
{
    std::erase_if(request.query, [](const auto& each) {
        return each.first == QLatin1String("watch") || each.first == QLatin1String("allowWatchBookmarks") ||
               each.first == QLatin1String("resourceVersion") || each.first == QLatin1String("timeoutSeconds");
    });
    request.query.emplace_back(QStringLiteral("limit"), QStringLiteral("1"));
    return request;
}

} // namespace

/// Lives in the worker thread, with the sinks of the streams that are open.
class SnapshotTransport::Worker final : public QObject {
public:
    std::map<quint64, std::shared_ptr<transport::StreamSink>> open;
};

/// What handles and questions hold, so that they may outlive the transport.
struct SnapshotTransport::Gate {
    std::mutex mutex;
    Worker* worker = nullptr;

    /// Once the transport is gone nothing is done any more.
    void post(std::function<void(Worker&)> act)
    {
        const std::lock_guard lock(mutex);
        if (worker)
            QMetaObject::invokeMethod(
                worker, [to = worker, act = std::move(act)] { act(*to); }, Qt::QueuedConnection);
    }
};

SnapshotTransport::SnapshotTransport(std::shared_ptr<const Snapshot> snapshot, QThread* thread)
    : m_snapshot(std::move(snapshot)),
      m_thread(thread),
      m_worker(new Worker),
      m_gate(std::make_shared<Gate>())
{
    m_gate->worker = m_worker;
    if (!m_thread) {
        m_ownThread = std::make_unique<QThread>();
        m_thread = m_ownThread.get();
        m_thread->setObjectName(QStringLiteral("snapshot"));
        m_thread->start();
    }
    m_worker->moveToThread(m_thread);
    connect(m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
}

SnapshotTransport::~SnapshotTransport()
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

base::Call<Reply> SnapshotTransport::send(Request request)
{
    // Whoever lets go of it last answers: what was queued when the transport went is Canceled.
    class Asked {
    public:
        Asked() { m_promise.start(); }
        Asked(const Asked&) = delete;
        Asked& operator=(const Asked&) = delete;
        ~Asked() { give(base::failure({.kind = base::ErrorKind::Canceled})); }
        void give(base::Result<Reply> reply)
        {
            if (m_isGiven.exchange(true))
                return;
            m_promise.addResult(std::move(reply));
            m_promise.finish();
        }
        QFuture<base::Result<Reply>> future() { return m_promise.future(); }
        bool isGiven() const { return m_isGiven; }

    private:
        QPromise<base::Result<Reply>> m_promise;
        std::atomic_bool m_isGiven = false;
    };
    const auto asked = std::make_shared<Asked>();
    const base::Call<Reply> call{asked->future(), [weak = std::weak_ptr(asked)] {
                                     if (const auto open = weak.lock())
                                         open->give(base::failure({.kind = base::ErrorKind::Canceled}));
                                 }};
    m_gate->post([asked, snapshot = m_snapshot, request = std::move(request)](Worker&) {
        if (!asked->isGiven())
            asked->give(snapshot->answer(request));
    });
    return call;
}

transport::StreamHandle SnapshotTransport::stream(Request request, std::shared_ptr<transport::StreamSink> sink)
{
    static std::atomic<quint64> last = 0;
    const quint64 id = ++last;
    const auto aborted = std::make_shared<std::atomic_bool>(false);
    const bool staysOpen = isWatch(request);
    m_gate->post([id, sink = std::move(sink), aborted, staysOpen, snapshot = m_snapshot,
                  request = std::move(request)](Worker& worker) {
        if (*aborted)
            return;
        if (staysOpen)
            worker.open[id] = sink;
        Passing passing(*sink, *aborted, staysOpen);
        passing.end(snapshot->answer(staysOpen ? withoutWatch(request) : request, passing));
    });
    return transport::StreamHandle([id, aborted, gate = m_gate] {
        *aborted = true;
        gate->post([id](Worker& worker) { worker.open.erase(id); });
    });
}

QString SnapshotTransport::address() const
{
    return base::visible(QFileInfo(m_snapshot->file()).fileName());
}

transport::Connector connectorTo(std::shared_ptr<const Snapshot> snapshot, QThread* thread)
{
    return [snapshot = std::move(snapshot),
            thread](const transport::Endpoint&, transport::As) -> base::Result<std::unique_ptr<transport::Transport>> {
        return std::make_unique<SnapshotTransport>(snapshot, thread);
    };
}

tke::ClientOf membersOf(std::shared_ptr<const Snapshot> snapshot)
{
    struct Member {
        explicit Member(std::shared_ptr<const Snapshot> of) : transport(std::move(of)), client(&transport) {}
        SnapshotTransport transport;
        const kube::Client client;
    };
    return [snapshot = std::move(snapshot)](const QString& cluster) {
        using Client = std::shared_ptr<const kube::Client>;
        auto member = snapshot->member(cluster);
        if (!member)
            return base::answered<Client>(base::failure(member.error()));
        auto made = std::make_shared<Member>(std::move(*member));
        return base::answered<Client>(Client(made, &made->client));
    };
}

config::Context contextOf(const Snapshot& snapshot)
{
    const Manifest& manifest = snapshot.manifest();
    config::Context context;
    context.nameInFile = manifest.context;
    context.name =
        QStringLiteral("%1 @ %2").arg(manifest.context.isEmpty() ? QStringLiteral("snapshot") : manifest.context,
                                      manifest.from.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm")));
    context.file = snapshot.file();
    context.snapshot = snapshot.file();
    context.clusterName = manifest.context;
    context.nameSpace = manifest.nameSpace;
    context.cluster.server = QUrl(manifest.server, QUrl::StrictMode);
    if (!context.cluster.server.isValid() || context.cluster.server.host().isEmpty() ||
        (context.cluster.server.scheme() != QLatin1String("https") &&
         context.cluster.server.scheme() != QLatin1String("http")))
        context.cluster.server = QUrl(QStringLiteral("https://snapshot.invalid"));
    return context;
}

} // namespace snapshot
