#include "app/snapshot/book.h"

#include "app/base/visible.h"
#include "app/kube/itemsplitter.h"
#include "app/kube/jsonread.h"
#include "app/snapshot/snapshot.h"

#include <QBuffer>
#include <QDateTime>
#include <QDir>
#include <algorithm>

namespace snapshot {
namespace {

using kube::Json;
using transport::Reply;
using transport::Request;

constexpr std::size_t MostLogs = 2'000; ///< of which those that are not well now come first

/// No answer yet, or a word that it may come later.
bool isPutOff(int status)
{
    return status == 0 || status == 429 || status >= 500;
}

QString stateOf(const base::Error& error)
{
    switch (error.kind) {
    case base::ErrorKind::Forbidden:
    case base::ErrorKind::Unauthorized:
        return QStringLiteral("forbidden");
    case base::ErrorKind::NotFound:
        return QStringLiteral("absent");
    case base::ErrorKind::Limit:
        return QStringLiteral("limit");
    case base::ErrorKind::Canceled:
        return QStringLiteral("canceled");
    default:
        return QStringLiteral("failing");
    }
}

/// A refusal as the server may have worded it: the error says all that is made of it.
QByteArray statusBody(const base::Error& error)
{
    return kube::toBytes(Json{{"kind", "Status"},
                              {"apiVersion", "v1"},
                              {"metadata", Json::object()},
                              {"status", "Failure"},
                              {"message", error.said.toStdString()},
                              {"reason", error.reason.toStdString()},
                              {"code", error.httpStatus}});
}

/// What a selfless look tells: is any of its containers not well?
bool isWaitingBadly(const Json& state)
{
    const QString reason = kube::rawText(state, {"waiting", "reason"});
    return !reason.isEmpty() && reason != QLatin1String("ContainerCreating") &&
           reason != QLatin1String("PodInitializing");
}

} // namespace

std::vector<transport::Header> keptHeaders(const transport::ReplyHead& head)
{
    std::vector<transport::Header> kept;
    for (const auto& [name, value] : head.headers)
        for (const char* each : {"Content-Type", "Date", "Warning", "Www-Authenticate"})
            if (name.compare(each, Qt::CaseInsensitive) == 0)
                kept.emplace_back(name, value);
    return kept;
}

base::Result<std::shared_ptr<Book>> Book::create(const QString& file, Options options)
{
    auto archive = ArchiveWriter::create(file);
    if (!archive)
        return base::failure(archive.error());
    return std::shared_ptr<Book>(new Book(std::move(*archive), options));
}

Book::Book(std::unique_ptr<ArchiveWriter> archive, Options options)
    : m_options(options),
      m_archive(std::move(archive)),
      m_redactor({.addresses = options.addresses})
{
}

std::shared_ptr<Book::Part> Book::part(const QByteArray& folder)
{
    auto part = std::make_shared<Part>();
    part->folder = folder;
    return part;
}

QByteArray Book::nameFor(Part& part, const char* extension)
{
    return part.folder + "answers/" + QByteArray::number(++part.files).rightJustified(6, '0') + extension;
}

void Book::write(const QByteArray& name, QIODevice& content, const QByteArray& before, const QByteArray& after)
{
    if (m_error)
        return;
    m_bytes += before.size() + content.size() + after.size();
    if (auto added = m_archive->add(name, content, before, after); !added)
        m_error = added.error();
    m_written = m_archive->written();
}

QByteArray Book::writeBody(Part& part, const QByteArray& body)
{
    const QByteArray name = nameFor(part, ".body");
    QBuffer content;
    content.setData(body);
    content.open(QIODevice::ReadOnly);
    write(name, content);
    return name;
}

base::Error Book::fail(const QString& said)
{
    if (!m_error)
        m_error = base::Error{.kind = base::ErrorKind::BadConfig,
                              .reason = QStringLiteral("fileUnwritable"),
                              .said = base::visible(said),
                              .ofWhom = QDir::tempPath()};
    return *m_error;
}

QString Book::redactedText(const QString& text)
{
    return m_options.redact && !text.isEmpty()
               ? QString::fromUtf8(m_redactor.text(text.toUtf8(), QStringLiteral("text")))
               : text;
}

QString Book::placed(const QString& path)
{
    return m_options.redact && m_options.addresses ? m_redactor.address(path) : path;
}

base::Error Book::redacted(base::Error error)
{
    error.said = redactedText(error.said);
    error.asked = placed(error.asked);
    error.ofWhom.clear(); // the address of who was asked, which the manifest tells
    error.causes.clear();
    return error;
}

int Book::index(Part& part, Answer answer)
{
    if (m_options.redact) {
        answer.path = placed(QString::fromLatin1(answer.path)).toLatin1();
        for (auto& [name, value] : answer.query)
            value = redactedText(value);
        for (auto& [name, value] : answer.headers)
            if (name.compare("Warning", Qt::CaseInsensitive) == 0)
                value = redactedText(QString::fromUtf8(value)).toUtf8();
        if (answer.error)
            answer.error = redacted(*answer.error);
    }
    part.index.answers.push_back(std::move(answer));
    return static_cast<int>(part.index.answers.size()) - 1;
}

QByteArray Book::redactedBody(const Reply& reply)
{
    if (!m_options.redact)
        return reply.body;
    auto json = kube::parseJson(reply.body);
    if (!json || !json->is_structured())
        return m_redactor.text(reply.body, QStringLiteral("text"));
    // Told before any node is seen, and so before it is known that they are addresses.
    const bool tellsServers = m_options.addresses && json->is_object() && json->erase("serverAddressByClientCIDRs") > 0;
    return m_redactor.json(*json) || tellsServers ? kube::toBytes(*json) : reply.body;
}

void Book::record(Part& part, const Request& request, const base::Result<Reply>& reply)
{
    if (!reply && reply.error().kind == base::ErrorKind::Canceled)
        return;
    const std::lock_guard lock(m_mutex);
    const QByteArray accept = acceptOf(request);
    const QByteArray key = keyOf(request.verb, request.path, request.query, request.body) + accept;
    const auto before = part.known.constFind(key);
    const int place = before == part.known.constEnd() ? -1 : *before;
    // A server that was busy is asked again: then the answer counts, and not that it was put off.
    if (place >= 0 && !(isPutOff(part.index.answers[static_cast<std::size_t>(place)].status) && reply &&
                        !isPutOff(reply->head.status)))
        return;
    Answer answer{.verb = request.verb,
                  .path = request.path,
                  .query = request.query,
                  .accept = accept,
                  .request = request.body,
                  .at = QDateTime::currentDateTimeUtc()};
    if (reply) {
        answer.status = reply->head.status;
        answer.headers = keptHeaders(reply->head);
        if (!reply->body.isEmpty()) {
            const QByteArray body = redactedBody(*reply);
            answer.bytes = body.size();
            answer.file = writeBody(part, body);
        }
    } else {
        answer.error = reply.error();
    }
    const int made = index(part, std::move(answer));
    if (place < 0) {
        part.known.insert(key, made);
        return;
    }
    std::swap(part.index.answers[static_cast<std::size_t>(place)], part.index.answers.back());
    part.index.answers.pop_back();
}

void Book::record(Part& part, const Request& request, const transport::ReplyHead& head, QIODevice& body)
{
    const std::lock_guard lock(m_mutex);
    Answer answer{.verb = request.verb,
                  .path = request.path,
                  .query = request.query,
                  .accept = acceptOf(request),
                  .status = head.status,
                  .headers = keptHeaders(head),
                  .at = QDateTime::currentDateTimeUtc()};
    answer.file = nameFor(part, ".body");
    QTemporaryFile lines;
    if ((m_options.redact && !lines.open()) || !body.seek(0)) {
        (void)fail(lines.errorString());
        return;
    }
    constexpr qint64 AtOnce = 1 << 20;
    while (m_options.redact && !body.atEnd()) {
        QByteArray some = body.read(AtOnce);
        some += body.readLine();
        const QByteArray redacted = m_redactor.text(some, QStringLiteral("metrics"));
        if (some.isEmpty() || lines.write(redacted) != redacted.size()) {
            (void)fail(some.isEmpty() ? body.errorString() : lines.errorString());
            return;
        }
    }
    if (m_options.redact && !lines.flush()) {
        (void)fail(lines.errorString());
        return;
    }
    QIODevice& content = m_options.redact ? static_cast<QIODevice&>(lines) : body;
    answer.bytes = content.size();
    write(answer.file, content);
    index(part, std::move(answer));
}

void Book::skip(Part& part, const QString& path, const base::Error& error)
{
    const std::lock_guard lock(m_mutex);
    part.skipped.push_back({placed(path), stateOf(error), redacted(error)});
}

Json Book::indexOf(const Part& part) const
{
    const std::lock_guard lock(m_mutex);
    return toJson(part.index);
}

base::Result<void> Book::add(const QByteArray& name, const Json& json)
{
    const std::lock_guard lock(m_mutex);
    if (m_error)
        return base::failure(*m_error);
    const std::string text = json.dump(1, ' ', false, Json::error_handler_t::replace);
    return m_archive->add(name, QByteArray(text.data(), static_cast<qsizetype>(text.size())));
}

std::optional<base::Error> Book::error() const
{
    const std::lock_guard lock(m_mutex);
    return m_error;
}

std::vector<Redacted> Book::redacted() const
{
    const std::lock_guard lock(m_mutex);
    return m_redactor.redacted();
}

QString Book::address(const QString& url)
{
    const std::lock_guard lock(m_mutex);
    return m_options.redact ? m_redactor.address(url) : url;
}

void Book::redact(Json& json)
{
    const std::lock_guard lock(m_mutex);
    if (m_options.redact)
        m_redactor.json(json);
}

base::Result<void> Book::finish()
{
    const std::lock_guard lock(m_mutex);
    if (m_error)
        return base::failure(*m_error);
    return m_archive->finish();
}

ListWriter::ListWriter(std::shared_ptr<Book> book, std::shared_ptr<Book::Part> part, kube::ApiResource kind,
                       QString nameSpace, Of what)
    : m_book(std::move(book)),
      m_part(std::move(part)),
      m_kind(std::move(kind)),
      m_nameSpace(std::move(nameSpace)),
      m_what(what)
{
}

kube::PageTaker ListWriter::taker(const std::shared_ptr<ListWriter>& self)
{
    return {.restart = [self] { self->restart(); }, .take = [self](const Reply& page) { return self->take(page); }};
}

void ListWriter::restart()
{
    m_spool.resize(0);
    m_spool.seek(0);
    m_rest = {};
    m_items = 0;
    m_logs.clear();
}

base::Result<QString> ListWriter::take(const Reply& reply)
{
    const std::lock_guard lock(m_book->m_mutex);
    ++m_part->requests;
    if (!m_spool.isOpen() && !m_spool.open())
        return base::failure(m_book->fail(m_spool.errorString()));
    kube::ItemSplitter splitter(m_what == Of::Items ? "items" : "rows");
    std::vector<QByteArray> items; // until it is known what their columns are called
    const auto split = splitter.take(reply.body, [&items](std::string_view json, std::size_t) -> base::Result<void> {
        items.emplace_back(json.data(), static_cast<qsizetype>(json.size()));
        return {};
    });
    if (!split)
        return base::failure(split.error());
    const auto left = splitter.finish();
    if (!left)
        return base::failure(left.error());
    auto json = kube::parseJson(*left);
    if (!json)
        return base::failure(json.error());
    QStringList columns;
    for (const Json& column : kube::elements(*json, {"columnDefinitions"}))
        columns += kube::rawText(column, {"name"});
    if (!columns.isEmpty())
        m_columns = columns;
    for (const QByteArray& item : items)
        if (auto taken = takeItem(item); !taken)
            return base::failure(taken.error());
    if (m_spool.write(m_page) != m_page.size() || !m_spool.flush())
        return base::failure(m_book->fail(m_spool.errorString()));
    m_page.clear();
    if (m_rest.is_null()) {
        m_rest = *json;
        m_version = kube::rawText(*json, {"metadata", "resourceVersion"});
        m_isTable = kube::rawText(*json, {"kind"}) == QLatin1String("Table");
    }
    return kube::rawText(*json, {"metadata", "continue"});
}

base::Result<void> ListWriter::takeItem(const QByteArray& text)
{
    m_page += m_items++ > 0 ? ",\n" : "\n";
    const bool looksForLogs = m_what == Of::Items && m_kind.key() == QLatin1String("pods");
    if (!m_book->m_options.redact && !looksForLogs) {
        m_page += text;
        return {};
    }
    auto item = kube::parseJson(text);
    if (!item)
        return base::failure(item.error());
    if (looksForLogs)
        wantLogs(*item);
    bool changed = false;
    if (m_book->m_options.redact) {
        if (m_what == Of::Items) {
            m_book->m_redactor.learn(*item, m_kind.apiVersion(), m_kind.kind);
            changed = m_book->m_redactor.object(*item, m_kind.apiVersion(), m_kind.kind);
        } else {
            changed = m_book->m_redactor.row(*item, m_kind.apiVersion(), m_kind.kind, m_columns);
        }
    }
    m_page += changed ? kube::toBytes(*item) : text;
    return {};
}

void ListWriter::wantLogs(const Json& pod)
{
    if (m_part->logs.size() + m_logs.size() >= MostLogs)
        return;
    const auto look = [&](const char* which, bool isInit) {
        for (const Json& each : kube::elements(pod, {"status", which})) {
            const Json& state = kube::at(each, {"state"});
            const bool failed = kube::number(state, {"terminated", "exitCode"}).value_or(0) != 0;
            const bool restarted = kube::number(each, {"restartCount"}).value_or(0) > 0;
            const bool isUnready = !isInit && !kube::flag(each, {"ready"}) &&
                                   kube::rawText(state, {"terminated", "reason"}) != QLatin1String("Completed");
            const bool isSick = failed || isUnready || isWaitingBadly(state);
            const bool everRan = restarted || !kube::rawText(each, {"containerID"}).isEmpty();
            if ((!isSick && !restarted) || !everRan)
                continue;
            LogWanted wanted{.nameSpace = kube::rawText(pod, {"metadata", "namespace"}),
                             .pod = kube::rawText(pod, {"metadata", "name"}),
                             .container = kube::rawText(each, {"name"}),
                             .isSick = isSick};
            m_logs.push_back(wanted);
            if (restarted) {
                wanted.previous = true;
                m_logs.push_back(wanted);
            }
        }
    };
    look("initContainerStatuses", true);
    look("containerStatuses", false);
}

Listing ListWriter::end(const Request& request, const base::Result<transport::ReplyHead>& last)
{
    const std::lock_guard lock(m_book->m_mutex);
    Listing listing{.resourceVersion = m_version};
    Answer answer{.holds = m_what == Of::Items ? Answer::Holds::List : Answer::Holds::Table,
                  .path = request.path,
                  .query = request.query,
                  .accept = acceptOf(request),
                  .at = QDateTime::currentDateTimeUtc(),
                  .items = m_items,
                  .resourceVersion = m_version};
    if (!last) {
        listing.error = last.error();
        if (m_what == Of::Rows || last.error().kind == base::ErrorKind::Canceled)
            return listing;
        const base::Error error = m_book->redacted(last.error());
        m_part->skipped.push_back({QString::fromLatin1(request.path), stateOf(error), error});
        answer.items = 0;
        answer.status = error.httpStatus >= 300 ? error.httpStatus : 0;
        answer.error = error;
        if (answer.status > 0) {
            answer.headers = {{"Content-Type", "application/json"}};
            const QByteArray body = statusBody(error);
            answer.bytes = body.size();
            answer.file = m_book->writeBody(*m_part, body);
        }
        listing.place = m_book->index(*m_part, std::move(answer));
        return listing;
    }
    if (m_what == Of::Rows && !m_isTable)
        return listing;
    answer.status = last->status;
    answer.headers = keptHeaders(*last);
    const char* member = m_what == Of::Items ? "items" : "rows";
    m_rest.erase(member);
    if (m_rest.contains("metadata") && m_rest["metadata"].is_object()) {
        m_rest["metadata"].erase("continue");
        m_rest["metadata"].erase("remainingItemCount");
    }
    QByteArray head = kube::toBytes(m_rest);
    head.chop(1);
    head += (m_rest.empty() ? "\"" : ",\"") + QByteArray(member) + "\":[";
    const QByteArray tail = "\n]}\n";
    answer.bytes = head.size() + m_spool.size() + tail.size();
    answer.file = m_part->folder + "kinds/" + (m_kind.group.isEmpty() ? QByteArray("core") : m_kind.group.toUtf8()) +
                  '/' + m_kind.version.toUtf8() + '/' + m_kind.resource.toUtf8() +
                  (m_nameSpace.isEmpty() ? QByteArray() : "/namespaces/" + m_nameSpace.toUtf8()) +
                  (m_what == Of::Items ? "/list.json" : "/table.json");
    // What a server calls its kinds is its own business.
    if (!isSafeName(answer.file) || m_book->m_names.contains(answer.file))
        answer.file = m_book->nameFor(*m_part, ".json");
    m_book->m_names.insert(answer.file);
    m_book->write(answer.file, m_spool, head, tail);
    m_part->logs.insert(m_part->logs.end(), m_logs.begin(), m_logs.end());
    listing.place = m_book->index(*m_part, std::move(answer));
    return listing;
}

} // namespace snapshot
