#pragma once
// The kinds that an APIServer serves, as it says itself.

#include <QString>
#include <QStringList>
#include <vector>

namespace kube {

struct ApiResource {
    QString group; ///< empty for the core group
    QString version;
    QString resource; ///< plural, as in paths: "pods"
    QString kind;     ///< "Pod"
    QString singular; ///< may be empty
    QStringList shortNames;
    QStringList categories;
    QStringList verbs;
    bool namespaced = false;
    QStringList subresources = {}; ///< "scale", "status"
    bool operator==(const ApiResource&) const = default;

    QString apiVersion() const { return group.isEmpty() ? version : group + QLatin1Char('/') + version; }
    /// "pods", "deployments.apps": unique in a cluster.
    QString key() const { return group.isEmpty() ? resource : resource + QLatin1Char('.') + group; }
    bool can(QLatin1String verb) const { return verbs.contains(verb); }
    /// "/api/v1/namespaces/shop/pods", "/apis/apps/v1/deployments/web"; an empty namespace means all of them, an empty
    /// name the collection. The namespace is passed over where the kind has none.
    QByteArray path(const QString& nameSpace = {}, const QString& name = {}) const;
};

/// A group version that discovery could not tell anything about just now: its APIService is not available.
struct StaleGroup {
    QString group;
    QString version;
    QString said; ///< why, where it is known
    bool operator==(const StaleGroup&) const = default;
};

/// What discovery found: each resource once, in the version that its server prefers, core group first, then groups in
/// the server's order. A subresource is named by its resource, and is none of its own.
struct ApiCatalog {
    std::vector<ApiResource> resources;
    std::vector<StaleGroup> stale;

    /// Finds by "pods", "pod", "po", "Pod", "deployments.apps", "deployments.v1.apps", without case; the first in order
    /// where several match, as kubectl does. Null when there is none.
    const ApiResource* find(const QString& name) const;
    /// The kind that an object of this apiVersion is of, in whatever version of its group is served.
    const ApiResource* findKind(const QString& apiVersion, const QString& kind) const;
};

} // namespace kube
