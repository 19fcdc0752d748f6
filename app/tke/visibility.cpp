#include "app/tke/visibility.h"

#include "app/tke/platformversion.h"

#include <algorithm>

namespace tke {
namespace {

constexpr const char* DefaultTenant = "default";

/// From it on the portal lists no business to anybody of the default tenant.
const QVersionNumber HidesDefaultTenant(1, 9, 1);

class Judge {
public:
    Judge(const Business& business, const VisibilityFacts& facts)
        : m_business(business),
          m_facts(facts),
          m_verdict{.business = business.name, .user = facts.user}
    {
        if (facts.users)
            for (const PlatformUser& each : *facts.users)
                if (each.tenant == business.tenant)
                    m_user = &each;
        if (const auto portal = facts.portals.find(business.tenant); portal != facts.portals.end())
            m_portal = &portal->second;
    }

    Visibility verdict()
    {
        defaultTenant();
        if (m_facts.hasAuth) {
            userKnown();
            bound();
        } else {
            member();
        }
        bindingFailed();
        if (m_facts.hasAuth)
            businessName();
        tenant();
        administrator();
        portal();
        conclude();
        return std::move(m_verdict);
    }

private:
    VisibilityCheck& add(const char* id, CheckResult result, const QString& about = {})
    {
        const auto read = m_facts.read.find(QLatin1String(id));
        m_verdict.checks.push_back({.id = QLatin1String(id),
                                    .result = result,
                                    .detail = {},
                                    .about = about,
                                    .error = {},
                                    .read = read == m_facts.read.end() ? QStringList() : read->second});
        return m_verdict.checks.back();
    }
    void addUnknown(const char* id, const base::Error& error) { add(id, CheckResult::Unknown).error = error; }

    /// The portal said that it is so: no project for a user of this tenant, who is taken for an administrator.
    bool portalHidesTenant() const
    {
        return m_portal && *m_portal && (*m_portal)->isAdministrator && (*m_portal)->businesses.isEmpty();
    }

    void defaultTenant()
    {
        const QString version = m_facts.platformVersion.value_or(QString());
        const std::optional<bool> hides = isSince(version, HidesDefaultTenant);
        if (m_business.tenant != QLatin1String(DefaultTenant))
            add("defaultTenant", CheckResult::Pass, m_business.tenant);
        else if (hides)
            add("defaultTenant", *hides ? CheckResult::Fail : CheckResult::Pass, version);
        else if (m_portal && *m_portal)
            add("defaultTenant", portalHidesTenant() ? CheckResult::Fail : CheckResult::Pass);
        else
            addUnknown("defaultTenant",
                       m_facts.platformVersion
                           ? base::Error{.reason = QStringLiteral("versionUnreadable"), .said = version}
                           : m_facts.platformVersion.error());
    }

    /// What the sign-in of the business' tenant says of the user is not known.
    const base::Error* signInError() const
    {
        if (!m_facts.users)
            return &m_facts.users.error();
        const auto unasked = m_facts.unasked.find(m_business.tenant);
        return unasked == m_facts.unasked.end() ? nullptr : &unasked->second;
    }
    /// Whether there is such a user in that tenant is not known.
    const base::Error* userError() const { return m_user ? nullptr : signInError(); }

    void userKnown()
    {
        if (const base::Error* error = userError())
            addUnknown("userKnown", *error);
        else if (m_user && m_user->isUnlisted)
            add("userKnown", CheckResult::Fail, m_user->tenant).detail = QStringLiteral("unlisted");
        else
            add("userKnown", m_facts.users->empty() ? CheckResult::Fail : CheckResult::Pass);
    }

    void bound()
    {
        const auto bound = m_facts.bound.find(m_business.tenant);
        if (bound == m_facts.bound.end()) { // nobody of that name signs in there
            if (const base::Error* error = userError())
                addUnknown("bound", *error);
            else
                add("bound", CheckResult::Skipped);
            return;
        }
        if (!bound->second) {
            addUnknown("bound", bound->second.error());
            return;
        }
        if (bound->second->contains(m_business.name))
            add("bound", CheckResult::Pass);
        else
            notBound();
    }

    /// The platform does not count the user: whether it could, and does not, tell the bindings.
    void notBound()
    {
        NamedIn named;
        if (m_facts.named && *m_facts.named) {
            if (const auto of = (*m_facts.named)->find(m_business.name); of != (*m_facts.named)->end())
                named = of->second;
        } else if (m_facts.named && !hasTakenName()) { // it passes over these, whether bound or not
            addUnknown("bound", m_facts.named->error());
            return;
        }
        if (named.isUser && !hasTakenName())
            add("bound", CheckResult::Pass);
        else if (named.isUser)
            add("bound", CheckResult::Fail).detail = QStringLiteral("notApplied");
        else if (m_business.members.contains(m_facts.user))
            add("bound", CheckResult::Fail).detail = QStringLiteral("onlyMember");
        else if (!named.groups.isEmpty())
            add("bound", CheckResult::Fail, named.groups.join(QStringLiteral(", "))).detail =
                QStringLiteral("groupOnly");
        else
            add("bound", CheckResult::Fail).detail = QStringLiteral("notBound");
    }

    /// One that the auth component does not pass over.
    bool hasTakenName() const { return m_business.name.startsWith(QLatin1String("prj-")); }

    void member() { add("member", m_business.members.contains(m_facts.user) ? CheckResult::Pass : CheckResult::Fail); }

    void bindingFailed()
    {
        const bool failed = m_business.phase == QLatin1String("Failed") || m_business.locked;
        add("bindingFailed", failed ? CheckResult::Fail : CheckResult::Pass,
            m_business.reason.isEmpty() ? m_business.message : m_business.reason)
            .detail = m_business.phase;
    }

    void businessName()
    {
        add("businessName", hasTakenName() ? CheckResult::Pass : CheckResult::Fail, m_business.name);
    }

    void tenant()
    {
        if (!m_facts.hasAuth) {
            add("tenant", CheckResult::Skipped);
        } else if (const base::Error* error = userError()) {
            addUnknown("tenant", *error);
        } else if (m_user) {
            add("tenant", CheckResult::Pass, m_business.tenant);
        } else if (m_facts.users->empty()) {
            add("tenant", CheckResult::Skipped);
        } else {
            add("tenant", CheckResult::Fail, m_facts.users->front().tenant);
        }
    }

    void administrator()
    {
        if (!isAdministrator() && !m_facts.administrators) {
            addUnknown("administrator", m_facts.administrators.error());
            return;
        }
        if (const base::Error* error = signInError(); error && !isAdministrator()) { // a policy makes some, too
            addUnknown("administrator", *error);
            return;
        }
        add("administrator", CheckResult::Pass).detail =
            isAdministrator() ? QStringLiteral("isAdministrator") : QString();
    }

    /// As the portal reckons it: by the platform's list, or by the sign-in. It says so of everybody in the default
    /// tenant.
    bool isAdministrator() const
    {
        if (m_user && m_user->isAdministrator == true)
            return true;
        if (m_portal && *m_portal && (*m_portal)->isAdministrator && m_business.tenant != QLatin1String(DefaultTenant))
            return true;
        if (!m_facts.administrators)
            return false;
        const auto list = m_facts.administrators->find(m_business.tenant);
        return list != m_facts.administrators->end() && list->second.contains(m_facts.user);
    }

    void portal()
    {
        if (!m_portal)
            add("portal", CheckResult::Skipped);
        else if (!*m_portal)
            addUnknown("portal", m_portal->error());
        else
            add("portal", (*m_portal)->businesses.contains(m_business.name) ? CheckResult::Pass : CheckResult::Fail);
    }

    /// The portal's own answer decides; where nobody may ask it, the checks do.
    void conclude()
    {
        if (m_portal && *m_portal) {
            m_verdict.visible = (*m_portal)->businesses.contains(m_business.name);
            return;
        }
        bool isKnown = true;
        for (const VisibilityCheck& each : m_verdict.checks) {
            const bool decides = each.id != QLatin1String("administrator") && each.id != QLatin1String("portal") &&
                                 each.id != QLatin1String("bindingFailed");
            if (!decides)
                continue;
            if (each.result == CheckResult::Fail) {
                m_verdict.visible = false;
                return;
            }
            isKnown = isKnown && each.result != CheckResult::Unknown;
        }
        if (isKnown)
            m_verdict.visible = true;
    }

    const Business& m_business;
    const VisibilityFacts& m_facts;
    const PlatformUser* m_user = nullptr;
    const base::Result<Portal>* m_portal = nullptr;
    Visibility m_verdict;
};

} // namespace

QString idOf(CheckResult result)
{
    switch (result) {
    case CheckResult::Pass:
        return QStringLiteral("pass");
    case CheckResult::Fail:
        return QStringLiteral("fail");
    case CheckResult::Unknown:
        return QStringLiteral("unknown");
    case CheckResult::Skipped:
        break;
    }
    return QStringLiteral("skipped");
}

std::vector<VisibilityCheck> Visibility::reasons() const
{
    const CheckResult wanted = visible == false ? CheckResult::Fail : CheckResult::Unknown;
    std::vector<VisibilityCheck> reasons;
    if (visible == true)
        return reasons;
    for (const VisibilityCheck& each : checks)
        if (each.result == wanted && (each.id != QLatin1String("administrator") || wanted == CheckResult::Fail))
            reasons.push_back(each);
    // That the platform says so itself is a reason only where nothing tells why.
    if (reasons.size() > 1)
        std::erase_if(reasons, [](const VisibilityCheck& each) { return each.id == QLatin1String("portal"); });
    return reasons;
}

Visibility judgeVisibility(const Business& business, const VisibilityFacts& facts)
{
    return Judge(business, facts).verdict();
}

} // namespace tke
