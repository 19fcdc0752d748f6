#include "ui/shell/windowactions.h"

#include "ui/shell/actionregistry.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QToolButton>

namespace ui {
namespace {

QKeySequence keys(const char* text)
{
    return QKeySequence(QLatin1String(text));
}

} // namespace

void addWindowActions(ActionRegistry& actions)
{
    using enum Icon;
    const QList<ActionSpec> specs{
        {"file.open-snapshot", QT_TRANSLATE_NOOP("ui::Action", "&Open Snapshot…"), Snapshot, {keys("Ctrl+O")}},
        {"file.open-demo", QT_TRANSLATE_NOOP("ui::Action", "Open the &Demo"), Snapshot},
        {"file.close-snapshot", QT_TRANSLATE_NOOP("ui::Action", "Close the S&napshot")},
        {"file.open-kubeconfig", QT_TRANSLATE_NOOP("ui::Action", "Open &Kubeconfig…"), Open, {keys("Ctrl+Alt+O")}},
        {"file.export-csv", QT_TRANSLATE_NOOP("ui::Action", "&Export Table as CSV…"), Csv, {keys("Ctrl+Shift+E")}},
        {"file.copy-link", QT_TRANSLATE_NOOP("ui::Action", "Copy &Link to This View"), Link, {keys("Ctrl+Shift+L")}},
        {"file.close-tab", QT_TRANSLATE_NOOP("ui::Action", "&Close Tab"), Close, {keys("Ctrl+W")}},
        {"file.quit", QT_TRANSLATE_NOOP("ui::Action", "&Quit"), None, {keys("Ctrl+Q")}},
        {"cluster.connect", QT_TRANSLATE_NOOP("ui::Action", "&Connect"), StateConnected},
        {"cluster.disconnect", QT_TRANSLATE_NOOP("ui::Action", "&Disconnect"), StateDisconnected},
        {"cluster.apply", QT_TRANSLATE_NOOP("ui::Action", "Apply &Manifests…"), Yaml, {keys("Ctrl+Shift+M")}},
        {"cluster.metrics", QT_TRANSLATE_NOOP("ui::Action", "M&etrics"), Metrics, {keys("F9")}},
        {"cluster.businesses", QT_TRANSLATE_NOOP("ui::Action", "&Businesses"), Businesses, {keys("F10")}},
        {"cluster.addons", QT_TRANSLATE_NOOP("ui::Action", "&Addons"), Custom, {keys("F11")}},
        {"cluster.troubleshoot", QT_TRANSLATE_NOOP("ui::Action", "&Troubleshoot"), Troubleshoot, {keys("F8")}},
        {"cluster.connections", QT_TRANSLATE_NOOP("ui::Action", "Co&nnections"), Link, {keys("Ctrl+Shift+K")}},
        {"cluster.capture", QT_TRANSLATE_NOOP("ui::Action", "Take a &Snapshot…"), Snapshot},
        {"cluster.refresh", QT_TRANSLATE_NOOP("ui::Action", "&Refresh"), Refresh, {keys("F5")}},
        {"cluster.taints", QT_TRANSLATE_NOOP("ui::Action", "Ta&ints…"), Nodes},
        {"cluster.host-path", QT_TRANSLATE_NOOP("ui::Action", "New Deployment with a &Host Path…"), Storage},
        {"cluster.event-persistence", QT_TRANSLATE_NOOP("ui::Action", "Keep E&vents…"), Details},
        {"view.find", QT_TRANSLATE_NOOP("ui::Action", "&Find or Filter"), Search, {keys("Ctrl+F")}},
        {"view.columns", QT_TRANSLATE_NOOP("ui::Action", "&Columns…"), Columns, {keys("Ctrl+Shift+O")}},
        {"view.tree", QT_TRANSLATE_NOOP("ui::Action", "Cluster T&ree"), None, {keys("Ctrl+B")}, true},
        {"view.journal", QT_TRANSLATE_NOOP("ui::Action", "&Journal"), Journal, {keys("Ctrl+J")}, true},
        {"view.theme-system",
         QT_TRANSLATE_NOOP("ui::Action", "As the &System"),
         None,
         {},
         true,
         true,
         QT_TRANSLATE_NOOP("ui::Action", "Theme: As the System")},
        {"view.theme-light",
         QT_TRANSLATE_NOOP("ui::Action", "&Light"),
         None,
         {},
         true,
         true,
         QT_TRANSLATE_NOOP("ui::Action", "Theme: Light")},
        {"view.theme-dark",
         QT_TRANSLATE_NOOP("ui::Action", "&Dark"),
         None,
         {},
         true,
         true,
         QT_TRANSLATE_NOOP("ui::Action", "Theme: Dark")},
        {"view.language-system",
         QT_TRANSLATE_NOOP("ui::Action", "As the &System"),
         None,
         {},
         true,
         true,
         QT_TRANSLATE_NOOP("ui::Action", "Language: As the System")},
        {"view.language-en",
         QT_TRANSLATE_NOOP("ui::Action", "&English"),
         None,
         {},
         true,
         true,
         QT_TRANSLATE_NOOP("ui::Action", "Language: English")},
        {"view.language-zh_CN",
         QT_TRANSLATE_NOOP("ui::Action", "&Chinese (简体中文)"),
         None,
         {},
         true,
         true,
         QT_TRANSLATE_NOOP("ui::Action", "Language: Chinese")},
        {"go.search", QT_TRANSLATE_NOOP("ui::Action", "&Search or Run…"), Search, {keys("Ctrl+K")}, false, false},
        {"go.back", QT_TRANSLATE_NOOP("ui::Action", "&Back"), ChevronLeft, {keys("Alt+Left")}},
        {"go.forward", QT_TRANSLATE_NOOP("ui::Action", "&Forward"), ChevronRight, {keys("Alt+Right")}},
        {"go.tree", QT_TRANSLATE_NOOP("ui::Action", "To the Cluster &Tree"), Cluster, {keys("Ctrl+0")}},
        {"go.next-pane", QT_TRANSLATE_NOOP("ui::Action", "Next &Pane"), None, {keys("F6")}, false, false},
        {"go.next-tab",
         QT_TRANSLATE_NOOP("ui::Action", "&Next Tab"),
         None,
         {keys("Ctrl+Tab"), keys("Ctrl+PgDown")},
         false,
         false},
        {"go.previous-tab",
         QT_TRANSLATE_NOOP("ui::Action", "P&revious Tab"),
         None,
         {keys("Ctrl+Shift+Tab"), keys("Ctrl+PgUp")},
         false,
         false},
        {"go.tab-1", QT_TRANSLATE_NOOP("ui::Action", "Tab &1"), None, {keys("Ctrl+1")}, false, false},
        {"go.tab-2", QT_TRANSLATE_NOOP("ui::Action", "Tab &2"), None, {keys("Ctrl+2")}, false, false},
        {"go.tab-3", QT_TRANSLATE_NOOP("ui::Action", "Tab &3"), None, {keys("Ctrl+3")}, false, false},
        {"go.tab-4", QT_TRANSLATE_NOOP("ui::Action", "Tab &4"), None, {keys("Ctrl+4")}, false, false},
        {"go.tab-5", QT_TRANSLATE_NOOP("ui::Action", "Tab &5"), None, {keys("Ctrl+5")}, false, false},
        {"go.tab-6", QT_TRANSLATE_NOOP("ui::Action", "Tab &6"), None, {keys("Ctrl+6")}, false, false},
        {"go.tab-7", QT_TRANSLATE_NOOP("ui::Action", "Tab &7"), None, {keys("Ctrl+7")}, false, false},
        {"go.tab-8", QT_TRANSLATE_NOOP("ui::Action", "Tab &8"), None, {keys("Ctrl+8")}, false, false},
        {"go.tab-9", QT_TRANSLATE_NOOP("ui::Action", "Tab &9"), None, {keys("Ctrl+9")}, false, false},
        {"tools.toggle-language",
         QT_TRANSLATE_NOOP("ui::Action", "Switch &Language"),
         Language,
         {keys("Ctrl+Shift+Z")}},
        {"tools.toggle-theme",
         QT_TRANSLATE_NOOP("ui::Action", "Switch Between Light and &Dark"),
         Theme,
         {keys("Ctrl+Shift+T")}},
        {"help.keys", QT_TRANSLATE_NOOP("ui::Action", "&Keys"), Keyboard, {keys("?"), keys("F1")}},
        {"help.about", QT_TRANSLATE_NOOP("ui::Action", "&About Alidade")},
    };
    for (const ActionSpec& spec : specs)
        actions.add(spec);
    for (const char* group : {"view.theme-", "view.language-"}) {
        auto* exclusive = new QActionGroup(&actions);
        for (QAction* action : actions.actions())
            if (action->objectName().startsWith(QLatin1String(group)))
                exclusive->addAction(action);
    }
}

Menus::Menus(const ActionRegistry& actions, QMainWindow* window) : QObject(window), m_bar(new QMenuBar)
{
    m_bar->setObjectName(QStringLiteral("menus"));
    QMenu* menu = nullptr;
    const auto put = [&](std::initializer_list<const char*> ids) {
        for (const char* id : ids) {
            if (!*id)
                menu->addSeparator()->setObjectName(menu->objectName() + QStringLiteral(".line"));
            else
                menu->addAction(actions.action(QLatin1String(id)));
        }
    };
    menu = add(nullptr, "file", QT_TRANSLATE_NOOP("ui::Menus", "&File"));
    put({"file.open-snapshot"});
    QMenu* file = menu;
    m_recent = add(file, "file.recent", QT_TRANSLATE_NOOP("ui::Menus", "&Recent Snapshots"));
    put({"file.open-demo", "file.close-snapshot", "", "file.open-kubeconfig", "", "file.export-csv", "file.copy-link",
         "", "file.close-tab", "file.quit"});
    menu = add(nullptr, "cluster", QT_TRANSLATE_NOOP("ui::Menus", "&Cluster"));
    put({"cluster.connections", "", "cluster.connect", "cluster.disconnect", "", "cluster.businesses", "cluster.addons",
         "cluster.metrics", "cluster.troubleshoot", "cluster.taints", "cluster.apply", "cluster.host-path",
         "cluster.event-persistence", "", "cluster.capture", "", "cluster.refresh"});
    m_object = add(nullptr, "object", QT_TRANSLATE_NOOP("ui::Menus", "&Object"));
    QMenu* view = menu = add(nullptr, "view", QT_TRANSLATE_NOOP("ui::Menus", "&View"));
    put({"view.find", "view.columns", "", "view.tree", "view.journal", ""});
    menu = add(view, "view.theme", QT_TRANSLATE_NOOP("ui::Menus", "&Theme"));
    put({"view.theme-system", "view.theme-light", "view.theme-dark"});
    menu = add(view, "view.language", QT_TRANSLATE_NOOP("ui::Menus", "&Language"));
    put({"view.language-system", "view.language-en", "view.language-zh_CN"});
    menu = add(nullptr, "go", QT_TRANSLATE_NOOP("ui::Menus", "&Go"));
    put({"go.search", "", "go.back", "go.forward", "", "go.tree", "go.next-pane", "go.next-tab", "go.previous-tab"});
    menu = add(nullptr, "tools", QT_TRANSLATE_NOOP("ui::Menus", "&Tools"));
    put({"tools.toggle-language", "tools.toggle-theme"});
    menu = add(nullptr, "help", QT_TRANSLATE_NOOP("ui::Menus", "&Help"));
    put({"help.keys", "", "help.about"});
    // Where the bar is too narrow for its menus, Qt shows a button that has no name.
    for (auto* more : m_bar->findChildren<QToolButton*>())
        more->setObjectName(QStringLiteral("menus.more"));
    // Shortcuts of what stands in no menu, and of all while the menu bar is not shown.
    window->addActions(actions.actions());
    retranslate();
}

QMenu* Menus::add(QMenu* parent, const char* id, const char* title)
{
    QMenu* menu = parent ? parent->addMenu(QString()) : m_bar->addMenu(QString());
    menu->setObjectName(QLatin1String("menu.%1").arg(QLatin1String(id)));
    menu->menuAction()->setObjectName(menu->objectName() + QStringLiteral(".action"));
    m_entries.append({menu, title});
    return menu;
}

void Menus::retranslate()
{
    m_bar->setAccessibleName(QCoreApplication::translate("ui::Menus", "Menus"));
    for (auto* more : m_bar->findChildren<QToolButton*>())
        more->setAccessibleName(QCoreApplication::translate("ui::Menus", "More menus"));
    for (const Entry& entry : m_entries) {
        entry.menu->setTitle(QCoreApplication::translate("ui::Menus", entry.title));
        entry.menu->setAccessibleName(ActionRegistry::withoutDecoration(entry.menu->title()));
    }
}

} // namespace ui
