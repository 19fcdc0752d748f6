#pragma once
// One object of a file, applied: created, or brought to what the file says. Server-side apply as field manager
// "alidade", never with force unless asked; a merge patch, or a create, where the server does not know that.
//
// Like Flow: nothing is sent for good that the server did not judge before, and not on another version of the object
// than the one that was shown, unless what the file speaks of is as it was.

#include "app/change/diff.h"
#include "app/change/notice.h"
#include "app/change/request.h"
#include "app/change/writelog.h"
#include "app/kube/client.h"
#include "app/kube/manifest.h"

#include <QObject>

namespace change {

/// Lives in one thread, that of its event loop. The client's transport and the log outlive it.
class ManifestFlow : public QObject {
    Q_OBJECT
public:
    enum class State { Idle, Reading, DryRunning, Previewed, Applying, Rebasing, Conflicted, Applied, Failed };
    Q_ENUM(State)
    enum class Action { Unknown, Create, Update, Unchanged };
    Q_ENUM(Action)

    /// A log of null: nothing is kept. With `force` fields that other managers own are taken over.
    ManifestFlow(kube::Client client, Origin origin, Target target, kube::Manifest manifest, const WriteLog* log,
                 bool force, QObject* parent = nullptr);
    ~ManifestFlow() override;

    State state() const { return m_state; }
    bool isBusy() const;
    Action action() const { return m_action; }
    const Target& target() const { return m_target; }
    const kube::Manifest& manifest() const { return m_manifest; }
    /// Failed or Conflicted: why. The server's words on fields are kube::fieldProblems() of it.
    const base::Error& error() const { return m_error; }
    /// What stands in the way is that other managers own fields: force would take them.
    bool isOwnedByOthers() const;
    /// Null where there is none yet.
    const kube::Json& live() const { return m_live; }
    /// From the live object to the server's answer.
    const std::vector<DiffLine>& diff() const { return m_diff; }
    const std::vector<Notice>& notices() const { return m_notices; }
    const base::Error& logError() const { return m_logError; }

    void preview();
    /// Only when Previewed. Nothing is sent where nothing changes.
    void apply();
    void cancel();

signals:
    void stateChanged(change::ManifestFlow::State state);

private:
    using Answer = base::Result<transport::Reply>;
    void setState(State state);
    void fail(const base::Error& error);
    void ask(transport::Request request, void (ManifestFlow::*take)(const Answer&));
    void read(State state);
    void takeRead(const Answer& reply);
    void write(Send send);
    void takeDryRun(const Answer& reply);
    void takeSent(const Answer& reply);
    bool isOlderServer(const base::Error& error);
    base::Result<kube::Json> objectOf(const Answer& reply) const;
    kube::Json wanted() const;
    void keep(const QString& outcome, const base::Error& error);

    kube::Client m_client;
    Origin m_origin;
    Target m_target;
    kube::Manifest m_manifest;
    const WriteLog* m_log;
    bool m_force;
    bool m_knowsApply = true;
    State m_state = State::Idle;
    Action m_action = Action::Unknown;
    bool m_applying = false;
    base::Error m_error;
    base::Error m_logError;
    kube::Json m_live;
    kube::Json m_answer;
    std::optional<kube::Json> m_expected; ///< what the manifest speaks of, as the person saw it
    std::vector<DiffLine> m_diff;
    std::vector<Notice> m_notices;
    int m_retries = 0;
    std::function<void()> m_cancel;
    quint64 m_generation = 0;
};

} // namespace change
