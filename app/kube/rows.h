#pragma once
// How an object of a list is kept: one compact row. A head of 40 bytes, eight bytes a cell, and texts beside them: in
// an arena (names, addresses) or interned (namespaces, nodes, states: what repeats). Rows are made in a worker thread
// while a list streams (RowBuilder, RowBatch) and copied into the store in the GUI thread. Both speak of an interned
// text by the same id, because a batch carries the texts that were new in it.
//
// All text in a row has passed base::visible().

#include <QString>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kube {

/// What a row's state means for a person; the look is the window's.
enum class Severity : std::uint8_t { None, Unknown, Info, Warning, Error };

using TextId = std::uint32_t; ///< 0 is the empty text

/// One value, eight bytes, which knows its own type.
class Cell {
public:
    enum class Type : std::uint8_t {
        Nothing,  ///< the server did not say: shown as its Table does ("<none>", "<unknown>", or empty)
        Interned, ///< text by id
        Arena,    ///< text by place
        Number,   ///< a signed integer of 61 bits
        Ratio,    ///< "2/3"
        Restarts, ///< "4 (2m ago)"
        Age,      ///< a time, shown as the time since
    };

    constexpr Cell() = default;
    static constexpr Cell interned(TextId id) { return {Type::Interned, id}; }
    static constexpr Cell arena(std::uint32_t offset, std::uint32_t length)
    {
        return {Type::Arena, (std::uint64_t{length} << 32) | offset};
    }
    static constexpr Cell number(std::int64_t n) { return {Type::Number, static_cast<std::uint64_t>(n) & Payload}; }
    /// Both counts below 2^28.
    static constexpr Cell ratio(std::uint32_t part, std::uint32_t whole)
    {
        return {Type::Ratio, (std::uint64_t{part & 0xfffffff} << 32) | whole};
    }
    /// `last`: seconds since 1970 of the last restart, 0 when there was none that is known.
    static constexpr Cell restarts(std::uint32_t count, std::uint32_t last)
    {
        return {Type::Restarts, (std::uint64_t{count & 0xfffffff} << 32) | last};
    }
    /// `since`: seconds since 1970, 0 when not known.
    static constexpr Cell age(std::uint32_t since) { return {Type::Age, since}; }

    constexpr Type type() const { return static_cast<Type>(m_bits >> 61); }
    constexpr TextId textId() const { return low(); }
    constexpr std::uint32_t offset() const { return low(); }
    constexpr std::uint32_t length() const { return high(); }
    constexpr std::int64_t number() const { return static_cast<std::int64_t>(m_bits << 3) >> 3; }
    constexpr std::uint32_t part() const { return high(); }
    constexpr std::uint32_t whole() const { return low(); }
    constexpr std::uint32_t count() const { return high(); }
    constexpr std::uint32_t time() const { return low(); }
    constexpr bool operator==(const Cell&) const = default;

private:
    static constexpr std::uint64_t Payload = (std::uint64_t{1} << 61) - 1;
    constexpr Cell(Type type, std::uint64_t payload)
        : m_bits((static_cast<std::uint64_t>(type) << 61) | (payload & Payload))
    {
    }
    constexpr std::uint32_t low() const { return static_cast<std::uint32_t>(m_bits); }
    constexpr std::uint32_t high() const { return static_cast<std::uint32_t>(m_bits >> 32) & 0x1fffffff; }

    std::uint64_t m_bits = 0;
};
static_assert(sizeof(Cell) == 8);

/// The key of a row: the object's UID. An object without one (metrics.k8s.io) or with one that is no UUID has a digest
/// in its place and RowHead::uidIsDigest set.
using Uid = std::array<std::uint8_t, 16>;
/// The sixteen bytes of a UUID in its canonical form; nothing for any other text.
std::optional<Uid> uuidBytes(std::string_view text);
QString uuidText(const Uid& uid);
Uid digestUid(std::string_view text);

struct RowHead {
    Uid uid{};
    std::uint64_t resourceVersion = 0; ///< 0 when it is not a number
    std::uint32_t nameOffset = 0;      ///< into the arena
    std::uint32_t created = 0;         ///< seconds since 1970; 0 when not known
    TextId nameSpace = 0;
    std::uint16_t nameLength = 0;
    Severity severity = Severity::None;
    bool uidIsDigest = false;
    bool operator==(const RowHead&) const = default;
};
static_assert(sizeof(RowHead) == 40);

/// What a column's cells come from.
enum class ColumnSource : std::uint8_t {
    Name,      ///< the row's own name
    Namespace, ///< the row's own namespace
    Created,   ///< the row's own age
    Cell,      ///< Column::cell
};

/// A column as values; its order among its fellows is that of the server's Table, namespace first when there is one.
struct Column {
    QString header; ///< the server's own word ("Nominated Node"); it also is the stable id
    ColumnSource source = ColumnSource::Cell;
    int cell = -1;     ///< which cell of the row, for ColumnSource::Cell
    QString type;      ///< OpenAPI type of a Table's column: "string", "integer", "number", "boolean", "date"
    int priority = 0;  ///< 0: always shown; greater: with `-o wide`
    QString ifNothing; ///< what the server's Table shows where the cell holds nothing
    bool ours = false; ///< a column that the server's Table does not have
    bool operator==(const Column&) const = default;
};

/// Rows on their way from the worker to the store.
struct RowBatch {
    std::size_t cellsARow = 0;
    std::vector<RowHead> heads;
    std::vector<Cell> cells;    ///< heads.size() * cellsARow
    std::string arena;          ///< UTF-8
    std::vector<QString> texts; ///< texts first interned in this batch, in the order of their ids

    std::size_t size() const { return heads.size(); }
    std::span<const Cell> row(std::size_t i) const { return {cells.data() + i * cellsARow, cellsARow}; }
    std::string_view text(std::uint32_t offset, std::uint32_t length) const
    {
        return std::string_view(arena).substr(offset, length);
    }
};

/// Makes rows; lives as long as a reflector and in its thread, since it knows which texts have been interned.
class RowBuilder {
public:
    explicit RowBuilder(std::size_t cellsARow);

    /// Begins a row with empty cells. A row that is begun and not committed is dropped by the next begin().
    void begin();
    void commit();
    RowHead& head() { return m_head; }
    void setName(std::string_view utf8);
    void setNamespace(std::string_view utf8);
    /// Parses the UUID, or makes a digest of the text; an empty text makes one of namespace and name (set those first).
    void setUid(std::string_view uid);
    void set(std::size_t cell, Cell value) { m_row[cell] = value; }
    /// Texts that repeat: states, node names, images.
    void setInterned(std::size_t cell, std::string_view utf8);
    /// Texts that do not: addresses, messages.
    void setText(std::size_t cell, std::string_view utf8);

    TextId intern(std::string_view utf8);
    std::size_t pending() const { return m_batch.size(); }
    /// Of the row that was committed last; there must be one.
    const Uid& lastUid() const { return m_batch.heads.back().uid; }
    std::size_t cellsARow() const { return m_row.size(); }
    /// The rows committed since the last take().
    RowBatch take();
    /// Drops those rows. Texts that they brought are handed over all the same: ids already count on them.
    void discardRows();

private:
    Cell arenaText(std::string_view utf8);

    RowBatch m_batch;
    RowHead m_head;
    std::vector<Cell> m_row;
    std::string m_nameSpace;
    std::size_t m_arenaMark = 0;
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::unordered_map<std::string, TextId, Hash, std::equal_to<>> m_ids;
};

} // namespace kube
