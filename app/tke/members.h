#pragma once
// A TKEStack platform and its member clusters, as the platform's Cluster objects tell of them (tkestack/tke,
// api/platform/v1/types.go).

#include "app/base/severity.h"
#include "app/endpoint/address.h"
#include "app/kube/apiresource.h"
#include "app/kube/listitems.h"

namespace tke {

/// One Cluster object. Every text is made visible; what is not there, or of another type, is empty.
struct MemberCluster {
    struct Condition {
        QString type;   ///< "EnsurePreflight", "HealthCheck"
        QString status; ///< "True", "False", "Unknown"
        QString reason;
        QString message; ///< may have several lines
        bool operator==(const Condition&) const = default;
    };

    QString name; ///< "global" or "cls-xxxxxxxx"
    QString uid;
    QString displayName;
    QString tenant;
    QString type;    ///< "Baremetal", "Imported", "Edge"
    QString phase;   ///< "Running", "Failed", … or a word that newer platforms have
    QString version; ///< status.version, else spec.version
    bool locked = false;
    QString message;
    QString reason;
    std::vector<Condition> conditions;
    std::vector<endpoint::Address> addresses; ///< as they stand there: one may be of two types
    QStringList unreadAddresses;              ///< what is no address that is known
    QString credential;                       ///< name of its ClusterCredential; empty: it names none
    QString kubeVendor;
    bool operator==(const MemberCluster&) const = default;

    /// The first condition that is False or Unknown: where creation stands, or why it is not well. Null: none is.
    const Condition* firstFailing() const;
    /// How bad it is: a phase Failed is an error, one on the way or a failing condition a warning; none: it is well.
    /// Failed says that the platform cannot reach it, not that it is down.
    std::optional<base::Severity> severity() const;
};

/// It has one of these addresses: member and what they lead to are one cluster.
bool hasAddressOf(const MemberCluster& member, const std::vector<endpoint::Address>& addresses);

/// Reads one Cluster object, whatever it is.
MemberCluster memberFrom(const kube::Json& cluster);

/// It serves platform.tkestack.io's clusters: it is a platform's.
bool isPlatform(const kube::ApiCatalog& catalog);

/// All members, in the server's order. Error{NotFound, "notAPlatform"} where the kind is not served.
base::Call<kube::ListedItems<MemberCluster>> readMembers(const kube::Client& client);
/// One by its name. Error{NotFound} "notAPlatform" as above, "memberMissing" where the platform has none of that name
/// (or it is of another tenant, which the platform does not tell apart); `said` is the name.
base::Call<MemberCluster> readMember(const kube::Client& client, const QString& name);

} // namespace tke
