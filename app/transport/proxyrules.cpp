#include "app/transport/proxyrules.h"

#include "app/config/proxyurl.h"

#include <QHostAddress>

namespace transport {
namespace {

QNetworkProxy proxyOf(const QUrl& url)
{
    const bool isSocks = url.scheme() == QLatin1String("socks5");
    return {isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, url.host(QUrl::FullyDecoded),
            static_cast<quint16>(url.port(isSocks ? 1080 : 80)), url.userName(QUrl::FullyDecoded),
            url.password(QUrl::FullyDecoded)};
}

/// "host", "host:443", "[::1]:443"; a bare IPv6 address is a host.
std::pair<QString, QString> hostAndPort(const QString& text)
{
    const auto colon = text.lastIndexOf(QLatin1Char(':'));
    if (text.startsWith(QLatin1Char('['))) {
        const auto end = text.indexOf(QLatin1Char(']'));
        if (end < 0)
            return {text, {}};
        return {text.mid(1, end - 1), colon > end ? text.mid(colon + 1) : QString()};
    }
    if (colon < 0 || text.indexOf(QLatin1Char(':')) != colon)
        return {text, {}};
    return {text.left(colon), text.mid(colon + 1)};
}

bool matches(const QString& entry, const QString& host, const QHostAddress& address, const QString& port)
{
    if (entry.contains(QLatin1Char('/'))) {
        const auto range = QHostAddress::parseSubnet(entry);
        if (!range.first.isNull())
            return !address.isNull() && address.isInSubnet(range);
    }
    auto [name, wantedPort] = hostAndPort(entry);
    if (name.isEmpty() || (!wantedPort.isEmpty() && wantedPort != port))
        return false;
    if (QHostAddress wanted; wanted.setAddress(name))
        return !address.isNull() && address.isEqual(wanted, QHostAddress::TolerantConversion);
    if (name.startsWith(QLatin1String("*.")))
        name.remove(0, 1);
    if (name.startsWith(QLatin1Char('.')))
        return host.endsWith(name);
    return host == name || host.endsWith(QLatin1Char('.') + name);
}

} // namespace

ProxyEnvironment ProxyEnvironment::ofProcess()
{
    const auto value = [](const char* upper, const char* lower) {
        const QString first = qEnvironmentVariable(upper);
        return first.isEmpty() ? qEnvironmentVariable(lower) : first;
    };
    return {.https = value("HTTPS_PROXY", "https_proxy"),
            .http = value("HTTP_PROXY", "http_proxy"),
            .no = value("NO_PROXY", "no_proxy")};
}

bool isBypassed(const QUrl& server, const QString& noProxy)
{
    QString host = server.host(QUrl::FullyEncoded).toLower();
    if (host.startsWith(QLatin1Char('[')) && host.endsWith(QLatin1Char(']')))
        host = host.mid(1, host.size() - 2);
    const QHostAddress address(host);
    if (host == QLatin1String("localhost") || address.isLoopback())
        return true;
    const QString port = QString::number(server.port(server.scheme() == QLatin1String("https") ? 443 : 80));
    for (const QString& part : noProxy.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const QString entry = part.trimmed().toLower();
        if (entry == QLatin1String("*") || (!entry.isEmpty() && matches(entry, host, address, port)))
            return true;
    }
    return false;
}

base::Result<QNetworkProxy> proxyFor(const QUrl& server, const QString& proxyUrl, const ProxyEnvironment& environment)
{
    if (!proxyUrl.isEmpty())
        return config::parseProxyUrl(proxyUrl).map(proxyOf);
    QString given = server.scheme() == QLatin1String("https") ? environment.https : environment.http;
    const bool isLocal = isBypassed(server, {});
    if (given.isEmpty()) // whoever sets one of the two means to decide it here
        return QNetworkProxy(isLocal || !environment.https.isEmpty() || !environment.http.isEmpty()
                                 ? QNetworkProxy::NoProxy
                                 : QNetworkProxy::DefaultProxy);
    if (isBypassed(server, environment.no))
        return QNetworkProxy(QNetworkProxy::NoProxy);
    // In the environment a proxy may be written without its scheme, and socks5h means what socks5 does here: names go
    // to the proxy.
    if (given.startsWith(QLatin1String("socks5h://")))
        given.remove(6, 1);
    if (!given.contains(QLatin1String("://")))
        given.prepend(QLatin1String("http://"));
    return config::parseProxyUrl(given).map(proxyOf);
}

QNetworkProxy desktopProxyFor(const QUrl& server)
{
    const auto proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(server));
    return proxies.isEmpty() ? QNetworkProxy(QNetworkProxy::NoProxy) : proxies.front();
}

} // namespace transport
