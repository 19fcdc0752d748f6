#include "app/base/job.h"
#include "app/kube/jsonread.h"
#include "app/kube/listitems.h"
#include "app/tke/kinds.h"
#include "app/tke/visibility.h"

#include <QSet>
#include <algorithm>

namespace tke {
namespace {

using kube::Json;
using kube::rawText;

struct Binding {
    QString business;
    QString tenant;
    QStringList users; ///< ids and names
    bool hasGroups = false;
};

Binding bindingOf(const Json& object)
{
    Binding binding{.business = rawText(object, {"spec", "projectID"}),
                    .tenant = rawText(object, {"spec", "tenantID"}),
                    .users = {},
                    .hasGroups = !kube::elements(object, {"spec", "groups"}).empty()};
    for (const Json& each : kube::elements(object, {"spec", "users"}))
        binding.users << rawText(each, {"id"}) << rawText(each, {"name"});
    return binding;
}

/// Of a LocalIdentity nothing else is read: its hash stands beside.
PlatformUser localUserOf(const Json& object)
{
    return {rawText(object, {"metadata", "name"}), rawText(object, {"spec", "username"}),
            rawText(object, {"spec", "tenantID"})};
}

PlatformUser userOf(const Json& object)
{
    return {rawText(object, {"metadata", "name"}), rawText(object, {"spec", "name"}),
            rawText(object, {"spec", "tenantID"})};
}

std::pair<QString, QStringList> administratorsOf(const Json& platform)
{
    std::pair<QString, QStringList> of{rawText(platform, {"spec", "tenantID"}), {}};
    for (const Json& each : kube::elements(platform, {"spec", "administrators"}))
        of.second += rawText(each);
    return of;
}

Portal portalOf(const Json& answer)
{
    Portal portal{.isAdministrator = kube::flag(answer, {"administrator"}), .businesses = {}};
    if (const Json& projects = kube::at(answer, {"projects"}); projects.is_object())
        for (const auto& [name, displayName] : projects.items())
            portal.businesses += QString::fromStdString(name);
    return portal;
}

/// Nothing in it could end a header or begin another.
bool canBeHeader(const QString& user)
{
    return !user.isEmpty() && std::ranges::all_of(user, [](QChar c) { return c.isPrint(); });
}

class VisibilityJob final : public base::Job<VisibilityFacts> {
public:
    VisibilityJob(const kube::Client& client, const VisibilityQuestion& question)
        : m_client(client),
          m_mayImpersonate(question.mayImpersonate)
    {
        m_facts.user = question.user;
        for (const Business& each : question.businesses)
            if (!m_tenants.contains(each.tenant))
                m_tenants += each.tenant;
    }

    base::Call<VisibilityFacts> begin()
    {
        auto answer = call();
        readVersion();
        return answer;
    }

private:
    transport::Request note(const char* check, transport::Request request)
    {
        m_facts.read[QLatin1String(check)] += QString::fromLatin1(request.verb + ' ' + request.target());
        return request;
    }

    void readVersion()
    {
        const transport::Request request =
            note("defaultTenant", {.path = "/api/v1/namespaces/tke/configmaps/cluster-info"});
        follow(m_client.askJson(request), [this](const base::Result<Json>& answer) {
            m_facts.platformVersion = answer.transform([](const Json& configMap) {
                return rawText(configMap, {"data", "tkeVersion"});
            });
            readAuth();
        });
    }

    void readAuth()
    {
        follow(m_client.askJson({.path = "/apis/auth.tkestack.io/v1"}), [this](const base::Result<Json>& answer) {
            // An APIService that is down is installed all the same.
            m_facts.hasAuth = answer || answer.error().kind != base::ErrorKind::NotFound;
            if (m_facts.hasAuth)
                readLocalUsers();
            else
                readAdministrators();
        });
    }

    void readLocalUsers()
    {
        follow(
            kube::listItems<PlatformUser>(m_client, note("userKnown", {.path = localIdentities().path()}), localUserOf),
            [this](const base::Result<kube::ListedItems<PlatformUser>>& list) {
                takeUsers(list, {});
                readUsers(0);
            });
    }

    /// Those whom another identity provider knows, tenant by tenant, as the portal looks for them.
    void readUsers(qsizetype index)
    {
        const auto isKnownIn = [this](const QString& tenant) {
            return m_facts.users &&
                   std::ranges::find(*m_facts.users, tenant, &PlatformUser::tenant) != m_facts.users->end();
        };
        while (index < m_tenants.size() && isKnownIn(m_tenants.at(index)))
            ++index;
        if (index == m_tenants.size()) {
            readBound(0);
            return;
        }
        const QString tenant = m_tenants.at(index);
        transport::Request request{.path = users().path()};
        // What would end the selector is taken out; the answer is compared again.
        QString keyword = m_facts.user;
        keyword.remove(QLatin1Char(',')).remove(QLatin1Char('='));
        request.query.emplace_back(QStringLiteral("fieldSelector"),
                                   QStringLiteral("keyword=%1,spec.tenantID=%2").arg(keyword, tenant));
        follow(kube::listItems<PlatformUser>(m_client, note("userKnown", std::move(request)), userOf),
               [this, index, tenant](const base::Result<kube::ListedItems<PlatformUser>>& list) {
                   takeUsers(list, tenant);
                   readUsers(index + 1);
               });
    }

    void takeUsers(const base::Result<kube::ListedItems<PlatformUser>>& list, const QString& tenant)
    {
        if (!list) {
            // Either way of asking does; a platform may lack one.
            if (!m_hasUsers && (m_facts.users || tenant.isEmpty()))
                m_facts.users = base::failure(list.error());
            return;
        }
        if (!m_hasUsers)
            m_facts.users = std::vector<PlatformUser>();
        m_hasUsers = true;
        for (const PlatformUser& each : list->items)
            if (each.name == m_facts.user && std::ranges::find(*m_facts.users, each) == m_facts.users->end())
                m_facts.users->push_back(each);
    }

    void readBound(std::size_t index)
    {
        if (!m_facts.users || index >= m_facts.users->size()) {
            readBindings();
            return;
        }
        const PlatformUser user = (*m_facts.users)[index];
        transport::Request request{.path = users().path({}, user.id) + "/projects",
                                   .headers = {{"X-TKE-TenantID", user.tenant.toUtf8()}}};
        follow(m_client.askJson(note("bound", std::move(request))),
               [this, index, user](const base::Result<Json>& answer) {
                   m_facts.bound.insert_or_assign(user.tenant, answer.transform([](const Json& belongs) {
                       QStringList names;
                       // The server's own spelling.
                       if (const Json& projects = kube::at(belongs, {"memberdProjects"}); projects.is_object())
                           for (const auto& [name, policies] : projects.items())
                               names += QString::fromStdString(name);
                       return names;
                   }));
                   readBound(index + 1);
               });
    }

    /// Where the platform does not reckon who is bound, its bindings tell.
    void readBindings()
    {
        const auto isUnserved = [](const auto& entry) {
            return !entry.second && entry.second.error().kind == base::ErrorKind::NotFound;
        };
        if (std::ranges::none_of(m_facts.bound, isUnserved)) {
            readAdministrators();
            return;
        }
        follow(kube::listItems<Binding>(m_client, note("bound", {.path = projectPolicyBindings().path()}), bindingOf),
               [this, isUnserved](const base::Result<kube::ListedItems<Binding>>& list) {
                   for (auto& entry : m_facts.bound)
                       if (isUnserved(entry))
                           entry.second = list ? takeBindings(list->items, entry.first)
                                               : base::Result<QStringList>(base::failure(list.error()));
                   readAdministrators();
               });
    }

    QStringList takeBindings(const std::vector<Binding>& bindings, const QString& tenant)
    {
        QStringList businesses;
        const auto user = std::ranges::find(*m_facts.users, tenant, &PlatformUser::tenant);
        for (const Binding& each : bindings) {
            if (each.tenant != tenant)
                continue;
            if (each.users.contains(user->id) || each.users.contains(user->name))
                businesses += each.business;
            else if (each.hasGroups)
                m_facts.boundByGroup += each.business;
        }
        return businesses;
    }

    void readAdministrators()
    {
        using Entry = std::pair<QString, QStringList>;
        follow(kube::listItems<Entry>(m_client, note("administrator", {.path = platforms().path()}), administratorsOf),
               [this](const base::Result<kube::ListedItems<Entry>>& list) {
                   m_facts.administrators = list.transform([](const kube::ListedItems<Entry>& listed) {
                       std::map<QString, QStringList> byTenant;
                       for (const Entry& each : listed.items)
                           byTenant[each.first] += each.second;
                       return byTenant;
                   });
                   readPortal(0);
               });
    }

    void readPortal(qsizetype index)
    {
        if (!m_mayImpersonate || index == m_tenants.size() || !canBeHeader(m_facts.user)) {
            end(std::move(m_facts));
            return;
        }
        const QString tenant = m_tenants.at(index);
        transport::Request request{
            .path = "/apis/business.tkestack.io/v1/portal",
            .headers = {{"Impersonate-User", m_facts.user.toUtf8()}, {"Impersonate-Extra-Tenantid", tenant.toUtf8()}}};
        m_facts.read[QStringLiteral("portal")] +=
            QStringLiteral("GET /apis/business.tkestack.io/v1/portal (Impersonate-User: %1, tenant %2)")
                .arg(m_facts.user, tenant);
        follow(m_client.askJson(std::move(request)), [this, index, tenant](const base::Result<Json>& answer) {
            // Not served, not allowed: the checks tell then.
            const bool isServed = answer || answer.error().kind != base::ErrorKind::NotFound;
            if (isServed)
                m_facts.portals.insert_or_assign(tenant, answer.transform(portalOf));
            readPortal(index + 1);
        });
    }

    const kube::Client m_client;
    const bool m_mayImpersonate;
    QStringList m_tenants;
    bool m_hasUsers = false;
    VisibilityFacts m_facts;
};

} // namespace

base::Call<VisibilityFacts> readVisibility(const kube::Client& client, const VisibilityQuestion& question)
{
    return (new VisibilityJob(client, question))->begin();
}

} // namespace tke
