#include "app/change/recreation.h"

#include "app/kube/jsonread.h"
#include "app/kube/serverfields.h"

namespace change {
namespace {

using kube::Json;

constexpr qsizetype LongestName = 63; // of a Service, the narrowest
const QString TrialEnding = QStringLiteral("-trial");

/// Without what the old object holds as long as it is there.
Json withoutHeldNumbers(Json object)
{
    if (kube::rawText(object, {"kind"}) != QLatin1String("Service") || !kube::at(object, {"spec"}).is_object())
        return object;
    Json& spec = object["spec"];
    for (const char* held : {"clusterIP", "clusterIPs", "healthCheckNodePort"})
        if (kube::rawText(spec, {held}) != QLatin1String("None"))
            spec.erase(held);
    if (spec.contains("ports") && spec["ports"].is_array())
        for (Json& port : spec["ports"])
            if (port.is_object())
                port.erase("nodePort");
    return object;
}

/// What the server made of the trial, under the name that was meant. The numbers that it chose for the trial are not
/// those that the object will have.
Json withWantedNumbers(const Json& trial, const Json& wanted, const QString& name)
{
    Json made = withoutHeldNumbers(trial);
    made["metadata"]["name"] = name.toStdString();
    for (const char* held : {"clusterIP", "clusterIPs"})
        if (const Json& number = kube::at(wanted, {"spec", held}); !number.is_null())
            made["spec"][held] = number;
    return made;
}

} // namespace

Recreation::Recreation(kube::Client client, Origin origin, Target target, kube::Manifest manifest, QString uid,
                       Propagation propagation, const WriteLog* log, QObject* parent)
    : QObject(parent),
      m_client(client),
      m_origin(origin),
      m_target(target),
      m_manifest(std::move(manifest)),
      m_log(log),
      m_deletion(client, origin, target, std::move(uid), propagation, log)
{
    m_wait.setSingleShot(true);
    m_wait.setInterval(LookAgain);
    connect(&m_wait, &QTimer::timeout, this, &Recreation::look);
    connect(&m_deletion, &WriteFlow::stateChanged, this, &Recreation::deletionWent);
}

bool Recreation::isBusy() const
{
    return m_state == State::Trying || m_state == State::Deleting || m_state == State::Waiting ||
           m_state == State::Creating;
}

void Recreation::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit stateChanged(state);
}

void Recreation::fail(const base::Error& error)
{
    m_error = error;
    setState(State::Failed);
}

void Recreation::preview()
{
    if (isBusy() || m_isLost || m_state == State::Done || m_state == State::PutBack)
        return;
    m_error = {};
    setState(State::Trying);
    m_deletion.preview();
}

void Recreation::apply()
{
    if (m_state != State::Previewed)
        return;
    setState(State::Deleting);
    m_deletion.apply();
}

void Recreation::cancel()
{
    if (m_state != State::Trying && m_state != State::Waiting)
        return;
    m_wait.stop();
    m_calls.cancel();
    m_isLost = m_state == State::Waiting; // or will be, as soon as its finalizers are done
    const bool wasTrying = m_deletion.isBusy();
    if (wasTrying)
        m_deletion.cancel();
    if (m_state != State::Failed)
        fail({.kind = base::ErrorKind::Canceled,
              .asked = QString::fromLatin1(m_target.path()),
              .ofWhom = m_origin.address});
}

void Recreation::deletionWent(WriteFlow::State state)
{
    switch (state) {
    case WriteFlow::State::Previewed:
        m_old = m_deletion.live();
        tryNew();
        break;
    case WriteFlow::State::Failed:
    case WriteFlow::State::Conflicted:
        fail(m_deletion.error());
        break;
    case WriteFlow::State::Applied:
        setState(State::Waiting);
        look();
        break;
    default:
        break;
    }
}

void Recreation::tryNew()
{
    Json trial = withoutHeldNumbers(kube::withoutServerFields(m_manifest.object()));
    trial["metadata"]["name"] = (m_target.name.left(LongestName - TrialEnding.size()) + TrialEnding).toStdString();
    if (!m_target.nameSpace.isEmpty())
        trial["metadata"]["namespace"] = m_target.nameSpace.toStdString();
    transport::Request request{.verb = "POST", .path = m_target.resource.path(m_target.nameSpace)};
    request.query = {{QStringLiteral("dryRun"), QStringLiteral("All")},
                     {QStringLiteral("fieldValidation"), QStringLiteral("Strict")}};
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = kube::toBytes(trial);
    m_calls.cancel();
    m_calls.follow(m_client.ask(std::move(request)), [this](const base::Result<transport::Reply>& reply) {
        if (!reply) {
            fail(reply.error());
            return;
        }
        if (const auto made = kube::parseJson(reply->body))
            m_made = withWantedNumbers(*made, m_manifest.object(), m_target.name);
        setState(State::Previewed);
    });
}

void Recreation::look()
{
    m_calls.cancel();
    m_calls.follow(m_client.askJson({.path = m_target.path()}), [this](const base::Result<Json>& object) {
        const bool isGone = !object && object.error().kind == base::ErrorKind::NotFound;
        if (isGone) {
            m_isLost = true;
            create(m_manifest, State::Done);
            return;
        }
        const bool isSame =
            !object || kube::rawText(*object, {"metadata", "uid"}) == kube::rawText(m_old, {"metadata", "uid"});
        if (isSame) // nobody answered, or it waits for its finalizers
            m_wait.start();
        else
            fail({.kind = base::ErrorKind::Conflict,
                  .reason = QStringLiteral("alreadyThere"),
                  .asked = QString::fromLatin1(m_target.path()),
                  .ofWhom = m_origin.address});
    });
}

void Recreation::putBack()
{
    if (m_state != State::Failed || !m_isLost)
        return;
    const auto manifests = kube::parseManifests(kube::toBytes(kube::withoutServerFields(m_old)));
    if (manifests && manifests->size() == 1)
        create(manifests->front(), State::PutBack);
    else if (!manifests)
        fail(manifests.error());
}

void Recreation::create(kube::Manifest manifest, State done)
{
    m_error = {};
    m_creation = std::make_unique<ManifestFlow>(m_client, m_origin, m_target, std::move(manifest), m_log, false);
    m_creation->createOnly();
    connect(m_creation.get(), &WriteFlow::stateChanged, this, [this, done](WriteFlow::State state) {
        if (state == WriteFlow::State::Previewed)
            m_creation->apply();
        else if (state == WriteFlow::State::Failed || state == WriteFlow::State::Conflicted)
            fail(m_creation->error());
        else if (state == WriteFlow::State::Applied) {
            m_isLost = false;
            m_made = m_creation->answer();
            setState(done);
        }
    });
    setState(State::Creating);
    m_creation->preview();
}

} // namespace change
