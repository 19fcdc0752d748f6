#include "app/tke/memberroutes.h"

#include "app/base/job.h"
#include "app/config/profile.h"
#include "app/kube/probe.h"
#include "app/tke/kinds.h"

#include <algorithm>
#include <array>

namespace tke {
namespace {

using endpoint::Address;
using endpoint::AddressType;
using endpoint::ProbeResult;

constexpr std::chrono::milliseconds Patience{5'000};
constexpr std::chrono::milliseconds ProxyPatience{10'000}; // the platform has to dial the member first

constexpr std::array DirectOrder{AddressType::Advertise, AddressType::Real,    AddressType::Public,
                                 AddressType::Internal,  AddressType::Support, AddressType::Manual};

/// What keeps a context from being used at all, as an error.
std::optional<base::Error> blockOf(const config::Context& context)
{
    const auto blocking = std::ranges::find_if(context.problems, &config::Problem::blocks);
    if (blocking == context.problems.end())
        return std::nullopt;
    return base::Error{
        .kind = base::ErrorKind::BadConfig, .reason = blocking->id, .said = blocking->detail, .ofWhom = context.name};
}

/// One search; see findRoute().
class Routing final : public base::Job<RouteSearch> {
public:
    Routing(const kube::Client& client, PlatformAccess platform, MemberCluster member, RouteWish wish)
        : m_client(client),
          m_platform(std::move(platform)),
          m_member(std::move(member)),
          m_wish(std::move(wish))
    {
    }

    void begin()
    {
        const bool isOwn = isPlatformsOwn(m_platform, m_member);
        if (isOwn && may(RouteKind::Own)) {
            take(RouteKind::Own);
        } else if (m_wish.kind == RouteKind::Own) {
            refuse(RouteKind::Own, {},
                   {.kind = base::ErrorKind::NotFound,
                    .reason = QStringLiteral("notThePlatform"),
                    .said = m_member.name,
                    .ofWhom = m_platform.context.name});
            end(m_search);
        } else if (may(RouteKind::Direct)) {
            askForCredential();
        } else {
            tryProxy();
        }
    }

private:
    struct Candidate {
        Address address;
        config::Context context;
        std::optional<base::Error> refusal;
        bool isOpen = true; ///< being looked at
        QString uid;
    };

    bool may(RouteKind kind) const
    {
        if (m_wish.address)
            return kind == RouteKind::Direct;
        return !m_wish.kind || *m_wish.kind == kind;
    }

    void refuse(RouteKind kind, const Address& address, base::Error error)
    {
        m_search.refused.push_back({kind, address, std::move(error)});
    }

    void take(RouteKind kind, const Address& address = {}, std::optional<config::Context> context = {})
    {
        m_search.taken = MemberRoute{kind, address, context ? *context : memberContext(m_platform, m_member, kind)};
        end(m_search);
    }

    void askForCredential()
    {
        follow(readCredential(m_client, m_member), [this](const base::Result<Credential>& credential) {
            if (!credential) {
                refuse(RouteKind::Direct, {}, credential.error());
                goOn();
                return;
            }
            tryAddresses(*credential);
        });
    }

    void tryAddresses(const Credential& credential)
    {
        std::vector<Address> addresses = directOrder(m_member.addresses);
        if (m_wish.address) {
            // `real:N` counts as everywhere else: in the order in which addresses are shown.
            std::vector<Address> shown = addresses;
            endpoint::sortAddresses(shown);
            addresses = endpoint::chosen(shown, *m_wish.address);
        }
        if (addresses.empty()) {
            refuse(RouteKind::Direct, {},
                   {.kind = base::ErrorKind::NotFound,
                    .reason = QStringLiteral("memberNoAddress"),
                    .said = m_member.name,
                    .ofWhom = m_platform.context.name});
            goOn();
            return;
        }
        for (Address& address : addresses) {
            if (!m_wish.serverName.isEmpty())
                address.serverName = m_wish.serverName;
            m_candidates.push_back({address, memberContext(m_platform, m_member, credential, address), {}, true, {}});
        }
        for (std::size_t i = 0; i < m_candidates.size(); ++i)
            look(i);
        judge();
    }

    void look(std::size_t i)
    {
        Candidate& candidate = m_candidates[i];
        const auto end = [&candidate](base::Error error) {
            candidate.refusal = std::move(error);
            candidate.isOpen = false;
        };
        if (auto block = blockOf(candidate.context)) {
            end(std::move(*block));
            return;
        }
        auto endpoint = transport::endpointOf(candidate.context);
        if (!endpoint) {
            end(endpoint.error());
            return;
        }
        kube::ProbeOptions options{.own = std::move(*endpoint),
                                   .connect = transport::connectAs(candidate.context, m_platform.journal,
                                                                   {.context = candidate.context.name})};
        options.quick = true;
        options.patience = Patience;
        follow(kube::probe(candidate.address, options),
               [this, i](const base::Result<ProbeResult>& result) { looked(i, result); });
    }

    void looked(std::size_t i, const base::Result<ProbeResult>& result)
    {
        Candidate& candidate = m_candidates[i];
        candidate.isOpen = false;
        if (!result) {
            candidate.refusal = result.error();
        } else {
            candidate.refusal = kube::refusalOf(*result, false);
            candidate.uid = result->clusterUid;
            // It answers, and does not know the credential.
            const base::Error& livez = result->at(endpoint::Stage::Livez).error;
            if (!candidate.refusal && livez.kind == base::ErrorKind::Unauthorized && livez.httpStatus != 0)
                candidate.refusal = livez;
        }
        judge();
    }

    /// The first in the order, once those before it have been seen to fail.
    void judge()
    {
        if (isOver())
            return;
        for (const Candidate& each : m_candidates) {
            if (each.isOpen)
                return;
            if (each.refusal)
                continue;
            for (const Candidate& before : m_candidates) {
                if (&before == &each)
                    break;
                refuse(RouteKind::Direct, before.address, *before.refusal);
            }
            const bool isOwn = !each.uid.isEmpty() && each.uid == m_platform.clusterUid;
            if (isOwn && !m_wish.kind && !m_wish.address)
                take(RouteKind::Own);
            else
                take(RouteKind::Direct, each.address, each.context);
            return;
        }
        for (const Candidate& each : m_candidates)
            refuse(RouteKind::Direct, each.address, *each.refusal);
        goOn();
    }

    /// No direct way.
    void goOn()
    {
        if (may(RouteKind::Proxy))
            tryProxy();
        else
            end(m_search);
    }

    void tryProxy()
    {
        auto made = throughPlatform(m_platform.connect, m_platform.endpoint, m_member.name)(m_platform.endpoint,
                                                                                            transport::As::Self);
        if (!made) {
            refuse(RouteKind::Proxy, {}, made.error());
            end(m_search);
            return;
        }
        m_proxy = std::move(*made);
        // What nobody may ask who is not signed in, unlike /version: the platform may have no credential of it.
        transport::Request request{.path = "/api"};
        request.silence = ProxyPatience;
        follow(m_proxy->send(std::move(request)), [this](const base::Result<transport::Reply>& reply) {
            if (reply) { // whatever the member says, it is the member that says it
                take(RouteKind::Proxy);
                return;
            }
            refuse(RouteKind::Proxy, {}, reply.error());
            end(m_search);
        });
    }

    const kube::Client m_client;
    const PlatformAccess m_platform;
    const MemberCluster m_member;
    const RouteWish m_wish;
    RouteSearch m_search;
    std::vector<Candidate> m_candidates;
    std::unique_ptr<transport::Transport> m_proxy;
};

QString nameOf(const PlatformAccess& platform, const MemberCluster& member)
{
    return platform.context.name + QLatin1Char('/') + member.name;
}

} // namespace

QString idOf(RouteKind kind)
{
    switch (kind) {
    case RouteKind::Own:
        return QStringLiteral("own");
    case RouteKind::Direct:
        return QStringLiteral("direct");
    case RouteKind::Proxy:
        break;
    }
    return QStringLiteral("platform");
}

bool isPlatformsOwn(const PlatformAccess& platform, const MemberCluster& member)
{
    return hasAddressOf(member, platform.others) || hasAddressOf(member, {{.type = AddressType::Manual,
                                                                           .url = platform.endpoint.url,
                                                                           .sources = {},
                                                                           .serverName = {},
                                                                           .lastSeen = {}}});
}

std::vector<Address> directOrder(const std::vector<Address>& addresses)
{
    std::vector<Address> ordered;
    for (const AddressType type : DirectOrder) {
        for (const Address& each : addresses) {
            const bool isThere = std::ranges::any_of(
                ordered, [&](const Address& one) { return endpoint::isSameAddress(one.url, each.url); });
            if (each.type == type && !isThere)
                ordered.push_back(each);
        }
    }
    return ordered;
}

config::Context memberContext(const PlatformAccess& platform, const MemberCluster& member, const Credential& credential,
                              const Address& address)
{
    config::Profile profile;
    profile.name = nameOf(platform, member);
    profile.certificateAuthority = credential.certificateAuthority;
    profile.tlsServerName = address.serverName;
    profile.marks = {platform.context.production, platform.context.readOnly};
    profile.addresses.push_back({address.type, address.url});
    for (const Address& each : directOrder(member.addresses))
        if (!endpoint::isSameAddress(each.url, address.url))
            profile.addresses.push_back({each.type, each.url});
    config::Context context = config::contextOf(profile, {});
    context.profile.clear();
    context.clusterName = member.name;
    context.userName = credential.name;
    context.platform = platform.context.name;
    context.member = member.name;
    context.cluster.proxyUrl = platform.context.cluster.proxyUrl; // what leads to the platform leads there, too
    config::UserEntry& user = context.user;
    user.clientCertificate = credential.clientCertificate;
    user.clientKey = credential.clientKey;
    user.token = credential.token;
    user.impersonate = credential.impersonate;
    user.impersonateGroups = credential.impersonateGroups;
    for (const auto& [key, values] : credential.impersonateExtra)
        for (const QString& value : values)
            user.impersonateExtra.emplace_back(key, value);
    return context;
}

config::Context memberContext(const PlatformAccess& platform, const MemberCluster& member, RouteKind kind)
{
    config::Context context = platform.context;
    context.name = nameOf(platform, member);
    context.nameInFile = context.name;
    context.file.clear();
    context.profile.clear();
    context.clusterName = member.name;
    context.nameSpace.clear();
    context.current = false;
    context.cluster.server = platform.endpoint.url;
    context.cluster.tlsServerName = platform.endpoint.serverName;
    if (kind == RouteKind::Proxy)
        context.cluster.server.setPath(platform.endpoint.url.path() +
                                       QString::fromLatin1(clusters().path({}, member.name)) +
                                       QStringLiteral("/proxy"));
    context.addresses.clear();
    context.platform = platform.context.name;
    context.member = member.name;
    return context;
}

base::Call<RouteSearch> findRoute(const kube::Client& client, PlatformAccess platform, MemberCluster member,
                                  RouteWish wish)
{
    auto* routing = new Routing(client, std::move(platform), std::move(member), std::move(wish));
    auto call = routing->call();
    routing->begin();
    return call;
}

} // namespace tke
