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

#include "app/change/writeflow.h"

#include <memory>

namespace change {

/// Somebody came between.
struct Conflict {
    kube::Json expected; ///< what the intent was made for: Intent::touched()
    kube::Json found;
    std::optional<LastWriter> by;
};

/// Failed: `reason` "fieldsDropped": the server took the request and left out what it is about.
class Flow final : public WriteFlow {
    Q_OBJECT
public:
    /// A log of null: nothing is kept.
    Flow(kube::Client client, Origin origin, IntentPtr intent, const WriteLog* log, QObject* parent = nullptr);

    const Intent& intent() const { return *m_intent; }
    /// The server took the last dry run, or none was needed.
    bool wasAccepted() const { return m_accepted; }
    /// The merge patch that is sent; null: nothing is left to do, and apply() goes to Applied at once.
    const kube::Json& patch() const { return m_patch; }
    bool changesAnything() const override { return !m_patch.is_null(); }
    const Conflict& conflict() const { return m_conflict; }
    /// How often it was done again on a newer version.
    int retries() const { return m_retries; }
    QString resourceVersionBefore() const { return m_versionBefore; } ///< of the object that was overwritten
    QString resourceVersionAfter() const { return m_versionAfter; }

    void apply() override;
    /// False: what was done cannot be taken back, or nothing was.
    bool canUndo() const { return state() == State::Applied && changesAnything() && m_intent->canUndo(); }
    /// The flow that takes it back, Idle. It ends as Conflicted where the values that were written are no longer ours.
    /// Only when Applied.
    std::unique_ptr<Flow> undo() const;
    /// After a conflict: takes what was found for the state to start from, and previews again.
    void acceptFound();

private:
    void beginAnew() override;
    void takeRead(const Answer& reply) override;
    void dryRun();
    void takeDryRun(const Answer& reply);
    void goOn();
    void send();
    void takeSent(const Answer& reply);
    /// An object without a version could not be written on.
    base::Result<kube::Json> versionedOf(const Answer& reply) const;
    void describe(WriteEntry& entry, bool isDone) const override;

    const IntentPtr m_intent;
    bool m_isUndo = false;
    bool m_accepted = false;
    kube::Json m_patch;
    kube::Json m_original; ///< the object that the write was done on
    Conflict m_conflict;
    QString m_versionBefore;
    QString m_versionAfter;
};

} // namespace change
