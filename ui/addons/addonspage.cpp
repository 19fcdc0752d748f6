#include "ui/addons/addonspage.h"

#include "app/base/visible.h"
#include "app/messages/addons.h"
#include "app/messages/errors.h"
#include "app/models/roles.h"
#include "ui/addons/addondetail.h"
#include "ui/theme/grid.h"
#include "ui/theme/icons.h"
#include "ui/widgets/detailsplitter.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/rowopening.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/signlines.h"
#include "ui/widgets/statepane.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/timelabel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QSplitter>

namespace ui {
namespace {

constexpr int DetailWidth = 420;
constexpr int NameColumn = 2;
constexpr int StateColumn = 5;

} // namespace

AddonsPage::AddonsPage(const View& view)
    : Page(view),
      m_model(new models::TextRowsModel(this)),
      m_search(new SearchField(QStringLiteral("addons.search"))),
      m_counts(new PlainLabel),
      m_reading(new PlainLabel),
      m_read(new TimeLabel(TimeLabel::Style::Ago)),
      m_unread(new SignLines(QStringLiteral("addons.unread"))),
      m_table(new TableView(QStringLiteral("addons.table"))),
      m_detail(new KeyValueView(QStringLiteral("addons.detail")))
{
    setObjectName(QStringLiteral("addons"));
    build();
    retranslate();
    lookAt(view);
}

AddonsPage::~AddonsPage() = default;

void AddonsPage::build()
{
    const std::pair<QWidget*, const char*> names[] = {{m_counts, "counts"}, {m_reading, "reading"}, {m_read, "read"}};
    for (const auto& [widget, name] : names)
        widget->setObjectName(QStringLiteral("addons.") + QLatin1String(name));
    for (PlainLabel* label : {m_counts, m_reading, static_cast<PlainLabel*>(m_read)})
        label->setColorId(ColorId::Muted);
    m_search->setMaximumWidth(320);
    m_search->setMinimumWidth(160);
    m_table->setSortable(false);
    m_table->setModel(m_model);
    m_table->cells()->setSignRole(models::SeverityRole);
    m_table->cells()->setLook(NameColumn, {.fixedFont = true});
    m_table->cells()->setLook(StateColumn, {.sign = true});
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_detail->setMinimumWidth(240);
    m_pane = new StatePane(QStringLiteral("addons"),
                           detailSplitter(QStringLiteral("addons.splitter"), m_table, m_detail, DetailWidth));

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(grid::Gap, grid::Unit, grid::Gap, grid::Unit);
    bar->setSpacing(grid::Gap);
    bar->addWidget(m_search, 2);
    bar->addWidget(m_counts);
    bar->addStretch(1);
    bar->addWidget(m_reading);
    bar->addWidget(m_read);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(m_unread);
    column->addWidget(m_pane, 1);
    m_unread->setContentsMargins(grid::Gap, 0, grid::Gap, grid::Unit);

    connect(m_search, &SearchField::searchChanged, this, [this](const QString& text) {
        View now = this->view();
        now.filter = text;
        setView(now);
        fill();
    });
    connect(m_search, &SearchField::leftForResults, this, [this] { m_table->setFocus(); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (m_filling)
            return;
        const Place* place = chosen();
        m_chosen = place ? keyOf(*place) : QString();
        showDetail();
    });
    onRowOpened(m_table, [this](int row) { open(row); });
    connect(m_detail, &KeyValueView::followed, this, &AddonsPage::follow);
    connect(m_pane, &StatePane::retryRequested, this, &AddonsPage::refreshRequested);
}

void AddonsPage::show(const AddonPicture& picture)
{
    m_picture = picture;
    m_hasPicture = true;
    fill();
}

void AddonsPage::setRead(const QDateTime& when, const QString& reading)
{
    m_reading->setText(reading);
    m_reading->setVisible(!reading.isEmpty());
    m_read->setTime(when);
    m_read->setVisible(reading.isEmpty());
}

QString AddonsPage::nameOf(const tke::ClusterAddons& cluster) const
{
    const auto found = m_picture.names.find(cluster.cluster);
    const QString name = base::visible(cluster.cluster);
    return found == m_picture.names.end() || found->second.isEmpty()
               ? name
               : tr("%1 (%2)", "a cluster's name for people, then its id").arg(base::visible(found->second), name);
}

QString AddonsPage::keyOf(const Place& place) const
{
    const tke::ClusterAddons& cluster = m_picture.clusters[place.cluster];
    return cluster.cluster + QLatin1Char('/') +
           (place.isLeftOver ? QStringLiteral("left/") + cluster.leftOver[place.index].part.ref.name
                             : cluster.addons[place.index].addon.key + QLatin1Char('/') +
                                   cluster.addons[place.index].addon.ref.name);
}

models::TextRow AddonsPage::rowOf(const Place& place) const
{
    const tke::ClusterAddons& cluster = m_picture.clusters[place.cluster];
    models::TextRow row;
    if (place.isLeftOver) {
        const tke::LeftOver& left = cluster.leftOver[place.index];
        row.cells = {nameOf(cluster),     left.type,       QStringLiteral("–"),     QStringLiteral("–"),
                     QStringLiteral("–"), tr("left over"), messages::sentence(left)};
        row.severity = static_cast<int>(Sign::Warning);
        row.ref = left.part.ref;
        return row;
    }
    const tke::AddonView& view = cluster.addons[place.index];
    const auto orDash = [](const QString& text) { return text.isEmpty() ? QStringLiteral("–") : text; };
    const QString sentence = messages::sentence(view, cluster).section(QLatin1Char('\n'), 0, 0);
    row.cells = {nameOf(cluster),
                 view.addon.type,
                 base::visible(view.addon.ref.name),
                 orDash(view.addon.version),
                 orDash(view.addon.phase),
                 cluster.isLooking ? tr("being looked at…") : messages::addonStateName(view.state),
                 sentence};
    row.severity = static_cast<int>(cluster.isLooking ? Sign::None : signOf(view));
    row.ref = view.addon.ref;
    return row;
}

void AddonsPage::fill()
{
    m_places.clear();
    std::vector<models::TextRow> rows;
    int all = 0;
    int failing = 0;
    const QString sought = m_search->text().trimmed();
    const auto add = [&](const Place& place) {
        models::TextRow row = rowOf(place);
        ++all;
        failing += row.severity >= static_cast<int>(Sign::Warning) ? 1 : 0;
        if (!sought.isEmpty() && !row.cells.join(QLatin1Char('\n')).contains(sought, Qt::CaseInsensitive))
            return;
        m_places.push_back(place);
        rows.push_back(std::move(row));
    };
    for (std::size_t i = 0; i < m_picture.clusters.size(); ++i) {
        for (std::size_t j = 0; j < m_picture.clusters[i].addons.size(); ++j)
            add({i, j, false});
        for (std::size_t j = 0; j < m_picture.clusters[i].leftOver.size(); ++j)
            add({i, j, true});
    }
    const int found = static_cast<int>(rows.size());
    m_filling = true;
    m_model->setRows(std::move(rows));
    int row = -1;
    for (std::size_t i = 0; i < m_places.size() && row < 0; ++i)
        if (keyOf(m_places[i]) == m_chosen)
            row = static_cast<int>(i);
    m_table->setCurrentIndex(row >= 0 ? m_model->index(row, 0) : QModelIndex());
    m_filling = false;
    if (!m_sized && found > 0) {
        m_table->sizeColumnsToSample();
        m_sized = true;
    }
    if (!m_hasPicture)
        m_counts->clear();
    else if (found != all)
        m_counts->setText(tr("%1 of %2", "how many rows are shown, of all").arg(found).arg(all));
    else
        m_counts->setText(tr("%n addons", nullptr, all) + QStringLiteral(" · ") +
                          tr("%n to look at", "addons that are not well", failing));
    std::vector<SignLine> lines;
    for (const tke::Unread& each : m_picture.survey.unread)
        lines.push_back({Sign::Warning, messages::unreadAddons(each)});
    for (const tke::ClusterAddons& each : m_picture.clusters)
        if (each.error)
            lines.push_back(
                {Sign::Unknown,
                 tr("What stands in %1 is not known: %2").arg(nameOf(each), messages::sentence(*each.error))});
    if (lines.size() > 4) { // the table tells each again
        const int more = static_cast<int>(lines.size()) - 3;
        lines.resize(3);
        lines.push_back({Sign::Unknown, tr("and %n more that could not be read", nullptr, more)});
    }
    m_unread->setLines(lines);
    showDetail();
}

const AddonsPage::Place* AddonsPage::chosen() const
{
    const int row = m_table->currentIndex().isValid() ? m_table->currentIndex().row() : -1;
    return row >= 0 && static_cast<std::size_t>(row) < m_places.size() ? &m_places[static_cast<std::size_t>(row)]
                                                                       : nullptr;
}

void AddonsPage::showDetail()
{
    const Place* place = chosen();
    if (!place) {
        m_detail->setGroups({{.id = QStringLiteral("none"),
                              .title = {},
                              .rows = {{.id = QStringLiteral("hint"),
                                        .label = {},
                                        .value = tr("Choose an addon to see what it made in its cluster.")}}}});
        return;
    }
    const tke::ClusterAddons& cluster = m_picture.clusters[place->cluster];
    const bool canOpen = m_idOf && !m_idOf(cluster.cluster).isEmpty();
    m_detail->setGroups(place->isLeftOver ? detailOf(cluster.leftOver[place->index], cluster, canOpen)
                                          : detailOf(cluster.addons[place->index], cluster, m_picture.survey, canOpen));
}

void AddonsPage::follow(const QString& group, const QString& id)
{
    const Place* place = chosen();
    if (!place)
        return;
    const tke::ClusterAddons& cluster = m_picture.clusters[place->cluster];
    if (group == QLatin1String("addon") && id == QLatin1String("object") && !place->isLeftOver) {
        Q_EMIT addonActivated(cluster.addons[place->index].addon.ref);
        return;
    }
    if (group != QLatin1String("made") || !m_idOf)
        return;
    const std::size_t number = id.toUInt();
    kube::ObjectRef ref;
    if (place->isLeftOver)
        ref = cluster.leftOver[place->index].part.ref;
    else if (number < cluster.addons[place->index].parts.size())
        ref = cluster.addons[place->index].parts[number].ref;
    ref.cluster = m_idOf(cluster.cluster);
    if (!ref.cluster.isEmpty() && !ref.name.isEmpty())
        Q_EMIT objectActivated(ref);
}

void AddonsPage::open(int row)
{
    const auto index = static_cast<std::size_t>(row);
    if (index < m_places.size() && !m_places[index].isLeftOver)
        Q_EMIT addonActivated(m_model->rows()[index].ref);
}

QString AddonsPage::title() const
{
    return tr("Addons · %1", "the platform's context").arg(view().cluster);
}

QIcon AddonsPage::icon() const
{
    return themeIcon(Icon::Custom);
}

void AddonsPage::find()
{
    m_search->setFocus();
    m_search->selectAll();
}

void AddonsPage::focusContent()
{
    m_table->setFocus();
}

void AddonsPage::lookAt(const View& view)
{
    if (view.filter == m_search->text())
        return;
    m_search->setText(view.filter);
    // At once: the field speaks after a pause, and not of what it said last.
    View now = this->view();
    now.filter = view.filter;
    setView(now);
    fill();
}

void AddonsPage::retranslate()
{
    m_search->setPrompt(tr("Search addons and clusters"));
    m_table->setAccessibleName(tr("Addons"));
    m_detail->setAccessibleName(tr("What is known of what is chosen"));
    m_model->setHeaders(
        {tr("Cluster"), tr("Addon"), tr("Id"), tr("Version"), tr("Phase"), tr("State"), tr("In the cluster")});
    fill();
    Q_EMIT changed();
}

void AddonsPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        Q_EMIT languageChanged();
    }
    Page::changeEvent(event);
}

} // namespace ui
