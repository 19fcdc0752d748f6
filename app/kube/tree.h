#pragma once
// What a cluster serves, with counts: the tree of the window and of `alidadectl tree`.

#include "app/kube/count.h"
#include "app/kube/discovery.h"
#include "app/kube/kindgroups.h"

namespace kube {

struct KindEntry {
    ApiResource resource;
    KindCount count;
};

struct ClusterTree {
    QString clusterUid; ///< empty when it may not be read
    ServerVersion version;
    std::vector<std::pair<KindGroup, std::vector<KindEntry>>> groups;
    std::vector<StaleGroup> stale;
};

/// Discovers, counts every kind, and answers when all have answered. An error is one of discovery's.
base::Call<ClusterTree> surveyCluster(const Client& client, const QString& ownNamespace);

} // namespace kube
