#pragma once
// The rows of one kind, live: filled by change sets, read by models. Lives in the GUI thread. About 200 bytes a pod
// with its index: rows and texts lie in chunks, nothing is kept of the objects themselves.

#include "app/kube/listwatch.h"
#include "app/kube/rowview.h"

#include <QHash>
#include <QObject>
#include <memory>

namespace store {

using RowId = std::uint32_t; ///< stable while the row lives; used again some time after it went

/// What one change set did. No row is in two of the lists.
struct RowChanges {
    std::vector<RowId> inserted;
    std::vector<RowId> updated;
    std::vector<RowId> removed; ///< their views are gone
    bool isEmpty() const { return inserted.empty() && updated.empty() && removed.empty(); }
};

/// Texts in chunks that never move; what changed rows leave behind is won back by compact().
class TextArena {
public:
    std::uint32_t add(std::string_view text);
    std::string_view text(std::uint32_t offset, std::uint32_t length) const
    {
        if (length == 0) // may stand behind a last chunk that is full
            return {};
        return {m_chunks[offset >> ChunkBits].get() + (offset & (ChunkSize - 1)), length};
    }
    std::size_t bytes() const { return m_chunks.size() * ChunkSize; }
    void clear();

private:
    static constexpr std::uint32_t ChunkBits = 18;
    static constexpr std::uint32_t ChunkSize = 1U << ChunkBits; // longer than any shown text in UTF-8
    std::vector<std::unique_ptr<char[]>> m_chunks;
    std::uint32_t m_used = ChunkSize;
};

class RowStore : public QObject {
    Q_OBJECT
public:
    explicit RowStore(QObject* parent = nullptr);

    /// Null until the feed has told them.
    const std::vector<kube::Column>* columns() const { return m_columns.get(); }
    const kube::FeedState& state() const { return m_state; }
    std::size_t size() const { return m_size; }
    /// One past the greatest id in use: for tables indexed by id.
    RowId idLimit() const { return static_cast<RowId>(m_heads.size()); }
    bool isAlive(RowId id) const { return id < m_alive.size() && m_alive[id]; }
    kube::RowView row(RowId id) const;
    /// The row of this object, if it is here.
    std::optional<RowId> find(const kube::Uid& uid) const;
    /// Interned texts by id: filters judge each of them once.
    const std::vector<QString>& texts() const { return m_texts; }
    /// Bytes in rows, texts and index; for the bench.
    std::size_t memoryBytes() const;

public slots:
    void apply(const std::shared_ptr<const kube::ChangeSet>& changes);
    void setState(const kube::FeedState& state);

signals:
    /// Columns are there, or are others than before: all rows are gone. Rows follow.
    void reset();
    void rowsChanged(const store::RowChanges& changes);
    void stateChanged(const kube::FeedState& state);

private:
    RowId insert(const kube::RowBatch& batch, std::size_t i);
    bool update(RowId id, const kube::RowBatch& batch, std::size_t i);
    void remove(RowId id);
    bool isSame(RowId id, const kube::RowBatch& batch, std::size_t i) const;
    void copyTexts(RowId id, const kube::RowBatch& batch, std::size_t i);
    std::size_t textBytes(RowId id) const;
    std::span<kube::Cell> cells(RowId id) { return {m_cells.data() + std::size_t{id} * m_cellsARow, m_cellsARow}; }
    std::span<const kube::Cell> cells(RowId id) const
    {
        return {m_cells.data() + std::size_t{id} * m_cellsARow, m_cellsARow};
    }
    void compact();

    struct UidKey {
        kube::Uid uid;
        bool operator==(const UidKey&) const = default;
        friend size_t qHash(const UidKey& key, size_t seed) { return qHashBits(key.uid.data(), key.uid.size(), seed); }
    };

    std::shared_ptr<const std::vector<kube::Column>> m_columns;
    kube::FeedState m_state;
    std::size_t m_cellsARow = 0;
    std::size_t m_size = 0;
    std::vector<kube::RowHead> m_heads; ///< by id
    std::vector<kube::Cell> m_cells;
    std::vector<bool> m_alive;
    std::vector<RowId> m_free;
    std::vector<RowId> m_freedNow; ///< free only when everybody has heard of it
    QHash<UidKey, RowId> m_ids;
    std::vector<QString> m_texts{QString()};
    TextArena m_arena;
    std::size_t m_liveText = 0;
};

} // namespace store
