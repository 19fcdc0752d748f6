#include "app/config/context.h"

namespace config {

QString idOf(AuthKind kind)
{
    switch (kind) {
    case AuthKind::None:
        return QStringLiteral("none");
    case AuthKind::Certificate:
        return QStringLiteral("cert");
    case AuthKind::Token:
        return QStringLiteral("token");
    case AuthKind::TokenFile:
        return QStringLiteral("tokenFile");
    case AuthKind::Exec:
        return QStringLiteral("exec");
    case AuthKind::Basic:
        return QStringLiteral("basic");
    }
    return {};
}

AuthKind UserEntry::authKind() const
{
    if (!secretId.isEmpty())
        return clientCertificate.isEmpty() ? AuthKind::Token : AuthKind::Certificate;
    if (!clientCertificate.isEmpty() && !clientKey.isEmpty())
        return AuthKind::Certificate;
    if (!tokenFile.isEmpty())
        return AuthKind::TokenFile;
    if (!token.isEmpty())
        return AuthKind::Token;
    if (!username.isEmpty())
        return AuthKind::Basic;
    return exec ? AuthKind::Exec : AuthKind::None;
}

} // namespace config
