#include "app/change/dependents.h"

#include "app/base/visible.h"
#include "app/change/referrers.h"
#include "app/kube/jsonread.h"

#include <QRegularExpression>
#include <algorithm>

namespace change {
namespace {

constexpr int PageSize = 500;
constexpr int MostPages = 100; // of a kind: a server may hand out empty pages for ever

/// What the built-in controllers make for objects of a kind, theirs included: where discovery does not tell of one of
/// these, something was not looked at.
QStringList knownDependents(const QString& key)
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
    return found == known.end() ? QStringList() : found->second;
}

/// What cannot be deleted is no object of its own (the metrics of a pod), and what happened is nobody's.
bool mayDepend(const kube::ApiResource& resource)
{
    return resource.can(QLatin1String("list")) && resource.can(QLatin1String("delete")) &&
           resource.resource != QLatin1String("events");
}

bool isKind(const Doomed& doomed, const char* key)
{
    return doomed.target.resource.key() == QLatin1String(key);
}

constexpr auto Definitions = "customresourcedefinitions.apiextensions.k8s.io";

} // namespace

QString idOf(Dependents::Relation relation)
{
    switch (relation) {
    case Dependents::Relation::Owned:
        return QStringLiteral("owned");
    case Dependents::Relation::Shared:
        return QStringLiteral("shared");
    case Dependents::Relation::Claims:
        return QStringLiteral("claims");
    case Dependents::Relation::Contents:
        return QStringLiteral("contents");
    case Dependents::Relation::OnNode:
        return QStringLiteral("onNode");
    case Dependents::Relation::Names:
        return QStringLiteral("names");
    }
    return {};
}

DependentsSurvey::DependentsSurvey(kube::Client client, const kube::ApiCatalog& catalog, QObject* parent)
    : QObject(parent),
      m_client(client),
      m_catalog(catalog)
{
}

void DependentsSurvey::read(std::vector<Doomed> doomed)
{
    m_calls.cancel();
    m_waiting.clear();
    m_doomed = std::move(doomed);
    m_found.clear();
    m_asked.clear();
    m_told.clear();
    m_kinds.clear();
    m_missed.clear();
    m_read = 0;
    m_dependents = {};
    m_isReading = true;
    for (const Doomed& each : m_doomed)
        askAbout(each);
    for (const kube::StaleGroup& group : m_catalog.stale)
        m_dependents.unread.push_back(
            {base::visible(group.group), {.kind = base::ErrorKind::Server, .said = base::visible(group.said)}});
    QMetaObject::invokeMethod(this, &DependentsSurvey::pump, Qt::QueuedConnection);
}

void DependentsSurvey::askAbout(const Doomed& doomed)
{
    using Relation = Dependents::Relation;
    const Target& target = doomed.target;
    const auto known = [this](const QString& kind) {
        const kube::ApiResource* resource = m_catalog.find(kind);
        if (!resource || !mayDepend(*resource)) {
            miss(kind, {.kind = base::ErrorKind::NotFound});
            return static_cast<const kube::ApiResource*>(nullptr);
        }
        return resource;
    };
    for (const QString& kind : knownDependents(target.resource.key()))
        known(kind);
    if (isKind(doomed, "namespaces")) {
        for (const kube::ApiResource& resource : m_catalog.resources)
            if (resource.namespaced && mayDepend(resource))
                m_waiting.push_back({resource, target.name, Relation::Contents});
    } else if (isKind(doomed, "nodes")) {
        if (const kube::ApiResource* pods = known(QStringLiteral("pods")))
            m_waiting.push_back({*pods, {}, Relation::OnNode, QStringLiteral("spec.nodeName=") + target.name});
    } else if (isKind(doomed, Definitions)) {
        if (const kube::ApiResource* kind = known(target.name))
            m_waiting.push_back({*kind, {}, Relation::Contents});
    }
    for (const Referrer& referrer : referrersOf(target))
        if (const kube::ApiResource* kind = m_catalog.find(referrer.kind))
            m_waiting.push_back({.resource = *kind,
                                 .nameSpace = referrer.nameSpace,
                                 .counted = Relation::Names,
                                 .refersTo = referrer.refersTo});
    // The garbage collector follows an owner into its own namespace only, and one of no namespace everywhere.
    askOwned(target.nameSpace, !target.resource.namespaced);
}

void DependentsSurvey::askOwned(const QString& nameSpace, bool everywhere)
{
    for (const kube::ApiResource& resource : m_catalog.resources)
        if ((resource.namespaced || everywhere) && mayDepend(resource) &&
            m_asked.emplace(resource.key(), nameSpace).second)
            m_waiting.push_back({resource, nameSpace});
}

void DependentsSurvey::pump()
{
    while (m_calls.open() < MostAtOnce && !m_waiting.empty()) {
        Question question = std::move(m_waiting.front());
        m_waiting.pop_front();
        transport::Request request{.path = question.resource.path(question.nameSpace)};
        // The server says how many remain, unless there is a selector.
        const bool isCount = question.counted && question.fieldSelector.isEmpty() && question.continueToken.isEmpty() &&
                             !question.refersTo;
        request.query.emplace_back(QStringLiteral("limit"), QString::number(isCount ? MostNames : PageSize));
        if (!question.fieldSelector.isEmpty())
            request.query.emplace_back(QStringLiteral("fieldSelector"), question.fieldSelector);
        if (!question.continueToken.isEmpty())
            request.query.emplace_back(QStringLiteral("continue"), question.continueToken);
        if (!question.refersTo)
            request.headers.emplace_back("Accept", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,"
                                                   "application/json");
        m_calls.follow(m_client.askJson(std::move(request)),
                       [this, question = std::move(question)](const base::Result<kube::Json>& list) {
                           take(question, list);
                           pump();
                       });
    }
    if (m_calls.open() > 0 || !m_isReading)
        return;
    m_isReading = false;
    work();
    emit finished();
}

void DependentsSurvey::take(const Question& question, const base::Result<kube::Json>& list)
{
    const kube::ApiResource& resource = question.resource;
    const bool isEverywhere = resource.namespaced && question.nameSpace.isEmpty();
    if (!list) {
        miss(resource.key(), list.error(), isEverywhere);
        return;
    }
    m_kinds.insert(resource.key());
    for (const kube::Json& item : kube::elements(*list, {"items"})) {
        ++m_read;
        Found found{resource.key(),
                    resource.kind,
                    kube::rawText(item, {"metadata", "namespace"}),
                    kube::rawText(item, {"metadata", "name"}),
                    kube::rawText(item, {"metadata", "uid"}),
                    {}};
        if (question.refersTo) {
            if (question.refersTo(item))
                count(found.kind, *question.counted, 1, found.name);
            continue;
        }
        if (question.counted) {
            m_told.insert(found.uid);
            count(found.kind, *question.counted, 1, found.name);
            continue;
        }
        for (const kube::Json& owner : kube::elements(item, {"metadata", "ownerReferences"}))
            found.owners.push_back(kube::rawText(owner, {"uid"}));
        m_found.push_back(std::move(found));
    }
    const QString next = kube::rawText(*list, {"metadata", "continue"});
    if (next.isEmpty())
        return;
    const qint64 rest = kube::number(*list, {"metadata", "remainingItemCount"}).value_or(0);
    if (question.counted && !question.refersTo && rest > 0) {
        count(resource.kind, *question.counted, rest, {});
    } else if (m_read >= MostObjects || question.page >= MostPages) {
        miss(resource.key(), {.kind = base::ErrorKind::Limit}, isEverywhere);
    } else {
        m_waiting.push_back(question);
        m_waiting.back().continueToken = next;
        ++m_waiting.back().page;
    }
}

void DependentsSurvey::miss(const QString& kind, const base::Error& error, bool everywhere)
{
    if (!m_missed.insert(kind).second)
        return;
    const kube::ApiResource* resource = m_catalog.find(kind);
    m_dependents.unread.push_back({resource ? resource->kind : base::visible(kind), error, everywhere});
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

void DependentsSurvey::findUids()
{
    for (Doomed& each : m_doomed) {
        if (!each.uid.isEmpty())
            continue;
        const auto found = std::ranges::find_if(m_found, [&each](const Found& one) {
            return one.key == each.target.resource.key() && one.nameSpace == each.target.nameSpace &&
                   one.name == each.target.name;
        });
        if (found == m_found.end())
            miss(each.target.resource.key(), {.kind = base::ErrorKind::NotFound}); // what it owns cannot be told
        else
            each.uid = found->uid;
    }
}

void DependentsSurvey::work()
{
    using Relation = Dependents::Relation;
    findUids();
    std::set<QString> going;
    for (const Doomed& each : m_doomed)
        going.insert(each.uid);
    // With a definition go its objects, and what those own.
    for (const Found& found : m_found)
        if (std::ranges::any_of(m_doomed, [&found](const Doomed& each) {
                return isKind(each, Definitions) && each.target.name == found.key;
            }))
            going.insert(found.uid);
    going.erase(QString());
    const auto goes = [&going](const QString& uid) { return going.contains(uid); };
    // Owners of owners: until nothing is added any more.
    for (bool more = true; std::exchange(more, false);)
        for (const Found& found : m_found)
            if (!found.owners.empty() && !goes(found.uid) && std::ranges::all_of(found.owners, goes))
                more = going.insert(found.uid).second || more;
    for (const Doomed& each : m_doomed)
        m_told.insert(each.uid);
    m_told.erase(QString()); // which says nothing of which
    const auto isTold = [this](const Found& found) {
        const bool isCounted = std::ranges::any_of(m_doomed, [&found](const Doomed& each) {
            return (isKind(each, Definitions) && each.target.name == found.key) ||
                   (isKind(each, "namespaces") && each.target.name == found.nameSpace);
        });
        return isCounted || (!found.uid.isEmpty() && !m_told.insert(found.uid).second);
    };
    for (const Found& found : m_found) {
        if (isTold(found))
            continue;
        const auto isClaimOf = [&found](const Doomed& each) {
            if (!isKind(each, "statefulsets.apps") || found.key != QLatin1String("persistentvolumeclaims") ||
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
    std::erase_if(m_kinds, [this](const QString& key) { return m_missed.contains(key); });
    m_dependents.kinds = static_cast<int>(m_kinds.size());
}

} // namespace change
