#pragma once
// Where the bytes of a stream arrive and are parsed in place: what is unfinished stays, all before it is overwritten.
// Behind the bytes there is always room that a simdjson parser may read.

#include <cstddef>
#include <memory>
#include <span>

namespace kube {

class SplitBuffer {
public:
    /// As large as what a transport reads at once.
    static constexpr std::size_t Room = 64 * 1024;

    /// `room`: the least that space() gives; not 0.
    explicit SplitBuffer(std::size_t room = Room);

    /// Room for the next bytes. Moves what is kept: pointers got before are no longer valid.
    std::span<char> space();
    /// The first `count` bytes of the last space() have been written.
    void filled(std::size_t count);

    /// The bytes that have not been looked at: [unseen(), end()).
    const char* unseen() const { return m_memory.get() + m_unseen; }
    const char* end() const { return m_memory.get() + m_end; }
    /// The bytes that are kept: [kept(), end()).
    const char* kept() const { return m_memory.get() + m_kept; }
    /// Lets go all bytes before `kept`, and counts those before `unseen` as looked at.
    void keep(const char* kept, const char* unseen);
    /// Lets go all bytes.
    void clear();

    /// How many bytes may be read from `at` on, in words of simdjson its capacity.
    std::size_t readableFrom(const char* at) const;

private:
    std::size_t m_room;
    std::size_t m_size; ///< without the padding
    std::unique_ptr<char[]> m_memory;
    std::size_t m_kept = 0;
    std::size_t m_unseen = 0;
    std::size_t m_end = 0;
};

} // namespace kube
