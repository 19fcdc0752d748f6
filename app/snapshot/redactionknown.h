#pragma once
// Values that were found once, and are looked for everywhere else: plain, URL-encoded, and inside Base64 at any of its
// three alignments.

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace snapshot {

class KnownValues {
public:
    /// Where a value stands in a text: [first, second).
    using Place = std::pair<std::size_t, std::size_t>;

    KnownValues();

    /// A value of eight bytes or more; what is shorter, and what comes after a hundred thousand values, is not kept.
    void add(std::string_view value);
    bool isEmpty() const { return m_needles.empty() && m_long.empty(); }

    /// Appends where values stand in the text, as words of their own; of Base64 the whole of it. One pass, whatever the
    /// number of values.
    void find(std::string_view text, std::vector<Place>& places) const;

private:
    struct Needle {
        std::string text;
        std::uint32_t anchor = 0; ///< where the eight bytes stand by which it is found
        bool isBase64 = false;
    };
    struct LongHash {
        std::size_t size = 0;
        std::size_t hash = 0;
        bool operator==(const LongHash&) const = default;
    };
    struct HashOfLong {
        std::size_t operator()(const LongHash& value) const { return value.hash ^ value.size; }
    };

    void addNeedle(std::string text, bool isBase64);
    void addLong(std::string_view value);
    void match(std::string_view text, std::size_t at, std::uint64_t eight, std::vector<Place>& places) const;

    std::vector<Needle> m_needles;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> m_byAnchor;
    std::vector<std::uint64_t> m_bits; ///< which anchors there may be: one look a byte
    std::unordered_set<std::string> m_seen;
    std::unordered_set<std::size_t> m_longSizes;
    std::unordered_set<LongHash, HashOfLong> m_long; ///< of values that are too long for a needle: whole texts only
};

} // namespace snapshot
