#include "app/kube/reflector.h"

#include "app/base/logging.h"
#include "app/kube/errors.h"
#include "app/kube/httpdate.h"
#include "app/kube/json.h"

#include <QRandomGenerator>

namespace kube {
namespace {

namespace ondemand = simdjson::ondemand;
using base::ErrorKind;

constexpr int PageSize = 500;
constexpr std::size_t FirstBatch = 40; // rows: the first screen
constexpr qint64 BatchMs = 200;        // each batch costs the GUI thread an insert and a repaint
constexpr std::chrono::milliseconds EventBatch{50};
constexpr std::chrono::milliseconds ListSilence{60'000};
constexpr std::chrono::milliseconds WatchSilence{120'000}; // bookmarks come about once a minute
constexpr std::chrono::milliseconds CheckSilence{10'000};
constexpr qint64 ShortWatchMs = 1000;

/// Versions of one etcd compare as numbers; what is none is not older than anything.
bool isOlder(const QString& version, const QString& than)
{
    bool isNumber = false;
    bool isOtherNumber = false;
    const quint64 number = version.toULongLong(&isNumber);
    const quint64 other = than.toULongLong(&isOtherNumber);
    return isNumber && isOtherNumber && number < other;
}

QString listVersionIn(const QByteArray& body)
{
    const auto json = parseJson(body);
    if (!json || !json->is_object())
        return {};
    const auto metadata = json->find("metadata");
    if (metadata == json->end() || !metadata->is_object())
        return {};
    const auto version = metadata->find("resourceVersion");
    return version != metadata->end() && version->is_string() ? QString::fromStdString(version->get<std::string>())
                                                              : QString();
}

/// What a refusal will not become by asking again.
bool isFinal(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Unauthorized:
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::Invalid:
    case ErrorKind::Redirect:
    case ErrorKind::BadConfig:
    case ErrorKind::Limit:
        return true;
    default:
        return false;
    }
}

} // namespace

/// The reflector outlives its sinks' calls: it aborts the stream, in this thread, before it goes.
class Reflector::ListSink final : public transport::StreamSink {
public:
    explicit ListSink(Reflector* reflector) : m_reflector(reflector) {}
    void answered(const transport::ReplyHead& head) override { m_reflector->takeListHead(head); }
    void refused(const transport::Reply& reply) override { m_reflector->endPage(base::failure(errorFrom(reply))); }
    std::span<char> space() override { return m_reflector->m_reader->space(); }
    base::Result<void> commit(std::size_t count) override { return m_reflector->takeListBytes(count); }
    void finished(const base::Result<void>& end) override { m_reflector->endPage(end); }

private:
    Reflector* m_reflector;
};

class Reflector::WatchSink final : public transport::StreamSink {
public:
    explicit WatchSink(Reflector* reflector) : m_reflector(reflector) {}
    void answered(const transport::ReplyHead&) override { m_reflector->setState(FeedState::Phase::Live); }
    void refused(const transport::Reply& reply) override { m_reflector->endWatch(base::failure(errorFrom(reply))); }
    std::span<char> space() override { return m_reflector->m_frames.space(); }
    base::Result<void> commit(std::size_t count) override
    {
        return m_reflector->m_frames.commit(count, [this](std::string_view json, std::size_t readable) {
            return m_reflector->takeFrame(json, readable);
        });
    }
    void finished(const base::Result<void>& end) override { m_reflector->endWatch(end); }

private:
    Reflector* m_reflector;
};

Reflector::Reflector(transport::Transport* transport, Options options)
    : m_transport(transport),
      m_options(std::move(options)),
      m_reader(makeRowReader(m_options.resource)),
      m_pause(this),
      m_flush(this)
{
    m_pause.setSingleShot(true);
    m_pause.setTimerType(Qt::PreciseTimer); // others come up to 5 % early: before the time that a server asked for
    m_flush.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (m_next == Step::Listing)
            list();
        else if (m_next == Step::Checking)
            check();
        else
            watch();
    });
    connect(&m_flush, &QTimer::timeout, this, &Reflector::flushEvents);
}

Reflector::~Reflector()
{
    dropCheck();
}

void Reflector::start()
{
    list();
}

void Reflector::relist()
{
    m_version.clear();
    list();
}

void Reflector::retryNow()
{
    m_backoff.reset();
    if (m_step != Step::Pausing)
        return;
    m_pause.start(0);
}

void Reflector::pathMoved()
{
    m_backoff.reset();
    m_moved = true;
    switch (m_step) {
    case Step::Idle:
        break;
    case Step::Listing:
        list();
        break;
    case Step::Pausing:
        if (m_next == Step::Listing)
            list();
        else
            check();
        break;
    case Step::Checking:
    case Step::Watching:
        check();
        break;
    }
}

void Reflector::breakOff(const base::Error& error)
{
    if (m_step == Step::Idle || m_step == Step::Pausing)
        return;
    m_stream.abort();
    dropCheck();
    if (m_step == Step::Listing)
        failList(error);
    else if (m_step == Step::Checking)
        pauseThen(Step::Checking, error);
    else
        endWatch(base::failure(error));
}

bool Reflector::isPaged() const
{
    return m_continues && !(m_reader->isStreamed() && m_options.serverStreams);
}

void Reflector::list()
{
    flushEvents();
    m_pause.stop();
    m_stream.abort();
    dropCheck();
    m_step = Step::Listing;
    m_continue.clear();
    m_continues = true;
    m_listVersion = m_everListed ? m_version : m_moved ? QString() : QStringLiteral("0");
    if (m_reader->builder())
        m_reader->builder()->discardRows();
    m_partWasShown = m_partWasShown || (!m_everListed && m_toldColumns);
    m_shownAsItComes = !m_everListed && !m_partWasShown;
    if (!m_everListed)
        setState(FeedState::Phase::Loading);
    m_sinceFlush.start();
    requestPage();
}

void Reflector::requestPage()
{
    transport::Request request;
    request.path = m_options.resource.path(m_options.scope.nameSpace);
    request.headers.emplace_back("Accept", m_reader->accept());
    request.query = m_reader->query();
    if (!m_options.scope.labelSelector.isEmpty())
        request.query.emplace_back(QStringLiteral("labelSelector"), m_options.scope.labelSelector);
    if (!m_options.scope.fieldSelector.isEmpty())
        request.query.emplace_back(QStringLiteral("fieldSelector"), m_options.scope.fieldSelector);
    if (isPaged()) {
        // With a version the limit would be ignored.
        request.query.emplace_back(QStringLiteral("limit"), QString::number(PageSize));
        if (!m_continue.isEmpty())
            request.query.emplace_back(QStringLiteral("continue"), m_continue);
    } else if (!m_listVersion.isEmpty()) {
        request.query.emplace_back(QStringLiteral("resourceVersion"), m_listVersion);
    }
    request.silence = ListSilence;
    request.mostBytes = 4LL << 30;
    m_stream = m_transport->stream(std::move(request), std::make_shared<ListSink>(this));
}

void Reflector::takeListHead(const transport::ReplyHead& head)
{
    m_reader->beginBody(answeredAt(head).toSecsSinceEpoch());
}

base::Result<void> Reflector::takeListBytes(std::size_t count)
{
    auto taken = m_reader->commit(count);
    if (taken && m_shownAsItComes && m_reader->builder()) {
        const std::size_t rows = m_reader->builder()->pending();
        if ((rows >= FirstBatch && !m_toldColumns) || (rows > 0 && m_sinceFlush.elapsed() >= BatchMs))
            flush(ChangeSet::Kind::Append);
    }
    return taken;
}

void Reflector::endPage(const base::Result<void>& end)
{
    if (!end) {
        failList(end.error());
        return;
    }
    const auto meta = m_reader->endBody();
    if (!meta) {
        if (meta.error().reason == QLatin1String("notATable")) {
            m_reader = makeObjectReader(metadataKind(m_options.resource));
            list();
            return;
        }
        failList(meta.error());
        return;
    }
    if (m_continue.isEmpty()) {
        m_pageColumns = m_reader->columns();
    } else if (m_pageColumns != m_reader->columns()) {
        // The rows of the pages before went with their columns.
        failList({.kind = ErrorKind::Gone, .reason = QStringLiteral("columnsChanged")});
        return;
    }
    m_continue = meta->continueToken;
    if (m_continue.isEmpty()) {
        endList(*meta);
        return;
    }
    if (m_shownAsItComes)
        flush(ChangeSet::Kind::Append);
    requestPage();
}

void Reflector::endList(const ListMeta& meta)
{
    m_version = meta.resourceVersion;
    m_lastHeard = QDateTime::currentDateTimeUtc();
    if (!m_reader->builder()) // a Table without columns and rows
        m_reader = makeObjectReader(metadataKind(m_options.resource));
    flush(m_shownAsItComes ? ChangeSet::Kind::Append : ChangeSet::Kind::Replace);
    m_everListed = true;
    if (!m_options.resource.can(QLatin1String("watch"))) {
        m_step = Step::Idle;
        setState(FeedState::Phase::Listed);
        return;
    }
    watch();
}

void Reflector::failList(const base::Error& error)
{
    if (m_reader->builder())
        m_reader->builder()->discardRows();
    if (m_shownAsItComes && m_toldColumns) {
        m_partWasShown = true;
        m_shownAsItComes = false;
    }
    if (isExpired(error) || isTooLargeResourceVersion(error)) {
        // Pages that went stale while they were fetched are asked for in one; a version that cannot be had, for any.
        if (!m_continue.isEmpty() && m_continues) {
            m_continues = false;
            m_continue.clear();
            m_listVersion.clear();
            requestPage();
            return;
        }
        if (!m_listVersion.isEmpty()) {
            m_listVersion.clear();
            m_version.clear();
            requestPage();
            return;
        }
    }
    if (isFinal(error.kind)) {
        m_step = Step::Idle;
        setState(m_everListed ? FeedState::Phase::Stale : FeedState::Phase::Failed, error, false);
        return;
    }
    pauseThen(Step::Listing, error);
}

transport::Request Reflector::oneObject() const
{
    transport::Request request;
    request.path = m_options.resource.path(m_options.scope.nameSpace);
    request.headers.emplace_back("Accept", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,"
                                           "application/json");
    request.query.emplace_back(QStringLiteral("limit"), QStringLiteral("1"));
    request.silence = CheckSilence;
    return request;
}

void Reflector::dropCheck()
{
    ++m_checks;
    if (const auto cancel = std::exchange(m_cancelCheck, nullptr))
        cancel();
}

void Reflector::check()
{
    flushEvents();
    m_pause.stop();
    m_stream.abort();
    dropCheck();
    m_step = Step::Checking;
    transport::Request request = oneObject();
    // A server that lags waits for some seconds until it has got as far, before it says that it has not.
    request.query.emplace_back(QStringLiteral("resourceVersion"), m_version);
    request.query.emplace_back(QStringLiteral("resourceVersionMatch"), QStringLiteral("NotOlderThan"));
    auto call = m_transport->send(std::move(request));
    m_cancelCheck = call.cancel;
    call.future.then(this, [this, number = m_checks](const base::Result<transport::Reply>& reply) {
        if (number == m_checks && m_step == Step::Checking)
            takeChecked(reply);
    });
}

void Reflector::takeChecked(const base::Result<transport::Reply>& reply)
{
    m_cancelCheck = nullptr;
    if (reply && reply->head.status >= 200 && reply->head.status < 300) {
        watch();
        return;
    }
    const base::Error error = reply ? errorFrom(*reply) : reply.error();
    if (isTooLargeResourceVersion(error))
        askHowFar();
    else if (isExpired(error))
        list();
    else if (isFinal(error.kind)) // who may not list, or not like this, may still watch
        watch();
    else
        pauseThen(Step::Checking, error);
}

void Reflector::askHowFar()
{
    // Without a version: as far as etcd itself has got, whatever this server has seen of it.
    auto call = m_transport->send(oneObject());
    m_cancelCheck = call.cancel;
    call.future.then(this, [this, number = m_checks](const base::Result<transport::Reply>& reply) {
        if (number != m_checks || m_step != Step::Checking)
            return;
        m_cancelCheck = nullptr;
        const bool isThere = reply && reply->head.status >= 200 && reply->head.status < 300;
        if (isThere && isOlder(listVersionIn(reply->body), m_version)) {
            qCDebug(logKube) << m_options.resource.key() << "etcd went back behind" << m_version;
            relist();
            return;
        }
        pauseThen(Step::Checking, {.kind = ErrorKind::Gone, .reason = QStringLiteral("NotYetServed")});
    });
}

void Reflector::watch()
{
    m_pause.stop();
    m_step = Step::Watching;
    transport::Request request;
    request.path = m_options.resource.path(m_options.scope.nameSpace);
    request.headers.emplace_back("Accept", m_reader->accept());
    request.query = m_reader->query();
    if (!m_options.scope.labelSelector.isEmpty())
        request.query.emplace_back(QStringLiteral("labelSelector"), m_options.scope.labelSelector);
    if (!m_options.scope.fieldSelector.isEmpty())
        request.query.emplace_back(QStringLiteral("fieldSelector"), m_options.scope.fieldSelector);
    request.query.emplace_back(QStringLiteral("watch"), QStringLiteral("1"));
    request.query.emplace_back(QStringLiteral("allowWatchBookmarks"), QStringLiteral("true"));
    request.query.emplace_back(QStringLiteral("resourceVersion"), m_version);
    request.query.emplace_back(QStringLiteral("timeoutSeconds"),
                               QString::number(QRandomGenerator::global()->bounded(300, 601)));
    request.silence = WatchSilence;
    request.mostBytes = std::numeric_limits<qint64>::max();
    request.compress = false;
    m_frames = FrameSplitter{};
    m_watchError.reset();
    m_watchSaidSomething = false;
    m_watchAge.start();
    m_stream = m_transport->stream(std::move(request), std::make_shared<WatchSink>(this));
}

base::Result<void> Reflector::takeFrame(std::string_view json, std::size_t readable)
{
    const auto malformed = [](const QString& said) {
        return base::failure({.kind = ErrorKind::BadAnswer, .reason = QStringLiteral("watchMalformed"), .said = said});
    };
    // {"type":…,"object":…}: the object's own text is parsed by the reader, so the two are only found here.
    ondemand::parser parser;
    ondemand::document document;
    if (const auto error =
            parser.iterate(simdjson::padded_string_view(json.data(), json.size(), readable)).get(document))
        return malformed(QString::fromUtf8(simdjson::error_message(error)));
    std::string_view type;
    std::string_view object;
    ondemand::object event;
    auto error = document.get_object().get(event);
    if (!error) {
        for (auto field : event) {
            std::string_view key;
            if ((error = field.unescaped_key().get(key)))
                break;
            if (key == "type") {
                error = field.value().get_string().get(type);
            } else if (key == "object") {
                ondemand::object inner;
                if (!(error = field.value().get_object().get(inner)))
                    error = inner.raw_json().get(object);
            }
            if (error)
                break;
        }
    }
    if (error || object.empty())
        return malformed(QString::fromUtf8(error ? simdjson::error_message(error) : "no object"));
    m_watchSaidSomething = true;
    m_lastHeard = QDateTime::currentDateTimeUtc();
    if (type == "ERROR") {
        m_watchError = errorFromStatus(QByteArray(object.data(), static_cast<qsizetype>(object.size())), 0);
        return base::failure(*m_watchError);
    }
    const bool isBookmark = type == "BOOKMARK";
    if (!isBookmark && type != "ADDED" && type != "MODIFIED" && type != "DELETED")
        return malformed(
            QString::fromUtf8(type.data(), static_cast<qsizetype>(std::min<std::size_t>(type.size(), 100))));
    const std::size_t left = readable - static_cast<std::size_t>(object.data() - json.data());
    const auto columnsBefore = m_reader->columns();
    const std::size_t rowsBefore = m_reader->builder()->pending();
    const auto version = m_reader->readEvent(object, left, isBookmark);
    if (!version)
        return base::failure(version.error());
    if (m_reader->columns() != columnsBefore) {
        // The Table has other columns than the rows that are shown: only a new list can fill them. The rows of events
        // that wait went with the old ones; that list has what they brought.
        m_events.clear();
        m_flush.stop();
        m_watchError = base::Error{.kind = ErrorKind::Gone, .reason = QStringLiteral("columnsChanged")};
        return base::failure(*m_watchError);
    }
    if (isBookmark && isOlder(*version, m_version)) {
        // The etcd behind this server was put back to an earlier time. What is shown stays until the list is whole.
        m_watchError = base::Error{.kind = ErrorKind::Gone, .reason = QStringLiteral("wentBack")};
        m_version.clear();
        return base::failure(*m_watchError);
    }
    if (!version->isEmpty())
        m_version = *version;
    if (m_reader->builder()->pending() > rowsBefore) {
        const auto row = static_cast<std::int32_t>(rowsBefore);
        const Uid uid = m_reader->builder()->lastUid();
        m_events.push_back({uid, type == "DELETED" ? -1 : row});
        if (!m_flush.isActive())
            m_flush.start(EventBatch);
    }
    return {};
}

void Reflector::endWatch(const base::Result<void>& end)
{
    const base::Error error = m_watchError ? *m_watchError : (end ? base::Error{} : end.error());
    const bool clean = end && !m_watchError;
    if (!clean && isExpired(error)) {
        qCDebug(logKube) << m_options.resource.key() << "expired at" << m_version << error.reason;
        list();
        return;
    }
    if (clean && (m_watchSaidSomething || m_watchAge.elapsed() >= ShortWatchMs)) {
        watch(); // how a watch ends every few minutes, and how an overloaded server closes one: nothing is lost
        return;
    }
    if (!clean && (error.kind == ErrorKind::Forbidden || error.reason == QLatin1String("MethodNotAllowed"))) {
        m_step = Step::Idle;
        setState(FeedState::Phase::Listed, error);
        return;
    }
    if (!clean && error.kind == ErrorKind::Timeout && error.reason == QLatin1String("body")) {
        watch(); // fell silent: the heartbeat judges the address, the watch goes on from where it was
        return;
    }
    if (!clean && isFinal(error.kind)) {
        m_step = Step::Idle;
        setState(FeedState::Phase::Stale, error, false);
        return;
    }
    pauseThen(Step::Watching,
              clean ? base::Error{.kind = ErrorKind::Network, .reason = QStringLiteral("watchEnds")} : error);
}

void Reflector::pauseThen(Step next, const base::Error& error)
{
    m_step = Step::Pausing;
    m_next = next;
    auto pause = m_backoff.next();
    if (error.retryAfter)
        pause = std::max(pause, *error.retryAfter);
    m_pause.start(pause);
    setState(m_everListed ? FeedState::Phase::Stale : FeedState::Phase::Failed, error, true);
}

void Reflector::setState(FeedState::Phase phase, const base::Error& error, bool willRetry)
{
    if (phase == m_state.phase && error == m_state.error && willRetry == m_state.willRetry && m_state.since.isValid())
        return;
    FeedState state{.phase = phase, .error = error, .since = QDateTime::currentDateTimeUtc(), .willRetry = willRetry};
    if (phase == FeedState::Phase::Stale)
        state.since = m_state.phase == FeedState::Phase::Stale ? m_state.since : m_lastHeard;
    if (!error.asked.isEmpty() || error == base::Error{}) {
        m_state = state;
    } else {
        state.error.asked =
            QStringLiteral("GET ") + QString::fromLatin1(m_options.resource.path(m_options.scope.nameSpace));
        state.error.ofWhom = m_transport->address();
        m_state = state;
    }
    emit stateChanged(m_state);
}

void Reflector::flush(ChangeSet::Kind kind)
{
    auto changes = std::make_shared<ChangeSet>();
    changes->kind = kind;
    if (m_toldColumns != m_reader->columns()) {
        // Rows of other columns must not stay: a list that brings them replaces all.
        if (m_toldColumns)
            changes->kind = ChangeSet::Kind::Replace;
        m_toldColumns = m_reader->columns();
        changes->columns = m_toldColumns;
    }
    changes->rows = m_reader->builder()->take();
    m_sinceFlush.restart();
    emit changed(std::move(changes));
}

void Reflector::flushEvents()
{
    m_flush.stop();
    if (m_events.empty())
        return;
    auto changes = std::make_shared<ChangeSet>();
    changes->kind = ChangeSet::Kind::Events;
    changes->events = std::exchange(m_events, {});
    changes->rows = m_reader->builder()->take();
    emit changed(std::move(changes));
}

} // namespace kube
