#include "app/metrics/kubestate.h"

#include "app/base/job.h"
#include "app/kube/count.h"
#include "app/kube/errors.h"
#include "app/kube/httpdate.h"
#include "app/metrics/exposition.h"

#include <QElapsedTimer>
#include <QPromise>
#include <mutex>

namespace metrics {
namespace {

/// The one answer, given by whoever comes first: the page, or the one who gives it up.
class Answer {
public:
    Answer(QString asked, QString ofWhom) : m_asked(std::move(asked)), m_ofWhom(std::move(ofWhom))
    {
        m_promise.start();
    }

    QFuture<base::Result<StatePage>> future() { return m_promise.future(); }

    void give(base::Result<StatePage> page)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (std::exchange(m_isGiven, true))
                return;
        }
        if (!page) {
            page.error().asked = m_asked;
            page.error().ofWhom = m_ofWhom;
        }
        m_promise.addResult(std::move(page));
        m_promise.finish();
    }

    void hold(transport::StreamHandle handle)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_isGiven)
            m_handle = std::move(handle);
    }

    void cancel()
    {
        give(base::failure({.kind = base::ErrorKind::Canceled}));
        transport::StreamHandle handle;
        {
            const std::lock_guard lock(m_mutex);
            handle = std::move(m_handle);
        }
    }

private:
    const QString m_asked;
    const QString m_ofWhom;
    std::mutex m_mutex;
    bool m_isGiven = false;
    QPromise<base::Result<StatePage>> m_promise;
    transport::StreamHandle m_handle;
};

base::Error tooLarge()
{
    return {.kind = base::ErrorKind::Limit, .reason = QStringLiteral("pageTooLarge")};
}

class PageSink final : public transport::StreamSink {
public:
    PageSink(std::shared_ptr<Answer> answer, const StateQuestion& question)
        : m_answer(std::move(answer)),
          m_mostBytes(question.mostBytes),
          m_builder(question.scope)
    {
        m_clock.start();
        begin(ExpositionFormat::Text);
    }
    PageSink(const PageSink&) = delete;
    PageSink& operator=(const PageSink&) = delete;
    /// Let go without an end: the transport went, or the stream was given up.
    ~PageSink() override { m_answer->give(base::failure({.kind = base::ErrorKind::Canceled})); }

    void answered(const transport::ReplyHead& head) override
    {
        begin(expositionFormatOf(head.header("Content-Type")));
        m_answeredAt = kube::dateOf(head); // of a snapshot, the time of then
        m_isRefused = head.header("Content-Length").toLongLong() > m_mostBytes;
    }

    void refused(const transport::Reply& reply) override { m_answer->give(base::failure(kube::errorFrom(reply))); }

    std::span<char> space() override { return m_parser->space(); }

    base::Result<void> commit(std::size_t count) override
    {
        if (m_isRefused || m_parser->tally().bytes + static_cast<qint64>(count) > m_mostBytes)
            return base::failure(tooLarge());
        m_parser->commit(count);
        return {};
    }

    void finished(const base::Result<void>& end) override
    {
        if (end)
            m_answer->give(page());
        else
            m_answer->give(base::failure(end.error()));
    }

private:
    void begin(ExpositionFormat format)
    {
        m_parser.emplace(format, ExpositionParser::Handler{
                                     .family = stateFamilyOf,
                                     .sample = [this](const Sample& sample) { m_builder.take(sample); },
                                     .metadata = [this](const Metadata& said) { m_builder.describe(said.family); }});
    }

    base::Result<StatePage> page()
    {
        m_parser->finish();
        const ExpositionTally& tally = m_parser->tally();
        const auto bad = [](const char* reason) {
            return base::failure({.kind = base::ErrorKind::BadAnswer, .reason = QLatin1String(reason)});
        };
        if (tally.samples == 0)
            return bad("noStateMetrics");
        if (!tally.complete)
            return bad("pageTruncated");
        StatePage page = m_builder.finish();
        page.readAt = m_answeredAt.isValid() ? m_answeredAt : QDateTime::currentDateTimeUtc();
        page.bytes = tally.bytes;
        page.took = std::chrono::milliseconds{m_clock.elapsed()};
        page.lines = tally.lines;
        page.samples = tally.samples;
        page.badLines = tally.badLines;
        for (const BadLine& line : tally.firstBad)
            page.problems.push_back(QString::number(line.number) + QLatin1Char(' ') + idOf(line.fault));
        return page;
    }

    const std::shared_ptr<Answer> m_answer;
    const qint64 m_mostBytes;
    bool m_isRefused = false;
    QDateTime m_answeredAt; ///< by the server's clock; invalid: it did not say
    QElapsedTimer m_clock;
    StateBuilder m_builder;
    std::optional<ExpositionParser> m_parser;
};

/// Pods and nodes, counted side by side.
class PageEstimate : public base::Job<qint64> {
public:
    explicit PageEstimate(const kube::Client& client) : m_client(client) {}

    void start()
    {
        count({.version = QStringLiteral("v1"), .resource = QStringLiteral("pods"), .namespaced = true}, m_pods);
        count({.version = QStringLiteral("v1"), .resource = QStringLiteral("nodes")}, m_nodes);
    }

private:
    void count(const kube::ApiResource& resource, std::optional<qint64>& counted)
    {
        follow(kube::countObjects(m_client, resource), [this, &counted](const base::Result<kube::KindCount>& count) {
            if (!count || count->state != kube::KindState::Ok) {
                end(base::failure(count ? count->error : count.error()));
                return;
            }
            if (!count->count) {
                end(base::failure({.kind = base::ErrorKind::NotFound, .reason = QStringLiteral("countUnknown")}));
                return;
            }
            counted = count->count;
            if (m_pods && m_nodes)
                end(estimatedPageBytes(*m_pods, *m_nodes));
        });
    }

    const kube::Client m_client;
    std::optional<qint64> m_pods;
    std::optional<qint64> m_nodes;
};

/// The page, when it is not larger than what may be read unasked.
class FreeReading : public base::Job<StateReading> {
public:
    FreeReading(const kube::Client& client, StateQuestion question) : m_client(client), m_question(std::move(question))
    {
    }

    void start(std::optional<qint64> freeBytes)
    {
        if (!freeBytes) {
            read({});
            return;
        }
        m_question.mostBytes = std::min(m_question.mostBytes, *freeBytes);
        follow(estimatePageBytes(m_client), [this](const base::Result<qint64>& bytes) {
            if (bytes && *bytes > m_question.mostBytes)
                end(StateReading{*bytes, base::failure(tooLarge())});
            else
                read(bytes ? std::optional(*bytes) : std::nullopt);
        });
    }

private:
    void read(const std::optional<qint64>& estimate)
    {
        follow(readStatePage(m_client, m_question), [this, estimate](const base::Result<StatePage>& page) {
            end(StateReading{estimate, page});
        });
    }

    const kube::Client m_client;
    StateQuestion m_question;
};

} // namespace

base::Call<StateReading> readStatePage(const kube::Client& client, const StateQuestion& question,
                                       std::optional<qint64> freeBytes)
{
    auto* const job = new FreeReading(client, question);
    auto call = job->call();
    job->start(freeBytes);
    return call;
}

base::Call<StatePage> readStatePage(const kube::Client& client, const StateQuestion& question)
{
    transport::Request request = proxied(question.where, {QStringLiteral("metrics")});
    request.headers.emplace_back("Accept", StatePageAccept);
    request.mostBytes = question.mostBytes;
    auto answer = std::make_shared<Answer>(QStringLiteral("GET ") + QString::fromLatin1(request.target()),
                                           client.transport()->address());
    base::Call<StatePage> call{answer->future(), [answer] { answer->cancel(); }};
    answer->hold(client.transport()->stream(std::move(request), std::make_shared<PageSink>(answer, question)));
    return call;
}

qint64 estimatedPageBytes(qint64 pods, qint64 nodes)
{
    constexpr qint64 PodBytes = 6'000;
    constexpr qint64 NodeBytes = 3'000;
    return (pods * PodBytes + nodes * NodeBytes) / 4 * 5;
}

base::Call<qint64> estimatePageBytes(const kube::Client& client)
{
    auto* const job = new PageEstimate(client);
    auto call = job->call();
    job->start();
    return call;
}

} // namespace metrics
