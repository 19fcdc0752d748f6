#include "app/models/clusterdata.h"

#include "app/base/visible.h"
#include "app/messages/connections.h"
#include "app/messages/errors.h"
#include "app/messages/groups.h"
#include "app/messages/snapshots.h"

#include <QCoreApplication>

namespace models {
namespace {

struct ClusterData {
    Q_DECLARE_TR_FUNCTIONS(models::ClusterData)
};

static_assert(static_cast<int>(store::Cluster::State::Unsigned) == static_cast<int>(messages::Connection::Unsigned));

QString noteOf(const store::Cluster& cluster)
{
    if (cluster.isSnapshot())
        return messages::snapshotMark(cluster.context().snapshot);
    const QString note = messages::connectionNote(static_cast<messages::Connection>(cluster.state()), cluster.since());
    if (!cluster.isInsecure())
        return note;
    return note.isEmpty() ? ClusterData::tr("not verified")
                          : ClusterData::tr("not verified, %1", "then the connection's state").arg(note);
}

QString tipOf(const store::Cluster& cluster)
{
    QString tip = cluster.address();
    if (const QString marks = messages::marksText(cluster.context()); !marks.isEmpty())
        tip += QLatin1Char('\n') + marks;
    if (cluster.error() != base::Error{})
        tip += QLatin1Char('\n') + messages::sentenceWithAdvice(cluster.error());
    if (cluster.isInsecure())
        tip += QLatin1Char('\n') +
               ClusterData::tr("Nobody checks who answers at this address (insecure-skip-tls-verify).");
    for (const config::Problem& problem : cluster.context().problems)
        tip += QLatin1Char('\n') + messages::sentence(problem);
    return tip;
}

} // namespace

QVariant clusterData(const store::Cluster& cluster, int role)
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return base::visible(cluster.context().name);
    case Qt::ToolTipRole:
        return tipOf(cluster);
    case IdRole:
        return QStringLiteral("cluster");
    case ConnectionRole:
        return static_cast<int>(cluster.state());
    case NoteRole:
        return noteOf(cluster);
    case SeverityRole:
        return static_cast<int>(cluster.isInsecure() ? kube::Severity::Error : kube::Severity::None);
    case ReadOnlyRole:
        return cluster.context().readOnly;
    case ProductionRole:
        return cluster.context().production;
    case SnapshotRole:
        return cluster.isSnapshot();
    default:
        return {};
    }
}

} // namespace models
