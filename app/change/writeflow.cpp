#include "app/change/writeflow.h"

#include "app/kube/jsonread.h"

#include <QRandomGenerator>
#include <QTimer>
#include <algorithm>

namespace change {

WriteFlow::WriteFlow(kube::Client client, Origin origin, Target target, const WriteLog* log, QObject* parent)
    : QObject(parent),
      m_client(client),
      m_origin(std::move(origin)),
      m_target(std::move(target)),
      m_log(log)
{
}

WriteFlow::~WriteFlow() = default;

QString WriteFlow::versionOf(const kube::Json& object)
{
    return kube::rawText(object, {"metadata", "resourceVersion"});
}

bool WriteFlow::isBusy() const
{
    return m_state == State::Reading || m_state == State::DryRunning || m_state == State::Applying ||
           m_state == State::Rebasing;
}

void WriteFlow::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit stateChanged(state);
}

void WriteFlow::fail(const base::Error& error)
{
    m_error = error;
    m_applying = false;
    setState(State::Failed);
}

base::Error WriteFlow::about(base::ErrorKind kind, const QString& reason) const
{
    return {.kind = kind,
            .reason = reason,
            .asked = QString::fromLatin1(m_verb + ' ' + m_target.path()),
            .ofWhom = m_origin.address};
}

bool WriteFlow::refuseReadOnly()
{
    if (m_origin.readOnly)
        fail(about(base::ErrorKind::ReadOnly));
    return m_origin.readOnly;
}

void WriteFlow::askThen(transport::Request request, std::function<void(const Answer&)> take)
{
    ++m_generation;
    m_calls.cancel();
    m_calls.follow(m_client.ask(std::move(request)), std::move(take));
}

void WriteFlow::preview()
{
    if (isBusy() || m_state == State::Applied)
        return;
    m_error = {};
    beginAnew();
    if (!refuseReadOnly())
        read(State::Reading);
}

void WriteFlow::read(State state)
{
    setState(state);
    ask({.path = m_target.path()}, &WriteFlow::takeRead);
}

bool WriteFlow::goesAround(const base::Error& error, Pause pause)
{
    if (error.kind != base::ErrorKind::Conflict || ++m_retries > m_mostRetries)
        return false;
    const State next = m_applying ? State::Rebasing : State::Reading;
    if (pause == Pause::None) {
        read(next);
        return true;
    }
    setState(next);
    later(std::chrono::milliseconds{QRandomGenerator::global()->bounded(1 << std::min(m_retries + 2, 8))},
          [this, next] { read(next); });
    return true;
}

void WriteFlow::later(std::chrono::milliseconds pause, std::function<void()> act)
{
    const quint64 generation = ++m_generation;
    QTimer::singleShot(pause, this, [this, generation, act = std::move(act)] {
        if (generation == m_generation)
            act();
    });
}

void WriteFlow::cancel()
{
    if (!isBusy())
        return;
    ++m_generation;
    const bool wasSent = m_state == State::Applying;
    m_calls.cancel();
    const base::Error error = about(base::ErrorKind::Canceled);
    if (wasSent)
        keep(QStringLiteral("unknown"), error);
    fail(error);
}

base::Result<kube::Json> WriteFlow::objectOf(const Answer& reply) const
{
    if (!reply)
        return base::failure(reply.error());
    auto object = kube::parseJson(reply->body);
    if (object && kube::rawText(*object, {"metadata", "name"}) == m_target.name)
        return object;
    base::Error error = object
                            ? base::Error{.kind = base::ErrorKind::BadAnswer, .reason = QStringLiteral("notTheObject")}
                            : object.error();
    error.asked = QString::fromLatin1(m_target.path());
    error.ofWhom = m_origin.address;
    return base::failure(std::move(error));
}

void WriteFlow::takeWarnings(const transport::Reply& reply)
{
    const auto warnings = warningsOf(reply.head);
    m_notices.insert(m_notices.end(), warnings.begin(), warnings.end());
}

void WriteFlow::keepNotDone(const base::Error& error)
{
    keep(error.httpStatus > 0 ? QStringLiteral("refused") : QStringLiteral("unknown"), error);
}

void WriteFlow::keep(const QString& outcome, const base::Error& error)
{
    if (!m_log)
        return;
    const bool isDone = outcome == QLatin1String("applied");
    WriteEntry entry;
    entry.at = QDateTime::currentDateTimeUtc();
    entry.context = m_origin.context;
    entry.user = m_origin.user;
    entry.address = m_origin.address;
    entry.verb = m_verb;
    entry.target = m_target.path();
    entry.ref = m_target.ref();
    // A dry run of what is not there yet names a uid that nothing will have.
    if (m_live.is_object() || isDone)
        entry.ref.uid = kube::rawText(m_live.is_object() ? m_live : m_answer, {"metadata", "uid"});
    entry.outcome = outcome;
    if (!isDone)
        entry.error = base::idOf(error.kind) + QLatin1String(": ") + error.said;
    describe(entry, isDone);
    if (const auto kept = m_log->add(entry); !kept)
        m_logError = kept.error();
}

} // namespace change
