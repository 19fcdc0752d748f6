#pragma once
// A member cluster spoken to through its platform: each request goes to clusters/{name}/proxy of the platform's API
// (tkestack/tke, pkg/platform/registry/cluster/storage/proxy.go), whose answer is the member's own.

#include "app/transport/connect.h"

namespace tke {

/// Works in the other transport's worker thread. What the platform itself says in place of the member (it cannot reach
/// it, it has locked it, it does not have it, it does not permit it) is an Error and no Reply, since the member was not
/// asked: Error{Network, "platformCannotReach"}, {Server, "memberLocked"}, {NotFound, "memberMissing"},
/// {Forbidden, "proxyForbidden"}, {Server, "platformNotSignedIn"} (it has no credential of the member to sign in with),
/// {Server, "platformFailed"}; `said` is in the platform's words. For `memberMissing` it
/// is the name.
class ProxyTransport final : public transport::Transport {
    Q_OBJECT
public:
    ProxyTransport(std::unique_ptr<transport::Transport> platform, QString member);

    base::Call<transport::Reply> send(transport::Request request) override;
    transport::StreamHandle stream(transport::Request request, std::shared_ptr<transport::StreamSink> sink) override;
    QThread* workerThread() override { return m_platform->workerThread(); }
    /// "cls-abc12345 ← https://192.0.2.1:6443": the member, and who hands it on.
    QString address() const override;

private:
    const std::unique_ptr<transport::Transport> m_platform;
    const QString m_member;
};

/// The request as the platform takes it: the member's path and query are one value of the platform's query.
transport::Request throughProxy(transport::Request request, const QString& member);
/// The member that a target of the platform's is for: "…/clusters/cls-abc12345/proxy?path=…"; empty for any other.
QString proxiedMember(const QByteArray& target);
/// What an answer to such a request is when it is not the member's: exposed for tests. `request` is the member's.
std::optional<base::Error> platformsOwn(const transport::Reply& reply, const transport::Request& request,
                                        const QString& member);

/// Makes transports to the member out of ones to the platform: whatever endpoint is asked for, `platform` is spoken to.
transport::Connector throughPlatform(transport::Connector http, transport::Endpoint platform, QString member);

} // namespace tke
