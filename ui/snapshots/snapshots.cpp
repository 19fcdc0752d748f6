#include "ui/snapshots/snapshots.h"

#include "app/models/snapshots.h"

#include <QFileInfo>
#include <QPromise>
#include <QSettings>
#include <QThreadPool>

namespace ui {
namespace {

using Opened = base::Result<std::shared_ptr<const snapshot::Snapshot>>;

constexpr auto RecentKey = "snapshots/recent";
constexpr int MostRecent = 8;

} // namespace

Snapshots::Snapshots(store::Clusters* clusters, QSettings* settings, QObject* parent)
    : QObject(parent),
      m_clusters(clusters),
      m_settings(settings)
{
    connect(clusters, &store::Clusters::removing, this,
            [this](int index) { m_open.remove(m_clusters->at(index)->context().name); });
    connect(clusters, &store::Clusters::loaded, this, [this] { m_open.clear(); });
}

void Snapshots::open(const QString& file)
{
    const QString path = file == Demo ? file : QFileInfo(file).absoluteFilePath();
    for (int i = 0; i < m_clusters->size(); ++i) {
        store::Cluster* cluster = m_clusters->at(i);
        if (cluster->context().snapshot == path && cluster->isOpen()) {
            if (const auto there = of(cluster); there && there->isReplaced()) { // taken anew since
                Q_EMIT replaced(cluster);
                break;
            }
            remember(path);
            Q_EMIT opened(cluster);
            return;
        }
    }
    auto promise = std::make_shared<QPromise<Opened>>();
    promise->start();
    m_calls.follow(base::Call<std::shared_ptr<const snapshot::Snapshot>>{promise->future()},
                   [this, path](const Opened& snapshot) { take(path, snapshot); });
    QThreadPool::globalInstance()->start([promise, path] {
        promise->addResult(snapshot::Snapshot::open(path));
        promise->finish();
    });
}

void Snapshots::take(const QString& file, const Opened& snapshot)
{
    if (!snapshot) {
        Q_EMIT refused(file, snapshot.error());
        return;
    }
    store::Cluster* cluster = models::openSnapshot(*m_clusters, *snapshot);
    m_open.insert(cluster->context().name, *snapshot);
    remember(file);
    Q_EMIT opened(cluster);
}

std::shared_ptr<const snapshot::Snapshot> Snapshots::of(const store::Cluster* cluster) const
{
    return cluster && cluster->isSnapshot() ? m_open.value(cluster->context().name) : nullptr;
}

void Snapshots::remember(const QString& file)
{
    if (file == Demo)
        return;
    QStringList files = m_settings->value(QLatin1String(RecentKey)).toStringList();
    files.removeAll(file);
    files.prepend(file);
    m_settings->setValue(QLatin1String(RecentKey), QStringList(files.mid(0, MostRecent)));
    Q_EMIT recentChanged();
}

QStringList Snapshots::recent() const
{
    QStringList files = m_settings->value(QLatin1String(RecentKey)).toStringList();
    files.removeIf([](const QString& file) { return !QFileInfo::exists(file); });
    return files;
}

void Snapshots::forgetRecent()
{
    m_settings->remove(QLatin1String(RecentKey));
    Q_EMIT recentChanged();
}

} // namespace ui
