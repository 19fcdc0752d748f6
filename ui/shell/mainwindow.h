#pragma once
// The frame: menus, the top bar, the tree's dock at the left, tabs in the middle, the journal below, the status bar. It
// knows no feature: the tree, the journal and the pages are handed in by who composes the program.

#include "ui/shell/navigator.h"

#include <QHash>
#include <QMainWindow>
#include <functional>

class QDockWidget;
class QSettings;
class QStackedWidget;

namespace ui {

class ActionRegistry;
class FoldDock;
class History;
class KeysDialog;
class LanguageManager;
class Menus;
class Page;
class PageTabs;
class PlainLabel;
class ThemeManager;
class TopBar;
class WelcomePage;

/// Builds the page of a view; may return null for a view it does not understand.
using PageBuilder = std::function<Page*(const View& view)>;

class MainWindow : public QMainWindow, public Navigator {
    Q_OBJECT
public:
    /// All four outlive the window. The registry must be empty: the shell's actions are added here.
    MainWindow(ActionRegistry& actions, ThemeManager& theme, LanguageManager& language, QSettings& settings);
    ~MainWindow() override;

    /// The dock at the left; the focus goes to its focus proxy.
    void setTree(QWidget* tree);
    /// Built when the journal is unfolded for the first time; at once when it was open at the last end.
    void setJournal(std::function<QWidget*()> build);
    /// A bar between the top bar and the pages, hidden until it has something to say.
    void addBar(QWidget* bar);
    /// Which pages there are, by View::page.
    void addPageBuilder(const QString& page, PageBuilder builder);
    /// What currentCluster() says, and the status bar, the title and new views name.
    void setCurrentCluster(const QString& context, bool readOnly, bool production = false);
    /// Snapshots that were opened before, for the menu; none: it is off.
    void setRecentSnapshots(const QStringList& files);
    /// One line about the current cluster in the status bar: its version, its state. Translated by who sets it.
    /// `alarming`: in the colour of errors.
    void setClusterNote(const QString& note, bool alarming = false);

    TopBar* topBar() const { return m_top; }
    PageTabs* tabs() const { return m_tabs; }
    WelcomePage* welcome() const { return m_welcome; }
    QSettings& settings() const { return m_settings; }

    Page* open(const View& view) override;
    Page* open(const kube::ObjectRef& object) override;
    QString currentCluster() const override { return m_cluster; }
    void say(const QString& sentence) override;

Q_SIGNALS:
    void kubeconfigChosen(const QString& file);
    /// Chosen in the dialog or the menu, or dropped on the window.
    void snapshotChosen(const QString& file);
    void recentSnapshotsForgotten();
    /// "Add a cluster" of the first page.
    void connectionsRequested();

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void build();
    void connectActions();
    void retranslate();
    void showState();
    void pageShown(Page* page);
    void fillObjectMenu();
    void nextPane();
    void focusTree();
    void chooseKubeconfig();
    void chooseSnapshot();
    void fillRecentMenu();
    void showKeys();
    void showAbout();
    void restore();
    void save();

    ActionRegistry& m_actions;
    ThemeManager& m_themes;
    LanguageManager& m_languages;
    QSettings& m_settings;
    QHash<QString, PageBuilder> m_builders;
    std::function<QWidget*()> m_buildJournal;
    std::unique_ptr<History> m_history;
    QStringList m_recent;
    QString m_cluster;
    bool m_readOnly = false;
    bool m_production = false;

    Menus* m_menus = nullptr;
    TopBar* m_top = nullptr;
    QDockWidget* m_treeDock = nullptr;
    QWidget* m_tree = nullptr;
    FoldDock* m_journal = nullptr;
    QStackedWidget* m_middle = nullptr;
    WelcomePage* m_welcome = nullptr;
    PageTabs* m_tabs = nullptr;
    PlainLabel* m_clusterNote = nullptr;
    PlainLabel* m_readOnlyNote = nullptr;
    PlainLabel* m_productionNote = nullptr;
    PlainLabel* m_productionSign = nullptr;
    PlainLabel* m_treeTitle = nullptr;
    KeysDialog* m_keys = nullptr;
};

} // namespace ui
