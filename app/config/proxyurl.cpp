#include "app/config/proxyurl.h"

#include "app/base/visible.h"

namespace config {

base::Result<QUrl> parseProxyUrl(const QString& text)
{
    const QUrl url(text, QUrl::StrictMode);
    const QString scheme = url.scheme();
    const bool isHttps = scheme == QLatin1String("https");
    const bool isKnown = scheme == QLatin1String("http") || scheme == QLatin1String("socks5");
    if (url.isValid() && !url.host().isEmpty() && isKnown)
        return url;
    const bool isUnsupported = url.isValid() && !url.host().isEmpty() && isHttps;
    return base::failure({.kind = base::ErrorKind::BadConfig,
                          .reason = isUnsupported ? QStringLiteral("proxyUnsupported") : QStringLiteral("proxyInvalid"),
                          .said = shownAddress(text)});
}

QString shownAddress(const QString& text)
{
    const auto slashes = text.indexOf(QLatin1String("//"));
    const auto start = slashes < 0 ? 0 : slashes + 2;
    const auto at = text.lastIndexOf(QLatin1Char('@'));
    return base::visible(at < start ? text : text.left(start) + text.sliced(at + 1));
}

} // namespace config
