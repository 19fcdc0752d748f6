// The kubelet itself, asked through the node proxy: the page that metrics-server reads, and the kubelet's own summary.

#include "app/metrics/kubelet.h"
#include "tests/support/faketransport.h"
#include "tests/support/served.h"

#include <QTest>
#include <algorithm>

using kube::Json;
using metrics::Amounts;
using metrics::KubeletPage;
using metrics::Subject;
using support::answerOf;
using support::FakeTransport;
using support::reply;
using transport::Request;

namespace {

const QString N1 = QStringLiteral("n1");
const Subject Node{QStringLiteral("Node"), {}, N1, {}};
const Subject Pod{QStringLiteral("Pod"), QStringLiteral("shop"), QStringLiteral("web"), {}};
const Subject App{QStringLiteral("Pod"), QStringLiteral("shop"), QStringLiteral("web"), QStringLiteral("app")};

/// As the kubelet of 1.36 writes it: times in milliseconds, families that are of no use here among them.
QByteArray resourcePage(const char* cpuSeconds, const char* at)
{
    return QByteArray(R"(# HELP container_cpu_usage_seconds_total [STABLE] Cumulative cpu time consumed by the container
# TYPE container_cpu_usage_seconds_total counter
container_cpu_usage_seconds_total{container="app",namespace="shop",pod="web"} %CPU %AT
# TYPE container_memory_working_set_bytes gauge
container_memory_working_set_bytes{container="app",namespace="shop",pod="web"} 1.048576e+06 %AT
# TYPE container_start_time_seconds gauge
container_start_time_seconds{container="app",namespace="shop",pod="web"} 1.795347e+09
# TYPE container_swap_usage_bytes gauge
container_swap_usage_bytes{container="app",namespace="shop",pod="web"} 0 %AT
# TYPE node_cpu_usage_seconds_total counter
node_cpu_usage_seconds_total 100 %AT
# TYPE node_memory_working_set_bytes gauge
node_memory_working_set_bytes 2.097152e+06 %AT
# TYPE pod_cpu_usage_seconds_total counter
pod_cpu_usage_seconds_total{namespace="shop",pod="web"} %CPU %AT
# TYPE resource_scrape_error gauge
resource_scrape_error 0
)")
        .replace("%CPU", cpuSeconds)
        .replace("%AT", at);
}

const QByteArray Summary = R"({"node":{"nodeName":"n1",
    "cpu":{"time":"2026-11-22T12:00:10Z","usageNanoCores":250000001,"usageCoreNanoSeconds":100000000000},
    "memory":{"time":"2026-11-22T12:00:10Z","workingSetBytes":2097152}},
  "pods":[{"podRef":{"name":"web","namespace":"shop","uid":"u"},
    "cpu":{"time":"2026-11-22T12:00:09Z","usageNanoCores":100000000},
    "containers":[{"name":"app","cpu":{"time":"2026-11-22T12:00:08Z","usageNanoCores":90000000},
      "memory":{"time":"2026-11-22T12:00:08Z","workingSetBytes":1048576}}]}]})";

/// A node with this annotation, and what its kubelet answers.
base::Result<KubeletPage> asked(const base::Result<transport::Reply>& resource,
                                const base::Result<transport::Reply>& summary, const QByteArray& annotations = "{}",
                                QList<QByteArray>* paths = nullptr)
{
    FakeTransport transport([&](const Request& request) {
        if (paths)
            *paths += request.path;
        if (request.path == "/api/v1/nodes/n1")
            return reply(200, R"({"metadata":{"name":"n1","annotations":)" + annotations + "}}");
        if (std::ranges::find(request.headers, transport::Header("Accept", "*/*")) == request.headers.end())
            return reply(406, "406: Not Acceptable\n"); // as kwok does to whoever asks for a type
        return request.path == "/api/v1/nodes/n1/proxy/stats/summary" ? summary : resource;
    });
    return answerOf(metrics::readKubelet(kube::Client(&transport), N1));
}

KubeletPage pageAt(const char* cpuSeconds, const char* at)
{
    return {.node = N1,
            .resource = metrics::readResourcePage(N1, *reply(200, resourcePage(cpuSeconds, at)), {}, nullptr),
            .summary = {}};
}

} // namespace

class TestKubelet : public QObject {
    Q_OBJECT
private slots:
    void bothPagesAreRead();
    void cpuInUseIsTheGrowthBetweenTwoReadings();
    void whatRestartedHasNoGrowth();
    void oneReadingAskedTwiceHasNoGrowth();
    void aPageWithoutTimesIsOfTheAnswer();
    void thePathOfTheNodeIsFollowed();
    void aPathThatLeadsElsewhereIsNot_data();
    void aPathThatLeadsElsewhereIsNot();
    void onePageIsEnough();
    void withoutEitherItIsTheError();
    void whatIsNoPageIsTold();
    void hostilePagesAreSurvived_data();
    void hostilePagesAreSurvived();
};

void TestKubelet::bothPagesAreRead()
{
    const auto page = asked(reply(200, resourcePage("10.5", "1795348800000")), reply(200, Summary));
    QVERIFY(page);
    QVERIFY(!page->noResource && !page->noSummary);
    QCOMPARE(page->resource.size(), std::size_t(3));
    QCOMPARE(page->resource.at(App).cpuSeconds, std::optional(10.5));
    QCOMPARE(page->resource.at(App).usage.used, (Amounts{std::nullopt, 1 << 20}));
    QCOMPARE(page->resource.at(App).usage.takenAt, QDateTime::fromSecsSinceEpoch(1795348800, Qt::UTC));
    QCOMPARE(page->resource.at(Node).usage.used.memoryBytes, std::optional<qint64>(2 << 20));
    QCOMPARE(page->summary.at(Node).usage.used, (Amounts{251, 2 << 20})); // rounded up
    QCOMPARE(page->summary.at(App).usage.used, (Amounts{90, 1 << 20}));
    QCOMPARE(page->summary.at(Pod).usage.used, (Amounts{100, std::nullopt}));
    QCOMPARE(page->summary.at(App).usage.takenAt, QDateTime(QDate(2026, 11, 22), QTime(12, 0, 8), Qt::UTC));
}

void TestKubelet::cpuInUseIsTheGrowthBetweenTwoReadings()
{
    KubeletPage now = pageAt("13.5", "1795348815000");
    metrics::reckonCpu(now, pageAt("10.5", "1795348800000"));
    QCOMPARE(now.resource.at(App).usage.used.cpuMilli, std::optional<qint64>(200)); // 3 s in 15 s
    QCOMPARE(now.resource.at(App).usage.windowSeconds, std::optional(15.0));
    QCOMPARE(now.resource.at(Node).usage.used.cpuMilli, std::optional<qint64>(0));
}

void TestKubelet::whatRestartedHasNoGrowth()
{
    KubeletPage now = pageAt("0.5", "1795348815000");
    metrics::reckonCpu(now, pageAt("10.5", "1795348800000"));
    QCOMPARE(now.resource.at(App).usage.used.cpuMilli, std::nullopt);
    QCOMPARE(now.resource.at(App).usage.windowSeconds, std::nullopt);
}

void TestKubelet::oneReadingAskedTwiceHasNoGrowth()
{
    KubeletPage now = pageAt("10.5", "1795348800000");
    metrics::reckonCpu(now, pageAt("10.5", "1795348800000"));
    QCOMPARE(now.resource.at(App).usage.used.cpuMilli, std::nullopt);
}

void TestKubelet::aPageWithoutTimesIsOfTheAnswer()
{
    const QDateTime when = QDateTime::fromSecsSinceEpoch(1795348800, Qt::UTC);
    const auto figures = metrics::readResourcePage(N1, *reply(200, "node_cpu_usage_seconds_total 7\n"), when, nullptr);
    QCOMPARE(figures.at(Node).usage.takenAt, when);
}

void TestKubelet::thePathOfTheNodeIsFollowed()
{
    QList<QByteArray> paths;
    const auto page = asked(reply(200, resourcePage("1", "1795348800000")), reply(404, {}),
                            R"({"metrics.k8s.io/resource-metrics-path":"/metrics/nodes/n1/metrics/resource"})", &paths);
    QVERIFY(page);
    QVERIFY(paths.contains("/api/v1/nodes/n1/proxy/metrics/nodes/n1/metrics/resource"));
}

void TestKubelet::aPathThatLeadsElsewhereIsNot_data()
{
    QTest::addColumn<QString>("path");
    for (const char* path : {"", "/", "metrics", "/../../../secrets", "/metrics/../../x", "/./metrics"})
        QTest::newRow(path) << QString::fromLatin1(path);
}

void TestKubelet::aPathThatLeadsElsewhereIsNot()
{
    QFETCH(QString, path);
    const Json node{{"metadata", {{"annotations", {{"metrics.k8s.io/resource-metrics-path", path.toStdString()}}}}}};
    QCOMPARE(metrics::resourcePath(node), (QStringList{QStringLiteral("metrics"), QStringLiteral("resource")}));
}

void TestKubelet::onePageIsEnough()
{
    const auto page = asked(reply(200, resourcePage("1", "1795348800000")), reply(404, "404 page not found\n"));
    QVERIFY(page);
    QVERIFY(!page->noResource);
    QCOMPARE(page->noSummary->kind, base::ErrorKind::NotFound);
    QVERIFY(page->summary.empty());
}

void TestKubelet::withoutEitherItIsTheError()
{
    const auto refused = reply(403, support::statusJson(403, "Forbidden"));
    const auto page = asked(refused, refused);
    QVERIFY(!page);
    QCOMPARE(page.error().kind, base::ErrorKind::Forbidden);
    QVERIFY(page.error().asked.contains(QLatin1String("/proxy/metrics/resource")));
}

void TestKubelet::whatIsNoPageIsTold()
{
    const auto page = asked(reply(200, "<html>\n"), reply(200, "{}"));
    QVERIFY(!page);
    QCOMPARE(page.error().reason, QStringLiteral("noKubeletFigures"));
}

void TestKubelet::hostilePagesAreSurvived_data()
{
    QTest::addColumn<QByteArray>("body");
    for (const char* body :
         {"", "\n", "node_cpu_usage_seconds_total NaN\n", "node_memory_working_set_bytes -1\n",
          "node_memory_working_set_bytes 1e300\n", "pod_cpu_usage_seconds_total 1\n",
          "container_cpu_usage_seconds_total{pod=\"p\"} 1\n", "node_cpu_usage_seconds_total +Inf 9223372036854775807\n",
          R"({"node":7,"pods":[7,{"podRef":[]},{"podRef":{"name":"x"},"containers":[null,{"name":7}]}]})",
          R"({"node":{"cpu":{"usageNanoCores":-1,"time":7},"memory":{"workingSetBytes":"x"}}})"})
        QTest::newRow(body) << QByteArray(body);
}

void TestKubelet::hostilePagesAreSurvived()
{
    QFETCH(QByteArray, body);
    auto page = asked(reply(200, body), reply(200, body));
    if (!page)
        return;
    const KubeletPage before = *page;
    metrics::reckonCpu(*page, before);
    for (const auto* figures : {&page->resource, &page->summary})
        for (const auto& [subject, figure] : *figures) {
            QVERIFY(!subject.name.isEmpty());
            QVERIFY(figure.usage.used.cpuMilli.value_or(0) >= 0);
            QVERIFY(figure.usage.used.memoryBytes.value_or(0) >= 0);
        }
}

QTEST_GUILESS_MAIN(TestKubelet)
#include "tst_kubelet.moc"
