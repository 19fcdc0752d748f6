#include "app/models/contrastmodel.h"

#include "app/base/visible.h"
#include "app/messages/metrics.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <ranges>

namespace models {
namespace {

using metrics::ContrastRow;
using metrics::State;
using metrics::View;
using Band = ContrastBand;

const State& stateOf(const std::optional<State>& state)
{
    static const State none;
    return state ? *state : none;
}

double keyOf(const std::optional<qint64>& number)
{
    return number ? static_cast<double>(*number) : -1; // what is not known comes before 0
}

double keyOf(const std::optional<double>& number)
{
    return number.value_or(-1);
}

QString percent(const std::optional<double>& ratio)
{
    return ratio ? QString::number(std::lround(*ratio * 100)) + QStringLiteral(" %") : QStringLiteral("–");
}

QString pair(const QString& a, const QString& b)
{
    return a + QStringLiteral(" / ") + b;
}

QString cpuPair(const State& state, View view)
{
    return view == View::Nodes
               ? pair(messages::cpuText(state.requests.cpuMilli), messages::cpuText(state.allocatable.cpuMilli))
               : pair(messages::cpuText(state.requests.cpuMilli), messages::cpuText(state.limits.cpuMilli));
}

QString memoryPair(const State& state, View view)
{
    return view == View::Nodes
               ? pair(messages::memoryText(state.requests.memoryBytes),
                      messages::memoryText(state.allocatable.memoryBytes))
               : pair(messages::memoryText(state.requests.memoryBytes), messages::memoryText(state.limits.memoryBytes));
}

} // namespace

struct ContrastModel::Column {
    const char* id;
    Band band;
    const char* header; ///< of a ratio, "Of request / of allocatable" depends on the view: see headerData()
    const char* nodeHeader = nullptr;
    QString (*text)(const ContrastRow&, View);
    double (*key)(const ContrastRow&) = nullptr; ///< null: sorted by its text
    std::optional<double> (*ratio)(const ContrastRow&, View) = nullptr;
    std::vector<const char*> fields = {}; ///< of disagreements that speak of it
};

namespace {

using Column = ContrastModel::Column;

QString stateWord(const std::optional<State>& said, View)
{
    return said ? messages::stateText(*said) : QStringLiteral("–");
}

template <std::optional<State> ContrastRow::*Source, Band Where> std::vector<Column> stateColumns()
{
    const bool isObject = Where == Band::Object;
    return {
        {.id = isObject ? "objectCpu" : "stateCpu",
         .band = Where,
         .header = QT_TRANSLATE_NOOP("models::ContrastModel", "CPU request / limit"),
         .nodeHeader = QT_TRANSLATE_NOOP("models::ContrastModel", "CPU requested / allocatable"),
         .text = [](const ContrastRow& row,
                    View view) { return row.*Source ? cpuPair(*(row.*Source), view) : QStringLiteral("–"); },
         .key = [](const ContrastRow& row) { return keyOf(stateOf(row.*Source).requests.cpuMilli); },
         .fields = {"requests.cpuMilli", "limits.cpuMilli", "allocatable.cpuMilli", "capacity.cpuMilli"}},
        {.id = isObject ? "objectMemory" : "stateMemory",
         .band = Where,
         .header = QT_TRANSLATE_NOOP("models::ContrastModel", "Memory request / limit"),
         .nodeHeader = QT_TRANSLATE_NOOP("models::ContrastModel", "Memory requested / allocatable"),
         .text = [](const ContrastRow& row,
                    View view) { return row.*Source ? memoryPair(*(row.*Source), view) : QStringLiteral("–"); },
         .key = [](const ContrastRow& row) { return keyOf(stateOf(row.*Source).requests.memoryBytes); },
         .fields = {"requests.memoryBytes", "limits.memoryBytes", "allocatable.memoryBytes", "capacity.memoryBytes"}},
        {.id = isObject ? "objectState" : "stateState",
         .band = Where,
         .header = QT_TRANSLATE_NOOP("models::ContrastModel", "State"),
         .text = [](const ContrastRow& row, View view) { return stateWord(row.*Source, view); },
         .fields = {"phase", "ready", "reason", "conditions", "row"}},
        {.id = isObject ? "objectRestarts" : "stateRestarts",
         .band = Where,
         .header = QT_TRANSLATE_NOOP("models::ContrastModel", "Restarts"),
         .text =
             [](const ContrastRow& row, View) {
                 const auto& restarts = stateOf(row.*Source).restarts;
                 return restarts ? QString::number(*restarts) : QStringLiteral("–");
             },
         .key = [](const ContrastRow& row) { return keyOf(stateOf(row.*Source).restarts); },
         .fields = {"restarts"}}};
}

Column ratioColumn(const char* id, const char* header, const char* nodeHeader,
                   std::optional<double> (*ratio)(const ContrastRow&, View))
{
    return {
        .id = id, .band = Band::Ratios, .header = header, .nodeHeader = nodeHeader, .text = nullptr, .ratio = ratio};
}

std::vector<Column> allColumns()
{
    std::vector<Column> columns{
        {.id = "name",
         .band = Band::Name,
         .header = QT_TRANSLATE_NOOP("models::ContrastModel", "Name"),
         .text = [](const ContrastRow& row, View) { return contrastName(row.subject); }},
        {.id = "cpu",
         .band = Band::Usage,
         .header = QT_TRANSLATE_NOOP("models::ContrastModel", "CPU"),
         .text =
             [](const ContrastRow& row, View) {
                 return messages::cpuText(row.metricsServer ? row.metricsServer->used.cpuMilli : std::nullopt);
             },
         .key =
             [](const ContrastRow& row) {
                 return keyOf(row.metricsServer ? row.metricsServer->used.cpuMilli : std::nullopt);
             },
         .fields = {"usage", "usage.cpuMilli", "metricsServer"}},
        {.id = "memory",
         .band = Band::Usage,
         .header = QT_TRANSLATE_NOOP("models::ContrastModel", "Memory"),
         .text =
             [](const ContrastRow& row, View) {
                 return messages::memoryText(row.metricsServer ? row.metricsServer->used.memoryBytes : std::nullopt);
             },
         .key =
             [](const ContrastRow& row) {
                 return keyOf(row.metricsServer ? row.metricsServer->used.memoryBytes : std::nullopt);
             },
         .fields = {"usage", "usage.memoryBytes", "metricsServer"}},
        ratioColumn("cpuOfRequest", QT_TRANSLATE_NOOP("models::ContrastModel", "CPU of request"),
                    QT_TRANSLATE_NOOP("models::ContrastModel", "CPU of allocatable"),
                    [](const ContrastRow& row, View view) {
                        return view == View::Nodes ? row.usageOfAllocatable.cpu : row.usageOfRequest.cpu;
                    }),
        ratioColumn("cpuOfLimit", QT_TRANSLATE_NOOP("models::ContrastModel", "CPU of limit"),
                    QT_TRANSLATE_NOOP("models::ContrastModel", "CPU requested"),
                    [](const ContrastRow& row, View view) {
                        return view == View::Nodes ? row.requestOfAllocatable.cpu : row.usageOfLimit.cpu;
                    }),
        ratioColumn("memoryOfRequest", QT_TRANSLATE_NOOP("models::ContrastModel", "Memory of request"),
                    QT_TRANSLATE_NOOP("models::ContrastModel", "Memory of allocatable"),
                    [](const ContrastRow& row, View view) {
                        return view == View::Nodes ? row.usageOfAllocatable.memory : row.usageOfRequest.memory;
                    }),
        ratioColumn("memoryOfLimit", QT_TRANSLATE_NOOP("models::ContrastModel", "Memory of limit"),
                    QT_TRANSLATE_NOOP("models::ContrastModel", "Memory requested"),
                    [](const ContrastRow& row, View view) {
                        return view == View::Nodes ? row.requestOfAllocatable.memory : row.usageOfLimit.memory;
                    })};
    for (auto& column : stateColumns<&ContrastRow::kubeStateMetrics, Band::KubeState>())
        columns.push_back(column);
    for (auto& column : stateColumns<&ContrastRow::object, Band::Object>())
        columns.push_back(column);
    columns.push_back({.id = "disagreements",
                       .band = Band::Verdict,
                       .header = QT_TRANSLATE_NOOP("models::ContrastModel", "Why they disagree"),
                       .text =
                           [](const ContrastRow& row, View) {
                               QStringList sentences;
                               for (const metrics::Disagreement& each : row.disagreements)
                                   sentences << messages::sentence(each);
                               sentences.removeDuplicates();
                               return sentences.join(QLatin1Char(' '));
                           },
                       .key = [](const ContrastRow& row) { return static_cast<double>(row.disagreements.size()); }});
    return columns;
}

const std::vector<Column>& columns()
{
    static const std::vector<Column> all = allColumns();
    return all;
}

const Column& columnAt(int column)
{
    return columns()[static_cast<std::size_t>(column)];
}

/// The disagreements that speak of a column.
auto contradictions(const ContrastRow& row, const Column& column)
{
    return row.disagreements | std::views::filter([&column](const metrics::Disagreement& each) {
               return std::ranges::any_of(column.fields,
                                          [&each](const char* field) { return each.field == QLatin1String(field); });
           });
}

bool isContradicted(const ContrastRow& row, const Column& column)
{
    return !contradictions(row, column).empty();
}

QString textOf(const ContrastRow& row, const Column& column, View view)
{
    return column.ratio ? percent(column.ratio(row, view)) : column.text(row, view);
}

} // namespace

QString contrastName(const metrics::Subject& subject)
{
    QString name = base::visible(subject.name);
    if (subject.kind != QLatin1String("Pod") && subject.kind != QLatin1String("Node"))
        name = base::visible(subject.kind) + QLatin1Char('/') + name;
    if (!subject.nameSpace.isEmpty())
        name = base::visible(subject.nameSpace) + QLatin1Char('/') + name;
    return subject.container.isEmpty() ? name : name + QStringLiteral(" · ") + base::visible(subject.container);
}

QString contrastBandName(Band band)
{
    switch (band) {
    case Band::Usage:
        return ContrastModel::tr("Usage now (metrics-server)");
    case Band::Ratios:
        return ContrastModel::tr("Ratios");
    case Band::KubeState:
        return ContrastModel::tr("Declared and observed (kube-state-metrics)");
    case Band::Object:
        return ContrastModel::tr("Object (APIServer)");
    case Band::Name:
    case Band::Verdict:
        break;
    }
    return {};
}

ContrastModel::ContrastModel(QObject* parent) : QAbstractTableModel(parent) {}

void ContrastModel::setReport(View view, const metrics::ContrastReport& report)
{
    beginResetModel();
    m_view = view;
    m_report = report;
    m_names.clear();
    for (const ContrastRow& row : m_report.rows)
        m_names.push_back(contrastName(row.subject).toCaseFolded());
    sortRows();
    filterRows();
    endResetModel();
}

void ContrastModel::setFilter(const QString& filter)
{
    beginResetModel();
    m_words = filter.toCaseFolded().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    filterRows();
    endResetModel();
}

void ContrastModel::sortRows()
{
    m_sorted.resize(m_report.rows.size());
    std::iota(m_sorted.begin(), m_sorted.end(), 0);
    if (m_sortColumn < 0 || m_sortColumn >= columnCount())
        return;
    const Column& column = columnAt(m_sortColumn);
    const bool isDescending = m_sortOrder == Qt::DescendingOrder;
    const auto sortBy = [&](const auto& keys, auto isBefore) {
        std::ranges::stable_sort(m_sorted, [&](int a, int b) {
            const auto& first = keys[static_cast<std::size_t>(isDescending ? b : a)];
            return isBefore(first, keys[static_cast<std::size_t>(isDescending ? a : b)]);
        });
    };
    if (column.key || column.ratio) {
        std::vector<double> keys;
        for (const ContrastRow& row : m_report.rows)
            keys.push_back(column.key ? column.key(row) : keyOf(column.ratio(row, m_view)));
        sortBy(keys, std::ranges::less{});
        return;
    }
    std::vector<QString> keys;
    for (const ContrastRow& row : m_report.rows)
        keys.push_back(column.text(row, m_view));
    sortBy(keys, [](const QString& a, const QString& b) { return QString::compare(a, b, Qt::CaseInsensitive) < 0; });
}

void ContrastModel::filterRows()
{
    m_order.clear();
    for (const int i : m_sorted)
        if (std::ranges::all_of(m_words, [&name = m_names[static_cast<std::size_t>(i)]](const QString& word) {
                return name.contains(word);
            }))
            m_order.push_back(i);
}

void ContrastModel::sort(int column, Qt::SortOrder order)
{
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    const std::vector<int> before = m_order;
    m_sortColumn = column;
    m_sortOrder = order;
    sortRows();
    filterRows();
    std::vector<int> places(m_report.rows.size(), -1);
    for (std::size_t i = 0; i < m_order.size(); ++i)
        places[static_cast<std::size_t>(m_order[i])] = static_cast<int>(i);
    const QModelIndexList kept = persistentIndexList();
    for (const QModelIndex& index : kept) {
        const int now = places[static_cast<std::size_t>(before[static_cast<std::size_t>(index.row())])];
        changePersistentIndex(index, this->index(now, index.column()));
    }
    emit layoutChanged({}, VerticalSortHint);
}

const ContrastRow& ContrastModel::rowAt(int row) const
{
    return m_report.rows[static_cast<std::size_t>(m_order[static_cast<std::size_t>(row)])];
}

kube::ObjectRef ContrastModel::refAt(int row) const
{
    return metrics::refOf(rowAt(row).subject, rowAt(row).uid);
}

ContrastBand ContrastModel::bandOf(int column) const
{
    return columnAt(column).band;
}

std::optional<double> ContrastModel::ratioAt(const QModelIndex& index) const
{
    const Column& column = columnAt(index.column());
    return column.ratio ? column.ratio(rowAt(index.row()), m_view) : std::nullopt;
}

void ContrastModel::retranslate()
{
    emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int ContrastModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

int ContrastModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(columns().size());
}

QVariant ContrastModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const ContrastRow& row = rowAt(index.row());
    const Column& column = columnAt(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return textOf(row, column, m_view);
    case Qt::AccessibleTextRole:
        return isContradicted(row, column) ? tr("%1, contradicted").arg(textOf(row, column, m_view))
                                           : textOf(row, column, m_view);
    case Qt::ToolTipRole: {
        QStringList lines;
        for (const metrics::Disagreement& each : contradictions(row, column))
            lines << messages::sentence(each) + QLatin1Char('\n') + messages::valuesText(each);
        lines.removeDuplicates();
        return lines.join(QLatin1Char('\n'));
    }
    case SeverityRole:
        return static_cast<int>(isContradicted(row, column) ? kube::Severity::Warning : kube::Severity::None);
    case RefRole:
        return QVariant::fromValue(refAt(index.row()));
    case NumericRole:
        return column.key || column.ratio;
    default:
        return {};
    }
}

QVariant ContrastModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const Column& column = columnAt(section);
    if (role == ColumnIdRole)
        return QString::fromLatin1(column.id);
    if (role == Qt::ToolTipRole)
        return contrastBandName(column.band);
    if (role == Qt::DisplayRole)
        return tr(m_view == View::Nodes && column.nodeHeader ? column.nodeHeader : column.header);
    if (role == Qt::AccessibleTextRole) {
        const QString text = headerData(section, orientation, Qt::DisplayRole).toString();
        const QString band = contrastBandName(column.band);
        return band.isEmpty() ? text : tr("%1, %2", "a column, the source it is from").arg(text, band);
    }
    return {};
}

} // namespace models
