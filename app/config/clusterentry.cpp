#include "app/base/visible.h"
#include "app/config/entries.h"
#include "app/config/files.h"
#include "app/config/proxyurl.h"

#include <QSslCertificate>

namespace config {
namespace {

bool hasSchemeAndHost(const QString& text)
{
    const QUrl url(text, QUrl::StrictMode);
    return url.isValid() && !url.scheme().isEmpty() && !url.host().isEmpty();
}

/// rest/url_utils.go, DefaultServerURL: what is no address with scheme and host is a host with or without a port. https
/// would be taken for it only where a CA is known, and clientcmd asks before it has looked at the CA: so it is http.
QUrl serverUrl(const QString& text, std::vector<Problem>& problems)
{
    if (text.isEmpty()) {
        problems.push_back({QStringLiteral("serverMissing"), {}, true});
        return {};
    }
    const bool whole = hasSchemeAndHost(text);
    QUrl url(whole ? text : QStringLiteral("http://") + text, QUrl::StrictMode);
    const bool isHttp = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    const bool hasPath = !url.path().isEmpty() && url.path() != QLatin1String("/");
    if (!url.isValid() || !isHttp || url.host().isEmpty() || (!whole && hasPath)) {
        problems.push_back({QStringLiteral("serverInvalid"), shownAddress(text), true});
        return {};
    }
    if (!whole)
        problems.push_back({QStringLiteral("serverWithoutScheme"), shownAddress(text)});
    if (!url.userInfo().isEmpty()) {
        problems.push_back({QStringLiteral("serverLoginIgnored"), shownAddress(text)});
        url.setUserInfo({});
    }
    url.setQuery(QString());
    url.setFragment(QString());
    QString prefix = url.path(QUrl::FullyEncoded);
    while (prefix.endsWith(QLatin1Char('/')))
        prefix.chop(1);
    url.setPath(prefix, QUrl::StrictMode);
    return url;
}

} // namespace

Judged<ClusterEntry> judge(const RawCluster& raw)
{
    Judged<ClusterEntry> result;
    auto& [entry, problems] = result;
    entry.server = serverUrl(raw.server, problems);
    entry.tlsServerName = raw.tlsServerName;
    entry.insecureSkipTlsVerify = raw.insecureSkipTlsVerify;
    entry.proxyUrl = raw.proxyUrl;
    entry.disableCompression = raw.disableCompression;
    entry.execConfig = raw.execConfig;
    if (!raw.proxyUrl.isEmpty()) {
        if (const auto proxy = parseProxyUrl(raw.proxyUrl); !proxy)
            problems.push_back({proxy.error().reason, proxy.error().said, true});
    }

    entry.certificateAuthority = raw.certificateAuthorityData;
    QString source = QStringLiteral("certificate-authority-data");
    const bool hasData = !raw.certificateAuthorityData.isEmpty();
    const bool hasFile = !raw.certificateAuthority.isEmpty();
    if (hasData && hasFile) {
        problems.push_back({QStringLiteral("dataOverridesFile"), QStringLiteral("certificate-authority")});
    } else if (hasFile) {
        source = base::visible(raw.certificateAuthority);
        if (auto bytes = readFile(raw.certificateAuthority)) {
            entry.certificateAuthority = *bytes;
        } else {
            problems.push_back(
                {QStringLiteral("caUnreadable"), source + QStringLiteral(": ") + bytes.error().said, true});
            return result;
        }
    }
    const bool isTls = entry.server.scheme() == QLatin1String("https");
    if (!isTls || !(hasData || hasFile))
        return result;
    if (QSslCertificate::fromData(entry.certificateAuthority, QSsl::Pem).isEmpty())
        problems.push_back({QStringLiteral("caInvalid"), source, true});
    if (raw.insecureSkipTlsVerify)
        problems.push_back({QStringLiteral("caWithInsecure"), {}, true});
    return result;
}

} // namespace config
