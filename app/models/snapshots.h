#pragma once
// Snapshots among the clusters of a window.

#include "app/snapshot/capture.h"
#include "app/snapshot/snapshot.h"
#include "app/store/clusters.h"

namespace models {

/// Opens it as a cluster that only reads. One of the same file that is open already comes back as it is.
store::Cluster* openSnapshot(store::Clusters& clusters, std::shared_ptr<const snapshot::Snapshot> snapshot);

/// How a cluster that is open is captured: where it is spoken to, with its addresses and, of a platform, its members.
snapshot::CaptureOptions captureOptions(const store::Cluster& cluster, transport::Journal* journal);
/// A name for its file: "prod-bj-2026-11-23.alidade".
QString snapshotFileName(const store::Cluster& cluster, const QDateTime& at);

} // namespace models
