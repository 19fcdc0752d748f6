#pragma once
// One row as its readers see it, whoever holds it: a batch of the worker or the store. A view is a handful of pointers,
// made when it is needed; it is valid as long as its holder is left unchanged.

#include "app/kube/rows.h"

namespace kube {

struct RowView {
    const RowHead* head = nullptr;
    std::span<const Cell> cells;
    /// By TextId: [0] is the empty text, then those of the batches in the order in which they came.
    const std::vector<QString>* texts = nullptr;
    const void* arena = nullptr;
    std::string_view (*arenaText)(const void* arena, std::uint32_t offset, std::uint32_t length) = nullptr;

    /// UTF-8 of a place in the arena.
    std::string_view text(std::uint32_t offset, std::uint32_t length) const { return arenaText(arena, offset, length); }
    /// An interned text; empty for an id that is not known.
    QString text(TextId id) const { return id < texts->size() ? (*texts)[id] : QString(); }
    std::string_view name() const { return text(head->nameOffset, head->nameLength); }
    QString nameSpace() const { return text(head->nameSpace); }
};

/// `arena` is anything with `std::string_view text(std::uint32_t offset, std::uint32_t length) const`; it is not owned.
template <class Arena>
RowView rowView(const RowHead& head, std::span<const Cell> cells, const Arena& arena, const std::vector<QString>& texts)
{
    return {&head, cells, &texts, &arena, [](const void* self, std::uint32_t offset, std::uint32_t length) {
                return static_cast<const Arena*>(self)->text(offset, length);
            }};
}

inline RowView rowView(const RowBatch& batch, std::size_t i, const std::vector<QString>& texts)
{
    return rowView(batch.heads[i], batch.row(i), batch, texts);
}

} // namespace kube
