#pragma once
// What a credential tells about itself without asking anybody. Nothing of it but its dates leaves here. Internal to
// diagnose/.

#include "app/config/context.h"

#include <QDateTime>
#include <optional>

namespace diagnose {

/// `exp` of a token that is a JWT (RFC 7519), as service account tokens and OIDC tokens are.
std::optional<QDateTime> tokenExpiry(const QString& token);
/// notAfter of the client certificate.
std::optional<QDateTime> certificateExpiry(const QByteArray& pem);
/// Of the one that this user signs in with; none where it does not tell.
std::optional<QDateTime> credentialExpiry(const config::UserEntry& user);

} // namespace diagnose
