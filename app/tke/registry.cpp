#include "app/tke/registry.h"

#include "app/base/job.h"
#include "app/base/visible.h"

#include <QRegularExpression>
#include <algorithm>
#include <vector>

namespace tke {
namespace {

using endpoint::Stage;

constexpr qsizetype LongestSaid = 300;
/// "defult" is one away from "default", "registry.tek.com" two from "registry.tke.com".
constexpr int MostSlips = 2;

/// How many letters have to be put in, left out, replaced or swapped with their neighbour.
int slipsBetween(const QString& a, const QString& b)
{
    const auto wide = static_cast<std::size_t>(b.size()) + 1;
    std::vector<std::vector<int>> cost(static_cast<std::size_t>(a.size()) + 1, std::vector<int>(wide));
    for (std::size_t i = 0; i < cost.size(); ++i)
        cost[i][0] = static_cast<int>(i);
    for (std::size_t j = 0; j < wide; ++j)
        cost[0][j] = static_cast<int>(j);
    for (std::size_t i = 1; i < cost.size(); ++i)
        for (std::size_t j = 1; j < wide; ++j) {
            const auto left = [&a](std::size_t at) { return a.at(static_cast<qsizetype>(at) - 1); };
            const auto right = [&b](std::size_t at) { return b.at(static_cast<qsizetype>(at) - 1); };
            const int replaced = cost[i - 1][j - 1] + (left(i) == right(j) ? 0 : 1);
            cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, replaced});
            if (i > 1 && j > 1 && left(i) == right(j - 1) && left(i - 1) == right(j))
                cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    return cost.back().back();
}

/// The value of `key: value` in a YAML text, without its quotes.
QString settingIn(const QString& text, const char* key)
{
    const QRegularExpression line(
        QStringLiteral("^\\s*%1:\\s*[\"']?([A-Za-z0-9.-]+)[\"']?\\s*$").arg(QLatin1String(key)),
        QRegularExpression::MultilineOption);
    return line.match(text).captured(1);
}

/// key="value" of a challenge (RFC 7235).
QString parameterOf(const QString& challenge, const char* key)
{
    const QRegularExpression pair(QStringLiteral("\\b%1=\"([^\"]*)\"").arg(QLatin1String(key)),
                                  QRegularExpression::CaseInsensitiveOption);
    return pair.match(challenge).captured(1);
}

class Visiting final : public base::Job<RegistryVisit> {
public:
    Visiting(const ImageName& name, OutsideOptions options) : m_options(std::move(options))
    {
        m_visit.url = name.url();
    }

    void begin()
    {
        follow(findWay(m_visit.url, m_options), [this](const base::Result<OutsideWay>& way) {
            if (!way) {
                end(base::failure(way.error()));
                return;
            }
            m_visit.way = *way;
            const auto failed = way->probe.failure();
            if (!failed)
                knock(m_visit.url);
            else if (*failed == Stage::Tls && !way->probe.certificate)
                knockPlainly();
            else
                end(m_visit);
        });
    }

private:
    void knock(const QUrl& url)
    {
        auto made = openWay(url, m_visit.way.trust, m_options, journal());
        if (!made) {
            end(base::failure(made.error()));
            return;
        }
        m_transport = std::move(*made);
        follow(m_transport->send({.path = "/v2/", .silence = m_options.patience, .mostBytes = 1 << 20}),
               [this](const base::Result<transport::Reply>& reply) {
                   if (reply)
                       take(*reply);
                   else
                       m_visit.error = reply.error();
                   end(m_visit);
               });
    }

    /// There is no TLS on this port: is there a registry without it?
    void knockPlainly()
    {
        QUrl plain = m_visit.url;
        plain.setScheme(QStringLiteral("http"));
        plain.setPort(m_visit.url.port(443));
        m_isPlain = true;
        knock(plain);
    }

    void take(const transport::Reply& reply)
    {
        const QString challenge = base::visible(reply.head.header("WWW-Authenticate").toStdString());
        const bool isBearer = challenge.startsWith(QLatin1String("Bearer "), Qt::CaseInsensitive);
        const bool isRegistry = (reply.head.status == 401 && isBearer) ||
                                reply.head.header("Docker-Distribution-Api-Version").startsWith("registry/2");
        if (m_isPlain && !isRegistry)
            return; // a server of TLS complains in plain text as well
        m_visit.isPlainHttp = m_isPlain;
        m_visit.isRegistry = isRegistry;
        m_visit.status = reply.head.status;
        if (isBearer) {
            m_visit.realm = parameterOf(challenge, "realm");
            m_visit.service = parameterOf(challenge, "service");
        }
        m_visit.said = (challenge.isEmpty() ? base::visible(reply.body.left(LongestSaid).trimmed().toStdString())
                                            : challenge.left(LongestSaid));
    }

    transport::Journal* journal() { return m_options.journal ? m_options.journal : &m_ownJournal; }

    const OutsideOptions m_options;
    transport::Journal m_ownJournal{1};
    RegistryVisit m_visit;
    bool m_isPlain = false;
    std::unique_ptr<transport::HttpTransport> m_transport;
};

RegistryFault tlsFaultOf(const base::Error& error)
{
    const auto is = [&error](const char* reason) { return error.reason == QLatin1String(reason); };
    if (is("certificateUntrusted"))
        return RegistryFault::CertificateUntrusted;
    if (is("certificateNameMismatch"))
        return RegistryFault::CertificateNameMismatch;
    if (is("certificateExpired") || is("certificateNotYetValid"))
        return RegistryFault::CertificateOutdated;
    return error.kind == base::ErrorKind::Timeout ? RegistryFault::NoAnswer : RegistryFault::NoHandshake;
}

bool isSamePlace(const QUrl& a, const QUrl& b)
{
    return a.host().compare(b.host(), Qt::CaseInsensitive) == 0 && a.scheme() == b.scheme() &&
           a.port(443) == b.port(443);
}

} // namespace

QString ImageName::address() const
{
    return port < 0 ? host : host + QLatin1Char(':') + QString::number(port);
}

QString ImageName::nameSpace() const
{
    return repository.contains(QLatin1Char('/')) ? repository.section(QLatin1Char('/'), 0, 0) : QString();
}

QUrl ImageName::url() const
{
    QUrl url;
    url.setScheme(QStringLiteral("https"));
    url.setHost(host);
    url.setPort(port);
    return url;
}

std::optional<ImageName> imageNameOf(const QString& text)
{
    // github.com/distribution/reference: what stands before the first slash is a host where it has a dot or a port, or
    // is "localhost".
    static const QRegularExpression shape(
        QStringLiteral("^(?:https?://)?([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::([0-9]{1,5}))?(?:/(.*))?$"));
    const auto match = shape.match(text.trimmed());
    if (!match.hasMatch())
        return std::nullopt;
    ImageName name{.host = match.captured(1).toLower(), .repository = {}};
    const bool hasPort = !match.captured(2).isEmpty();
    if (hasPort)
        name.port = match.captured(2).toInt();
    const bool isHost = name.host.contains(QLatin1Char('.')) || name.host == QLatin1String("localhost") ||
                        (hasPort && match.capturedStart(3) >= 0);
    if (!isHost || name.port == 0 || name.port > 65535)
        return std::nullopt;
    QString rest = match.captured(3);
    if (rest == QLatin1String("v2") || rest.startsWith(QLatin1String("v2/")))
        rest.clear();
    rest = rest.section(QLatin1Char('@'), 0, 0);
    if (const auto colon = rest.lastIndexOf(QLatin1Char(':')); colon > rest.lastIndexOf(QLatin1Char('/')))
        rest.truncate(colon);
    name.repository = rest;
    return name;
}

std::optional<ImageName> imageNameInError(const QString& text)
{
    for (const char* pattern :
         {"https?://([^/\\s\"']+)/v2/", "\\blookup ([A-Za-z0-9.-]+)(?: on |:)",
          "pull(?:ing)? image \\\\?\"([^\"\\\\]+)\"", "push refers to (?:a )?repository \\[([^\\]]+)\\]"}) {
        const auto match = QRegularExpression(QLatin1String(pattern)).match(text);
        if (match.hasMatch())
            if (const auto name = imageNameOf(match.captured(1)))
                return name;
    }
    return std::nullopt;
}

std::optional<RegistryNames> registryNamesIn(const QString& configuration)
{
    const QString suffix = settingIn(configuration, "domainSuffix");
    if (suffix.isEmpty())
        return std::nullopt;
    RegistryNames names{.domainSuffix = suffix.toLower(), .isTold = true};
    if (const QString tenant = settingIn(configuration, "defaultTenant"); !tenant.isEmpty())
        names.tenant = tenant;
    return names;
}

bool isOfPlatform(const QString& host, const RegistryNames& names)
{
    if (host == names.domainSuffix)
        return true;
    const QString tail = QLatin1Char('.') + names.domainSuffix;
    return host.endsWith(tail) && !host.chopped(tail.size()).contains(QLatin1Char('.'));
}

QString hostMeant(const QString& host, const RegistryNames& names)
{
    const QString usual = names.tenant + QLatin1Char('.') + names.domainSuffix;
    if (host == usual || host == names.domainSuffix)
        return {};
    if (isOfPlatform(host, names)) {
        // Any label may be a tenant; one that is a slip away from the usual one is more likely that slip.
        const QString label = host.chopped(names.domainSuffix.size() + 1);
        return slipsBetween(label, names.tenant) <= MostSlips ? usual : QString();
    }
    const int toUsual = slipsBetween(host, usual);
    const int toSuffix = slipsBetween(host, names.domainSuffix);
    if (std::min(toUsual, toSuffix) <= MostSlips)
        return toUsual <= toSuffix ? usual : names.domainSuffix;
    // Another tenant, and the slip behind it.
    const auto dot = host.indexOf(QLatin1Char('.'));
    if (dot > 0 && slipsBetween(host.mid(dot + 1), names.domainSuffix) <= MostSlips)
        return host.left(dot + 1) + names.domainSuffix;
    return {};
}

base::Call<RegistryVisit> visitRegistry(const ImageName& name, const OutsideOptions& options)
{
    auto* visiting = new Visiting(name, options);
    auto call = visiting->call();
    visiting->begin();
    return call;
}

RegistryFault faultOf(const RegistryVisit& visit)
{
    if (visit.isPlainHttp)
        return RegistryFault::PlainHttp;
    if (const auto failed = visit.way.probe.failure()) {
        const base::Error& error = visit.way.probe.at(*failed).error;
        if (*failed == Stage::Resolve || error.kind == base::ErrorKind::Dns)
            return error.kind == base::ErrorKind::Timeout ? RegistryFault::NoAnswer : RegistryFault::NameUnknown;
        if (*failed == Stage::Tls)
            return tlsFaultOf(error);
        if (error.kind == base::ErrorKind::Timeout)
            return RegistryFault::NoAnswer;
        return error.reason == QLatin1String("refused") ? RegistryFault::Refused : RegistryFault::Closed;
    }
    if (visit.status == 0)
        return visit.error.kind == base::ErrorKind::Timeout ? RegistryFault::NoAnswer : RegistryFault::Closed;
    if (visit.status >= 500)
        return RegistryFault::Failing;
    if (!visit.isRegistry)
        return RegistryFault::NoRegistry;
    if (visit.service == QLatin1String("tke") && !isSamePlace(QUrl(visit.realm), visit.url))
        return RegistryFault::RealmElsewhere;
    return RegistryFault::None;
}

} // namespace tke
