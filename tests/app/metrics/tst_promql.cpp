// Questions to a Prometheus: what is asked, what its answers and refusals come down to, and that nothing it says hurts.

#include "app/metrics/promql.h"
#include "tests/support/faketransport.h"
#include "tests/support/fixture.h"

#include <QTest>
#include <cmath>
#include <random>

using base::ErrorKind;
using metrics::QueryAnswer;
using support::answerOf;
using support::FakeTransport;
using support::reply;
using transport::Request;

namespace {

const metrics::ServicePort Where{QStringLiteral("kube-system"), QStringLiteral("prometheus"), QStringLiteral("9090"),
                                 QStringLiteral("http")};

base::Result<QueryAnswer> answered(int status, const QByteArray& body)
{
    FakeTransport transport([&](const Request&) { return reply(status, body); });
    return answerOf(metrics::query(kube::Client(&transport), Where, QStringLiteral("up")));
}

QByteArray vectorOf(const QByteArray& result)
{
    return R"({"status":"success","data":{"resultType":"vector","result":[)" + result + "]}}";
}

} // namespace

class TestPromql : public QObject {
    Q_OBJECT

private slots:
    void aQuestionGoesThroughTheServiceProxy();
    void aRangeIsAskedInSeconds();
    void aVectorIsRead();
    void aMatrixKeepsItsGaps();
    void aScalarIsOneSeries();
    void infinitiesAndNoNumbersAreRead();
    void nothingIsAnAnswer();
    void warningsAreKept();
    void aRefusedExpressionIsToldInItsWords();
    void whatTookTooLongIsATimeout();
    void aRefusalOfTheApiServerStaysOne();
    void whatIsNoPrometheusIsSaid_data();
    void whatIsNoPrometheusIsSaid();
    void metricsThatDoNotExistAreTold();
    void anyDamageToAnAnswerIsSurvived();
};

void TestPromql::aQuestionGoesThroughTheServiceProxy()
{
    FakeTransport transport([](const Request&) { return reply(200, vectorOf({})); });
    QVERIFY(answerOf(metrics::query(kube::Client(&transport), Where, QStringLiteral("a{b=\"c\"} > 1"))));
    QCOMPARE(transport.asked.front().path,
             "/api/v1/namespaces/kube-system/services/http:prometheus:9090/proxy/api/v1/query");
    QCOMPARE(transport.asked.front().query.front().second, QStringLiteral("a{b=\"c\"} > 1"));
    QCOMPARE(transport.asked.front().verb, "GET");
    QVERIFY(transport.asked.front().mostBytes <= metrics::MostAnswerBytes);
}

void TestPromql::aRangeIsAskedInSeconds()
{
    FakeTransport transport([](const Request&) {
        return reply(200, support::fixture(QStringLiteral("metrics/prometheus-range-faq4-restarts-total.json")));
    });
    const QDateTime to = QDateTime::fromMSecsSinceEpoch(1'795'348'890'500, Qt::UTC);
    const auto answer = answerOf(metrics::queryRange(kube::Client(&transport), Where, QStringLiteral("up"),
                                                     {to.addSecs(-600), to, std::chrono::seconds(30)}));
    QVERIFY(answer);
    const QByteArray target = transport.asked.front().target();
    QVERIFY(target.contains("/query_range?query=up&start=1795348290.500&end=1795348890.500&step=30"));
}

void TestPromql::aVectorIsRead()
{
    const auto answer = answered(200, support::fixture(QStringLiteral("metrics/prometheus-faq1-job-failed.json")));
    QVERIFY(answer);
    QCOMPARE(answer->series.size(), 1UL);
    const metrics::Series& series = answer->series.front();
    QCOMPARE(metrics::objectLabel(series.labels, QStringLiteral("job_name")), QStringLiteral("import-bad"));
    QCOMPARE(series.labels.at(QStringLiteral("reason")), QStringLiteral("BackoffLimitExceeded"));
    QCOMPARE(series.points.front().value, 1.0);
    QCOMPARE(series.points.front().at, QDateTime::fromMSecsSinceEpoch(1'795'348'889'838, Qt::UTC));
    QVERIFY(answer->warnings.isEmpty());
}

void TestPromql::aMatrixKeepsItsGaps()
{
    const auto answer = answered(200, R"({"status":"success","data":{"resultType":"matrix","result":[
        {"metric":{"pod":"a"},"values":[[10,"1"],[20,"2"],[60,"3"]]},{"metric":{"pod":"b"},"values":[]}]}})");
    QVERIFY(answer);
    QCOMPARE(answer->series.size(), 1UL);
    QCOMPARE(answer->series.front().points.size(), 3UL);
    QCOMPARE(answer->series.front().points.back().at.toSecsSinceEpoch(), 60);
}

void TestPromql::aScalarIsOneSeries()
{
    const auto answer = answered(200, R"({"status":"success","data":{"resultType":"scalar","result":[1.5,"42"]}})");
    QVERIFY(answer);
    QCOMPARE(answer->series.front().points.front().value, 42.0);
    QVERIFY(answer->series.front().labels.empty());
}

void TestPromql::infinitiesAndNoNumbersAreRead()
{
    const auto answer = answered(200, vectorOf(R"({"metric":{},"value":[1,"+Inf"]},{"metric":{},"value":[1,"-Inf"]},
        {"metric":{},"value":[1,"NaN"]})"));
    QVERIFY(answer);
    QCOMPARE(answer->series.size(), 3UL);
    QVERIFY(std::isinf(answer->series[0].points.front().value));
    QVERIFY(answer->series[1].points.front().value < 0);
    QVERIFY(std::isnan(answer->series[2].points.front().value));
}

void TestPromql::nothingIsAnAnswer()
{
    const auto answer =
        answered(200, support::fixture(QStringLiteral("metrics/prometheus-faq4-restarts-old-name.json")));
    QVERIFY(answer);
    QVERIFY(answer->series.empty());
}

void TestPromql::warningsAreKept()
{
    const auto answer = answered(
        200, R"({"status":"success","warnings":["one \u001b[31m"],"data":{"resultType":"vector","result":[]}})");
    QVERIFY(answer);
    QCOMPARE(answer->warnings.size(), 1);
    QVERIFY(!answer->warnings.front().contains(QChar(0x1b)));
}

void TestPromql::aRefusedExpressionIsToldInItsWords()
{
    const auto answer = answered(400, support::fixture(QStringLiteral("metrics/prometheus-err-parse.json")));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Invalid);
    QCOMPARE(answer.error().reason, QStringLiteral("promqlRefused"));
    QVERIFY(answer.error().said.contains(QLatin1String("unterminated quoted string")));
    QVERIFY(answer.error().asked.contains(QLatin1String("/proxy/api/v1/query?query=up")));
    QCOMPARE(answer.error().ofWhom, QStringLiteral("fake"));
}

void TestPromql::whatTookTooLongIsATimeout()
{
    int times = 0;
    FakeTransport transport([&times](const Request&) {
        ++times;
        return reply(503, R"({"status":"error","errorType":"timeout","error":"query timed out"})",
                     {{"Retry-After", "1"}});
    });
    const auto answer = answerOf(metrics::query(kube::Client(&transport), Where, QStringLiteral("up")));
    QCOMPARE(answer.error().kind, ErrorKind::Timeout);
    QCOMPARE(times, 1);
}

void TestPromql::aRefusalOfTheApiServerStaysOne()
{
    const auto forbidden = answered(403, support::fixture(QStringLiteral("errors/403-viewer-nodes.json")));
    QCOMPARE(forbidden.error().kind, ErrorKind::Forbidden);
    const auto missing =
        answered(404, support::fixture(QStringLiteral("errors/404-service-proxy-no-endpoints-object.json")));
    QCOMPARE(missing.error().kind, ErrorKind::NotFound);
    QVERIFY(!missing.error().said.isEmpty());
}

void TestPromql::whatIsNoPrometheusIsSaid_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("a page") << QByteArray("<html>Please log in</html>");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("another object") << QByteArray(R"({"kind":"Status"})");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("no data") << QByteArray(R"({"status":"success"})");
    QTest::newRow("a type of its own") << QByteArray(
        R"({"status":"success","data":{"resultType":"picture","result":[]}})");
    QTest::newRow("no rows") << QByteArray(R"({"status":"success","data":{"resultType":"vector","result":{}}})");
    QTest::newRow("a scalar of nothing") << QByteArray(
        R"({"status":"success","data":{"resultType":"scalar","result":[1]}})");
}

void TestPromql::whatIsNoPrometheusIsSaid()
{
    QFETCH(const QByteArray, body);
    const auto answer = answered(200, body);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::BadAnswer);
    QCOMPARE(answer.error().reason, QStringLiteral("noPrometheus"));
}

void TestPromql::metricsThatDoNotExistAreTold()
{
    FakeTransport transport([](const Request&) {
        return reply(200, support::fixture(QStringLiteral("metrics/prometheus-metric-names.json")));
    });
    const QStringList asked{QStringLiteral("kube_pod_container_status_restarts"),
                            QStringLiteral("kube_pod_container_status_restarts_total")};
    const auto names = answerOf(metrics::metricNames(kube::Client(&transport), Where, asked));
    QVERIFY(names);
    QCOMPARE(*names, QStringList{asked.back()});
    QVERIFY(transport.asked.front().path.endsWith("/proxy/api/v1/label/__name__/values"));
}

void TestPromql::anyDamageToAnAnswerIsSurvived()
{
    const QByteArray whole = support::fixture(QStringLiteral("metrics/prometheus-range-faq4-restarts-total.json"));
    std::mt19937 random(3);
    for (int i = 0; i < 2000; ++i) {
        QByteArray damaged = whole;
        for (unsigned times = 1 + random() % 4; times > 0; --times)
            damaged[static_cast<qsizetype>(random() % static_cast<unsigned>(damaged.size()))] =
                "{}[],:\"0nx"[random() % 10];
        const auto answer = answered(200, damaged);
        QVERIFY(answer || !answer.error().reason.isEmpty());
    }
}

QTEST_GUILESS_MAIN(TestPromql)
#include "tst_promql.moc"
