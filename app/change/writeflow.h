#pragma once
// What every write has in common, whichever way it goes over the wire: its states, one question at a time whose late
// answers are dropped, how it fails, is given up and is kept in the log.

#include "app/base/calls.h"
#include "app/change/notice.h"
#include "app/change/request.h"
#include "app/change/writelog.h"
#include "app/kube/client.h"

#include <QObject>

namespace change {

/// Lives in one thread, that of its event loop. The client's transport and the log outlive it.
class WriteFlow : public QObject {
    Q_OBJECT
public:
    enum class State { Idle, Reading, DryRunning, Previewed, Applying, Rebasing, Conflicted, Applied, Failed };
    Q_ENUM(State)

    ~WriteFlow() override;

    State state() const { return m_state; }
    bool isBusy() const;
    const Target& target() const { return m_target; }
    const Origin& origin() const { return m_origin; }
    /// Why it did not go on. A network error while Applying means that nobody knows whether it was done: it is not sent
    /// again.
    const base::Error& error() const { return m_error; }
    /// The object as it was read last, from Reading on; null before, and where there is none.
    const kube::Json& live() const { return m_live; }
    /// What the server made of it: of the dry run, then of the write.
    const kube::Json& answer() const { return m_answer; }
    /// Who keeps the object, and what the server warned of.
    const std::vector<Notice>& notices() const { return m_notices; }
    /// Why the write could not be kept in the log; the write itself was done.
    const base::Error& logError() const { return m_logError; }

    /// Reads and tries; nothing is kept by the server. From any state that is not busy, but Applied.
    void preview();
    /// Sends what was previewed. Only when Previewed.
    virtual void apply() = 0;
    /// False: all is as it is meant to be, and apply() sends nothing.
    virtual bool changesAnything() const = 0;
    /// Gives up what is under way; a write that was sent may have been done.
    void cancel();

signals:
    void stateChanged(change::WriteFlow::State state);

protected:
    using Answer = base::Result<transport::Reply>;

    /// A log of null: nothing is kept.
    WriteFlow(kube::Client client, Origin origin, Target target, const WriteLog* log, QObject* parent);

    void setState(State state);
    /// Forgets what an earlier preview found.
    virtual void beginAnew() = 0;
    /// Reads the object anew, and goes on with takeRead().
    void read(State state);
    virtual void takeRead(const Answer& reply) = 0;
    enum class Pause { None, ByChance };
    /// Somebody wrote in between. True: it is read again, after a pause by chance if asked for, since several who all
    /// lost to one would meet again at once. False: that was too often, or the error is another.
    bool goesAround(const base::Error& error, Pause pause);
    void fail(const base::Error& error);
    /// True when nothing may be written here; it has failed then.
    bool refuseReadOnly();
    /// An error of ours about the request.
    base::Error about(base::ErrorKind kind, const QString& reason = {}) const;
    template <typename F> void ask(transport::Request request, void (F::*take)(const Answer&))
    {
        askThen(std::move(request), [this, take](const Answer& reply) { (static_cast<F*>(this)->*take)(reply); });
    }
    /// The object of an answer, or the reason why it is not this one.
    base::Result<kube::Json> objectOf(const Answer& reply) const;
    /// What the server warned of with an answer that it gave.
    void takeWarnings(const transport::Reply& reply);
    /// To the log. Without a status of the server's own a request may have been carried out, its answer lost.
    void keepDone() { keep(QStringLiteral("applied"), {}); }
    void keepNotDone(const base::Error& error);
    /// What only the kind of write knows: intent, verb, values and versions before and after.
    virtual void describe(WriteEntry& entry, bool isDone) const = 0;

    static QString versionOf(const kube::Json& object);

    kube::Client m_client;
    const Origin m_origin;
    const Target m_target;
    const WriteLog* m_log;
    QByteArray m_verb = "PATCH";
    bool m_applying = false; ///< confirmed: what comes now goes all the way
    base::Error m_error;
    kube::Json m_live;
    kube::Json m_answer;
    std::optional<kube::Json> m_expected; ///< the touched values that the person saw
    std::vector<Notice> m_notices;
    int m_retries = 0;
    int m_mostRetries = 20; ///< somebody who writes without pause is not to keep us busy for ever

private:
    /// Does it after a pause, unless something else was begun meanwhile.
    void later(std::chrono::milliseconds pause, std::function<void()> act);
    void askThen(transport::Request request, std::function<void(const Answer&)> take);
    void keep(const QString& outcome, const base::Error& error);

    State m_state = State::Idle;
    base::Error m_logError;
    quint64 m_generation = 0; ///< a pause before an earlier question leads nowhere
    base::Calls m_calls;
};

} // namespace change
