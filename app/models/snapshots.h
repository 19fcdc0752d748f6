#pragma once
// Snapshots among the clusters of a window.

#include "app/snapshot/snapshot.h"
#include "app/store/clusters.h"

namespace models {

/// Opens it as a cluster that only reads. One of the same file that is open already comes back as it is.
store::Cluster* openSnapshot(store::Clusters& clusters, std::shared_ptr<const snapshot::Snapshot> snapshot);

} // namespace models
