#include "app/kube/splitbuffer.h"

#include <QtGlobal>
#include <cstring>
#include <simdjson.h>

namespace kube {

// With a room of 64 KiB this stays in the second-level cache, and few items are larger.
SplitBuffer::SplitBuffer(std::size_t room)
    : m_room(room),
      m_size(4 * room),
      m_memory(std::make_unique<char[]>(m_size + simdjson::SIMDJSON_PADDING))
{
}

std::span<char> SplitBuffer::space()
{
    if (m_kept == m_end) {
        clear();
    } else if (m_size - m_end < m_room) {
        const std::size_t length = m_end - m_kept;
        // No more than half is ever moved, so that a byte moved is paid for by one that came.
        const std::size_t size = length > m_size / 2 ? 2 * m_size : m_size;
        if (size == m_size) {
            std::memmove(m_memory.get(), kept(), length);
        } else {
            auto larger = std::make_unique<char[]>(size + simdjson::SIMDJSON_PADDING);
            std::memcpy(larger.get(), kept(), length);
            m_memory = std::move(larger);
            m_size = size;
        }
        m_unseen -= m_kept;
        m_end = length;
        m_kept = 0;
    }
    return {m_memory.get() + m_end, m_size - m_end};
}

void SplitBuffer::filled(std::size_t count)
{
    Q_ASSERT(count <= m_size - m_end);
    m_end += count;
}

void SplitBuffer::keep(const char* kept, const char* unseen)
{
    m_kept = static_cast<std::size_t>(kept - m_memory.get());
    m_unseen = static_cast<std::size_t>(unseen - m_memory.get());
}

void SplitBuffer::clear()
{
    m_kept = 0;
    m_unseen = 0;
    m_end = 0;
}

std::size_t SplitBuffer::readableFrom(const char* at) const
{
    return m_size + simdjson::SIMDJSON_PADDING - static_cast<std::size_t>(at - m_memory.get());
}

} // namespace kube
