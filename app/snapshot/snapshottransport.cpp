#include "app/snapshot/snapshottransport.h"

#include "app/base/visible.h"

#include <QFileInfo>
#include <QPointer>
#include <QPromise>
#include <algorithm>
#include <atomic>

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

SnapshotTransport::SnapshotTransport(std::shared_ptr<const Snapshot> snapshot, QThread* thread)
    : m_snapshot(std::move(snapshot)),
      m_thread(thread),
      m_worker(new QObject)
{
    if (!m_thread) {
        m_ownThread = std::make_unique<QThread>();
        m_thread = m_ownThread.get();
        m_thread->setObjectName(QStringLiteral("snapshot"));
        m_thread->start();
    }
    m_worker->moveToThread(m_thread);
}

SnapshotTransport::~SnapshotTransport()
{
    m_worker->deleteLater();
    if (m_ownThread) {
        m_ownThread->quit();
        m_ownThread->wait();
    }
}

template <typename F> void SnapshotTransport::inWorker(F&& act)
{
    QMetaObject::invokeMethod(m_worker, std::forward<F>(act), Qt::QueuedConnection);
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
    inWorker([asked, snapshot = m_snapshot, request = std::move(request)] {
        if (!asked->isGiven())
            asked->give(snapshot->answer(request));
    });
    return call;
}

transport::StreamHandle SnapshotTransport::stream(Request request, std::shared_ptr<transport::StreamSink> sink)
{
    const auto aborted = std::make_shared<std::atomic_bool>(false);
    // A watch's sink is held until it is let go, and let go in the worker.
    const auto held = std::make_shared<std::shared_ptr<transport::StreamSink>>(std::move(sink));
    const bool staysOpen = isWatch(request);
    inWorker([held, aborted, staysOpen, snapshot = m_snapshot, request = std::move(request)] {
        if (*aborted || !*held)
            return;
        Passing passing(**held, *aborted, staysOpen);
        passing.end(snapshot->answer(staysOpen ? withoutWatch(request) : request, passing));
        if (!staysOpen)
            held->reset();
    });
    return transport::StreamHandle([aborted, held, worker = QPointer(m_worker)] {
        *aborted = true;
        if (worker)
            QMetaObject::invokeMethod(
                worker.data(), [held] { held->reset(); }, Qt::QueuedConnection);
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
