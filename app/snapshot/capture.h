#pragma once
// Takes a snapshot of a cluster: what it serves, each kind that may be read as objects and as the server's own Table,
// logs of containers that are not well, what metrics sources answer, addresses, and the person's own rights. What is
// refused is written down as refused. Streamed to disk, so that memory does not grow with the cluster.

#include "app/base/calls.h"
#include "app/endpoint/memory.h"
#include "app/kube/client.h"
#include "app/kube/probe.h"
#include "app/metrics/sources.h"
#include "app/snapshot/format.h"
#include "app/tke/clientof.h"
#include "app/tke/memberroutes.h"

#include <QObject>
#include <memory>

namespace snapshot {

class Book;
class PartCapture;

struct CaptureOptions {
    QString file;
    bool redact = true;
    bool addresses = false; ///< replaces addresses of nodes and masters as well
    QString context;        ///< what kubectl calls it
    QString server;         ///< the context's own address
    QString nameSpace;      ///< of the context; empty: "default"
    /// To look at the cluster's addresses with; nothing: they are not looked at.
    std::optional<kube::ProbeOptions> probing;
    /// How one is written down, which takes sentences; with `probing`.
    std::function<kube::Json(const endpoint::ProbeResult& address, bool inUse)> addressJson = {};
    endpoint::Known known; ///< addresses that are remembered
    /// To read namespaces of a platform's members with; nothing: members are not read.
    std::optional<tke::PlatformAccess> platform;
};

/// What a context says of itself; the rest is left as it is.
CaptureOptions captureOptionsOf(const config::Context& context);

struct CaptureProgress {
    enum class Step { Discovery, Kinds, Logs, Metrics, Addresses, Members, Writing };
    Step step = Step::Discovery;
    QString what;  ///< "deployments.apps"; empty: none in particular
    int done = 0;  ///< of the step
    int total = 0; ///< 0: not known
    qint64 requests = 0;
    qint64 fileBytes = 0;
};
/// "discovery", "kinds", "logs", "metrics", "addresses", "members", "writing".
QString idOf(CaptureProgress::Step step);

/// Lives in one thread with an event loop; answers are redacted and written in the transport's own.
class Capture : public QObject {
    Q_OBJECT
public:
    /// The transport outlives it.
    Capture(transport::Transport* transport, CaptureOptions options, QObject* parent = nullptr);
    ~Capture() override;

    void start();
    /// Leaves no file. finished() comes with Error{Canceled}.
    void cancel();
    /// Once it is finished. An Error when the cluster does not answer at all, or the file cannot be written: there is
    /// none then.
    const base::Result<Manifest>& result() const { return m_result; }

signals:
    void progressed(const snapshot::CaptureProgress& progress);
    /// Once; see result().
    void finished();

private:
    /// False: it has ended, maybe by this.
    bool tell(CaptureProgress::Step step, const QString& what = {}, int done = 0, int total = 0);
    void askSources();
    void askRules(const metrics::SourceSurvey& survey);
    void askPage(const metrics::ServicePort& where);
    void askAddresses();
    void askMembers();
    void write();
    void end(base::Result<Manifest> result);

    transport::Transport* const m_transport;
    const CaptureOptions m_options;
    Manifest m_manifest;
    std::shared_ptr<Book> m_book;
    std::unique_ptr<PartCapture> m_part;
    struct Member;
    void askNextMembers();
    void askMember(Member& member);
    void memberDone();
    std::vector<std::unique_ptr<Member>> m_members;
    std::size_t m_nextMember = 0;
    std::size_t m_membersDone = 0;
    tke::ClientOf m_clientOf;
    base::Calls m_calls;
    base::Result<Manifest> m_result;
    bool m_ended = false;
};

} // namespace snapshot
