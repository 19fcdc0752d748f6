#pragma once
// A stream's sink that keeps everything, for the test's own thread to look at.

#include "app/transport/transport.h"

#include <array>
#include <mutex>
#include <optional>

namespace support {

class CollectSink final : public transport::StreamSink {
public:
    void answered(const transport::ReplyHead& head) override
    {
        const std::lock_guard lock(m_mutex);
        m_head = head;
    }
    void refused(const transport::Reply& reply) override
    {
        const std::lock_guard lock(m_mutex);
        m_refusal = reply;
    }
    std::span<char> space() override { return m_room; }
    base::Result<void> commit(std::size_t count) override
    {
        const std::lock_guard lock(m_mutex);
        m_body.append(m_room.data(), static_cast<qsizetype>(count));
        return {};
    }
    void finished(const base::Result<void>& end) override
    {
        const std::lock_guard lock(m_mutex);
        m_end = end;
    }

    std::optional<transport::ReplyHead> head() const { return read(m_head); }
    std::optional<transport::Reply> refusal() const { return read(m_refusal); }
    QByteArray body() const { return read(m_body); }
    std::optional<base::Result<void>> end() const { return read(m_end); }

private:
    template <typename T> T read(const T& value) const
    {
        const std::lock_guard lock(m_mutex);
        return value;
    }

    mutable std::mutex m_mutex;
    std::array<char, 16 * 1024> m_room{};
    std::optional<transport::ReplyHead> m_head;
    std::optional<transport::Reply> m_refusal;
    QByteArray m_body;
    std::optional<base::Result<void>> m_end;
};

} // namespace support
