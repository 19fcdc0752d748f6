#include "app/kube/table.h"

#include "app/base/visible.h"

#include <algorithm>
#include <simdjson.h>

namespace kube {
namespace {

namespace ondemand = simdjson::ondemand;
using simdjson::error_code;

constexpr std::size_t MostColumns = 256;

/// A text, or nothing where the value is something else.
template <typename Value> std::string_view stringOr(Value&& value)
{
    std::string_view text;
    return value.get_string().get(text) == simdjson::SUCCESS ? text : std::string_view{};
}

QString shown(std::string_view text)
{
    return base::visible(text);
}

base::Error malformed(error_code error)
{
    return {.kind = base::ErrorKind::BadAnswer,
            .reason = QStringLiteral("tableMalformed"),
            .said = QString::fromUtf8(simdjson::error_message(error))};
}

error_code readColumns(ondemand::value value, std::vector<TableColumn>& columns)
{
    ondemand::array array;
    if (const auto error = value.get_array().get(array))
        return value.is_null() ? simdjson::SUCCESS : error;
    for (auto entry : array) {
        ondemand::object definition;
        if (const auto error = entry.get_object().get(definition))
            return error;
        TableColumn column;
        for (auto field : definition) {
            std::string_view key;
            if (const auto error = field.unescaped_key().get(key))
                return error;
            if (key == "name")
                column.name = shown(stringOr(field.value()));
            else if (key == "type")
                column.type = shown(stringOr(field.value()));
            else if (key == "format")
                column.format = shown(stringOr(field.value()));
            else if (key == "description")
                column.description = shown(stringOr(field.value()));
            else if (std::int64_t priority = 0;
                     key == "priority" && field.value().get_int64().get(priority) == simdjson::SUCCESS)
                column.priority = static_cast<int>(std::clamp<std::int64_t>(priority, 0, 100));
        }
        columns.push_back(std::move(column));
        if (columns.size() > MostColumns)
            return simdjson::CAPACITY;
    }
    return simdjson::SUCCESS;
}

error_code readMeta(ondemand::value value, ListMeta& meta)
{
    ondemand::object object;
    if (const auto error = value.get_object().get(object))
        return error;
    for (auto field : object) {
        std::string_view key;
        if (const auto error = field.unescaped_key().get(key))
            return error;
        if (key == "resourceVersion")
            meta.resourceVersion = shown(stringOr(field.value()));
        else if (key == "continue")
            meta.continueToken = shown(stringOr(field.value()));
        else if (std::int64_t count = 0;
                 key == "remainingItemCount" && field.value().get_int64().get(count) == simdjson::SUCCESS)
            meta.remaining = count;
    }
    return simdjson::SUCCESS;
}

error_code readCell(ondemand::value value, TableCell& cell)
{
    ondemand::json_type type{};
    if (const auto error = value.type().get(type))
        return error;
    switch (type) {
    case ondemand::json_type::null:
        cell = {};
        return value.is_null() ? simdjson::SUCCESS : simdjson::N_ATOM_ERROR;
    case ondemand::json_type::string:
        cell.type = TableCell::Type::Text;
        return value.get_string().get(cell.text);
    case ondemand::json_type::boolean: {
        bool yes = false;
        cell.type = TableCell::Type::Boolean;
        const auto error = value.get_bool().get(yes);
        cell.text = yes ? "true" : "false";
        return error;
    }
    case ondemand::json_type::number: {
        std::string_view token = value.raw_json_token();
        token = token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
        cell.text = token;
        cell.type = TableCell::Type::Number;
        if (token.find_first_of(".eE") == std::string_view::npos &&
            value.get_int64().get(cell.integer) == simdjson::SUCCESS)
            cell.type = TableCell::Type::Integer;
        return simdjson::SUCCESS;
    }
    case ondemand::json_type::object: {
        ondemand::object object;
        if (const auto error = value.get_object().get(object))
            return error;
        cell.type = TableCell::Type::Structure;
        return object.raw_json().get(cell.text);
    }
    case ondemand::json_type::array: {
        ondemand::array array;
        if (const auto error = value.get_array().get(array))
            return error;
        cell.type = TableCell::Type::Structure;
        return array.raw_json().get(cell.text);
    }
    }
    return simdjson::TAPE_ERROR;
}

error_code readObject(ondemand::value value, TableRow& row)
{
    ondemand::object object;
    if (const auto error = value.get_object().get(object))
        return value.is_null() ? simdjson::SUCCESS : error;
    for (auto field : object) {
        std::string_view key;
        if (const auto error = field.unescaped_key().get(key))
            return error;
        if (key != "metadata")
            continue;
        ondemand::object metadata;
        if (const auto error = field.value().get_object().get(metadata))
            return error;
        for (auto entry : metadata) {
            std::string_view name;
            if (const auto error = entry.unescaped_key().get(name))
                return error;
            if (name == "name")
                row.name = stringOr(entry.value());
            else if (name == "namespace")
                row.nameSpace = stringOr(entry.value());
            else if (name == "uid")
                row.uid = stringOr(entry.value());
            else if (name == "creationTimestamp")
                row.created = stringOr(entry.value());
            else if (name == "resourceVersion")
                row.resourceVersion = stringOr(entry.value());
        }
    }
    return simdjson::SUCCESS;
}

error_code readRows(ondemand::value value, const std::function<void(const TableRow&)>& take)
{
    ondemand::array array;
    if (const auto error = value.get_array().get(array))
        return value.is_null() ? simdjson::SUCCESS : error;
    std::vector<TableCell> cells;
    for (auto entry : array) {
        ondemand::object object;
        if (const auto error = entry.get_object().get(object))
            return error;
        cells.clear();
        TableRow row;
        for (auto field : object) {
            std::string_view key;
            if (const auto error = field.unescaped_key().get(key))
                return error;
            if (key == "object") {
                ondemand::value object_;
                if (const auto error = field.value().get(object_))
                    return error;
                if (const auto error = readObject(object_, row))
                    return error;
            } else if (key == "cells") {
                ondemand::array values;
                if (const auto error = field.value().get_array().get(values))
                    return error;
                for (auto each : values) {
                    ondemand::value cell;
                    if (const auto error = each.get(cell))
                        return error;
                    if (cells.size() >= MostColumns)
                        return simdjson::CAPACITY;
                    if (const auto error = readCell(cell, cells.emplace_back()))
                        return error;
                }
            }
        }
        row.cells = cells;
        take(row);
    }
    return simdjson::SUCCESS;
}

} // namespace

struct TableParser::State {
    ondemand::parser parser;
};

TableParser::TableParser() : m_state(std::make_unique<State>()) {}
TableParser::~TableParser() = default;
TableParser::TableParser(TableParser&&) noexcept = default;
TableParser& TableParser::operator=(TableParser&&) noexcept = default;

base::Result<ListMeta> TableParser::parse(std::string_view json, std::size_t readable,
                                          const std::function<void(std::vector<TableColumn>)>& columns,
                                          const std::function<void(const TableRow&)>& row)
{
    ondemand::document document;
    const simdjson::padded_string_view padded(json.data(), json.size(), readable);
    if (const auto error = m_state->parser.iterate(padded).get(document))
        return base::failure(malformed(error));
    ListMeta meta;
    std::vector<TableColumn> found;
    QString kind;
    // Two passes, since nothing promises that columns stand before rows; what is passed over costs next to nothing.
    for (const bool isSecond : {false, true}) {
        if (isSecond) {
            if (kind != QLatin1String("Table"))
                return base::failure(
                    {.kind = base::ErrorKind::BadAnswer, .reason = QStringLiteral("notATable"), .said = kind});
            if (!found.empty())
                columns(std::move(found));
            document.rewind();
        }
        ondemand::object object;
        if (const auto error = document.get_object().get(object))
            return base::failure(malformed(error));
        for (auto field : object) {
            std::string_view key;
            ondemand::value value;
            if (const auto error = field.unescaped_key().get(key))
                return base::failure(malformed(error));
            if (const auto error = field.value().get(value))
                return base::failure(malformed(error));
            error_code error = simdjson::SUCCESS;
            if (isSecond)
                error = key == "rows" ? readRows(value, row) : simdjson::SUCCESS;
            else if (key == "kind")
                kind = shown(stringOr(value));
            else if (key == "metadata")
                error = readMeta(value, meta);
            else if (key == "columnDefinitions")
                error = readColumns(value, found);
            if (error)
                return base::failure(malformed(error));
        }
    }
    return meta;
}

} // namespace kube
