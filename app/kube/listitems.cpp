#include "app/kube/listitems.h"

#include "app/kube/errors.h"
#include "app/kube/httpdate.h"
#include "app/kube/itemsplitter.h"
#include "app/kube/jsonread.h"

#include <QPromise>
#include <algorithm>
#include <mutex>

namespace kube {
namespace {

constexpr int PageSize = 500;

/// The list without its items.
base::Result<Json> split(const QByteArray& page, const std::function<void(const Json&)>& take)
{
    ItemSplitter splitter;
    const auto item = [&take](std::string_view json, std::size_t) -> base::Result<void> {
        const auto object = parseJson(QByteArray::fromRawData(json.data(), static_cast<qsizetype>(json.size())));
        if (!object)
            return base::failure(object.error());
        take(*object);
        return {};
    };
    for (qsizetype at = 0; at < page.size();) {
        const std::span<char> space = splitter.space();
        const auto count = std::min(static_cast<qsizetype>(space.size()), page.size() - at);
        std::copy_n(page.constData() + at, count, space.data());
        if (const auto taken = splitter.commit(static_cast<std::size_t>(count), item); !taken)
            return base::failure(taken.error());
        at += count;
    }
    return splitter.finish().and_then(parseJson);
}

/// The pages of one list, in turn; keeps itself alive until it has answered.
class Listing : public std::enable_shared_from_this<Listing> {
public:
    Listing(const Client& client, transport::Request request, ItemTaker taker)
        : m_client(client),
          m_request(std::move(request)),
          m_taker(std::move(taker))
    {
        m_promise.start();
    }

    base::Call<QDateTime> begin()
    {
        base::Call<QDateTime> call{m_promise.future(), [self = shared_from_this()] { self->cancel(); }};
        ask();
        return call;
    }

private:
    void ask()
    {
        transport::Request request = m_request;
        if (m_isPaged)
            request.query.emplace_back(QStringLiteral("limit"), QString::number(PageSize));
        if (!m_continue.isEmpty())
            request.query.emplace_back(QStringLiteral("continue"), m_continue);
        auto call = m_client.ask(std::move(request));
        {
            const std::lock_guard lock(m_mutex);
            m_cancel = call.cancel;
        }
        call.future.then(
            [self = shared_from_this()](const base::Result<transport::Reply>& reply) { self->take(reply); });
    }

    void take(const base::Result<transport::Reply>& reply)
    {
        if (!reply && isExpired(reply.error()) && !m_continue.isEmpty()) {
            m_isPaged = false;
            m_continue.clear();
            m_taker.restart();
            ask();
            return;
        }
        if (!reply) {
            end(base::failure(reply.error()));
            return;
        }
        const auto rest = split(reply->body, m_taker.take);
        if (!rest) {
            base::Error error = rest.error();
            error.asked = QString::fromLatin1(m_request.verb + ' ' + m_request.target());
            error.ofWhom = m_client.transport()->address();
            end(base::failure(std::move(error)));
            return;
        }
        const QDateTime date = dateOf(reply->head);
        m_continue = rawText(*rest, {"metadata", "continue"});
        if (m_continue.isEmpty())
            end(date.isValid() ? date : QDateTime::currentDateTimeUtc());
        else
            ask();
    }

    void end(base::Result<QDateTime> answer)
    {
        m_promise.addResult(std::move(answer));
        m_promise.finish();
    }

    void cancel()
    {
        std::function<void()> cancel;
        {
            const std::lock_guard lock(m_mutex);
            cancel = m_cancel;
        }
        if (cancel)
            cancel();
    }

    const Client m_client;
    const transport::Request m_request;
    const ItemTaker m_taker;
    QPromise<base::Result<QDateTime>> m_promise;
    std::mutex m_mutex;
    std::function<void()> m_cancel;
    QString m_continue;
    bool m_isPaged = true;
};

} // namespace

base::Call<QDateTime> takeItems(const Client& client, transport::Request request, ItemTaker taker)
{
    return std::make_shared<Listing>(client, std::move(request), std::move(taker))->begin();
}

} // namespace kube
