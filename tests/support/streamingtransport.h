#pragma once
// A transport without a wire whose streams answer in pieces, at once and in the asker's thread.

#include "tests/support/faketransport.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

namespace support {

class StreamingTransport final : public transport::Transport {
public:
    transport::ReplyHead head{200, {{"Content-Type", "text/plain; version=0.0.4"}}};
    std::vector<QByteArray> pieces;
    bool isHeld = false; ///< the end does not come
    base::Result<void> end;
    transport::Request asked;
    std::shared_ptr<transport::StreamSink> sink;

    FakeTransport::Answer answer = [](const transport::Request&) { return reply(404, "{}"); }; ///< to send()

    base::Call<transport::Reply> send(transport::Request request) override
    {
        const auto given = answer(request);
        return base::answered(given ? *given : base::failure({.kind = base::ErrorKind::Timeout}));
    }
    transport::StreamHandle stream(transport::Request request, std::shared_ptr<transport::StreamSink> to) override
    {
        asked = std::move(request);
        sink = std::move(to);
        if (head.status != 200) {
            sink->refused({head, "{}"});
            sink.reset();
            return {};
        }
        sink->answered(head);
        base::Result<void> state;
        for (auto piece = pieces.begin(); piece != pieces.end() && state; ++piece)
            state = put(*piece);
        if (!isHeld) {
            sink->finished(state ? end : state);
            sink.reset();
        }
        return transport::StreamHandle([this] { sink.reset(); });
    }
    QThread* workerThread() override { return thread(); }
    QString address() const override { return QStringLiteral("fake"); }

private:
    base::Result<void> put(QByteArray piece)
    {
        while (!piece.isEmpty()) {
            const auto space = sink->space();
            const auto count = std::min(space.size(), static_cast<std::size_t>(piece.size()));
            std::memcpy(space.data(), piece.constData(), count);
            piece.remove(0, static_cast<qsizetype>(count));
            if (const auto taken = sink->commit(count); !taken)
                return taken;
        }
        return {};
    }
};

} // namespace support
