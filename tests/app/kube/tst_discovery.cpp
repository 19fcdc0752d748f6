// Which kinds there are: as new and as old servers say it, with a group that is down, and from hostile answers.

#include "app/kube/discovery.h"
#include "tests/support/faketransport.h"
#include "tests/support/fixture.h"

#include <QSet>
#include <QTest>

using base::ErrorKind;
using support::answerOf;
using support::FakeTransport;
using support::fixture;
using support::reply;
using transport::Request;

namespace {

QByteArray recorded(const char* name)
{
    return fixture(QStringLiteral("discovery/%1.json").arg(QLatin1String(name)));
}

/// Answers /api and /apis with these, and group versions from their recordings.
FakeTransport::Answer server(const QByteArray& api, const QByteArray& apis)
{
    return [=](const Request& request) {
        if (request.path == "/api")
            return reply(200, api);
        if (request.path == "/apis")
            return reply(200, apis);
        if (request.path.startsWith("/apis/custom.metrics.k8s.io/"))
            return reply(503, fixture(QStringLiteral("errors/503-broken-apiservice-group.txt")));
        return reply(200, recorded(request.path.mid(1).replace('/', '_').constData()));
    };
}

base::Result<kube::ApiCatalog> discovered(const FakeTransport::Answer& answer)
{
    FakeTransport transport(answer);
    return answerOf(kube::discover(kube::Client(&transport)));
}

QStringList keysOf(const kube::ApiCatalog& catalog)
{
    QStringList keys;
    for (const kube::ApiResource& resource : catalog.resources)
        keys += resource.key();
    return keys;
}

} // namespace

class TestDiscovery : public QObject {
    Q_OBJECT

private slots:
    void twoQuestionsAreEnoughForANewServer();
    void anOldServerIsAskedGroupByGroup();
    void bothSayTheSame();
    void aGroupThatIsDownIsNamedAndTheRestIsThere_data();
    void aGroupThatIsDownIsNamedAndTheRestIsThere();
    void aKindStandsOnceInThePreferredVersion();
    void aServerThatRefusesIsAnError_data();
    void aServerThatRefusesIsAnError();
    void whatIsNoDiscoveryIsAnErrorAndNotAnEmptyCluster_data();
    void whatIsNoDiscoveryIsAnErrorAndNotAnEmptyCluster();
    void aGroupThatAnswersSomethingElseIsNamed_data();
    void aGroupThatAnswersSomethingElseIsNamed();
    void hostileEntriesAreLeftOutOrMadeVisible();
    void itCanBeCanceled_data();
    void itCanBeCanceled();
    void aTransportMayGoBetweenTheQuestions();
    void theVersionIsRead_data();
    void theVersionIsRead();
};

void TestDiscovery::twoQuestionsAreEnoughForANewServer()
{
    FakeTransport transport(server(recorded("aggregated-api"), recorded("aggregated-apis")));
    const auto catalog = answerOf(kube::discover(kube::Client(&transport)));
    QVERIFY(catalog);
    QCOMPARE(transport.asked.size(), std::size_t{2});
    for (const Request& asked : transport.asked)
        QVERIFY(asked.headers.front().second.contains("as=APIGroupDiscoveryList"));
    const kube::ApiResource* pods = catalog->find(QStringLiteral("po"));
    QVERIFY(pods);
    QCOMPARE(pods->kind, QStringLiteral("Pod"));
    QCOMPARE(pods->apiVersion(), QStringLiteral("v1"));
    QVERIFY(pods->namespaced);
    QVERIFY(pods->can(QLatin1String("watch")));
    QCOMPARE(pods->categories, QStringList(QStringLiteral("all")));
    const kube::ApiResource* nodes = catalog->find(QStringLiteral("nodes"));
    QVERIFY(nodes && !nodes->namespaced);
    QCOMPARE(catalog->find(QStringLiteral("deploy"))->apiVersion(), QStringLiteral("apps/v1"));
    QCOMPARE(catalog->find(QStringLiteral("hpa"))->version, QStringLiteral("v2"));
    QVERIFY(catalog->find(QStringLiteral("NodeMetrics")));
    QVERIFY(catalog->find(QStringLiteral("deploy"))->subresources.contains(QLatin1String("scale")));
    QVERIFY(!catalog->find(QStringLiteral("daemonsets"))->subresources.contains(QLatin1String("scale")));
    QVERIFY(catalog->stale.empty());
    for (const kube::ApiResource& resource : catalog->resources)
        QVERIFY(!resource.resource.contains(QLatin1Char('/')) && !resource.kind.isEmpty());
}

void TestDiscovery::anOldServerIsAskedGroupByGroup()
{
    FakeTransport transport(server(recorded("api"), recorded("apis")));
    const auto catalog = answerOf(kube::discover(kube::Client(&transport)));
    QVERIFY(catalog);
    QVERIFY(catalog->resources.size() > 40);
    QCOMPARE(catalog->resources.front().group, QString()); // the core group first
    const kube::ApiResource* deployments = catalog->find(QStringLiteral("deployments"));
    QVERIFY(deployments && deployments->namespaced && deployments->can(QLatin1String("patch")));
    QCOMPARE(deployments->shortNames, QStringList(QStringLiteral("deploy")));
    QVERIFY(deployments->subresources.contains(QLatin1String("scale")));
}

void TestDiscovery::bothSayTheSame()
{
    const auto fresh = discovered(server(recorded("aggregated-api"), recorded("aggregated-apis")));
    const auto old = discovered(server(recorded("api"), recorded("apis")));
    QVERIFY(fresh && old);
    for (const kube::ApiResource& resource : old->resources) {
        const kube::ApiResource* same = fresh->find(resource.key());
        QVERIFY2(same, qPrintable(resource.key()));
        kube::ApiResource sorted = *same;
        kube::ApiResource other = resource;
        for (auto* each : {&sorted, &other}) {
            each->verbs.sort();
            each->categories.sort();
        }
        QVERIFY2(sorted == other, qPrintable(resource.key()));
    }
}

void TestDiscovery::aGroupThatIsDownIsNamedAndTheRestIsThere_data()
{
    QTest::addColumn<bool>("aggregated");
    QTest::newRow("aggregated") << true;
    QTest::newRow("group by group") << false;
}

void TestDiscovery::aGroupThatIsDownIsNamedAndTheRestIsThere()
{
    QFETCH(const bool, aggregated);
    const auto catalog =
        discovered(aggregated ? server(recorded("aggregated-api"), recorded("aggregated-apis-broken-apiservice"))
                              : server(recorded("api"), recorded("apis")));
    QVERIFY(catalog);
    QCOMPARE(catalog->stale.size(), std::size_t{1});
    QCOMPARE(catalog->stale.front().group, QStringLiteral("custom.metrics.k8s.io"));
    QCOMPARE(catalog->stale.front().version, QStringLiteral("v1beta1"));
    if (!aggregated)
        QCOMPARE(catalog->stale.front().said, QStringLiteral("service unavailable"));
    for (const char* kind : {"pods", "deployments.apps", "nodes.metrics.k8s.io"})
        QVERIFY(catalog->find(QLatin1String(kind)));
}

void TestDiscovery::aKindStandsOnceInThePreferredVersion()
{
    for (const bool aggregated : {true, false}) {
        const auto catalog = discovered(aggregated ? server(recorded("aggregated-api"), recorded("aggregated-apis"))
                                                   : server(recorded("api"), recorded("apis")));
        const QStringList keys = keysOf(*catalog);
        QCOMPARE(QSet<QString>(keys.begin(), keys.end()).size(), keys.size());
        QCOMPARE(catalog->find(QStringLiteral("horizontalpodautoscalers"))->version, QStringLiteral("v2"));
    }
}

void TestDiscovery::aServerThatRefusesIsAnError_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("status");
    for (const char* path : {"/api", "/apis"})
        for (const int status : {302, 401, 403, 404, 500})
            QTest::addRow("%s %d", path, status) << QByteArray(path) << status;
}

void TestDiscovery::aServerThatRefusesIsAnError()
{
    QFETCH(const QByteArray, path);
    QFETCH(const int, status);
    const auto good = server(recorded("aggregated-api"), recorded("aggregated-apis"));
    const auto catalog =
        discovered([&](const Request& request) { return request.path == path ? reply(status, "no") : good(request); });
    QVERIFY(!catalog);
    QCOMPARE(catalog.error().httpStatus, status);
    QCOMPARE(catalog.error().asked, QStringLiteral("GET ") + QString::fromLatin1(path));
}

void TestDiscovery::whatIsNoDiscoveryIsAnErrorAndNotAnEmptyCluster_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("HTML") << QByteArray("<html>Sign in</html>");
    QTest::newRow("an empty object") << QByteArray("{}");
    QTest::newRow("an array") << QByteArray("[]");
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("another kind") << QByteArray("{\"kind\":\"PodList\",\"items\":[]}");
    QTest::newRow("a Status") << QByteArray("{\"kind\":\"Status\",\"status\":\"Success\"}");
    QTest::newRow("groups that are no list") << QByteArray("{\"kind\":\"APIGroupDiscoveryList\",\"items\":7}");
    QTest::newRow("deep") << QByteArray("[").repeated(10'000) + QByteArray("]").repeated(10'000);
}

void TestDiscovery::whatIsNoDiscoveryIsAnErrorAndNotAnEmptyCluster()
{
    QFETCH(const QByteArray, body);
    const auto good = server(recorded("aggregated-api"), recorded("aggregated-apis"));
    for (const char* path : {"/api", "/apis"}) {
        const auto catalog =
            discovered([&](const Request& request) { return request.path == path ? reply(200, body) : good(request); });
        QVERIFY(!catalog);
        QVERIFY(catalog.error().kind == ErrorKind::BadAnswer || catalog.error().kind == ErrorKind::Limit);
        QCOMPARE(catalog.error().asked, QStringLiteral("GET ") + QString::fromLatin1(path));
        QCOMPARE(catalog.error().ofWhom, QStringLiteral("fake"));
    }
}

void TestDiscovery::aGroupThatAnswersSomethingElseIsNamed_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("HTML") << QByteArray("<html>Sign in</html>");
    QTest::newRow("an empty object") << QByteArray("{}");
    QTest::newRow("an array") << QByteArray("[]");
    QTest::newRow("another kind") << QByteArray("{\"kind\":\"PodList\",\"items\":[]}");
}

void TestDiscovery::aGroupThatAnswersSomethingElseIsNamed()
{
    QFETCH(const QByteArray, body);
    const auto good = server(recorded("api"), recorded("apis"));
    const auto catalog = discovered(
        [&](const Request& request) { return request.path == "/apis/apps/v1" ? reply(200, body) : good(request); });
    QVERIFY(catalog);
    QCOMPARE(catalog->stale.size(), std::size_t{2});
    QCOMPARE(catalog->stale.front().group, QStringLiteral("apps"));
    QVERIFY(!catalog->find(QStringLiteral("deployments")));
    QVERIFY(catalog->find(QStringLiteral("pods")));
}

void TestDiscovery::hostileEntriesAreLeftOutOrMadeVisible()
{
    const QByteArray apis =
        "{\"kind\":\"APIGroupDiscoveryList\",\"items\":[1,null,{},{\"metadata\":7,\"versions\":\"x\"},"
        "{\"metadata\":{\"name\":\"g\\u001b[31m\"},\"versions\":[3,{\"version\":\"v1\",\"resources\":["
        "5,{},{\"resource\":\"a/b\",\"responseKind\":{\"kind\":\"X\"}},{\"resource\":\"nokind\"},"
        "{\"resource\":\"evil\\u202e\",\"responseKind\":{\"kind\":\"<b>E\"},\"verbs\":[\"list\",4],\"shortNames\":9}"
        "]}]}]}";
    const auto catalog = discovered(server(recorded("aggregated-api"), apis));
    QVERIFY(catalog);
    const kube::ApiResource& last = catalog->resources.back();
    QCOMPARE(last.resource, QStringLiteral("evil\\u{202e}"));
    QCOMPARE(last.kind, QStringLiteral("<b>E"));
    QCOMPARE(last.verbs, QStringList(QStringLiteral("list")));
    QVERIFY(!last.group.contains(QChar(0x1b)));
    for (const kube::ApiResource& resource : catalog->resources)
        QVERIFY(resource.group.isEmpty() || &resource == &last);
}

void TestDiscovery::itCanBeCanceled_data()
{
    QTest::addColumn<QByteArray>("hangs");
    QTest::newRow("at the roots") << QByteArray("/api");
    QTest::newRow("at a group") << QByteArray("/apis/apps/v1");
}

void TestDiscovery::itCanBeCanceled()
{
    QFETCH(const QByteArray, hangs);
    const auto good = server(recorded("api"), recorded("apis"));
    FakeTransport transport([&](const Request& request) -> std::optional<base::Result<transport::Reply>> {
        if (request.path == hangs)
            return {};
        return good(request);
    });
    const auto call = kube::discover(kube::Client(&transport));
    QTest::qWait(50);
    QVERIFY(!call.future.isFinished());
    call.cancel();
    const auto answer = answerOf(call);
    QVERIFY(!answer);
    QCOMPARE(base::idOf(answer.error().kind), base::idOf(ErrorKind::Canceled));
}

void TestDiscovery::aTransportMayGoBetweenTheQuestions()
{
    auto transport = std::make_unique<FakeTransport>(server(recorded("api"), recorded("apis")));
    const auto call = kube::discover(kube::Client(transport.get())); // the roots have answered
    transport.reset();
    const auto answer = answerOf(call);
    QVERIFY(!answer);
    QCOMPARE(base::idOf(answer.error().kind), base::idOf(ErrorKind::Canceled));
}

void TestDiscovery::theVersionIsRead_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("major");
    QTest::addColumn<int>("minor");
    QTest::newRow("as served") << QByteArray("{\"major\":\"1\",\"minor\":\"36\",\"gitVersion\":\"v1.36.3\"}") << 1
                               << 36;
    QTest::newRow("a vendor's") << QByteArray("{\"major\":\"1\",\"minor\":\"20+\",\"gitVersion\":\"v1.20.6-tke.1\"}")
                                << 1 << 20;
    QTest::newRow("not said") << QByteArray("{}") << 0 << 0;
    QTest::newRow("nonsense") << QByteArray("{\"major\":7,\"minor\":\"x99999999999\"}") << 0 << 0;
    QTest::newRow("no object") << QByteArray("[]") << 0 << 0;
}

void TestDiscovery::theVersionIsRead()
{
    QFETCH(const QByteArray, body);
    FakeTransport transport([&](const Request&) { return reply(200, body); });
    const auto version = answerOf(kube::serverVersion(kube::Client(&transport)));
    QVERIFY(version);
    QTEST(version->major, "major");
    QTEST(version->minor, "minor");
}

QTEST_GUILESS_MAIN(TestDiscovery)
#include "tst_discovery.moc"
