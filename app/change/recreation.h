#pragma once
// An object deleted and made again from a manifest, for what can only be said when an object is made:
//
//   Idle --preview()--> Trying --> Previewed --apply()--> Deleting --> Waiting --> Creating --> Done
//                         |                                   |           |           |
//                         v                                   v           v           v
//                       Failed                              Failed      Failed      Failed, with the old one gone
//
// Trying lets the server judge both halves: the deletion by a dry run, the new object by a dry run under another name
// and without the numbers that the old one still holds (its address, its ports). Waiting is for finalizers and for what
// is deleted first. Where the new object is refused at the end after all, putBack() makes the old one again.

#include "app/base/calls.h"
#include "app/change/deleteflow.h"
#include "app/change/manifestflow.h"

#include <QTimer>

namespace change {

/// Lives in one thread, that of its event loop. The client's transport and the log outlive it.
class Recreation : public QObject {
    Q_OBJECT
public:
    enum class State { Idle, Trying, Previewed, Deleting, Waiting, Creating, Done, PutBack, Failed };
    Q_ENUM(State)

    /// `uid` is that of the object that was seen: another one of its name is left alone. A log of null: nothing is
    /// kept.
    Recreation(kube::Client client, Origin origin, Target target, kube::Manifest manifest, QString uid,
               Propagation propagation, const WriteLog* log, QObject* parent = nullptr);

    State state() const { return m_state; }
    bool isBusy() const;
    const base::Error& error() const { return m_error; }
    const DeleteFlow& deletion() const { return m_deletion; }
    /// The old object as it was when it was tried; null before.
    const kube::Json& old() const { return m_old; }
    /// The new object as the server would make it; null before it was tried.
    const kube::Json& made() const { return m_made; }
    /// The old object is no more, and the new one is not there.
    bool isLost() const { return m_isLost; }

    void preview();
    /// Only when Previewed.
    void apply();
    /// While trying or waiting: what was deleted stays so.
    void cancel();
    /// After a failure that isLost(): makes the old one again as it was, with another uid.
    void putBack();

    static constexpr std::chrono::milliseconds LookAgain{500};

signals:
    void stateChanged(change::Recreation::State state);

private:
    void setState(State state);
    void fail(const base::Error& error);
    void deletionWent(WriteFlow::State state);
    void tryNew();
    void look();
    void create(kube::Manifest manifest, State done);

    kube::Client m_client;
    const Origin m_origin;
    const Target m_target;
    const kube::Manifest m_manifest;
    const WriteLog* m_log;
    DeleteFlow m_deletion;
    std::unique_ptr<ManifestFlow> m_creation;
    State m_state = State::Idle;
    base::Error m_error;
    kube::Json m_old;
    kube::Json m_made;
    bool m_isLost = false;
    QTimer m_wait;
    base::Calls m_calls;
};

} // namespace change
