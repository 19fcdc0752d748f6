#pragma once
// Inflates a gzip body (RFC 1952) while it streams, straight into the memory of whoever reads it, under caps.
// One thread at a time.

#include "app/base/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>

struct z_stream_s;

namespace transport {

/// What a body may inflate to; more is Error{Limit}.
struct InflateCaps {
    std::uint64_t mostBytes = 4ULL << 30U;  ///< of the inflated body
    std::uint64_t freeBytes = 64ULL << 20U; ///< up to here any ratio is accepted
    std::uint64_t mostRatio = 200;          ///< inflated bytes to each compressed one, past freeBytes; not 0
};

class Inflater {
public:
    /// Room for inflated bytes, never empty.
    using SpaceFunction = std::function<std::span<char>()>;
    /// The first `count` bytes of the last room have been written. An error ends the stream and is handed on.
    using CommitFunction = std::function<base::Result<void>(std::size_t count)>;

    explicit Inflater(InflateCaps caps = {});
    ~Inflater();
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    /// Inflates all of `in`. An error is final: every later call answers it again. Error{BadAnswer, "gzipMalformed"}:
    /// no gzip, a wrong checksum or length, or something else behind its end; Error{Limit}: "inflatedTooLong",
    /// "inflatedRatio"; and what `commit` answers. No byte past a cap is committed.
    base::Result<void> feed(std::span<const char> in, const SpaceFunction& space, const CommitFunction& commit);
    /// After the end of the body: Error{BadAnswer, "gzipTruncated"} unless a member has just ended.
    base::Result<void> finish() const;

    std::uint64_t compressedBytes() const { return m_in; }
    std::uint64_t inflatedBytes() const { return m_out; }

private:
    base::Result<void> inflateAll(std::span<const char> in, const SpaceFunction& space, const CommitFunction& commit);
    base::Result<void> inflateInto(std::span<char> room, const CommitFunction& commit);

    struct End {
        void operator()(z_stream_s* stream) const;
    };
    InflateCaps m_caps;
    std::unique_ptr<z_stream_s, End> m_stream; ///< null when zlib had no memory for it
    std::uint64_t m_in = 0;
    std::uint64_t m_out = 0;
    bool m_memberEnded = false; ///< and nothing of a next one has come
    std::optional<base::Error> m_failure;
};

} // namespace transport
