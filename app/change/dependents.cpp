#include "app/change/dependents.h"

#include "app/base/visible.h"
#include "app/kube/jsonread.h"

#include <QRegularExpression>
#include <algorithm>

namespace change {
namespace {

constexpr int PageSize = 500;
constexpr std::size_t MostFound = 50'000;

/// What the built-in controllers make for objects of a kind, theirs included. Of any other kind nobody can tell, and
/// all kinds of the namespace are looked through.
std::optional<QStringList> knownDependents(const QString& key)
{
    static const std::map<QString, QStringList> known{
        {QStringLiteral("pods"), {QStringLiteral("persistentvolumeclaims")}},
        {QStringLiteral("replicationcontrollers"), {QStringLiteral("pods")}},
        {QStringLiteral("replicasets.apps"), {QStringLiteral("pods")}},
        {QStringLiteral("deployments.apps"), {QStringLiteral("replicasets.apps"), QStringLiteral("pods")}},
        {QStringLiteral("daemonsets.apps"), {QStringLiteral("pods"), QStringLiteral("controllerrevisions.apps")}},
        {QStringLiteral("statefulsets.apps"),
         {QStringLiteral("pods"), QStringLiteral("controllerrevisions.apps"),
          QStringLiteral("persistentvolumeclaims")}},
        {QStringLiteral("jobs.batch"), {QStringLiteral("pods")}},
        {QStringLiteral("cronjobs.batch"), {QStringLiteral("jobs.batch"), QStringLiteral("pods")}},
        {QStringLiteral("services"), {QStringLiteral("endpointslices.discovery.k8s.io"), QStringLiteral("endpoints")}}};
    const auto found = known.find(key);
    return found == known.end() ? std::nullopt : std::optional(found->second);
}

bool isEvent(const kube::ApiResource& resource)
{
    return resource.resource == QLatin1String("events");
}

transport::Request metadataOf(const kube::ApiResource& resource, const QString& nameSpace, int limit)
{
    transport::Request request{.path = resource.path(nameSpace)};
    request.query.emplace_back(QStringLiteral("limit"), QString::number(limit));
    request.headers.emplace_back("Accept", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,"
                                           "application/json");
    return request;
}

} // namespace

DependentsSurvey::DependentsSurvey(kube::Client client, const kube::ApiCatalog& catalog, QObject* parent)
    : QObject(parent),
      m_client(client),
      m_catalog(catalog)
{
}

DependentsSurvey::~DependentsSurvey()
{
    giveUp();
}

void DependentsSurvey::giveUp()
{
    ++m_generation;
    m_open = 0;
    for (const auto& cancel : std::exchange(m_cancels, {}))
        cancel();
}

void DependentsSurvey::ask(transport::Request request, std::function<void(const base::Result<kube::Json>&)> take)
{
    ++m_open;
    auto call = m_client.askJson(std::move(request));
    m_cancels.push_back(call.cancel);
    call.future.then(this,
                     [this, generation = m_generation, take = std::move(take)](const base::Result<kube::Json>& answer) {
                         if (generation != m_generation)
                             return;
                         take(answer);
                         if (--m_open > 0)
                             return;
                         m_cancels.clear();
                         work();
                         emit finished();
                     });
}

void DependentsSurvey::read(std::vector<Doomed> doomed)
{
    giveUp();
    m_doomed = std::move(doomed);
    m_found.clear();
    m_asked.clear();
    m_dependents = {};
    ++m_open; // nothing is finished before all is asked
    for (const Doomed& each : m_doomed) {
        const Target& target = each.target;
        const QString key = target.resource.key();
        if (key == QLatin1String("namespaces")) {
            for (const kube::ApiResource& resource : m_catalog.resources)
                if (resource.namespaced && resource.can(QLatin1String("list")) && !isEvent(resource))
                    askCount(resource, target.name, {}, Dependents::Relation::Contents);
        } else if (key == QLatin1String("nodes")) {
            if (const kube::ApiResource* pods = m_catalog.find(QStringLiteral("pods")))
                askCount(*pods, {}, QStringLiteral("spec.nodeName=") + target.name, Dependents::Relation::OnNode);
        } else if (key == QLatin1String("customresourcedefinitions.apiextensions.k8s.io")) {
            if (const kube::ApiResource* kind = m_catalog.find(target.name))
                askCount(*kind, {}, {}, Dependents::Relation::Contents);
            else
                m_dependents.unread.push_back({base::visible(target.name), {.kind = base::ErrorKind::NotFound}});
        } else if (const auto known = knownDependents(key)) {
            for (const QString& kind : *known)
                if (const kube::ApiResource* resource = m_catalog.find(kind))
                    askOwned(*resource, target.nameSpace);
        } else {
            for (const kube::ApiResource& resource : m_catalog.resources)
                if (resource.namespaced == target.resource.namespaced && resource.can(QLatin1String("list")) &&
                    !isEvent(resource))
                    askOwned(resource, target.nameSpace);
        }
    }
    for (const kube::StaleGroup& group : m_catalog.stale)
        m_dependents.unread.push_back(
            {base::visible(group.group), {.kind = base::ErrorKind::Server, .said = base::visible(group.said)}});
    QMetaObject::invokeMethod(
        this,
        [this, generation = m_generation] {
            if (generation != m_generation || --m_open > 0)
                return;
            work();
            emit finished();
        },
        Qt::QueuedConnection);
}

void DependentsSurvey::askOwned(const kube::ApiResource& resource, const QString& nameSpace,
                                const QString& continueToken)
{
    if (continueToken.isEmpty() && !m_asked.emplace(resource.key(), nameSpace).second)
        return;
    transport::Request request = metadataOf(resource, nameSpace, PageSize);
    if (!continueToken.isEmpty())
        request.query.emplace_back(QStringLiteral("continue"), continueToken);
    ask(std::move(request), [this, resource, nameSpace](const base::Result<kube::Json>& list) {
        if (!list) {
            m_dependents.unread.push_back({resource.kind, list.error()});
            return;
        }
        for (const kube::Json& item : kube::elements(*list, {"items"})) {
            Found found{resource.kind,
                        nameSpace,
                        kube::rawText(item, {"metadata", "name"}),
                        kube::rawText(item, {"metadata", "uid"}),
                        {}};
            for (const kube::Json& owner : kube::elements(item, {"metadata", "ownerReferences"}))
                found.owners.push_back(kube::rawText(owner, {"uid"}));
            m_found.push_back(std::move(found));
        }
        const QString next = kube::rawText(*list, {"metadata", "continue"});
        if (next.isEmpty())
            return;
        if (m_found.size() > MostFound)
            m_dependents.unread.push_back({resource.kind, {.kind = base::ErrorKind::Limit}});
        else
            askOwned(resource, nameSpace, next);
    });
}

void DependentsSurvey::askCount(const kube::ApiResource& resource, const QString& nameSpace,
                                const QString& fieldSelector, Dependents::Relation relation)
{
    transport::Request request = metadataOf(resource, nameSpace, fieldSelector.isEmpty() ? MostNames : PageSize);
    // With a selector a server does not say how many remain.
    if (!fieldSelector.isEmpty())
        request.query.emplace_back(QStringLiteral("fieldSelector"), fieldSelector);
    ask(std::move(request), [this, resource, relation](const base::Result<kube::Json>& list) {
        if (!list) {
            m_dependents.unread.push_back({resource.kind, list.error()});
            return;
        }
        for (const kube::Json& item : kube::elements(*list, {"items"}))
            count(resource.kind, relation, 1, kube::rawText(item, {"metadata", "name"}));
        if (const qint64 rest = kube::number(*list, {"metadata", "remainingItemCount"}).value_or(0); rest > 0)
            count(resource.kind, relation, rest, {});
        else if (!kube::rawText(*list, {"metadata", "continue"}).isEmpty())
            m_dependents.unread.push_back({resource.kind, {.kind = base::ErrorKind::Limit}});
    });
}

void DependentsSurvey::count(const QString& kind, Dependents::Relation relation, qint64 more, const QString& name)
{
    auto& groups = m_dependents.groups;
    auto group = std::ranges::find_if(
        groups, [&](const Dependents::Group& each) { return each.kind == kind && each.relation == relation; });
    if (group == groups.end())
        group = groups.insert(groups.end(), {base::visible(kind), relation, 0, {}});
    group->count += more;
    if (!name.isEmpty() && group->names.size() < MostNames)
        group->names += base::visible(name);
}

void DependentsSurvey::work()
{
    using Relation = Dependents::Relation;
    std::set<QString> going;
    for (const Doomed& each : m_doomed)
        going.insert(each.uid);
    going.erase(QString());
    const auto goes = [&going](const QString& uid) { return going.contains(uid); };
    // Owners of owners: until nothing is added any more.
    for (bool more = true; std::exchange(more, false);)
        for (const Found& found : m_found)
            if (!found.owners.empty() && !goes(found.uid) && std::ranges::all_of(found.owners, goes))
                more = going.insert(found.uid).second || more;
    std::set<QString> told;
    for (const Doomed& each : m_doomed)
        told.insert(each.uid);
    for (const Found& found : m_found) {
        if (!told.insert(found.uid).second)
            continue;
        const auto isClaimOf = [&found](const Doomed& each) {
            static const QLatin1String sets("statefulsets.apps");
            if (each.target.resource.key() != sets || found.kind != QLatin1String("PersistentVolumeClaim") ||
                found.nameSpace != each.target.nameSpace)
                return false;
            // <template>-<set>-<ordinal>: k8s.io/kubernetes/pkg/controller/statefulset, getPersistentVolumeClaimName
            const QRegularExpression name(
                QStringLiteral("-%1-[0-9]+\\z").arg(QRegularExpression::escape(each.target.name)));
            return name.match(found.name).hasMatch();
        };
        if (goes(found.uid))
            count(found.kind, Relation::Owned, 1, found.name);
        else if (std::ranges::any_of(found.owners, goes))
            count(found.kind, Relation::Shared, 1, found.name);
        else if (std::ranges::any_of(m_doomed, isClaimOf))
            count(found.kind, Relation::Claims, 1, found.name);
    }
}

} // namespace change
