#pragma once
// One write from its intent to its undo. Nothing reaches a cluster by another way:
//
//   Idle --preview()--> Reading --> DryRunning --> Previewed --apply()--> Applying --> Applied
//                          |             |                                  |  ^
//                          v             v                              409 v  | the touched values are the same
//                        Failed        Failed                          Rebasing --> Conflicted
//
// Reading takes the object as it is; DryRunning lets the server judge the very request (dryRun=All, unknown fields
// refused); Applying sends it with the version it was made for. When somebody wrote in between, Rebasing reads again:
// as long as the values that the intent touches are equal, the dry run and the write are done on the new version; where
// they differ nothing is sent, and Conflicted says what changed and by whom. A read-only context stops before anything.

#include "app/change/notice.h"
#include "app/change/request.h"
#include "app/change/writelog.h"
#include "app/kube/client.h"

#include <QObject>
#include <memory>

namespace change {

/// Somebody came between.
struct Conflict {
    kube::Json expected; ///< what the intent was made for: Intent::touched()
    kube::Json found;
    std::optional<LastWriter> by;
};

/// Lives in one thread, that of its event loop. The client and the log outlive it.
class Flow : public QObject {
    Q_OBJECT
public:
    enum class State { Idle, Reading, DryRunning, Previewed, Applying, Rebasing, Conflicted, Applied, Failed };
    Q_ENUM(State)

    /// A log of null: nothing is kept.
    Flow(kube::Client client, Origin origin, IntentPtr intent, const WriteLog* log, QObject* parent = nullptr);
    ~Flow() override;

    State state() const { return m_state; }
    bool isBusy() const;
    const Intent& intent() const { return *m_intent; }
    const Origin& origin() const { return m_origin; }
    /// Failed: why. `reason` "fieldsDropped": the server took the request and left out what it is about. A network
    /// error while Applying means that nobody knows whether it was done: it is not sent again.
    const base::Error& error() const { return m_error; }
    /// The server took the last dry run, or none was needed.
    bool wasAccepted() const { return m_accepted; }

    /// The object as it was read last, from Reading on; null before.
    const kube::Json& live() const { return m_live; }
    /// What the server made of it: of the dry run, then of the write.
    const kube::Json& answer() const { return m_answer; }
    /// The merge patch that is sent; null: nothing is left to do, and apply() goes to Applied at once.
    const kube::Json& patch() const { return m_patch; }
    bool changesAnything() const { return !m_patch.is_null(); }
    /// Who keeps the object, and what the server warned of.
    const std::vector<Notice>& notices() const { return m_notices; }
    const Conflict& conflict() const { return m_conflict; }
    /// How often it was done again on a newer version.
    int retries() const { return m_retries; }
    QString resourceVersionBefore() const { return m_versionBefore; } ///< of the object that was overwritten
    QString resourceVersionAfter() const { return m_versionAfter; }
    /// Why the write could not be kept in the log; the write itself was done.
    const base::Error& logError() const { return m_logError; }

    /// Reads and tries. From any state that is not busy, but Applied.
    void preview();
    /// Sends what was previewed. Only when Previewed.
    void apply();
    /// Gives up what is under way; a write that was sent may have been done.
    void cancel();
    /// The flow that takes it back, Idle. It ends as Conflicted where the values that were written are no longer ours.
    /// Only when Applied.
    std::unique_ptr<Flow> undo() const;
    /// After a conflict: takes what was found for the state to start from, and previews again.
    void acceptFound();

signals:
    void stateChanged(change::Flow::State state);

private:
    void setState(State state);
    void fail(const base::Error& error);
    void ask(transport::Request request, void (Flow::*take)(const base::Result<transport::Reply>&));
    void read(State state);
    void takeRead(const base::Result<transport::Reply>& reply);
    void dryRun();
    void takeDryRun(const base::Result<transport::Reply>& reply);
    void goOn();
    void send();
    void takeSent(const base::Result<transport::Reply>& reply);
    /// The object of an answer, or the reason why it is none.
    base::Result<kube::Json> objectOf(const base::Result<transport::Reply>& reply) const;
    void keep(const QString& outcome, const base::Error& error);

    kube::Client m_client;
    Origin m_origin;
    IntentPtr m_intent;
    const WriteLog* m_log;
    bool m_isUndo = false;
    State m_state = State::Idle;
    bool m_applying = false; ///< confirmed: what comes now goes all the way
    bool m_accepted = false;
    base::Error m_error;
    base::Error m_logError;
    kube::Json m_live;
    kube::Json m_answer;
    kube::Json m_patch;
    std::optional<kube::Json> m_expected; ///< the touched values that the person saw
    kube::Json m_original;                ///< the object that the write was done on
    std::vector<Notice> m_notices;
    Conflict m_conflict;
    int m_retries = 0;
    QString m_versionBefore;
    QString m_versionAfter;
    std::function<void()> m_cancel;
    quint64 m_generation = 0; ///< answers to an earlier question are dropped
};

} // namespace change
