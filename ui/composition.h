#pragma once
// The composition root: builds what the program consists of and ties it together. main() and the tests of the real
// window start from here; nobody else knows both sides.

#include <QSettings>
#include <QString>
#include <memory>

namespace ui {

class ActionRegistry;
class ClusterTreePanel;
class LanguageManager;
class MainWindow;
class ThemeManager;

struct Options {
    QString kubeconfig; ///< a file; empty: KUBECONFIG, else ~/.kube/config
    QString context;    ///< to start with; empty: the current one
    QString language;   ///< "en", "zh_CN"; empty: as in the settings
    QString theme;      ///< "light", "dark", "system"; empty: as in the settings
    QString settings;   ///< an ini file; empty: the one in the user's configuration
};

class Composition {
public:
    /// Needs a QApplication that has no palette of ours yet. The window is built and not shown; no network, no file but
    /// the settings is touched.
    explicit Composition(const Options& options);
    ~Composition();

    MainWindow& window() { return *m_window; }
    ActionRegistry& actions() { return *m_actions; }
    ThemeManager& theme() { return *m_theme; }
    LanguageManager& language() { return *m_language; }
    ClusterTreePanel& tree() { return *m_tree; }

private:
    // In the order in which they lean on each other.
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<ThemeManager> m_theme;
    std::unique_ptr<LanguageManager> m_language;
    std::unique_ptr<ActionRegistry> m_actions;
    std::unique_ptr<MainWindow> m_window;
    ClusterTreePanel* m_tree = nullptr;
};

} // namespace ui
