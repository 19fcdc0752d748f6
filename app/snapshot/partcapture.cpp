#include "app/snapshot/partcapture.h"

#include "app/kube/discovery.h"
#include "app/kube/jsonread.h"
#include "app/kube/table.h"

#include <algorithm>
#include <utility>

namespace snapshot {
namespace {

using kube::Json;
using transport::Request;

constexpr int AtOnce = 4;
constexpr std::size_t MostLogs = 200;
constexpr std::chrono::seconds GroupSilence{10}; // an API service that is down is not waited for
constexpr std::chrono::seconds LogSilence{15};

Request post(const QByteArray& path, const Json& body)
{
    return {.verb = "POST",
            .path = path,
            .headers = {{"Content-Type", "application/json"}},
            .body = kube::toBytes(body),
            .silence = GroupSilence};
}

int rankOf(const kube::ApiResource& kind)
{
    if (kind.key() == QLatin1String("secrets"))
        return 0;
    const bool tellsAddresses = kind.key() == QLatin1String("nodes") ||
                                kind.key() == QLatin1String("endpointslices.discovery.k8s.io") ||
                                kind.key() == QLatin1String("clusters.platform.tkestack.io") ||
                                kind.key() == QLatin1String("clustercredentials.platform.tkestack.io") ||
                                kind.key() == QLatin1String("machines.platform.tkestack.io");
    return tellsAddresses ? 1 : 2;
}

} // namespace

PartCapture::PartCapture(const kube::Client& client, std::shared_ptr<Book> book, std::shared_ptr<Book::Part> part,
                         Options options, QObject* parent)
    : QObject(parent),
      m_client(client),
      m_book(book),
      m_part(part),
      m_options(std::move(options)),
      m_recorder(client.transport(), std::move(book), std::move(part)),
      m_recorded(&m_recorder)
{
}

template <typename T, typename F> void PartCapture::count(base::Call<T> call, F take)
{
    ++m_open;
    m_calls.follow(std::move(call), [this, take = std::move(take)](const base::Result<T>& answer) {
        take(answer);
        if (--m_open == 0 && m_whenAnswered)
            std::exchange(m_whenAnswered, nullptr)();
    });
}

void PartCapture::ask(Request request)
{
    count(m_recorded.ask(std::move(request)), [](const base::Result<transport::Reply>&) {});
}

void PartCapture::whenAnswered(std::function<void()> next)
{
    if (m_open == 0)
        next();
    else
        m_whenAnswered = std::move(next);
}

void PartCapture::start()
{
    if (!m_options.kinds.empty()) {
        m_waiting = {m_options.kinds.begin(), m_options.kinds.end()};
        m_kinds = static_cast<int>(m_waiting.size());
        nextKinds();
        return;
    }
    emit progressed(CaptureProgress::Step::Discovery, {}, 0, 0);
    m_calls.follow(kube::discover(m_recorded), [this](const base::Result<kube::ApiCatalog>& catalog) {
        if (!catalog) {
            m_error = catalog.error();
            emit finished();
            return;
        }
        m_catalog = *catalog;
        m_part->index.stale = catalog->stale;
        count(kube::serverVersion(m_recorded), [this](const base::Result<kube::ServerVersion>& version) {
            if (version)
                m_gitVersion = version->gitVersion;
        });
        count(kube::clusterUid(m_recorded), [this](const base::Result<QString>& uid) {
            if (uid)
                m_uid = *uid;
        });
        m_calls.follow(m_recorded.askJson({.path = "/apis"}),
                       [this](const base::Result<Json>& groups) { askGroups(groups); });
    });
}

void PartCapture::askGroups(const base::Result<Json>& groups)
{
    ask({.path = "/api"});
    ask({.path = "/api/v1"});
    ask({.path = "/readyz", .query = {{QStringLiteral("verbose"), {}}}, .silence = GroupSilence});
    ask({.path = "/livez", .query = {{QStringLiteral("verbose"), {}}}, .silence = GroupSilence});
    if (groups)
        for (const Json& group : kube::elements(*groups, {"groups"})) {
            const QString name = kube::rawText(group, {"name"});
            ask({.path = transport::path({QStringLiteral("apis"), name}), .silence = GroupSilence});
            for (const Json& version : kube::elements(group, {"versions"}))
                ask({.path = transport::path({QStringLiteral("apis"), name, kube::rawText(version, {"version"})}),
                     .silence = GroupSilence});
        }
    whenAnswered([this] { askRules(); });
}

void PartCapture::askRules()
{
    count(m_recorded.askJson(post("/apis/authentication.k8s.io/v1/selfsubjectreviews",
                                  {{"apiVersion", "authentication.k8s.io/v1"}, {"kind", "SelfSubjectReview"}})),
          [this](const base::Result<Json>& answer) {
              if (answer)
                  m_user = kube::rawText(*answer, {"status", "userInfo", "username"});
          });
    QStringList spaces{m_options.nameSpace, QStringLiteral("default"), QStringLiteral("kube-system")};
    spaces.removeAll({});
    spaces.removeDuplicates();
    for (const QString& space : spaces)
        ask(post("/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
                 {{"apiVersion", "authorization.k8s.io/v1"},
                  {"kind", "SelfSubjectRulesReview"},
                  {"spec", {{"namespace", space.toStdString()}}}}));
    whenAnswered([this] { askKinds(); });
}

void PartCapture::askKinds()
{
    std::vector<QByteArray> paths;
    for (const kube::ApiResource& kind : m_catalog.resources) {
        if (!kind.can(QLatin1String("list")))
            continue;
        paths.push_back(kind.path());
        m_waiting.push_back(kind);
    }
    // What they hide, or where they are, is looked for in everything that comes after them.
    std::ranges::stable_sort(m_waiting, std::ranges::less{},
                             [](const kube::ApiResource& kind) { return rankOf(kind); });
    m_recorder.setLists(paths);
    m_kinds = static_cast<int>(m_waiting.size());
    nextKinds();
}

void PartCapture::nextKinds()
{
    while (!m_waiting.empty() && m_underWay < AtOnce) {
        const kube::ApiResource kind = m_waiting.front();
        if (m_underWay > 0 && rankOf(kind) != m_rank) // one after the other
            return;
        m_rank = rankOf(kind);
        m_waiting.pop_front();
        ++m_underWay;
        emit progressed(CaptureProgress::Step::Kinds, kind.key(), m_done, m_kinds);
        list(kind, {});
    }
    // Once: a kind that is answered at once comes here from within list().
    if (m_waiting.empty() && m_underWay == 0 && !std::exchange(m_hasKinds, true))
        nextLogs();
}

void PartCapture::list(const kube::ApiResource& kind, const QString& nameSpace)
{
    auto writer = std::make_shared<ListWriter>(m_book, m_part, kind, nameSpace, ListWriter::Of::Items);
    const Request request{.path = kind.path(nameSpace)};
    auto written = base::mapped<Listing>(
        kube::readPages(m_client, request, ListWriter::taker(writer)),
        [writer, request](const base::Result<transport::ReplyHead>& last) { return writer->end(request, last); });
    m_calls.follow(std::move(written), [this, kind, nameSpace](const base::Result<Listing>& listing) {
        if (!listing)
            return;
        Captured captured{.kind = kind, .nameSpace = nameSpace};
        captured.list = listing->place;
        const bool isForbidden = listing->error && listing->error->kind == base::ErrorKind::Forbidden;
        if (!listing->error) {
            table(captured, listing->resourceVersion, true);
        } else if (isForbidden && kind.namespaced && nameSpace.isEmpty()) {
            m_part->index.captured.push_back(captured);
            list(kind, m_options.nameSpace.isEmpty() ? QStringLiteral("default") : m_options.nameSpace);
        } else {
            kindDone(captured);
        }
    });
}

void PartCapture::table(const Captured& captured, const QString& version, bool exactly)
{
    auto writer = std::make_shared<ListWriter>(m_book, m_part, captured.kind, captured.nameSpace, ListWriter::Of::Rows);
    Request request{.path = captured.kind.path(captured.nameSpace),
                    .query = {{QStringLiteral("includeObject"), QStringLiteral("Metadata")}}};
    request.headers.emplace_back("Accept", kube::TableAccept);
    std::vector<std::pair<QString, QString>> first;
    if (exactly && !version.isEmpty() && version != QLatin1String("0"))
        first = {{QStringLiteral("resourceVersion"), version},
                 {QStringLiteral("resourceVersionMatch"), QStringLiteral("Exact")}};
    const bool canRetry = !first.empty();
    auto written = base::mapped<Listing>(
        kube::readPages(m_client, request, ListWriter::taker(writer), std::move(first)),
        [writer, request](const base::Result<transport::ReplyHead>& last) { return writer->end(request, last); });
    m_calls.follow(std::move(written), [this, captured, version, canRetry](const base::Result<Listing>& listing) {
        if (!listing)
            return;
        if (listing->error && canRetry) { // an older server, or the version is gone: as it is now
            table(captured, version, false);
            return;
        }
        // Without one the server makes none of this kind, and 406 is how some say so.
        if (listing->error && listing->error->httpStatus != 406)
            m_book->skip(*m_part,
                         QString::fromLatin1(captured.kind.path(captured.nameSpace)) + QStringLiteral(" (Table)"),
                         *listing->error);
        Captured whole = captured;
        whole.table = listing->place;
        kindDone(std::move(whole));
    });
}

void PartCapture::kindDone(Captured captured)
{
    m_part->index.captured.push_back(std::move(captured));
    --m_underWay;
    ++m_done;
    nextKinds();
}

void PartCapture::nextLogs()
{
    auto& logs = m_part->logs;
    if (m_nextLog == 0) {
        std::ranges::stable_partition(logs, &LogWanted::isSick);
        logs.resize(std::min(logs.size(), MostLogs));
    }
    if (!m_options.kinds.empty() || m_nextLog >= logs.size()) {
        whenAnswered([this] { emit finished(); });
        return;
    }
    emit progressed(CaptureProgress::Step::Logs, logs[m_nextLog].pod, static_cast<int>(m_nextLog),
                    static_cast<int>(logs.size()));
    for (int i = 0; i < AtOnce && m_nextLog < logs.size(); ++i, ++m_nextLog) {
        const LogWanted& log = logs[m_nextLog];
        Request request{.path =
                            transport::path({QStringLiteral("api"), QStringLiteral("v1"), QStringLiteral("namespaces"),
                                             log.nameSpace, QStringLiteral("pods"), log.pod, QStringLiteral("log")}),
                        .query = {{QStringLiteral("container"), log.container},
                                  {QStringLiteral("tailLines"), QStringLiteral("300")},
                                  {QStringLiteral("limitBytes"), QStringLiteral("262144")},
                                  {QStringLiteral("timestamps"), QStringLiteral("true")}},
                        .headers = {{"Accept", "*/*"}},
                        .silence = LogSilence,
                        .mostBytes = 1 << 20};
        if (log.previous)
            request.query.emplace_back(QStringLiteral("previous"), QStringLiteral("true"));
        ask(std::move(request));
    }
    whenAnswered([this] { nextLogs(); });
}

} // namespace snapshot
