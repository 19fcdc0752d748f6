#include "app/kube/objectkind.h"

#include "app/kube/celltext.h"
#include "app/kube/objectkind_fields.h"

#include <charconv>
#include <limits>

namespace kube {

const std::vector<const ObjectKind*>& objectKinds()
{
    static const std::array kinds{podsKind(), nodesKind(), deploymentsKind(), namespacesKind()};
    static const std::vector<const ObjectKind*> pointers = [] {
        std::vector<const ObjectKind*> all;
        for (const ObjectKind& kind : kinds)
            all.push_back(&kind);
        return all;
    }();
    return pointers;
}

const ObjectKind* objectKind(const QString& group, const QString& version, const QString& resource)
{
    for (const ObjectKind* kind : objectKinds()) {
        if (kind->resource == resource && kind->group == group && kind->version == version)
            return kind;
    }
    return nullptr;
}

namespace fields {

error_code readText(value from, std::string_view& text)
{
    text = {};
    bool null = false;
    if (const auto error = from.is_null().get(null); error || null)
        return error;
    return from.get_string().get(text);
}

error_code readBool(value from, bool& flag)
{
    flag = false;
    bool null = false;
    if (const auto error = from.is_null().get(null); error || null)
        return error;
    return from.get_bool().get(flag);
}

error_code readInt(value from, std::int32_t& number)
{
    number = 0;
    bool null = false;
    if (const auto error = from.is_null().get(null); error || null)
        return error;
    std::int64_t wide = 0;
    if (const auto error = from.get_int64().get(wide))
        return error;
    if (wide < std::numeric_limits<std::int32_t>::min() || wide > std::numeric_limits<std::int32_t>::max())
        return simdjson::NUMBER_OUT_OF_RANGE;
    number = static_cast<std::int32_t>(wide);
    return simdjson::SUCCESS;
}

error_code readCount(value from, std::uint32_t& count)
{
    std::int32_t number = 0;
    if (const auto error = readInt(from, number))
        return error;
    if (number < 0 || number >= 1 << 28)
        return simdjson::NUMBER_OUT_OF_RANGE;
    count = static_cast<std::uint32_t>(number);
    return simdjson::SUCCESS;
}

error_code readTime(value from, std::uint32_t& time)
{
    std::string_view text;
    const auto error = readText(from, text);
    time = parseTime(text);
    return error;
}

error_code countElements(value from, std::uint32_t& count)
{
    count = 0;
    return eachElement(from, [&](value) {
        ++count;
        return simdjson::SUCCESS;
    });
}

error_code readCondition(value from, Condition& condition)
{
    return eachField(from, [&](Key key, value field) {
        if (is(key, "type"))
            return readText(field, condition.type);
        if (is(key, "status"))
            return readText(field, condition.status);
        if (is(key, "reason"))
            return readText(field, condition.reason);
        return simdjson::SUCCESS;
    });
}

error_code Metadata::read(Key key, value from, bool& known)
{
    known = true;
    if (is(key, "name"))
        return readText(from, name);
    if (is(key, "namespace"))
        return readText(from, nameSpace);
    if (is(key, "uid"))
        return readText(from, uid);
    if (is(key, "resourceVersion"))
        return readText(from, resourceVersion);
    if (is(key, "creationTimestamp"))
        return readTime(from, created);
    if (is(key, "deletionTimestamp")) {
        std::string_view time;
        const auto error = readText(from, time);
        deleting = !time.empty();
        return error;
    }
    known = false;
    return simdjson::SUCCESS;
}

error_code Metadata::apply(RowBuilder& row) const
{
    if (name.empty())
        return simdjson::NO_SUCH_FIELD;
    row.setNamespace(nameSpace);
    row.setName(name);
    row.setUid(uid);
    row.head().created = created;
    std::uint64_t version = 0;
    const char* const end = resourceVersion.data() + resourceVersion.size();
    const auto [stop, failed] = std::from_chars(resourceVersion.data(), end, version);
    row.head().resourceVersion = failed == std::errc{} && stop == end ? version : 0;
    return simdjson::SUCCESS;
}

error_code readMetadata(value from, Metadata& metadata)
{
    return readMetadata(from, metadata, [](Key, value) { return simdjson::SUCCESS; });
}

Column nameColumn()
{
    Column column;
    column.header = QStringLiteral("Name");
    column.source = ColumnSource::Name;
    column.type = QStringLiteral("string");
    return column;
}

Column namespaceColumn()
{
    Column column = nameColumn();
    column.header = QStringLiteral("Namespace");
    column.source = ColumnSource::Namespace;
    return column;
}

Column ageColumn()
{
    Column column = nameColumn();
    column.header = QStringLiteral("Age");
    column.source = ColumnSource::Created;
    column.ifNothing = QStringLiteral("<unknown>");
    return column;
}

Column cellColumn(const QString& header, std::size_t cell, int priority, const QString& ifNothing)
{
    Column column = nameColumn();
    column.header = header;
    column.source = ColumnSource::Cell;
    column.cell = static_cast<int>(cell);
    column.priority = priority;
    column.ifNothing = ifNothing;
    return column;
}

} // namespace fields
} // namespace kube
