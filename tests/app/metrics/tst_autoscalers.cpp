// Autoscalers: recorded ones, each type of metric, and why one cannot be read.

#include "app/kube/jsonread.h"
#include "app/metrics/autoscalers.h"
#include "tests/support/metricscluster.h"

#include <QTest>
#include <algorithm>

using kube::Json;
using metrics::Scaler;
using metrics::SourceKind;
using metrics::SourceState;

namespace {

metrics::SourceSurvey survey(SourceState state)
{
    metrics::SourceSurvey survey;
    for (int kind = 0; kind <= static_cast<int>(SourceKind::Objects); ++kind) {
        metrics::Source source;
        source.kind = static_cast<SourceKind>(kind);
        source.state = state;
        survey.sources.push_back(source);
    }
    return survey;
}

QStringList idsOf(const Scaler& scaler, SourceState state)
{
    QStringList ids;
    for (const auto& note : metrics::notesOf(scaler, survey(state)))
        ids += note.id;
    return ids;
}

} // namespace

class TestAutoscalers : public QObject {
    Q_OBJECT
private slots:
    void theRecordedOnesAreReadWithTheirTroubles();
    void eachTypeOfMetricHasItsApi();
    void aMissingApiIsNamedOnce();
    void aForbiddenApiSaysNothingAgainstIt();
    void oldServersAreAskedForTheVersionBefore();
    void whatIsOfAnotherTypeIsNothing();
};

void TestAutoscalers::theRecordedOnesAreReadWithTheirTroubles()
{
    support::MetricsCluster cluster;
    cluster.instead.emplace_back(
        "/apis/autoscaling/v2/horizontalpodautoscalers",
        support::reply(200, support::fixture(QStringLiteral("metrics/list-horizontalpodautoscalers.json"))));
    support::FakeTransport transport(cluster);
    const auto report = support::answerOf(metrics::readScalers(kube::Client(&transport), {}, {}));
    QVERIFY(report);
    QCOMPARE(report->scalers.size(), std::size_t(2));
    const Scaler& recommender = report->scalers[0];
    QCOMPARE(recommender.name, QStringLiteral("recommender"));
    QCOMPARE(recommender.metrics.front().current, QString()); // not known, which is not 0 %
    QVERIFY(!recommender.desired);
    QCOMPARE(recommender.notes.front().id, QStringLiteral("missingRequest"));
    const Scaler& web = report->scalers[1];
    QCOMPARE(web.metrics.front().current, QStringLiteral("90"));
    QCOMPARE(web.metrics.front().target, QStringLiteral("60"));
    QCOMPARE(web.metrics.front().source, std::optional(SourceKind::MetricsServer));
    QCOMPARE(web.desired, std::optional<qint64>(6));
    QCOMPARE(web.notes.front().id, QStringLiteral("atMaximum"));
}

void TestAutoscalers::eachTypeOfMetricHasItsApi()
{
    const Scaler scaler = metrics::scalerOf(Json::parse(R"({"spec":{"metrics":[
      {"type":"ContainerResource","containerResource":{"name":"memory","container":"app","target":{"type":"AverageValue","averageValue":"1Gi"}}},
      {"type":"Pods","pods":{"metric":{"name":"rps"},"target":{"type":"AverageValue","averageValue":"100"}}},
      {"type":"Object","object":{"metric":{"name":"hits"},"describedObject":{"kind":"Ingress","name":"main"},"target":{"type":"Value","value":"2k"}}},
      {"type":"External","external":{"metric":{"name":"queue"},"target":{"type":"Value","value":"30"}}},
      {"type":"Later","later":{}}]},
      "status":{"currentMetrics":[{"type":""},
        {"type":"Object","object":{"metric":{"name":"hits"},"describedObject":{"kind":"Ingress","name":"main"},"current":{"value":"1k"}}},
        {"type":"Pods","pods":{"metric":{"name":"rps"},"current":{"averageValue":"90"}}}]}})"));
    QCOMPARE(scaler.metrics.size(), std::size_t(5));
    QCOMPARE(scaler.metrics[0].container, QStringLiteral("app"));
    QCOMPARE(scaler.metrics[0].source, std::optional(SourceKind::MetricsServer));
    QCOMPARE(scaler.metrics[1].source, std::optional(SourceKind::CustomMetrics));
    QCOMPARE(scaler.metrics[1].current, QStringLiteral("90"));
    QCOMPARE(scaler.metrics[2].object, QStringLiteral("Ingress/main"));
    QCOMPARE(scaler.metrics[2].current, QStringLiteral("1k"));
    QCOMPARE(scaler.metrics[3].source, std::optional(SourceKind::ExternalMetrics));
    QCOMPARE(scaler.metrics[3].current, QString());
    QVERIFY(!scaler.metrics[4].source);
}

void TestAutoscalers::aMissingApiIsNamedOnce()
{
    const Scaler scaler = metrics::scalerOf(Json::parse(R"({"spec":{"metrics":[
      {"type":"Pods","pods":{"metric":{"name":"a"}}},{"type":"Object","object":{"metric":{"name":"b"}}}]}})"));
    QCOMPARE(idsOf(scaler, SourceState::Absent), QStringList{QStringLiteral("apiAbsent")});
    QCOMPARE(idsOf(scaler, SourceState::Failing), QStringList{QStringLiteral("apiFailing")});
    QCOMPARE(idsOf(scaler, SourceState::Old), QStringList{QStringLiteral("apiOld")});
    QVERIFY(idsOf(scaler, SourceState::Ok).isEmpty());
}

void TestAutoscalers::aForbiddenApiSaysNothingAgainstIt()
{
    const Scaler scaler =
        metrics::scalerOf(Json::parse(R"({"spec":{"metrics":[{"type":"Resource","resource":{"name":"cpu"}}]},
            "status":{"conditions":[{"type":"AbleToScale","status":"False","reason":"FailedGetScale","message":"m"},
                                    {"type":"ScalingActive","status":"False","reason":"ScalingDisabled"}]}})"));
    QCOMPARE(idsOf(scaler, SourceState::Forbidden),
             (QStringList{QStringLiteral("notAble"), QStringLiteral("disabled")}));
}

void TestAutoscalers::oldServersAreAskedForTheVersionBefore()
{
    support::MetricsCluster cluster;
    cluster.instead.emplace_back("/apis/autoscaling/v2beta2/namespaces/shop/horizontalpodautoscalers",
                                 support::MetricsCluster::list(R"({"metadata":{"name":"web"}})"));
    support::FakeTransport transport(cluster);
    const auto report = support::answerOf(metrics::readScalers(kube::Client(&transport), QStringLiteral("shop"), {}));
    QVERIFY2(report, qPrintable(report ? QString() : report.error().asked + report.error().said));
    QCOMPARE(report->scalers.size(), std::size_t(1));
}

void TestAutoscalers::whatIsOfAnotherTypeIsNothing()
{
    for (
        const char* text :
        {"null", "[]", "7", R"({"spec":{"metrics":{"type":"Resource"},"minReplicas":"x"},"status":7})",
         R"({"spec":{"metrics":[7,null,{"type":7},{"type":"Resource","resource":[]}]},"status":{"currentMetrics":7,"conditions":[7]}})"}) {
        const Scaler scaler = metrics::scalerOf(Json::parse(text));
        QVERIFY(!scaler.most);
        QVERIFY(idsOf(scaler, SourceState::Ok).isEmpty());
    }
}

QTEST_GUILESS_MAIN(TestAutoscalers)
#include "tst_autoscalers.moc"
