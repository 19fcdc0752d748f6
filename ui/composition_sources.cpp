// What the window does when the sources of its clusters change: files on disk, settings, sleep, another network.

#include "app/base/sleepwatch.h"
#include "app/config/sourcewatch.h"
#include "app/messages/errors.h"
#include "app/models/clustertreemodel.h"
#include "app/store/clusters.h"
#include "ui/clustertree/clustertreepanel.h"
#include "ui/composition.h"
#include "ui/connections/connections.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/page.h"
#include "ui/shell/pagetabs.h"
#include "ui/snapshots/snapshots.h"

#include <QFileInfo>
#include <QGuiApplication>
#include <QNetworkInformation>
#include <QPointer>
#include <QTreeView>
#include <algorithm>
#include <utility>

namespace ui {
namespace {

/// Looking for the network's manager takes a moment that a start does not have.
constexpr std::chrono::seconds NetworkLater{3};

} // namespace

void Composition::connectSources()
{
    m_watch = std::make_unique<config::SourceWatch>();
    connect(m_watch.get(), &config::SourceWatch::changed, this, &Composition::update);
    // Queued: who changed the sources is a page or a dialog that must not be pulled from under its own feet.
    connect(m_connections.get(), &Connections::sourcesChanged, this, &Composition::reload, Qt::QueuedConnection);
    connect(m_clusters.get(), &store::Clusters::inserted, this, [this](int index) { adopt(m_clusters->at(index)); });
    connect(m_clusters.get(), &store::Clusters::removing, this, [this](int index) {
        store::Cluster* cluster = m_clusters->at(index);
        disconnect(cluster, nullptr, this, nullptr);
        closePages(cluster);
        // A member's row is still there, and is its platform's again.
        if (cluster == m_current)
            choose(cluster->context().member.isEmpty() ? nullptr : m_clusters->find(cluster->context().platform));
    });
    connect(m_clusters.get(), &store::Clusters::reopening, this, [this](store::Cluster* cluster) {
        m_reopen = viewsOf(cluster);
        closePages(cluster);
    });
    connect(m_clusters.get(), &store::Clusters::reopened, this, &Composition::reopen);
    m_sleep = std::make_unique<base::SleepWatch>();
    connect(m_sleep.get(), &base::SleepWatch::woke, this, [this] {
        for (int i = 0; i < m_clusters->size(); ++i)
            m_clusters->at(i)->wake();
        m_watch->look();
    });
    const auto retry = [this] {
        for (int i = 0; i < m_clusters->size(); ++i)
            m_clusters->at(i)->retry();
    };
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this, [this, retry](Qt::ApplicationState state) {
        if (state != Qt::ApplicationActive)
            return;
        retry();
        m_watch->look();
    });
    QTimer::singleShot(NetworkLater, this, [this, retry] {
        if (QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
            connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this, retry);
    });
}

void Composition::start()
{
    load(m_options.kubeconfig, m_options.context);
}

QString Composition::settingsFile() const
{
    return m_options.clusters.isEmpty() ? config::settingsFile() : m_options.clusters;
}

store::Cluster* Composition::resolve(const QString& context)
{
    const config::Kubeconfig& kubeconfig = m_clusters->kubeconfig();
    const auto resolved = kubeconfig.resolve(context);
    if (resolved) {
        m_problem.reset();
        return m_clusters->find(resolved->name);
    }
    m_problem = kubeconfig.errors.empty() ? resolved.error() : kubeconfig.errors.front();
    return nullptr;
}

void Composition::load(const QString& kubeconfig, const QString& context)
{
    for (int i = 0; i < m_clusters->size(); ++i)
        closePages(m_clusters->at(i));
    m_current = nullptr;
    m_kubeconfig = kubeconfig;
    config::Sources sources = config::sources(kubeconfig);
    sources.settingsFile = settingsFile();
    sources.alone = false;
    m_files = config::kubeconfigFiles(kubeconfig, sources.environment, sources.home);
    m_clusters->load(config::loadContexts(sources));
    store::Cluster* first = resolve(context);
    for (int i = 0; i < m_clusters->size(); ++i)
        adopt(m_clusters->at(i));
    m_watch->start(sources, m_clusters->kubeconfig());
    if (const QString snapshot = std::exchange(m_startsWith, {}); !snapshot.isEmpty()) {
        choose(nullptr); // nothing is asked of a cluster that was not asked for
        openSnapshot(snapshot);
        return;
    }
    choose(first);
    if (first) {
        m_tree->tree()->expand(m_treeModel->indexOf(first));
        openNodesOf(first);
    } else if (wantsDemo()) {
        m_isDemoByItself = true;
        m_snapshots->open(Snapshots::Demo);
    }
}

bool Composition::wantsDemo() const
{
    // A file that was named and is not there, or cannot be read, is to be told, not covered up.
    const bool isNamed = !m_kubeconfig.isEmpty() || !m_options.context.isEmpty();
    return !isNamed && m_clusters->size() == 0 &&
           std::ranges::none_of(m_files, [](const QString& file) { return QFileInfo::exists(file); });
}

void Composition::openNodesOf(store::Cluster* cluster)
{
    connect(
        cluster, &store::Cluster::catalogChanged, this,
        [this, cluster] {
            const kube::ApiResource* nodes = cluster->catalog().find(QStringLiteral("nodes"));
            if (nodes && (m_window->tabs()->count() == 0 ||
                          (cluster == m_current && cluster->isSnapshot() && !m_isDemoByItself)))
                m_window->open(View::ofKind(cluster->context().name, nodes->group, nodes->version, nodes->resource));
        },
        Qt::SingleShotConnection);
}

void Composition::adopt(store::Cluster* cluster)
{
    cluster->setFailsOver(m_settings->value(QLatin1String(FailsOver)).toBool());
    connect(cluster, &store::Cluster::addressChanged, this, [this, cluster] {
        m_failedOver.remove(cluster->context().name);
        if (cluster == m_current)
            showCluster();
    });
    connect(cluster, &store::Cluster::failedOver, this, [this, cluster](const QString& from, const QString& to) {
        m_failedOver[cluster->context().name] = {from, to};
        if (cluster == m_current)
            showCluster();
    });
    connect(cluster, &store::Cluster::stateChanged, this, [this, cluster] {
        if (cluster == m_current)
            showCluster();
    });
    // What can be done depends on the kinds that it serves.
    connect(cluster, &store::Cluster::catalogChanged, this, [this, cluster] {
        if (cluster == m_current)
            showCluster();
    });
    connect(cluster, &store::Cluster::heard, this, [this, cluster] {
        if (cluster == m_current)
            showCluster();
    });
}

void Composition::reload()
{
    config::Sources sources = config::sources(m_kubeconfig);
    sources.settingsFile = settingsFile();
    sources.alone = false;
    const config::Kubeconfig now = config::loadContexts(sources);
    update(now);
    m_watch->start(sources, now);
}

void Composition::update(const config::Kubeconfig& now)
{
    const std::vector<base::Error> before = m_clusters->kubeconfig().errors;
    m_clusters->update(now);
    for (const base::Error& error : now.errors)
        if (std::find(before.begin(), before.end(), error) == before.end())
            m_window->say(messages::sentence(error));
    if (!m_current)
        choose(resolve({}));
    showCluster();
}

std::vector<View> Composition::viewsOf(const store::Cluster* cluster) const
{
    std::vector<View> views;
    for (int i = 0; i < m_window->tabs()->count(); ++i) {
        const View view = m_window->tabs()->page(i)->view();
        if (view.cluster == cluster->context().name || m_clusters->findById(view.object.cluster) == cluster)
            views.push_back(view);
    }
    return views;
}

void Composition::closePages(const store::Cluster* cluster)
{
    for (const store::Cluster* member : m_clusters->membersOf(cluster)) // they close with it
        closePages(member);
    const std::vector<View> views = viewsOf(cluster);
    for (int i = m_window->tabs()->count() - 1; i >= 0; --i)
        if (Page* page = m_window->tabs()->page(i); std::find(views.begin(), views.end(), page->view()) != views.end())
            delete page; // at once: what it looks at goes with the cluster
}

void Composition::reopen(store::Cluster* cluster)
{
    m_tree->tree()->expand(m_treeModel->indexOf(cluster));
    connect(
        cluster, &store::Cluster::catalogChanged, this,
        [this, views = std::exchange(m_reopen, {})] {
            for (const View& view : views)
                m_window->open(view);
        },
        Qt::SingleShotConnection);
}

void Composition::disconnectFrom(store::Cluster* cluster)
{
    // Pages first: what they look at goes with the connection.
    closePages(cluster);
    m_tree->tree()->collapse(m_treeModel->indexOf(cluster));
    cluster->close();
    m_window->say(tr("Disconnected from %1.").arg(cluster->context().name));
}

} // namespace ui
