#include "app/change/manifestflow.h"

#include "app/change/editintent.h"
#include "app/change/immutable.h"

#include <algorithm>

namespace change {
namespace {

using kube::Json;

constexpr int MostRetries = 20;

} // namespace

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

void ManifestFlow::preview()
{
    if (isBusy() || state() == State::Applied)
        return;
    m_error = {};
    m_expected.reset();
    m_action = Action::Unknown;
    if (refuseReadOnly())
        return;
    read(State::Reading);
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

void ManifestFlow::read(State state)
{
    setState(state);
    ask({.path = m_target.path()}, &ManifestFlow::takeRead);
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
    Json object = m_manifest.object();
    if (!m_target.nameSpace.isEmpty())
        object["metadata"]["namespace"] = m_target.nameSpace.toStdString();
    for (const char* kept : {"managedFields", "resourceVersion", "uid", "creationTimestamp", "generation", "selfLink"})
        object["metadata"].erase(kept);
    object.erase("status");
    return object;
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
    request.body = QByteArray::fromStdString(body.dump(-1, ' ', false, Json::error_handler_t::replace));
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
        if (m_error.kind == base::ErrorKind::Conflict && !isOwnedByOthers() && ++m_retries <= MostRetries) {
            read(m_applying ? State::Rebasing : State::Reading);
            return;
        }
        if (isOwnedByOthers() && !m_live.is_null()) {
            probeImmutable();
            return;
        }
        fail(m_error);
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
    request.body = QByteArray::fromStdString(wanted().dump(-1, ' ', false, Json::error_handler_t::replace));
    ask(std::move(request), &ManifestFlow::takeProbe);
}

void ManifestFlow::takeProbe(const Answer& reply)
{
    if (!reply && !immutableFields(m_live, wanted(), reply.error()).empty())
        m_error = reply.error();
    fail(base::Error(m_error));
}

void ManifestFlow::takeSent(const Answer& reply)
{
    auto object = objectOf(reply);
    if (!object) {
        m_error = object.error();
        if (m_error.kind == base::ErrorKind::Conflict && !isOwnedByOthers() && ++m_retries <= MostRetries) {
            setState(State::Rebasing);
            later(pauseBeforeRetry(), [this] { read(State::Rebasing); });
            return;
        }
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
