#pragma once
// Where to and as whom: the two values that a transport's managers belong to. Another value means another manager,
// since a manager reuses a connection whatever the identity of the next request.

#include "app/base/result.h"
#include "app/config/context.h"
#include "app/transport/proxyrules.h"

#include <QSslConfiguration>

namespace transport {

struct Endpoint {
    QUrl url;                        ///< with the path prefix that a proxying platform may have
    QString serverName;              ///< expected in the certificate in place of the URL's host; empty: the host
    QByteArray certificateAuthority; ///< PEM; the only root when given
    bool insecureSkipTlsVerify = false;
    QNetworkProxy proxy = QNetworkProxy::NoProxy; ///< DefaultProxy: the desktop's

    QString text() const; ///< "https://192.0.2.1:6443"
};

struct Identity {
    QByteArray clientCertificate; ///< PEM
    QByteArray clientKey;
    QString token;
    QString tokenFile; ///< read again once a minute
    QString username;
    QString password;
    QString impersonate;
    QString impersonateUid;
    QStringList impersonateGroups;
    std::vector<std::pair<QString, QString>> impersonateExtra;
};

/// What the kubeconfig's context says, as an endpoint and an identity. Error{BadConfig} names what cannot be used.
/// An exec plugin is not run here: its user is what stands beside it.
base::Result<Endpoint> endpointOf(const config::Context& context,
                                  const ProxyEnvironment& proxies = ProxyEnvironment::ofProcess());
Identity identityOf(const config::Context& context);

/// TLS settings for both. Error{BadConfig} for a certificate or key that cannot be read; Qt reads RSA and EC keys.
base::Result<QSslConfiguration> tlsConfiguration(const Endpoint& endpoint, const Identity& identity);

} // namespace transport
