#include "ui/shell/windowactions.h"

#include "ui/shell/actionregistry.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

namespace ui {
namespace {

#define ACTION_TEXT(text) QT_TRANSLATE_NOOP("ui::Action", text)

QKeySequence keys(const char* text)
{
    return QKeySequence(QLatin1String(text));
}

} // namespace

void addWindowActions(ActionRegistry& actions)
{
    using enum Icon;
    const QList<ActionSpec> specs{
        {"file.open-kubeconfig", ACTION_TEXT("&Open Kubeconfig…"), Open, {keys("Ctrl+O")}},
        {"file.export-csv", ACTION_TEXT("&Export Table as CSV…"), Csv, {keys("Ctrl+Shift+E")}},
        {"file.copy-link", ACTION_TEXT("Copy &Link to This View"), Link, {keys("Ctrl+Shift+L")}},
        {"file.close-tab", ACTION_TEXT("&Close Tab"), Close, {keys("Ctrl+W")}},
        {"file.quit", ACTION_TEXT("&Quit"), None, {keys("Ctrl+Q")}},
        {"cluster.connect", ACTION_TEXT("&Connect"), StateConnected},
        {"cluster.disconnect", ACTION_TEXT("&Disconnect"), StateDisconnected},
        {"cluster.refresh", ACTION_TEXT("&Refresh"), Refresh, {keys("F5")}},
        {"view.find", ACTION_TEXT("&Find or Filter"), Search, {keys("Ctrl+F")}},
        {"view.columns", ACTION_TEXT("&Columns…"), Columns, {keys("Ctrl+Shift+O")}},
        {"view.tree", ACTION_TEXT("Cluster &Tree"), None, {keys("Ctrl+B")}, true},
        {"view.journal", ACTION_TEXT("&Journal"), Journal, {keys("Ctrl+J")}, true},
        {"view.theme-system", ACTION_TEXT("Theme: As the &System"), None, {}, true},
        {"view.theme-light", ACTION_TEXT("Theme: &Light"), None, {}, true},
        {"view.theme-dark", ACTION_TEXT("Theme: &Dark"), None, {}, true},
        {"view.language-system", ACTION_TEXT("Language: As the &System"), None, {}, true},
        {"view.language-en", ACTION_TEXT("Language: &English"), None, {}, true},
        {"view.language-zh_CN", ACTION_TEXT("Language: 简体&中文"), None, {}, true},
        {"go.search", ACTION_TEXT("&Search or Run…"), Search, {keys("Ctrl+K")}, false, false},
        {"go.back", ACTION_TEXT("&Back"), ChevronLeft, {keys("Alt+Left")}},
        {"go.forward", ACTION_TEXT("&Forward"), ChevronRight, {keys("Alt+Right")}},
        {"go.tree", ACTION_TEXT("To the Cluster &Tree"), Cluster, {keys("Ctrl+0")}},
        {"go.next-pane", ACTION_TEXT("Next &Pane"), None, {keys("F6")}, false, false},
        {"go.next-tab", ACTION_TEXT("&Next Tab"), None, {keys("Ctrl+Tab"), keys("Ctrl+PgDown")}, false, false},
        {"go.previous-tab",
         ACTION_TEXT("P&revious Tab"),
         None,
         {keys("Ctrl+Shift+Tab"), keys("Ctrl+PgUp")},
         false,
         false},
        {"go.tab-1", ACTION_TEXT("Tab &1"), None, {keys("Ctrl+1")}, false, false},
        {"go.tab-2", ACTION_TEXT("Tab &2"), None, {keys("Ctrl+2")}, false, false},
        {"go.tab-3", ACTION_TEXT("Tab &3"), None, {keys("Ctrl+3")}, false, false},
        {"go.tab-4", ACTION_TEXT("Tab &4"), None, {keys("Ctrl+4")}, false, false},
        {"go.tab-5", ACTION_TEXT("Tab &5"), None, {keys("Ctrl+5")}, false, false},
        {"go.tab-6", ACTION_TEXT("Tab &6"), None, {keys("Ctrl+6")}, false, false},
        {"go.tab-7", ACTION_TEXT("Tab &7"), None, {keys("Ctrl+7")}, false, false},
        {"go.tab-8", ACTION_TEXT("Tab &8"), None, {keys("Ctrl+8")}, false, false},
        {"go.tab-9", ACTION_TEXT("Tab &9"), None, {keys("Ctrl+9")}, false, false},
        {"tools.toggle-language", ACTION_TEXT("Switch &Language"), Language, {keys("Ctrl+Shift+Z")}},
        {"tools.toggle-theme", ACTION_TEXT("Switch Between Light and &Dark"), Theme, {keys("Ctrl+Shift+T")}},
        {"help.keys", ACTION_TEXT("&Keys"), Keyboard, {keys("?"), keys("F1")}},
        {"help.about", ACTION_TEXT("&About Alidade")},
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

Menus::Menus(const ActionRegistry& actions, QMainWindow* window) : QObject(window), m_window(window)
{
    window->menuBar()->setObjectName(QStringLiteral("menus"));
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
    put({"file.open-kubeconfig", "", "file.export-csv", "file.copy-link", "", "file.close-tab", "file.quit"});
    menu = add(nullptr, "cluster", QT_TRANSLATE_NOOP("ui::Menus", "&Cluster"));
    put({"cluster.connect", "cluster.disconnect", "", "cluster.refresh"});
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
    // Shortcuts of what stands in no menu, and of all while the menu bar is not shown.
    window->addActions(actions.actions());
    retranslate();
}

QMenu* Menus::add(QMenu* parent, const char* id, const char* title)
{
    QMenu* menu = parent ? parent->addMenu(QString()) : m_window->menuBar()->addMenu(QString());
    menu->setObjectName(QLatin1String("menu.%1").arg(QLatin1String(id)));
    menu->menuAction()->setObjectName(menu->objectName() + QStringLiteral(".action"));
    m_entries.append({menu, title});
    return menu;
}

void Menus::retranslate()
{
    m_window->menuBar()->setAccessibleName(QCoreApplication::translate("ui::Menus", "Menus"));
    for (const Entry& entry : m_entries) {
        entry.menu->setTitle(QCoreApplication::translate("ui::Menus", entry.title));
        entry.menu->setAccessibleName(ActionRegistry::title(entry.menu->menuAction()));
    }
}

} // namespace ui
