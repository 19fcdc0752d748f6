#pragma once
// Cuts the items out of a Kubernetes list while it streams: {"kind":…,"metadata":{…},"items":[{…},{…}]}, members in any
// order. What is left is the list without its items, for its resourceVersion and continue token. One thread at a time.

#include "app/base/result.h"
#include "app/kube/bracketscan.h"
#include "app/kube/listrest.h"
#include "app/kube/splitbuffer.h"

#include <QByteArray>
#include <functional>
#include <optional>
#include <span>
#include <string_view>

namespace kube {

/// Takes one JSON object. `readable` bytes may be read from json.data() on: json.size() and at least what simdjson
/// wants behind it, padded_string_view(json.data(), json.size(), readable). The text is valid during the call only. It
/// begins with { and ends with }, its strings and brackets are balanced, it is no deeper than DeepestJson; whether it
/// is JSON only its parser knows. An error ends the stream and is handed on.
using JsonFunction = std::function<base::Result<void>(std::string_view json, std::size_t readable)>;

class ItemSplitter {
public:
    /// One item, in bytes; a larger one is Error{Limit, "itemTooLong"}.
    static constexpr std::size_t LongestItem = 32U << 20U;

    /// `member`: whose items are cut out: "items", or "rows" for a Table of meta.k8s.io. `room`: the least that space()
    /// gives, in bytes.
    explicit ItemSplitter(std::string_view member = "items", std::size_t room = SplitBuffer::Room)
        : m_buffer(room),
          m_rest(member)
    {
    }

    /// Room for the next bytes, valid until the next call of space() or commit().
    std::span<char> space() { return m_buffer.space(); }
    /// The first `count` bytes of the last space() have been written; calls `item` for each item that they complete.
    /// An error is final: every later call answers it again. Error{BadAnswer}: "listMalformed", "itemNoObject", and
    /// those of ListRest; Error{Limit}: "itemTooLong", "jsonTooDeep", "listHeadTooLong"; and what `item` answers.
    base::Result<void> commit(std::size_t count, const JsonFunction& item);
    /// The same with bytes that lie elsewhere: copied into the space, as many as there are.
    base::Result<void> take(QByteArrayView bytes, const JsonFunction& item);
    /// After the clean end of the body: the list without its items, valid JSON in which the member is [] (or null or
    /// missing, as it came). Error{BadAnswer}: "listTruncated", "listMalformed".
    base::Result<QByteArray> finish() const;

private:
    enum class Place {
        BeforeList,
        Rest,      ///< in the list, outside of its items
        FirstItem, ///< behind the [: an item or ]
        NextItem,  ///< behind a comma: an item
        InItem,
        BehindItem, ///< a comma or ]
        BehindList,
    };

    base::Result<void> split(const JsonFunction& item);
    base::Result<void> takeItem(const char*& at, const JsonFunction& item);
    base::Result<void> takeByte(char c);
    base::Result<void> takeRest(char c);

    SplitBuffer m_buffer; ///< keeps the unfinished item
    BracketScan m_scan;
    ListRest m_rest;
    Place m_place = Place::BeforeList;
    std::optional<base::Error> m_failure;
};

} // namespace kube
