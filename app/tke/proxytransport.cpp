#include "app/tke/proxytransport.h"

#include "app/base/visible.h"
#include "app/kube/errors.h"
#include "app/kube/jsonread.h"
#include "app/tke/kinds.h"
#include "app/tke/members.h"

namespace tke {
namespace {

using base::ErrorKind;

bool isJson(const transport::Reply& reply)
{
    return reply.head.header("Content-Type").startsWith("application/json");
}

/// Behind these paths others than the member's API server answer, in words of their own.
bool leadsFurther(const QByteArray& path)
{
    return path.contains("/proxy") || (path.startsWith("/apis/") && path.count('/') > 2);
}

/// "[-]etcd failed: …": the member's own checks are a text as well.
bool isCheckList(const QByteArray& body)
{
    return body.startsWith("[+]") || body.startsWith("[-]") || body.contains(" check failed") ||
           body.contains(" check passed");
}

/// Where the credential that a cluster names is gone, the platform asks the member as nobody. Where the cluster names
/// none, it has an address without a scheme, and cannot even ask.
bool isWithoutCredential(int status, const QString& said, const QByteArray& path)
{
    if (status == 400)
        return said.startsWith(QLatin1String("parse \"")) &&
               said.endsWith(QLatin1String("first path segment in URL cannot contain colon"));
    return status == 403 && said.contains(QLatin1String("User \"system:anonymous\"")) && !path.contains("/proxy");
}

QString askedOf(const transport::Request& request)
{
    return QString::fromLatin1(request.verb + ' ' + request.target());
}

/// Passes an answer on, unless it is the platform's own.
class MemberSink final : public transport::StreamSink {
public:
    MemberSink(std::shared_ptr<transport::StreamSink> sink, transport::Request request, QString member, QString address)
        : m_sink(std::move(sink)),
          m_request(std::move(request)),
          m_member(std::move(member)),
          m_address(std::move(address))
    {
    }
    void answered(const transport::ReplyHead& head) override { m_sink->answered(head); }
    void refused(const transport::Reply& reply) override
    {
        if (auto own = platformsOwn(reply, m_request, m_member))
            finished(base::failure(std::move(*own)));
        else
            m_sink->refused(reply);
    }
    std::span<char> space() override { return m_sink->space(); }
    base::Result<void> commit(std::size_t count) override { return m_sink->commit(count); }
    void finished(const base::Result<void>& end) override
    {
        m_sink->finished(end.map_error([this](base::Error error) {
            error.asked = askedOf(m_request);
            error.ofWhom = m_address;
            return error;
        }));
    }

private:
    const std::shared_ptr<transport::StreamSink> m_sink;
    const transport::Request m_request;
    const QString m_member;
    const QString m_address;
};

} // namespace

transport::Request throughProxy(transport::Request request, const QString& member)
{
    const QString target = QString::fromLatin1(request.target());
    request.path = clusters().path({}, member) + "/proxy";
    request.query = {{QStringLiteral("path"), target}};
    request.headers.emplace_back("X-TKE-ClusterName", member.toUtf8());
    return request;
}

QString proxiedMember(const QByteArray& target)
{
    const QByteArray begin = clusters().path() + '/';
    const auto end = target.indexOf("/proxy?path=");
    if (!target.startsWith(begin) || end < begin.size())
        return {};
    const QByteArray name = target.mid(begin.size(), end - begin.size());
    return name.contains('/') ? QString() : QString::fromUtf8(QByteArray::fromPercentEncoding(name));
}

std::optional<base::Error> platformsOwn(const transport::Reply& reply, const transport::Request& request,
                                        const QString& member)
{
    const int status = reply.head.status;
    if (status < 400)
        return std::nullopt;
    const auto own = [&](ErrorKind kind, const char* reason) {
        base::Error error = kube::errorFrom(reply);
        error.kind = kind;
        error.reason = QLatin1String(reason);
        error.retryAfter.reset();
        error.causes.clear();
        return error;
    };
    if (!isJson(reply)) {
        // A dead member: 500 with the words of Go's dialler. 502 to 504 come from what stands before the platform.
        const bool isCheck = isCheckList(reply.body);
        if (status == 500 && !isCheck && (!leadsFurther(request.path) || reply.body.startsWith("dial tcp")))
            return own(ErrorKind::Network, "platformCannotReach");
        if (status > 500 && !leadsFurther(request.path))
            return own(ErrorKind::Server, "platformFailed");
        return std::nullopt;
    }
    const auto body = kube::parseJson(reply.body);
    if (!body || kube::rawText(*body, {"kind"}) != QLatin1String("Status"))
        return std::nullopt;
    const QString said = kube::rawText(*body, {"message"});
    const QString group = kube::rawText(*body, {"details", "group"});
    const QString kind = kube::rawText(*body, {"details", "kind"});
    const QString name = kube::rawText(*body, {"details", "name"});
    // The platform hands no path of this group on, so a word about it is its own. Of another tenant's it says
    // "cluster.apps".
    const bool isOfCluster =
        name == member && ((group == QLatin1String("platform.tkestack.io") && kind == QLatin1String("clusters")) ||
                           (group == QLatin1String("apps") && kind == QLatin1String("cluster")));
    if (status == 404 && isOfCluster) {
        base::Error error = own(ErrorKind::NotFound, "memberMissing");
        error.said = base::visible(member);
        return error;
    }
    if (status == 403 && isOfCluster)
        return own(ErrorKind::Forbidden, "proxyForbidden");
    if (isWithoutCredential(status, said, request.path))
        return own(ErrorKind::Server, "platformNotSignedIn");
    if (status == 500 && said.endsWith(QStringLiteral("cluster %1 has been locked").arg(member)))
        return own(ErrorKind::Server, "memberLocked");
    if (status == 500 && said.endsWith(QLatin1String("clusterName is required")))
        return own(ErrorKind::Server, "platformFailed");
    return std::nullopt;
}

ProxyTransport::ProxyTransport(std::unique_ptr<transport::Transport> platform, QString member)
    : m_platform(std::move(platform)),
      m_member(std::move(member))
{
}

QString ProxyTransport::address() const
{
    return m_member + QStringLiteral(" ← ") + m_platform->address();
}

base::Call<transport::Reply> ProxyTransport::send(transport::Request request)
{
    auto call = m_platform->send(throughProxy(request, m_member));
    return base::mapped<transport::Reply>(
        std::move(call),
        [request = std::move(request), member = m_member,
         address = address()](const base::Result<transport::Reply>& reply) -> base::Result<transport::Reply> {
            auto own = reply ? platformsOwn(*reply, request, member) : std::optional(reply.error());
            if (!own)
                return reply;
            own->asked = askedOf(request);
            own->ofWhom = address;
            return base::failure(std::move(*own));
        });
}

transport::StreamHandle ProxyTransport::stream(transport::Request request, std::shared_ptr<transport::StreamSink> sink)
{
    transport::Request proxied = throughProxy(request, m_member);
    return m_platform->stream(std::move(proxied),
                              std::make_shared<MemberSink>(std::move(sink), std::move(request), m_member, address()));
}

transport::Connector throughPlatform(transport::Connector http, transport::Endpoint platform, QString member)
{
    return [http = std::move(http), platform = std::move(platform), member = std::move(member)](
               const transport::Endpoint&, transport::As as) -> base::Result<std::unique_ptr<transport::Transport>> {
        return http(platform, as)
            .map([&](std::unique_ptr<transport::Transport> each) -> std::unique_ptr<transport::Transport> {
                return std::make_unique<ProxyTransport>(std::move(each), member);
            });
    };
}

} // namespace tke
