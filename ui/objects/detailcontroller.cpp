#include "ui/objects/detailcontroller.h"

#include "app/kube/jsonread.h"
#include "app/kube/secrets.h"
#include "app/kube/yaml.h"
#include "app/models/overview.h"
#include "ui/objects/leads.h"
#include "ui/objects/panestates.h"
#include "ui/shell/navigator.h"
#include "ui/widgets/codeview.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/tableview.h"

#include <QHeaderView>
#include <QMenu>

namespace ui {
namespace {

constexpr std::chrono::milliseconds Settle{300}; // a rollout changes an object many times a second

std::vector<KeyValues> keyValuesOf(const std::vector<models::OverviewGroup>& groups)
{
    std::vector<KeyValues> shown;
    for (const models::OverviewGroup& group : groups) {
        KeyValues values{group.id, group.title, {}};
        for (const models::OverviewRow& row : group.rows)
            values.rows.push_back({.id = row.id,
                                   .label = row.label,
                                   .value = row.value,
                                   .chips = row.chips,
                                   .sign = static_cast<Sign>(row.severity),
                                   .fixedFont = row.identifier,
                                   .leads = row.leadsTo.has_value()});
        shown.push_back(std::move(values));
    }
    return shown;
}

} // namespace

DetailController::DetailController(DetailPane* pane, store::Cluster* cluster, Navigator* navigator,
                                   ObjectCommands* commands)
    : QObject(pane),
      m_pane(pane),
      m_eventTable(pane->events()),
      m_cluster(cluster),
      m_navigator(navigator),
      m_commands(commands)
{
    pane->setHasCommands(m_commands);
    connect(pane, &DetailPane::menuWanted, this, &DetailController::fillMenu);
    if (m_commands)
        connect(m_commands, &ObjectCommands::changed, this, &DetailController::fillMenu);
    m_later.setSingleShot(true);
    m_later.setInterval(Settle);
    connect(&m_later, &QTimer::timeout, this, &DetailController::fetch);
    connect(pane, &DetailPane::tabShown, this, [this](DetailPane::Tab tab) {
        if (tab == DetailPane::Events)
            watchEvents();
    });
    connect(pane, &DetailPane::retryRequested, this, &DetailController::refresh);
    connect(pane, &DetailPane::editRequested, this, [this] {
        View view = View::ofObject(m_object);
        view.page = QStringLiteral("edit");
        m_navigator->open(view);
    });
    connect(pane, &DetailPane::leadRequested, this, &DetailController::followLead);
    connect(pane, &DetailPane::whyRequested, this,
            [this] { m_navigator->open(guideView(m_cluster->context().name, QStringLiteral("endpoints"))); });
    connect(pane->overview(), &KeyValueView::followed, this, [this](const QString& group, const QString& id) {
        if (const auto lead = m_leads.find(group + QLatin1Char('\n') + id); lead != m_leads.end())
            m_navigator->open(lead->second);
    });
}

DetailController::~DetailController()
{
    if (m_eventTable)
        m_eventTable->setModel(nullptr);
}

void DetailController::show(const kube::ApiResource& resource, const kube::ObjectRef& object)
{
    if (object == m_object && resource == m_resource)
        return;
    if (resource != m_resource)
        m_pane->menu()->clear();
    m_resource = resource;
    m_object = object;
    m_json.reset();
    showLead();
    m_pane->events()->setModel(nullptr);
    m_eventRows.reset();
    m_events.reset();
    m_pane->setHead(themeIcon(iconOf(resource.resource)), object.name,
                    object.nameSpace.isEmpty() ? resource.kind
                                               : resource.kind + QStringLiteral(" · ") + object.nameSpace);
    const PaneState loading{.kind = PaneState::Kind::Loading, .sentence = object.name};
    m_pane->pane(DetailPane::Overview)->setState(loading);
    m_pane->pane(DetailPane::Yaml)->setState(loading);
    m_self.reset();
    if (resource.can(QLatin1String("watch"))) {
        m_self = m_cluster->feed(
            resource, {.nameSpace = object.nameSpace, .fieldSelector = QStringLiteral("metadata.name=") + object.name});
        connect(m_self->rows(), &store::RowStore::rowsChanged, this, [this, of = m_self.get()] {
            if (m_self.get() == of)
                m_later.start();
        });
    }
    fetch();
    if (m_pane->tab() == DetailPane::Events)
        watchEvents();
}

void DetailController::fillMenu()
{
    QMenu* menu = m_pane->menu();
    const auto commands = m_commands && !m_object.name.isEmpty()
                              ? m_commands->commands(m_cluster, m_resource, {m_object})
                              : std::vector<ObjectCommand>{};
    if (menu->actions().size() != static_cast<qsizetype>(commands.size())) {
        menu->clear();
        for (const ObjectCommand& command : commands) {
            QAction* action = menu->addAction(command.text);
            connect(action, &QAction::triggered, this,
                    [this, id = command.id] { m_commands->run(id, m_cluster, m_resource, {m_object}, m_pane); });
        }
    }
    for (std::size_t i = 0; i < commands.size(); ++i) { // in place: the menu may be open
        QAction* action = menu->actions()[static_cast<qsizetype>(i)];
        action->setObjectName(menu->objectName() + QLatin1Char('.') + commands[i].id);
        action->setText(commands[i].text);
        action->setEnabled(commands[i].why.isEmpty());
        action->setStatusTip(commands[i].why);
    }
}

void DetailController::refresh()
{
    fetch();
    if (m_events)
        m_events->relist();
}

void DetailController::fetch()
{
    if (!m_cluster->isOpen())
        return;
    m_calls.cancel(); // the newest question wins
    m_calls.follow(m_cluster->client().askJson({.path = m_resource.path(m_object.nameSpace, m_object.name)}),
                   [this](const base::Result<kube::Json>& answer) { take(answer); });
}

void DetailController::take(const base::Result<kube::Json>& answer)
{
    if (answer) {
        m_json = *answer;
        fill();
        for (const auto tab : {DetailPane::Overview, DetailPane::Yaml})
            m_pane->pane(tab)->setState({});
        return;
    }
    PaneState state = paneStateOf(answer.error());
    if (m_json) { // what was there stays, and says that it is old
        state = {};
        state.staleSince = QDateTime::currentDateTimeUtc();
        state.staleReason = paneStateOf(answer.error()).sentence;
    }
    for (const auto tab : {DetailPane::Overview, DetailPane::Yaml})
        m_pane->pane(tab)->setState(state);
}

void DetailController::fill()
{
    showLead();
    if (!m_json)
        return;
    const kube::Json shown = kube::withoutSecrets(*m_json);
    const auto groups = models::overviewOf(shown, m_cluster->id(), m_cluster->now().toSecsSinceEpoch());
    m_leads.clear();
    for (const models::OverviewGroup& group : groups)
        for (const models::OverviewRow& row : group.rows)
            if (row.leadsTo)
                m_leads.emplace(group.id + QLatin1Char('\n') + row.id, *row.leadsTo);
    m_pane->overview()->setGroups(keyValuesOf(groups));
    m_pane->yaml()->setText(kube::toYaml(shown));
}

bool DetailController::isPendingPod() const
{
    return m_object.kind == QLatin1String("Pod") && m_object.apiVersion == QLatin1String("v1") && m_json &&
           kube::rawText(*m_json, {"status", "phase"}) == QLatin1String("Pending");
}

bool DetailController::isNode() const
{
    return m_object.kind == QLatin1String("Node") && m_object.apiVersion == QLatin1String("v1");
}

void DetailController::showLead()
{
    if (isPendingPod())
        m_pane->setLead(themeIcon(Icon::Troubleshoot), tr("Why pending?"));
    else if (isNode())
        m_pane->setLead(themeIcon(Icon::Nodes), tr("Edit taints…"));
    else
        m_pane->setLead({}, {});
}

void DetailController::followLead()
{
    const QString cluster = m_cluster->context().name;
    m_navigator->open(isNode() ? taintsView(cluster, {m_object.name}) : pendingView(cluster, m_object));
}

void DetailController::watchEvents()
{
    if (m_events || m_object.name.isEmpty() || !m_cluster->isOpen())
        return;
    const kube::ApiResource* events = m_cluster->catalog().find(QStringLiteral("events"));
    if (!events)
        return;
    // The events of a cluster-wide object stand in namespace default, but not all writers keep to that.
    QString selector =
        QStringLiteral("involvedObject.name=%1,involvedObject.kind=%2").arg(m_object.name, m_object.kind);
    m_events = m_cluster->feed(*events, {.nameSpace = m_object.nameSpace, .fieldSelector = selector});
    m_eventRows = std::make_unique<models::RowTableModel>(m_events->rows(), m_cluster->identity(*events));
    TableView* table = m_pane->events();
    table->cells()->setSignRole(models::SeverityRole);
    table->setModel(m_eventRows.get());
    const auto arrange = [this, table] {
        for (int c = 0; c < m_eventRows->columnCount(); ++c) {
            const QString id = m_eventRows->headerData(c, Qt::Horizontal, models::ColumnIdRole).toString();
            const bool wanted = QStringList{QStringLiteral("Last Seen"), QStringLiteral("Type"),
                                            QStringLiteral("Reason"), QStringLiteral("Message")}
                                    .contains(id);
            table->setColumnHidden(c, !wanted);
        }
        table->sizeColumnsToSample();
        table->horizontalHeader()->setStretchLastSection(true);
        showEventState();
    };
    connect(m_eventRows.get(), &QAbstractItemModel::modelReset, this, arrange);
    connect(m_eventRows.get(), &QAbstractItemModel::rowsInserted, this, arrange);
    connect(m_events->rows(), &store::RowStore::stateChanged, this, &DetailController::showEventState);
    arrange();
}

void DetailController::showEventState()
{
    if (!m_events)
        return;
    m_pane->pane(DetailPane::Events)
        ->setState(paneStateOf(m_events->rows()->state(), m_events->rows()->size(),
                               static_cast<std::size_t>(m_eventRows->rowCount()), tr("events"), m_cluster->address()));
}

void DetailController::retranslate()
{
    fill();
    if (m_eventRows)
        m_eventRows->retranslate();
    showEventState();
}

} // namespace ui
