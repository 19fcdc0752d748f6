#pragma once
// The composition root: builds what the program consists of and ties it together. main() and the tests of the real
// window start from here; nobody else knows both sides.

#include "app/base/error.h"
#include "app/tke/clientof.h"
#include "ui/shell/view.h"

#include <QHash>
#include <QObject>
#include <QSettings>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

class QMenu;
class QModelIndex;
class QPoint;

namespace base {
class SleepWatch;
}

namespace config {
class PluginConsents;
class SecretStore;
class SourceWatch;
struct Kubeconfig;
} // namespace config

namespace models {
class ClusterListModel;
class ClusterTreeModel;
class JournalModel;
class MemberClusters;
} // namespace models

namespace snapshot {
class Snapshot;
} // namespace snapshot

namespace store {
class Cluster;
class Clusters;
} // namespace store

namespace tke {
struct EventSinkDraft;
} // namespace tke

namespace transport {
class PluginHost;
} // namespace transport

namespace ui {

class ActionRegistry;
class ChangeCommands;
class ClusterTreePanel;
class Connections;
class ConnectionsPage;
class LanguageManager;
class MainWindow;
class Page;
class SnapshotBar;
class Snapshots;
class ThemeManager;
struct Command;

struct Options {
    QString kubeconfig; ///< a file; empty: KUBECONFIG, else ~/.kube/config
    QString context;    ///< to start with; empty: the current one
    QString language;   ///< "en", "zh_CN"; empty: as in the settings
    QString theme;      ///< "light", "dark", "system"; empty: as in the settings
    QString settings;   ///< an ini file; empty: the one in the user's configuration
    QString clusters;   ///< our own settings about clusters; empty: the file in the user's configuration
    QString snapshot;   ///< a file, or "demo", to start with in place of a context; empty: none
    config::SecretStore* secrets = nullptr; ///< outlives the composition; null: no secret is kept or read
};

class Composition : public QObject {
    Q_OBJECT
public:
    /// Needs a QApplication that has no palette of ours yet. The window is built and not shown; no network, no file but
    /// the settings is touched.
    explicit Composition(const Options& options);
    ~Composition() override;

    /// Reads the kubeconfigs and opens the context to start with; called once the window has been painted.
    void start();

    MainWindow& window() { return *m_window; }
    ActionRegistry& actions() { return *m_actions; }
    ThemeManager& theme() { return *m_theme; }
    LanguageManager& language() { return *m_language; }
    ClusterTreePanel& tree() { return *m_tree; }
    store::Clusters& clusters() { return *m_clusters; }
    Connections& connections() { return *m_connections; }
    Snapshots& snapshots() { return *m_snapshots; }
    config::PluginConsents& consents() { return *m_consents; }

private:
    void connectSources();
    void load(const QString& kubeconfig, const QString& context);
    /// The context to start with, or null and the problem.
    store::Cluster* resolve(const QString& context);
    void adopt(store::Cluster* cluster);
    /// Reads the sources again now; pages of what stayed the same stay.
    void reload();
    void update(const config::Kubeconfig& now);
    std::vector<View> viewsOf(const store::Cluster* cluster) const;
    void closePages(const store::Cluster* cluster);
    void reopen(store::Cluster* cluster);
    QString settingsFile() const;
    void connectTree();
    /// Its row, wherever it stands: unfolded, and the current one.
    void showInTree(const store::Cluster* cluster);
    void choose(store::Cluster* cluster);
    /// Closes the pages that look at a cluster, then the cluster.
    void disconnectFrom(store::Cluster* cluster);
    void showCluster();
    void showEndpoints();
    void openRow(const QModelIndex& row);
    std::vector<Command> kindCommands();
    /// What can be done with what is chosen on the current page.
    std::vector<Command> objectCommands();
    Page* kindPage(const View& view);
    Page* taintsPage(const View& view);
    Page* objectPage(const View& view);
    void connectVolumes();
    void connectTroubleshoot();
    void connectMetrics();
    void showMetrics();
    void connectBusinesses();
    void showBusinesses();
    void connectEventPersistence();
    /// The platform that can keep a cluster's events, and the cluster's name there; null where none is open.
    std::pair<store::Cluster*, QString> eventPlatformOf(store::Cluster* cluster) const;
    /// The form, over the window. `cluster`: a platform, or one of its members.
    void keepEvents(store::Cluster* cluster, tke::EventSinkDraft draft);
    void connectAddons();
    /// `member`: only what is said of it; empty: all.
    void showAddons(const QString& platform, const QString& member);
    Page* troubleshootPage(const View& view);
    /// The page of the current cluster; with a guide, that one runs.
    void troubleshoot(const QString& guide = {});
    Page* connectionsPage(const View& view);
    ConnectionsPage* openConnections();
    void showTreeMenu(const QModelIndex& row, const QPoint& at);
    void fillClusterMenu(QMenu* menu, const store::Cluster& cluster);
    void connectMembers();
    /// Ways to the members of a platform; of a snapshot to what was captured of them, and nowhere else.
    tke::ClientOf membersOf(store::Cluster* platform) const;
    void fillMemberMenu(QMenu* menu, store::Cluster* platform, const QString& member);
    void open(const QString& context);
    /// The first thing to see of a cluster, once it says what it serves.
    void openNodesOf(store::Cluster* cluster);
    void connectSnapshots();
    void openSnapshot(const QString& file);
    void showSnapshot(store::Cluster* cluster);
    void refuseSnapshot(const QString& file, const base::Error& error);
    void closeSnapshot();
    void capture();
    void fillSnapshotMenu(QMenu* menu);
    void showSnapshotState(const snapshot::Snapshot& snapshot);
    /// Nothing was asked for and nothing of one's own is there: the demo is what there is to see.
    bool wantsDemo() const;

    static constexpr auto FailsOver = "cluster/failsOver";

    const Options m_options;
    // In the order in which they lean on each other.
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<ThemeManager> m_theme;
    std::unique_ptr<LanguageManager> m_language;
    std::unique_ptr<ActionRegistry> m_actions;
    std::unique_ptr<config::PluginConsents> m_consents;
    std::unique_ptr<transport::PluginHost> m_plugins;
    std::unique_ptr<store::Clusters> m_clusters;
    std::unique_ptr<config::SecretStore> m_noSecrets;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<models::MemberClusters> m_members;
    std::unique_ptr<models::ClusterTreeModel> m_treeModel;
    std::unique_ptr<models::ClusterListModel> m_listModel; ///< for the top bar
    std::unique_ptr<models::JournalModel> m_journalModel;
    std::unique_ptr<ChangeCommands> m_changes;
    std::unique_ptr<MainWindow> m_window; ///< its pages use the clusters: gone before them
    std::unique_ptr<config::SourceWatch> m_watch;
    std::unique_ptr<base::SleepWatch> m_sleep;
    std::unique_ptr<Snapshots> m_snapshots;
    std::vector<View> m_reopen; ///< pages of a cluster that is opened anew
    ClusterTreePanel* m_tree = nullptr;
    SnapshotBar* m_snapshotBar = nullptr;
    QHash<QString, std::pair<QString, QString>> m_failedOver; ///< context -> from which address to which, by itself
    store::Cluster* m_current = nullptr;
    QStringList m_files;           ///< kubeconfigs that were looked for
    bool m_isDemoByItself = false; ///< nobody asked for it: it covers nothing, and that there is none is not told
    QString m_startsWith;          ///< a snapshot that is to be opened once the sources are read
    QString m_kubeconfig;          ///< the one file that is read; empty: all
    std::optional<base::Error> m_problem; ///< why there is no context to start with
};

} // namespace ui
