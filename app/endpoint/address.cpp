#include "app/endpoint/address.h"

#include <QHostAddress>
#include <algorithm>

namespace endpoint {
namespace {

constexpr int ApiServerPort = 6443;

int rankOf(AddressType type)
{
    switch (type) {
    case AddressType::Real:
        return 0;
    case AddressType::Public:
    case AddressType::Internal:
    case AddressType::Support:
        return 1;
    case AddressType::Advertise:
        return 2;
    case AddressType::Manual:
        return 3;
    }
    return 3;
}

int portOf(const QUrl& url)
{
    return url.port(url.scheme() == QLatin1String("http") ? 80 : 443);
}

QString pathOf(const QUrl& url)
{
    QString path = url.path();
    while (path.endsWith(QLatin1Char('/')))
        path.chop(1);
    return path;
}

/// Numbers as bytes before names, so that .9 stands before .10.
QByteArray orderOf(const QString& host)
{
    const QHostAddress number(host);
    if (number.protocol() == QAbstractSocket::IPv4Protocol) {
        const quint32 value = number.toIPv4Address();
        return QByteArray("0") + QByteArray::number(value).rightJustified(10, '0');
    }
    return (number.isNull() ? "2" : "1") + host.toLower().toUtf8();
}

} // namespace

std::vector<Address> addressesOf(const std::vector<config::KnownAddress>& given)
{
    std::vector<Address> addresses;
    for (const config::KnownAddress& each : given)
        addAddress(addresses,
                   {.type = each.type, .url = each.url, .sources = {source::Manual}, .serverName = {}, .lastSeen = {}});
    return addresses;
}

QString Address::text() const
{
    return url.toDisplayString(QUrl::RemoveUserInfo | QUrl::StripTrailingSlash);
}

QString keyOf(const QUrl& url)
{
    return QStringLiteral("%1://%2:%3%4")
        .arg(url.scheme().toLower(), url.host(QUrl::FullyEncoded).toLower())
        .arg(portOf(url))
        .arg(pathOf(url));
}

bool isSameAddress(const QUrl& a, const QUrl& b)
{
    return keyOf(a) == keyOf(b);
}

QUrl urlOf(const QString& host, int port, const QString& path)
{
    QUrl url;
    url.setScheme(QStringLiteral("https"));
    url.setHost(host, QUrl::StrictMode);
    if (host.isEmpty() || url.host().isEmpty() || port < 1 || port > 65535)
        return {};
    url.setPort(port);
    QString prefix = path;
    while (prefix.endsWith(QLatin1Char('/')))
        prefix.chop(1);
    if (!prefix.isEmpty())
        url.setPath(prefix.startsWith(QLatin1Char('/')) ? prefix : QLatin1Char('/') + prefix);
    return url;
}

std::optional<QUrl> urlFromText(const QString& text)
{
    const QString trimmed = text.trimmed();
    const bool hasScheme = trimmed.contains(QLatin1String("://"));
    const bool isBareIpv6 = trimmed.count(QLatin1Char(':')) > 1 && !trimmed.startsWith(QLatin1Char('[')) && !hasScheme;
    QUrl url(hasScheme    ? trimmed
             : isBareIpv6 ? QStringLiteral("https://[%1]").arg(trimmed)
                          : QStringLiteral("https://") + trimmed,
             QUrl::StrictMode);
    const bool isHttp = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    if (trimmed.isEmpty() || !url.isValid() || !isHttp || url.host().isEmpty() || !url.userInfo().isEmpty() ||
        url.hasQuery() || url.hasFragment() || url.port() == 0)
        return std::nullopt;
    if (!hasScheme && url.port() < 0)
        url.setPort(ApiServerPort);
    url.setPath(pathOf(url));
    return url;
}

void addAddress(std::vector<Address>& addresses, Address address)
{
    const auto known = std::find_if(addresses.begin(), addresses.end(),
                                    [&](const Address& each) { return isSameAddress(each.url, address.url); });
    if (known == addresses.end()) {
        address.sources.removeDuplicates();
        addresses.push_back(std::move(address));
        return;
    }
    if (rankOf(address.type) < rankOf(known->type))
        known->type = address.type;
    known->sources += address.sources;
    known->sources.removeDuplicates();
    if (known->serverName.isEmpty())
        known->serverName = address.serverName;
    if (!known->lastSeen.isValid() || address.lastSeen > known->lastSeen)
        known->lastSeen = address.lastSeen;
}

void sortAddresses(std::vector<Address>& addresses)
{
    std::sort(addresses.begin(), addresses.end(), [](const Address& a, const Address& b) {
        return std::tuple(a.type, orderOf(a.url.host()), portOf(a.url), a.url.path()) <
               std::tuple(b.type, orderOf(b.url.host()), portOf(b.url), b.url.path());
    });
}

} // namespace endpoint
