#include "ui/objects/kindcontroller.h"

#include "app/kube/tenantlists.h"
#include "app/messages/groups.h"
#include "ui/objects/detailcontroller.h"
#include "ui/objects/leads.h"
#include "ui/objects/panestates.h"
#include "ui/shell/navigator.h"
#include "ui/widgets/namespacebox.h"
#include "ui/widgets/tableview.h"

#include <algorithm>

namespace ui {

KindController::KindController(KindPage* page, store::Cluster* cluster, const kube::ApiResource& resource,
                               Navigator* navigator, ObjectCommands* commands)
    : QObject(page),
      m_page(page),
      m_cluster(cluster),
      m_resource(resource),
      m_navigator(navigator),
      m_commands(commands),
      m_tick(this)
{
    connect(page, &KindPage::filterChanged, this, &KindController::applyQuery);
    connect(page, &KindPage::nameSpacesChosen, this, [this](const QStringList& names) {
        // Where all namespaces may not be listed, one of them may be.
        const bool narrow =
            m_feed->rows()->state().error.kind == base::ErrorKind::Forbidden || !m_feed->scope().nameSpace.isEmpty();
        if (narrow)
            follow({.nameSpace = names.value(0)});
        applyQuery();
    });
    connect(page, &KindPage::refreshRequested, this, [this] {
        m_feed->relist();
        if (m_detail)
            m_detail->refresh();
    });
    connect(page, &KindPage::detailWanted, this, &KindController::showDetail);
    connect(page, &KindPage::taintsWanted, this, [this](const QModelIndexList& rows) {
        QStringList names;
        for (const QModelIndex& row : rows)
            names += m_model->refAt(row.row()).name;
        m_navigator->open(taintsView(m_cluster->context().name, names));
    });
    connect(page, &KindPage::pendingWanted, this, [this](const QModelIndex& row) {
        m_navigator->open(pendingView(m_cluster->context().name, m_model->refAt(row.row())));
    });
    connect(page, &KindPage::whyWanted, this,
            [this] { m_navigator->open(guideView(m_cluster->context().name, QStringLiteral("endpoints"))); });
    connect(page, &KindPage::tabWanted, this,
            [this](const QModelIndex& row) { m_navigator->open(m_model->refAt(row.row())); });
    connect(page, &KindPage::languageChanged, this, &KindController::retranslate);
    connect(cluster, &store::Cluster::stateChanged, this, &KindController::showState);
    connect(cluster, &store::Cluster::stateChanged, this, &KindController::showCommands); // read-only or not
    connect(&m_tick, &QTimer::timeout, this, &KindController::tick);
    m_tick.start(std::chrono::seconds(1));

    if (resource.namespaced) {
        if (const kube::ApiResource* namespaces = cluster->catalog().find(QStringLiteral("namespaces"))) {
            m_namespaces = cluster->feed(*namespaces);
            connect(m_namespaces->rows(), &store::RowStore::rowsChanged, this, &KindController::showNamespaces);
            connect(m_namespaces->rows(), &store::RowStore::stateChanged, this, &KindController::showNamespaces);
            showNamespaces();
        }
    }
    if (m_commands) {
        connect(page, &KindPage::selectionChanged, this, &KindController::showCommands);
        connect(m_commands, &ObjectCommands::changed, this, &KindController::showCommands);
        connect(page, &KindPage::commandWanted, this,
                [this](const QString& id) { m_commands->run(id, m_cluster, m_resource, selected(), m_page); });
    }
    follow({});
    showCommands();
}

std::vector<kube::ObjectRef> KindController::selected() const
{
    std::vector<kube::ObjectRef> objects;
    for (const QModelIndex& row : m_page->selectedRows())
        objects.push_back(m_model->refAt(row.row()));
    return objects;
}

void KindController::showCommands()
{
    if (m_commands)
        m_page->setCommands(m_commands->commands(m_cluster, m_resource, selected()));
}

KindController::~KindController() = default;

void KindController::follow(const kube::ListScope& scope)
{
    auto feed = m_cluster->feed(m_resource, scope);
    if (feed == m_feed)
        return;
    auto model = std::make_unique<models::RowTableModel>(feed->rows(), m_cluster->identity(m_resource));
    if (m_cluster->isSnapshot())
        model->setTime(m_cluster->now().toSecsSinceEpoch());
    if (m_feed)
        disconnect(m_feed->rows(), nullptr, this, nullptr);
    m_page->setModel(model.get());
    m_model = std::move(model);
    m_feed = std::move(feed);
    for (const auto signal : {&QAbstractItemModel::modelReset})
        connect(m_model.get(), signal, this, &KindController::showState);
    connect(m_model.get(), &QAbstractItemModel::rowsInserted, this, &KindController::showState);
    connect(m_model.get(), &QAbstractItemModel::rowsRemoved, this, &KindController::showState);
    connect(m_feed->rows(), &store::RowStore::stateChanged, this, [this](const kube::FeedState& state) {
        if (state.phase == kube::FeedState::Phase::Live)
            m_page->settleColumns();
        const bool mayNot =
            state.phase == kube::FeedState::Phase::Failed && state.error.kind == base::ErrorKind::Forbidden;
        const QString own = m_cluster->context().nameSpace;
        if (mayNot && m_resource.namespaced && m_feed->scope().nameSpace.isEmpty() && !own.isEmpty()) {
            m_page->nameSpaces()->setSelected({own});
            follow({.nameSpace = own});
            applyQuery();
        }
        showState();
    });
    connect(m_feed->rows(), &store::RowStore::rowsChanged, this,
            [this] { m_changed = QDateTime::currentDateTimeUtc(); });
    applyQuery();
    showState();
}

void KindController::applyQuery()
{
    models::TableQuery query = m_model->query();
    query.filter = m_page->view().filter;
    query.namespaces = m_page->nameSpaces()->selected();
    m_model->setQuery(query);
    showState();
}

void KindController::showState()
{
    const std::size_t total = m_feed->rows()->size();
    const auto shown = static_cast<std::size_t>(m_model->rowCount());
    PaneState state = paneStateOf(m_feed->rows()->state(), total, shown, m_resource.resource, m_cluster->address());
    const bool isNotKnown = total == 0 && kube::isListedByTenant(m_resource);
    if (isNotKnown && state.kind == PaneState::Kind::Empty)
        state.sentence = messages::listedByTenant(m_resource.resource);
    m_page->setState(state);
    const bool known = m_feed->rows()->columns() != nullptr && !isNotKnown;
    m_page->setCounts(static_cast<qint64>(shown), known ? static_cast<qint64>(total) : -1);
    tick();
}

void KindController::showNamespaces()
{
    QStringList names;
    const store::RowStore& rows = *m_namespaces->rows();
    for (store::RowId id = 0; id < rows.idLimit(); ++id) {
        if (!rows.isAlive(id))
            continue;
        const std::string_view name = rows.row(id).name();
        names += QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    }
    std::sort(names.begin(), names.end());
    const bool complete =
        rows.state().phase == kube::FeedState::Phase::Live || rows.state().phase == kube::FeedState::Phase::Listed;
    if (names.isEmpty() && !m_cluster->context().nameSpace.isEmpty())
        names += m_cluster->context().nameSpace;
    m_page->nameSpaces()->setNamespaces(names, complete);
}

void KindController::showDetail(const QModelIndex& row)
{
    if (!m_detail) {
        m_detail = new DetailController(m_page->detail(), m_cluster, m_navigator, m_commands);
    }
    m_detail->show(m_resource, m_model->refAt(row.row()));
}

void KindController::tick()
{
    const bool isLive = m_feed->rows()->state().phase == kube::FeedState::Phase::Live && !m_cluster->isSnapshot();
    m_page->setHeard(isLive ? std::max(m_changed, m_cluster->lastHeard()) : QDateTime());
    if (!m_page->isVisible())
        return;
    const TableView* table = m_page->table();
    const int first = table->rowAt(0);
    int last = table->rowAt(table->viewport()->height() - 1);
    if (last < 0)
        last = m_model->rowCount() - 1;
    m_model->refreshAges(first, last);
}

void KindController::retranslate()
{
    showCommands();
    m_model->retranslate();
    if (m_detail)
        m_detail->retranslate();
    showState();
}

} // namespace ui
