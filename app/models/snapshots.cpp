#include "app/models/snapshots.h"

#include "app/snapshot/snapshottransport.h"

namespace models {

store::Cluster* openSnapshot(store::Clusters& clusters, std::shared_ptr<const snapshot::Snapshot> snapshot)
{
    for (int i = 0; i < clusters.size(); ++i)
        if (clusters.at(i)->context().snapshot == snapshot->file())
            return clusters.at(i);
    config::Context context = snapshot::contextOf(*snapshot);
    store::Cluster::Way way;
    way.isOffline = true;
    way.through = [snapshot = std::move(snapshot)](const transport::Connector&, QThread* thread) {
        return snapshot::connectorTo(snapshot, thread);
    };
    return clusters.openSnapshot(std::move(context), std::move(way));
}

} // namespace models
