// What the window's actions do, and what it remembers.

#include "ui/shell/actionregistry.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/folddock.h"
#include "ui/shell/history.h"
#include "ui/shell/keysdialog.h"
#include "ui/shell/languagemanager.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/page.h"
#include "ui/shell/pagetabs.h"
#include "ui/shell/topbar.h"
#include "ui/theme/thememanager.h"

#include <QClipboard>
#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QUrl>

namespace ui {
namespace {

/// Files of this machine, and no more than a person drops on purpose.
QStringList filesOf(const QMimeData* data)
{
    constexpr qsizetype Most = 8;
    QStringList files;
    for (const QUrl& url : data->urls())
        if (url.isLocalFile() && files.size() < Most)
            files << url.toLocalFile();
    return files;
}

} // namespace

void MainWindow::connectActions()
{
    const auto on = [this](const char* id, auto&& what) {
        connect(m_actions.action(QLatin1String(id)), &QAction::triggered, this, std::forward<decltype(what)>(what));
    };
    const auto onPage = [this, &on](const char* id, void (Page::*what)()) {
        on(id, [this, what] {
            if (Page* page = m_tabs->currentPage())
                (page->*what)();
        });
    };
    on("file.open-kubeconfig", [this] { chooseKubeconfig(); });
    on("file.open-snapshot", [this] { chooseSnapshot(); });
    onPage("file.export-csv", &Page::exportCsv);
    on("file.copy-link", [this] {
        if (const Page* page = m_tabs->currentPage()) {
            QGuiApplication::clipboard()->setText(page->view().toText());
            say(tr("The link to this view is in the clipboard."));
        }
    });
    on("file.close-tab", [this] { m_tabs->closeCurrent(); });
    on("file.quit", [this] { close(); });
    // Whoever can connect clusters switches these on.
    m_actions.action(QStringLiteral("cluster.connect"))->setEnabled(false);
    m_actions.action(QStringLiteral("cluster.disconnect"))->setEnabled(false);
    m_actions.action(QStringLiteral("cluster.capture"))->setEnabled(false);
    m_actions.action(QStringLiteral("file.close-snapshot"))->setEnabled(false);
    onPage("cluster.refresh", &Page::refresh);
    onPage("view.find", &Page::find);
    onPage("view.columns", &Page::chooseColumns);

    QAction* tree = m_actions.action(QStringLiteral("view.tree"));
    tree->setChecked(true);
    connect(tree, &QAction::toggled, m_treeDock, &QWidget::setVisible);
    QAction* journal = m_actions.action(QStringLiteral("view.journal"));
    connect(journal, &QAction::toggled, m_journal, &FoldDock::setOpen);
    connect(m_journal, &FoldDock::openChanged, journal, &QAction::setChecked);

    for (const Theme theme : {Theme::System, Theme::Light, Theme::Dark}) {
        QAction* action = m_actions.action(QStringLiteral("view.theme-") + idOf(theme));
        action->setChecked(theme == m_themes.theme());
        connect(action, &QAction::triggered, this, [this, theme] { m_themes.setTheme(theme); });
        connect(&m_themes, &ThemeManager::themeChanged, action,
                [action, theme](Theme now) { action->setChecked(now == theme); });
    }
    on("tools.toggle-theme", [this] { m_themes.setTheme(m_themes.isDark() ? Theme::Light : Theme::Dark); });

    for (const Language language : {Language::System, Language::English, Language::Chinese}) {
        QAction* action = m_actions.action(QStringLiteral("view.language-") + idOf(language));
        action->setChecked(language == m_languages.language());
        connect(action, &QAction::triggered, this, [this, language] { m_languages.setLanguage(language); });
        connect(&m_languages, &LanguageManager::languageChanged, action,
                [this, action, language] { action->setChecked(language == m_languages.language()); });
    }
    on("tools.toggle-language",
       [this] { m_languages.setLanguage(m_languages.isChinese() ? Language::English : Language::Chinese); });

    on("go.search", [this] { m_top->commands()->open(); });
    const auto travel = [this](int by) {
        if (m_history->canGo(by))
            open(View(m_history->go(by)));
        showState();
    };
    on("go.back", [travel] { travel(-1); });
    on("go.forward", [travel] { travel(1); });
    on("go.tree", [this] { focusTree(); });
    on("go.next-pane", [this] { nextPane(); });
    on("go.next-tab", [this] { m_tabs->step(1); });
    on("go.previous-tab", [this] { m_tabs->step(-1); });
    for (int i = 0; i < 9; ++i)
        connect(m_actions.action(QStringLiteral("go.tab-%1").arg(i + 1)), &QAction::triggered, this,
                [this, i] { m_tabs->showTab(i); });
    on("help.keys", [this] { showKeys(); });
    on("help.about", [this] { showAbout(); });
}

void MainWindow::chooseKubeconfig()
{
    auto* dialog = new QFileDialog(this, tr("Open kubeconfig"));
    dialog->setObjectName(QStringLiteral("kubeconfigDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::kubeconfigChosen);
    dialog->open();
}

void MainWindow::chooseSnapshot()
{
    auto* dialog = new QFileDialog(this, tr("Open snapshot"));
    dialog->setObjectName(QStringLiteral("snapshotDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Snapshots (*.alidade)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::snapshotChosen);
    dialog->open();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!filesOf(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    for (const QString& file : filesOf(event->mimeData()))
        Q_EMIT snapshotChosen(file);
}

void MainWindow::showKeys()
{
    if (!m_keys)
        m_keys = new KeysDialog(m_actions, this);
    m_keys->show();
    m_keys->raise();
    m_keys->activateWindow();
}

void MainWindow::showAbout()
{
    auto* box = new QMessageBox(this);
    box->setObjectName(QStringLiteral("about"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setWindowTitle(tr("About Alidade"));
    box->setIconPixmap(windowIcon().pixmap(QSize(48, 48), devicePixelRatioF()));
    box->setText(tr("Alidade %1\n\nAn inspector for Kubernetes and TKEStack clusters.\n"
                    "GNU General Public License, version 3 or later.")
                     .arg(QStringLiteral(ALIDADE_VERSION)));
    box->addButton(QMessageBox::Close)->setObjectName(QStringLiteral("about.close"));
    box->open();
}

void MainWindow::restore()
{
    resize(1280, 800);
    restoreGeometry(m_settings.value(QStringLiteral("window/geometry")).toByteArray());
    const bool known = restoreState(m_settings.value(QStringLiteral("window/docks")).toByteArray());
    if (!known)
        resizeDocks({m_treeDock}, {260}, Qt::Horizontal);
    m_actions.action(QStringLiteral("view.tree"))
        ->setChecked(m_settings.value(QStringLiteral("window/tree"), true).toBool());
    // What the settings say was set before the window was made, so that its first paint is right; from here on they
    // follow.
    connect(&m_themes, &ThemeManager::themeChanged, this,
            [this](Theme theme) { m_settings.setValue(QStringLiteral("window/theme"), idOf(theme)); });
    connect(&m_languages, &LanguageManager::languageChanged, this,
            [this] { m_settings.setValue(QStringLiteral("window/language"), idOf(m_languages.language())); });
}

void MainWindow::save()
{
    m_settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    m_settings.setValue(QStringLiteral("window/docks"), saveState());
    m_settings.setValue(QStringLiteral("window/tree"), m_actions.action(QStringLiteral("view.tree"))->isChecked());
    m_settings.setValue(QStringLiteral("window/journal"), m_journal->isOpen());
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    save();
    QMainWindow::closeEvent(event);
}

} // namespace ui
