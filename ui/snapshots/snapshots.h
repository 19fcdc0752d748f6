#pragma once
// The snapshots of a window: files are read beside it, and stand among its clusters from then on.

#include "app/base/calls.h"
#include "app/snapshot/snapshot.h"

#include <QHash>
#include <QObject>
#include <QStringList>
#include <memory>

class QSettings;

namespace store {
class Cluster;
class Clusters;
} // namespace store

namespace ui {

class Snapshots : public QObject {
    Q_OBJECT
public:
    /// What opens the one inside the program.
    static constexpr QLatin1String Demo{"demo"};

    /// Both outlive it.
    Snapshots(store::Clusters* clusters, QSettings* settings, QObject* parent = nullptr);

    /// Reads a file, or the demo, in a thread of its own, and opens it as a cluster: opened(), or refused(). One that
    /// is open already comes back as it is.
    void open(const QString& file);
    /// Of a cluster that is one; null for any other.
    std::shared_ptr<const snapshot::Snapshot> of(const store::Cluster* cluster) const;

    /// Files that were opened, the last one first; those that are gone are left out.
    QStringList recent() const;
    void forgetRecent();

Q_SIGNALS:
    void opened(store::Cluster* cluster);
    /// It is opened anew, since another file stands in its place: whoever looks at it closes it now.
    void replaced(store::Cluster* cluster);
    void refused(const QString& file, const base::Error& error);
    void recentChanged();

private:
    void take(const QString& file, const base::Result<std::shared_ptr<const snapshot::Snapshot>>& snapshot);
    void remember(const QString& file);

    store::Clusters* m_clusters;
    QSettings* m_settings;
    base::Calls m_calls;
    QHash<QString, std::shared_ptr<const snapshot::Snapshot>> m_open; ///< by the context's name
};

} // namespace ui
