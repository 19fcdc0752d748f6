#include "app/models/snapshots.h"

#include "app/messages/endpointsjson.h"
#include "app/models/memberclusters.h"
#include "app/snapshot/snapshottransport.h"

namespace models {

store::Cluster* openSnapshot(store::Clusters& clusters, std::shared_ptr<const snapshot::Snapshot> snapshot)
{
    for (int i = 0; i < clusters.size(); ++i)
        if (clusters.at(i)->context().snapshot == snapshot->file() &&
            clusters.at(i)->state() != store::Cluster::State::Closed) // else it is about to go
            return clusters.at(i);
    config::Context context = snapshot::contextOf(*snapshot);
    store::Cluster::Way way;
    way.isOffline = true;
    way.at = snapshot->manifest().from;
    way.through = [snapshot = std::move(snapshot)](const transport::Connector&, QThread* thread) {
        return snapshot::connectorTo(snapshot, thread);
    };
    return clusters.openSnapshot(std::move(context), std::move(way));
}

snapshot::CaptureOptions captureOptions(const store::Cluster& cluster, transport::Journal* journal)
{
    snapshot::CaptureOptions options = snapshot::captureOptionsOf(cluster.context());
    options.server = cluster.address();
    if (cluster.isThroughAnother()) // it has no address of its own, and is no platform
        return options;
    options.probing = cluster.addresses()->options();
    options.addressJson = messages::endpointJson;
    options.known = cluster.addresses()->known();
    options.platform = accessTo(cluster, journal);
    return options;
}

QString snapshotFileName(const store::Cluster& cluster, const QDateTime& at)
{
    QString name = snapshot::captureOptionsOf(cluster.context()).context;
    for (QChar& letter : name)
        if (!letter.isLetterOrNumber() && !QStringLiteral("-_.@").contains(letter))
            letter = QLatin1Char('-');
    while (name.startsWith(QLatin1Char('.'))) // it would be hidden
        name.remove(0, 1);
    constexpr qsizetype Longest = 100;
    return QStringLiteral("%1-%2.alidade")
        .arg(name.left(Longest), at.toLocalTime().toString(QStringLiteral("yyyy-MM-dd")));
}

} // namespace models
