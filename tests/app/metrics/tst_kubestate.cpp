// A page of kube-state-metrics: what is joined from its rows, and what becomes of a page that does not come whole.

#include "app/kube/jsonread.h"
#include "app/metrics/kubestate.h"
#include "tests/support/faketransport.h"
#include "tests/support/fixture.h"
#include "tests/support/statepage.h"
#include "tests/support/streamingtransport.h"

#include <QTest>
#include <set>

using kube::rawText;
using metrics::State;
using metrics::StatePage;
using metrics::Subject;
using support::StreamingTransport;

namespace {

StatePage recorded(const metrics::StateScope& scope = {})
{
    return support::statePage(support::fixture(QStringLiteral("metrics/kube-state-metrics.txt")), scope);
}

Subject pod(const char* nameSpace, const char* name, const char* container = "")
{
    return {QStringLiteral("Pod"), QLatin1String(nameSpace), QLatin1String(name), QLatin1String(container)};
}

Subject node(const char* name)
{
    return {QStringLiteral("Node"), {}, QLatin1String(name), {}};
}

kube::Json list(const char* path)
{
    auto json = kube::parseJson(support::fixture(QLatin1String(path)));
    if (!json)
        qFatal("no list");
    return std::move(*json);
}

const metrics::StateQuestion Question{.where = {QStringLiteral("kube-system"), QStringLiteral("kube-state-metrics"),
                                                QStringLiteral("8080"), QStringLiteral("http")}};

} // namespace

class TestKubeState : public QObject {
    Q_OBJECT

private slots:
    void everyPodAndNodeOfTheSameMomentIsThere();
    void aPodSaysWhatItsObjectSays();
    void aNodeSaysWhatItsObjectSays();
    void workloadsAreCounted();
    void jobsTellFailedFromFailing();
    void aCronJobIsSeen();
    void oldNamesSayTheSame();
    void theObjectsOwnLabelsWin();
    void onlyTheWantedNamespaceIsKept();
    void hostileRowsAreSurvived();
    void aPageIsReadThroughTheServiceProxy();
    void aPageThatIsCutIsRefused_data();
    void aPageThatIsCutIsRefused();
    void whatIsNoPageOfKubeStateMetricsIsRefused();
    void aPageThatIsTooLargeIsRefusedBeforeItIsRead();
    void aRefusalIsToldAsWhatItIs();
    void aReadingCanBeGivenUp();
    void theCostIsEstimatedFromCounts();
};

void TestKubeState::everyPodAndNodeOfTheSameMomentIsThere()
{
    const StatePage page = recorded();
    std::set<Subject> explained;
    const kube::Json pods = list("kubernetes-1.36/list-pods.json");
    for (const kube::Json& item : kube::elements(pods, {"items"})) {
        const Subject subject{
            QStringLiteral("Pod"), rawText(item, {"metadata", "namespace"}), rawText(item, {"metadata", "name"}), {}};
        const auto found = page.states.find(subject);
        QVERIFY2(found != page.states.end(), qPrintable(subject.name));
        QCOMPARE(found->second.uid, rawText(item, {"metadata", "uid"}));
        explained.insert(subject);
        for (const char* containers : {"containers", "initContainers"})
            for (const kube::Json& container : kube::elements(item, {"spec", containers}))
                explained.insert({subject.kind, subject.nameSpace, subject.name, rawText(container, {"name"})});
    }
    const kube::Json nodes = list("kubernetes-1.36/list-nodes.json");
    for (const kube::Json& item : kube::elements(nodes, {"items"})) {
        const Subject subject{QStringLiteral("Node"), {}, rawText(item, {"metadata", "name"}), {}};
        QVERIFY2(page.states.contains(subject), qPrintable(subject.name));
        explained.insert(subject);
    }
    for (const auto& [subject, state] : page.states)
        if (subject.kind == QLatin1String("Pod") || subject.kind == QLatin1String("Node"))
            QVERIFY2(explained.contains(subject), qPrintable(subject.name + QLatin1Char(' ') + subject.container));
}

void TestKubeState::aPodSaysWhatItsObjectSays()
{
    const StatePage page = recorded();
    const State& checkout = page.states.at(pod("shop", "checkout-7b679c5ccc-csq7c"));
    QCOMPARE(checkout.node, QStringLiteral("worker-c2"));
    QCOMPARE(checkout.phase, QStringLiteral("Running"));
    QCOMPARE(checkout.ready, false);
    QCOMPARE(checkout.restarts, 4);
    QCOMPARE(checkout.requests, (metrics::Amounts{100, 128LL << 20}));
    QCOMPARE(checkout.limits, (metrics::Amounts{200, 256LL << 20}));
    QCOMPARE(checkout.createdAt, QDateTime::fromSecsSinceEpoch(1795348601, Qt::UTC));
    const State& app = page.states.at(pod("shop", "checkout-7b679c5ccc-csq7c", "app"));
    QCOMPARE(app.reason, QStringLiteral("CrashLoopBackOff"));
    const metrics::LastEnd& end = page.lastEnds.at(pod("shop", "checkout-7b679c5ccc-csq7c", "app"));
    QCOMPARE(end.reason, QStringLiteral("Error"));
    QCOMPARE(end.exitCode, 1);
    QCOMPARE(end.finishedAt, QDateTime::fromSecsSinceEpoch(1795348786, Qt::UTC));
    QCOMPARE(page.owners.at(pod("shop", "checkout-7b679c5ccc-csq7c")).name, QStringLiteral("checkout-7b679c5ccc"));
    QCOMPARE(page.states.at(pod("default", "evicted-importer")).reason, QStringLiteral("Evicted"));
    QCOMPARE(page.restartsFamily, QStringLiteral("kube_pod_container_status_restarts_total"));
}

void TestKubeState::aNodeSaysWhatItsObjectSays()
{
    const State gone = recorded().states.at(node("worker-b2"));
    const auto ready = std::ranges::find(gone.conditions, QStringLiteral("Ready"), &metrics::Condition::type);
    QVERIFY(ready != gone.conditions.end());
    QCOMPARE(ready->status, QStringLiteral("Unknown"));
    QCOMPARE(gone.allocatable, (metrics::Amounts{7800, 16106127360}));
    QCOMPARE(gone.capacity, (metrics::Amounts{8000, 17179869184}));
}

void TestKubeState::workloadsAreCounted()
{
    const StatePage page = recorded();
    const auto deployment = [&page](const char* name) {
        return page.states.at({QStringLiteral("Deployment"), QStringLiteral("shop"), QLatin1String(name), {}});
    };
    QCOMPARE(deployment("checkout").wanted, 2);
    QCOMPARE(deployment("checkout").available, 0);
    QCOMPARE(deployment("checkout").ready, false);
    QCOMPARE(deployment("promo").wanted, 0);
    QCOMPARE(deployment("promo").ready, true);
}

void TestKubeState::jobsTellFailedFromFailing()
{
    const StatePage page = recorded();
    const auto job = [](const char* name) {
        return Subject{QStringLiteral("Job"), QStringLiteral("batch"), QLatin1String(name), {}};
    };
    QCOMPARE(page.jobFailures.at(job("import-retrying")), (std::vector<metrics::JobFailure>{{QString(), 3}}));
    QCOMPARE(page.jobFailures.at(job("import-bad")).front(),
             (metrics::JobFailure{QStringLiteral("BackoffLimitExceeded"), 1}));
    QCOMPARE(page.states.at(job("import-bad")).conditions,
             (std::vector<metrics::Condition>{{QStringLiteral("Failed"), QStringLiteral("True")}}));
    QVERIFY(page.states.at(job("import-retrying")).conditions.empty());
}

void TestKubeState::aCronJobIsSeen()
{
    const StatePage page =
        support::statePage("kube_cronjob_info{namespace=\"a\",cronjob=\"nightly\",schedule=\"49 1 * * *\"} 1\n"
                           "kube_cronjob_created{namespace=\"a\",cronjob=\"nightly\"} 1.795405071e+09\n");
    const Subject nightly{QStringLiteral("CronJob"), QStringLiteral("a"), QStringLiteral("nightly"), {}};
    QVERIFY(page.states.contains(nightly));
    QCOMPARE(page.states.at(nightly).createdAt, QDateTime::fromSecsSinceEpoch(1795405071, Qt::UTC));
}

void TestKubeState::oldNamesSayTheSame()
{
    const StatePage page = support::statePage(
        "kube_pod_info{namespace=\"a\",pod=\"p\",node=\"n\"} 1\n"
        "kube_pod_container_resource_requests_cpu_cores{namespace=\"a\",pod=\"p\",container=\"c\",node=\"n\"} 0.0251\n"
        "kube_pod_container_resource_requests_memory_bytes{namespace=\"a\",pod=\"p\",container=\"c\",node=\"n\"} "
        "1e+06\n"
        "kube_pod_container_status_restarts{namespace=\"a\",pod=\"p\",container=\"c\"} 3\n"
        "kube_node_status_allocatable_cpu_cores{node=\"n\"} 4\n"
        "kube_node_status_capacity_memory_bytes{node=\"n\"} 8e+09\n");
    QCOMPARE(page.states.at(pod("a", "p", "c")).requests, (metrics::Amounts{26, 1'000'000}));
    QCOMPARE(page.states.at(pod("a", "p")).requests, (metrics::Amounts{26, 1'000'000}));
    QCOMPARE(page.states.at(pod("a", "p")).restarts, 3);
    QCOMPARE(page.states.at(node("n")).allocatable.cpuMilli, 4000);
    QCOMPARE(page.states.at(node("n")).capacity.memoryBytes, 8'000'000'000);
    QCOMPARE(page.restartsFamily, QStringLiteral("kube_pod_container_status_restarts"));
}

void TestKubeState::theObjectsOwnLabelsWin()
{
    const StatePage page = support::statePage(
        "kube_pod_info{namespace=\"kube-system\",exported_namespace=\"shop\",exported_pod=\"web\",pod=\"ksm\"} 1\n"
        "kube_pod_container_status_restarts_total{namespace=\"a\",pod_name=\"p\",container_name=\"c\"} 1\n");
    QVERIFY(page.states.contains(pod("shop", "web")));
    QVERIFY(page.states.contains(pod("a", "p", "c")));
}

void TestKubeState::onlyTheWantedNamespaceIsKept()
{
    const StatePage page = recorded({QStringLiteral("shop")});
    QVERIFY(page.states.contains(node("worker-b2")));
    for (const auto& [subject, state] : page.states)
        QVERIFY2(subject.nameSpace == QLatin1String("shop") || subject.kind == QLatin1String("Node"),
                 qPrintable(subject.name));
}

void TestKubeState::hostileRowsAreSurvived()
{
    QByteArray text = "kube_pod_info{namespace=\"\",pod=\"p\"} 1\nkube_pod_info{pod=\"p\"} 1\nkube_pod_info 1\n"
                      "kube_pod_container_info{namespace=\"a\",pod=\"p\"} 1\n"
                      "kube_pod_created{namespace=\"a\",pod=\"p\"} 1e300\n"
                      "kube_pod_start_time{namespace=\"a\",pod=\"p\"} NaN\n"
                      "kube_node_status_capacity{node=\"n\",resource=\"cpu\"} +Inf\n"
                      "kube_node_status_condition{node=\"n\",condition=\"\",status=\"\"} 1\n";
    for (int i = 0; i < 1000; ++i)
        text += "kube_pod_container_status_restarts_total{namespace=\"a\",pod=\"p\",container=\"c" +
                QByteArray::number(i) + "\"} 9e17\nkube_job_status_failed{namespace=\"a\",job_name=\"j\"} 1\n";
    const StatePage page = support::statePage(text);
    QVERIFY(!page.states.at(pod("a", "p")).createdAt.isValid());
    QVERIFY(!page.states.at(pod("a", "p")).startedAt.isValid());
    QVERIFY(page.states.at(pod("a", "p")).restarts > 0);
    QCOMPARE(page.states.at(node("n")).capacity.cpuMilli, std::nullopt);
    QVERIFY(page.jobFailures.begin()->second.size() < 100);
}

void TestKubeState::aPageIsReadThroughTheServiceProxy()
{
    StreamingTransport transport;
    transport.head.headers = {{"Content-Type", "application/openmetrics-text; version=1.0.0"}};
    transport.pieces = {"kube_pod_info{namespace=\"a\",pod=\"p\"} 1\nkube_", "node_info{node=\"n\"} 1\nbad\n# EOF\n"};
    const auto page = support::answerOf(metrics::readStatePage(kube::Client(&transport), Question));
    QVERIFY(page);
    QCOMPARE(transport.asked.path,
             "/api/v1/namespaces/kube-system/services/http:kube-state-metrics:8080/proxy/metrics");
    QCOMPARE(page->states.size(), 2UL);
    QCOMPARE(page->lines, 4);
    QCOMPARE(page->badLines, 1);
    QCOMPARE(page->problems, std::vector{QStringLiteral("3 valueMalformed")});
    QVERIFY(!page->tellsLastEnds);
    // A family without a row is there all the same.
    transport.pieces.insert(transport.pieces.begin(),
                            "# TYPE kube_pod_container_status_last_terminated_timestamp gauge\n"
                            "# TYPE kube_pod_container_status_restarts_total counter\n");
    const auto again = support::answerOf(metrics::readStatePage(kube::Client(&transport), Question));
    QVERIFY(again && again->tellsLastEnds);
    QCOMPARE(again->restartsFamily, QStringLiteral("kube_pod_container_status_restarts_total"));
    QVERIFY(page->readAt.isValid());
}

void TestKubeState::aPageThatIsCutIsRefused_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::newRow("text") << QByteArray("text/plain");
    QTest::newRow("OpenMetrics") << QByteArray("application/openmetrics-text");
}

void TestKubeState::aPageThatIsCutIsRefused()
{
    QFETCH(const QByteArray, type);
    StreamingTransport transport;
    transport.head.headers = {{"Content-Type", type}};
    transport.pieces = {"kube_node_info{node=\"n\"} 1\nkube_node_in"};
    const auto page = support::answerOf(metrics::readStatePage(kube::Client(&transport), Question));
    QVERIFY(!page);
    QCOMPARE(page.error().reason, QStringLiteral("pageTruncated"));
    QVERIFY(page.error().asked.startsWith(QLatin1String("GET /api/v1/")));
    QCOMPARE(page.error().ofWhom, QStringLiteral("fake"));
}

void TestKubeState::whatIsNoPageOfKubeStateMetricsIsRefused()
{
    for (const char* body : {"<html>\n<body>\n", "", "go_goroutines 12\n", "kube_pod_info\n"}) {
        StreamingTransport transport;
        transport.pieces = {body};
        const auto page = support::answerOf(metrics::readStatePage(kube::Client(&transport), Question));
        QVERIFY(!page);
        QCOMPARE(page.error().reason, QStringLiteral("noStateMetrics"));
    }
}

void TestKubeState::aPageThatIsTooLargeIsRefusedBeforeItIsRead()
{
    metrics::StateQuestion question = Question;
    question.mostBytes = 10;
    for (const bool isSaid : {true, false}) {
        StreamingTransport transport;
        if (isSaid)
            transport.head.headers.emplace_back("Content-Length", "11");
        transport.pieces = isSaid ? std::vector<QByteArray>{"a"} : std::vector<QByteArray>{"kube_node_info 1\n"};
        const auto page = support::answerOf(metrics::readStatePage(kube::Client(&transport), question));
        QVERIFY(!page);
        QCOMPARE(page.error().kind, base::ErrorKind::Limit);
        QCOMPARE(page.error().reason, QStringLiteral("pageTooLarge"));
        QCOMPARE(transport.asked.mostBytes, 10);
    }
}

void TestKubeState::aRefusalIsToldAsWhatItIs()
{
    StreamingTransport transport;
    transport.head.status = 403;
    const auto page = support::answerOf(metrics::readStatePage(kube::Client(&transport), Question));
    QVERIFY(!page);
    QCOMPARE(page.error().kind, base::ErrorKind::Forbidden);
}

void TestKubeState::aReadingCanBeGivenUp()
{
    StreamingTransport transport;
    transport.isHeld = true;
    const auto call = metrics::readStatePage(kube::Client(&transport), Question);
    QVERIFY(transport.sink);
    QVERIFY(!call.future.isFinished());
    call.cancel();
    call.cancel();
    QCOMPARE(support::answerOf(call).error().kind, base::ErrorKind::Canceled);
    QVERIFY(!transport.sink);
}

void TestKubeState::theCostIsEstimatedFromCounts()
{
    support::FakeTransport transport([](const transport::Request& request) {
        const QByteArray count = request.path == "/api/v1/pods" ? "99999" : "999";
        return support::reply(200,
                              R"({"metadata":{"continue":"x","remainingItemCount":)" + count + R"(},"items":[{}]})");
    });
    const auto bytes = support::answerOf(metrics::estimatePageBytes(kube::Client(&transport)));
    QVERIFY(bytes);
    QCOMPARE(*bytes, metrics::estimatedPageBytes(100'000, 1'000));
    // What was recorded whole, with 85 pods and 12 nodes, had 680 777 bytes.
    QVERIFY(std::abs(metrics::estimatedPageBytes(85, 12) - 680'777) < 70'000);
}

QTEST_GUILESS_MAIN(TestKubeState)
#include "tst_kubestate.moc"
