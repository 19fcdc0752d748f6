#include "app/change/flow.h"

#include "app/kube/jsonread.h"

#include <QRandomGenerator>
#include <QTimer>
#include <algorithm>

namespace change {
namespace {

/// Somebody who writes without pause is not to keep us busy for ever.
constexpr int MostRetries = 50;

QString versionOf(const kube::Json& object)
{
    return kube::rawText(object, {"metadata", "resourceVersion"});
}

} // namespace

Flow::Flow(kube::Client client, Origin origin, IntentPtr intent, const WriteLog* log, QObject* parent)
    : QObject(parent),
      m_client(client),
      m_origin(std::move(origin)),
      m_intent(std::move(intent)),
      m_log(log)
{
}

Flow::~Flow()
{
    if (m_cancel)
        m_cancel();
}

bool Flow::isBusy() const
{
    return m_state == State::Reading || m_state == State::DryRunning || m_state == State::Applying ||
           m_state == State::Rebasing;
}

void Flow::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit stateChanged(state);
}

void Flow::fail(const base::Error& error)
{
    m_error = error;
    m_applying = false;
    setState(State::Failed);
}

void Flow::ask(transport::Request request, void (Flow::*take)(const base::Result<transport::Reply>&))
{
    const quint64 generation = ++m_generation;
    auto call = m_client.ask(std::move(request));
    m_cancel = call.cancel;
    call.future.then(this, [this, generation, take](const base::Result<transport::Reply>& reply) {
        if (generation != m_generation)
            return;
        m_cancel = nullptr;
        (this->*take)(reply);
    });
}

void Flow::preview()
{
    if (isBusy() || m_state == State::Applied)
        return;
    m_error = {};
    m_conflict = {};
    m_accepted = false;
    if (m_origin.readOnly) {
        fail({.kind = base::ErrorKind::ReadOnly,
              .asked = QStringLiteral("PATCH ") + QString::fromLatin1(m_intent->target().path()),
              .ofWhom = m_origin.address});
        return;
    }
    if (!m_isUndo)
        m_expected.reset();
    read(State::Reading);
}

void Flow::apply()
{
    if (m_state != State::Previewed)
        return;
    m_applying = true;
    send();
}

void Flow::cancel()
{
    if (!isBusy())
        return;
    ++m_generation;
    const bool wasSent = m_state == State::Applying;
    if (const auto cancel = std::exchange(m_cancel, nullptr))
        cancel();
    const base::Error error{.kind = base::ErrorKind::Canceled,
                            .asked = QStringLiteral("PATCH ") + QString::fromLatin1(m_intent->target().path()),
                            .ofWhom = m_origin.address};
    if (wasSent)
        keep(QStringLiteral("unknown"), error);
    fail(error);
}

std::unique_ptr<Flow> Flow::undo() const
{
    auto back = std::make_unique<Flow>(m_client, m_origin, m_intent->reversed(m_original), m_log);
    back->m_isUndo = true;
    back->m_expected = m_intent->touched(m_answer);
    return back;
}

void Flow::acceptFound()
{
    if (m_state != State::Conflicted)
        return;
    m_isUndo = false; // what is found is what one starts from, whoever wrote it
    preview();
}

void Flow::read(State state)
{
    setState(state);
    ask({.path = m_intent->target().path()}, &Flow::takeRead);
}

base::Result<kube::Json> Flow::objectOf(const base::Result<transport::Reply>& reply) const
{
    if (!reply)
        return base::failure(reply.error());
    auto object = kube::parseJson(reply->body);
    if (object && kube::rawText(*object, {"metadata", "name"}) == m_intent->target().name &&
        !versionOf(*object).isEmpty())
        return object;
    base::Error error = object
                            ? base::Error{.kind = base::ErrorKind::BadAnswer, .reason = QStringLiteral("notTheObject")}
                            : object.error();
    error.asked = QString::fromLatin1(m_intent->target().path());
    error.ofWhom = m_origin.address;
    return base::failure(std::move(error));
}

void Flow::takeRead(const base::Result<transport::Reply>& reply)
{
    auto object = objectOf(reply);
    if (!object) {
        fail(object.error());
        return;
    }
    m_live = std::move(*object);
    kube::Json touched = m_intent->touched(m_live);
    if (m_expected && touched != *m_expected) {
        m_applying = false;
        m_conflict = {*m_expected, std::move(touched), lastWriterOf(m_live, m_intent->field())};
        setState(State::Conflicted);
        return;
    }
    m_expected = std::move(touched);
    m_notices = keepersOf(m_live, m_intent->field());
    m_patch = m_intent->patch(m_live);
    m_answer = m_live;
    if (m_patch.is_null())
        goOn();
    else
        dryRun();
}

void Flow::dryRun()
{
    m_accepted = false;
    setState(m_applying ? State::Rebasing : State::DryRunning);
    ask(patchRequest(m_intent->target(), m_patch, versionOf(m_live), Send::DryRun), &Flow::takeDryRun);
}

void Flow::takeDryRun(const base::Result<transport::Reply>& reply)
{
    if (!reply && reply.error().kind == base::ErrorKind::Conflict && ++m_retries <= MostRetries) {
        read(m_applying ? State::Rebasing : State::Reading); // somebody wrote between our reading and this
        return;
    }
    auto object = objectOf(reply);
    if (!object) {
        fail(object.error());
        return;
    }
    const auto warnings = warningsOf(reply->head);
    m_notices.insert(m_notices.end(), warnings.begin(), warnings.end());
    m_answer = std::move(*object);
    if (!m_intent->patch(m_answer).is_null()) {
        fail({.kind = base::ErrorKind::Invalid,
              .reason = QStringLiteral("fieldsDropped"),
              .asked = QStringLiteral("PATCH ") + QString::fromLatin1(m_intent->target().path()),
              .ofWhom = m_origin.address});
        return;
    }
    goOn();
}

void Flow::goOn()
{
    m_accepted = true;
    if (m_applying)
        send();
    else
        setState(State::Previewed);
}

void Flow::send()
{
    m_original = m_live;
    m_versionBefore = versionOf(m_live);
    if (m_patch.is_null()) {
        m_versionAfter = m_versionBefore;
        m_applying = false;
        setState(State::Applied);
        return;
    }
    setState(State::Applying);
    ask(patchRequest(m_intent->target(), m_patch, m_versionBefore, Send::ForGood), &Flow::takeSent);
}

void Flow::takeSent(const base::Result<transport::Reply>& reply)
{
    if (!reply && reply.error().kind == base::ErrorKind::Conflict && ++m_retries <= MostRetries) {
        setState(State::Rebasing);
        // Several who all lost to one would meet again at once.
        const std::chrono::milliseconds pause{QRandomGenerator::global()->bounded(1 << std::min(m_retries + 2, 8))};
        const quint64 generation = ++m_generation;
        QTimer::singleShot(pause, this, [this, generation] {
            if (generation == m_generation)
                read(State::Rebasing);
        });
        return;
    }
    auto object = objectOf(reply);
    if (!object) {
        // Without a status of the server's own the request may have been carried out, its answer lost.
        keep(object.error().httpStatus > 0 ? QStringLiteral("refused") : QStringLiteral("unknown"), object.error());
        fail(object.error());
        return;
    }
    m_answer = std::move(*object);
    m_versionAfter = versionOf(m_answer);
    m_applying = false;
    keep(QStringLiteral("applied"), {});
    setState(State::Applied);
}

void Flow::keep(const QString& outcome, const base::Error& error)
{
    if (!m_log)
        return;
    const bool isDone = outcome == QLatin1String("applied");
    WriteEntry entry;
    entry.at = QDateTime::currentDateTimeUtc();
    entry.context = m_origin.context;
    entry.user = m_origin.user;
    entry.address = m_origin.address;
    entry.verb = "PATCH";
    entry.target = m_intent->target().path();
    entry.ref = m_intent->target().ref();
    entry.ref.uid = kube::rawText(m_live, {"metadata", "uid"});
    entry.intent = m_intent->id();
    entry.undo = m_isUndo;
    entry.before = m_intent->touched(m_original);
    entry.after = isDone ? m_intent->touched(m_answer) : kube::Json(nullptr);
    entry.resourceVersionBefore = m_versionBefore;
    entry.resourceVersionAfter = m_versionAfter;
    entry.outcome = outcome;
    if (!isDone)
        entry.error = base::idOf(error.kind) + QLatin1String(": ") + error.said;
    if (const auto kept = m_log->add(entry); !kept)
        m_logError = kept.error();
}

} // namespace change
