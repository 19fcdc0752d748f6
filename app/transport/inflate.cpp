#include "app/transport/inflate.h"

#include <algorithm>
#include <limits>
#include <zlib.h>

namespace transport {

namespace {

constexpr int GzipOnly = 16; // added to the window's bits: zlib.h, inflateInit2()

tl::unexpected<base::Error> badAnswer(const QString& reason)
{
    return base::failure({.kind = base::ErrorKind::BadAnswer, .reason = reason});
}

tl::unexpected<base::Error> tooMuch(const QString& reason)
{
    return base::failure({.kind = base::ErrorKind::Limit, .reason = reason});
}

uInt lengthForZlib(std::uint64_t length)
{
    return static_cast<uInt>(std::min<std::uint64_t>(length, std::numeric_limits<uInt>::max()));
}

} // namespace

void Inflater::End::operator()(z_stream_s* stream) const
{
    inflateEnd(stream);
    delete stream;
}

Inflater::Inflater(InflateCaps caps) : m_caps(caps)
{
    auto stream = std::make_unique<z_stream>();
    if (inflateInit2(stream.get(), MAX_WBITS + GzipOnly) == Z_OK)
        m_stream.reset(stream.release());
}

Inflater::~Inflater() = default;

base::Result<void> Inflater::feed(std::span<const char> in, const SpaceFunction& space, const CommitFunction& commit)
{
    if (!m_stream)
        return tooMuch(QStringLiteral("outOfMemory"));
    if (!m_failure) {
        if (const auto done = inflateAll(in, space, commit); !done)
            m_failure = done.error();
    }
    if (m_failure)
        return base::failure(*m_failure);
    return {};
}

base::Result<void> Inflater::inflateAll(std::span<const char> in, const SpaceFunction& space,
                                        const CommitFunction& commit)
{
    while (!in.empty()) {
        const uInt length = lengthForZlib(in.size());
        // zlib reads through this pointer only; it is const in zlib.h where ZLIB_CONST is defined.
        m_stream->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
        m_stream->avail_in = length;
        in = in.subspan(length);
        // Room that was filled to its end may mean that zlib holds more, without any input left.
        bool full = false;
        while (m_stream->avail_in > 0 || full) {
            if (auto done = inflateInto(space(), commit); !done)
                return done;
            full = m_stream->avail_out == 0 && !m_memberEnded;
        }
    }
    return {};
}

base::Result<void> Inflater::inflateInto(std::span<char> room, const CommitFunction& commit)
{
    if (m_memberEnded)
        inflateReset(m_stream.get());
    m_memberEnded = false;
    Q_ASSERT(!room.empty());
    // One byte past the cap tells "just as long" from "longer".
    const std::uint64_t left = m_caps.mostBytes - m_out;
    const uInt length = lengthForZlib(left < room.size() ? left + 1 : room.size());
    const uInt before = m_stream->avail_in;
    m_stream->next_out = reinterpret_cast<Bytef*>(room.data());
    m_stream->avail_out = length;
    const int outcome = inflate(m_stream.get(), Z_NO_FLUSH);
    const std::size_t written = length - m_stream->avail_out;
    m_in += before - m_stream->avail_in;
    m_out += written;
    if (m_out > m_caps.mostBytes)
        return tooMuch(QStringLiteral("inflatedTooLong"));
    if (m_out > m_caps.freeBytes && (m_out - 1) / m_caps.mostRatio >= m_in)
        return tooMuch(QStringLiteral("inflatedRatio"));
    switch (outcome) {
    case Z_STREAM_END:
        m_memberEnded = true;
        break;
    case Z_OK:
    case Z_BUF_ERROR: // nothing was left to do: no failure (zlib.h, inflate())
        break;
    case Z_MEM_ERROR:
        return tooMuch(QStringLiteral("outOfMemory"));
    default:
        return badAnswer(QStringLiteral("gzipMalformed"));
    }
    return written > 0 ? commit(written) : base::Result<void>();
}

base::Result<void> Inflater::finish() const
{
    if (m_failure)
        return base::failure(*m_failure);
    return m_memberEnded ? base::Result<void>() : badAnswer(QStringLiteral("gzipTruncated"));
}

} // namespace transport
