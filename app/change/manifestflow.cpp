#include "app/change/manifestflow.h"

#include "app/change/editintent.h"
#include "app/kube/jsonread.h"

#include <algorithm>

namespace change {
namespace {

using kube::Json;

constexpr int MostRetries = 20;

QString versionOf(const Json& object)
{
    return kube::rawText(object, {"metadata", "resourceVersion"});
}

/// What of `object` the manifest speaks of; lists as a whole.
Json spokenOf(const Json& manifest, const Json& object)
{
    Json values = Json::object();
    for (const auto& [key, value] : manifest.items()) {
        const bool isThere = object.is_object() && object.contains(key);
        const Json here = isThere ? object[key] : Json(nullptr);
        values[key] = value.is_object() && here.is_object() ? spokenOf(value, here) : here;
    }
    return values;
}

/// For the log, which holds nothing of a Secret.
Json withoutSecrets(Json object)
{
    if (object.is_object()) {
        object.erase("data");
        object.erase("stringData");
    }
    return object;
}

} // namespace

ManifestFlow::ManifestFlow(kube::Client client, Origin origin, Target target, kube::Manifest manifest,
                           const WriteLog* log, bool force, QObject* parent)
    : QObject(parent),
      m_client(client),
      m_origin(std::move(origin)),
      m_target(std::move(target)),
      m_manifest(std::move(manifest)),
      m_log(log),
      m_force(force)
{
}

ManifestFlow::~ManifestFlow()
{
    if (m_cancel)
        m_cancel();
}

bool ManifestFlow::isBusy() const
{
    return m_state == State::Reading || m_state == State::DryRunning || m_state == State::Applying ||
           m_state == State::Rebasing;
}

bool ManifestFlow::isOwnedByOthers() const
{
    // k8s.io/apimachinery/pkg/apis/meta/v1/types.go, CauseTypeFieldManagerConflict
    return m_error.kind == base::ErrorKind::Conflict &&
           std::ranges::any_of(m_error.causes, [](const base::ErrorCause& cause) {
               return cause.reason == QLatin1String("FieldManagerConflict");
           });
}

void ManifestFlow::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit stateChanged(state);
}

void ManifestFlow::fail(const base::Error& error)
{
    m_error = error;
    m_applying = false;
    setState(State::Failed);
}

void ManifestFlow::ask(transport::Request request, void (ManifestFlow::*take)(const Answer&))
{
    const quint64 generation = ++m_generation;
    auto call = m_client.ask(std::move(request));
    m_cancel = call.cancel;
    call.future.then(this, [this, generation, take](const Answer& reply) {
        if (generation != m_generation)
            return;
        m_cancel = nullptr;
        (this->*take)(reply);
    });
}

void ManifestFlow::preview()
{
    if (isBusy() || m_state == State::Applied)
        return;
    m_error = {};
    m_expected.reset();
    m_action = Action::Unknown;
    if (m_origin.readOnly) {
        fail({.kind = base::ErrorKind::ReadOnly,
              .asked = QStringLiteral("PATCH ") + QString::fromLatin1(m_target.path()),
              .ofWhom = m_origin.address});
        return;
    }
    read(State::Reading);
}

void ManifestFlow::apply()
{
    if (m_state != State::Previewed)
        return;
    if (m_action == Action::Unchanged) {
        setState(State::Applied);
        return;
    }
    m_applying = true;
    setState(State::Applying);
    write(Send::ForGood);
}

void ManifestFlow::cancel()
{
    if (!isBusy())
        return;
    ++m_generation;
    const bool wasSent = m_state == State::Applying;
    if (const auto cancel = std::exchange(m_cancel, nullptr))
        cancel();
    const base::Error error{.kind = base::ErrorKind::Canceled,
                            .asked = QStringLiteral("PATCH ") + QString::fromLatin1(m_target.path()),
                            .ofWhom = m_origin.address};
    if (wasSent)
        keep(QStringLiteral("unknown"), error);
    fail(error);
}

void ManifestFlow::read(State state)
{
    setState(state);
    ask({.path = m_target.path()}, &ManifestFlow::takeRead);
}

base::Result<Json> ManifestFlow::objectOf(const Answer& reply) const
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

void ManifestFlow::takeRead(const Answer& reply)
{
    auto object = objectOf(reply);
    const bool isThere = object.has_value();
    if (!isThere && object.error().kind != base::ErrorKind::NotFound) {
        fail(object.error());
        return;
    }
    m_live = isThere ? std::move(*object) : Json(nullptr);
    Json seen = isThere ? spokenOf(wanted(), m_live) : Json(nullptr);
    if (m_expected && *m_expected != seen) {
        m_error = {.kind = base::ErrorKind::Conflict,
                   .reason = QStringLiteral("touchedValuesChanged"),
                   .asked = QStringLiteral("PATCH ") + QString::fromLatin1(m_target.path()),
                   .ofWhom = m_origin.address};
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
        fail(m_error);
        return;
    }
    m_error = {};
    const auto warnings = warningsOf(reply->head);
    m_notices.insert(m_notices.end(), warnings.begin(), warnings.end());
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

void ManifestFlow::takeSent(const Answer& reply)
{
    auto object = objectOf(reply);
    if (!object) {
        m_error = object.error();
        if (m_error.kind == base::ErrorKind::Conflict && !isOwnedByOthers() && ++m_retries <= MostRetries) {
            read(State::Rebasing);
            return;
        }
        keep(m_error.httpStatus > 0 ? QStringLiteral("refused") : QStringLiteral("unknown"), m_error);
        fail(m_error);
        return;
    }
    m_answer = std::move(*object);
    m_applying = false;
    keep(QStringLiteral("applied"), {});
    setState(State::Applied);
}

void ManifestFlow::keep(const QString& outcome, const base::Error& error)
{
    if (!m_log)
        return;
    const bool isDone = outcome == QLatin1String("applied");
    const bool isSecret = m_target.resource.kind == QLatin1String("Secret") && m_target.resource.group.isEmpty();
    const auto kept = [&](const Json& object) {
        Json values = object.is_null() ? object : spokenOf(wanted(), object);
        return isSecret ? withoutSecrets(std::move(values)) : values;
    };
    WriteEntry entry;
    entry.at = QDateTime::currentDateTimeUtc();
    entry.context = m_origin.context;
    entry.user = m_origin.user;
    entry.address = m_origin.address;
    entry.verb = m_knowsApply || !m_live.is_null() ? "PATCH" : "POST";
    entry.target = m_target.path();
    entry.ref = m_target.ref();
    entry.ref.uid = kube::rawText(isDone ? m_answer : m_live, {"metadata", "uid"});
    entry.intent = QStringLiteral("apply");
    entry.before = kept(m_live);
    entry.after = isDone ? kept(m_answer) : Json(nullptr);
    entry.resourceVersionBefore = versionOf(m_live);
    entry.resourceVersionAfter = isDone ? versionOf(m_answer) : QString();
    entry.outcome = outcome;
    if (!isDone)
        entry.error = base::idOf(error.kind) + QLatin1String(": ") + error.said;
    if (const auto added = m_log->add(entry); !added)
        m_logError = added.error();
}

} // namespace change
