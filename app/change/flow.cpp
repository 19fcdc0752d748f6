#include "app/change/flow.h"

#include "app/change/merge.h"

namespace change {

Flow::Flow(kube::Client client, Origin origin, IntentPtr intent, const WriteLog* log, QObject* parent)
    : WriteFlow(client, std::move(origin), intent->target(), log, parent),
      m_intent(std::move(intent))
{
    m_mostRetries = 50; // a node's labels and a workload's status are written all the time
}

void Flow::beginAnew()
{
    m_conflict = {};
    m_accepted = false;
    if (!m_isUndo)
        m_expected.reset();
}

void Flow::apply()
{
    if (state() != State::Previewed)
        return;
    m_applying = true;
    send();
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
    if (state() != State::Conflicted)
        return;
    m_isUndo = false; // what is found is what one starts from, whoever wrote it
    preview();
}

base::Result<kube::Json> Flow::versionedOf(const Answer& reply) const
{
    auto object = objectOf(reply);
    if (!object || !versionOf(*object).isEmpty())
        return object;
    base::Error error = about(base::ErrorKind::BadAnswer, QStringLiteral("notTheObject"));
    error.asked = QString::fromLatin1(target().path());
    return base::failure(std::move(error));
}

void Flow::takeRead(const Answer& reply)
{
    auto object = versionedOf(reply);
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
    if (const QString refusal = m_isUndo ? QString() : m_intent->refusal(m_live); !refusal.isEmpty()) {
        fail(about(base::ErrorKind::Invalid, refusal));
        return;
    }
    m_notices = keepersOf(m_live, m_intent->field());
    const auto own = m_intent->notices(m_live);
    m_notices.insert(m_notices.begin(), own.begin(), own.end());
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
    ask(patchRequest(target(), m_patch, versionOf(m_live), Send::DryRun, m_intent->patchType()), &Flow::takeDryRun);
}

void Flow::takeDryRun(const Answer& reply)
{
    if (!reply && goesAround(reply.error(), Pause::None)) // somebody wrote between our reading and this
        return;
    if (!reply && isOfSnapshot(reply.error()) && !m_applying) { // what would be sent can be shown all the same
        m_answer = patched(m_live, m_patch, m_intent->patchType());
        setState(State::Previewed);
        return;
    }
    auto object = versionedOf(reply);
    if (!object) {
        fail(object.error());
        return;
    }
    takeWarnings(*reply);
    m_answer = std::move(*object);
    if (!m_intent->patch(m_answer).is_null()) {
        fail(about(base::ErrorKind::Invalid, QStringLiteral("fieldsDropped")));
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
    ask(patchRequest(target(), m_patch, m_versionBefore, Send::ForGood, m_intent->patchType()), &Flow::takeSent);
}

void Flow::takeSent(const Answer& reply)
{
    if (!reply && goesAround(reply.error(), Pause::ByChance))
        return;
    auto object = versionedOf(reply);
    if (!object) {
        keepNotDone(object.error());
        fail(object.error());
        return;
    }
    m_answer = std::move(*object);
    m_versionAfter = versionOf(m_answer);
    m_applying = false;
    keepDone();
    setState(State::Applied);
}

void Flow::describe(WriteEntry& entry, bool isDone) const
{
    entry.intent = m_intent->id();
    entry.undo = m_isUndo;
    entry.before = m_intent->touched(m_original);
    entry.after = isDone ? m_intent->touched(m_answer) : kube::Json(nullptr);
    entry.resourceVersionBefore = m_versionBefore;
    entry.resourceVersionAfter = m_versionAfter;
}

} // namespace change
