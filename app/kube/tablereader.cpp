#include "app/kube/celltext.h"
#include "app/kube/rowreader.h"
#include "app/kube/splitbuffer.h"

#include <QDateTime>
#include <algorithm>
#include <charconv>

namespace kube {
namespace {

constexpr std::size_t LongestPage = 256U << 20U; // five hundred rows with their metadata are about two MB

bool isNameColumn(const TableColumn& column)
{
    return column.format == QLatin1String("name");
}

std::vector<Column> columnsOf(const std::vector<TableColumn>& table, bool namespaced)
{
    std::vector<Column> columns;
    if (namespaced)
        columns.push_back({.header = QStringLiteral("Namespace"),
                           .source = ColumnSource::Namespace,
                           .type = QStringLiteral("string")});
    int cell = 0;
    for (const TableColumn& each : table) {
        Column column{.header = each.name, .cell = cell++, .type = each.type, .priority = each.priority};
        if (isNameColumn(each) && each.name == QLatin1String("Name"))
            column.source = ColumnSource::Name;
        columns.push_back(std::move(column));
    }
    return columns;
}

/// A server's Table ages from the moment it was made. A cell that is the age of its object becomes that object's time,
/// so that it goes on; any other text stays what it is.
bool isAgeOf(const TableCell& cell, std::uint32_t created, std::int64_t serverNow)
{
    constexpr int Slack = 2; // seconds between the server's making the row and the Date of its answer
    if (created == 0 || cell.type != TableCell::Type::Text || cell.text.size() > 16)
        return false;
    const QString text = QString::fromUtf8(cell.text.data(), static_cast<qsizetype>(cell.text.size()));
    for (int off = -Slack; off <= Slack; ++off)
        if (humanDuration(serverNow + off - created) == text)
            return true;
    return false;
}

class TableReader final : public RowReader {
public:
    explicit TableReader(ApiResource resource) : m_resource(std::move(resource)) {}

    QByteArray accept() const override { return QByteArray(TableAccept); }
    std::vector<std::pair<QString, QString>> query() const override
    {
        return {{QStringLiteral("includeObject"), QStringLiteral("Metadata")}};
    }
    bool isStreamed() const override { return false; }

    void beginBody(std::int64_t serverNow) override
    {
        m_buffer.clear();
        m_serverAhead = serverNow - QDateTime::currentSecsSinceEpoch();
    }
    std::span<char> space() override { return m_buffer.space(); }
    base::Result<void> commit(std::size_t count) override
    {
        m_buffer.filled(count);
        if (static_cast<std::size_t>(m_buffer.end() - m_buffer.kept()) > LongestPage)
            return base::failure({.kind = base::ErrorKind::Limit, .reason = QStringLiteral("pageTooLong")});
        return {};
    }

    base::Result<ListMeta> endBody() override
    {
        const std::string_view page(m_buffer.kept(), static_cast<std::size_t>(m_buffer.end() - m_buffer.kept()));
        return parse(page, m_buffer.readableFrom(m_buffer.kept()), nullptr, false);
    }

    base::Result<QString> readEvent(std::string_view json, std::size_t readable, bool isBookmark) override
    {
        QString version;
        const auto meta = parse(json, readable, &version, isBookmark);
        if (!meta)
            return base::failure(meta.error());
        return version;
    }

private:
    base::Result<ListMeta> parse(std::string_view json, std::size_t readable, QString* version, bool isBookmark)
    {
        const std::int64_t now = QDateTime::currentSecsSinceEpoch() + m_serverAhead;
        return m_parser.parse(
            json, readable, [this](std::vector<TableColumn> table) { take(std::move(table)); },
            [&](const TableRow& row) {
                if (version)
                    *version = QString::fromUtf8(row.resourceVersion.data(),
                                                 static_cast<qsizetype>(row.resourceVersion.size()));
                if (!isBookmark && builder())
                    addRow(row, now);
            });
    }

    void take(std::vector<TableColumn> table)
    {
        if (columns() && table == m_table)
            return;
        m_table = std::move(table);
        setColumns(columnsOf(m_table, m_resource.namespaced), m_table.size());
    }

    void addRow(const TableRow& row, std::int64_t now)
    {
        RowBuilder& rows = *builder();
        rows.begin();
        rows.setNamespace(row.nameSpace);
        rows.setName(row.name);
        rows.setUid(row.uid);
        const std::uint32_t created = parseTime(row.created);
        rows.head().created = created;
        std::from_chars(row.resourceVersion.data(), row.resourceVersion.data() + row.resourceVersion.size(),
                        rows.head().resourceVersion);
        for (std::size_t i = 0; i < std::min(row.cells.size(), rows.cellsARow()); ++i) {
            const TableCell& cell = row.cells[i];
            if (isNameColumn(m_table[i]) && m_table[i].name == QLatin1String("Name"))
                continue; // the row's own name
            if (cell.type == TableCell::Type::Integer && std::abs(cell.integer) < (std::int64_t{1} << 59))
                rows.set(i, Cell::number(cell.integer));
            else if (m_table[i].name == QLatin1String("Age") && isAgeOf(cell, created, now))
                rows.set(i, Cell::age(created));
            else
                rows.setText(i, cell.text);
        }
        rows.commit();
    }

    const ApiResource m_resource;
    SplitBuffer m_buffer;
    TableParser m_parser;
    std::vector<TableColumn> m_table;
    std::int64_t m_serverAhead = 0; ///< seconds by which the server's clock is ahead of ours
};

} // namespace

std::unique_ptr<RowReader> makeTableReader(const ApiResource& resource)
{
    return std::make_unique<TableReader>(resource);
}

} // namespace kube
