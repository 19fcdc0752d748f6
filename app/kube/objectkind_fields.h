#pragma once
// How the kinds read an item: fields in any order; null is absent, as it is for Go; the last of two equal keys wins;
// any other type than the expected one is an error. A key is compared as it stands in the text, so one that is written
// with escapes, as no server does, is unknown. Views that come out of here live until the parser's next document.

#include "app/kube/objectkind.h"

#include <cstring>

namespace kube::fields {

using simdjson::error_code;
using simdjson::ondemand::value;
using Key = simdjson::ondemand::raw_json_string;

/// No list inside an item that is searched for each element of another may be longer: an item that is made to be slow
/// is refused. Pods have tens of containers at most.
inline constexpr qsizetype MostElements = 1024;

template <std::size_t N> bool is(Key key, const char (&name)[N])
{
    static_assert(N <= simdjson::SIMDJSON_PADDING); // what may be read past the end of a text
    return std::memcmp(key.raw(), name, N - 1) == 0 && key.raw()[N - 1] == '"';
}

/// visit(Key, value) -> error_code for each field, until the first error.
template <class Visit> error_code eachField(simdjson::ondemand::object object, Visit visit)
{
    for (auto result : object) {
        simdjson::ondemand::field field;
        if (const auto error = std::move(result).get(field))
            return error;
        const Key key = field.key();
        if (const auto error = visit(key, field.value()))
            return error;
    }
    return simdjson::SUCCESS;
}

template <class Container> error_code open(value& from, Container& container, bool& null)
{
    if (const auto error = from.is_null().get(null); error || null)
        return error;
    return from.get(container);
}

template <class Visit> error_code eachField(value from, Visit visit)
{
    simdjson::ondemand::object object;
    bool null = false;
    if (const auto error = open(from, object, null); error || null)
        return error;
    return eachField(object, visit);
}

/// As eachField(), with the keys as text: visit(std::string_view, value). For maps, whose keys are data.
template <class Visit> error_code eachEntry(value from, Visit visit)
{
    simdjson::ondemand::object object;
    bool null = false;
    if (const auto error = open(from, object, null); error || null)
        return error;
    for (auto result : object) {
        simdjson::ondemand::field field;
        if (const auto error = std::move(result).get(field))
            return error;
        std::string_view key;
        if (const auto error = field.unescaped_key().get(key))
            return error;
        if (const auto error = visit(key, field.value()))
            return error;
    }
    return simdjson::SUCCESS;
}

/// visit(value) -> error_code for each element, until the first error.
template <class Visit> error_code eachElement(value from, Visit visit)
{
    simdjson::ondemand::array array;
    bool null = false;
    if (const auto error = open(from, array, null); error || null)
        return error;
    for (auto result : array) {
        value element;
        if (const auto error = std::move(result).get(element))
            return error;
        if (const auto error = visit(element))
            return error;
    }
    return simdjson::SUCCESS;
}

/// Absent (null) is the empty text.
error_code readText(value from, std::string_view& text);
/// Absent is false.
error_code readBool(value from, bool& flag);
/// Absent is 0; NUMBER_OUT_OF_RANGE beyond 32 bits.
error_code readInt(value from, std::int32_t& number);
/// A count: as readInt(), and never negative nor above what a cell holds (2^28 - 1).
error_code readCount(value from, std::uint32_t& count);
/// Seconds since 1970; 0 when absent or no time.
error_code readTime(value from, std::uint32_t& time);
/// How many elements there are.
error_code countElements(value from, std::uint32_t& count);

/// `condition` of status.conditions[]: each kind looks for types of its own.
struct Condition {
    std::string_view type, status, reason;
};
error_code readCondition(value from, Condition& condition);

struct Metadata {
    std::string_view name, nameSpace, uid, resourceVersion;
    std::uint32_t created = 0;
    bool deleting = false;
    /// True when the field was one of these.
    error_code read(Key key, value from, bool& known);
    /// Writes the head of the row; NO_SUCH_FIELD without a name.
    error_code apply(RowBuilder& row) const;
};

/// other(Key, value) -> error_code gets what Metadata does not keep.
template <class Other> error_code readMetadata(value from, Metadata& metadata, Other other)
{
    return eachField(from, [&](Key key, value field) {
        bool known = false;
        const auto error = metadata.read(key, field, known);
        return error || known ? error : other(key, field);
    });
}
error_code readMetadata(value from, Metadata& metadata);

Column nameColumn();
Column namespaceColumn();
Column ageColumn();
Column cellColumn(const QString& header, std::size_t cell, int priority = 0, const QString& ifNothing = {});

} // namespace kube::fields

namespace kube {

ObjectKind podsKind();
ObjectKind nodesKind();
ObjectKind deploymentsKind();
ObjectKind namespacesKind();

} // namespace kube
