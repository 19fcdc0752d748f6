#pragma once
// The server's own Table (meta.k8s.io): its columns and rows, read without keeping the document.
// k8s.io/apimachinery/pkg/apis/meta/v1/types.go, Table.

#include "app/base/result.h"

#include <QString>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace kube {

/// Asks for a Table; a server that knows none answers with the list itself.
inline constexpr auto TableAccept = "application/json;as=Table;v=v1;g=meta.k8s.io,"
                                    "application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json";

struct TableColumn {
    QString name;
    QString type;   ///< "string", "integer", "number", "boolean", "date", ...
    QString format; ///< "name" for the column that holds the object's name
    QString description;
    int priority = 0; ///< 0: always shown
    bool operator==(const TableColumn&) const = default;
};

/// A cell as it was sent. `text` is UTF-8 that has not passed base::visible(): unescaped for Text, the JSON token or
/// text for all others.
struct TableCell {
    enum class Type { Null, Boolean, Integer, Number, Text, Structure };
    Type type = Type::Null;
    std::string_view text;
    std::int64_t integer = 0; ///< for Integer
};

/// One row with what the Table carries of its object (includeObject=Metadata). Valid during the call.
struct TableRow {
    std::span<const TableCell> cells;
    std::string_view name;
    std::string_view nameSpace;
    std::string_view uid;
    std::string_view created; ///< RFC 3339
    std::string_view resourceVersion;
};

/// A list's own metadata.
struct ListMeta {
    QString resourceVersion;
    QString continueToken;
    std::optional<qint64> remaining; ///< remainingItemCount, where the server said it
};

/// Reads one Table document. `readable` bytes can be read from json.data() on: its size and simdjson's padding. Columns
/// are told before the first row, whatever the order in the document; none are told when there are none (a watch sends
/// them once). Error{BadAnswer, "notATable"} for another kind: `kind` of the document is in `said`.
class TableParser {
public:
    TableParser();
    ~TableParser();
    TableParser(TableParser&&) noexcept;
    TableParser& operator=(TableParser&&) noexcept;

    base::Result<ListMeta> parse(std::string_view json, std::size_t readable,
                                 const std::function<void(std::vector<TableColumn>)>& columns,
                                 const std::function<void(const TableRow&)>& row);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace kube
