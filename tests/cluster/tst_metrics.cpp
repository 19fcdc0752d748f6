// The sources of metrics on the real control plane: the real metrics-server and Prometheus, and a stand-in for
// kube-state-metrics behind its Service.

#include "app/diagnose/diagnosis.h"
#include "app/metrics/autoscalers.h"
#include "app/metrics/readcontrast.h"
#include "tests/cluster/plane.h"

#include <algorithm>

using metrics::ContrastRow;
using metrics::SourceKind;
using metrics::SourceState;
using metrics::View;

class TestMetrics : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void allSourcesAnswer();
    void usageIsWhatMetricsK8sIoServes();
    void podsAgreeWithKubeStateMetrics();
    void aDeploymentIsTheSumOfItsPods();
    void anAutoscalerWithoutRequestsSaysSo();
    void theGuideFindsNothingWrong();

private:
    metrics::ContrastReport read(View view, const QString& nameSpace = {})
    {
        const auto report =
            plane::answerOf(metrics::readContrast(*m_plane.client, {.view = view, .nameSpace = nameSpace}), 60'000);
        if (!report)
            qFatal("%s %s", qPrintable(report.error().asked), qPrintable(report.error().said));
        return *report;
    }

    transport::Journal m_journal;
    plane::Connection m_plane;
};

void TestMetrics::initTestCase()
{
    m_plane = plane::connectTo(m_journal);
    // metrics-server wants two rounds before it tells anything.
    QTRY_VERIFY_WITH_TIMEOUT(
        [this] {
            const auto survey = plane::answerOf(metrics::surveySources(*m_plane.client, {}));
            return survey && survey->isOk(SourceKind::MetricsServer) && survey->isOk(SourceKind::Prometheus) &&
                   survey->isOk(SourceKind::KubeStateMetrics);
        }(),
        90'000);
}

void TestMetrics::allSourcesAnswer()
{
    const auto survey = plane::answerOf(metrics::surveySources(*m_plane.client, {}));
    QVERIFY(survey);
    QCOMPARE(survey->of(SourceKind::MetricsServer).version, QStringLiteral("v0.9.0"));
    QVERIFY(survey->of(SourceKind::MetricsServer).seenAt.secsTo(survey->takenAt) < 120);
    QVERIFY(survey->of(SourceKind::Prometheus).version.startsWith(QLatin1String("2.")));
    QCOMPARE(survey->of(SourceKind::Prometheus).scrapeJobs,
             std::optional(QStringList{QStringLiteral("kubernetes-service-endpoints")}));
    QCOMPARE(survey->of(SourceKind::Kubelet).state, SourceState::Ok);
    QCOMPARE(survey->of(SourceKind::CustomMetrics).state, SourceState::Absent);
}

void TestMetrics::usageIsWhatMetricsK8sIoServes()
{
    const auto report = read(View::Nodes);
    int measured = 0;
    for (const ContrastRow& row : report.rows) {
        QVERIFY(row.object);
        QVERIFY(row.object->allocatable.cpuMilli);
        if (row.metricsServer) {
            ++measured;
            QVERIFY(row.usageOfAllocatable.cpu);
        } else {
            // A node whose kubelet is gone: unknown, not zero, and said so.
            QVERIFY(!row.usageOfAllocatable.cpu);
            QVERIFY(std::ranges::any_of(row.disagreements, [](const auto& each) {
                return each.id == QLatin1String("nodeNotReady") || each.id == QLatin1String("nodeWithoutSample");
            }));
        }
    }
    const auto direct = plane::answerOf(metrics::readNodeUsage(*m_plane.client));
    QVERIFY(direct);
    QVERIFY(qAbs(measured - static_cast<int>(direct->usages.size())) <= 1);
}

void TestMetrics::podsAgreeWithKubeStateMetrics()
{
    const auto report = read(View::Pods);
    QVERIFY(report.rows.size() > 50);
    for (const ContrastRow& row : report.rows)
        for (const auto& each : row.disagreements)
            QVERIFY2(each.id != QLatin1String("declaredDiffers") &&
                         each.id != QLatin1String("missingFromKubeStateMetrics"),
                     qPrintable(row.subject.nameSpace + QLatin1Char('/') + row.subject.name + QLatin1Char(' ') +
                                each.field + QLatin1Char(' ') + each.id));
}

void TestMetrics::aDeploymentIsTheSumOfItsPods()
{
    const auto workloads = read(View::Workloads, QStringLiteral("kube-system"));
    const auto pods = read(View::Pods, QStringLiteral("kube-system"));
    const auto server = std::ranges::find_if(workloads.rows, [](const ContrastRow& row) {
        return row.subject.kind == QLatin1String("Deployment") && row.subject.name == QLatin1String("metrics-server");
    });
    const auto pod = std::ranges::find_if(pods.rows, [](const ContrastRow& row) {
        return row.subject.name.startsWith(QLatin1String("metrics-server-"));
    });
    QVERIFY(server != workloads.rows.end() && pod != pods.rows.end());
    QCOMPARE(server->object->requests, pod->object->requests);
    QCOMPARE(server->answered->of, 1);
}

void TestMetrics::anAutoscalerWithoutRequestsSaysSo()
{
    const auto report = plane::answerOf(metrics::readScalers(*m_plane.client, {}, {}));
    QVERIFY(report);
    const auto noteOf = [&report](const char* id) {
        return std::ranges::any_of(report->scalers, [id](const metrics::Scaler& scaler) {
            return std::ranges::any_of(scaler.notes, [id](const auto& note) { return note.id == QLatin1String(id); });
        });
    };
    QVERIFY(noteOf("missingRequest"));
}

void TestMetrics::theGuideFindsNothingWrong()
{
    diagnose::Diagnosis diagnosis({diagnose::findGuide(QStringLiteral("metrics-sources"))},
                                  {.client = [this] { return m_plane.client.get(); }});
    diagnosis.start();
    QTRY_VERIFY_WITH_TIMEOUT(diagnosis.isFinished(), 60'000);
    QVERIFY(!diagnosis.report().hasErrors());
    QVERIFY(!diagnosis.report().guides.front().error);
}

QTEST_GUILESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
