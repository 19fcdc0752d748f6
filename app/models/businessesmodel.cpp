#include "app/models/businessesmodel.h"

#include "app/base/visible.h"
#include "app/kube/quantity.h"
#include "app/messages/businesses.h"

#include <QSet>
#include <algorithm>
#include <map>

namespace models {
namespace {

const QString None = QStringLiteral("–");

QString shown(const QString& text)
{
    return text.isEmpty() ? None : base::visible(text);
}

QString amountOf(const tke::Quantities& quantities, const QString& resource)
{
    const auto found = quantities.find(resource);
    return found == quantities.end() ? None : base::visible(found->second);
}

/// The most common first: a hostile list of kinds must not become a table of a thousand columns.
std::vector<QString> quotasOf(const tke::BusinessSurvey& survey)
{
    std::map<QString, int> seen;
    for (const tke::BusinessNamespace& each : survey.namespaces) {
        for (const auto& [resource, amount] : each.hard)
            ++seen[resource];
        for (const auto& [resource, amount] : each.used)
            if (!each.hard.contains(resource))
                ++seen[resource];
    }
    std::vector<std::pair<QString, int>> all(seen.begin(), seen.end());
    std::ranges::stable_sort(all, std::ranges::greater{}, &std::pair<QString, int>::second);
    std::vector<QString> names;
    for (const auto& [name, count] : all)
        names.push_back(name);
    return names;
}

} // namespace

BusinessesModel::BusinessesModel(QObject* parent) : QAbstractTableModel(parent) {}

const tke::BusinessNamespace* BusinessesModel::planned(const Row& row) const
{
    return row.nameSpace ? &m_now.picture->survey.namespaces[*row.nameSpace] : nullptr;
}

bool BusinessesModel::isQuota(int column) const
{
    return column >= FixedColumns && column < FixedColumns + 2 * static_cast<int>(m_now.quotas.size());
}

const QString& BusinessesModel::quotaAt(int column) const
{
    return m_now.quotas[static_cast<std::size_t>((column - FixedColumns) / 2)];
}

void BusinessesModel::setPicture(std::shared_ptr<const tke::BusinessPicture> picture)
{
    const auto parts = [this] {
        std::vector<tke::BusinessPart> all;
        for (int row = 0; row < rowCount(); ++row)
            all.push_back(partAt(row));
        return all;
    };
    const auto before = parts();
    const QString header = headerKey();
    Content old = std::exchange(m_now, Content{.picture = std::move(picture)});
    build();
    m_now.order = ordered();
    if (header == headerKey() && before == parts()) {
        if (rowCount() > 0)
            emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    // Views ask for what was there while they are told that it goes.
    std::swap(m_now, old);
    beginResetModel();
    std::swap(m_now, old);
    endResetModel();
}

QString BusinessesModel::headerKey() const
{
    QStringList ids;
    for (int column = 0; column < columnCount(); ++column)
        ids << headerData(column, Qt::Horizontal, ColumnIdRole).toString();
    return ids.join(QLatin1Char('\n'));
}

void BusinessesModel::build()
{
    if (!m_now.picture)
        return;
    const tke::BusinessSurvey& survey = m_now.picture->survey;
    m_now.quotas = quotasOf(survey);
    m_now.hasMore = m_now.quotas.size() > MostQuotas;
    if (m_now.hasMore)
        m_now.quotas.resize(MostQuotas);
    QHash<QString, std::vector<std::size_t>> of;
    for (std::size_t i = 0; i < survey.namespaces.size(); ++i)
        of[survey.namespaces[i].business].push_back(i);
    for (const tke::Business& business : survey.businesses) {
        const auto own = of.take(business.name);
        if (own.empty())
            m_now.rows.push_back({&business, {}, {}});
        for (const std::size_t i : own)
            m_now.rows.push_back({&business, i, {}});
    }
    for (std::size_t i = 0; i < survey.namespaces.size(); ++i) // of a business that is not known
        if (of.contains(survey.namespaces[i].business))
            m_now.rows.push_back({nullptr, i, {}});
    makeKeys();
}

void BusinessesModel::makeKeys()
{
    const int columns = columnCount();
    for (Row& row : m_now.rows) {
        QStringList texts;
        for (int column = 0; column < columns; ++column)
            texts << text(row, column);
        row.key = texts.join(QLatin1Char('\n')).toLower();
    }
}

QString BusinessesModel::text(const Row& row, int column) const
{
    const tke::BusinessNamespace* space = planned(row);
    switch (column) {
    case BusinessColumn:
        return row.business ? titleOf(*row.business) : base::visible(space->business);
    case PhaseColumn:
        if (!row.business)
            return None;
        return row.business->locked ? tr("%1, locked", "phase of a business").arg(shown(row.business->phase))
                                    : shown(row.business->phase);
    case NamespaceColumn:
        return space ? shown(space->nameSpace) : None;
    case ClusterColumn:
        return space && !space->cluster.isEmpty() ? m_now.picture->clusterTitle(space->cluster) : None;
    case StateColumn:
        return space ? shown(space->phase) : None;
    case LiveColumn:
        return space ? messages::word(m_now.picture->liveOf(*row.nameSpace), *space) : None;
    default:
        break;
    }
    if (!space)
        return None;
    if (isQuota(column))
        return amountOf(isUsed(column) ? space->used : space->hard, quotaAt(column));
    QStringList more;
    for (const auto& [resource, amount] : space->hard)
        if (std::ranges::find(m_now.quotas, resource) == m_now.quotas.end())
            more << base::visible(resource + QLatin1Char('=') + amount);
    return more.isEmpty() ? None : more.join(QStringLiteral(", "));
}

QString BusinessesModel::tip(const Row& row, int column) const
{
    const tke::BusinessNamespace* space = planned(row);
    if (column == PhaseColumn && row.business)
        return messages::failureOf(*row.business);
    if (column == StateColumn && space)
        return messages::healthSentence(*space);
    if (column == LiveColumn && space) {
        const tke::LiveNamespace* live = m_now.picture->liveOf(*row.nameSpace);
        return live ? messages::sentence(*live, *space) : QString();
    }
    return {};
}

kube::Severity BusinessesModel::severity(const Row& row, int column) const
{
    const tke::BusinessNamespace* space = planned(row);
    if (column == PhaseColumn && row.business)
        return tke::severityOf(*row.business);
    if (column == StateColumn && space)
        return tke::severityOf(*space);
    if (column == LiveColumn && space)
        return tke::severityOf(m_now.picture->liveOf(*row.nameSpace), *space);
    return kube::Severity::None;
}

std::vector<int> BusinessesModel::ordered() const
{
    std::vector<int> order;
    for (std::size_t i = 0; i < m_now.rows.size(); ++i)
        if (std::ranges::all_of(m_words, [&](const QString& word) { return m_now.rows[i].key.contains(word); }))
            order.push_back(static_cast<int>(i));
    if (m_sortColumn < 0 || m_sortColumn >= columnCount())
        return order;
    const bool isDescending = m_sortOrder == Qt::DescendingOrder;
    if (isQuota(m_sortColumn)) {
        std::vector<double> keys(m_now.rows.size(), -1); // what is not set comes before 0
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const tke::BusinessNamespace* space = planned(m_now.rows[i]);
            if (!space)
                continue;
            const tke::Quantities& amounts = isUsed(m_sortColumn) ? space->used : space->hard;
            const auto found = amounts.find(quotaAt(m_sortColumn));
            if (found == amounts.end())
                continue;
            if (const auto milli = kube::milliOf(found->second))
                keys[i] = static_cast<double>(*milli);
            else if (const auto whole = kube::wholeOf(found->second)) // too large for thousandths
                keys[i] = static_cast<double>(*whole) * 1000;
        }
        const auto key = [&keys](int i) { return keys[static_cast<std::size_t>(i)]; };
        std::ranges::stable_sort(order, [&](int a, int b) { return isDescending ? key(b) < key(a) : key(a) < key(b); });
        return order;
    }
    // Signs first: what is wrong is looked for.
    const bool hasSigns = m_sortColumn == PhaseColumn || m_sortColumn == StateColumn || m_sortColumn == LiveColumn;
    std::vector<std::pair<int, QString>> keys;
    keys.reserve(m_now.rows.size());
    for (const Row& row : m_now.rows)
        keys.emplace_back(hasSigns ? -static_cast<int>(severity(row, m_sortColumn)) : 0,
                          text(row, m_sortColumn).toLower());
    const auto key = [&keys](int i) -> const auto&
    {
        return keys[static_cast<std::size_t>(i)];
    };
    std::ranges::stable_sort(order, [&](int a, int b) { return isDescending ? key(b) < key(a) : key(a) < key(b); });
    return order;
}

void BusinessesModel::setFilter(const QString& filter)
{
    const QStringList words = filter.toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words == m_words)
        return;
    beginResetModel();
    m_words = words;
    m_now.order = ordered();
    endResetModel();
}

void BusinessesModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column;
    m_sortOrder = order;
    reorder();
}

/// The same rows in another order.
void BusinessesModel::reorder()
{
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<int> rows;
    for (const QModelIndex& each : before)
        rows.push_back(m_now.order[static_cast<std::size_t>(each.row())]);
    m_now.order = ordered();
    std::vector<int> place(m_now.rows.size(), -1);
    for (std::size_t i = 0; i < m_now.order.size(); ++i)
        place[static_cast<std::size_t>(m_now.order[i])] = static_cast<int>(i);
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i)
        after << index(place[static_cast<std::size_t>(rows[static_cast<std::size_t>(i)])], before[i].column());
    changePersistentIndexList(before, after);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

void BusinessesModel::retranslate()
{
    makeKeys(); // words of ours are searched too
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

tke::BusinessPart BusinessesModel::partAt(int row) const
{
    if (row < 0 || row >= rowCount())
        return {};
    const Row& here = at(row);
    const tke::BusinessNamespace* space = planned(here);
    return space ? tke::partOf(*space) : tke::partOf(*here.business);
}

int BusinessesModel::rowOf(const tke::BusinessPart& part) const
{
    using Kind = tke::GraphBox::Kind;
    for (int i = 0; i < rowCount(); ++i) {
        const Row& row = at(i);
        const tke::BusinessNamespace* space = planned(row);
        const bool isIt = part.kind == Kind::Namespace ? space && tke::partOf(*space) == part
                          : part.kind == Kind::Cluster ? space && space->cluster == part.id
                                                       : row.business && row.business->name == part.id;
        if (isIt)
            return i;
    }
    return -1;
}

int BusinessesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_now.order.size());
}

int BusinessesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : FixedColumns + 2 * static_cast<int>(m_now.quotas.size()) + (m_now.hasMore ? 1 : 0);
}

QVariant BusinessesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Row& row = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        return tip(row, index.column());
    case SeverityRole:
        return static_cast<int>(severity(row, index.column()));
    case NumericRole:
        return isQuota(index.column());
    default:
        return {};
    }
}

QVariant BusinessesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    static const char* const ids[] = {"business", "phase", "namespace", "cluster", "state", "live"};
    if (role == ColumnIdRole) {
        if (section < FixedColumns)
            return QString::fromLatin1(ids[section]);
        return isQuota(section)
                   ? (isUsed(section) ? QStringLiteral("used.") : QStringLiteral("hard.")) + quotaAt(section)
                   : QStringLiteral("more");
    }
    if (role == NumericRole)
        return isQuota(section);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (section) {
    case BusinessColumn:
        return tr("Business");
    case PhaseColumn:
        return tr("Its phase");
    case NamespaceColumn:
        return tr("Namespace");
    case ClusterColumn:
        return tr("Cluster");
    case StateColumn:
        return tr("Phase");
    case LiveColumn:
        return tr("In the cluster");
    default:
        break;
    }
    if (!isQuota(section))
        return tr("More quota");
    return (isUsed(section) ? tr("%1 used") : tr("%1 quota")).arg(base::visible(quotaAt(section)));
}

} // namespace models
