#pragma once
// The one seam: everything above speaks Request -> Reply | stream, whoever answers (an APIServer, a snapshot).

#include "app/base/call.h"
#include "app/transport/request.h"

#include <QObject>
#include <memory>
#include <span>

namespace transport {

/// Takes the bytes of one long answer, in the transport's worker thread. Bytes are written straight into the sink's own
/// memory: parsing in place is what makes a list of 100 000 pods cheap.
class StreamSink {
public:
    virtual ~StreamSink() = default;
    /// The head of a 2xx answer. Called once, before any byte.
    virtual void answered(const ReplyHead& head) = 0;
    /// Any other answer, with the first MiB of its body. Nothing is called after it.
    virtual void refused(const Reply& reply) = 0;
    /// Room for the next bytes; never empty, and at least 16 KiB is wanted.
    virtual std::span<char> space() = 0;
    /// The first `count` bytes of the last space() have been filled. An error ends the stream and comes back in
    /// finished().
    virtual base::Result<void> commit(std::size_t count) = 0;
    /// The end, once, unless refused() was called: success is a clean end of the body. Over HTTP a body in chunks that
    /// breaks off may end like that as well: whoever reads one sees by its content whether it is whole.
    virtual void finished(const base::Result<void>& end) = 0;
};

/// Holds a stream open; its destructor aborts it. After an abort from the worker thread the sink is not called again;
/// after one from another thread a call that was under way may still end.
class StreamHandle {
public:
    StreamHandle() = default;
    explicit StreamHandle(std::function<void()> abort) : m_abort(std::move(abort)) {}
    StreamHandle(StreamHandle&& other) noexcept : m_abort(std::exchange(other.m_abort, nullptr)) {}
    StreamHandle& operator=(StreamHandle&& other) noexcept
    {
        std::swap(m_abort, other.m_abort);
        return *this;
    }
    ~StreamHandle() { abort(); }
    void abort()
    {
        if (auto abort = std::exchange(m_abort, nullptr))
            abort();
    }

private:
    std::function<void()> m_abort;
};

class Transport : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Asks once. Any thread. Any HTTP answer is a Reply, whatever its status: what a status means is Kubernetes'
    /// business (kube/errors.h). An Error says that there was no whole answer.
    virtual base::Call<Reply> send(Request request) = 0;
    /// Asks for a long answer. Any thread; the sink is called in workerThread() only and let go there.
    virtual StreamHandle stream(Request request, std::shared_ptr<StreamSink> sink) = 0;
    /// Where sinks are called: who keeps state beside a sink lives there, too.
    virtual QThread* workerThread() = 0;
    /// "https://192.0.2.1:6443", or a snapshot's file: for sentences and the journal.
    virtual QString address() const = 0;
};

} // namespace transport
