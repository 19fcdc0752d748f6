#include "app/snapshot/snapshot.h"

#include "app/base/visible.h"
#include "app/kube/jsonread.h"
#include "app/snapshot/target.h"

#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <algorithm>

namespace snapshot {
namespace {

using kube::Json;
using transport::Reply;
using transport::Request;

constexpr qint64 MostIndexBytes = 16LL << 20;
constexpr qint64 MostListBytes = 4LL << 30;
const QString DemoFile = QStringLiteral(":/demo/demo.alidade");

Reply plain(int status, const QByteArray& body)
{
    return {{status, {{"Content-Type", "text/plain; charset=utf-8"}}}, body};
}

/// A query's value of a PromQL question that is asked "now" is another each time.
bool saysHowOnly(const QByteArray& path, const QString& name)
{
    if (name == QLatin1String("timeout") || name == QLatin1String("timeoutSeconds"))
        return true;
    return name == QLatin1String("time") && path.contains("/proxy/") && path.endsWith("/query");
}

} // namespace

std::vector<transport::Header> headersOf(const Answer& answer)
{
    std::vector<transport::Header> headers = answer.headers;
    if (transport::ReplyHead{answer.status, headers}.header("Date").isEmpty() && answer.at.isValid())
        headers.emplace_back(
            "Date", QLocale::c().toString(answer.at, QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'")).toLatin1());
    return headers;
}

QByteArray acceptOf(const Request& request)
{
    for (const auto& [name, value] : request.headers)
        if (name.compare("Accept", Qt::CaseInsensitive) == 0)
            return value;
    return {};
}

QByteArray keyOf(const QByteArray& verb, const QByteArray& path, std::vector<std::pair<QString, QString>> query,
                 const QByteArray& body)
{
    std::erase_if(query, [&](const auto& each) { return saysHowOnly(path, each.first); });
    std::ranges::sort(query);
    return verb + ' ' + Request{.path = path, .query = std::move(query)}.target() + '\n' + body;
}

base::Result<std::shared_ptr<const Snapshot>> Snapshot::open(const QString& file)
{
    const auto opened = [&]() -> base::Result<std::unique_ptr<ArchiveReader>> {
        if (file != QLatin1String("demo"))
            return ArchiveReader::open(file);
        QFile demo(DemoFile);
        if (!demo.open(QIODevice::ReadOnly))
            return base::failure({.kind = base::ErrorKind::BadConfig, .reason = QStringLiteral("demoMissing")});
        return ArchiveReader::open(demo.readAll(), {});
    };
    auto archive = opened();
    if (archive)
        return open(std::move(*archive), file);
    base::Error error = archive.error();
    error.ofWhom = base::visible(file);
    return base::failure(std::move(error));
}

base::Result<std::shared_ptr<const Snapshot>> Snapshot::open(std::unique_ptr<ArchiveReader> archive,
                                                             const QString& file)
{
    const std::shared_ptr<Snapshot> snapshot(new Snapshot);
    snapshot->m_archive = std::move(archive);
    if (auto read = snapshot->read(file); !read)
        return base::failure(snapshot->aboutFile(read.error()));
    return snapshot;
}

base::Result<void> Snapshot::read(const QString& file)
{
    m_file = file;
    m_size = QFileInfo(file).size();
    m_modified = QFileInfo(file).lastModified();
    if (!m_archive->has(m_folder + ManifestName) || !m_archive->has(m_folder + IndexName))
        return base::failure({.kind = base::ErrorKind::BadAnswer, .reason = QStringLiteral("notASnapshot")});
    const auto take = [&](const char* name, auto parse, auto& into) -> base::Result<void> {
        const auto text = m_archive->read(m_folder + name, MostIndexBytes);
        const auto json = text ? kube::parseJson(*text) : base::failure(text.error());
        auto value = json ? parse(*json) : base::failure(json.error());
        if (!value)
            return base::failure(value.error());
        into = std::move(*value);
        return {};
    };
    if (auto taken = take(ManifestName, manifestFrom, m_manifest); !taken)
        return taken;
    if (auto taken = take(IndexName, indexFrom, m_index); !taken)
        return taken;
    const auto asItIs = [](const Json& json) -> base::Result<Json> { return json; };
    if (m_archive->has(m_folder + EndpointsName))
        if (auto taken = take(EndpointsName, asItIs, m_endpoints); !taken)
            return taken;
    for (std::size_t i = 0; i < m_index.answers.size(); ++i) {
        const Answer& each = m_index.answers[i];
        if (each.holds == Answer::Holds::Body)
            m_recorded.insert(keyOf(each.verb, each.path, each.query, each.request), static_cast<int>(i));
    }
    return {};
}

base::Result<std::shared_ptr<const Snapshot>> Snapshot::member(const QString& name) const
{
    const std::lock_guard lock(m_memberMutex);
    if (const auto found = m_members.constFind(name); found != m_members.constEnd())
        return *found;
    const std::shared_ptr<Snapshot> member(new Snapshot);
    member->m_archive = m_archive;
    member->m_folder = "members/" + name.toUtf8() + '/';
    if (!m_archive->has(member->m_folder + ManifestName)) {
        // Why the capture did not get there is told as it was.
        for (const Skipped& each : m_manifest.skipped)
            if (each.path == QStringLiteral("members/") + name)
                return base::failure(each.error);
        return base::failure({.kind = base::ErrorKind::NotCaptured,
                              .reason = QStringLiteral("notCaptured"),
                              .ofWhom = base::visible(m_file)});
    }
    if (auto read = member->read(m_file); !read)
        return base::failure(aboutFile(read.error()));
    m_members.insert(name, member);
    return std::shared_ptr<const Snapshot>(member);
}

base::Error Snapshot::aboutFile(base::Error error) const
{
    error.ofWhom = base::visible(m_file);
    return error;
}

bool Snapshot::isReplaced() const
{
    if (m_file == QLatin1String("demo"))
        return false;
    const QFileInfo now(m_file);
    return now.exists() && (now.size() != m_size || now.lastModified() != m_modified);
}

base::Error Snapshot::lacks(const Request& request) const
{
    return {.kind = base::ErrorKind::NotCaptured,
            .reason = QStringLiteral("notCaptured"),
            .asked = QString::fromLatin1(request.verb + ' ' + request.target()),
            .ofWhom = base::visible(m_file)};
}

const Answer* Snapshot::recorded(const Request& request) const
{
    const QByteArray accept = acceptOf(request);
    const Answer* plainest = nullptr;
    for (const int place : m_recorded.values(keyOf(request.verb, request.path, request.query, request.body))) {
        const Answer& each = m_index.answers[static_cast<std::size_t>(place)];
        if (each.accept == accept)
            return &each;
        if (!plainest || each.accept.isEmpty())
            plainest = &each;
    }
    return plainest;
}

base::Result<Reply> Snapshot::replay(const Answer& answer, const Request& request) const
{
    if (answer.status == 0) {
        base::Error error = answer.error.value_or(lacks(request));
        error.asked = QString::fromLatin1(request.verb + ' ' + request.target());
        error.ofWhom = base::visible(m_file);
        return base::failure(std::move(error));
    }
    Reply reply{{answer.status, headersOf(answer)}, {}};
    if (answer.file.isEmpty())
        return reply;
    auto body = m_archive->read(answer.file, request.mostBytes);
    if (!body)
        return base::failure(aboutFile(body.error()));
    reply.body = std::move(*body);
    return reply;
}

base::Result<void> give(const base::Result<Reply>& reply, AnswerSink& sink)
{
    if (!reply)
        return base::failure(reply.error());
    sink.head(reply->head);
    return sink.body(reply->body);
}

base::Result<Reply> Snapshot::answer(const Request& request) const
{
    class Whole final : public AnswerSink {
    public:
        void head(const transport::ReplyHead& head) override { reply.head = head; }
        base::Result<void> body(QByteArrayView part) override
        {
            reply.body.append(part);
            return {};
        }
        Reply reply;
    } whole;
    if (auto answered = answer(request, whole); !answered)
        return base::failure(answered.error());
    return std::move(whole.reply);
}

base::Result<void> Snapshot::answer(const Request& request, AnswerSink& sink) const
{
    for (const auto& [name, value] : request.headers)
        if (name.startsWith("Impersonate-")) // what somebody else would be told was not asked
            return base::failure(lacks(request));
    const Answer* then = recorded(request);
    if (then)
        return give(replay(*then, request), sink);
    if (request.verb != "GET") {
        if (request.verb == "POST" && request.path.contains("/selfsubjectaccessreviews"))
            return give(answerReview(request), sink);
        return base::failure({.kind = base::ErrorKind::ReadOnly,
                              .reason = QStringLiteral("snapshotReadOnly"),
                              .asked = QString::fromLatin1(request.verb + ' ' + request.target()),
                              .ofWhom = base::visible(m_file)});
    }
    if (request.path == "/livez" || request.path == "/healthz") // the heart of a file
        return give(plain(200, "ok"), sink);
    const auto target = Target::of(request.path);
    if (!target)
        return base::failure(lacks(request));
    if (target->resource == QLatin1String("pods") && target->subresource == QLatin1String("log"))
        return give(answerLog(*target, request), sink);
    const Captured* of = captured(*target);
    if (!of)
        return give(answerUnknown(*target, request), sink);
    const Answer& list = m_index.answers[static_cast<std::size_t>(of->list)];
    if (!list.isOk()) {
        // Who may not list may be allowed to see one: nobody asked.
        return give(target->name.isEmpty() ? replay(list, request) : base::failure(lacks(request)), sink);
    }
    if (const auto holds = holdsAnswer(*of, *target, request); !holds || !*holds)
        return base::failure(holds ? lacks(request) : holds.error());
    if (target->name.isEmpty())
        return answerList(*target, *of, request, sink);
    if (target->subresource.isEmpty() || target->subresource == QLatin1String("status"))
        return give(answerObject(*target, *of, request), sink);
    return base::failure(lacks(request));
}

const Captured* Snapshot::captured(const Target& target) const
{
    const Captured* everywhere = nullptr;
    for (const Captured& each : m_index.captured) {
        if (each.kind.group != target.group || each.kind.version != target.version ||
            each.kind.resource != target.resource)
            continue;
        if (each.nameSpace == target.nameSpace)
            return &each;
        if (each.nameSpace.isEmpty())
            everywhere = &each;
    }
    if (!everywhere || target.nameSpace.isEmpty())
        return everywhere;
    // A list of all that was refused says nothing of one namespace.
    return m_index.answers[static_cast<std::size_t>(everywhere->list)].isOk() ? everywhere : nullptr;
}

/// Whether the server's own list of its group versions has it; nothing where that list was not asked for.
std::optional<bool> Snapshot::isNamed(const QString& group, const QString& version) const
{
    const Answer* then = recorded({.path = group.isEmpty() ? "/api" : "/apis"});
    const auto body = then ? replay(*then, Request{.path = then->path}) : base::failure(base::Error{});
    const auto list = body && body->head.status == 200 ? kube::parseJson(body->body) : base::failure(base::Error{});
    if (!list || !(kube::at(*list, {"groups"}).is_array() || kube::at(*list, {"versions"}).is_array()))
        return std::nullopt;
    for (const Json& each : kube::elements(*list, {"versions"}))
        if (group.isEmpty() && kube::rawText(each) == version)
            return true;
    for (const Json& each : kube::elements(*list, {"groups"}))
        if (!group.isEmpty() && kube::rawText(each, {"name"}) == group)
            for (const Json& of : kube::elements(each, {"versions"}))
                if (kube::rawText(of, {"version"}) == version)
                    return true;
    return false;
}

std::optional<bool> Snapshot::isServed(const QString& group, const QString& version, const QString& resource) const
{
    const QByteArray path =
        group.isEmpty() ? "/api/" + version.toUtf8() : "/apis/" + group.toUtf8() + '/' + version.toUtf8();
    const auto place = m_recorded.constFind(keyOf("GET", path, {}, {}));
    if (place == m_recorded.constEnd())
        return isNamed(group, version) == false ? std::optional(false) : std::nullopt;
    const auto body = replay(m_index.answers[static_cast<std::size_t>(*place)], Request{.path = path});
    if (!body || body->head.status != 200)
        return body && body->head.status == 404 ? std::optional(false) : std::nullopt;
    const auto kinds = kube::parseJson(body->body);
    if (!kinds)
        return std::nullopt;
    return std::ranges::any_of(kube::elements(*kinds, {"resources"}),
                               [&](const Json& each) { return kube::rawText(each, {"name"}) == resource; });
}

base::Result<Reply> Snapshot::answerUnknown(const Target& target, const Request& request) const
{
    const auto served = isServed(target.group, target.version, target.resource);
    if (served && !*served)
        return plain(404, "404 page not found\n");
    if (!served)
        for (const kube::StaleGroup& stale : m_index.stale)
            if (stale.group == target.group && stale.version == target.version)
                return plain(503, stale.said.toUtf8());
    return base::failure(lacks(request));
}

base::Result<std::shared_ptr<const Listed>> Snapshot::listed(int answer, Listed::Of what) const
{
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_listed.constFind(answer); found != m_listed.constEnd())
        return *found;
    auto read = Listed::read(*m_archive, m_index.answers[static_cast<std::size_t>(answer)].file, what, MostListBytes);
    if (!read)
        return base::failure(aboutFile(read.error()));
    m_listed.insert(answer, *read);
    return read;
}

} // namespace snapshot
