#pragma once
// The composition root: builds what the program consists of and ties it together. main() and the tests of the real
// window start from here; nobody else knows both sides.

#include "app/base/error.h"

#include <QObject>
#include <QSettings>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

class QModelIndex;

namespace config {
class PluginConsents;
} // namespace config

namespace models {
class ClusterTreeModel;
class JournalModel;
} // namespace models

namespace store {
class Cluster;
class Clusters;
} // namespace store

namespace transport {
class PluginHost;
} // namespace transport

namespace ui {

class ActionRegistry;
class ClusterTreePanel;
class LanguageManager;
class MainWindow;
class Page;
class ThemeManager;
struct Command;
struct View;

struct Options {
    QString kubeconfig; ///< a file; empty: KUBECONFIG, else ~/.kube/config
    QString context;    ///< to start with; empty: the current one
    QString language;   ///< "en", "zh_CN"; empty: as in the settings
    QString theme;      ///< "light", "dark", "system"; empty: as in the settings
    QString settings;   ///< an ini file; empty: the one in the user's configuration
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
    config::PluginConsents& consents() { return *m_consents; }

private:
    void load(const QString& kubeconfig, const QString& context);
    void connectTree();
    void choose(store::Cluster* cluster);
    /// Closes the pages that look at a cluster, then the cluster.
    void disconnectFrom(store::Cluster* cluster);
    void showCluster();
    void openRow(const QModelIndex& row);
    std::vector<Command> kindCommands();
    Page* kindPage(const View& view);
    Page* objectPage(const View& view);
    void connectTroubleshoot();
    Page* troubleshootPage(const View& view);
    /// The page of the current cluster; with a guide, that one runs.
    void troubleshoot(const QString& guide = {});

    const Options m_options;
    // In the order in which they lean on each other.
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<ThemeManager> m_theme;
    std::unique_ptr<LanguageManager> m_language;
    std::unique_ptr<ActionRegistry> m_actions;
    std::unique_ptr<config::PluginConsents> m_consents;
    std::unique_ptr<transport::PluginHost> m_plugins;
    std::unique_ptr<store::Clusters> m_clusters;
    std::unique_ptr<models::ClusterTreeModel> m_treeModel;
    std::unique_ptr<models::JournalModel> m_journalModel;
    std::unique_ptr<MainWindow> m_window; ///< its pages use the clusters: gone before them
    ClusterTreePanel* m_tree = nullptr;
    store::Cluster* m_current = nullptr;
    QStringList m_files;                  ///< kubeconfigs that were looked for
    std::optional<base::Error> m_problem; ///< why there is no context to start with
};

} // namespace ui
