#include "app/kube/gettable.h"

#include "app/kube/celltext.h"
#include "app/kube/errors.h"

#include <QDateTime>
#include <QPromise>
#include <mutex>
#include <simdjson.h>

namespace kube {
namespace {

constexpr int PageSize = 500;

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

/// The pages of one Table, in turn.
class TableFetch : public std::enable_shared_from_this<TableFetch> {
public:
    TableFetch(const Client& client, ApiResource resource, ListScope scope)
        : m_client(client),
          m_resource(std::move(resource)),
          m_scope(std::move(scope))
    {
        m_promise.start();
    }

    base::Call<WholeTable> begin()
    {
        base::Call<WholeTable> call{m_promise.future(), [self = shared_from_this()] { self->cancel(); }};
        ask();
        return call;
    }

private:
    void ask()
    {
        transport::Request request{.path = m_resource.path(m_scope.nameSpace)};
        request.headers.emplace_back("Accept", TableAccept);
        const auto add = [&request](const char* name, const QString& value) {
            if (!value.isEmpty())
                request.query.emplace_back(QLatin1String(name), value);
        };
        add("includeObject", QStringLiteral("Metadata"));
        add("labelSelector", m_scope.labelSelector);
        add("fieldSelector", m_scope.fieldSelector);
        add("limit", m_paged ? QString::number(PageSize) : QString());
        add("continue", m_continue);
        auto call = m_client.ask(std::move(request));
        {
            const std::lock_guard lock(m_mutex);
            m_cancel = call.cancel;
        }
        call.future.then(
            [self = shared_from_this()](const base::Result<transport::Reply>& reply) { self->take(reply); });
    }

    void take(const base::Result<transport::Reply>& reply)
    {
        if (!reply && isExpired(reply.error()) && !m_continue.isEmpty() && m_paged) {
            m_paged = false;
            m_continue.clear();
            m_table = {};
            ask();
            return;
        }
        if (!reply) {
            finish(base::failure(reply.error()));
            return;
        }
        // The parser reads some way past the end.
        QByteArray page = reply->body;
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
            meta = addList(reply->body);
        if (!meta) {
            base::Error error = meta.error();
            error.asked = QStringLiteral("GET ") + QString::fromLatin1(m_resource.path(m_scope.nameSpace));
            error.ofWhom = m_client.transport()->address();
            finish(base::failure(std::move(error)));
            return;
        }
        m_table.resourceVersion = meta->resourceVersion;
        m_continue = meta->continueToken;
        if (m_continue.isEmpty())
            finish(std::move(m_table));
        else
            ask();
    }

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

    base::Result<ListMeta> addList(const QByteArray& body)
    {
        const auto list = parseJson(body);
        if (!list)
            return base::failure(list.error());
        const auto items = list->find("items");
        if (items == list->end() || !items->is_array())
            return base::failure({.kind = base::ErrorKind::BadAnswer, .reason = QStringLiteral("notAList")});
        if (m_table.columns.empty())
            m_table.columns = {
                {.name = QStringLiteral("Name"), .type = QStringLiteral("string"), .format = QStringLiteral("name")},
                {.name = QStringLiteral("Age"), .type = QStringLiteral("string")}};
        const auto now = QDateTime::currentSecsSinceEpoch();
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

    void finish(base::Result<WholeTable> table)
    {
        m_promise.addResult(std::move(table));
        m_promise.finish();
    }

    void cancel()
    {
        std::function<void()> cancel;
        {
            const std::lock_guard lock(m_mutex);
            cancel = m_cancel;
        }
        if (cancel)
            cancel();
    }

    Client m_client;
    const ApiResource m_resource;
    const ListScope m_scope;
    QPromise<base::Result<WholeTable>> m_promise;
    std::mutex m_mutex;
    std::function<void()> m_cancel;
    TableParser m_parser;
    WholeTable m_table;
    QString m_continue;
    bool m_paged = true;
};

} // namespace

base::Call<WholeTable> getTable(const Client& client, const ApiResource& resource, const ListScope& scope)
{
    return std::make_shared<TableFetch>(client, resource, scope)->begin();
}

} // namespace kube
