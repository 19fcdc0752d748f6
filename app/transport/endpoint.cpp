#include "app/transport/endpoint.h"

#include <QSslCertificate>
#include <QSslKey>

namespace transport {
namespace {

base::Error badConfig(const QString& reason, const QString& said = {})
{
    return {.kind = base::ErrorKind::BadConfig, .reason = reason, .said = said};
}

/// PKCS#8 does not tell Qt the algorithm, so both that it can read are tried.
QSslKey privateKey(const QByteArray& pem)
{
    QSslKey key(pem, QSsl::Rsa);
    return key.isNull() ? QSslKey(pem, QSsl::Ec) : key;
}

} // namespace

QString Endpoint::text() const
{
    return url.toDisplayString(QUrl::RemoveUserInfo | QUrl::StripTrailingSlash);
}

base::Result<Endpoint> endpointOf(const config::Context& context, const ProxyEnvironment& proxies)
{
    const auto& cluster = context.cluster;
    Endpoint endpoint;
    endpoint.url = cluster.server;
    endpoint.serverName = cluster.tlsServerName;
    endpoint.certificateAuthority = cluster.certificateAuthority;
    endpoint.insecureSkipTlsVerify = cluster.insecureSkipTlsVerify;
    if (!endpoint.url.isValid() || endpoint.url.host().isEmpty())
        return base::failure(badConfig(QStringLiteral("serverInvalid"), cluster.server.toDisplayString()));
    const auto proxy = proxyFor(endpoint.url, cluster.proxyUrl, proxies);
    if (!proxy)
        return base::failure(proxy.error());
    endpoint.proxy = *proxy;
    return endpoint;
}

Identity identityOf(const config::Context& context)
{
    const auto& user = context.user;
    return Identity{.clientCertificate = user.clientCertificate,
                    .clientKey = user.clientKey,
                    .token = user.token,
                    .tokenFile = user.tokenFile,
                    .username = user.username,
                    .password = user.password,
                    .impersonate = user.impersonate,
                    .impersonateUid = user.impersonateUid,
                    .impersonateGroups = user.impersonateGroups,
                    .impersonateExtra = user.impersonateExtra};
}

base::Result<QSslConfiguration> tlsConfiguration(const Endpoint& endpoint, const Identity& identity)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    if (endpoint.insecureSkipTlsVerify)
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    if (!endpoint.certificateAuthority.isEmpty()) {
        const auto roots = QSslCertificate::fromData(endpoint.certificateAuthority, QSsl::Pem);
        if (roots.isEmpty())
            return base::failure(badConfig(QStringLiteral("caInvalid")));
        tls.setCaCertificates(roots);
    }
    if (!identity.clientCertificate.isEmpty()) {
        const auto chain = QSslCertificate::fromData(identity.clientCertificate, QSsl::Pem);
        if (chain.isEmpty())
            return base::failure(badConfig(QStringLiteral("clientCertificateInvalid")));
        const QSslKey key = privateKey(identity.clientKey);
        if (key.isNull())
            return base::failure(badConfig(QStringLiteral("keyUnsupported")));
        tls.setLocalCertificateChain(chain);
        tls.setPrivateKey(key);
    }
    return tls;
}

} // namespace transport
