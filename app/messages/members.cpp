#include "app/messages/members.h"

#include "app/messages/errors.h"

#include <QCoreApplication>

namespace messages {
namespace {

struct Members {
    Q_DECLARE_TR_FUNCTIONS(Members)
};

} // namespace

QString memberSentence(const base::Error& error)
{
    const QString& id = error.reason;
    const auto about = [&error](const QString& pattern) { return pattern.arg(error.asked, error.ofWhom, error.said); };
    if (id == QLatin1String("notAPlatform"))
        return Members::tr("%1 is no TKEStack platform: it has no list of clusters.").arg(error.ofWhom);
    if (id == QLatin1String("memberMissing"))
        return Members::tr("The platform has no cluster “%1”, or shows it to others only.").arg(error.said);
    if (id == QLatin1String("platformCannotReach"))
        return about(Members::tr("%1 was asked of %2, but the platform cannot reach that cluster: %3"));
    if (id == QLatin1String("memberLocked"))
        return about(Members::tr("%1 was asked of %2, but the platform has locked that cluster: %3"));
    if (id == QLatin1String("platformFailed"))
        return about(Members::tr("%1 was asked of %2, but the platform itself failed: %3"));
    if (id == QLatin1String("proxyForbidden"))
        return about(Members::tr("%1 was asked of %2, but the platform does not let you through: %3"));
    if (id == QLatin1String("platformNotSignedIn"))
        return about(Members::tr("%1 was asked of %2, but the platform has no credential of that cluster to sign in "
                                 "with: %3"));
    if (id == QLatin1String("credentialNotNamed"))
        return Members::tr("The cluster “%1” names no credential at the platform, and no credential names it.")
            .arg(error.said);
    if (id == QLatin1String("credentialForbidden"))
        return Members::tr("The platform does not let you read that cluster's credential: %1").arg(error.said);
    if (id == QLatin1String("credentialMissing"))
        return Members::tr("The platform has no credential “%1”.").arg(error.said);
    if (id == QLatin1String("credentialUnusable"))
        return Members::tr("Nobody can sign in with the credential “%1”: it has neither a token nor a certificate with "
                           "its key.")
            .arg(error.said);
    if (id == QLatin1String("memberNoAddress"))
        return Members::tr("The platform knows no address of the cluster “%1” that was asked for.").arg(error.said);
    if (id == QLatin1String("notThePlatform"))
        return Members::tr("“%1” is not the platform's own cluster.").arg(error.said);
    if (id == QLatin1String("throughPlatform"))
        return Members::tr("“%1” is spoken to through the platform, and not at an address of its own.").arg(error.said);
    if (id == QLatin1String("platformClosed"))
        return Members::tr("The platform of “%1” is not open any more.").arg(error.said);
    if (id == QLatin1String("maskUnknown"))
        return Members::tr("%1 stands for a hidden value that this object does not have.").arg(error.said);
    return {};
}

QString memberAdvice(const base::Error& error)
{
    const QString& id = error.reason;
    if (id == QLatin1String("notAPlatform"))
        return Members::tr("Choose the context of a platform's global cluster.");
    if (id == QLatin1String("memberMissing"))
        return Members::tr("alidadectl clusters lists those that there are.");
    if (id == QLatin1String("platformCannotReach"))
        return Members::tr("See whether the cluster's addresses are right and its API servers run; the platform dials "
                           "from its own pods.");
    if (id == QLatin1String("memberLocked"))
        return Members::tr("Ask who looks after the platform to unlock it.");
    if (id == QLatin1String("platformFailed"))
        return Members::tr("See whether the platform's own pods (namespace tke) run.");
    if (id == QLatin1String("proxyForbidden"))
        return Members::tr("Ask for the right to use clusters/proxy of platform.tkestack.io.");
    if (id == QLatin1String("credentialForbidden"))
        return Members::tr("Go through the platform, or ask for the right to read clustercredentials.");
    if (id == QLatin1String("platformNotSignedIn") || id == QLatin1String("credentialNotNamed"))
        return Members::tr("Import the cluster at the platform again, or make a ClusterCredential that "
                           "spec.clusterCredentialRef of the cluster names.");
    if (id == QLatin1String("credentialMissing") || id == QLatin1String("credentialUnusable"))
        return Members::tr("Go through the platform, or import the cluster there again.");
    if (id == QLatin1String("throughPlatform"))
        return Members::tr("Open it directly to choose among its addresses.");
    if (id == QLatin1String("maskUnknown"))
        return Members::tr("Write the value itself, or leave the mask as it was.");
    return {};
}

QString routeName(tke::RouteKind kind)
{
    switch (kind) {
    case tke::RouteKind::Own:
        return Members::tr("the platform itself");
    case tke::RouteKind::Direct:
        return Members::tr("directly");
    case tke::RouteKind::Proxy:
        break;
    }
    return Members::tr("through the platform");
}

QString routeTaken(const QString& member, const tke::MemberRoute& route)
{
    switch (route.kind) {
    case tke::RouteKind::Own:
        return Members::tr("%1 is the platform's own cluster, and spoken to as such.").arg(member);
    case tke::RouteKind::Direct:
        return Members::tr("%1 is spoken to directly, at %2 (%3).")
            .arg(member, route.address.text(), config::idOf(route.address.type));
    case tke::RouteKind::Proxy:
        break;
    }
    return Members::tr("%1 is spoken to through the platform.").arg(member);
}

QString routeRefused(const tke::RefusedRoute& refused)
{
    const QString why = sentence(refused.error);
    if (refused.kind == tke::RouteKind::Proxy)
        return Members::tr("Not through the platform: %1").arg(why);
    if (refused.kind == tke::RouteKind::Own)
        return why;
    return refused.address.url.isEmpty()
               ? Members::tr("Not directly: %1").arg(why)
               : Members::tr("Not at %1 (%2): %3").arg(refused.address.text(), config::idOf(refused.address.type), why);
}

} // namespace messages
