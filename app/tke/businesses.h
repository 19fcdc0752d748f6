#pragma once
// Businesses (业务, kind Project of business.tkestack.io/v1) and their namespaces, each of which sits in one cluster:
// what the platform has written down about them (tkestack/tke: api/business/v1/types.go).

#include "app/kube/client.h"

#include <QDateTime>
#include <QStringList>
#include <map>
#include <vector>

namespace tke {

/// Quantities by the name of their resource, as served: {"cpu": "32", "memory": "64Gi"}.
using Quantities = std::map<QString, QString>;
Quantities quantitiesOf(const kube::Json& object);

/// What a business may use of one cluster, and what its namespaces and children have been given of that.
struct ClusterQuota {
    QString cluster;
    Quantities hard; ///< empty: nothing is limited
    Quantities used; ///< empty: the platform says nothing
    bool operator==(const ClusterQuota&) const = default;
};

struct Business {
    QString name; ///< "prj-abcdefgh"
    QString uid;
    QString displayName;
    QString tenant;
    QString parent; ///< empty: none
    QStringList members;
    QString phase; ///< "Pending", "Active", "Terminating", "Failed", as served
    bool locked = false;
    // The other way round than elsewhere: `message` names what failed, `reason` is the error itself.
    QString message;
    QString reason;
    std::vector<ClusterQuota> clusters; ///< those that its namespaces may sit in

    const ClusterQuota* in(const QString& cluster) const;
};

struct BusinessNamespace {
    QString business; ///< the name of its Project, which is the namespace of the object itself
    QString name;     ///< "cls-abcdefgh-shop": cluster and namespace
    QString uid;
    QString tenant;
    QString cluster;            ///< always one
    QString clusterDisplayName; ///< empty: the platform does not know the cluster, or is too old to tell
    QString nameSpace;          ///< what it is called in that cluster
    QString phase;              ///< "Pending", "Available", "Locked", "Failed", "Terminating", as served
    // The wrong way round in the server (namespace_health.go): `code` comes from status.message and is one of
    // NamespaceNotFound, NamespaceNoLabel, ConflictProject, NamespaceNotActive, ConnectClusterError,
    // ResourceQuotaNotFound, "ensureNamespaceOnCluster failed", or what a newer server says; `prose` is status.reason.
    QString code;
    QString prose;
    Quantities hard;
    Quantities used;
    QString quotaName; ///< of the ResourceQuota; empty: the namespace's own name
};

Business businessOf(const kube::Json& project);
BusinessNamespace businessNamespaceOf(const kube::Json& object);

/// One that could not be read, with why.
struct Unread {
    QString kind; ///< "projects", "namespaces"
    base::Error error;
};

struct BusinessSurvey {
    std::vector<Business> businesses;          ///< parents before their children, each level by name
    std::vector<BusinessNamespace> namespaces; ///< by business, then by name
    std::vector<Unread> unread;                ///< what is then not known, which is not empty
    QDateTime takenAt;                         ///< by the server's clock

    const Business* find(const QString& name) const;
};

/// Of a platform. Error{NotFound, "noBusinesses"} where the APIServer serves neither kind; whatever else it says when
/// neither list can be read. Works in the calling thread, which has an event loop.
base::Call<BusinessSurvey> readBusinesses(const kube::Client& client);

} // namespace tke
