#include "app/models/rowtablemodel.h"

#include "app/kube/celltext.h"
#include "app/models/columnnames.h"

#include <QDateTime>
#include <algorithm>

namespace models {
namespace {

constexpr std::chrono::milliseconds Tick{50};

bool containsWord(std::string_view text, const QByteArray& word)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
    return std::search(text.begin(), text.end(), word.begin(), word.end(),
                       [lower](char a, char b) { return lower(a) == b; }) != text.end();
}

bool isNumeric(const kube::Column& column)
{
    return column.type == QLatin1String("integer") || column.type == QLatin1String("number");
}

} // namespace

RowTableModel::RowTableModel(store::RowStore* store, kube::ObjectRef identity, QObject* parent)
    : QAbstractTableModel(parent),
      m_store(store),
      m_identity(std::move(identity)),
      m_tick(this)
{
    m_tick.setSingleShot(true);
    m_tick.setInterval(Tick);
    connect(&m_tick, &QTimer::timeout, this, &RowTableModel::applyPending);
    connect(store, &store::RowStore::reset, this, &RowTableModel::onReset);
    connect(store, &store::RowStore::rowsChanged, this, &RowTableModel::onRowsChanged);
    onReset();
    rebuild();
}

int RowTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

int RowTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_store->columns() ? 0 : static_cast<int>(m_store->columns()->size());
}

const kube::Column* RowTableModel::column(int section) const
{
    return section >= 0 && section < columnCount() ? &(*m_store->columns())[static_cast<std::size_t>(section)]
                                                   : nullptr;
}

QVariant RowTableModel::data(const QModelIndex& index, int role) const
{
    const kube::Column* shown = column(index.column());
    if (!shown || index.row() >= rowCount())
        return {};
    const store::RowId id = m_order[static_cast<std::size_t>(index.row())];
    if (!m_store->isAlive(id)) // removed, and the tick has not come yet
        return {};
    const kube::RowView row = m_store->row(id);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return kube::cellText(*shown, row, m_at.value_or(QDateTime::currentSecsSinceEpoch()));
    case SeverityRole:
        return static_cast<int>(row.head->severity);
    case RefRole:
        return QVariant::fromValue(refAt(index.row()));
    case NumericRole:
        return isNumeric(*shown);
    case NameRole:
        return shown->source == kube::ColumnSource::Name;
    default:
        return {};
    }
}

QVariant RowTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const kube::Column* shown = orientation == Qt::Horizontal ? column(section) : nullptr;
    if (!shown)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return columnName(shown->header);
    case ColumnIdRole:
        return shown->header;
    case PriorityRole:
        return shown->priority;
    case NumericRole:
        return isNumeric(*shown);
    case NameRole:
        return shown->source == kube::ColumnSource::Name;
    default:
        return {};
    }
}

kube::ObjectRef RowTableModel::refAt(int row) const
{
    const kube::RowView view = m_store->row(m_order[static_cast<std::size_t>(row)]);
    kube::ObjectRef ref = m_identity;
    ref.nameSpace = view.nameSpace();
    const std::string_view name = view.name();
    ref.name = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    if (!view.head->uidIsDigest)
        ref.uid = kube::uuidText(view.head->uid);
    return ref;
}

int RowTableModel::rowOf(store::RowId id) const
{
    const auto found = std::find(m_order.begin(), m_order.end(), id);
    return found == m_order.end() ? -1 : static_cast<int>(found - m_order.begin());
}

void RowTableModel::setQuery(const TableQuery& query)
{
    if (query == m_query)
        return;
    m_query = query;
    m_words.clear();
    for (QString text : query.filter.simplified().toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        Word word;
        word.excludes = text.size() > 1 && text.startsWith(QLatin1Char('-'));
        if (word.excludes)
            text.remove(0, 1);
        word.utf8 = text.toUtf8();
        word.text = text;
        m_words.push_back(std::move(word));
    }
    m_namespaces = {query.namespaces.begin(), query.namespaces.end()};
    m_namespaceShown.clear();
    rebuild();
}

void RowTableModel::sort(int section, Qt::SortOrder order)
{
    TableQuery query = m_query;
    const kube::Column* by = column(section);
    query.sortColumn = by ? by->header : QString();
    query.sortOrder = order;
    setQuery(query);
}

void RowTableModel::retranslate()
{
    if (columnCount() > 0)
        emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void RowTableModel::refreshAges(int firstRow, int lastRow)
{
    lastRow = std::min(lastRow, rowCount() - 1);
    if (firstRow < 0 || firstRow > lastRow)
        return;
    for (int section = 0; section < columnCount(); ++section) {
        const kube::Column* shown = column(section);
        if (shown->source == kube::ColumnSource::Created || shown->header == QLatin1String("Age") ||
            shown->header == QLatin1String("Restarts"))
            emit dataChanged(index(firstRow, section), index(lastRow, section), {Qt::DisplayRole});
    }
}

void RowTableModel::onReset()
{
    beginResetModel();
    m_order.clear();
    m_shown.clear();
    m_dirty.clear();
    m_isDirty.clear();
    m_isRemoved.clear();
    m_namespaceShown.clear();
    for (Word& word : m_words)
        word.inText.clear();
    findSortColumn();
    endResetModel();
}

void RowTableModel::onRowsChanged(const store::RowChanges& changes)
{
    const auto mark = [this](store::RowId id) {
        if (id >= m_isDirty.size()) {
            m_isDirty.resize(m_store->idLimit());
            m_isRemoved.resize(m_store->idLimit());
            m_shown.resize(m_store->idLimit());
        }
        if (!m_isDirty[id])
            m_dirty.push_back(id);
        m_isDirty[id] = true;
    };
    for (const store::RowId id : changes.removed) {
        mark(id);
        m_isRemoved[id] = true;
    }
    for (const auto* ids : {&changes.inserted, &changes.updated})
        for (const store::RowId id : *ids)
            mark(id);
    // The first rows are shown at once, and so is what takes rows away: a view must not ask for one that is gone.
    if (m_order.empty() || !changes.removed.empty())
        applyPending();
    else if (!m_tick.isActive())
        m_tick.start();
}

void RowTableModel::applyPending()
{
    m_tick.stop();
    if (m_dirty.empty())
        return;
    judgeTexts();
    const std::vector<store::RowId> dirty = std::exchange(m_dirty, {});

    // Rows that leave, in runs from the end, so that earlier numbers stay right.
    std::vector<bool> leaves(m_isDirty.size());
    std::vector<store::RowId> enters;
    std::vector<store::RowId> stays;
    for (const store::RowId id : dirty) {
        const bool shown = m_store->isAlive(id) && accepts(id);
        const bool wasShown = m_shown[id];
        const bool isOther = m_isRemoved[id] && m_store->isAlive(id); // its number is used by another object now
        if (wasShown && (!shown || isOther))
            leaves[id] = true;
        if (shown && (!wasShown || isOther))
            enters.push_back(id);
        else if (shown)
            stays.push_back(id);
        m_isRemoved[id] = false;
    }
    for (std::size_t end = m_order.size(); end > 0;) {
        if (!leaves[m_order[end - 1]]) {
            --end;
            continue;
        }
        std::size_t begin = end;
        while (begin > 0 && leaves[m_order[begin - 1]])
            --begin;
        beginRemoveRows({}, static_cast<int>(begin), static_cast<int>(end) - 1);
        for (std::size_t i = begin; i < end; ++i)
            m_shown[m_order[i]] = false;
        m_order.erase(m_order.begin() + static_cast<std::ptrdiff_t>(begin),
                      m_order.begin() + static_cast<std::ptrdiff_t>(end));
        endRemoveRows();
        end = begin;
    }
    if (!enters.empty()) {
        // Appended as one range; the merge below puts them in their places.
        const auto first = static_cast<int>(m_order.size());
        beginInsertRows({}, first, first + static_cast<int>(enters.size()) - 1);
        for (const store::RowId id : enters) {
            m_order.push_back(id);
            m_shown[id] = true;
        }
        endInsertRows();
    }
    // What changed and what came is dropped from the order and merged in again, in one pass.
    std::vector<store::RowId> moving = std::move(stays);
    moving.insert(moving.end(), enters.begin(), enters.end());
    if (!moving.empty()) {
        std::vector<bool> moves(m_isDirty.size());
        for (const store::RowId id : moving)
            moves[id] = true;
        const auto before = [this](store::RowId a, store::RowId b) { return comesBefore(a, b); };
        std::sort(moving.begin(), moving.end(), before);
        std::vector<store::RowId> rest;
        rest.reserve(m_order.size());
        std::copy_if(m_order.begin(), m_order.end(), std::back_inserter(rest),
                     [&](store::RowId id) { return !moves[id]; });
        std::vector<store::RowId> merged;
        merged.reserve(m_order.size());
        std::merge(rest.begin(), rest.end(), moving.begin(), moving.end(), std::back_inserter(merged), before);
        if (merged != m_order) {
            emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
            const std::vector<store::RowId> old = std::exchange(m_order, std::move(merged));
            rewireSelection(old);
            emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
        }
        // The cells of what stayed have changed; where they are few, only they are repainted.
        std::vector<int> rows;
        for (int row = 0; row < rowCount(); ++row)
            if (moves[m_order[static_cast<std::size_t>(row)]])
                rows.push_back(row);
        if (!rows.empty())
            emit dataChanged(index(rows.front(), 0), index(rows.back(), columnCount() - 1));
    }
    for (const store::RowId id : dirty)
        m_isDirty[id] = false;
}

void RowTableModel::findSortColumn()
{
    m_sortColumn = -1;
    for (int section = 0; section < columnCount(); ++section)
        if (column(section)->header == m_query.sortColumn)
            m_sortColumn = section;
}

void RowTableModel::rebuild()
{
    m_tick.stop();
    const std::vector<store::RowId> dirty = std::exchange(m_dirty, {});
    for (const store::RowId id : dirty) {
        m_isDirty[id] = false;
        m_isRemoved[id] = false;
    }
    findSortColumn();
    judgeTexts();
    std::vector<store::RowId> order;
    order.reserve(m_store->size());
    for (store::RowId id = 0; id < m_store->idLimit(); ++id)
        if (m_store->isAlive(id) && accepts(id))
            order.push_back(id);
    std::sort(order.begin(), order.end(), [this](store::RowId a, store::RowId b) { return comesBefore(a, b); });
    m_isDirty.resize(m_store->idLimit());
    m_isRemoved.resize(m_store->idLimit());
    m_shown.assign(m_store->idLimit(), false);
    for (const store::RowId id : order)
        m_shown[id] = true;

    // The number of rows changes at the end, then all change places: selection and scroll stay with their objects.
    const std::size_t was = m_order.size();
    std::vector<store::RowId> kept;
    kept.reserve(was);
    std::copy_if(m_order.begin(), m_order.end(), std::back_inserter(kept),
                 [&](store::RowId id) { return id < m_shown.size() && m_shown[id]; });
    if (kept.size() < was && kept.empty()) {
        beginRemoveRows({}, 0, static_cast<int>(was) - 1);
        m_order.clear();
        endRemoveRows();
    } else if (kept.size() < was) {
        // First bring those that stay to the front, then cut the rest off as one range.
        std::vector<store::RowId> gone;
        std::copy_if(m_order.begin(), m_order.end(), std::back_inserter(gone),
                     [&](store::RowId id) { return id >= m_shown.size() || !m_shown[id]; });
        emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
        std::vector<store::RowId> front = kept;
        front.insert(front.end(), gone.begin(), gone.end());
        const auto old = std::exchange(m_order, std::move(front));
        rewireSelection(old);
        emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
        beginRemoveRows({}, static_cast<int>(kept.size()), static_cast<int>(was) - 1);
        m_order.resize(kept.size());
        endRemoveRows();
    }
    if (order.size() > m_order.size()) {
        std::vector<bool> present(m_store->idLimit());
        for (const store::RowId id : m_order)
            present[id] = true;
        beginInsertRows({}, static_cast<int>(m_order.size()), static_cast<int>(order.size()) - 1);
        std::copy_if(order.begin(), order.end(), std::back_inserter(m_order),
                     [&](store::RowId id) { return !present[id]; });
        endInsertRows();
    }
    if (order != m_order) {
        emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
        const auto old = std::exchange(m_order, std::move(order));
        rewireSelection(old);
        emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
    }
    // What waited for the tick has changed, too, wherever it stands now.
    if (!dirty.empty() && rowCount() > 0 && columnCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void RowTableModel::rewireSelection(const std::vector<store::RowId>& before)
{
    const QModelIndexList persistent = persistentIndexList();
    if (persistent.isEmpty())
        return;
    std::vector<int> place(m_store->idLimit(), -1);
    for (std::size_t i = 0; i < m_order.size(); ++i)
        place[m_order[i]] = static_cast<int>(i);
    QModelIndexList moved;
    moved.reserve(persistent.size());
    for (const QModelIndex& old : persistent) {
        const int row = place[before[static_cast<std::size_t>(old.row())]];
        moved += row < 0 ? QModelIndex() : index(row, old.column());
    }
    changePersistentIndexList(persistent, moved);
}

bool RowTableModel::comesBefore(store::RowId a, store::RowId b) const
{
    static const kube::Column byNamespace{.source = kube::ColumnSource::Namespace};
    static const kube::Column byName{.source = kube::ColumnSource::Name};
    const kube::RowView left = m_store->row(a);
    const kube::RowView right = m_store->row(b);
    if (const kube::Column* by = column(m_sortColumn)) {
        const int order = kube::compareCells(*by, left, right);
        if (order != 0)
            return m_query.sortOrder == Qt::AscendingOrder ? order < 0 : order > 0;
    }
    for (const kube::Column* by : {&byNamespace, &byName})
        if (const int order = kube::compareCells(*by, left, right); order != 0)
            return order < 0;
    return a < b;
}

void RowTableModel::judgeTexts() const
{
    const std::vector<QString>& texts = m_store->texts();
    for (const Word& word : m_words)
        for (std::size_t id = word.inText.size(); id < texts.size(); ++id)
            word.inText.push_back(texts[id].contains(word.text, Qt::CaseInsensitive));
    for (std::size_t id = m_namespaceShown.size(); id < texts.size(); ++id)
        m_namespaceShown.push_back(m_namespaces.isEmpty() || m_namespaces.contains(texts[id]));
}

bool RowTableModel::accepts(store::RowId id) const
{
    const kube::RowView row = m_store->row(id);
    if (!m_namespaces.isEmpty() && !m_namespaceShown[row.head->nameSpace])
        return false;
    for (const Word& word : m_words) {
        bool found = containsWord(row.name(), word.utf8) || word.inText[row.head->nameSpace];
        for (std::size_t i = 0; !found && i < row.cells.size(); ++i) {
            const kube::Cell cell = row.cells[i];
            if (cell.type() == kube::Cell::Type::Interned)
                found = word.inText[cell.textId()];
            else if (cell.type() == kube::Cell::Type::Arena)
                found = containsWord(row.text(cell.offset(), cell.length()), word.utf8);
            else if (cell.type() == kube::Cell::Type::Number)
                found = QByteArray::number(cell.number()) == word.utf8;
        }
        if (found == word.excludes)
            return false;
    }
    return true;
}

} // namespace models
