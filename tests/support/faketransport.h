#pragma once
// A transport without a wire: a function answers, at once and in the asker's thread, unless it holds the answer back.

#include "app/transport/transport.h"

#include <QPromise>
#include <QTest>
#include <QThread>
#include <optional>

namespace support {

class FakeTransport final : public transport::Transport {
public:
    /// Nothing: the call stays open until it is canceled.
    using Answer = std::function<std::optional<base::Result<transport::Reply>>(const transport::Request&)>;

    explicit FakeTransport(Answer answer) : m_answer(std::move(answer)) {}

    std::vector<transport::Request> asked;

    base::Call<transport::Reply> send(transport::Request request) override
    {
        asked.push_back(request);
        auto promise = std::make_shared<QPromise<base::Result<transport::Reply>>>();
        promise->start();
        if (auto answer = m_answer(request)) {
            promise->addResult(std::move(*answer));
            promise->finish();
            return {promise->future(), [] {}};
        }
        const auto cancel = [promise, done = std::make_shared<bool>(false)] {
            if (std::exchange(*done, true))
                return;
            promise->addResult(base::failure({.kind = base::ErrorKind::Canceled}));
            promise->finish();
        };
        return {promise->future(), cancel};
    }
    transport::StreamHandle stream(transport::Request, std::shared_ptr<transport::StreamSink>) override { return {}; }
    QThread* workerThread() override { return thread(); }
    QString address() const override { return QStringLiteral("fake"); }

private:
    Answer m_answer;
};

inline base::Result<transport::Reply> reply(int status, const QByteArray& body,
                                            std::vector<transport::Header> headers = {})
{
    return transport::Reply{{status, std::move(headers)}, body};
}

/// The answer, waited for; the program ends when none comes.
template <typename T> base::Result<T> answerOf(const base::Call<T>& call)
{
    if (!QTest::qWaitFor([&] { return call.future.isFinished() || call.future.isCanceled(); }, 8000))
        qFatal("a call was never answered");
    return call.future.resultCount() > 0 ? call.future.result()
                                         : base::failure({.reason = QStringLiteral("no answer at all")});
}

} // namespace support
