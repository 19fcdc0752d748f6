#include "app/store/rowstore.h"

#include <algorithm>
#include <cstring>

namespace store {
namespace {

constexpr std::size_t WorthCompacting = 4U << 20U; // bytes

/// A row may have come, changed and gone within one batch, and a broken server may send an object twice in one list.
void tellEachOnce(RowChanges& done)
{
    for (auto* ids : {&done.inserted, &done.updated, &done.removed})
        std::sort(ids->begin(), ids->end());
    done.updated.erase(std::unique(done.updated.begin(), done.updated.end()), done.updated.end());
    const auto isGone = [&](RowId id) { return std::binary_search(done.removed.begin(), done.removed.end(), id); };
    const auto isNew = [inserted = done.inserted](RowId id) {
        return std::binary_search(inserted.begin(), inserted.end(), id);
    };
    std::erase_if(done.updated, [&](RowId id) { return isGone(id) || isNew(id); });
    std::erase_if(done.inserted, isGone);
    std::erase_if(done.removed, isNew);
}

} // namespace

std::uint32_t TextArena::add(std::string_view text)
{
    const auto length = static_cast<std::uint32_t>(std::min<std::size_t>(text.size(), ChunkSize));
    if (ChunkSize - m_used < length || m_chunks.empty()) {
        m_chunks.push_back(std::make_unique<char[]>(ChunkSize));
        m_used = 0;
    }
    const auto offset = static_cast<std::uint32_t>((m_chunks.size() - 1) << ChunkBits) + m_used;
    std::memcpy(m_chunks.back().get() + m_used, text.data(), length);
    m_used += length;
    return offset;
}

void TextArena::clear()
{
    m_chunks.clear();
    m_used = ChunkSize;
}

RowStore::RowStore(QObject* parent) : QObject(parent) {}

kube::RowView RowStore::row(RowId id) const
{
    return kube::rowView(m_heads[id], cells(id), m_arena, m_texts);
}

std::optional<RowId> RowStore::find(const kube::Uid& uid) const
{
    const auto found = m_ids.constFind({uid});
    return found == m_ids.constEnd() ? std::nullopt : std::optional(found.value());
}

std::size_t RowStore::memoryBytes() const
{
    return m_heads.capacity() * sizeof(kube::RowHead) + m_cells.capacity() * sizeof(kube::Cell) +
           m_alive.capacity() / 8 + m_arena.bytes() +
           static_cast<std::size_t>(m_ids.capacity()) * (sizeof(UidKey) + sizeof(RowId));
}

void RowStore::apply(const std::shared_ptr<const kube::ChangeSet>& changes)
{
    if (changes->columns) {
        m_columns = changes->columns;
        m_cellsARow = changes->rows.cellsARow;
        m_size = 0;
        m_heads.clear();
        m_cells.clear();
        m_alive.clear();
        m_free.clear();
        m_ids.clear();
        m_texts.assign(1, QString());
        m_arena.clear();
        m_liveText = 0;
        emit reset();
    }
    const kube::RowBatch& batch = changes->rows;
    m_texts.insert(m_texts.end(), batch.texts.begin(), batch.texts.end());

    RowChanges done;
    const auto upsert = [&](std::size_t i) {
        if (const auto known = find(batch.heads[i].uid)) {
            if (update(*known, batch, i))
                done.updated.push_back(*known);
            return *known;
        }
        return done.inserted.emplace_back(insert(batch, i));
    };
    if (changes->kind == kube::ChangeSet::Kind::Events) {
        for (const auto& event : changes->events) {
            if (event.row >= 0) {
                upsert(static_cast<std::size_t>(event.row));
            } else if (const auto known = find(event.uid)) {
                done.removed.push_back(*known);
                remove(*known);
            }
        }
    } else {
        const bool replaces = changes->kind == kube::ChangeSet::Kind::Replace && m_size > 0;
        std::vector<bool> kept(replaces ? m_heads.size() : 0);
        for (std::size_t i = 0; i < batch.size(); ++i) {
            const RowId id = upsert(i);
            if (id < kept.size())
                kept[id] = true;
        }
        for (RowId id = 0; id < kept.size(); ++id) {
            if (m_alive[id] && !kept[id]) {
                done.removed.push_back(id);
                remove(id);
            }
        }
    }
    tellEachOnce(done);
    if (!done.isEmpty())
        emit rowsChanged(done);
    m_free.insert(m_free.end(), m_freedNow.begin(), m_freedNow.end());
    m_freedNow.clear();
    if (m_arena.bytes() > 2 * m_liveText + WorthCompacting)
        compact();
}

void RowStore::setState(const kube::FeedState& state)
{
    m_state = state;
    emit stateChanged(m_state);
}

RowId RowStore::insert(const kube::RowBatch& batch, std::size_t i)
{
    RowId id = 0;
    if (m_free.empty()) {
        id = static_cast<RowId>(m_heads.size());
        if (m_heads.size() == m_heads.capacity()) { // a quarter more, where a vector would double
            const std::size_t room = m_heads.size() + m_heads.size() / 4 + 1024;
            m_heads.reserve(room);
            m_cells.reserve(room * m_cellsARow);
        }
        m_heads.emplace_back();
        m_cells.resize(m_cells.size() + m_cellsARow);
        m_alive.push_back(true);
    } else {
        id = m_free.back();
        m_free.pop_back();
        m_alive[id] = true;
    }
    copyTexts(id, batch, i);
    m_ids.insert({batch.heads[i].uid}, id);
    ++m_size;
    return id;
}

bool RowStore::update(RowId id, const kube::RowBatch& batch, std::size_t i)
{
    if (isSame(id, batch, i)) {
        m_heads[id].resourceVersion = batch.heads[i].resourceVersion;
        return false;
    }
    m_liveText -= textBytes(id);
    copyTexts(id, batch, i);
    return true;
}

void RowStore::remove(RowId id)
{
    m_liveText -= textBytes(id);
    m_ids.remove({m_heads[id].uid});
    m_alive[id] = false;
    m_freedNow.push_back(id);
    --m_size;
}

bool RowStore::isSame(RowId id, const kube::RowBatch& batch, std::size_t i) const
{
    kube::RowHead head = batch.heads[i];
    const kube::RowHead& mine = m_heads[id];
    if (row(id).name() != batch.text(head.nameOffset, head.nameLength))
        return false;
    head.nameOffset = mine.nameOffset;
    head.resourceVersion = mine.resourceVersion;
    if (head != mine)
        return false;
    const auto theirs = batch.row(i);
    const auto ours = cells(id);
    for (std::size_t c = 0; c < m_cellsARow; ++c) {
        const bool isText = ours[c].type() == kube::Cell::Type::Arena && theirs[c].type() == kube::Cell::Type::Arena;
        if (isText
                ? m_arena.text(ours[c].offset(), ours[c].length()) != batch.text(theirs[c].offset(), theirs[c].length())
                : ours[c] != theirs[c])
            return false;
    }
    return true;
}

void RowStore::copyTexts(RowId id, const kube::RowBatch& batch, std::size_t i)
{
    kube::RowHead head = batch.heads[i];
    head.nameOffset = m_arena.add(batch.text(head.nameOffset, head.nameLength));
    m_heads[id] = head;
    const auto from = batch.row(i);
    const auto to = cells(id);
    for (std::size_t c = 0; c < m_cellsARow; ++c) {
        to[c] = from[c];
        if (from[c].type() == kube::Cell::Type::Arena)
            to[c] = kube::Cell::arena(m_arena.add(batch.text(from[c].offset(), from[c].length())), from[c].length());
    }
    m_liveText += textBytes(id);
}

std::size_t RowStore::textBytes(RowId id) const
{
    std::size_t bytes = m_heads[id].nameLength;
    for (const kube::Cell cell : cells(id))
        if (cell.type() == kube::Cell::Type::Arena)
            bytes += cell.length();
    return bytes;
}

void RowStore::compact()
{
    TextArena fresh;
    const auto moved = [&](std::uint32_t offset, std::uint32_t length) {
        return fresh.add(m_arena.text(offset, length));
    };
    for (RowId id = 0; id < m_heads.size(); ++id) {
        if (!m_alive[id])
            continue;
        m_heads[id].nameOffset = moved(m_heads[id].nameOffset, m_heads[id].nameLength);
        for (kube::Cell& cell : cells(id))
            if (cell.type() == kube::Cell::Type::Arena)
                cell = kube::Cell::arena(moved(cell.offset(), cell.length()), cell.length());
    }
    m_arena = std::move(fresh);
}

} // namespace store
