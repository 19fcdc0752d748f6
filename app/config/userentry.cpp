#include "app/base/visible.h"
#include "app/config/entries.h"
#include "app/config/files.h"

#include <QSslCertificate>
#include <QSslKey>
#include <algorithm>

namespace config {
namespace {

/// A control character in a header would end it; net/http refuses the same ones.
bool fitsHeader(const QString& text)
{
    return std::none_of(text.begin(), text.end(),
                        [](QChar c) { return (c.unicode() < 0x20 && c != QLatin1Char('\t')) || c.unicode() == 0x7f; });
}

/// Reads one user; the steps add problems in the order of the fields.
class UserJudge {
public:
    UserJudge(const RawUser& raw, QDateTime now) : m_raw(raw), m_now(std::move(now)) {}

    Judged<UserEntry> run()
    {
        auto& entry = m_result.entry;
        entry.token = m_raw.token;
        entry.tokenFile = m_raw.tokenFile;
        entry.username = m_raw.username;
        entry.password = m_raw.password;
        entry.exec = m_raw.exec;
        entry.impersonate = m_raw.impersonate;
        entry.impersonateUid = m_raw.impersonateUid;
        entry.impersonateGroups = m_raw.impersonateGroups;
        for (const auto& [key, values] : m_raw.impersonateExtra) {
            for (const QString& value : values)
                entry.impersonateExtra.emplace_back(key, value);
        }
        judgeCertificate();
        judgeToken();
        judgeImpersonation();
        if (entry.exec)
            judgeExec(*entry.exec);
        if (m_raw.authProvider)
            add("authProviderUnsupported", base::visible(*m_raw.authProvider), entry.authKind() == AuthKind::None);
        return std::move(m_result);
    }

private:
    void add(const char* id, const QString& detail, bool blocks = true)
    {
        m_result.problems.push_back({QLatin1String(id), detail, blocks});
    }

    struct Source {
        QByteArray bytes;
        QString name; ///< the file, or the field
        bool ok = true;
    };

    Source dataOrFile(const QByteArray& data, const QString& file, const char* field, const char* unreadable)
    {
        if (!data.isEmpty()) {
            if (!file.isEmpty())
                add("dataOverridesFile", QLatin1String(field), false);
            return {data, QLatin1String(field) + QStringLiteral("-data")};
        }
        const QString name = base::visible(file);
        if (auto bytes = readFile(file))
            return {*bytes, name};
        else
            add(unreadable, name + QStringLiteral(": ") + bytes.error().said);
        return {{}, name, false};
    }

    /// A key without a certificate is not used, nor looked at.
    void judgeCertificate()
    {
        if (m_raw.clientCertificateData.isEmpty() && m_raw.clientCertificate.isEmpty())
            return;
        const auto certificate = dataOrFile(m_raw.clientCertificateData, m_raw.clientCertificate, "client-certificate",
                                            "clientCertificateUnreadable");
        m_result.entry.clientCertificate = certificate.bytes;
        const auto chain = QSslCertificate::fromData(certificate.bytes, QSsl::Pem);
        if (certificate.ok && chain.isEmpty())
            add("clientCertificateInvalid", certificate.name);
        if (!chain.isEmpty())
            judgeTime(chain.first());
        if (m_raw.clientKeyData.isEmpty() && m_raw.clientKey.isEmpty()) {
            add("clientKeyMissing", {});
            return;
        }
        const auto key = dataOrFile(m_raw.clientKeyData, m_raw.clientKey, "client-key", "clientKeyUnreadable");
        m_result.entry.clientKey = key.bytes;
        if (key.ok)
            judgeKey(key, chain.isEmpty() ? QSslCertificate() : chain.first());
    }

    void judgeTime(const QSslCertificate& certificate)
    {
        const auto text = [](const QDateTime& time) { return time.toUTC().toString(Qt::ISODate); };
        if (certificate.expiryDate() < m_now)
            add("certificateExpired", text(certificate.expiryDate()), false);
        if (certificate.effectiveDate() > m_now)
            add("certificateNotYetValid", text(certificate.effectiveDate()), false);
    }

    void judgeKey(const Source& source, const QSslCertificate& certificate)
    {
        QSslKey key(source.bytes, QSsl::Rsa);
        if (key.isNull())
            key = QSslKey(source.bytes, QSsl::Ec);
        if (key.isNull()) {
            const QString label = labelOf(source.bytes);
            if (label.isEmpty())
                add("clientKeyInvalid", source.name);
            else
                add("keyUnsupported", label);
        } else if (!certificate.isNull() && !belongTogether(key, certificate)) {
            add("keyDoesNotMatch", source.name);
        }
    }

    /// "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY"; empty when there is no such block.
    static QString labelOf(const QByteArray& pem)
    {
        const QByteArray begin = "-----BEGIN ";
        const QByteArray end = "PRIVATE KEY-----";
        const auto to = pem.indexOf(end);
        const auto from = to < 0 ? -1 : pem.lastIndexOf(begin, to);
        if (from < 0)
            return {};
        const auto start = from + begin.size();
        return base::visible(pem.sliced(start, to + end.size() - 5 - start).toStdString());
    }

    /// Qt has no such question, and QSslCertificate::publicKey() crashes on a key that OpenSSL cannot read (6.4.2). But
    /// a key's DER (PKCS#1 or SEC 1) holds its public number, and the certificate has it as the same bytes: RSA's
    /// modulus, a curve's X, which is there in compressed points, too. A key without its public part is taken on trust.
    static bool belongTogether(const QSslKey& key, const QSslCertificate& certificate)
    {
        const QByteArray der = key.toDer();
        if (key.algorithm() == QSsl::Rsa) // a run well within the modulus, which starts at byte 10 to 12
            return der.size() < 128 || certificate.toDer().contains(der.sliced(20, 40));
        const qsizetype coordinate = (key.length() + 7) / 8;
        const qsizetype point = der.size() - 2 * coordinate - 1;
        if (point < 1 || der.at(point - 1) != '\0' || der.at(point) != '\x04')
            return true;
        return certificate.toDer().contains(der.sliced(point + 1, coordinate));
    }

    void judgeToken()
    {
        const bool isAlone = m_raw.token.isEmpty();
        bool fits = fitsHeader(m_raw.token);
        if (!m_raw.tokenFile.isEmpty()) {
            const QString name = base::visible(m_raw.tokenFile);
            if (const auto bytes = readFile(m_raw.tokenFile); !bytes) {
                add("tokenFileUnreadable", name + QStringLiteral(": ") + bytes.error().said, isAlone);
            } else if (const QString token = QString::fromUtf8(bytes->trimmed()); token.isEmpty()) {
                add("tokenFileEmpty", name, isAlone);
            } else {
                fits = fits && fitsHeader(token);
            }
        }
        if (!fits)
            add("tokenInvalid", {});
        const bool hasLogin = !m_raw.username.isEmpty() || (!m_raw.password.isEmpty() && !isAlone);
        if (hasLogin && (!isAlone || !m_raw.tokenFile.isEmpty()))
            add("severalSignIns", {});
    }

    void judgeImpersonation()
    {
        const auto& entry = m_result.entry;
        const bool asks =
            !entry.impersonateUid.isEmpty() || !entry.impersonateGroups.isEmpty() || !m_raw.impersonateExtra.empty();
        if (asks && entry.impersonate.isEmpty())
            add("impersonationWithoutUser", {});
        if (!fitsHeader(entry.impersonate))
            add("impersonationInvalid", QStringLiteral("as"));
        if (!fitsHeader(entry.impersonateUid))
            add("impersonationInvalid", QStringLiteral("as-uid"));
        if (!std::all_of(entry.impersonateGroups.begin(), entry.impersonateGroups.end(), fitsHeader))
            add("impersonationInvalid", QStringLiteral("as-groups"));
        if (!std::all_of(entry.impersonateExtra.begin(), entry.impersonateExtra.end(),
                         [](const auto& extra) { return fitsHeader(extra.second); }))
            add("impersonationInvalid", QStringLiteral("as-user-extra"));
    }

    void judgeExec(ExecEntry& exec)
    {
        exec.installHint = base::visible(exec.installHint, base::Lines::Many);
        const auto incomplete = [this](const char* field) { add("execIncomplete", QLatin1String(field)); };
        if (m_raw.authProvider)
            incomplete("auth-provider");
        if (exec.command.isEmpty())
            incomplete("command");
        if (std::any_of(exec.environment.begin(), exec.environment.end(),
                        [](const auto& variable) { return variable.first.isEmpty(); }))
            incomplete("env");
        const QStringList modes{QStringLiteral("Never"), QStringLiteral("IfAvailable"), QStringLiteral("Always")};
        if (!modes.contains(exec.interactiveMode))
            incomplete("interactiveMode");
        if (exec.apiVersion.isEmpty())
            incomplete("apiVersion");
        else if (exec.apiVersion != QLatin1String("client.authentication.k8s.io/v1") &&
                 exec.apiVersion != QLatin1String("client.authentication.k8s.io/v1beta1"))
            add("execVersionUnsupported", base::visible(exec.apiVersion));
    }

    const RawUser& m_raw;
    QDateTime m_now;
    Judged<UserEntry> m_result;
};

} // namespace

Judged<UserEntry> judge(const RawUser& raw, const QDateTime& now)
{
    return UserJudge(raw, now).run();
}

bool concernsHttp(const Problem& problem)
{
    return problem.id.startsWith(QLatin1String("impersonation"));
}

} // namespace config
