#include "ui/shell/mainwindow.h"

#include "ui/shell/actionregistry.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/folddock.h"
#include "ui/shell/history.h"
#include "ui/shell/page.h"
#include "ui/shell/pagetabs.h"
#include "ui/shell/topbar.h"
#include "ui/shell/welcomepage.h"
#include "ui/shell/windowactions.h"
#include "ui/theme/grid.h"
#include "ui/theme/icons.h"
#include "ui/theme/thememanager.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/plaintext.h"

#include <QDir>
#include <QDockWidget>
#include <QEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>

namespace ui {

MainWindow::MainWindow(ActionRegistry& actions, ThemeManager& theme, LanguageManager& language, QSettings& settings)
    : m_actions(actions),
      m_themes(theme),
      m_languages(language),
      m_settings(settings),
      m_history(std::make_unique<History>())
{
    setObjectName(QStringLiteral("window"));
    setWindowIcon(applicationIcon());
    addWindowActions(actions);
    build();
    connectActions();
    retranslate();
    restore();
    showState();
}

MainWindow::~MainWindow() = default;

void MainWindow::build()
{
    setContextMenuPolicy(Qt::NoContextMenu);
    setDockOptions({});
    m_menus = new Menus(m_actions, this);
    connect(m_menus->object(), &QMenu::aboutToShow, this, &MainWindow::fillObjectMenu);
    m_menus->recent()->setEnabled(false);
    connect(m_menus->recent(), &QMenu::aboutToShow, this, &MainWindow::fillRecentMenu);
    setAcceptDrops(true);

    m_top = new TopBar(m_actions);
    auto* head = new QWidget;
    auto* rows = new QVBoxLayout(head);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_menus->bar());
    rows->addWidget(m_top);
    setMenuWidget(head);

    m_treeTitle = new PlainLabel;
    m_treeTitle->setObjectName(QStringLiteral("tree.title"));
    m_treeTitle->setContentsMargins(grid::Gap, grid::Unit, grid::Gap, grid::Unit);
    m_treeDock = new QDockWidget;
    m_treeDock->setObjectName(QStringLiteral("treeDock"));
    m_treeDock->setFeatures(QDockWidget::NoDockWidgetFeatures);
    m_treeDock->setTitleBarWidget(m_treeTitle);
    m_treeDock->toggleViewAction()->setObjectName(QStringLiteral("treeDock.toggle"));
    addDockWidget(Qt::LeftDockWidgetArea, m_treeDock);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);

    m_journal = new FoldDock(
        QStringLiteral("journalDock"), [this] { return m_buildJournal ? m_buildJournal() : new QWidget; }, this);
    addDockWidget(Qt::BottomDockWidgetArea, m_journal);

    m_welcome = new WelcomePage;
    m_tabs = new PageTabs;
    m_middle = new QStackedWidget;
    m_middle->setObjectName(QStringLiteral("middle"));
    m_middle->addWidget(m_welcome);
    m_middle->addWidget(m_tabs);
    setCentralWidget(m_middle);

    m_clusterNote = new PlainLabel;
    m_clusterNote->setObjectName(QStringLiteral("status.cluster"));
    m_clusterNote->setColorId(ColorId::Muted);
    m_readOnlyNote = new PlainLabel;
    m_readOnlyNote->setObjectName(QStringLiteral("status.readOnly"));
    m_readOnlyNote->hide();
    m_productionSign = new PlainLabel;
    m_productionSign->setObjectName(QStringLiteral("status.productionSign"));
    m_productionNote = new PlainLabel;
    m_productionNote->setObjectName(QStringLiteral("status.production"));
    m_productionNote->setColorId(ColorId::Production);
    statusBar()->setObjectName(QStringLiteral("status"));
    statusBar()->setSizeGripEnabled(false);
    statusBar()->setContentsMargins(grid::Unit, 0, grid::Gap, 0);
    statusBar()->addPermanentWidget(m_productionSign);
    statusBar()->addPermanentWidget(m_productionNote);
    statusBar()->addPermanentWidget(m_readOnlyNote);
    statusBar()->addPermanentWidget(m_clusterNote);

    connect(m_tabs, &PageTabs::currentPageChanged, this, &MainWindow::pageShown);
    connect(m_welcome, &WelcomePage::openRequested, this, &MainWindow::chooseKubeconfig);
    connect(m_welcome, &WelcomePage::snapshotRequested, this, &MainWindow::chooseSnapshot);
    connect(m_welcome, &WelcomePage::connectionsRequested, this, &MainWindow::connectionsRequested);
}

void MainWindow::setTree(QWidget* tree)
{
    m_tree = tree;
    m_treeDock->setWidget(tree);
}

void MainWindow::setJournal(std::function<QWidget*()> buildJournal)
{
    m_buildJournal = std::move(buildJournal);
    m_journal->setOpen(m_settings.value(QStringLiteral("window/journal"), false).toBool());
}

void MainWindow::addBar(QWidget* bar)
{
    menuWidget()->layout()->addWidget(bar);
}

void MainWindow::addPageBuilder(const QString& page, PageBuilder builder)
{
    m_builders.insert(page, std::move(builder));
}

void MainWindow::setCurrentCluster(const QString& context, bool readOnly, bool production)
{
    m_cluster = context;
    m_readOnly = readOnly;
    m_production = production;
    retranslate();
}

void MainWindow::setClusterNote(const QString& note, bool alarming)
{
    m_clusterNote->setColorId(alarming ? ColorId::Error : ColorId::Muted);
    m_clusterNote->setText(note);
}

Page* MainWindow::open(const View& view)
{
    Page* page = m_tabs->find(view.identity());
    if (!page) {
        const auto builder = m_builders.constFind(view.page);
        if (builder == m_builders.constEnd())
            return nullptr;
        page = (*builder)(view);
        if (!page)
            return nullptr;
        m_middle->setCurrentWidget(m_tabs);
        m_tabs->addPage(page);
        connect(page, &Page::changed, this, &MainWindow::showState);
    } else {
        page->lookAt(view);
    }
    m_tabs->setCurrentWidget(page);
    page->focusContent();
    return page;
}

Page* MainWindow::open(const kube::ObjectRef& object)
{
    return open(View::ofObject(object));
}

void MainWindow::say(const QString& sentence)
{
    statusBar()->showMessage(sentence, 6'000);
}

void MainWindow::pageShown(Page* page)
{
    m_middle->setCurrentWidget(m_tabs->count() > 0 ? static_cast<QWidget*>(m_tabs) : m_welcome);
    if (page)
        m_history->visit(page->view());
    showState();
}

/// Which actions make sense now.
void MainWindow::showState()
{
    const Page* page = m_tabs->currentPage();
    const auto enable = [this](const char* id, bool on) { m_actions.action(QLatin1String(id))->setEnabled(on); };
    for (const char* id : {"file.copy-link", "file.close-tab", "cluster.refresh", "view.find", "view.columns"})
        enable(id, page);
    enable("file.export-csv", page && page->canExport());
    enable("go.back", m_history->canGo(-1));
    enable("go.forward", m_history->canGo(1));
    enable("go.next-tab", m_tabs->count() > 1);
    enable("go.previous-tab", m_tabs->count() > 1);
    const QString whole = page ? tr("%1 – Alidade").arg(page->accessibleName()) : QStringLiteral("Alidade");
    setWindowTitle(m_production ? tr("[production] %1").arg(whole) : whole);
}

void MainWindow::fillObjectMenu()
{
    QMenu* menu = m_menus->object();
    menu->clear();
    Page* page = m_tabs->currentPage();
    menu->addActions(page ? page->objectActions() : QList<QAction*>{});
    if (!menu->isEmpty())
        return;
    QAction* nothing = menu->addAction(tr("No object is shown"));
    nothing->setObjectName(QStringLiteral("menu.object.nothing"));
    nothing->setEnabled(false);
}

void MainWindow::setRecentSnapshots(const QStringList& files)
{
    m_recent = files;
    m_menus->recent()->setEnabled(!files.isEmpty());
}

void MainWindow::fillRecentMenu()
{
    QMenu* menu = m_menus->recent();
    menu->clear();
    for (const QString& file : m_recent) {
        QAction* action = menu->addAction(withoutMnemonic(QDir::toNativeSeparators(file)));
        action->setObjectName(QStringLiteral("menu.file.recent.file"));
        connect(action, &QAction::triggered, this, [this, file] { Q_EMIT snapshotChosen(file); });
    }
    menu->addSeparator()->setObjectName(QStringLiteral("menu.file.recent.line"));
    QAction* forget = menu->addAction(tr("&Forget These"));
    forget->setObjectName(QStringLiteral("menu.file.recent.forget"));
    connect(forget, &QAction::triggered, this, &MainWindow::recentSnapshotsForgotten);
}

void MainWindow::focusTree()
{
    m_treeDock->show();
    if (m_tree)
        m_tree->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::nextPane()
{
    QList<QWidget*> panes;
    if (m_treeDock->isVisible() && m_tree)
        panes << m_treeDock;
    panes << m_middle;
    if (m_journal->isOpen())
        panes << m_journal;
    qsizetype at = -1;
    for (qsizetype i = 0; i < panes.size(); ++i)
        if (panes[i]->isAncestorOf(focusWidget()))
            at = i;
    QWidget* next = panes[(at + 1) % panes.size()];
    if (next == m_treeDock)
        focusTree();
    else if (next == m_journal)
        m_journal->content()->setFocus(Qt::ShortcutFocusReason);
    else if (Page* page = m_tabs->currentPage())
        page->focusContent();
    else
        m_welcome->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        m_actions.retranslate();
        m_menus->retranslate();
        retranslate();
    } else if (event->type() == QEvent::PaletteChange && m_readOnlyNote) {
        retranslate();
    }
    QMainWindow::changeEvent(event);
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Escape) {
        QMainWindow::keyPressEvent(event);
        return;
    }
    Page* page = m_tabs->currentPage();
    if (page && page->stepBack())
        return;
    if (!m_tree || !m_tree->isAncestorOf(focusWidget()))
        focusTree();
}

void MainWindow::retranslate()
{
    m_treeTitle->setText(tr("Clusters"));
    m_treeDock->setWindowTitle(tr("Clusters"));
    m_journal->setTitle(tr("Journal"));
    m_readOnlyNote->setText(tr("Read-only"));
    m_readOnlyNote->setVisible(m_readOnly);
    m_productionNote->setText(tr("Production"));
    m_productionNote->setVisible(m_production);
    m_productionSign->setPixmap(
        themeIcon(Icon::Production, ColorId::Production).pixmap(QSize(grid::Icon, grid::Icon), devicePixelRatioF()));
    m_productionSign->setVisible(m_production);
    showState();
}

} // namespace ui
