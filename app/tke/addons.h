#pragma once
// The addons (扩展组件) that a platform has installed in its clusters, as it tells of them: an object of the addon's
// kind for each cluster (tkestack/tke api/platform/v1/types.go; api/monitor/v1; api/logagent/v1).

#include "app/kube/discovery.h"
#include "app/kube/objectref.h"
#include "app/tke/businesses.h"

namespace tke {

/// What could be installed: a ClusterAddonType.
struct AddonType {
    QString type;  ///< "TappController"
    QString level; ///< "Basic", "Enhance"
    QString latestVersion;
    bool operator==(const AddonType&) const = default;
};

/// One that is installed. Every text but those of `ref` is made visible.
struct Addon {
    QString key;         ///< of its kind: "tappcontrollers.platform.tkestack.io"
    QString type;        ///< "TappController"
    kube::ObjectRef ref; ///< at the platform; uid empty where only the cluster's list of addons told of it
    QString cluster;
    QString version; ///< status.version, else spec.version
    QString phase;   ///< "Running"; empty: nobody said yet
    QString reason;  ///< of the phase
    bool operator==(const Addon&) const = default;
};

/// What the platform told. A kind that could not be read is in `unread` and says nothing about what is installed.
struct AddonSurvey {
    std::vector<AddonType> types; ///< in their order by name
    std::vector<Addon> addons;    ///< by cluster, type and name
    QStringList read;             ///< keys of the kinds of which all are known
    std::vector<Unread> unread;   ///< kind: "tappcontrollers", a group, or "clusteraddontypes"
    QDateTime takenAt;

    bool isRead(const QString& key) const { return read.contains(key); }
    /// Null: it is not among those that could be installed, or those are not known.
    const AddonType* findType(const QString& type) const;
};

/// Reads one object of an addon's kind.
Addon addonOf(const kube::Json& object, const kube::ApiResource& kind, const QString& type);

/// The kinds of addons that are served: those that are known, and those of which clusteraddontypes speaks.
std::vector<kube::ApiResource> addonKindsIn(const kube::ApiCatalog& catalog, const std::vector<AddonType>& types);

/// One list for each kind, side by side. Where kinds cannot be listed, each of `clusters` is asked for its own
/// (clusters/{name}/addons, which tells of one object of a kind, and fails as a whole), two hundred at the most. Error:
/// Canceled, and NotFound "noAddons" where no kind of addons is served. Works in the calling thread.
base::Call<AddonSurvey> readAddons(const kube::Client& platform, const kube::ApiCatalog& catalog,
                                   const QStringList& clusters);

} // namespace tke
