#include "app/tke/memberclients.h"

#include "app/base/job.h"

namespace tke {
namespace {

using Shared = std::shared_ptr<const kube::Client>;

/// The client beside what it speaks through.
struct Connection {
    std::unique_ptr<transport::Transport> transport;
    kube::Client client;
};

class MemberJob final : public base::Job<Shared> {
public:
    MemberJob(const kube::Client& client, PlatformAccess platform) : m_client(client), m_platform(std::move(platform))
    {
    }

    base::Call<Shared> begin(const QString& cluster)
    {
        auto answer = call();
        follow(readMember(m_client, cluster), [this](const base::Result<MemberCluster>& member) {
            if (!member) {
                end(base::failure(member.error()));
                return;
            }
            follow(findRoute(m_client, m_platform, *member),
                   [this, name = member->name](const base::Result<RouteSearch>& search) {
                       if (!search)
                           end(base::failure(search.error()));
                       else if (!search->taken)
                           end(base::failure(search->refused.empty() ? base::Error{.kind = base::ErrorKind::NotFound}
                                                                     : search->refused.back().error));
                       else
                           open(*search->taken, name);
                   });
        });
        return answer;
    }

private:
    void open(const MemberRoute& route, const QString& name)
    {
        base::Result<std::unique_ptr<transport::Transport>> transport = nullptr;
        if (route.kind == RouteKind::Own) {
            transport = m_platform.connect(m_platform.endpoint, transport::As::Self);
        } else if (route.kind == RouteKind::Proxy) {
            transport = throughPlatform(m_platform.connect, m_platform.endpoint, name)(m_platform.endpoint,
                                                                                       transport::As::Self);
        } else if (const auto endpoint = transport::endpointOf(route.context)) {
            transport = transport::connectAs(route.context, m_platform.journal,
                                             {.context = route.context.name})(*endpoint, transport::As::Self);
        } else {
            transport = base::failure(endpoint.error());
        }
        if (!transport) {
            end(base::failure(transport.error()));
            return;
        }
        const kube::Client client(transport->get());
        const auto connection = std::make_shared<Connection>(std::move(*transport), client);
        end(Shared(connection, &connection->client));
    }

    const kube::Client m_client;
    const PlatformAccess m_platform;
};

} // namespace

ClientOf memberClients(const kube::Client& client, PlatformAccess platform)
{
    const auto open = std::make_shared<std::map<QString, Shared>>();
    return [client, platform = std::move(platform), open](const QString& cluster) {
        if (const auto found = open->find(cluster); found != open->end())
            return base::answered<Shared>(found->second);
        return base::mapped<Shared>((new MemberJob(client, platform))->begin(cluster),
                                    [open, cluster](const base::Result<Shared>& answer) {
                                        if (answer)
                                            open->insert_or_assign(cluster, *answer);
                                        return answer;
                                    });
    };
}

} // namespace tke
