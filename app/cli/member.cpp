// How a run comes from a platform to one of its member clusters.

#include "app/base/visible.h"
#include "app/cli/run.h"
#include "app/kube/discovery.h"
#include "app/messages/members.h"

namespace cli {

tke::PlatformAccess Run::platformAccess()
{
    return {.context = m_context,
            .endpoint = m_endpoint,
            .others = known().addresses,
            .clusterUid = {},
            .connect = m_connect,
            .journal = &m_journal};
}

void Run::enterMember()
{
    kube::clusterUid(*m_client).future.then(this, [this](const base::Result<QString>& uid) {
        tke::readMember(*m_client, m_options.member)
            .future.then(this, [this, uid = uid.value_or(QString())](const base::Result<tke::MemberCluster>& member) {
                if (!member) {
                    fail(member.error());
                    return;
                }
                tke::PlatformAccess platform = platformAccess();
                platform.clusterUid = uid;
                tke::RouteWish wish{.serverName = m_options.tlsServerName};
                if (m_options.throughPlatform)
                    wish.kind = tke::RouteKind::Proxy;
                else if (!m_options.endpoint.isEmpty())
                    wish.address = endpoint::choiceFromText(m_options.endpoint);
                tke::findRoute(*m_client, std::move(platform), *member, std::move(wish))
                    .future.then(this, [this](const base::Result<tke::RouteSearch>& search) {
                        if (search)
                            follow(*search);
                        else
                            fail(search.error());
                    });
            });
    });
}

void Run::follow(const tke::RouteSearch& search)
{
    if (!search.taken) {
        // The last one is why it ends; nothing of what the platform says of itself makes it a failed command.
        for (std::size_t i = 0; i + 1 < search.refused.size(); ++i)
            warn(base::visible(messages::routeRefused(search.refused[i])));
        const base::Error& error = search.refused.back().error;
        fail(error, exitOf(error) == Exit::SomethingWrong ? Exit::NotConnected : exitOf(error));
        return;
    }
    for (const tke::RefusedRoute& refused : search.refused)
        warn(base::visible(messages::routeRefused(refused)));
    warn(base::visible(messages::routeTaken(m_options.member, *search.taken)));
    const tke::MemberRoute& route = *search.taken;
    m_context = route.context;
    m_kubeconfig.contexts.push_back(m_context); // in memory, for guides, which look a context up by its name
    if (route.kind == tke::RouteKind::Own) {
        runCommand();
        return;
    }
    auto endpoint = transport::endpointOf(m_context);
    if (!endpoint) {
        fail(endpoint.error());
        return;
    }
    const transport::Endpoint platform = std::exchange(m_own, std::move(*endpoint));
    if (route.kind == tke::RouteKind::Proxy) {
        const transport::Connector through = tke::throughPlatform(m_connect, platform, m_context.member);
        auto transport = through(platform, transport::As::Self);
        if (!transport) {
            fail(transport.error());
            return;
        }
        m_endpoint = m_own;
        takeTransport(std::move(*transport));
        // The member's addresses can be looked at as nobody: there is no credential for them, and no CA.
        m_own.insecureSkipTlsVerify = true;
        m_own.certificateAuthority.clear();
        m_connect = [http = std::exchange(m_connect, nullptr)](const transport::Endpoint& to, transport::As) {
            return http(to, transport::As::Nobody);
        };
        m_isThroughPlatform = true;
        runCommand();
        return;
    }
    m_connect = transport::connectAs(m_context, &m_journal, {.context = m_context.name}, plugins());
    if (const auto spoken = speakTo(m_own); !spoken)
        fail(spoken.error());
    else
        runCommand();
}

} // namespace cli
