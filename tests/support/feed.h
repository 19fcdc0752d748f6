#pragma once
// Feeds text into what parses a stream, in pieces, as a transport does.

#include <algorithm>
#include <cstring>
#include <string_view>

namespace support {

/// `length` says how long the next piece is to be.
template <typename Parser, typename Length> void feed(Parser& parser, std::string_view text, Length length)
{
    while (!text.empty()) {
        const auto space = parser.space();
        const std::size_t count = std::min({static_cast<std::size_t>(length()), space.size(), text.size()});
        std::memcpy(space.data(), text.data(), count);
        text.remove_prefix(count);
        parser.commit(count);
    }
}

} // namespace support
