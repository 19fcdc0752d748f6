#include "app/change/manifestflow.h"

#include "app/change/editintent.h"
#include "app/change/merge.h"
#include "app/kube/serverfields.h"

#include <algorithm>

namespace change {

using kube::Json;

ManifestFlow::ManifestFlow(kube::Client client, Origin origin, Target target, kube::Manifest manifest,
                           const WriteLog* log, bool force, QObject* parent)
    : WriteFlow(client, std::move(origin), std::move(target), log, parent),
      m_manifest(std::move(manifest)),
      m_force(force)
{
}

bool ManifestFlow::isOwnedByOthers() const
{
    // k8s.io/apimachinery/pkg/apis/meta/v1/types.go, CauseTypeFieldManagerConflict
    return m_error.kind == base::ErrorKind::Conflict &&
           std::ranges::any_of(m_error.causes, [](const base::ErrorCause& cause) {
               return cause.reason == QLatin1String("FieldManagerConflict");
           });
}

void ManifestFlow::createOnly()
{
    m_createOnly = true;
    m_knowsApply = false; // an apply would change what somebody made a moment ago; a POST is refused then
}

void ManifestFlow::beginAnew()
{
    m_expected.reset();
    m_action = Action::Unknown;
    m_immutable.clear();
}

void ManifestFlow::apply()
{
    if (state() != State::Previewed)
        return;
    if (m_action == Action::Unchanged) {
        setState(State::Applied);
        return;
    }
    m_applying = true;
    setState(State::Applying);
    write(Send::ForGood);
}

void ManifestFlow::takeRead(const Answer& reply)
{
    auto object = objectOf(reply);
    const bool isThere = object.has_value();
    if (!isThere && object.error().kind != base::ErrorKind::NotFound) {
        fail(object.error());
        return;
    }
    if (isThere && m_createOnly) {
        m_applying = false;
        fail(about(base::ErrorKind::Conflict, QStringLiteral("alreadyThere")));
        return;
    }
    m_live = isThere ? std::move(*object) : Json(nullptr);
    Json seen = isThere ? valuesAt(wanted(), m_live) : Json(nullptr);
    if (m_expected && *m_expected != seen) {
        m_error = about(base::ErrorKind::Conflict, QStringLiteral("touchedValuesChanged"));
        m_applying = false;
        setState(State::Conflicted);
        return;
    }
    m_expected = std::move(seen);
    m_notices = isThere ? keepersOf(m_live, {}) : std::vector<Notice>{};
    // Which fields are another manager's the server says itself.
    std::erase_if(m_notices, [](const Notice& notice) { return notice.id == QLatin1String("otherManager"); });
    m_action = isThere ? Action::Update : Action::Create;
    setState(m_applying ? State::Rebasing : State::DryRunning);
    write(Send::DryRun);
}

Json ManifestFlow::wanted() const
{
    Json object = kube::withoutServerFields(m_manifest.object());
    if (!m_target.nameSpace.isEmpty())
        object["metadata"]["namespace"] = m_target.nameSpace.toStdString();
    return m_kept.empty() ? object : keeping(std::move(object), m_live, m_kept);
}

void ManifestFlow::keepImmutable()
{
    if (state() != State::Failed || m_immutable.empty())
        return;
    m_kept.insert(m_kept.end(), m_immutable.begin(), m_immutable.end());
    preview();
}

void ManifestFlow::refuse(const base::Error& error)
{
    m_immutable = immutableFields(m_live, wanted(), error);
    fail(error);
}

void ManifestFlow::write(Send send)
{
    Json body = wanted();
    transport::Request request{.verb = "PATCH", .path = m_target.path()};
    request.query = {{QStringLiteral("fieldManager"), FieldManager},
                     {QStringLiteral("fieldValidation"), QStringLiteral("Strict")}};
    if (send == Send::DryRun)
        request.query.emplace_back(QStringLiteral("dryRun"), QStringLiteral("All"));
    if (!m_live.is_null())
        body["metadata"]["resourceVersion"] = versionOf(m_live).toStdString();
    if (m_knowsApply) {
        if (m_force)
            request.query.emplace_back(QStringLiteral("force"), QStringLiteral("true"));
        request.headers.emplace_back("Content-Type", "application/apply-patch+yaml");
    } else if (m_live.is_null()) {
        request.verb = "POST";
        request.path = m_target.resource.path(m_target.nameSpace);
        request.headers.emplace_back("Content-Type", "application/json");
    } else {
        request.headers.emplace_back("Content-Type", "application/merge-patch+json");
    }
    request.body = kube::toBytes(body);
    ask(std::move(request), send == Send::DryRun ? &ManifestFlow::takeDryRun : &ManifestFlow::takeSent);
}

bool ManifestFlow::isOlderServer(const base::Error& error)
{
    // Before 1.16 there is no server-side apply.
    if (!m_knowsApply || error.reason != QLatin1String("UnsupportedMediaType"))
        return false;
    m_knowsApply = false;
    return true;
}

void ManifestFlow::takeDryRun(const Answer& reply)
{
    auto object = objectOf(reply);
    if (!object) {
        m_error = object.error();
        // What server-side apply finds in a manifest against its schema comes as a failure of the server.
        if (m_error.kind == base::ErrorKind::Server && !kube::fieldProblems(m_error).empty())
            m_error.kind = base::ErrorKind::Invalid;
        if (isOlderServer(m_error)) {
            write(Send::DryRun);
            return;
        }
        if (isOfSnapshot(m_error) && !m_applying) { // merged by ourselves, without what a server would add
            m_error = {};
            m_answer = patched(m_live.is_null() ? Json::object() : m_live, wanted(), PatchType::Strategic);
            m_diff = diffObjects(m_live, m_answer);
            if (m_action == Action::Update && m_diff.empty())
                m_action = Action::Unchanged;
            setState(State::Previewed);
            return;
        }
        if (!isOwnedByOthers() && goesAround(m_error, Pause::None))
            return;
        if (isOwnedByOthers() && !m_live.is_null()) {
            probeImmutable();
            return;
        }
        refuse(base::Error(m_error));
        return;
    }
    m_error = {};
    takeWarnings(*reply);
    m_answer = std::move(*object);
    m_diff = diffObjects(m_live, m_answer);
    if (m_action == Action::Update && m_diff.empty())
        m_action = Action::Unchanged;
    if (!m_applying) {
        setState(State::Previewed);
        return;
    }
    setState(State::Applying);
    write(Send::ForGood);
}

/// Who owns a field is asked before whether it may change at all: taking it over would be no way out then. A dry run
/// that knows no owners tells.
void ManifestFlow::probeImmutable()
{
    transport::Request request{.verb = "PATCH", .path = m_target.path()};
    request.query = {{QStringLiteral("dryRun"), QStringLiteral("All")}};
    request.headers.emplace_back("Content-Type", "application/merge-patch+json");
    request.body = kube::toBytes(wanted());
    ask(std::move(request), &ManifestFlow::takeProbe);
}

void ManifestFlow::takeProbe(const Answer& reply)
{
    const base::Error owned = m_error;
    if (!reply)
        m_immutable = immutableFields(m_live, wanted(), reply.error());
    fail(m_immutable.empty() ? owned : reply.error());
}

void ManifestFlow::takeSent(const Answer& reply)
{
    auto object = objectOf(reply);
    if (!object) {
        m_error = object.error();
        if (!isOwnedByOthers() && goesAround(m_error, Pause::ByChance))
            return;
        keepNotDone(m_error);
        fail(m_error);
        return;
    }
    m_answer = std::move(*object);
    m_applying = false;
    keepDone();
    setState(State::Applied);
}

void ManifestFlow::describe(WriteEntry& entry, bool isDone) const
{
    const auto kept = [this](const Json& object) { return object.is_null() ? object : valuesAt(wanted(), object); };
    entry.intent = QStringLiteral("apply");
    if (!m_knowsApply && m_live.is_null())
        entry.verb = "POST";
    entry.before = kept(m_live);
    entry.after = isDone ? kept(m_answer) : Json(nullptr);
    entry.resourceVersionBefore = versionOf(m_live);
    entry.resourceVersionAfter = isDone ? versionOf(m_answer) : QString();
}

} // namespace change
