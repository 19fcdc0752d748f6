// Usage as metrics.k8s.io serves it, recorded and made up.

#include "app/metrics/usage.h"
#include "tests/support/faketransport.h"
#include "tests/support/fixture.h"
#include "tests/support/served.h"

#include <QTest>

using kube::Json;
using metrics::Amounts;
using metrics::Subject;

class TestUsage : public QObject {
    Q_OBJECT
private slots:
    void recordedNodesAreReadToTheMilli();
    void aPodIsTheSumOfItsContainers();
    void aSilentContainerLeavesTheSumUnknown();
    void durationsOfGoAreRead_data();
    void durationsOfGoAreRead();
    void whatIsOfAnotherTypeIsNothing();
    void heapsterIsAskedThroughItsService();
    void oneObjectIsAskedForByItsName();
    void whatIsFollowedIsAskedForWithLittle();
};

void TestUsage::recordedNodesAreReadToTheMilli()
{
    support::FakeTransport transport([](const transport::Request& request) {
        return request.path == "/apis/metrics.k8s.io/v1beta1/nodes"
                   ? support::reply(200, support::fixture(QStringLiteral("metrics/metrics-nodes.json")))
                   : support::reply(404, {});
    });
    const auto page = support::answerOf(metrics::readNodeUsage(kube::Client(&transport)));
    QVERIFY(page);
    QCOMPARE(page->usages.size(), std::size_t(11)); // of twelve nodes: the dead one is absent
    const metrics::Usage& master =
        page->usages.at({.kind = QStringLiteral("Node"), .name = QStringLiteral("master-1")});
    QCOMPARE(master.used, (Amounts{489, 1442LL << 20})); // 488689522n
    QCOMPARE(master.windowSeconds, std::optional(14.974));
    QCOMPARE(master.takenAt, QDateTime(QDate(2026, 11, 22), QTime(12, 0, 4), Qt::UTC));
    QVERIFY(page->newest() >= master.takenAt);
}

void TestUsage::aPodIsTheSumOfItsContainers()
{
    const auto usages = metrics::podUsage(Json::parse(R"({"metadata":{"name":"p","namespace":"n"},
        "timestamp":"2026-11-22T12:00:04Z","window":"30s",
        "containers":[{"name":"a","usage":{"cpu":"100m","memory":"1Ki"}},{"name":"b","usage":{"cpu":"1n","memory":"1Ki"}}]})"));
    QCOMPARE(usages.size(), std::size_t(3));
    const Subject pod{QStringLiteral("Pod"), QStringLiteral("n"), QStringLiteral("p"), {}};
    QCOMPARE(usages.at(pod).used, (Amounts{101, 2048}));
    QCOMPARE(usages.at(pod).windowSeconds, std::optional(30.0));
}

void TestUsage::aSilentContainerLeavesTheSumUnknown()
{
    const auto usages = metrics::podUsage(Json::parse(R"({"metadata":{"name":"p","namespace":"n"},
        "containers":[{"name":"a","usage":{"cpu":"100m","memory":"1Ki"}},{"name":"b","usage":{"memory":"-1"}}]})"));
    const Subject pod{QStringLiteral("Pod"), QStringLiteral("n"), QStringLiteral("p"), {}};
    QCOMPARE(usages.at(pod).used, Amounts{});
    QVERIFY(!usages.at(pod).takenAt.isValid());
}

void TestUsage::durationsOfGoAreRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("seconds"); // 0: none
    const auto row = [](const char* text, double seconds) {
        QTest::newRow(text) << QString::fromLatin1(text) << seconds;
    };
    row("30s", 30);
    row("14.974s", 14.974);
    row("1m0.5s", 60.5);
    row("1h2m3s", 3723);
    row("500ms", 0.5);
    row("0s", 0);
    row("", 0);
    row("30", 0);
    row("-30s", 0);
    row("1e9s", 0);
    row("99999999999999999999s", 0);
}

void TestUsage::durationsOfGoAreRead()
{
    QFETCH(QString, text);
    QFETCH(double, seconds);
    QCOMPARE(metrics::secondsOf(text).value_or(0), seconds);
}

void TestUsage::whatIsOfAnotherTypeIsNothing()
{
    for (const char* text : {"null", "[]", R"({"metadata":7})", R"({"metadata":{"name":[]},"usage":{"cpu":"1"}})"}) {
        QVERIFY(metrics::nodeUsage(Json::parse(text)).empty());
        QVERIFY(metrics::podUsage(Json::parse(text)).empty());
    }
    const auto odd = metrics::podUsage(
        Json::parse(R"({"metadata":{"name":"p"},"timestamp":7,"window":[],"containers":[7,{"usage":3},null]})"));
    QCOMPARE(odd.size(), std::size_t(1));
    QCOMPARE(odd.begin()->second.used, Amounts{});
}

void TestUsage::heapsterIsAskedThroughItsService()
{
    support::FakeTransport transport(
        [](const transport::Request&) { return support::reply(200, R"({"metadata":{},"items":[]})"); });
    QVERIFY(support::answerOf(
        metrics::readPodUsage(kube::Client(&transport), QStringLiteral("shop"), metrics::UsageApi::Heapster)));
    QCOMPARE(transport.asked.front().path,
             QByteArray("/api/v1/namespaces/kube-system/services/http:heapster:/proxy/apis/metrics/v1alpha1/namespaces/"
                        "shop/pods"));
}

void TestUsage::oneObjectIsAskedForByItsName()
{
    support::FakeTransport transport([](const transport::Request&) {
        return support::reply(200, R"({"metadata":{"name":"web","namespace":"shop"},
            "containers":[{"name":"app","usage":{"cpu":"100m","memory":"1Ki"}}]})");
    });
    const Subject app{QStringLiteral("Pod"), QStringLiteral("shop"), QStringLiteral("web"), QStringLiteral("app")};
    const auto page = support::answerOf(metrics::readUsageOf(kube::Client(&transport), app));
    QVERIFY(page);
    QCOMPARE(page->usages.at(app).used, (Amounts{100, 1024}));
    QVERIFY(page->readAt.isValid());
    const Subject node{QStringLiteral("Node"), {}, QStringLiteral("n1"), {}};
    QVERIFY(support::answerOf(metrics::readUsageOf(kube::Client(&transport), node)));
    QCOMPARE(transport.asked.front().path, QByteArray("/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods/web"));
    QCOMPARE(transport.asked.back().path, QByteArray("/apis/metrics.k8s.io/v1beta1/nodes/n1"));
}

void TestUsage::whatIsFollowedIsAskedForWithLittle()
{
    const Subject web{QStringLiteral("Pod"), QStringLiteral("shop"), QStringLiteral("web"), {}};
    Subject app = web;
    app.container = QStringLiteral("app");
    const Subject node{QStringLiteral("Node"), {}, QStringLiteral("n1"), {}};
    const Subject workload{QStringLiteral("Deployment"), QStringLiteral("shop"), QStringLiteral("web"), {}};
    QCOMPARE(metrics::questionsFor({web, app, node}),
             (metrics::UsageQuestions{.single = {node, web}, .nameSpaces = {}, .allNodes = false}));
    QCOMPARE(metrics::questionsFor({web, workload}), // of which other pods may come
             (metrics::UsageQuestions{.single = {}, .nameSpaces = {QStringLiteral("shop")}, .allNodes = false}));
    std::vector<Subject> many{node};
    for (int i = 0; i < 50; ++i)
        many.push_back({QStringLiteral("Pod"), QStringLiteral("shop"), QString::number(i), {}});
    QCOMPARE(metrics::questionsFor(many),
             (metrics::UsageQuestions{.single = {node}, .nameSpaces = {QStringLiteral("shop")}, .allNodes = false}));
    QCOMPARE(metrics::questionsFor({}), metrics::UsageQuestions{});
}

QTEST_GUILESS_MAIN(TestUsage)
#include "tst_usage.moc"
