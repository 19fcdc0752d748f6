#pragma once
// The ways from a platform to one of its member clusters, and which of them can be gone.

#include "app/endpoint/choice.h"
#include "app/tke/credential.h"
#include "app/tke/proxytransport.h"

namespace tke {

enum class RouteKind {
    Own,    ///< it is the platform's own cluster: spoken to as the platform is
    Direct, ///< an address of its own, with the credential that the platform keeps of it
    Proxy,  ///< through the platform
};
/// "own", "direct", "platform": stable, for JSON and for settings.
QString idOf(RouteKind kind);

/// A platform as it is spoken to. Its journal outlives every route to a member.
struct PlatformAccess {
    config::Context context;
    transport::Endpoint endpoint;          ///< where it is spoken to now
    std::vector<endpoint::Address> others; ///< further addresses that are known of it
    QString clusterUid;                    ///< of its kube-system; empty: not known
    transport::Connector connect;          ///< transports to it, as who asks it
    transport::Journal* journal = nullptr;
};

/// What a person chose; nothing: the first way that can be gone.
struct RouteWish {
    std::optional<RouteKind> kind;
    /// Direct, to one of these and to no other.
    std::optional<endpoint::Choice> address;
    QString serverName; ///< expected in the certificate of a direct address; empty: its host
};

struct MemberRoute {
    RouteKind kind = RouteKind::Own;
    endpoint::Address address; ///< Direct: the one that is spoken to
    /// What the member is opened with: Direct with its credential, which is to stay in memory; Own and Proxy with the
    /// platform's server and user, whose identity is the platform's to share.
    config::Context context;
};

/// A way that could not be gone.
struct RefusedRoute {
    RouteKind kind = RouteKind::Own;
    endpoint::Address address; ///< Direct: the one that was tried; without a URL: none could be
    base::Error error;
};

struct RouteSearch {
    std::optional<MemberRoute> taken;  ///< none: nothing reaches it
    std::vector<RefusedRoute> refused; ///< those that stand before it, in their order
};

/// Looks for a way: its own cluster, then the direct addresses (all tried at once, five seconds each; the first in the
/// order of directOrder() that may be used is), then the proxy. `client` speaks to the platform. Works in the calling
/// thread, which has an event loop. An Error only for Canceled.
base::Call<RouteSearch> findRoute(const kube::Client& client, PlatformAccess platform, MemberCluster member,
                                  RouteWish wish = {});

/// Member and platform have an address in common, so that they are one cluster.
bool isPlatformsOwn(const PlatformAccess& platform, const MemberCluster& member);
/// Advertise, then each Real, then Public, Internal, Support; each URL once.
std::vector<endpoint::Address> directOrder(const std::vector<endpoint::Address>& addresses);
/// The member at one of its addresses, signed in to with this credential: named "PLATFORM/cls-…", with the marks of the
/// platform. Problems are found as a kubeconfig's are.
config::Context memberContext(const PlatformAccess& platform, const MemberCluster& member, const Credential& credential,
                              const endpoint::Address& address);
/// The member as the platform's user: at the platform's own server (Own), or at the platform's proxy, whose URL is its
/// server then (Proxy).
config::Context memberContext(const PlatformAccess& platform, const MemberCluster& member, RouteKind kind);

} // namespace tke
