// The guide metrics-sources: a healthy cluster has no finding, each trouble has one of its own with a next step.

#include "app/diagnose/diagnosis.h"
#include "tests/support/metricscluster.h"

#include <QTest>
#include <algorithm>

using diagnose::Finding;
using diagnose::Severity;
using diagnose::StepResult;
using support::MetricsCluster;

class TestMetricsSources : public QObject {
    Q_OBJECT
private slots:
    void aHealthyClusterHasNoFinding();
    void eachTroubleHasAFindingOfItsOwn_data();
    void eachTroubleHasAFindingOfItsOwn();
    void whatIsNotScrapedIsTold();
    void closedDoorsAreTheGuidesError();
    void aDeadClusterIsTheGuidesError();
    void anErrorTextLeadsThere();

private:
    static diagnose::Report check(const support::FakeTransport::Answer& cluster)
    {
        support::FakeTransport transport(cluster);
        const kube::Client client(&transport);
        diagnose::Diagnosis diagnosis({diagnose::findGuide(QStringLiteral("metrics-sources"))},
                                      {.client = [&client] { return &client; }});
        diagnosis.start();
        if (!QTest::qWaitFor([&] { return diagnosis.isFinished(); }, 8000))
            qFatal("the guide does not end");
        return diagnosis.report();
    }
    static const Finding* find(const diagnose::Report& report, const QString& id)
    {
        const auto found = std::ranges::find(report.findings, id, &Finding::id);
        return found == report.findings.end() ? nullptr : &*found;
    }
};

Q_DECLARE_METATYPE(MetricsCluster)
Q_DECLARE_METATYPE(Severity)

void TestMetricsSources::aHealthyClusterHasNoFinding()
{
    const auto report = check(MetricsCluster());
    QVERIFY(report.findings.empty());
    QVERIFY(!report.guides.front().error);
    for (const diagnose::Step& step : report.guides.front().steps) {
        QCOMPARE(step.result, std::optional(StepResult::Pass));
        QVERIFY(!step.detail.text().isEmpty());
    }
}

void TestMetricsSources::eachTroubleHasAFindingOfItsOwn_data()
{
    QTest::addColumn<MetricsCluster>("cluster");
    QTest::addColumn<QString>("id");
    QTest::addColumn<Severity>("severity");
    const auto row = [](const char* id, const char* path, const MetricsCluster::Reply& reply, Severity severity) {
        MetricsCluster cluster;
        cluster.instead.emplace_back(path, reply);
        QTest::newRow(id) << cluster << QString::fromLatin1(id) << severity;
    };
    const auto none = MetricsCluster::list({});
    const auto refused = MetricsCluster::forbidden();
    const auto broken = support::reply(503, "no endpoints available");
    row("metrics-server-absent", MetricsCluster::ApiServices, none, Severity::Warning);
    row("metrics-server-failing", MetricsCluster::NodeUsage, broken, Severity::Error);
    row("metrics-server-forbidden", MetricsCluster::NodeUsage, refused, Severity::Info);
    row("metrics-server-old", MetricsCluster::NodeUsage,
        support::reply(200, support::fixture(QStringLiteral("metrics/metrics-nodes.json")),
                       {{"Date", "Sun, 22 Nov 2026 13:00:00 GMT"}}),
        Severity::Error);
    row("kube-state-metrics-absent", MetricsCluster::Services, none, Severity::Warning);
    row("kube-state-metrics-failing", MetricsCluster::StateProxy, broken, Severity::Error);
    row("kube-state-metrics-forbidden", MetricsCluster::StateProxy, refused, Severity::Info);
    row("prometheus-absent", MetricsCluster::Services, none, Severity::Info);
    row("prometheus-failing", MetricsCluster::PrometheusProxy, broken, Severity::Error);
    row("prometheus-forbidden", MetricsCluster::PrometheusProxy, refused, Severity::Info);
    row("custom-metrics-failing", MetricsCluster::ApiServices,
        support::reply(200, support::fixture(QStringLiteral("metrics/list-apiservices-broken.json"))), Severity::Error);
    row("heapster-old", MetricsCluster::Services,
        MetricsCluster::list(
            R"({"metadata":{"namespace":"kube-system","name":"heapster"},"spec":{"ports":[{"port":80}]}})"),
        Severity::Warning);
}

void TestMetricsSources::eachTroubleHasAFindingOfItsOwn()
{
    QFETCH(MetricsCluster, cluster);
    QFETCH(QString, id);
    QFETCH(Severity, severity);
    const auto report = check(cluster);
    const Finding* finding = find(report, id);
    QVERIFY(finding);
    QCOMPARE(finding->severity, severity);
    QVERIFY(!finding->title.text().isEmpty());
    QVERIFY(!finding->cause.text().isEmpty());
    QVERIFY(!finding->fix.title.text().isEmpty());
    QCOMPARE(report.hasErrors(), severity == Severity::Error);
}

void TestMetricsSources::whatIsNotScrapedIsTold()
{
    const auto report = check([](const transport::Request& request) -> std::optional<MetricsCluster::Reply> {
        for (const auto& [key, value] : request.query)
            if (value.contains(QLatin1String("kube_node_info")))
                return support::reply(200, MetricsCluster::vector({}));
        return MetricsCluster()(request);
    });
    QVERIFY(find(report, QStringLiteral("kube-state-metrics-not-scraped")));
    QVERIFY(!report.hasErrors());
}

void TestMetricsSources::closedDoorsAreTheGuidesError()
{
    const auto report = check([](const transport::Request&) { return MetricsCluster::forbidden(); });
    QVERIFY(report.guides.front().error);
    QCOMPARE(report.guides.front().error->kind, base::ErrorKind::Forbidden);
    QVERIFY(!report.hasErrors());
}

void TestMetricsSources::aDeadClusterIsTheGuidesError()
{
    const auto report = check([](const transport::Request&) {
        return base::Result<transport::Reply>(base::failure({.kind = base::ErrorKind::Timeout}));
    });
    QCOMPARE(report.guides.front().error->kind, base::ErrorKind::Timeout);
}

void TestMetricsSources::anErrorTextLeadsThere()
{
    for (const char* text : {"error: Metrics API not available",
                             "the HPA was unable to compute the replica count: unable to get metrics for resource cpu: "
                             "no metrics returned from resource metrics API",
                             "Error from server (ServiceUnavailable): the server is currently unable to handle the "
                             "request (get nodes.metrics.k8s.io)"}) {
        const auto guides = diagnose::guidesFor(QLatin1String(text));
        QVERIFY2(!guides.empty() && guides.front()->id == QLatin1String("metrics-sources"), text);
    }
}

QTEST_GUILESS_MAIN(TestMetricsSources)
#include "tst_metricssources.moc"
