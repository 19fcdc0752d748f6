#pragma once
// Which proxy leads to a server: the kubeconfig's, else the environment's by the rules of Go's
// golang.org/x/net/http/httpproxy (which kubectl follows), else the desktop's.

#include "app/base/result.h"

#include <QNetworkProxy>
#include <QUrl>

namespace transport {

/// What the environment says. A value.
struct ProxyEnvironment {
    QString https; ///< HTTPS_PROXY
    QString http;  ///< HTTP_PROXY
    QString no;    ///< NO_PROXY

    /// Of this process: upper case wins over lower case.
    static ProxyEnvironment ofProcess();
};

/// Whether NO_PROXY, or being local, keeps a server from the environment's proxy. Entries are names ("example.org" with
/// its subdomains, ".example.org" for those only), addresses, ranges ("10.0.0.0/8"), each with or without a port, or
/// "*".
bool isBypassed(const QUrl& server, const QString& noProxy);

/// NoProxy; Http or Socks5 with its login; DefaultProxy: the desktop's, to be asked for where waiting does no harm.
/// `proxyUrl` is the kubeconfig's and may be empty. Error{BadConfig} as config::parseProxyUrl().
base::Result<QNetworkProxy> proxyFor(const QUrl& server, const QString& proxyUrl, const ProxyEnvironment& environment);

/// The desktop's, NoProxy where it has none. Blocks, perhaps for seconds, while a script is fetched; any thread.
QNetworkProxy desktopProxyFor(const QUrl& server);

} // namespace transport
