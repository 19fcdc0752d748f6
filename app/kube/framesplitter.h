#pragma once
// Cuts the frames out of a watch while it streams: one JSON object a line. One thread at a time.

#include "app/base/result.h"
#include "app/kube/itemsplitter.h"
#include "app/kube/splitbuffer.h"

#include <optional>
#include <span>

namespace kube {

class FrameSplitter {
public:
    /// One line without its line feed, in bytes; a longer one is Error{Limit, "frameTooLong"}.
    static constexpr std::size_t LongestFrame = 4U << 20U;

    /// `room`: the least that space() gives, in bytes.
    explicit FrameSplitter(std::size_t room = SplitBuffer::Room) : m_buffer(room) {}

    /// Room for the next bytes, valid until the next call of space() or commit().
    std::span<char> space() { return m_buffer.space(); }
    /// The first `count` bytes of the last space() have been written; calls `frame` for each line that they complete.
    /// Blank lines are passed over, CR LF ends a line as well. An error is final: every later call answers it again.
    /// Error{BadAnswer, "frameMalformed"}: not one object; Error{Limit}: "frameTooLong", "jsonTooDeep"; and what
    /// `frame` answers.
    base::Result<void> commit(std::size_t count, const JsonFunction& frame);
    /// The bytes of the line that is not complete. Where a watch ends, that line is no event: its change comes again
    /// when the watch is resumed.
    std::size_t pending() const { return static_cast<std::size_t>(m_buffer.end() - m_buffer.kept()); }

private:
    base::Result<void> split(const JsonFunction& frame);
    base::Result<void> takeLine(std::string_view line, const JsonFunction& frame);

    SplitBuffer m_buffer; ///< keeps the unfinished line
    std::optional<base::Error> m_failure;
};

} // namespace kube
