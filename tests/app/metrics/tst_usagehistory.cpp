// Usage over time: what Alidade keeps of its own readings, and what is asked of a Prometheus and told of its answers.

#include "app/messages/usagerange.h"
#include "app/metrics/usagehistory.h"
#include "app/metrics/usagerange.h"
#include "tests/support/faketransport.h"

#include <QTest>

using metrics::RangeState;
using metrics::Subject;
using metrics::UsageHistory;
using metrics::UsagePage;
using metrics::UsageRange;
using support::answerOf;
using support::FakeTransport;
using support::reply;
using transport::Request;
using namespace std::chrono_literals;

namespace {

const metrics::ServicePort Where{QStringLiteral("kube-system"), QStringLiteral("prometheus"), QStringLiteral("9090"),
                                 QStringLiteral("http")};
const Subject Web{QStringLiteral("Pod"), QStringLiteral("shop"), QStringLiteral("web"), {}};
const Subject App{QStringLiteral("Pod"), QStringLiteral("shop"), QStringLiteral("web"), QStringLiteral("app")};
const Subject Node{QStringLiteral("Node"), {}, QStringLiteral("n1"), {}};

QDateTime at(qint64 seconds)
{
    return QDateTime::fromSecsSinceEpoch(1'795'348'000 + seconds, Qt::UTC);
}

Subject podNamed(int number)
{
    return {
        QStringLiteral("Pod"), QStringLiteral("shop"), QStringLiteral("p%1").arg(number, 6, 10, QLatin1Char('0')), {}};
}

UsagePage pageOf(const Subject& subject, qint64 seconds, const metrics::Amounts& used)
{
    return {.usages = {{subject, {.used = used, .takenAt = at(seconds)}}}, .readAt = at(seconds)};
}

QByteArray matrix(const QByteArray& series)
{
    return R"({"status":"success","data":{"resultType":"matrix","result":[)" + series + "]}}";
}

/// A Prometheus that knows the metric names `names` and answers with these series.
base::Result<UsageRange> asked(const Subject& subject, const QByteArray& cpu, const QByteArray& memory,
                               const QByteArray& names, QStringList* expressions = nullptr)
{
    FakeTransport transport([&](const Request& request) {
        if (request.path.endsWith("/values"))
            return names.isEmpty() ? reply(500, "oops") : reply(200, R"({"status":"success","data":[)" + names + "]}");
        const QString expression = request.query.front().second;
        if (expressions)
            *expressions += expression;
        return reply(200, matrix(expression.contains(QLatin1String("cpu")) ? cpu : memory));
    });
    return answerOf(metrics::readUsageRange(kube::Client(&transport), Where, subject, {at(0), at(900), 30s}));
}

} // namespace

class TestUsageHistory : public QObject {
    Q_OBJECT

private slots:
    void eachReadingIsKept();
    void aFigureThatIsNotToldIsAGapAndNotZero();
    void theSubjectsAreBounded();
    void whatIsOpenHasAPlaceOfItsOwn();
    void whatIsGoneIsForgotten();
    void everyWayToNameAPodIsAsked();
    void aNameIsNeverPartOfTheExpression();
    void aPodIsToldByItsContainers();
    void oneContainerIsToldAlone();
    void aPodWithoutContainersIsToldAsAWhole();
    void labelsOfTkeStackAreRead();
    void twoScrapesAreNotAddedUp();
    void aNodeIsAskedOfCAdvisorAndOfNodeExporter();
    void noSuchMetricIsNotNoData();
    void aRefusalIsTold();
    void aWorkloadIsTheSumOfItsPods();
    void aWorkloadIsAskedByTheNamesOfItsPods();
};

void TestUsageHistory::eachReadingIsKept()
{
    UsageHistory history;
    for (int i = 0; i < 4; ++i)
        history.add(pageOf(App, 15 * i, {100 + i, 1 << 20}));
    history.add(pageOf(App, 45, {7, 7})); // the same sample, read again
    QCOMPARE(history.cpu(App)->points().size(), 4UL);
    QCOMPARE(history.cpu(App)->points().back(), (metrics::Point{at(45), 103}));
    QCOMPARE(history.memory(App)->points().back().value, 1048576.0);
    QVERIFY(!history.cpu(Web));
}

void TestUsageHistory::aFigureThatIsNotToldIsAGapAndNotZero()
{
    UsageHistory history;
    history.add(pageOf(App, 0, {100, 1000}));
    history.add(pageOf(App, 15, {std::nullopt, 1000}));
    history.add(pageOf(App, 60, {100, 1000}));
    QCOMPARE(history.cpu(App)->points().size(), 2UL);
    QCOMPARE(history.cpu(App)->runs(30s).size(), 2UL);
    QCOMPARE(history.memory(App)->points().size(), 3UL);
}

void TestUsageHistory::theSubjectsAreBounded()
{
    UsageHistory history;
    UsagePage page{.usages = {}, .readAt = at(0)};
    for (int i = 0; i < 6000; ++i)
        page.usages.emplace(podNamed(i), metrics::Usage{.used = {1, 1}, .takenAt = at(0)});
    history.add(page);
    QVERIFY(history.cpu(podNamed(UsageHistory::MostSubjects - 1)));
    QVERIFY(!history.cpu(podNamed(UsageHistory::MostSubjects)));
}

void TestUsageHistory::whatIsOpenHasAPlaceOfItsOwn()
{
    UsageHistory history;
    UsagePage page{.usages = {}, .readAt = at(0)};
    for (int i = 0; i < 6000; ++i)
        page.usages.emplace(podNamed(i), metrics::Usage{.used = {1, 1}, .takenAt = at(0)});
    history.follow(podNamed(5999));
    history.add(page);
    QVERIFY(history.cpu(podNamed(5999)));
    QVERIFY(!history.cpu(podNamed(5998)));
}

void TestUsageHistory::whatIsGoneIsForgotten()
{
    UsageHistory history;
    history.add(pageOf(App, 0, {100, 1000}));
    history.add(pageOf(Node, 3 * 3600 + 1, {100, 1000}));
    QVERIFY(!history.cpu(App));
    QVERIFY(!history.memory(App));
    QVERIFY(history.cpu(Node));
}

void TestUsageHistory::everyWayToNameAPodIsAsked()
{
    QStringList expressions;
    const auto answer = asked(Web, {}, {}, R"("container_cpu_usage_seconds_total")", &expressions);
    QVERIFY(answer);
    QCOMPARE(expressions.size(), 2);
    for (const QString& expression : expressions) {
        QVERIFY(expression.contains(QLatin1String("namespace=\"shop\",pod=\"web\"")));
        QVERIFY(expression.contains(QLatin1String("namespace=\"shop\",pod_name=\"web\"")));
        QVERIFY(expression.contains(QLatin1String("exported_namespace=\"shop\",exported_pod=\"web\"")));
    }
    QVERIFY(expressions.join(QLatin1Char(' ')).contains(QLatin1String("rate(container_cpu_usage_seconds_total{")));
    QCOMPARE(answer->window, 180s);
    QCOMPARE(answer->cpu.expression, expressions.front());
}

void TestUsageHistory::aNameIsNeverPartOfTheExpression()
{
    Subject evil = Web;
    evil.name = QStringLiteral("a\"} or vector(1) or x{b=\"\\");
    const QString expression = metrics::usageExpressions(evil, 180s).cpu;
    const QLatin1String name(R"(pod="a\"} or vector(1) or x{b=\"\\")");
    QVERIFY2(expression.contains(name), qPrintable(expression));
    Subject node = Node;
    node.name = QStringLiteral("n.1");
    const QLatin1String address(R"(instance=~"n\\.1(:[0-9]+)?")");
    QVERIFY(metrics::usageExpressions(node, 180s).cpu.contains(address));
}

void TestUsageHistory::aPodIsToldByItsContainers()
{
    const auto answer = asked(Web, R"({"metric":{"pod":"web","container":"app"},"values":[[10,"0.25"],[40,"0.5"]]},
        {"metric":{"pod":"web","container":"POD"},"values":[[10,"9"]]},
        {"metric":{"pod":"web"},"values":[[10,"9"]]},
        {"metric":{"pod":"web","container":"proxy"},"values":[[10,"0.001"]]})",
                              R"({"metric":{"pod":"web","container":"app"},"values":[[10,"1048576"]]})",
                              R"("container_cpu_usage_seconds_total")");
    QVERIFY(answer);
    QCOMPARE(answer->cpu.state, RangeState::Ok);
    QCOMPARE(answer->cpu.lines.size(), 2UL);
    QCOMPARE(answer->cpu.lines[0].subject, App);
    QCOMPARE(answer->cpu.lines[0].points.back().value, 500.0);
    QCOMPARE(answer->cpu.lines[1].points.front().value, 1.0);
    QCOMPARE(answer->memory.lines.front().points.front().value, 1048576.0);
    QVERIFY(messages::sentence(answer->cpu).isEmpty());
}

void TestUsageHistory::oneContainerIsToldAlone()
{
    const auto answer = asked(App, R"({"metric":{"container":"app"},"values":[[10,"1"]]},
        {"metric":{"container":"proxy"},"values":[[10,"2"]]},{"metric":{},"values":[[10,"3"]]})",
                              {}, R"("container_memory_working_set_bytes")");
    QCOMPARE(answer->cpu.lines.size(), 1UL);
    QCOMPARE(answer->cpu.lines.front().points.front().value, 1000.0);
    QCOMPARE(answer->memory.state, RangeState::NoData);
}

void TestUsageHistory::aPodWithoutContainersIsToldAsAWhole()
{
    const auto answer = asked(Web, R"({"metric":{"pod":"web"},"values":[[10,"1"]]})", {}, R"("x")");
    QCOMPARE(answer->cpu.lines.size(), 1UL);
    QCOMPARE(answer->cpu.lines.front().subject, Web);
}

void TestUsageHistory::labelsOfTkeStackAreRead()
{
    const auto answer =
        asked(Web, R"({"metric":{"pod_name":"web","container_name":"app"},"values":[[10,"1"]]})", {}, R"("x")");
    QCOMPARE(answer->cpu.lines.front().subject, App);
}

void TestUsageHistory::twoScrapesAreNotAddedUp()
{
    const auto answer = asked(Web, R"({"metric":{"job":"a","container":"app"},"values":[[10,"1"],[40,"1"]]},
        {"metric":{"job":"b","container":"app"},"values":[[40,"1.5"],[70,"2"]]})",
                              {}, R"("x")");
    QCOMPARE(answer->cpu.lines.size(), 1UL);
    const auto& points = answer->cpu.lines.front().points;
    QCOMPARE(points.size(), 3UL);
    QCOMPARE(points[0].value, 1000.0);
    QCOMPARE(points[1].value, 1500.0);
    QCOMPARE(points[2].value, 2000.0);
}

void TestUsageHistory::aNodeIsAskedOfCAdvisorAndOfNodeExporter()
{
    QStringList expressions;
    const auto answer =
        asked(Node, R"({"metric":{},"values":[[10,"2"]]})", {}, R"("node_cpu_seconds_total")", &expressions);
    const QString all = expressions.join(QLatin1Char(' '));
    for (const char* part :
         {"id=\"/\",node=\"n1\"", "node_cpu_seconds_total{mode!~", "node_memory_MemAvailable_bytes{"})
        QVERIFY2(all.contains(QLatin1String(part)), part);
    QCOMPARE(answer->cpu.lines.front().subject, Node);
    QCOMPARE(answer->cpu.lines.front().points.front().value, 2000.0);
    QCOMPARE(answer->memory.state, RangeState::NoMetric);
}

void TestUsageHistory::noSuchMetricIsNotNoData()
{
    const auto without = asked(Web, {}, {}, R"("up")");
    QCOMPARE(without->cpu.state, RangeState::NoMetric);
    QVERIFY(messages::sentence(without->cpu).contains(QLatin1String("no such metric")));
    const auto with = asked(Web, {}, {}, R"("container_cpu_usage_seconds_total","container_memory_working_set_bytes")");
    QCOMPARE(with->cpu.state, RangeState::NoData);
    QCOMPARE(with->memory.state, RangeState::NoData);
    QVERIFY(messages::sentence(with->cpu) != messages::sentence(without->cpu));
    const auto unknown = asked(Web, {}, {}, {});
    QCOMPARE(unknown->cpu.state, RangeState::Unknown);
}

void TestUsageHistory::aRefusalIsTold()
{
    FakeTransport transport([](const Request&) { return reply(403, R"({"kind":"Status","reason":"Forbidden"})"); });
    const auto answer = answerOf(metrics::readUsageRange(kube::Client(&transport), Where, Web, {at(0), at(900), 30s}));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, base::ErrorKind::Forbidden);
}

void TestUsageHistory::aWorkloadIsTheSumOfItsPods()
{
    const Subject workload{QStringLiteral("Deployment"), QStringLiteral("shop"), QStringLiteral("web"), {}};
    // One pod of two containers with its own cgroup beside them, and one of another runtime without containers.
    const auto range = asked(workload,
                             R"({"metric":{"namespace":"shop","pod":"web-1"},"values":[[1795348000,"9"]]},
           {"metric":{"namespace":"shop","pod":"web-1","container":"app"},"values":[[1795348000,"0.1"],[1795348030,"0.2"]]},
           {"metric":{"namespace":"shop","pod":"web-1","container":"log"},"values":[[1795348000,"0.01"]]},
           {"metric":{"namespace":"shop","pod":"web-1","container":"POD"},"values":[[1795348000,"5"]]},
           {"metric":{"namespace":"shop","pod":"web-2"},"values":[[1795348030,"0.3"]]})",
                             {}, R"("container_cpu_usage_seconds_total")");
    QVERIFY(range);
    QCOMPARE(range->cpu.lines.size(), 1UL);
    const metrics::UsageLine& line = range->cpu.lines.front();
    QCOMPARE(line.subject, workload);
    QCOMPARE(line.points.size(), 2UL);
    QCOMPARE(line.points[0].value, 110.0);
    QCOMPARE(line.points[1].value, 500.0);
    QCOMPARE(line.pods, (std::vector<int>{1, 2}));
    QCOMPARE(range->memory.state, RangeState::NoMetric);
}

void TestUsageHistory::aWorkloadIsAskedByTheNamesOfItsPods()
{
    const Subject workload{QStringLiteral("Deployment"), QStringLiteral("shop"), QStringLiteral("web"), {}};
    Subject odd = Web;
    odd.name = QStringLiteral("by.hand");
    Subject own = Web;
    own.name = QStringLiteral("web-97577bd9-dw7sc");
    const QString expression = metrics::usageExpressions(workload, 180s, {odd, own}).cpu;
    QVERIFY(expression.contains(QLatin1String(R"(namespace="shop",pod=~"web-[bcdf)")));
    QVERIFY(expression.contains(QLatin1String(R"(|by\\.hand")")));
    QVERIFY(!expression.contains(QLatin1String("97577bd9")));
}

QTEST_GUILESS_MAIN(TestUsageHistory)
#include "tst_usagehistory.moc"
