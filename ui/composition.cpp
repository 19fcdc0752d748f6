#include "ui/composition.h"

#include "app/base/sleepwatch.h"
#include "app/config/sourcewatch.h"
#include "app/kube/kindgroups.h"
#include "app/messages/errors.h"
#include "app/messages/groups.h"
#include "app/messages/snapshots.h"
#include "app/models/clusterlistmodel.h"
#include "app/models/clustertreemodel.h"
#include "app/models/journalmodel.h"
#include "app/models/memberclusters.h"
#include "app/store/clusters.h"
#include "ui/changes/changecommands.h"
#include "ui/changes/recreatecontroller.h"
#include "ui/clustertree/clustertreepanel.h"
#include "ui/connections/connections.h"
#include "ui/connections/connectionspage.h"
#include "ui/connections/contextcommands.h"
#include "ui/connections/endpointpopup.h"
#include "ui/journal/journalpanel.h"
#include "ui/manifests/pages.h"
#include "ui/objects/kindcontroller.h"
#include "ui/objects/objectpage.h"
#include "ui/shell/actionregistry.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/endpointlabel.h"
#include "ui/shell/languagemanager.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/page.h"
#include "ui/shell/pagetabs.h"
#include "ui/shell/topbar.h"
#include "ui/shell/welcomepage.h"
#include "ui/signin/signinbar.h"
#include "ui/snapshots/snapshotbar.h"
#include "ui/snapshots/snapshots.h"
#include "ui/taints/taintscontroller.h"
#include "ui/taints/taintspage.h"
#include "ui/theme/thememanager.h"

#include <QDir>
#include <QFileInfo>
#include <QMenu>
#include <QPointer>
#include <QStandardPaths>
#include <QTreeView>

namespace ui {
namespace {

QString typeInUse(const store::Cluster& cluster)
{
    return cluster.isOpen() ? endpoint::idOf(cluster.addresses()->inUse().type) : QString();
}

} // namespace

Composition::Composition(const Options& options) : m_options(options), m_startsWith(options.snapshot)
{
    const QString file = options.settings.isEmpty()
                             ? QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
                                   QStringLiteral("/alidade/alidade.ini")
                             : options.settings;
    m_settings = std::make_unique<QSettings>(file, QSettings::IniFormat);
    const auto chosen = [this](const QString& option, const char* key) {
        return option.isEmpty() ? m_settings->value(QLatin1String(key)).toString() : option;
    };
    // Palette, fonts and texts first: every widget is made in its final look.
    m_theme = std::make_unique<ThemeManager>();
    m_theme->setTheme(themeOf(chosen(options.theme, "window/theme")));
    m_language = std::make_unique<LanguageManager>();
    m_language->setLanguage(languageOf(chosen(options.language, "window/language")));
    m_actions = std::make_unique<ActionRegistry>();
    m_consents = std::make_unique<config::PluginConsents>(
        options.settings.isEmpty() ? config::consentsFile()
                                   : QFileInfo(options.settings).absolutePath() + QStringLiteral("/plugins.json"));
    m_plugins = std::make_unique<transport::PluginHost>(
        transport::PluginHost::Options{.terminal = false, .loginShell = transport::ownLoginShell()}, m_consents.get());
    m_clusters = std::make_unique<store::Clusters>(m_plugins.get());
    config::SecretStore* secrets = options.secrets;
    if (!secrets)
        secrets = (m_noSecrets = std::make_unique<config::NoSecrets>()).get();
    m_clusters->setSecretStore(secrets);
    m_connections = std::make_unique<Connections>(m_clusters.get(), secrets, settingsFile());
    m_members = std::make_unique<models::MemberClusters>(m_clusters.get());
    m_treeModel = std::make_unique<models::ClusterTreeModel>(m_clusters.get(), m_members.get());
    m_listModel = std::make_unique<models::ClusterListModel>(m_clusters.get());
    m_changes = std::make_unique<ChangeCommands>();
    m_window = std::make_unique<MainWindow>(*m_actions, *m_theme, *m_language, *m_settings);

    m_tree = new ClusterTreePanel;
    m_window->setTree(m_tree);
    connectTree();
    connectMembers();
    connectVolumes();
    connectTroubleshoot();
    connectMetrics();
    connectBusinesses();
    connectEventPersistence();
    connectAddons();
    connectSources();
    m_window->setJournal([this]() -> QWidget* {
        m_journalModel = std::make_unique<models::JournalModel>(m_clusters->journal());
        auto* panel = new JournalPanel;
        panel->setModel(m_journalModel.get(), models::KubectlRole, models::CurlRole, models::SeverityRole);
        connect(panel, &JournalPanel::filterChanged, m_journalModel.get(), &models::JournalModel::setFilter);
        connect(panel, &JournalPanel::clearRequested, m_journalModel.get(), &models::JournalModel::clear);
        return panel;
    });
    auto* signIn = new SignInBar(m_consents.get(), m_clusters.get());
    connect(signIn, &SignInBar::failed, m_window.get(), &MainWindow::say);
    m_window->addBar(signIn);
    connectSnapshots();
    m_window->addPageBuilder(QStringLiteral("kind"), [this](const View& view) { return kindPage(view); });
    m_window->addPageBuilder(QStringLiteral("object"), [this](const View& view) { return objectPage(view); });
    m_window->addPageBuilder(QStringLiteral("edit"), [this](const View& view) { return objectPage(view); });
    m_window->addPageBuilder(QStringLiteral("manifests"), [this](const View& view) -> Page* {
        store::Cluster* cluster = m_clusters->find(view.cluster);
        if (!cluster || !cluster->isOpen())
            return nullptr;
        return newManifestsPage(view, cluster, std::bind_front(&openRecreation, cluster));
    });
    connect(m_actions->action(QStringLiteral("cluster.apply")), &QAction::triggered, this, [this] {
        if (m_current && m_current->isOpen())
            m_window->open(manifestsView(m_current->context().name));
    });
    m_window->addPageBuilder(QStringLiteral("taints"), [this](const View& view) { return taintsPage(view); });
    connect(m_actions->action(QStringLiteral("cluster.taints")), &QAction::triggered, this, [this] {
        if (!m_current)
            return;
        View view;
        view.page = QStringLiteral("taints");
        view.cluster = m_current->context().name;
        m_window->open(view);
    });
    m_window->addPageBuilder(QStringLiteral("connections"), [this](const View& view) { return connectionsPage(view); });
    connect(m_actions->action(QStringLiteral("cluster.connections")), &QAction::triggered, this,
            &Composition::openConnections);
    connect(m_window.get(), &MainWindow::connectionsRequested, this, &Composition::openConnections);
    connect(m_window.get(), &MainWindow::kubeconfigChosen, this,
            [this](const QString& chosenFile) { load(chosenFile, {}); });
    // Beside the settings, where those are not the user's own: a test leaves nothing behind.
    m_clusters->setMemoryFile(options.settings.isEmpty()
                                  ? endpoint::memoryFile()
                                  : QFileInfo(options.settings).absolutePath() + QStringLiteral("/addresses.json"));
    connect(m_window->topBar()->endpoint(), &QToolButton::clicked, this, &Composition::showEndpoints);
    connect(m_language.get(), &LanguageManager::languageChanged, this, [this] {
        m_treeModel->retranslate();
        if (m_journalModel)
            m_journalModel->retranslate();
        showCluster();
    });
    m_window->topBar()->commands()->addProvider([this](const QString&) { return kindCommands(); });
    m_window->topBar()->commands()->addProvider([this](const QString&) { return objectCommands(); });
}

Composition::~Composition()
{
    // Clusters tell that they close as they go: nobody is there to be told.
    for (int i = 0; i < m_clusters->size(); ++i)
        disconnect(m_clusters->at(i), nullptr, this, nullptr);
    // Pages first, while the models that they look at are there.
    m_window.reset();
}

void Composition::connectTree()
{
    m_tree->setModel(m_treeModel.get(), {.id = models::IdRole,
                                         .connection = models::ConnectionRole,
                                         .note = models::NoteRole,
                                         .count = models::CountRole,
                                         .severity = models::SeverityRole,
                                         .readOnly = models::ReadOnlyRole,
                                         .production = models::ProductionRole,
                                         .snapshot = models::SnapshotRole});
    connect(m_tree, &ClusterTreePanel::menuRequested, this, &Composition::showTreeMenu);
    m_window->topBar()->setClusters(m_listModel.get());
    QTreeView* tree = m_tree->tree();
    connect(tree, &QTreeView::expanded, this, [this](const QModelIndex& row) { m_treeModel->setExpanded(row, true); });
    connect(tree, &QTreeView::collapsed, this,
            [this](const QModelIndex& row) { m_treeModel->setExpanded(row, false); });
    connect(m_tree, &ClusterTreePanel::opened, this, &Composition::openRow);
    connect(m_tree, &ClusterTreePanel::currentChanged, this, [this](const QModelIndex& row) {
        if (store::Cluster* cluster = m_treeModel->clusterAt(row))
            choose(cluster);
    });
    connect(m_window->topBar(), &TopBar::clusterChosen, this, [this](int row) {
        store::Cluster* cluster = m_listModel->clusterAt(row);
        choose(cluster);
        showInTree(cluster);
    });
    connect(m_actions->action(QStringLiteral("cluster.disconnect")), &QAction::triggered, this, [this] {
        if (m_current)
            disconnectFrom(m_current);
    });
    connect(m_actions->action(QStringLiteral("cluster.connect")), &QAction::triggered, this, [this] {
        if (m_current)
            m_tree->tree()->expand(m_treeModel->indexOf(m_current));
    });
}

void Composition::showInTree(const store::Cluster* cluster)
{
    const QModelIndex row = m_treeModel->indexOf(cluster);
    for (QModelIndex each = row; each.isValid(); each = each.parent())
        m_tree->tree()->expand(each);
    m_tree->tree()->setCurrentIndex(row);
}

void Composition::openRow(const QModelIndex& row)
{
    store::Cluster* cluster = m_treeModel->clusterAt(row);
    if (!cluster)
        return;
    choose(cluster);
    if (m_treeModel->pageAt(row) == QLatin1String("troubleshoot"))
        troubleshoot();
    else if (m_treeModel->pageAt(row) == QLatin1String("metrics"))
        cluster->isOpen() ? showMetrics() : cluster->open();
    else if (m_treeModel->pageAt(row) == QLatin1String("businesses"))
        cluster->isOpen() ? showBusinesses() : cluster->open();
    if (store::Cluster* platform = m_treeModel->platformAt(row))
        m_members->open(platform, m_treeModel->memberAt(row));
    if (const kube::ApiResource* resource = m_treeModel->resourceAt(row))
        m_window->open(View::ofKind(cluster->context().name, resource->group, resource->version, resource->resource));
}

void Composition::choose(store::Cluster* cluster)
{
    m_current = cluster;
    showCluster();
}

void Composition::showCluster()
{
    const bool canConnect = m_current && !m_current->isOpen();
    m_actions->action(QStringLiteral("cluster.connect"))->setEnabled(canConnect);
    m_actions->action(QStringLiteral("cluster.apply"))->setEnabled(m_current && m_current->isOpen());
    m_actions->action(QStringLiteral("cluster.taints"))->setEnabled(m_current && m_current->isOpen());
    m_actions->action(QStringLiteral("cluster.host-path"))
        ->setEnabled(m_current && m_current->isOpen() && !m_current->context().readOnly);
    m_actions->action(QStringLiteral("cluster.event-persistence"))->setEnabled(eventPlatformOf(m_current).first);
    const auto snapshot = m_snapshots->of(m_current);
    m_actions->action(QStringLiteral("cluster.disconnect"))->setEnabled(m_current && m_current->isOpen() && !snapshot);
    m_actions->action(QStringLiteral("file.close-snapshot"))->setEnabled(snapshot != nullptr);
    QAction* capture = m_actions->action(QStringLiteral("cluster.capture"));
    capture->setEnabled(m_current && m_current->isOpen() && !snapshot);
    capture->setToolTip(snapshot ? messages::snapshotNotice(messages::LiveOnly::Capture)
                                 : ActionRegistry::withoutDecoration(capture->text()));
    m_snapshotBar->setSnapshot(snapshot);
    if (!m_current) {
        m_window->setCurrentCluster({}, false);
        m_window->topBar()->setCurrentCluster(-1);
        m_window->topBar()->endpoint()->setEndpoint({});
        m_window->setClusterNote({});
        m_window->welcome()->setProblem(m_problem ? messages::sentence(*m_problem) : QString(),
                                        m_problem ? messages::advice(*m_problem) : QString());
        return;
    }
    const auto clusterState = m_current->state();
    const bool isLost =
        clusterState == store::Cluster::State::Unreachable || clusterState == store::Cluster::State::NoPermission;
    m_window->welcome()->setProblem(isLost ? messages::sentence(m_current->error()) : QString(),
                                    isLost ? messages::advice(m_current->error()) : QString());
    const config::Context& context = m_current->context();
    m_window->setCurrentCluster(context.name, context.readOnly, context.production);
    m_window->topBar()->setCurrentCluster(m_listModel->rowOf(m_current));
    if (snapshot) {
        showSnapshotState(*snapshot);
        return;
    }
    m_window->topBar()->endpoint()->setEndpoint(EndpointInfo{.type = typeInUse(*m_current),
                                                             .address = m_current->address(),
                                                             .latencyMs = m_current->latencyMs(),
                                                             .state = static_cast<Connection>(m_current->state())});
    const auto state = static_cast<messages::Connection>(m_current->state());
    const QString word = m_current->state() == store::Cluster::State::Stale
                             ? messages::connectionNote(state, m_current->since())
                             : messages::connectionName(state);
    QString note = m_current->version().gitVersion.isEmpty()
                       ? word
                       : tr("Kubernetes %1 · %2").arg(m_current->version().gitVersion, word);
    if (m_current->error() != base::Error{})
        note = tr("%1 · %2", "state of a cluster, then the reason").arg(note, messages::sentence(m_current->error()));
    if (const auto went = m_failedOver.constFind(context.name); went != m_failedOver.constEnd())
        note = tr("%1 · went by itself from %2 to %3", "state of a cluster, then its addresses")
                   .arg(note, went->first, went->second);
    if (m_current->isInsecure())
        note = tr("NOT VERIFIED · %1", "the server's certificate is not checked, then the cluster's state").arg(note);
    m_window->setClusterNote(note, m_current->isInsecure());
}

void Composition::showSnapshotState(const snapshot::Snapshot& snapshot)
{
    const QString mark = messages::snapshotMark(snapshot.file());
    m_window->topBar()->endpoint()->setEndpoint(
        EndpointInfo{.type = {},
                     .address = snapshot.file() == Snapshots::Demo ? mark : m_current->address(),
                     .latencyMs = {},
                     .state = static_cast<Connection>(m_current->state()),
                     .off = messages::snapshotNotice(messages::LiveOnly::Address)});
    QString note = m_current->version().gitVersion.isEmpty()
                       ? mark
                       : tr("Kubernetes %1 · %2").arg(m_current->version().gitVersion, mark);
    if (m_current->error() != base::Error{})
        note = tr("%1 · %2", "state of a cluster, then the reason").arg(note, messages::sentence(m_current->error()));
    m_window->setClusterNote(note, false);
}

void Composition::showEndpoints()
{
    if (!m_current || !m_current->isOpen() || m_current->isSnapshot())
        return;
    auto* popup = new EndpointPopup(m_window->topBar()->endpoint(), m_current);
    connect(popup, &EndpointPopup::failsOverChosen, this, [this](bool failsOver) {
        m_settings->setValue(QLatin1String(FailsOver), failsOver);
        for (int i = 0; i < m_clusters->size(); ++i)
            m_clusters->at(i)->setFailsOver(failsOver);
    });
    popup->popUp();
}

std::vector<Command> Composition::kindCommands()
{
    std::vector<Command> commands;
    if (!m_current)
        return commands;
    for (const auto& [group, resources] : kube::groupedKinds(m_current->catalog())) {
        for (const kube::ApiResource& resource : resources)
            commands.push_back(
                {.id = resource.key() + QLatin1Char(' ') + resource.shortNames.join(QLatin1Char(' ')),
                 .title = resource.kind,
                 .detail = messages::groupName(group) + QStringLiteral(" · ") + resource.apiVersion(),
                 .icon = themeIcon(iconOf(resource.resource)),
                 .run = [this, view = View::ofKind(m_current->context().name, resource.group, resource.version,
                                                   resource.resource)] { m_window->open(view); }});
    }
    return commands;
}

std::vector<Command> Composition::objectCommands()
{
    std::vector<Command> commands;
    Page* page = m_window->tabs()->currentPage();
    for (QAction* action : page ? page->objectActions() : QList<QAction*>{})
        if (action->isEnabled() && !action->isSeparator())
            commands.push_back({.id = action->objectName(),
                                .title = ActionRegistry::withoutDecoration(action->text()),
                                .detail = page->title(),
                                .icon = action->icon(),
                                .run = [action = QPointer(action)] {
                                    if (action)
                                        action->trigger();
                                }});
    return commands;
}

Page* Composition::kindPage(const View& view)
{
    store::Cluster* cluster = m_clusters->find(view.cluster);
    if (!cluster || !cluster->isOpen())
        return nullptr;
    const QString key = view.group.isEmpty() ? view.resource : view.resource + QLatin1Char('.') + view.group;
    const kube::ApiResource* resource = cluster->catalog().find(key);
    if (!resource)
        return nullptr;
    auto* page = new KindPage(view, resource->kind, resource->namespaced, *m_settings);
    new KindController(page, cluster, *resource, m_window.get(), m_changes.get());
    return page;
}

Page* Composition::taintsPage(const View& view)
{
    store::Cluster* cluster = m_clusters->find(view.cluster);
    if (!cluster || !cluster->isOpen())
        return nullptr;
    auto* page = new TaintsPage(view);
    new TaintsController(page, cluster);
    return page;
}

Page* Composition::objectPage(const View& view)
{
    store::Cluster* cluster = m_clusters->findById(view.object.cluster);
    if (!cluster || !cluster->isOpen())
        return nullptr;
    const kube::ApiResource* resource = cluster->catalog().findKind(view.object.apiVersion, view.object.kind);
    if (!resource)
        return nullptr;
    if (view.page == QLatin1String("edit"))
        return newObjectEditPage(view, cluster, *resource, std::bind_front(&openRecreation, cluster));
    return new ObjectPage(view, cluster, *resource, m_window.get(), m_changes.get());
}

void Composition::open(const QString& context)
{
    store::Cluster* cluster = m_clusters->find(context);
    if (!cluster)
        return;
    showInTree(cluster);
    cluster->open(); // also where it was unfolded already, and closed or failed since
    choose(cluster);
    m_window->tabs()->setFocus();
    if (const kube::ApiResource* nodes = cluster->catalog().find(QStringLiteral("nodes")))
        m_window->open(View::ofKind(context, nodes->group, nodes->version, nodes->resource));
}

Page* Composition::connectionsPage(const View& view)
{
    auto* page = new ConnectionsPage(view, m_connections.get());
    connect(page, &ConnectionsPage::openRequested, this, &Composition::open);
    connect(page, &ConnectionsPage::refreshRequested, this, &Composition::reload, Qt::QueuedConnection);
    return page;
}

ConnectionsPage* Composition::openConnections()
{
    return qobject_cast<ConnectionsPage*>(m_window->open(ConnectionsPage::viewOf()));
}

void Composition::showTreeMenu(const QModelIndex& row, const QPoint& at)
{
    auto* menu = new QMenu(m_window.get());
    menu->setObjectName(QStringLiteral("tree.menu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Cluster"));
    if (store::Cluster* cluster = m_treeModel->clusterAt(row)) {
        choose(cluster);
        menu->setToolTipsVisible(true);
        if (cluster->isSnapshot()) {
            fillSnapshotMenu(menu);
            menu->popup(at);
            return;
        }
        store::Cluster* platform = m_treeModel->platformAt(row);
        if (platform)
            fillMemberMenu(menu, platform, m_treeModel->memberAt(row));
        if (cluster != platform) // the row of a member that is not open does not speak for its platform
            fillClusterMenu(menu, *cluster);
    } else {
        menu->addAction(m_actions->action(QStringLiteral("cluster.connections")));
    }
    for (QAction* action : menu->actions())
        if (action->objectName().isEmpty())
            action->setObjectName(QStringLiteral("tree.menu.show"));
    menu->popup(at);
}

void Composition::fillClusterMenu(QMenu* menu, const store::Cluster& cluster)
{
    const config::Context& context = cluster.context();
    const bool isMember = !context.member.isEmpty();
    if (!isMember) // what opens a member stands there already
        menu->addAction(m_actions->action(QStringLiteral("cluster.connect")));
    menu->addAction(m_actions->action(QStringLiteral("cluster.disconnect")));
    menu->addAction(m_actions->action(QStringLiteral("cluster.capture")));
    menu->addSeparator()->setObjectName(QStringLiteral("tree.menu.line"));
    addContextCommands(menu, m_connections.get(), context, m_window.get(),
                       [this](const QString& sentence) { m_window->say(sentence); });
    if (isMember) // it is in no file, so not among the connections
        return;
    connect(menu->addAction(tr("Show in &Connections")), &QAction::triggered, this, [this, name = context.name] {
        if (ConnectionsPage* page = openConnections())
            page->choose(name);
    });
}

} // namespace ui
