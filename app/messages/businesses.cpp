#include "app/messages/businesses.h"

#include "app/base/visible.h"
#include "app/messages/errors.h"

#include <QCoreApplication>

namespace messages {
namespace {

using tke::CheckResult;

struct Businesses {
    Q_DECLARE_TR_FUNCTIONS(Businesses)
};

QString failSentence(const tke::VisibilityCheck& check, const QString& user)
{
    const auto is = [&check](const char* id) { return check.id == QLatin1String(id); };
    const QString about = base::visible(check.about);
    if (is("defaultTenant"))
        return about.isEmpty()
                   ? Businesses::tr("The platform takes everybody of the tenant “default” for an administrator and "
                                    "lists no business to anybody (since v1.9.1).")
                   : Businesses::tr("This platform is %1: since v1.9.1 it takes everybody of the tenant “default” for "
                                    "an administrator and lists no business to anybody.")
                         .arg(about);
    if (is("userKnown") && check.detail == QLatin1String("unlisted"))
        return Businesses::tr("There is a LocalIdentity “%1” in the tenant “%2”, but the sign-in of that tenant does "
                              "not list it: the tenant has no identity provider, or one of another type.")
            .arg(user, about);
    if (is("userKnown"))
        return Businesses::tr("The platform knows no user “%1”.").arg(user);
    if (is("bound") && check.detail == QLatin1String("onlyMember"))
        return Businesses::tr("“%1” stands in spec.members, but is bound to no role in the business. The list is made "
                              "into bindings once, while the business is created, without the names that the platform "
                              "does not know then; later changes to it are accepted and dropped.")
            .arg(user);
    if (is("bound") && check.detail == QLatin1String("groupOnly"))
        return Businesses::tr("No binding of the business names “%1”; some name groups (%2), and the business console "
                              "does not count these, whoever is in them.")
            .arg(user, about);
    if (is("bound") && check.detail == QLatin1String("notApplied"))
        return Businesses::tr("A binding of the business names “%1”, but the auth component does not count it: "
                              "tke-auth-controller, which makes a binding count within seconds, has not done so.")
            .arg(user);
    if (is("bound"))
        return Businesses::tr("“%1” is bound to no role in the business.").arg(user);
    if (is("member"))
        return Businesses::tr("“%1” does not stand in spec.members, which decides where the auth component is not "
                              "installed.")
            .arg(user);
    if (is("bindingFailed"))
        return about.isEmpty() ? Businesses::tr("The business is locked, or has failed: its members may not be bound.")
                               : Businesses::tr("Making the business failed, and it stays locked: %1").arg(about);
    if (is("businessName"))
        return Businesses::tr("The name %1 does not begin with “prj-”: the auth component passes over it.").arg(about);
    if (is("tenant"))
        return Businesses::tr("“%1” is of the tenant “%2”, and the business of another.").arg(user, about);
    if (is("portal"))
        return Businesses::tr("The platform's own answer to “%1” does not list the business.").arg(user);
    return {};
}

QString passSentence(const tke::VisibilityCheck& check, const QString& user)
{
    const auto is = [&check](const char* id) { return check.id == QLatin1String(id); };
    const QString about = base::visible(check.about);
    if (is("defaultTenant"))
        return Businesses::tr("The rule that hides all businesses of the tenant “default” does not apply here.");
    if (is("userKnown"))
        return Businesses::tr("The platform knows “%1”.").arg(user);
    if (is("bound"))
        return Businesses::tr("“%1” is bound to a role in the business.").arg(user);
    if (is("member"))
        return Businesses::tr("“%1” stands in spec.members.").arg(user);
    if (is("bindingFailed"))
        return Businesses::tr("The business was made without an error (phase %1).").arg(base::visible(check.detail));
    if (is("businessName"))
        return Businesses::tr("The name %1 begins with “prj-”.").arg(about);
    if (is("tenant"))
        return Businesses::tr("Both are of the tenant “%1”.").arg(about);
    if (is("administrator") && !check.detail.isEmpty())
        return Businesses::tr("“%1” administers the platform, which puts nobody into a business.").arg(user);
    if (is("administrator"))
        return Businesses::tr("“%1” does not administer the platform.").arg(user);
    if (is("portal"))
        return Businesses::tr("The platform's own answer to “%1” lists the business.").arg(user);
    return {};
}

QString codeSentence(const QString& code)
{
    const auto is = [&code](const char* id) { return code == QLatin1String(id); };
    if (is("NamespaceNotFound"))
        return Businesses::tr("The cluster has no such namespace any more.");
    if (is("NamespaceNoLabel"))
        return Businesses::tr("The namespace in the cluster does not carry the label of its business.");
    if (is("ConflictProject"))
        return Businesses::tr("The namespace in the cluster belongs to another business.");
    if (is("NamespaceNotActive"))
        return Businesses::tr("The namespace in the cluster is not active.");
    if (is("ConnectClusterError"))
        return Businesses::tr("The platform cannot reach the cluster.");
    if (is("ResourceQuotaNotFound"))
        return Businesses::tr("The cluster has no such ResourceQuota any more.");
    if (is("ensureNamespaceOnCluster failed"))
        return Businesses::tr("The platform could not make the namespace in the cluster.");
    return base::visible(code);
}

} // namespace

QString checkTitle(const tke::VisibilityCheck& check)
{
    const auto is = [&check](const char* id) { return check.id == QLatin1String(id); };
    if (is("defaultTenant"))
        return Businesses::tr("Does this platform hide all businesses of the tenant?");
    if (is("userKnown"))
        return Businesses::tr("Does the platform know the user?");
    if (is("bound"))
        return Businesses::tr("Is the user bound to a role in the business?");
    if (is("member"))
        return Businesses::tr("Is the user a member of the business?");
    if (is("bindingFailed"))
        return Businesses::tr("Could the members be bound when the business was made?");
    if (is("businessName"))
        return Businesses::tr("Has the business a name that the auth component takes?");
    if (is("tenant"))
        return Businesses::tr("Are user and business of one tenant?");
    if (is("administrator"))
        return Businesses::tr("Does the user administer the platform?");
    if (is("portal"))
        return Businesses::tr("What does the platform itself list to the user?");
    return base::visible(check.id);
}

QString sentence(const tke::VisibilityCheck& check, const tke::Visibility& of)
{
    const QString user = base::visible(of.user);
    switch (check.result) {
    case CheckResult::Fail:
        return failSentence(check, user);
    case CheckResult::Pass:
        return passSentence(check, user);
    case CheckResult::Unknown:
        if (check.id == QLatin1String("portal") && check.error && check.error->kind == base::ErrorKind::Forbidden)
            return Businesses::tr("The Kubernetes API server does not let this be asked in the name of “%1”. The "
                                  "console does not ask by way of it, so this says nothing of what the console lists: "
                                  "%2")
                .arg(user, sentence(*check.error));
        return check.error ? sentence(*check.error) : Businesses::tr("This could not be read.");
    case CheckResult::Skipped:
        break;
    }
    return Businesses::tr("Not asked: another answer decides, or the platform does not serve this.");
}

QString advice(const tke::VisibilityCheck& check, const tke::Visibility& of)
{
    const auto is = [&check](const char* id) { return check.id == QLatin1String(id); };
    const QString user = base::visible(of.user);
    const QString business = base::visible(of.business);
    if (check.result != CheckResult::Fail)
        return {};
    if (is("defaultTenant"))
        return Businesses::tr(
            "Use the platform's own console (平台管理) for businesses of the tenant “default”, or keep "
            "business users in a tenant of their own.");
    if (is("userKnown") && check.detail == QLatin1String("unlisted"))
        return Businesses::tr(
                   "Make an IdentityProvider “%1” for the tenant, of the type “tke”, or create the user where "
                   "the tenant's identity provider keeps its own.")
            .arg(base::visible(check.about));
    if (is("bound") && check.detail == QLatin1String("notApplied"))
        return Businesses::tr("Look whether tke-auth-controller runs (namespace tke), and what its log says of the "
                              "binding.");
    if (is("userKnown"))
        return Businesses::tr("Check the spelling, or create the user (用户管理).");
    if (is("bound") || is("bindingFailed"))
        return Businesses::tr(
                   "Add the member in the console under the business' members, which makes the binding: POST "
                   "/apis/auth.tkestack.io/v1/projects/%1/binding. Changing spec.members does nothing.")
            .arg(business);
    if (is("member"))
        return Businesses::tr("Add “%1” to the members of the business when it is made, or install the auth component.")
            .arg(user);
    if (is("businessName"))
        return Businesses::tr("Make the business anew in the console, which gives it a name of its own.");
    if (is("tenant"))
        return Businesses::tr("Sign in as a user of the tenant that the business is of.");
    return {};
}

QString verdict(const tke::Visibility& visibility)
{
    const QString user = base::visible(visibility.user);
    const QString business = base::visible(visibility.business);
    if (!visibility.visible)
        return Businesses::tr("Whether “%1” sees the business %2 cannot be told.").arg(user, business);
    return *visibility.visible ? Businesses::tr("“%1” sees the business %2.").arg(user, business)
                               : Businesses::tr("“%1” does not see the business %2.").arg(user, business);
}

QString healthSentence(const tke::BusinessNamespace& planned)
{
    if (planned.code.isEmpty() && planned.prose.isEmpty())
        return {};
    if (planned.prose.isEmpty())
        return codeSentence(planned.code);
    if (planned.code.isEmpty())
        return base::visible(planned.prose);
    return Businesses::tr("%1 It says: %2").arg(codeSentence(planned.code), base::visible(planned.prose));
}

QString sentence(const tke::LiveNamespace& live, const tke::BusinessNamespace& planned)
{
    const QString name = base::visible(planned.nameSpace);
    if (!live.exists)
        return live.error ? sentence(*live.error) : Businesses::tr("The cluster was not asked.");
    if (!*live.exists)
        return Businesses::tr("The cluster has no namespace %1.").arg(name);
    if (live.conflict == true)
        return Businesses::tr("The namespace %1 belongs to the business %2 by its label.")
            .arg(name, base::visible(live.owner));
    if (live.isTerminating)
        return Businesses::tr("The namespace %1 is being deleted.").arg(name);
    if (live.labelled == false)
        return Businesses::tr("The namespace %1 is there without the label of a business.").arg(name);
    if (live.hasQuota == false && !planned.hard.empty())
        return Businesses::tr("The namespace %1 is there without its ResourceQuota: nothing is limited.").arg(name);
    if (!live.hasQuota && !planned.hard.empty())
        return Businesses::tr("The namespace %1 is there; its ResourceQuota could not be seen.").arg(name);
    return Businesses::tr("The namespace %1 is there as the platform wants it.").arg(name);
}

QString word(const tke::LiveNamespace* live, const tke::BusinessNamespace& planned)
{
    if (!live)
        return Businesses::tr("not asked yet");
    if (!live->exists)
        return Businesses::tr("not known");
    if (!*live->exists)
        return Businesses::tr("missing");
    if (live->conflict == true)
        return Businesses::tr("conflict: %1").arg(base::visible(live->owner));
    if (live->isTerminating)
        return Businesses::tr("being deleted");
    if (live->labelled == false)
        return Businesses::tr("no label");
    if (live->hasQuota == false && !planned.hard.empty())
        return Businesses::tr("no quota");
    if (!live->hasQuota && !planned.hard.empty())
        return Businesses::tr("there, quota not known");
    return Businesses::tr("as planned");
}

QString failureOf(const tke::Business& business)
{
    const QString what = base::visible(business.message);
    const QString why = base::visible(business.reason);
    if (what.isEmpty() || why.isEmpty())
        return what + why;
    return Businesses::tr("%1: %2", "what failed, the error").arg(what, why);
}

QString nameRule()
{
    return Businesses::tr("At most 48 characters: lower-case letters, digits and “-”; it begins with a letter, ends "
                          "with a letter or a digit, and does not begin with “kube-”.");
}

QString sentence(const tke::DraftProblem& problem)
{
    const auto is = [&problem](const char* id) { return problem.id == QLatin1String(id); };
    const QString about = base::visible(problem.about);
    const QString detail = base::visible(problem.detail);
    if (is("nameMissing"))
        return Businesses::tr("A name is wanted.");
    if (is("nameTooLong"))
        return Businesses::tr("The name has %1 characters; 48 are the most.").arg(about);
    if (is("nameInvalid"))
        return Businesses::tr("A name has lower-case letters, digits and “-”, begins with a letter and ends with a "
                              "letter or a digit.");
    if (is("nameReserved"))
        return Businesses::tr("The name %1 is kept for the cluster itself.").arg(about);
    if (is("businessMissing"))
        return about.isEmpty() ? Businesses::tr("A business is wanted.")
                               : Businesses::tr("There is no business %1.").arg(about);
    if (is("businessLocked"))
        return Businesses::tr("The business %1 is locked: the platform makes no namespace in it.").arg(about);
    if (is("businessNotActive"))
        return detail.isEmpty() ? Businesses::tr("The business %1 is not active.").arg(about)
                                : Businesses::tr("The business %1 is not active: %2.").arg(about, detail);
    if (is("clusterMissing"))
        return Businesses::tr("A cluster is wanted, exactly one.");
    if (is("clusterNotAllowed"))
        return Businesses::tr("The business may not use the cluster %1.").arg(about);
    if (is("quotaMissing"))
        return Businesses::tr("%1: the business limits it, so the namespace must.").arg(about);
    if (is("quotaInvalid"))
        return Businesses::tr("%1: “%2” is no quantity.").arg(about, detail);
    if (is("quotaTooMuch"))
        return Businesses::tr("%1: the business has %2 left.").arg(about, detail);
    if (is("taken"))
        return Businesses::tr("The business %1 has a namespace of this name in this cluster.").arg(about);
    return base::visible(problem.id);
}

QString oneCluster()
{
    return Businesses::tr("A business namespace sits in exactly one cluster: its spec.clusterName is one name, it is "
                          "called CLUSTER-NAMESPACE, and neither can be changed. For a second cluster make a second "
                          "business namespace; the business itself may use several clusters.");
}

} // namespace messages
