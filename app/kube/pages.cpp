#include "app/kube/pages.h"

#include "app/kube/errors.h"

#include <QPromise>
#include <algorithm>
#include <mutex>

namespace kube {
namespace {

constexpr int PageSize = 500;
constexpr int SmallestPage = 5;
/// Of a page that can be had smaller: an object may have over 1 MiB, and a page is held as a whole.
constexpr qint64 MostPageBytes = 64LL << 20;

/// Keeps itself alive until it has answered.
class Paging : public std::enable_shared_from_this<Paging> {
public:
    Paging(const Client& client, transport::Request request, PageTaker taker,
           std::vector<std::pair<QString, QString>> first)
        : m_client(client),
          m_request(std::move(request)),
          m_taker(std::move(taker)),
          m_first(std::move(first))
    {
        m_promise.start();
    }

    base::Call<transport::ReplyHead> begin()
    {
        base::Call<transport::ReplyHead> call{m_promise.future(), [self = shared_from_this()] { self->cancel(); }};
        ask();
        return call;
    }

private:
    void ask()
    {
        transport::Request request = m_request;
        if (m_isPaged)
            request.query.emplace_back(QStringLiteral("limit"), QString::number(m_pageSize));
        if (m_isPaged && m_pageSize > SmallestPage)
            request.mostBytes = std::min(request.mostBytes, MostPageBytes);
        if (!m_continue.isEmpty())
            request.query.emplace_back(QStringLiteral("continue"), m_continue);
        else
            request.query.insert(request.query.end(), m_first.begin(), m_first.end());
        auto call = m_client.ask(std::move(request));
        bool isCanceled = false;
        {
            const std::lock_guard lock(m_mutex);
            m_cancel = call.cancel;
            isCanceled = m_isCanceled;
        }
        if (isCanceled) // between two pages
            call.cancel();
        call.future.then(
            [self = shared_from_this()](const base::Result<transport::Reply>& reply) { self->take(reply); });
    }

    void take(const base::Result<transport::Reply>& reply)
    {
        // Once: a server may hand out marks, and call them stale, for ever.
        if (!reply && isExpired(reply.error()) && !m_continue.isEmpty() && m_isPaged) {
            m_isPaged = false;
            m_continue.clear();
            m_taker.restart();
            ask();
            return;
        }
        if (!reply && reply.error().kind == base::ErrorKind::Limit && m_isPaged && m_pageSize > SmallestPage) {
            m_pageSize = std::max(m_pageSize / 10, SmallestPage);
            ask();
            return;
        }
        if (!reply) {
            end(base::failure(reply.error()));
            return;
        }
        auto next = m_taker.take(*reply);
        if (!next) {
            base::Error error = next.error();
            error.asked = QString::fromLatin1(m_request.verb + ' ' + m_request.target());
            error.ofWhom = m_client.transport()->address();
            end(base::failure(std::move(error)));
            return;
        }
        m_continue = std::move(*next);
        if (m_continue.isEmpty())
            end(reply->head);
        else
            ask();
    }

    void end(base::Result<transport::ReplyHead> answer)
    {
        m_promise.addResult(std::move(answer));
        m_promise.finish();
    }

    void cancel()
    {
        std::function<void()> cancel;
        {
            const std::lock_guard lock(m_mutex);
            m_isCanceled = true;
            cancel = m_cancel;
        }
        if (cancel)
            cancel();
    }

    const Client m_client;
    const transport::Request m_request;
    const PageTaker m_taker;
    const std::vector<std::pair<QString, QString>> m_first;
    QPromise<base::Result<transport::ReplyHead>> m_promise;
    std::mutex m_mutex;
    std::function<void()> m_cancel;
    QString m_continue;
    bool m_isPaged = true;
    int m_pageSize = PageSize;
    bool m_isCanceled = false;
};

} // namespace

base::Call<transport::ReplyHead> readPages(const Client& client, transport::Request request, PageTaker taker,
                                           std::vector<std::pair<QString, QString>> first)
{
    return std::make_shared<Paging>(client, std::move(request), std::move(taker), std::move(first))->begin();
}

} // namespace kube
