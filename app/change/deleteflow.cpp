#include "app/change/deleteflow.h"

#include "app/base/visible.h"
#include "app/change/workloadintents.h"
#include "app/kube/jsonread.h"
#include "app/kube/secrets.h"
#include "app/kube/serverfields.h"

#include <algorithm>

namespace change {
namespace {

using kube::Json;

constexpr std::size_t ManyObjects = 10;

/// What somebody wrote in it: the rest moves by itself.
Json writtenIn(Json object)
{
    object.erase("status");
    return kube::withoutVersion(std::move(object));
}

bool isResource(const Target& target, const char* key)
{
    return target.resource.key() == QLatin1String(key);
}

bool isSystemNamespace(const QString& name)
{
    return name == QLatin1String("kube-system") || name == QLatin1String("kube-public") ||
           name == QLatin1String("kube-node-lease") || name == QLatin1String("tke");
}

} // namespace

QString idOf(Propagation propagation)
{
    switch (propagation) {
    case Propagation::Background:
        return QStringLiteral("Background");
    case Propagation::Foreground:
        return QStringLiteral("Foreground");
    case Propagation::Orphan:
        return QStringLiteral("Orphan");
    }
    return {};
}

bool isSystemObject(const Target& target)
{
    if (isResource(target, "namespaces"))
        return isSystemNamespace(target.name) || target.name == QLatin1String("default");
    if (isResource(target, "clusterroles.rbac.authorization.k8s.io") ||
        isResource(target, "clusterrolebindings.rbac.authorization.k8s.io"))
        return target.name.startsWith(QLatin1String("system:")) || target.name == QLatin1String("cluster-admin");
    const bool isApiServer = target.nameSpace == QLatin1String("default") &&
                             target.name == QLatin1String("kubernetes") && target.resource.group.isEmpty();
    return isSystemNamespace(target.nameSpace) || isApiServer;
}

bool wantsTyping(const std::vector<Target>& targets)
{
    return targets.size() > ManyObjects || std::ranges::any_of(targets, [](const Target& target) {
               return isResource(target, "namespaces") || isResource(target, "nodes") ||
                      isResource(target, "persistentvolumes") ||
                      isResource(target, "customresourcedefinitions.apiextensions.k8s.io") || isSystemObject(target);
           });
}

std::vector<Notice> deletionNotices(const Target& target, const Json& live)
{
    std::vector<Notice> notices;
    const auto say = [&notices](const char* id, const QString& detail = {}, const QString& subject = {}) {
        notices.push_back({QLatin1String(id), detail, subject});
    };
    if (isResource(target, "leases.coordination.k8s.io") && target.nameSpace == QLatin1String("kube-node-lease"))
        say("nodeLease");
    else if (isSystemObject(target))
        say("systemObject");
    if (isResource(target, "namespaces"))
        say("allInNamespace");
    else if (isResource(target, "customresourcedefinitions.apiextensions.k8s.io"))
        say("allOfKind", base::visible(kube::rawText(live, {"spec", "names", "kind"})));
    else if (isResource(target, "nodes"))
        say("nodeStays");
    else if (isResource(target, "persistentvolumes") && kube::at(live, {"spec", "claimRef"}).is_object())
        say("boundClaim",
            base::visible(kube::rawText(live, {"spec", "claimRef", "namespace"}) + QLatin1Char('/') +
                          kube::rawText(live, {"spec", "claimRef", "name"})),
            base::visible(kube::rawText(live, {"spec", "persistentVolumeReclaimPolicy"})));
    if (const QString since = kube::rawText(live, {"metadata", "deletionTimestamp"}); !since.isEmpty())
        say("terminating", base::visible(since));
    QStringList finalizers;
    for (const Json& finalizer : kube::elements(live, {"metadata", "finalizers"}))
        finalizers += base::visible(kube::rawText(finalizer));
    for (const Json& finalizer : kube::elements(live, {"spec", "finalizers"})) // a namespace's own
        if (isResource(target, "namespaces") && kube::rawText(finalizer) != QLatin1String("kubernetes"))
            finalizers += base::visible(kube::rawText(finalizer));
    if (!finalizers.isEmpty())
        say("finalizers", finalizers.join(QLatin1String(", ")));
    for (Notice notice : keepersOf(live, {})) {
        if (notice.id == QLatin1String("ownedBy"))
            notice.id = QStringLiteral("comesBack");
        notices.push_back(std::move(notice));
    }
    return notices;
}

DeleteFlow::DeleteFlow(kube::Client client, Origin origin, Target target, QString uid, Propagation propagation,
                       const WriteLog* log, QObject* parent)
    : WriteFlow(client, std::move(origin), std::move(target), log, parent),
      m_uid(std::move(uid)),
      m_propagation(propagation)
{
    m_verb = "DELETE";
}

void DeleteFlow::beginAnew()
{
    m_diff.clear();
    m_expected.reset();
    m_retries = 0;
}

void DeleteFlow::apply()
{
    if (state() != State::Previewed)
        return;
    m_applying = true;
    setState(State::Applying);
    send(Send::ForGood);
}

void DeleteFlow::takeRead(const Answer& reply)
{
    auto object = objectOf(reply);
    if (!object) {
        fail(object.error());
        return;
    }
    m_live = std::move(*object);
    if (!m_uid.isEmpty() && kube::rawText(m_live, {"metadata", "uid"}) != m_uid) {
        fail(about(base::ErrorKind::Conflict, QStringLiteral("otherObject")));
        return;
    }
    Json seen = writtenIn(m_live);
    if (m_expected && *m_expected != seen) {
        m_diff = diffObjects(m_seen, m_live);
        m_error = about(base::ErrorKind::Conflict, QStringLiteral("touchedValuesChanged"));
        m_applying = false;
        setState(State::Conflicted);
        return;
    }
    m_expected = std::move(seen);
    m_seen = m_live;
    m_notices = deletionNotices(m_target, m_live);
    setState(m_applying ? State::Rebasing : State::DryRunning);
    send(Send::DryRun);
}

Json DeleteFlow::options(Send send) const
{
    // A server reads the options from the body, and then nothing from the query.
    Json options{{"kind", "DeleteOptions"},
                 {"apiVersion", "v1"},
                 {"propagationPolicy", idOf(m_propagation).toStdString()},
                 {"preconditions",
                  {{"uid", kube::rawText(m_live, {"metadata", "uid"}).toStdString()},
                   {"resourceVersion", versionOf(m_live).toStdString()}}}};
    if (send == Send::DryRun)
        options["dryRun"] = Json::array({"All"});
    return options;
}

void DeleteFlow::send(Send send)
{
    transport::Request request{.verb = m_verb, .path = m_target.path()};
    if (send == Send::DryRun)
        request.query.emplace_back(QStringLiteral("dryRun"), QStringLiteral("All"));
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = kube::toBytes(options(send));
    ask(std::move(request), send == Send::DryRun ? &DeleteFlow::takeDryRun : &DeleteFlow::takeSent);
}

void DeleteFlow::takeDryRun(const Answer& reply)
{
    if (!reply && isOfSnapshot(reply.error()) && !m_applying) {
        setState(State::Previewed);
        return;
    }
    if (!reply) {
        if (!goesAround(reply.error(), m_applying ? Pause::ByChance : Pause::None))
            fail(reply.error());
        return;
    }
    takeWarnings(*reply);
    if (!m_applying) {
        setState(State::Previewed);
        return;
    }
    setState(State::Applying);
    send(Send::ForGood);
}

void DeleteFlow::takeSent(const Answer& reply)
{
    if (!reply) {
        if (goesAround(reply.error(), Pause::ByChance))
            return;
        keepNotDone(reply.error());
        fail(reply.error());
        return;
    }
    // Either a Status, and it is gone, or the object as it waits for its finalizers, its dependents or its pods' end.
    const auto answer = kube::parseJson(reply->body);
    m_answer = answer ? *answer : Json(nullptr);
    m_gone = !kube::at(m_answer, {"metadata", "deletionTimestamp"}).is_string();
    m_applying = false;
    keepDone();
    setState(State::Applied);
}

QStringList DeleteFlow::kubectl() const
{
    return QStringList{QStringLiteral("delete")} + kubectlObject(m_target) +
           QStringList{QStringLiteral("--cascade=") + idOf(m_propagation).toLower()};
}

QString DeleteFlow::curl() const
{
    return curlDeleteCommand(
        m_origin, m_target,
        {{"kind", "DeleteOptions"}, {"apiVersion", "v1"}, {"propagationPolicy", idOf(m_propagation).toStdString()}});
}

void DeleteFlow::describe(WriteEntry& entry, bool) const
{
    entry.intent = QStringLiteral("delete");
    entry.before = kube::withoutSecrets(m_live);
    if (entry.before.is_object() && entry.before.contains("metadata") && entry.before["metadata"].is_object())
        entry.before["metadata"].erase("managedFields");
    entry.resourceVersionBefore = versionOf(m_live);
}

} // namespace change
