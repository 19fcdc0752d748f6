#include "ui/businesses/businessespage.h"

#include "app/base/visible.h"
#include "app/messages/errors.h"
#include "app/models/businessesmodel.h"
#include "ui/businesses/businessdetail.h"
#include "ui/businesses/businessgraphview.h"
#include "ui/theme/grid.h"
#include "ui/theme/icons.h"
#include "ui/widgets/detailsplitter.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/rowopening.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/signlines.h"
#include "ui/widgets/statepane.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/timelabel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>

namespace ui {
namespace {

using Kind = tke::GraphBox::Kind;
using tke::BusinessPart;

const QString TabKey = QStringLiteral("tab");
const QString ChosenKey = QStringLiteral("business");
constexpr int DetailWidth = 380;

} // namespace

BusinessesPage::BusinessesPage(const View& view)
    : Page(view),
      m_model(new models::BusinessesModel(this)),
      m_search(new SearchField(QStringLiteral("businesses.search"))),
      m_tabs(new QTabBar),
      m_new(new QPushButton),
      m_why(new QPushButton),
      m_fold(new QToolButton),
      m_unfold(new QToolButton),
      m_fit(new QToolButton),
      m_counts(new PlainLabel),
      m_reading(new PlainLabel),
      m_read(new TimeLabel(TimeLabel::Style::Ago)),
      m_unread(new SignLines(QStringLiteral("businesses.unread"))),
      m_graph(new BusinessGraphView),
      m_table(new TableView(QStringLiteral("businesses.table"))),
      m_stack(new QStackedWidget),
      m_detail(new KeyValueView(QStringLiteral("businesses.detail")))
{
    setObjectName(QStringLiteral("businesses"));
    build();
    retranslate();
    lookAt(view);
}

BusinessesPage::~BusinessesPage() = default;

void BusinessesPage::build()
{
    const std::pair<QWidget*, const char*> names[] = {
        {m_tabs, "tabs"}, {m_new, "new"},       {m_why, "why"},         {m_fold, "fold"}, {m_unfold, "unfold"},
        {m_fit, "fit"},   {m_counts, "counts"}, {m_reading, "reading"}, {m_read, "read"}, {m_stack, "stack"}};
    for (const auto& [widget, name] : names)
        widget->setObjectName(QStringLiteral("businesses.") + QLatin1String(name));
    m_tabs->setDrawBase(false);
    m_tabs->addTab(QString());
    m_tabs->addTab(QString());
    m_search->setMaximumWidth(320);
    m_search->setMinimumWidth(160);
    for (QPushButton* button : {m_new, m_why})
        button->setAutoDefault(false);
    const std::pair<QToolButton*, Icon> icons[] = {
        {m_fold, Icon::ChevronRight}, {m_unfold, Icon::ChevronDown}, {m_fit, Icon::Overview}};
    for (const auto& [button, icon] : icons) {
        button->setIcon(themeIcon(icon));
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
    }
    for (PlainLabel* label : {m_counts, m_reading, static_cast<PlainLabel*>(m_read)})
        label->setColorId(ColorId::Muted);

    m_table->setModel(m_model);
    m_table->cells()->setSignRole(models::SeverityRole);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_stack->addWidget(m_graph);
    m_stack->addWidget(m_table);
    m_detail->setMinimumWidth(240);
    m_pane = new StatePane(QStringLiteral("businesses"),
                           detailSplitter(QStringLiteral("businesses.splitter"), m_stack, m_detail, DetailWidth));

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(grid::Gap, grid::Unit, grid::Gap, grid::Unit);
    bar->setSpacing(grid::Gap);
    bar->addWidget(m_tabs);
    bar->addWidget(m_search, 2);
    bar->addWidget(m_counts);
    bar->addStretch(1);
    bar->addWidget(m_reading);
    bar->addWidget(m_read);
    for (QToolButton* button : {m_fold, m_unfold, m_fit})
        bar->addWidget(button);
    bar->addWidget(m_why);
    bar->addWidget(m_new);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(m_unread);
    column->addWidget(m_pane, 1);
    m_unread->setContentsMargins(grid::Gap, 0, grid::Gap, grid::Unit);

    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        m_stack->setCurrentIndex(index);
        for (QToolButton* button : {m_fold, m_unfold, m_fit})
            button->setEnabled(index == 0);
        View now = this->view();
        now.more.insert(TabKey, index == 0 ? QStringLiteral("graph") : QStringLiteral("table"));
        setView(now);
        choose(m_chosen); // what is looked at now moves to it
        showCounts();
    });
    connect(m_search, &SearchField::searchChanged, this, &BusinessesPage::search);
    connect(m_search, &SearchField::leftForResults, this, [this] {
        if (showsTable())
            m_table->setFocus();
        else if (m_graph->matchCount() > 0)
            m_graph->nextMatch(); // and again with the next Return
        else
            m_graph->setFocus();
    });
    connect(m_new, &QPushButton::clicked, this, [this] { Q_EMIT newNamespaceRequested(chosenBusiness()); });
    connect(m_why, &QPushButton::clicked, this, [this] { Q_EMIT visibilityRequested(chosenBusiness()); });
    connect(m_fold, &QToolButton::clicked, this, [this] { m_graph->setAllFolded(true); });
    connect(m_unfold, &QToolButton::clicked, this, [this] { m_graph->setAllFolded(false); });
    connect(m_fit, &QToolButton::clicked, m_graph, &BusinessGraphView::fit);
    connect(m_graph, &BusinessGraphView::partChosen, this, &BusinessesPage::take);
    connect(m_graph, &BusinessGraphView::partOpened, this, &BusinessesPage::open);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& row) {
        if (row.isValid())
            take(m_model->partAt(row.row()));
    });
    onRowOpened(m_table, [this](int row) { open(m_model->partAt(row)); });
    connect(m_detail, &KeyValueView::followed, this, [this](const QString&, const QString& id) { follow(id); });
    connect(m_pane, &StatePane::retryRequested, this, &BusinessesPage::refreshRequested);
}

void BusinessesPage::show(std::shared_ptr<const tke::BusinessPicture> picture, const QString& ownCluster,
                          const QString& cluster)
{
    m_picture = std::move(picture);
    m_ownCluster = ownCluster;
    m_cluster = cluster;
    m_taking = true;
    m_graph->setPicture(m_picture);
    m_model->setPicture(m_picture);
    m_taking = false;
    const int columns = m_model->columnCount();
    for (int column = 0; column < columns; ++column) {
        const QString id = m_model->headerData(column, Qt::Horizontal, models::ColumnIdRole).toString();
        m_table->cells()->setLook(
            column,
            {.fixedFont = id == QLatin1String("namespace"),
             .number = m_model->headerData(column, Qt::Horizontal, models::NumericRole).toBool(),
             .sign = id == QLatin1String("phase") || id == QLatin1String("state") || id == QLatin1String("live")});
    }
    if (!m_sized && m_model->rowCount() > 0) {
        m_table->sizeColumnsToSample();
        m_sized = !m_picture->live.empty(); // what stands in the clusters is told in longer words
    }
    choose(m_chosen);
    showCounts();
    showUnread();
}

void BusinessesPage::setRead(const QDateTime& when, const QString& reading)
{
    m_reading->setText(reading);
    m_reading->setVisible(!reading.isEmpty());
    m_read->setTime(when);
    m_read->setVisible(reading.isEmpty());
}

void BusinessesPage::setCanCreate(bool can, const QString& why)
{
    m_new->setEnabled(can);
    m_new->setToolTip(plainToolTip(why));
    m_new->setAccessibleDescription(why);
}

/// By whatever was clicked: the others follow.
void BusinessesPage::take(const BusinessPart& part)
{
    if (m_taking || part == m_chosen)
        return;
    choose(part);
}

void BusinessesPage::choose(const BusinessPart& part)
{
    m_chosen = part;
    m_taking = true;
    if (m_graph->chosen() != part || !showsTable())
        m_graph->choose(part);
    const bool isInTable = m_table->currentIndex().isValid() && m_model->partAt(m_table->currentIndex().row()) == part;
    if (!isInTable) {
        const int row = part.id.isEmpty() ? -1 : m_model->rowOf(part);
        // Of a business there may be rows of its namespaces only: the first stands for it, and it stays chosen.
        m_table->setCurrentIndex(row >= 0 ? m_model->index(row, 0) : QModelIndex());
    }
    m_taking = false;
    showDetail();
}

QString BusinessesPage::chosenBusiness() const
{
    if (m_chosen.kind == Kind::Business)
        return m_chosen.id;
    const auto index =
        m_picture && m_chosen.kind == Kind::Namespace ? m_picture->findNamespace(m_chosen.id) : std::nullopt;
    return index ? m_picture->survey.namespaces[*index].business : QString();
}

void BusinessesPage::open(const BusinessPart& part)
{
    if (!m_picture || part.kind == Kind::Cluster)
        return;
    if (const auto lead = leadOf(*m_picture, part, QStringLiteral("object"), m_cluster); lead.object)
        Q_EMIT objectActivated(*lead.object);
}

void BusinessesPage::follow(const QString& id)
{
    if (!m_picture)
        return;
    const DetailLead lead = leadOf(*m_picture, m_chosen, id, m_cluster);
    if (lead.object)
        Q_EMIT objectActivated(*lead.object);
    else if (!lead.part.id.isEmpty())
        choose(lead.part);
}

void BusinessesPage::showDetail()
{
    std::vector<KeyValues> groups;
    if (m_picture)
        groups = detailOf(*m_picture, m_chosen, m_ownCluster);
    if (groups.empty())
        groups = {{.id = QStringLiteral("none"),
                   .title = {},
                   .rows = {{.id = QStringLiteral("hint"),
                             .label = {},
                             .value = tr("Choose a business, a namespace or a cluster to see what is known of it.")}}}};
    m_detail->setGroups(groups);
}

void BusinessesPage::showCounts()
{
    if (!m_picture) {
        m_counts->clear();
        return;
    }
    const bool searches = !m_search->text().isEmpty();
    if (searches && showsTable())
        m_counts->setText(
            tr("%1 of %2", "how many rows are shown, of all").arg(m_model->rowCount()).arg(m_model->total()));
    else if (searches)
        m_counts->setText(tr("%n found; Return goes to the next", nullptr, static_cast<int>(m_graph->matchCount())));
    else
        m_counts->setText(tr("%n businesses", nullptr, static_cast<int>(m_picture->survey.businesses.size())) +
                          QStringLiteral(" · ") +
                          tr("%n namespaces", nullptr, static_cast<int>(m_picture->survey.namespaces.size())));
}

void BusinessesPage::showUnread()
{
    std::vector<SignLine> lines;
    if (m_picture)
        for (const tke::Unread& each : m_picture->survey.unread)
            lines.push_back({Sign::Warning, (each.kind == QLatin1String("projects")
                                                 ? tr("The businesses are not known, only their namespaces: %1")
                                                 : tr("The namespaces are not known, only their businesses: %1"))
                                                .arg(messages::sentence(each.error))});
    m_unread->setLines(lines);
    m_unread->setVisible(!lines.empty());
}

void BusinessesPage::search(const QString& text)
{
    View now = view();
    now.filter = text;
    setView(now);
    m_taking = true;
    m_graph->setSearch(text);
    m_model->setFilter(text);
    m_taking = false;
    showCounts();
}

bool BusinessesPage::showsTable() const
{
    return m_tabs->currentIndex() == 1;
}

void BusinessesPage::setShowsTable(bool table)
{
    m_tabs->setCurrentIndex(table ? 1 : 0);
}

QString BusinessesPage::title() const
{
    return tr("Businesses · %1").arg(view().cluster);
}

QIcon BusinessesPage::icon() const
{
    return themeIcon(Icon::Businesses);
}

void BusinessesPage::find()
{
    m_search->setFocus();
    m_search->selectAll();
}

void BusinessesPage::focusContent()
{
    if (showsTable())
        m_table->setFocus();
    else
        m_graph->setFocus();
}

void BusinessesPage::lookAt(const View& view)
{
    if (const QString tab = view.more.value(TabKey); !tab.isEmpty())
        setShowsTable(tab == QLatin1String("table"));
    if (!view.filter.isEmpty())
        m_search->setText(view.filter);
    if (const QString business = view.more.value(ChosenKey); !business.isEmpty())
        choose({Kind::Business, business});
}

void BusinessesPage::retranslate()
{
    m_search->setPrompt(tr("Search businesses, namespaces and clusters"));
    m_tabs->setTabText(0, tr("Graph"));
    m_tabs->setTabText(1, tr("Table"));
    m_tabs->setAccessibleName(tr("How businesses are shown"));
    const std::pair<QPushButton*, QString> buttons[] = {{m_new, tr("New namespace…")},
                                                        {m_why, tr("Why can a user not see a business…")}};
    for (const auto& [button, text] : buttons) {
        button->setText(text);
        button->setAccessibleName(text);
    }
    const std::pair<QToolButton*, QString> tools[] = {
        {m_fold, tr("Fold all")}, {m_unfold, tr("Unfold all")}, {m_fit, tr("Show all of the graph (0)")}};
    for (const auto& [button, text] : tools) {
        button->setToolTip(plainToolTip(text));
        button->setAccessibleName(text);
    }
    m_table->setAccessibleName(tr("Businesses and their namespaces"));
    m_detail->setAccessibleName(tr("What is known of what is chosen"));
    m_model->retranslate();
    showDetail();
    showCounts();
    showUnread();
    Q_EMIT changed();
}

void BusinessesPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        Q_EMIT languageChanged();
    }
    Page::changeEvent(event);
}

} // namespace ui
