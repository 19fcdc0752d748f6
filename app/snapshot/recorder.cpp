#include "app/snapshot/recorder.h"

namespace snapshot {
namespace {

using transport::Reply;
using transport::Request;

/// Hands the bytes on and keeps them in a file until the end.
class Tee final : public transport::StreamSink {
public:
    Tee(std::shared_ptr<transport::StreamSink> sink, std::shared_ptr<Book> book, std::shared_ptr<Book::Part> part,
        Request request)
        : m_sink(std::move(sink)),
          m_book(std::move(book)),
          m_part(std::move(part)),
          m_request(std::move(request))
    {
    }
    void answered(const transport::ReplyHead& head) override
    {
        m_head = head;
        m_isKept = m_file.open();
        m_sink->answered(head);
    }
    void refused(const Reply& reply) override
    {
        m_book->record(*m_part, m_request, reply);
        m_sink->refused(reply);
    }
    std::span<char> space() override { return m_space = m_sink->space(); }
    base::Result<void> commit(std::size_t count) override
    {
        m_isKept = m_isKept && m_file.write(m_space.data(), static_cast<qint64>(count)) == static_cast<qint64>(count);
        return m_sink->commit(count);
    }
    void finished(const base::Result<void>& end) override
    {
        if (!end)
            m_book->record(*m_part, m_request, base::failure(end.error()));
        else if (m_isKept && m_file.flush())
            m_book->record(*m_part, m_request, m_head, m_file);
        else
            m_book->skip(*m_part, QString::fromLatin1(m_request.path),
                         {.kind = base::ErrorKind::BadConfig,
                          .reason = QStringLiteral("fileUnwritable"),
                          .said = m_file.errorString()});
        m_sink->finished(end);
    }

private:
    const std::shared_ptr<transport::StreamSink> m_sink;
    const std::shared_ptr<Book> m_book;
    const std::shared_ptr<Book::Part> m_part;
    const Request m_request;
    transport::ReplyHead m_head;
    QTemporaryFile m_file;
    std::span<char> m_space;
    bool m_isKept = false;
};

} // namespace

Recorder::Recorder(transport::Transport* next, std::shared_ptr<Book> book, std::shared_ptr<Book::Part> part)
    : m_next(next),
      m_book(std::move(book)),
      m_part(std::move(part))
{
}

bool Recorder::isOfList(const Request& request) const
{
    if (request.verb != "GET")
        return false;
    if (m_lists.contains(request.path))
        return true;
    // An object of one, or a collection in a namespace: "/api/v1/namespaces/shop/pods/web".
    const auto target = request.path;
    for (const QByteArray& list : m_lists) {
        const auto slash = list.lastIndexOf('/');
        const QByteArray root = list.left(slash);
        const QByteArray resource = list.mid(slash);
        if (!target.startsWith(root + '/'))
            continue;
        QByteArray rest = target.mid(root.size());
        if (rest.startsWith("/namespaces/") && rest.count('/') > 2)
            rest = rest.mid(rest.indexOf('/', sizeof("/namespaces/") - 1));
        if ((rest == resource || rest.startsWith(resource + '/')) && rest.count('/') <= 2)
            return true;
    }
    return false;
}

base::Call<Reply> Recorder::send(Request request)
{
    if (isOfList(request))
        return m_next->send(std::move(request));
    auto call = m_next->send(request);
    return base::mapped<Reply>(std::move(call),
                               [book = m_book, part = m_part, request](const base::Result<Reply>& reply) {
                                   ++part->requests;
                                   book->record(*part, request, reply);
                                   return reply;
                               });
}

transport::StreamHandle Recorder::stream(Request request, std::shared_ptr<transport::StreamSink> sink)
{
    if (isOfList(request))
        return m_next->stream(std::move(request), std::move(sink));
    auto tee = std::make_shared<Tee>(std::move(sink), m_book, m_part, request);
    return m_next->stream(std::move(request), std::move(tee));
}

} // namespace snapshot
