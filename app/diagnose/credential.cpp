#include "app/diagnose/credential.h"

#include "app/kube/json.h"

#include <QFile>
#include <QSslCertificate>

namespace diagnose {
namespace {

constexpr qsizetype LongestToken = 64 * 1024;

QString tokenIn(const QString& path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? QString::fromUtf8(file.read(LongestToken)).trimmed() : QString();
}

} // namespace

std::optional<QDateTime> tokenExpiry(const QString& token)
{
    const QStringList parts = token.split(QLatin1Char('.'));
    if (parts.size() != 3 || token.size() > LongestToken)
        return {};
    const QByteArray claims =
        QByteArray::fromBase64(parts[1].toLatin1(), QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    const auto json = kube::parseJson(claims);
    if (!json || !json->is_object())
        return {};
    const auto exp = json->find("exp");
    if (exp == json->end() || !exp->is_number())
        return {};
    const double seconds = exp->get<double>();
    if (!(seconds > 0 && seconds < 253'402'300'800.0)) // the year 10000
        return {};
    return QDateTime::fromSecsSinceEpoch(static_cast<qint64>(seconds), Qt::UTC);
}

std::optional<QDateTime> certificateExpiry(const QByteArray& pem)
{
    const auto chain = QSslCertificate::fromData(pem, QSsl::Pem);
    if (chain.isEmpty())
        return {};
    return chain.front().expiryDate().toUTC();
}

std::optional<QDateTime> credentialExpiry(const config::UserEntry& user)
{
    switch (user.authKind()) {
    case config::AuthKind::Certificate:
        return certificateExpiry(user.clientCertificate);
    case config::AuthKind::Token:
        return tokenExpiry(user.token);
    case config::AuthKind::TokenFile:
        return tokenExpiry(tokenIn(user.tokenFile));
    default:
        return {};
    }
}

} // namespace diagnose
