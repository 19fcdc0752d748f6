#pragma once
// A cluster that a person added by hand, from what the TKEStack console's dialog 集群凭证 shows. Kept in our settings;
// what is secret of it lies in the keychain alone.

#include "app/config/context.h"

namespace config {

/// How a context is to be treated, as a person has marked it.
struct Marks {
    bool production = false;
    std::optional<bool> readOnly; ///< nothing said: as `production` is
    bool isReadOnly() const { return readOnly.value_or(production); }
    bool operator==(const Marks&) const = default;
};

enum class SignIn {
    None,
    Token,       ///< the secret is a bearer token
    Certificate, ///< the secret is the client certificate's key, PEM
};

struct Profile {
    QString id;                          ///< made once, never changed
    QString name;                        ///< the context's name
    std::vector<KnownAddress> addresses; ///< the first one is asked
    QByteArray certificateAuthority;     ///< PEM; empty: the system's roots
    bool insecureSkipTlsVerify = false;
    QString tlsServerName;
    QString nameSpace;
    SignIn signIn = SignIn::None;
    QByteArray clientCertificate; ///< PEM, with SignIn::Certificate
    Marks marks;
    bool operator==(const Profile&) const = default;

    /// Where the secret lies in the SecretStore.
    QString secretId() const;
    static QString newId();
};

/// The profile as a context beside those of kubeconfigs, its addresses as known ones; `file` is where it is kept. Its
/// problems are found as a kubeconfig's are.
Context contextOf(const Profile& profile, const QString& file);

/// The user with what the SecretStore held under its secretId.
UserEntry withSecret(UserEntry user, const QString& secret);

} // namespace config
