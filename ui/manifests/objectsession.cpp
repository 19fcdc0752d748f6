#include "ui/manifests/objectsession.h"

#include "app/kube/jsonread.h"
#include "app/kube/secrets.h"
#include "app/kube/serverfields.h"
#include "app/kube/yaml.h"
#include "app/messages/changes.h"
#include "app/messages/errors.h"
#include "app/messages/snapshots.h"
#include "ui/manifests/manifestsession.h"

namespace ui {

using State = change::Flow::State;

ObjectSession::ObjectSession(store::Cluster* cluster, change::Target target, QObject* parent)
    : EditSession(parent),
      m_cluster(cluster),
      m_target(std::move(target))
{
}

void ObjectSession::load()
{
    if (!m_cluster || !m_cluster->isOpen())
        return;
    m_cluster->client()
        .askJson({.path = m_target.path()})
        .future.then(this, [this](const base::Result<kube::Json>& answer) {
            if (!answer) {
                Q_EMIT failed(answer.error());
                return;
            }
            m_original = *answer;
            Q_EMIT loaded(kube::toYaml(kube::withoutServerFields(kube::maskedForEditing(m_original))));
        });
}

EditSession::Phase ObjectSession::phase() const
{
    if (m_error || m_nothing)
        return Phase::Tried;
    if (!m_flow)
        return Phase::Fresh;
    switch (m_flow->state()) {
    case State::Idle:
        return Phase::Fresh;
    case State::Reading:
    case State::DryRunning:
        return Phase::Trying;
    case State::Applying:
    case State::Rebasing:
        return Phase::Applying;
    case State::Applied:
        return Phase::Applied;
    default:
        return Phase::Tried;
    }
}

std::vector<EditSession::Item> ObjectSession::items() const
{
    Item item{.ref = m_target.ref()};
    if (m_nothing) {
        item.what = tr("Unchanged");
        return {item};
    }
    if (!m_flow || m_error)
        return {};
    const QString words = wordsOf(m_flow->notices());
    if (m_flow->state() == State::Conflicted) {
        item.what = tr("Conflict");
        item.sign = Sign::Error;
        item.note = messages::sentence(m_flow->conflict());
        item.words = item.note + QLatin1Char('\n') + tr("Open the editor again to start from what is there now.");
    } else if (m_flow->state() == State::Failed) {
        item.what = tr("Refused");
        item.sign = Sign::Error;
        item.note = messages::sentence(m_flow->error());
        item.words = messages::sentenceWithAdvice(m_flow->error());
        if (const auto fields = immutable(); !fields.empty()) {
            item.obstacle = obstacleFrom(m_flow->live(), fields);
            item.note = noteOf(*item.obstacle);
            // The fields are the person's own edit, and a name cannot be edited here.
            std::erase_if(item.obstacle->ways,
                          [](const Obstacle::Way& way) { return way.id != QLatin1String("recreate"); });
        }
    } else {
        const bool isDone = m_flow->state() == State::Applied;
        item.what = isDone ? tr("Changed") : m_flow->isBusy() ? tr("Trying…") : tr("Change");
        item.sign = isDone ? Sign::Info : words.isEmpty() ? Sign::None : Sign::Warning;
        item.note = words.section(QLatin1Char('\n'), 0, 0);
        item.words = words;
        if (!m_flow->isBusy())
            item.diff = change::diffObjects(isDone ? m_original : m_flow->live(), m_flow->answer());
    }
    return {item};
}

std::vector<EditSession::Problem> ObjectSession::problems() const
{
    if (m_error)
        return problemsOf(*m_error, nullptr);
    if (m_flow && m_flow->state() == State::Failed && m_manifest)
        return problemsOf(m_flow->error(), &*m_manifest);
    return {};
}

bool ObjectSession::canApply() const
{
    return m_flow && !m_error && m_flow->state() == State::Previewed && m_flow->changesAnything();
}

QString ObjectSession::applyWords() const
{
    return tr("Apply to %1", "the name of an object").arg(m_target.name);
}

QString ObjectSession::command() const
{
    return m_flow && m_cluster
               ? change::kubectlCommand(change::originOf(m_cluster->context(), m_cluster->address()), m_flow->intent())
               : QString();
}

QString ObjectSession::whyOff() const
{
    return m_cluster && m_cluster->isSnapshot() ? messages::snapshotNotice(messages::LiveOnly::Apply) : QString();
}

void ObjectSession::tryOut(const QString& text)
{
    m_flow.reset();
    m_error.reset();
    m_manifest.reset();
    m_nothing = false;
    if (!m_cluster || !m_cluster->isOpen())
        return;
    auto manifests = kube::parseManifests(text.toUtf8());
    if (!manifests) {
        m_error = manifests.error();
    } else if (manifests->size() != 1) {
        m_error = config::yamlError(QStringLiteral("manifestOneObject"), {}, {});
    } else {
        m_manifest = std::move(manifests->front());
        const kube::Json& object = m_manifest->object();
        const bool isSame =
            kube::rawText(object, {"kind"}) == m_target.resource.kind &&
            kube::rawText(object, {"apiVersion"}) == kube::rawText(m_original, {"apiVersion"}) &&
            kube::rawText(object, {"metadata", "name"}) == m_target.name &&
            kube::rawText(object, {"metadata", "namespace"}) == kube::rawText(m_original, {"metadata", "namespace"});
        if (!isSame)
            m_error = config::yamlError(QStringLiteral("manifestOtherObject"), m_manifest->place(), m_target.name);
    }
    if (!m_error) {
        if (auto whole = kube::unmasked(m_manifest->object(), m_original))
            m_manifest->setObject(std::move(*whole));
        else
            m_error = whole.error();
    }
    if (!m_error) {
        auto intent = std::make_shared<const change::EditIntent>(m_target, m_original, m_manifest->object());
        m_nothing = intent->isEmpty();
        if (!m_nothing) {
            m_flow = std::make_unique<change::Flow>(m_cluster->client(),
                                                    change::originOf(m_cluster->context(), m_cluster->address()),
                                                    std::move(intent), &m_log);
            connect(m_flow.get(), &change::Flow::stateChanged, this, &ObjectSession::changed);
            m_flow->preview();
        }
    }
    Q_EMIT changed();
}

void ObjectSession::apply()
{
    if (canApply())
        m_flow->apply();
}

std::vector<change::ImmutableField> ObjectSession::immutable() const
{
    if (!m_flow || !m_manifest || m_flow->state() != State::Failed)
        return {};
    return change::immutableFields(m_flow->live(), m_manifest->object(), m_flow->error());
}

void ObjectSession::choose(std::size_t, const QString& way)
{
    if (const auto fields = immutable(); way == QLatin1String("recreate") && !fields.empty())
        Q_EMIT recreateRequested(m_target, *m_manifest, m_flow->live(), fields);
}

void ObjectSession::cancel()
{
    if (m_flow)
        m_flow->cancel();
}

} // namespace ui
