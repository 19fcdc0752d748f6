#include "app/kube/gettable.h"

#include "app/kube/celltext.h"
#include "app/kube/httpdate.h"
#include "app/kube/pages.h"

#include <simdjson.h>

namespace kube {
namespace {

QByteArray bytes(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

QByteArray member(const Json& object, const char* key)
{
    if (!object.is_object())
        return {};
    const auto value = object.find(key);
    return value != object.end() && value->is_string() ? QByteArray::fromStdString(value->get_ref<const std::string&>())
                                                       : QByteArray();
}

/// What the pages of one Table come to.
class TablePages {
public:
    void restart() { m_table = {}; }

    base::Result<QString> take(const transport::Reply& reply)
    {
        // The parser reads some way past the end.
        QByteArray page = reply.body;
        const auto size = static_cast<std::size_t>(page.size());
        page.append(static_cast<qsizetype>(simdjson::SIMDJSON_PADDING), '\0');
        auto meta = m_parser.parse(
            {page.constData(), size}, static_cast<std::size_t>(page.size()),
            [this](std::vector<TableColumn> columns) {
                if (m_table.columns.empty())
                    m_table.columns = std::move(columns);
            },
            [this](const TableRow& row) { addRow(row); });
        if (!meta && meta.error().reason == QLatin1String("notATable"))
            meta = addList(reply);
        if (!meta)
            return base::failure(meta.error());
        m_table.resourceVersion = meta->resourceVersion;
        return meta->continueToken;
    }

    WholeTable table() { return std::move(m_table); }

private:
    void addRow(const TableRow& row)
    {
        auto& kept = m_table.rows.emplace_back();
        kept.cells.reserve(row.cells.size());
        for (const TableCell& cell : row.cells)
            kept.cells.push_back({cell.type, bytes(cell.text)});
        kept.name = bytes(row.name);
        kept.nameSpace = bytes(row.nameSpace);
        kept.uid = bytes(row.uid);
    }

    base::Result<ListMeta> addList(const transport::Reply& reply)
    {
        const auto list = parseJson(reply.body);
        if (!list)
            return base::failure(list.error());
        const auto items = list->find("items");
        if (items == list->end() || !items->is_array())
            return base::failure({.kind = base::ErrorKind::BadAnswer, .reason = QStringLiteral("notAList")});
        if (m_table.columns.empty())
            m_table.columns = {
                {.name = QStringLiteral("Name"), .type = QStringLiteral("string"), .format = QStringLiteral("name")},
                {.name = QStringLiteral("Age"), .type = QStringLiteral("string")}};
        const auto now = answeredAt(reply.head).toSecsSinceEpoch();
        for (const Json& item : *items) {
            const Json metadata = item.is_object() && item.contains("metadata") ? item["metadata"] : Json();
            auto& row = m_table.rows.emplace_back();
            row.name = member(metadata, "name");
            row.nameSpace = member(metadata, "namespace");
            row.uid = member(metadata, "uid");
            row.cells.push_back({TableCell::Type::Text, row.name});
            row.cells.push_back(
                {TableCell::Type::Text,
                 ageText(parseTime(member(metadata, "creationTimestamp").toStdString()), now).toUtf8()});
        }
        ListMeta meta;
        const auto metadata = list->find("metadata");
        if (metadata != list->end()) {
            meta.resourceVersion = QString::fromUtf8(member(*metadata, "resourceVersion"));
            meta.continueToken = QString::fromUtf8(member(*metadata, "continue"));
        }
        return meta;
    }

    TableParser m_parser;
    WholeTable m_table;
};

} // namespace

base::Call<WholeTable> getTable(const Client& client, const ApiResource& resource, const ListScope& scope)
{
    transport::Request request{.path = resource.path(scope.nameSpace)};
    request.headers.emplace_back("Accept", TableAccept);
    request.query.emplace_back(QStringLiteral("includeObject"), QStringLiteral("Metadata"));
    if (!scope.labelSelector.isEmpty())
        request.query.emplace_back(QStringLiteral("labelSelector"), scope.labelSelector);
    if (!scope.fieldSelector.isEmpty())
        request.query.emplace_back(QStringLiteral("fieldSelector"), scope.fieldSelector);
    auto table = std::make_shared<TablePages>();
    auto pages = readPages(client, std::move(request),
                           {.restart = [table] { table->restart(); },
                            .take = [table](const transport::Reply& page) { return table->take(page); }});
    return base::mapped<WholeTable>(
        std::move(pages), [table](const base::Result<transport::ReplyHead>& last) -> base::Result<WholeTable> {
            if (!last)
                return base::failure(last.error());
            return table->table();
        });
}

} // namespace kube
