// The rules of list and watch, one by one, against a server that does what it is told.

#include "app/kube/reflector.h"
#include "app/store/rowstore.h"
#include "app/transport/httptransport.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/served.h"

#include <QTest>
#include <mutex>

using base::ErrorKind;
using kube::ChangeSet;
using kube::FeedState;
using support::AskedRequest;
using support::bookmarkJson;
using support::eventJson;
using support::listJson;
using support::ScriptedAnswer;
using support::ScriptedServer;
using support::ServedObject;
using support::statusJson;
using support::tableJson;
using namespace std::chrono_literals;

namespace {

kube::ApiResource namespaces(QStringList verbs = {QStringLiteral("list"), QStringLiteral("watch")})
{
    return {.version = QStringLiteral("v1"),
            .resource = QStringLiteral("namespaces"),
            .kind = QStringLiteral("Namespace"),
            .verbs = std::move(verbs)};
}

kube::ApiResource widgets()
{
    return {.group = QStringLiteral("example.com"),
            .version = QStringLiteral("v1"),
            .resource = QStringLiteral("widgets"),
            .kind = QStringLiteral("Widget"),
            .verbs = {QStringLiteral("list"), QStringLiteral("watch")},
            .namespaced = true};
}

std::vector<ServedObject> many(int from, int to, int version = 1)
{
    std::vector<ServedObject> objects;
    for (int i = from; i < to; ++i)
        objects.push_back({.name = "object-" + QByteArray::number(i), .version = version});
    return objects;
}

ScriptedAnswer okAnswer(const QByteArray& body)
{
    return ScriptedAnswer::whole(200, body);
}

ScriptedAnswer refusal(int code, const QByteArray& reason, const QByteArray& cause = {},
                       support::HeaderList headers = {})
{
    return ScriptedAnswer::whole(code, statusJson(code, reason, cause), std::move(headers));
}

/// A watch that says `frames` and ends in order.
ScriptedAnswer watchOf(const QByteArray& frames)
{
    return ScriptedAnswer::inChunks(200, {{frames}});
}

/// A server with answers for lists and watches in turn, a reflector on it, and a store behind that.
struct Feed {
    std::vector<ScriptedAnswer> lists;
    std::vector<ScriptedAnswer> watches; ///< then watches that stay open
    std::mutex mutex;
    std::size_t listsServed = 0;
    std::size_t watchesServed = 0;
    ScriptedServer server;
    transport::Journal journal;
    std::unique_ptr<transport::HttpTransport> transport;
    kube::Reflector* reflector = nullptr;
    store::RowStore store;
    std::vector<FeedState> states;
    std::vector<std::shared_ptr<const ChangeSet>> changes;
    std::vector<QStringList> shown; ///< names() after each change set that did something

    Feed(std::vector<ScriptedAnswer> listAnswers, std::vector<ScriptedAnswer> watchAnswers)
        : lists(std::move(listAnswers)),
          watches(std::move(watchAnswers)),
          server([this](const AskedRequest& asked) { return answer(asked); })
    {
    }
    ~Feed() { stop(); }

    ScriptedAnswer answer(const AskedRequest& asked)
    {
        const std::lock_guard lock(mutex);
        if (asked.query("watch") == QLatin1String("1"))
            return watchesServed < watches.size() ? watches[watchesServed++] : ScriptedAnswer::open();
        return listsServed < lists.size() ? lists[listsServed++] : refusal(500, "InternalError");
    }

    void start(const kube::ApiResource& resource, const kube::ListScope& scope = {}, bool serverStreams = true)
    {
        auto made = transport::HttpTransport::create({.url = QUrl(server.url())}, transport::Identity{}, &journal, {});
        transport = std::move(*made);
        reflector = new kube::Reflector(transport.get(),
                                        {.resource = resource, .scope = scope, .serverStreams = serverStreams});
        QObject::connect(reflector, &kube::Reflector::changed, &store,
                         [this](const std::shared_ptr<const ChangeSet>& change) {
                             changes.push_back(change);
                             store.apply(change);
                             shown.push_back(names());
                         });
        QObject::connect(reflector, &kube::Reflector::stateChanged, &store, [this](const FeedState& state) {
            states.push_back(state);
            store.setState(state);
        });
        reflector->moveToThread(transport->workerThread());
        invoke([this] { reflector->start(); });
    }

    void invoke(std::function<void()> act)
    {
        QMetaObject::invokeMethod(reflector, std::move(act), Qt::BlockingQueuedConnection);
    }

    void stop()
    {
        if (reflector)
            invoke([this] { delete reflector; });
        reflector = nullptr;
    }

    /// Namespace and name, in order.
    QStringList names() const
    {
        QStringList names;
        for (store::RowId id = 0; id < store.idLimit(); ++id) {
            if (!store.isAlive(id))
                continue;
            const auto row = store.row(id);
            const auto name = QString::fromUtf8(row.name().data(), static_cast<qsizetype>(row.name().size()));
            names += row.nameSpace().isEmpty() ? name : row.nameSpace() + QLatin1Char('/') + name;
        }
        names.sort();
        return names;
    }

    std::vector<AskedRequest> asked(bool isWatch) const
    {
        std::vector<AskedRequest> found;
        for (const AskedRequest& each : server.asked())
            if ((each.query("watch") == QLatin1String("1")) == isWatch)
                found.push_back(each);
        return found;
    }
    std::size_t listCount() const { return asked(false).size(); }
    std::size_t watchCount() const { return asked(true).size(); }
    AskedRequest list(std::size_t i) const { return asked(false).at(i); }
    AskedRequest watch(std::size_t i) const { return asked(true).at(i); }
    FeedState::Phase phase() const { return store.state().phase; }
    bool isLive() const { return phase() == FeedState::Phase::Live; }
};

QStringList namesOf(const std::vector<ServedObject>& objects)
{
    QStringList names;
    for (const ServedObject& object : objects)
        names += QString::fromUtf8(object.nameSpace.isEmpty() ? object.name : object.nameSpace + '/' + object.name);
    names.sort();
    return names;
}

} // namespace

class TestReflector : public QObject {
    Q_OBJECT

private slots:
    void theFirstListIsAskedAtVersionZeroAndWhole();
    void rowsAppearWhileTheFirstListStreams();
    void aListOfManyBatchesIsThereInFull();
    void anOldServerIsAskedForPagesWithoutAVersion();
    void aTableIsAskedForPageByPageWithoutAVersion();
    void theWatchAsksForBookmarksFromTheListsVersion();
    void theScopeIsAskedFor();
    void eventsComeGoAndChange();
    void anEmptyKindIsLiveWithItsColumns();
    void aCleanEndIsWatchedOnFromTheLastVersion();
    void aWatchThatEndsAtOnceIsNotAskedForInALoop();
    void aBookmarkMovesTheVersion();
    void aFrameThatBreaksOffIsNoEvent_data();
    void aFrameThatBreaksOffIsNoEvent();
    void anExpiredWatchListsAtTheLastVersion_data();
    void anExpiredWatchListsAtTheLastVersion();
    void aVersionThatCannotBeListedIsGivenUp_data();
    void aVersionThatCannotBeListedIsGivenUp();
    void whatIsRefusedIsNotAskedAgain_data();
    void whatIsRefusedIsNotAskedAgain();
    void aWatchThatIsForbiddenLeavesTheList();
    void aKindThatCannotBeWatchedIsListed();
    void aServerThatIsGoneIsWatchedOnFromTheSameVersion();
    void aServerThatPutsOffIsGivenItsTime();
    void aServerThatFailsIsWatchedOnFromTheSameVersion_data();
    void aServerThatFailsIsWatchedOnFromTheSameVersion();
    void aSilentWatchIsResumedAtOnce();
    void aRelistReplacesAllAtOnce();
    void aRelistThatBreaksOffChangesNothing();
    void aFirstListThatBreaksOffLeavesNothingBehind();
    void pagesThatExpireAreAskedForWhole();
    void refreshingListsTheNewest();
    void columnsThatChangeInAWatchReplaceAll();
    void columnsThatChangeBetweenPagesBeginAnew();
    void whereThereIsNoTableMetadataStandsIn();
    void framesThatAreNoEventsAreAnError_data();
    void framesThatAreNoEventsAreAnError();
    void anotherAddressIsAskedOnceAndWatchedOn();
    void anAddressThatLagsIsWaitedFor();
    void anEtcdThatWentBackIsListedAnew();
    void aBookmarkThatGoesBackIsListedAnew();
    void destroyingItEndsWhatIsUnderWay();
};

void TestReflector::theFirstListIsAskedAtVersionZeroAndWhole()
{
    const auto objects = many(0, 3);
    Feed feed({okAnswer(listJson(objects, 100))}, {});
    feed.start(namespaces());
    QTRY_VERIFY(feed.isLive());
    QCOMPARE(feed.names(), namesOf(objects));
    QCOMPARE(feed.list(0).target, QByteArray("/api/v1/namespaces?resourceVersion=0"));
    QCOMPARE(feed.list(0).header("Accept"), QByteArray("application/json"));
    QCOMPARE(feed.list(0).header("Accept-Encoding"), QByteArray("gzip"));
    QCOMPARE(feed.listCount(), std::size_t{1});
    QCOMPARE(feed.states.front().phase, FeedState::Phase::Loading);
}

void TestReflector::rowsAppearWhileTheFirstListStreams()
{
    Feed feed({ScriptedAnswer::open(support::listHead(many(0, 60), 100))}, {});
    feed.start(namespaces());
    QTRY_VERIFY(feed.names().size() >= 40);
    QCOMPARE(feed.phase(), FeedState::Phase::Loading);
    QVERIFY(feed.store.columns());
    const int list = feed.list(0).number;
    feed.server.push(list, ',' + support::listHead(many(60, 90), 100).mid(support::listHead({}, 100).size()));
    feed.server.push(list, support::listTail());
    feed.server.finish(list);
    QTRY_VERIFY(feed.isLive());
    QCOMPARE(feed.names(), namesOf(many(0, 90)));
}

void TestReflector::aListOfManyBatchesIsThereInFull()
{
    std::vector<ScriptedAnswer::Piece> pieces;
    const QByteArray body = listJson(many(0, 3000), 100);
    for (qsizetype at = 0; at < body.size(); at += 40'000)
        pieces.push_back({body.mid(at, 40'000), 50ms});
    Feed feed({ScriptedAnswer::inChunks(200, pieces)}, {});
    feed.start(namespaces());
    QTRY_VERIFY(feed.isLive());
    QVERIFY(feed.changes.size() > 2);
    QCOMPARE(feed.names(), namesOf(many(0, 3000)));
}

void TestReflector::anOldServerIsAskedForPagesWithoutAVersion()
{
    Feed feed({okAnswer(listJson(many(0, 500), 100, "more")), okAnswer(listJson(many(500, 700), 100))}, {});
    feed.start(namespaces(), {}, false);
    QTRY_VERIFY(feed.isLive());
    QCOMPARE(feed.names(), namesOf(many(0, 700)));
    QCOMPARE(feed.list(0).target, QByteArray("/api/v1/namespaces?limit=500"));
    QCOMPARE(feed.list(1).target, QByteArray("/api/v1/namespaces?limit=500&continue=more"));
}

void TestReflector::aTableIsAskedForPageByPageWithoutAVersion()
{
    auto first = many(0, 500);
    auto second = many(500, 600);
    for (auto* page : {&first, &second})
        for (ServedObject& object : *page)
            object.nameSpace = "shop";
    Feed feed({okAnswer(tableJson(first, 100, "mark/+=")), okAnswer(tableJson(second, 100, {}, "Data", false))}, {});
    feed.start(widgets());
    QTRY_VERIFY(feed.isLive());
    QCOMPARE(feed.names().size(), 600);
    QVERIFY(feed.list(0).header("Accept").contains("as=Table"));
    QCOMPARE(feed.list(0).target, QByteArray("/apis/example.com/v1/widgets?includeObject=Metadata&limit=500"));
    QCOMPARE(feed.list(1).query("continue"), QStringLiteral("mark/+="));
    QVERIFY(!feed.list(1).target.contains("resourceVersion"));
    QVERIFY(feed.watch(0).header("Accept").contains("as=Table"));
    QCOMPARE(feed.watch(0).query("resourceVersion"), QStringLiteral("100"));
}

void TestReflector::theWatchAsksForBookmarksFromTheListsVersion()
{
    Feed feed({okAnswer(listJson({}, 4711))}, {});
    feed.start(namespaces());
    QTRY_VERIFY(feed.isLive());
    const AskedRequest watch = feed.watch(0);
    QCOMPARE(watch.query("resourceVersion"), QStringLiteral("4711"));
    QCOMPARE(watch.query("allowWatchBookmarks"), QStringLiteral("true"));
    const int timeout = watch.query("timeoutSeconds").toInt();
    QVERIFY(timeout >= 300 && timeout <= 600);
    QCOMPARE(watch.header("Accept-Encoding"), QByteArray("identity"));
}

void TestReflector::theScopeIsAskedFor()
{
    Feed feed({okAnswer(tableJson({}, 7))}, {});
    feed.start(widgets(), {.nameSpace = QStringLiteral("shop"),
                           .labelSelector = QStringLiteral("app in (a,b),tier!=x"),
                           .fieldSelector = QStringLiteral("metadata.name=y")});
    QTRY_VERIFY(feed.isLive());
    for (const AskedRequest& asked : {feed.list(0), feed.watch(0)}) {
        QVERIFY(asked.target.startsWith("/apis/example.com/v1/namespaces/shop/widgets?"));
        QCOMPARE(asked.query("labelSelector"), QStringLiteral("app in (a,b),tier!=x"));
        QCOMPARE(asked.query("fieldSelector"), QStringLiteral("metadata.name=y"));
    }
}

void TestReflector::eventsComeGoAndChange()
{
    Feed feed({okAnswer(listJson(many(0, 2), 100))}, {});
    feed.start(namespaces());
    QTRY_VERIFY(feed.isLive());
    const int watch = feed.watch(0).number;
    feed.server.push(watch, eventJson("ADDED", ServedObject{.name = "new", .version = 101}));
    QTRY_COMPARE(feed.names(),
                 QStringList({QStringLiteral("new"), QStringLiteral("object-0"), QStringLiteral("object-1")}));
    feed.server.push(watch, eventJson("MODIFIED", ServedObject{.name = "object-0", .version = 102}) +
                                eventJson("DELETED", ServedObject{.name = "object-1", .version = 103}));
    QTRY_COMPARE(feed.names(), QStringList({QStringLiteral("new"), QStringLiteral("object-0")}));
    const auto id = feed.store.find(*kube::uuidBytes(support::uidOf({.name = "object-0"}).toStdString()));
    QVERIFY(id);
    QCOMPARE(feed.store.row(*id).head->resourceVersion, std::uint64_t{102});
    feed.server.cut(watch);
    feed.invoke([&] { feed.reflector->retryNow(); });
    QTRY_COMPARE(feed.watchCount(), std::size_t{2});
    QCOMPARE(feed.watch(1).query("resourceVersion"), QStringLiteral("103"));
    QCOMPARE(feed.listCount(), std::size_t{1});
}

void TestReflector::anEmptyKindIsLiveWithItsColumns()
{
    for (const bool table : {false, true}) {
        Feed feed({okAnswer(table ? tableJson({}, 5) : listJson({}, 5))}, {});
        feed.start(table ? widgets() : namespaces());
        QTRY_VERIFY(feed.isLive());
        QVERIFY(feed.store.columns() && !feed.store.columns()->empty());
        QCOMPARE(feed.store.size(), std::size_t{0});
        const ServedObject object{.name = "first", .version = 6, .nameSpace = table ? "shop" : ""};
        feed.server.push(feed.watch(0).number,
                         table ? eventJson("ADDED", tableJson({object}, 6)) : eventJson("ADDED", object));
        QTRY_COMPARE(feed.store.size(), std::size_t{1});
    }
}

void TestReflector::aCleanEndIsWatchedOnFromTheLastVersion()
{
    std::vector<ScriptedAnswer> watches;
    for (int i = 1; i <= 5; ++i)
        watches.push_back(
            watchOf(eventJson("ADDED", ServedObject{.name = "w" + QByteArray::number(i), .version = 100 + i})));
    Feed feed({okAnswer(listJson({}, 100))}, watches);
    feed.start(namespaces());
    QTRY_COMPARE(feed.watchCount(), std::size_t{6});
    for (int i = 0; i < 6; ++i)
        QCOMPARE(feed.watch(static_cast<std::size_t>(i)).query("resourceVersion"), QString::number(100 + i));
    QTRY_COMPARE(feed.names().size(), 5);
    QCOMPARE(feed.listCount(), std::size_t{1});
    for (const FeedState& state : feed.states) // nothing was lost, so nothing is said
        QVERIFY(state.phase == FeedState::Phase::Loading || state.phase == FeedState::Phase::Live);
}

void TestReflector::aWatchThatEndsAtOnceIsNotAskedForInALoop()
{
    Feed feed({okAnswer(listJson(many(0, 1), 100))}, std::vector<ScriptedAnswer>(50, watchOf({})));
    feed.start(namespaces());
    QTRY_VERIFY(feed.watchCount() >= 1);
    QTest::qWait(700);
    QVERIFY(feed.watchCount() <= 2);
    QTRY_VERIFY_WITH_TIMEOUT(feed.watchCount() >= 2, 3000);
    QCOMPARE(feed.watch(1).query("resourceVersion"), QStringLiteral("100"));
    QCOMPARE(feed.listCount(), std::size_t{1});
}

void TestReflector::aBookmarkMovesTheVersion()
{
    Feed feed({okAnswer(listJson(many(0, 1), 100))}, {watchOf(bookmarkJson(777))});
    feed.start(namespaces());
    QTRY_COMPARE(feed.watchCount(), std::size_t{2});
    QCOMPARE(feed.watch(1).query("resourceVersion"), QStringLiteral("777"));
    QCOMPARE(feed.names(), namesOf(many(0, 1)));
    // A Table's bookmark is one row that is no object.
    Feed table({okAnswer(tableJson({{.name = "a", .nameSpace = "n"}}, 100))},
               {watchOf(eventJson("BOOKMARK", tableJson({{.name = "", .version = 888}}, 888)))});
    table.start(widgets());
    QTRY_COMPARE(table.watchCount(), std::size_t{2});
    QCOMPARE(table.watch(1).query("resourceVersion"), QStringLiteral("888"));
    QCOMPARE(table.names(), QStringList(QStringLiteral("n/a")));
}

void TestReflector::aFrameThatBreaksOffIsNoEvent_data()
{
    QTest::addColumn<bool>("clean");
    QTest::newRow("the body ends in order") << true;
    QTest::newRow("the connection is cut") << false;
}

void TestReflector::aFrameThatBreaksOffIsNoEvent()
{
    QFETCH(const bool, clean);
    Feed feed({okAnswer(listJson(many(0, 1), 100))}, {});
    feed.start(namespaces());
    QTRY_VERIFY(feed.isLive());
    const int watch = feed.watch(0).number;
    const QByteArray whole = eventJson("ADDED", ServedObject{.name = "whole", .version = 101});
    const QByteArray half = eventJson("ADDED", ServedObject{.name = "half", .version = 102});
    feed.server.push(watch, whole + half.chopped(2)); // all but its last bracket and the line feed
    QTRY_COMPARE(feed.names().size(), 2);
    if (clean)
        feed.server.finish(watch);
    else
        feed.server.cut(watch);
    QTRY_VERIFY(clean || feed.phase() == FeedState::Phase::Stale);
    feed.invoke([&] { feed.reflector->retryNow(); });
    QTRY_COMPARE(feed.watchCount(), std::size_t{2});
    QCOMPARE(feed.watch(1).query("resourceVersion"), QStringLiteral("101"));
    QCOMPARE(feed.names(), QStringList({QStringLiteral("object-0"), QStringLiteral("whole")}));
    feed.server.push(feed.watch(1).number, half);
    QTRY_COMPARE(feed.names().size(), 3);
    QCOMPARE(feed.listCount(), std::size_t{1});
}

void TestReflector::anExpiredWatchListsAtTheLastVersion_data()
{
    QTest::addColumn<bool>("isEvent");
    QTest::newRow("an ERROR event") << true;
    QTest::newRow("the status of the answer") << false;
}

void TestReflector::anExpiredWatchListsAtTheLastVersion()
{
    QFETCH(const bool, isEvent);
    const QByteArray seen = eventJson("ADDED", ServedObject{.name = "seen", .version = 105});
    const auto now = many(2, 4);
    std::vector<ScriptedAnswer> watches;
    if (isEvent)
        watches = {watchOf(seen + eventJson("ERROR", statusJson(410, "Expired")))};
    else
        watches = {watchOf(seen), refusal(410, "Expired")};
    Feed feed({okAnswer(listJson(many(0, 3), 100)), okAnswer(listJson(now, 200))}, watches);
    feed.start(namespaces());
    QTRY_COMPARE(feed.listCount(), std::size_t{2});
    QCOMPARE(feed.list(1).target, QByteArray("/api/v1/namespaces?resourceVersion=105"));
    QTRY_COMPARE(feed.names(), namesOf(now));
    QTRY_VERIFY(feed.watchCount() == watches.size() + 1);
    QCOMPARE(feed.watch(watches.size()).query("resourceVersion"), QStringLiteral("200"));
    QTRY_VERIFY(feed.isLive());
}

void TestReflector::aVersionThatCannotBeListedIsGivenUp_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<QByteArray>("cause");
    QTest::newRow("410") << 410 << QByteArray("Expired") << QByteArray();
    QTest::newRow("504, too large") << 504 << QByteArray("Timeout") << QByteArray("ResourceVersionTooLarge");
}

void TestReflector::aVersionThatCannotBeListedIsGivenUp()
{
    QFETCH(const int, code);
    QFETCH(const QByteArray, reason);
    QFETCH(const QByteArray, cause);
    Feed feed({okAnswer(listJson(many(0, 3), 100)), refusal(code, reason, cause), okAnswer(listJson(many(2, 4), 50))},
              {refusal(410, "Expired")});
    feed.start(namespaces());
    QTRY_COMPARE(feed.listCount(), std::size_t{3});
    QCOMPARE(feed.list(1).target, QByteArray("/api/v1/namespaces?resourceVersion=100"));
    QCOMPARE(feed.list(2).target, QByteArray("/api/v1/namespaces"));
    QTRY_COMPARE(feed.names(), namesOf(many(2, 4)));
    QTRY_COMPARE(feed.watchCount(), std::size_t{2});
    QCOMPARE(feed.watch(1).query("resourceVersion"), QStringLiteral("50"));
}

void TestReflector::whatIsRefusedIsNotAskedAgain_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("401") << 401 << QByteArray("Unauthorized");
    QTest::newRow("403") << 403 << QByteArray("Forbidden");
    QTest::newRow("404") << 404 << QByteArray("NotFound");
}

void TestReflector::whatIsRefusedIsNotAskedAgain()
{
    QFETCH(const int, code);
    QFETCH(const QByteArray, reason);
    Feed feed(std::vector<ScriptedAnswer>(5, refusal(code, reason)), {});
    feed.start(namespaces());
    QTRY_COMPARE(feed.phase(), FeedState::Phase::Failed);
    QCOMPARE(feed.store.state().error.httpStatus, code);
    QCOMPARE(feed.store.state().error.asked, QStringLiteral("GET /api/v1/namespaces"));
    QCOMPARE(feed.store.state().error.ofWhom, feed.server.url());
    QVERIFY(!feed.store.state().willRetry);
    QTest::qWait(1800);
    QCOMPARE(feed.server.askedCount(), std::size_t{1});
    QVERIFY(!feed.store.columns());
}

void TestReflector::aWatchThatIsForbiddenLeavesTheList()
{
    Feed feed({okAnswer(listJson(many(0, 3), 100))}, std::vector<ScriptedAnswer>(5, refusal(403, "Forbidden")));
    feed.start(namespaces());
    QTRY_COMPARE(feed.phase(), FeedState::Phase::Listed);
    QCOMPARE(feed.store.state().error.kind, ErrorKind::Forbidden);
    QCOMPARE(feed.names(), namesOf(many(0, 3)));
    QTest::qWait(1800);
    QCOMPARE(feed.watchCount(), std::size_t{1});
}

void TestReflector::aKindThatCannotBeWatchedIsListed()
{
    Feed feed({okAnswer(listJson(many(0, 3), 100))}, {});
    feed.start(namespaces({QStringLiteral("list")}));
    QTRY_COMPARE(feed.phase(), FeedState::Phase::Listed);
    QCOMPARE(feed.names(), namesOf(many(0, 3)));
    QTest::qWait(100);
    QCOMPARE(feed.watchCount(), std::size_t{0});
}

void TestReflector::aServerThatIsGoneIsWatchedOnFromTheSameVersion()
{
    Feed feed({okAnswer(listJson(many(0, 3), 100))}, {});
    feed.start(namespaces());
    QTRY_VERIFY(feed.isLive());
    feed.server.push(feed.watch(0).number, eventJson("ADDED", ServedObject{.name = "last", .version = 107}));
    QTRY_COMPARE(feed.names().size(), 4);
    const QDateTime before = QDateTime::currentDateTimeUtc();
    feed.server.stopListening();
    QTRY_COMPARE(feed.phase(), FeedState::Phase::Stale);
    QVERIFY(feed.store.state().willRetry);
    QCOMPARE(feed.store.state().error.kind, ErrorKind::Network);
    QVERIFY(feed.store.state().since <= before);
    QTRY_COMPARE_WITH_TIMEOUT(feed.store.state().error.reason, QStringLiteral("refused"), 5000);
    QCOMPARE(feed.names().size(), 4); // what is known stays
    feed.server.listenAgain();
    feed.invoke([&] { feed.reflector->retryNow(); });
    QTRY_VERIFY(feed.isLive());
    QCOMPARE(feed.watch(feed.watchCount() - 1).query("resourceVersion"), QStringLiteral("107"));
    QCOMPARE(feed.listCount(), std::size_t{1});
    QCOMPARE(feed.store.state().error, base::Error{});
}

void TestReflector::aServerThatPutsOffIsGivenItsTime()
{
    Feed feed({okAnswer(listJson(many(0, 1), 100))}, {refusal(429, "TooManyRequests", {}, {{"Retry-After", "2"}})});
    QElapsedTimer timer;
    timer.start();
    feed.start(namespaces());
    QTRY_COMPARE(feed.phase(), FeedState::Phase::Stale);
    QTRY_VERIFY_WITH_TIMEOUT(feed.isLive(), 20'000);
    QVERIFY2(timer.elapsed() >= 1999, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(feed.watch(1).query("resourceVersion"), QStringLiteral("100"));
    QCOMPARE(feed.listCount(), std::size_t{1});
}

void TestReflector::aServerThatFailsIsWatchedOnFromTheSameVersion_data()
{
    QTest::addColumn<int>("how");
    QTest::newRow("500") << 0;
    QTest::newRow("504, the version is not there yet") << 1;
    QTest::newRow("an ERROR event, the version is not there yet") << 2;
    QTest::newRow("no answer") << 3;
}

void TestReflector::aServerThatFailsIsWatchedOnFromTheSameVersion()
{
    QFETCH(const int, how);
    const std::vector<ScriptedAnswer> failures{
        refusal(500, "InternalError"), refusal(504, "Timeout", "ResourceVersionTooLarge"),
        watchOf(eventJson("ERROR", statusJson(504, "Timeout", "ResourceVersionTooLarge"))), ScriptedAnswer::hangUp()};
    // Qt asks up to four times when a connection ends without an answer, as it may for a read.
    Feed feed({okAnswer(listJson(many(0, 1), 100))},
              std::vector<ScriptedAnswer>(how == 3 ? 4 : 1, failures[static_cast<std::size_t>(how)]));
    feed.start(namespaces());
    QTRY_COMPARE(feed.phase(), FeedState::Phase::Stale);
    QVERIFY(feed.store.state().willRetry);
    feed.invoke([&] { feed.reflector->retryNow(); });
    QTRY_VERIFY(feed.isLive());
    QCOMPARE(feed.watch(feed.watchCount() - 1).query("resourceVersion"), QStringLiteral("100"));
    QCOMPARE(feed.listCount(), std::size_t{1});
}

void TestReflector::aSilentWatchIsResumedAtOnce()
{
    Feed feed({okAnswer(listJson(many(0, 1), 100))}, {});
    feed.start(namespaces());
    QTRY_VERIFY(feed.isLive());
    feed.invoke([&] { feed.reflector->breakOff({.kind = ErrorKind::Timeout, .reason = QStringLiteral("body")}); });
    QTRY_COMPARE_WITH_TIMEOUT(feed.watchCount(), std::size_t{2}, 600); // less than a back-off
    QCOMPARE(feed.watch(1).query("resourceVersion"), QStringLiteral("100"));
    QVERIFY(feed.isLive());
    QTRY_COMPARE(feed.server.openConnections(), 1);
}

void TestReflector::aRelistReplacesAllAtOnce()
{
    const auto before = many(0, 200);
    const auto after = many(100, 300, 2);
    Feed feed({okAnswer(listJson(before, 100)), ScriptedAnswer::open(support::listHead(many(100, 250, 2), 200))},
              {refusal(410, "Expired")});
    feed.start(namespaces());
    QTRY_COMPARE(feed.listCount(), std::size_t{2});
    QTest::qWait(500);
    QCOMPARE(feed.names(), namesOf(before)); // the half that has come is not shown
    const int list = feed.list(1).number;
    feed.server.push(list, ',' + support::listHead(many(250, 300, 2), 1).mid(support::listHead({}, 1).size()) +
                               support::listTail());
    feed.server.finish(list);
    QTRY_COMPARE(feed.names(), namesOf(after));
    bool isNew = false;
    for (const QStringList& names : feed.shown) {
        isNew = isNew || names == namesOf(after);
        if (names.size() == 200 && !isNew)
            QCOMPARE(names, namesOf(before));
        if (isNew)
            QCOMPARE(names, namesOf(after));
    }
}

void TestReflector::aRelistThatBreaksOffChangesNothing()
{
    const auto before = many(0, 100);
    Feed feed({okAnswer(listJson(before, 100)), ScriptedAnswer::open(support::listHead(many(50, 200), 200)),
               okAnswer(listJson(many(90, 95), 300)), okAnswer(listJson(many(90, 95), 300)),
               okAnswer(listJson(many(90, 95), 300))}, // Qt may ask once more by itself
              {refusal(410, "Expired")});
    feed.start(namespaces());
    QTRY_COMPARE(feed.listCount(), std::size_t{2});
    QTest::qWait(300);
    feed.server.cut(feed.list(1).number);
    QTRY_COMPARE(feed.phase(), FeedState::Phase::Stale);
    QCOMPARE(feed.names(), namesOf(before));
    feed.invoke([&] { feed.reflector->retryNow(); });
    QTRY_VERIFY(feed.isLive());
    QCOMPARE(feed.names(), namesOf(many(90, 95)));
}

void TestReflector::aFirstListThatBreaksOffLeavesNothingBehind()
{
    const auto good = okAnswer(listJson(many(50, 150), 200));
    Feed feed({ScriptedAnswer::open(support::listHead(many(0, 100), 100)), good, good, good},
              {}); // Qt may ask once more
    feed.start(namespaces());
    QTRY_VERIFY(feed.names().size() >= 40);
    feed.server.cut(feed.list(0).number);
    QTRY_COMPARE(feed.phase(), FeedState::Phase::Failed);
    QVERIFY(feed.store.state().willRetry);
    feed.invoke([&] { feed.reflector->retryNow(); });
    QTRY_VERIFY(feed.isLive());
    QCOMPARE(feed.names(), namesOf(many(50, 150)));
    QCOMPARE(feed.list(1).query("resourceVersion"), QStringLiteral("0"));
}

void TestReflector::pagesThatExpireAreAskedForWhole()
{
    std::vector<ServedObject> first = many(0, 500);
    std::vector<ServedObject> now = many(300, 900);
    Feed feed({okAnswer(tableJson(first, 100, "mark")), refusal(410, "Expired"), okAnswer(tableJson(now, 200))}, {});
    feed.start(widgets());
    QTRY_VERIFY(feed.isLive());
    QCOMPARE(feed.names(), namesOf(now));
    QCOMPARE(feed.list(2).target, QByteArray("/apis/example.com/v1/widgets?includeObject=Metadata"));
}

void TestReflector::refreshingListsTheNewest()
{
    Feed feed({okAnswer(listJson(many(0, 3), 100)), okAnswer(listJson(many(1, 5), 200))}, {});
    feed.start(namespaces());
    QTRY_VERIFY(feed.isLive());
    feed.invoke([&] { feed.reflector->relist(); });
    QTRY_COMPARE(feed.names(), namesOf(many(1, 5)));
    QCOMPARE(feed.list(1).target, QByteArray("/api/v1/namespaces")); // not from the cache of a server that lags
    QTRY_COMPARE(feed.watchCount(), std::size_t{2});
    QCOMPARE(feed.watch(1).query("resourceVersion"), QStringLiteral("200"));
}

void TestReflector::columnsThatChangeInAWatchReplaceAll()
{
    std::vector<ServedObject> objects{{.name = "a", .nameSpace = "n", .value = 1},
                                      {.name = "b", .nameSpace = "n", .value = 2}};
    Feed feed({okAnswer(tableJson(objects, 100)), okAnswer(tableJson(objects, 200, {}, "Weight"))}, {});
    feed.start(widgets());
    QTRY_VERIFY(feed.isLive());
    // In one piece: rows of the old columns still wait for their batch when the new columns come.
    QByteArray frames;
    for (int i = 0; i < 5; ++i)
        frames += eventJson(
            "ADDED", tableJson({{.name = "c" + QByteArray::number(i), .version = 101 + i, .nameSpace = "n"}}, 101 + i));
    frames += eventJson("MODIFIED",
                        tableJson({{.name = "a", .version = 107, .nameSpace = "n", .value = 9}}, 107, {}, "Weight"));
    feed.server.push(feed.watch(0).number, frames);
    QTRY_COMPARE(feed.listCount(), std::size_t{2});
    QTRY_VERIFY(feed.watchCount() == 2 && feed.isLive());
    QCOMPARE(feed.names(), QStringList({QStringLiteral("n/a"), QStringLiteral("n/b")}));
    QCOMPARE(feed.store.columns()->at(2).header, QStringLiteral("Weight"));
}

void TestReflector::columnsThatChangeBetweenPagesBeginAnew()
{
    const auto page1 = many(0, 500);
    const auto page2 = many(500, 600);
    for (const bool isRelist : {false, true}) {
        std::vector<ScriptedAnswer> lists;
        if (isRelist)
            lists.push_back(okAnswer(tableJson(many(0, 2), 50)));
        lists.insert(lists.end(), {okAnswer(tableJson(page1, 100, "m1")), okAnswer(tableJson(page2, 100, {}, "Weight")),
                                   okAnswer(tableJson(many(0, 600), 101, {}, "Weight"))});
        std::vector<ScriptedAnswer> watches;
        if (isRelist)
            watches.push_back(refusal(410, "Expired"));
        Feed feed(lists, watches);
        feed.start(widgets());
        QTRY_COMPARE(feed.listCount(), lists.size());
        QTRY_VERIFY(feed.isLive() && feed.watchCount() == watches.size() + 1);
        QCOMPARE(feed.store.columns()->at(2).header, QStringLiteral("Weight"));
        QCOMPARE(feed.names().size(), 600);
    }
}

void TestReflector::whereThereIsNoTableMetadataStandsIn()
{
    // Each asked for as a Table; the server answers with what it has.
    Feed feed({okAnswer(listJson({{.name = "a", .nameSpace = "n"}}, 100)),
               okAnswer(listJson({{.name = "a", .nameSpace = "n"}}, 100))},
              {});
    feed.start(widgets());
    QTRY_VERIFY(feed.isLive());
    QCOMPARE(feed.names(), QStringList(QStringLiteral("n/a")));
    feed.server.push(feed.watch(0).number,
                     eventJson("ADDED", ServedObject{.name = "b", .version = 101, .nameSpace = "n"}));
    QTRY_COMPARE(feed.names().size(), 2);
}

void TestReflector::framesThatAreNoEventsAreAnError_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::newRow("no JSON") << QByteArray("<html>login</html>\n");
    QTest::newRow("an array") << QByteArray("[1]\n");
    QTest::newRow("no object") << QByteArray("{\"type\":\"ADDED\"}\n");
    QTest::newRow("an object that is a number") << QByteArray("{\"type\":\"ADDED\",\"object\":1}\n");
    QTest::newRow("a type that nobody knows") << eventJson("RENAMED", ServedObject{.name = "x"});
    QTest::newRow("a type that is a number") << QByteArray("{\"type\":1,\"object\":{}}\n");
    QTest::newRow("an object without metadata") << QByteArray("{\"type\":\"ADDED\",\"object\":{}}\n");
    QTest::newRow("a bookmark without a version")
        << QByteArray("{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{}}}\n");
    QTest::newRow("an ERROR that is no Status") << QByteArray("{\"type\":\"ERROR\",\"object\":{\"a\":1}}\n");
    QTest::newRow("deep nesting") << "{\"type\":\"ADDED\",\"object\":" + QByteArray("{\"a\":").repeated(400) + "1" +
                                         QByteArray("}").repeated(401) + "\n";
}

void TestReflector::framesThatAreNoEventsAreAnError()
{
    QFETCH(const QByteArray, frame);
    for (const bool table : {false, true}) {
        const std::vector<ServedObject> objects{{.name = "a", .nameSpace = table ? "n" : ""}};
        Feed feed({okAnswer(table ? tableJson(objects, 100) : listJson(objects, 100))}, {watchOf(frame)});
        feed.start(table ? widgets() : namespaces());
        QTRY_COMPARE(feed.phase(), FeedState::Phase::Stale);
        QCOMPARE(feed.names(), namesOf(objects));
        QCOMPARE(feed.listCount(), std::size_t{1});
        if (!feed.store.state().willRetry)
            continue; // a limit of ours is not tried again
        feed.invoke([&] { feed.reflector->retryNow(); });
        QTRY_VERIFY(feed.isLive());
        QCOMPARE(feed.watch(1).query("resourceVersion"), QStringLiteral("100"));
    }
}

void TestReflector::anotherAddressIsAskedOnceAndWatchedOn()
{
    Feed feed({okAnswer(listJson(many(0, 3), 100)), okAnswer(listJson(many(0, 1), 140))}, {});
    feed.start(namespaces());
    QTRY_VERIFY(feed.isLive());
    feed.server.push(feed.watch(0).number, eventJson("ADDED", ServedObject{.name = "last", .version = 107}));
    QTRY_COMPARE(feed.names().size(), 4);
    const std::size_t states = feed.states.size();
    feed.invoke([&] { feed.reflector->pathMoved(); });
    QTRY_COMPARE(feed.watchCount(), std::size_t{2});
    QCOMPARE(feed.listCount(), std::size_t{2});
    QCOMPARE(feed.list(1).query("limit"), QStringLiteral("1"));
    QCOMPARE(feed.list(1).query("resourceVersion"), QStringLiteral("107"));
    QCOMPARE(feed.list(1).query("resourceVersionMatch"), QStringLiteral("NotOlderThan"));
    QCOMPARE(feed.watch(1).query("resourceVersion"), QStringLiteral("107"));
    feed.server.push(feed.watch(1).number, eventJson("ADDED", ServedObject{.name = "more", .version = 141}));
    QTRY_COMPARE(feed.names().size(), 5);
    QCOMPARE(feed.states.size(), states); // live all the while
}

void TestReflector::anAddressThatLagsIsWaitedFor()
{
    Feed feed({okAnswer(listJson(many(0, 3), 100)), refusal(504, "Timeout", "ResourceVersionTooLarge"),
               okAnswer(listJson(many(0, 1), 130)), okAnswer(listJson(many(0, 1), 130))},
              {});
    feed.start(namespaces());
    QTRY_VERIFY(feed.isLive());
    feed.invoke([&] { feed.reflector->pathMoved(); });
    QTRY_COMPARE_WITH_TIMEOUT(feed.watchCount(), std::size_t{2}, 20'000);
    QCOMPARE(feed.listCount(), std::size_t{4});
    QCOMPARE(feed.list(2).query("resourceVersion"), QString()); // how far etcd itself has got
    QCOMPARE(feed.list(3).query("resourceVersion"), QStringLiteral("100"));
    QCOMPARE(feed.watch(1).query("resourceVersion"), QStringLiteral("100"));
    QCOMPARE(feed.shown.size(), std::size_t{1}); // nothing older in between
}

void TestReflector::anEtcdThatWentBackIsListedAnew()
{
    Feed feed({okAnswer(listJson(many(0, 3), 100)), refusal(504, "Timeout", "ResourceVersionTooLarge"),
               okAnswer(listJson(many(0, 1), 60)), okAnswer(listJson(many(0, 2), 60))},
              {});
    feed.start(namespaces());
    QTRY_VERIFY(feed.isLive());
    feed.invoke([&] { feed.reflector->pathMoved(); });
    QTRY_COMPARE_WITH_TIMEOUT(feed.watchCount(), std::size_t{2}, 20'000);
    QCOMPARE(feed.list(3).query("resourceVersion"), QString());
    QCOMPARE(feed.list(3).query("limit"), QString());
    QCOMPARE(feed.watch(1).query("resourceVersion"), QStringLiteral("60"));
    QTRY_COMPARE(feed.names(), namesOf(many(0, 2)));
}

void TestReflector::aBookmarkThatGoesBackIsListedAnew()
{
    Feed feed({okAnswer(listJson(many(0, 3), 100)), okAnswer(listJson(many(0, 2), 60))}, {watchOf(bookmarkJson(59))});
    feed.start(namespaces());
    QTRY_COMPARE_WITH_TIMEOUT(feed.watchCount(), std::size_t{2}, 20'000);
    QCOMPARE(feed.list(1).query("resourceVersion"), QString());
    QCOMPARE(feed.watch(1).query("resourceVersion"), QStringLiteral("60"));
    QTRY_COMPARE(feed.names(), namesOf(many(0, 2)));
}

void TestReflector::destroyingItEndsWhatIsUnderWay()
{
    Feed listing({ScriptedAnswer::open(support::listHead(many(0, 60), 100))}, {});
    listing.start(namespaces());
    QTRY_VERIFY(!listing.names().isEmpty());
    listing.stop();
    QTRY_COMPARE(listing.server.openConnections(), 0);
    Feed watching({okAnswer(listJson({}, 100))}, {});
    watching.start(namespaces());
    QTRY_VERIFY(watching.isLive());
    watching.stop();
    QTRY_COMPARE(watching.server.openConnections(), 0);
}

QTEST_GUILESS_MAIN(TestReflector)
#include "tst_reflector.moc"
