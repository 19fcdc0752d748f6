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
    QStringList groups;
};

Binding bindingOf(const Json& object)
{
    Binding binding{.business = rawText(object, {"spec", "projectID"}),
                    .tenant = rawText(object, {"spec", "tenantID"}),
                    .users = {},
                    .groups = {}};
    for (const Json& each : kube::elements(object, {"spec", "users"}))
        binding.users << rawText(each, {"id"}) << rawText(each, {"name"});
    for (const Json& each : kube::elements(object, {"spec", "groups"})) {
        const QString name = rawText(each, {"name"});
        binding.groups << (name.isEmpty() ? rawText(each, {"id"}) : name);
    }
    return binding;
}

/// Of a LocalIdentity nothing else is read: its hash stands beside.
PlatformUser localUserOf(const Json& object)
{
    return {.id = rawText(object, {"metadata", "name"}),
            .name = rawText(object, {"spec", "username"}),
            .tenant = rawText(object, {"spec", "tenantID"}),
            .isAdministrator = {}};
}

PlatformUser userOf(const Json& object)
{
    const QString administrator = rawText(object, {"spec", "extra", "administrator"});
    return {.id = rawText(object, {"metadata", "name"}),
            .name = rawText(object, {"spec", "name"}),
            .tenant = rawText(object, {"spec", "tenantID"}),
            .isAdministrator =
                administrator.isEmpty() ? std::optional<bool>() : administrator == QLatin1String("true")};
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
          m_mayImpersonate(question.mayImpersonate),
          m_businesses(question.businesses)
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

    /// Whom the sign-in of each tenant lists, asked as the portal asks: whoever is not in it is nobody to the portal.
    /// `policy` has the server say who is an administrator.
    void readUsers(qsizetype index)
    {
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
                                   QStringLiteral("keyword=%1,policy=true,spec.tenantID=%2").arg(keyword, tenant));
        follow(kube::listItems<PlatformUser>(m_client, note("userKnown", std::move(request)), userOf),
               [this, index, tenant](const base::Result<kube::ListedItems<PlatformUser>>& list) {
                   takeUsers(list, tenant);
                   readUsers(index + 1);
               });
    }

    /// `tenant` is empty for LocalIdentities, which are of all tenants.
    void takeUsers(const base::Result<kube::ListedItems<PlatformUser>>& list, const QString& tenant)
    {
        if (!list) {
            // Either way of asking does; a platform may lack one.
            if (!m_hasUsers && (m_facts.users || tenant.isEmpty()))
                m_facts.users = base::failure(list.error());
            if (!tenant.isEmpty() && list.error().kind != base::ErrorKind::NotFound)
                m_facts.unasked.insert_or_assign(tenant, list.error());
            return;
        }
        if (!m_hasUsers)
            m_facts.users = std::vector<PlatformUser>();
        m_hasUsers = true;
        for (PlatformUser& each : *m_facts.users)
            each.isUnlisted = each.isUnlisted || (!tenant.isEmpty() && each.tenant == tenant);
        for (const PlatformUser& each : list->items) {
            if (each.name != m_facts.user)
                continue;
            const auto known = std::ranges::find_if(*m_facts.users, [&each](const PlatformUser& user) {
                return user.id == each.id && user.tenant == each.tenant;
            });
            if (known == m_facts.users->end())
                m_facts.users->push_back(each);
            else
                *known = each;
        }
    }

    void readBound(std::size_t index)
    {
        if (!m_facts.users || index >= m_facts.users->size()) {
            readBindings();
            return;
        }
        const PlatformUser user = (*m_facts.users)[index];
        if (user.isUnlisted || !m_tenants.contains(user.tenant)) {
            readBound(index + 1);
            return;
        }
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

    /// Where the platform does not reckon who is bound, its bindings tell; where it does not count the user, they tell
    /// why.
    void readBindings()
    {
        const auto isUnserved = [](const auto& entry) {
            return !entry.second && (entry.second.error().kind == base::ErrorKind::NotFound ||
                                     entry.second.error().kind == base::ErrorKind::NotCaptured);
        };
        const bool isCounted = std::ranges::all_of(m_businesses, [this](const Business& each) {
            const auto bound = m_facts.bound.find(each.tenant);
            return bound == m_facts.bound.end() || !bound->second || bound->second->contains(each.name);
        });
        if (isCounted && std::ranges::none_of(m_facts.bound, isUnserved)) {
            readAdministrators();
            return;
        }
        follow(kube::listItems<Binding>(m_client, note("bound", {.path = projectPolicyBindings().path()}), bindingOf),
               [this, isUnserved](const base::Result<kube::ListedItems<Binding>>& list) {
                   m_facts.named = list.transform([this](const auto& listed) { return namesIn(listed.items); });
                   for (auto& entry : m_facts.bound)
                       if (isUnserved(entry))
                           entry.second =
                               list ? boundByName(entry.first) : base::Result<QStringList>(base::failure(list.error()));
                   readAdministrators();
               });
    }

    std::map<QString, NamedIn> namesIn(const std::vector<Binding>& bindings) const
    {
        std::map<QString, NamedIn> named;
        for (const Binding& each : bindings) {
            const auto user = std::ranges::find(*m_facts.users, each.tenant, &PlatformUser::tenant);
            const auto business = std::ranges::find(m_businesses, each.business, &Business::name);
            if (user == m_facts.users->end() || business == m_businesses.end() || business->tenant != each.tenant)
                continue;
            NamedIn& names = named[each.business];
            names.isUser = names.isUser || each.users.contains(user->id) || each.users.contains(user->name);
            for (const QString& group : each.groups)
                if (!names.groups.contains(group))
                    names.groups << group;
        }
        return named;
    }

    QStringList boundByName(const QString& tenant) const
    {
        QStringList businesses;
        for (const Business& each : m_businesses)
            if (const auto named = (*m_facts.named)->find(each.name);
                each.tenant == tenant && named != (*m_facts.named)->end() && named->second.isUser)
                businesses += each.name;
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
    const std::vector<Business> m_businesses;
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
