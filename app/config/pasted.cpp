#include "app/config/pasted.h"

#include "app/base/visible.h"
#include "app/config/entries.h"

#include <QRegularExpression>
#include <QSslCertificate>
#include <algorithm>

namespace config {
namespace {

constexpr qsizetype MostText = 1 << 20;

QRegularExpression pattern(const char* text)
{
    return QRegularExpression(QString::fromUtf8(text), QRegularExpression::CaseInsensitiveOption |
                                                           QRegularExpression::UseUnicodePropertiesOption);
}

QByteArray pemOf(const QList<QSslCertificate>& certificates)
{
    QByteArray pem;
    for (const QSslCertificate& each : certificates)
        if (!each.isNull())
            pem += each.toPem();
    return pem;
}

/// Lines of a PEM block may have become spaces on their way through a clipboard.
QList<QSslCertificate> fromPem(const QString& text)
{
    static const QRegularExpression block =
        pattern("-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END");
    QList<QSslCertificate> all;
    for (auto it = block.globalMatch(text); it.hasNext();) {
        const QByteArray der = QByteArray::fromBase64(it.next().captured(1).toLatin1());
        all << QSslCertificate::fromData(der, QSsl::Der);
    }
    return all;
}

QList<QSslCertificate> fromBase64(const QString& packed)
{
    const QByteArray bytes = QByteArray::fromBase64(packed.toLatin1());
    if (bytes.contains("-----BEGIN"))
        return fromPem(QString::fromLatin1(bytes));
    return QSslCertificate::fromData(bytes, QSsl::Der);
}

/// Takes what a pattern finds out of a text, so that nobody takes it for something else.
class Text {
public:
    explicit Text(QString text) : m_text(std::move(text)) {}

    const QString& rest() const { return m_text; }
    void take(qsizetype start, qsizetype length) { m_text.replace(start, length, QString(length, QLatin1Char(' '))); }

    QByteArray takeCertificates(std::vector<Problem>& notes)
    {
        QList<QSslCertificate> found;
        static const QRegularExpression block =
            pattern("-----BEGIN ([A-Z0-9 ]+)-----[^-]*(?:-----END [A-Z0-9 ]+-----)?");
        for (auto match = block.match(m_text); match.hasMatch(); match = block.match(m_text)) {
            if (match.captured(1).contains(QLatin1String("PRIVATE KEY"), Qt::CaseInsensitive)) {
                notes.push_back({QStringLiteral("privateKeyIgnored"), {}});
            } else {
                const auto certificates = fromPem(match.captured(0));
                if (certificates.isEmpty())
                    notes.push_back({QStringLiteral("certificateInvalid"), {}});
                found << certificates;
            }
            take(match.capturedStart(), match.capturedLength());
        }
        // Base64 of PEM, or of DER, perhaps over several lines; what follows on the next line may be a token.
        static const QRegularExpression start =
            pattern("(?<![A-Za-z0-9+/=._-])(?:LS0tLS1CRUdJTi|MII)[A-Za-z0-9+/=]{40,}");
        static const QRegularExpression more = pattern("\\G\\s*\\n\\s*([A-Za-z0-9+/=]+)(?=\\s|$)");
        for (auto match = start.match(m_text); match.hasMatch(); match = start.match(m_text)) {
            QString packed = match.captured();
            qsizetype end = match.capturedEnd();
            auto certificates = fromBase64(packed);
            while (certificates.isEmpty()) {
                const auto line = more.match(m_text, end, QRegularExpression::NormalMatch,
                                             QRegularExpression::AnchorAtOffsetMatchOption);
                if (!line.hasMatch())
                    break;
                packed += line.captured(1);
                end = line.capturedEnd();
                certificates = fromBase64(packed);
            }
            if (certificates.isEmpty())
                notes.push_back({QStringLiteral("certificateInvalid"), {}});
            found << certificates;
            take(match.capturedStart(), certificates.isEmpty() ? match.capturedLength() : end - match.capturedStart());
        }
        return pemOf(found);
    }

    std::vector<KnownAddress> takeAddresses(std::vector<Problem>& notes)
    {
        static const QRegularExpression address =
            pattern("(?<![\\w.:/@-])(?:https?://"
                    "[^\\s\"'<>()（）\\[\\],，;；、。]*(?:\\[[0-9a-f:.]+\\])?[^\\s\"'<>()（）,，;；、。]*|"
                    "(?:\\[[0-9a-f:.]+\\]|localhost|[a-z0-9][a-z0-9-]*(?:\\.[a-z0-9-]+)+):\\d{1,5}(?![\\w.])(?:/"
                    "[^\\s\"'()（）,，;；]*)?)");
        std::vector<KnownAddress> addresses;
        QStringList lines = m_text.split(QLatin1Char('\n'));
        qsizetype offset = 0;
        for (const QString& line : lines) {
            std::vector<QRegularExpressionMatch> matches;
            for (auto it = address.globalMatch(line); it.hasNext();)
                matches.push_back(it.next());
            for (std::size_t i = 0; i < matches.size(); ++i) {
                const qsizetype before = i == 0 ? 0 : matches[i - 1].capturedEnd();
                const qsizetype after = i + 1 < matches.size() ? matches[i + 1].capturedStart() : line.size();
                const auto url = addressFrom(matches[i].captured());
                if (!url) {
                    notes.push_back({QStringLiteral("serverInvalid"), base::visible(matches[i].captured())});
                    continue;
                }
                // "10.0.0.1:6443 (Real)", else "Real: 10.0.0.1:6443".
                auto type = typeIn(line.sliced(matches[i].capturedEnd(), after - matches[i].capturedEnd()), true);
                if (!type)
                    type = typeIn(line.sliced(before, matches[i].capturedStart() - before), false);
                const bool isKnown = std::any_of(addresses.begin(), addresses.end(),
                                                 [&](const KnownAddress& each) { return each.url == *url; });
                if (!isKnown)
                    addresses.push_back({type.value_or(AddressType::Manual), *url});
            }
            for (const auto& match : matches)
                take(offset + match.capturedStart(), match.capturedLength());
            offset += line.size() + 1;
        }
        return addresses;
    }

    QString takeToken()
    {
        static const QRegularExpression named =
            pattern("(?:token|令牌|bearer)\\s*[:：=]?\\s*[\"']?([A-Za-z0-9._~+/=-]{8,})");
        static const QRegularExpression jwt = pattern("\\beyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
        static const QRegularExpression word = pattern("(?<![\\w.~+/=-])[A-Za-z0-9._~+/=-]{16,}(?![\\w.~+/=-])");
        if (const auto match = named.match(m_text); match.hasMatch())
            return match.captured(1);
        if (const auto match = jwt.match(m_text); match.hasMatch())
            return match.captured();
        // One word is left that could be nothing else.
        QStringList words;
        for (auto it = word.globalMatch(m_text); it.hasNext();)
            if (const QString found = it.next().captured(); found.contains(pattern("[0-9]")))
                words << found;
        return words.size() == 1 ? words.front() : QString();
    }

private:
    static std::optional<AddressType> typeIn(const QString& text, bool first)
    {
        static const QRegularExpression word = pattern("\\p{L}+");
        std::optional<AddressType> found;
        for (auto it = word.globalMatch(text); it.hasNext();) {
            const QString written = it.next().captured();
            auto type = addressTypeOf(written);
            // Chinese words stand without spaces: 公网地址.
            for (qsizetype length = 3; !type && length > 1 && written.front().script() == QChar::Script_Han; --length)
                type = addressTypeOf(written.left(length));
            if (type && first)
                return type;
            if (type)
                found = type; // the nearest to what follows
        }
        return found;
    }

    QString m_text;
};

bool looksLikeKubeconfig(const QString& text)
{
    static const QRegularExpression keys = pattern("[\"']?\\b(?:clusters|contexts|users)[\"']?\\s*:\\s*(?:\\[|$|\\n)");
    return text.contains(keys);
}

void takeUser(Pasted& result, const RawUser& user)
{
    const auto isFile = [&result](const QString& path, const char* field) {
        if (!path.isEmpty())
            result.notes.push_back({QStringLiteral("fileNotPasted"), QLatin1String(field)});
    };
    result.token = user.token;
    if (user.clientCertificateData.isEmpty())
        isFile(user.clientCertificate, "client-certificate");
    if (user.clientKeyData.isEmpty())
        isFile(user.clientKey, "client-key");
    if (user.token.isEmpty())
        isFile(user.tokenFile, "tokenFile");
    if (!user.clientCertificateData.isEmpty() && !user.clientKeyData.isEmpty()) {
        result.clientCertificate = user.clientCertificateData;
        result.clientKey = user.clientKeyData;
    }
    if (user.exec)
        result.notes.push_back({QStringLiteral("signInNotKept"), QStringLiteral("exec")});
    if (!user.username.isEmpty())
        result.notes.push_back({QStringLiteral("signInNotKept"), QStringLiteral("username")});
    if (user.authProvider)
        result.notes.push_back({QStringLiteral("signInNotKept"), QStringLiteral("auth-provider")});
    if (!user.impersonate.isEmpty())
        result.notes.push_back({QStringLiteral("signInNotKept"), QStringLiteral("as")});
}

Pasted fromKubeconfig(const RawConfig& config)
{
    Pasted result;
    result.isKubeconfig = true;
    const RawContext* context = findNamed(config.contexts, config.currentContext);
    if (!context && !config.contexts.empty())
        context = &config.contexts.front().second;
    if (context && config.contexts.size() > 1) {
        const auto taken = std::find_if(config.contexts.begin(), config.contexts.end(),
                                        [context](const auto& each) { return &each.second == context; });
        result.notes.push_back({QStringLiteral("severalContexts"), base::visible(taken->first)});
    }
    const RawCluster* cluster = context ? findNamed(config.clusters, context->cluster) : nullptr;
    if (!context && !config.clusters.empty())
        cluster = &config.clusters.front().second;
    const RawUser* user = context ? findNamed(config.users, context->user) : nullptr;
    if (!context && config.users.size() == 1)
        user = &config.users.front().second;
    if (cluster) {
        for (const auto& [name, each] : config.clusters)
            if (&each == cluster)
                result.name = name;
        if (const auto url = addressFrom(cluster->server))
            result.addresses.push_back({AddressType::Manual, *url});
        else if (!cluster->server.isEmpty())
            result.notes.push_back({QStringLiteral("serverInvalid"), base::visible(cluster->server)});
        result.certificateAuthority = cluster->certificateAuthorityData;
        if (cluster->certificateAuthorityData.isEmpty() && !cluster->certificateAuthority.isEmpty())
            result.notes.push_back({QStringLiteral("fileNotPasted"), QStringLiteral("certificate-authority")});
        result.tlsServerName = cluster->tlsServerName;
        result.insecureSkipTlsVerify = cluster->insecureSkipTlsVerify;
    }
    if (context)
        result.nameSpace = context->nameSpace;
    if (user)
        takeUser(result, *user);
    return result;
}

} // namespace

std::optional<QUrl> addressFrom(const QString& text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty() || trimmed.contains(QLatin1Char('@')))
        return {};
    RawCluster raw;
    raw.server = trimmed.contains(QLatin1String("://")) ? trimmed : QStringLiteral("https://") + trimmed;
    const ClusterEntry entry = judge(raw).entry;
    return entry.server.isEmpty() || entry.server.port(1) == 0 ? std::nullopt : std::optional(entry.server);
}

QByteArray certificatesFrom(const QString& text)
{
    if (text.contains(QLatin1String("-----BEGIN")))
        return pemOf(fromPem(text));
    return pemOf(fromBase64(text.simplified().remove(QLatin1Char(' '))));
}

Pasted parsePasted(const QString& pasted)
{
    Pasted result;
    if (pasted.size() > MostText) {
        result.notes.push_back({QStringLiteral("tooLong"), {}});
        return result;
    }
    if (looksLikeKubeconfig(pasted)) {
        const auto config = parseRawConfig(pasted.toUtf8(), QString());
        if (config && !config->clusters.empty())
            return fromKubeconfig(*config);
        if (!config)
            result.notes.push_back({QStringLiteral("kubeconfigInvalid"), config.error().causes.empty()
                                                                             ? config.error().said
                                                                             : config.error().causes.front().message});
    }
    Text text(QString(pasted)
                  .replace(QLatin1String("\r\n"), QLatin1String("\n"))
                  .replace(QLatin1Char('\r'), QLatin1Char('\n')));
    result.certificateAuthority = text.takeCertificates(result.notes);
    result.addresses = text.takeAddresses(result.notes);
    result.token = text.takeToken();
    return result;
}

} // namespace config
