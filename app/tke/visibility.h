#pragma once
// Why a user does not see a business in the business console: the checks that decide it, each with what was read.
// After pkg/business/registry/portal/storage/storage.go and registry/util/auth.go, and what the business controller
// makes of spec.members (pkg/business/controller/project/project_controller.go), of tkestack/tke.

#include "app/tke/businesses.h"

namespace tke {

/// A user of the platform in one tenant.
struct PlatformUser {
    QString id; ///< "usr-abcdefgh"
    QString name;
    QString tenant;
    /// The sign-in reckons so itself, by a policy or the identity provider's list; nothing: it does not say.
    std::optional<bool> isAdministrator;
    /// A LocalIdentity that the sign-in of its tenant does not list, which is where the portal looks for users: the
    /// tenant has no identity provider, or one of another type.
    bool isUnlisted = false;
    bool operator==(const PlatformUser&) const = default;
};

/// Whom the bindings of a business name.
struct NamedIn {
    bool isUser = false;
    QStringList groups; ///< by name; who is in them does not count for the portal
};

/// What the portal answered to the user himself.
struct Portal {
    bool isAdministrator = false;
    QStringList businesses; ///< the names of their Projects
};

/// What was read of a user. What could not be read is an error, never an empty list.
struct VisibilityFacts {
    QString user;
    bool hasAuth = false; ///< auth.tkestack.io is served: bindings decide, and not spec.members
    /// What tells the platform's version ("v1.9.2"); an error where nothing does.
    base::Result<QString> platformVersion;
    /// Those of that name, one a tenant.
    base::Result<std::vector<PlatformUser>> users;
    /// Tenants whose sign-in may not be asked: who is not in `users` of these may be known all the same.
    std::map<QString, base::Error> unasked;
    /// The businesses that the user is bound to, by tenant.
    std::map<QString, base::Result<QStringList>> bound;
    /// What the bindings themselves say, by business; not asked where the platform counts the user in each.
    std::optional<base::Result<std::map<QString, NamedIn>>> named;
    /// Administrators of the platform, by tenant.
    base::Result<std::map<QString, QStringList>> administrators;
    /// By tenant.
    std::map<QString, base::Result<Portal>> portals;
    /// What was asked: a request line each.
    std::map<QString, QStringList> read; ///< by the check's id
};

enum class CheckResult { Pass, Fail, Unknown, Skipped };
/// "pass", "fail", "unknown", "skipped".
QString idOf(CheckResult result);

/// One link of the chain. `id`, in this order:
///   defaultTenant   from v1.9.1 on the portal lists no business to anybody of tenant "default" (about: the version)
///   userKnown       the platform's sign-in knows a user of that name. Detail: "unlisted" (about: the tenant whose
///                   sign-in does not list the LocalIdentity)
///   bound           the user is bound to a role in the business. Detail: "onlyMember" (in spec.members, which counts
///                   once, while the business is made), "groupOnly" (bindings name groups alone, which no version of
///                   the auth component counts; about: the groups), "notApplied" (a binding names the user, and the
///                   auth component does not count it), "notBound"
///   member          where there is no auth component: spec.members holds the name
///   bindingFailed   the business controller could make the bindings (about: its words)
///   businessName    starts with "prj-"; the auth component passes over others
///   tenant          user and business are of one tenant (about: the other)
///   administrator   Never fails: an administrator of the platform is in no business by that
///   portal          what the platform itself answers to that user. It can be asked through the Kubernetes API server
///                   only, which lets few users ask it, so that Unknown says nothing of the console
struct VisibilityCheck {
    QString id;
    CheckResult result = CheckResult::Skipped;
    QString detail;
    QString about;
    std::optional<base::Error> error; ///< of Unknown
    QStringList read;
};

struct Visibility {
    QString business;
    QString user;
    std::optional<bool> visible; ///< nothing: what would tell it could not be read
    std::vector<VisibilityCheck> checks;

    /// Those that fail, in order; of a business that is not known to be visible or not, those that are not known.
    std::vector<VisibilityCheck> reasons() const;
};

Visibility judgeVisibility(const Business& business, const VisibilityFacts& facts);

struct VisibilityQuestion {
    QString user;
    std::vector<Business> businesses;
    /// The person is no other by impersonation already: the portal can be asked as the user.
    bool mayImpersonate = true;
};
/// Never an Error but Canceled: what may not be read is in the facts. A handful of requests and three a tenant,
/// whatever the number of businesses. Works in the calling thread.
base::Call<VisibilityFacts> readVisibility(const kube::Client& client, const VisibilityQuestion& question);

} // namespace tke
