#pragma once
// A member cluster's ClusterCredential, of which only what a client signs in with is read. The same answer holds etcd's
// keys and the CA's: they are passed over in the text and never become a value.

#include "app/tke/members.h"

namespace tke {

/// Held in memory for as long as the connection lasts; never for showing and never written anywhere.
struct Credential {
    QString name;                    ///< of the ClusterCredential; made visible
    QByteArray certificateAuthority; ///< PEM; empty: the system's roots
    QByteArray clientCertificate;    ///< PEM
    QByteArray clientKey;            ///< PEM
    QString token;
    QString impersonate;
    QStringList impersonateGroups;
    std::vector<std::pair<QString, QStringList>> impersonateExtra;
    bool operator==(const Credential&) const = default;

    /// A token, or both halves of a client certificate.
    bool isUsable() const { return !token.isEmpty() || (!clientCertificate.isEmpty() && !clientKey.isEmpty()); }
};

/// Reads a ClusterCredential, or of a ClusterCredentialList the first usable one of this cluster. Error{BadConfig,
/// "credentialUnusable"} when nobody can sign in with it, Error{NotFound, "credentialMissing"} for a list without one,
/// Error{BadAnswer} for what is neither.
base::Result<Credential> credentialFrom(const QByteArray& body, const QString& cluster);

/// The credential that a member names; of an older platform, whose members name none, the one that names the member.
/// Errors as above, and Error{Forbidden, "credentialForbidden"}, Error{NotFound, "credentialMissing"}, and {NotFound,
/// "credentialNotNamed"} where neither names the other; `said` is the member then.
base::Call<Credential> readCredential(const kube::Client& client, const MemberCluster& member);

} // namespace tke
