// The sources of metrics, each absent, failing, forbidden and old in turn: four different things.

#include "app/metrics/sources.h"
#include "tests/support/metricscluster.h"

#include <QTest>

using metrics::Source;
using metrics::SourceKind;
using metrics::SourceState;
using support::MetricsCluster;

namespace {

metrics::SourceSurvey surveyOf(const MetricsCluster& cluster, const QString& nameSpace = {})
{
    support::FakeTransport transport(cluster);
    const auto survey = support::answerOf(metrics::surveySources(kube::Client(&transport), nameSpace));
    if (!survey)
        qFatal("no survey");
    return *survey;
}

MetricsCluster with(const char* path, const MetricsCluster::Reply& reply)
{
    MetricsCluster cluster;
    cluster.instead.emplace_back(path, reply);
    return cluster;
}

MetricsCluster::Reply status(int code, const QByteArray& message)
{
    return support::reply(code, R"({"kind":"Status","status":"Failure","reason":")" +
                                    QByteArray(code == 404 ? "NotFound" : "ServiceUnavailable") + R"(","message":")" +
                                    message + R"(","code":)" + QByteArray::number(code) + "}");
}

} // namespace

Q_DECLARE_METATYPE(MetricsCluster)
Q_DECLARE_METATYPE(SourceKind)
Q_DECLARE_METATYPE(SourceState)

class TestSources : public QObject {
    Q_OBJECT
private slots:
    void allAreFoundWhereTheyStand();
    void eachStateIsToldFromTheOthers_data();
    void eachStateIsToldFromTheOthers();
    void aJobThatIsDroppedIsNotNoJob();
    void servicesThatMayNotBeListedAreReadByTheirUsualName();
    void usageOfOnesOwnNamespaceIsEnough();
    void nothingAnsweringIsAnError();
    void notSignedInIsAnError();
    void hostileAnswersAreSurvived_data();
    void hostileAnswersAreSurvived();
};

void TestSources::allAreFoundWhereTheyStand()
{
    const auto survey = surveyOf({});
    const Source& server = survey.of(SourceKind::MetricsServer);
    QCOMPARE(server.state, SourceState::Ok);
    QCOMPARE(server.version, QStringLiteral("v0.9.0"));
    QCOMPARE(server.workload, QStringLiteral("metrics-server"));
    QCOMPARE(server.apiService, QStringLiteral("v1beta1.metrics.k8s.io"));
    QCOMPARE(server.seenAt.date(), QDate(2026, 11, 22));
    const Source& state = survey.of(SourceKind::KubeStateMetrics);
    QCOMPARE(state.state, SourceState::Ok);
    QCOMPARE(state.place->at.port, QStringLiteral("8080"));
    QCOMPARE(state.place->scrape, QStringLiteral("prometheus.io/scrape: \"true\""));
    const Source& prometheus = survey.of(SourceKind::Prometheus);
    QCOMPARE(prometheus.state, SourceState::Ok);
    QCOMPARE(prometheus.version, QStringLiteral("2.42.0+ds"));
    QCOMPARE(prometheus.scrapeJobs, std::optional(QStringList{QStringLiteral("kubernetes-service-endpoints")}));
    QCOMPARE(survey.of(SourceKind::Kubelet).state, SourceState::Ok);
    for (const auto kind :
         {SourceKind::Heapster, SourceKind::InfluxDb, SourceKind::CustomMetrics, SourceKind::ExternalMetrics})
        QCOMPARE(survey.of(kind).state, SourceState::Absent);
}

void TestSources::eachStateIsToldFromTheOthers_data()
{
    QTest::addColumn<MetricsCluster>("cluster");
    QTest::addColumn<SourceKind>("kind");
    QTest::addColumn<SourceState>("state");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* what, const MetricsCluster& cluster, SourceKind kind, SourceState state,
                        const char* reason) {
        QTest::newRow(what) << cluster << kind << state << QString::fromLatin1(reason);
    };
    const QByteArray service = R"({"metadata":{"namespace":"kube-system","name":"%"},"spec":{"ports":[{"port":1}]}})";
    const auto only = [&service](const char* name) {
        return MetricsCluster::list(QByteArray(service).replace("%", name));
    };
    using State = SourceState;

    const auto Server = SourceKind::MetricsServer;
    row("metrics-server absent", with(MetricsCluster::ApiServices, MetricsCluster::list({})), Server, State::Absent,
        "apiServiceMissing");
    row("metrics-server not available",
        with(MetricsCluster::ApiServices,
             MetricsCluster::list(R"({"metadata":{"name":"v1beta1.metrics.k8s.io"},"spec":{"group":"metrics.k8s.io"},
                "status":{"conditions":[{"type":"Available","status":"False","reason":"MissingEndpoints","message":"m"}]}})")),
        Server, State::Failing, "apiServiceUnavailable");
    row("metrics-server answers badly", with(MetricsCluster::NodeUsage, support::reply(503, "service unavailable\n")),
        Server, State::Failing, "usageFailing");
    row("metrics-server has nothing", with(MetricsCluster::NodeUsage, MetricsCluster::list({})), Server, State::Failing,
        "noSamples");
    row("metrics-server forbidden", with(MetricsCluster::NodeUsage, MetricsCluster::forbidden()), Server,
        State::Forbidden, "usageForbidden");
    row("metrics-server old",
        with(MetricsCluster::NodeUsage,
             support::reply(200, support::fixture(QStringLiteral("metrics/metrics-nodes.json")),
                            {{"Date", "Sun, 22 Nov 2026 12:30:00 GMT"}})),
        Server, State::Old, "samplesOld");

    const auto Kube = SourceKind::KubeStateMetrics;
    row("kube-state-metrics absent", with(MetricsCluster::Services, MetricsCluster::list({})), Kube, State::Absent,
        "serviceMissing");
    row("its proxy forbidden", with(MetricsCluster::StateProxy, MetricsCluster::forbidden()), Kube, State::Forbidden,
        "proxyForbidden");
    row("Services and its proxy forbidden",
        {.instead = {{MetricsCluster::Services, MetricsCluster::forbidden()},
                     {MetricsCluster::StateProxy, MetricsCluster::forbidden()}}},
        Kube, State::Forbidden, "servicesForbidden");
    row("Services cannot be read", with(MetricsCluster::Services, support::reply(500, "broken\n")), Kube,
        State::Failing, "servicesUnread");
    row("no Endpoints", with(MetricsCluster::StateProxy, status(404, R"(services \"kube-state-metrics\" not found)")),
        Kube, State::Failing, "endpointsWithoutPod");
    row("no ready pod",
        with(MetricsCluster::StateProxy,
             status(503, R"(no endpoints available for service \"http:kube-state-metrics:8080\")")),
        Kube, State::Failing, "noReadyPod");
    row("no such port",
        with(MetricsCluster::StateProxy,
             status(503, R"(no service port 8080 found for service \"kube-state-metrics\")")),
        Kube, State::Failing, "noSuchPort");
    row("it does not answer",
        with(MetricsCluster::StateProxy, status(503, "error trying to reach service: dial tcp: connection refused")),
        Kube, State::Failing, "unreachable");

    const auto Store = SourceKind::Prometheus;
    const QByteArray query = QByteArray(MetricsCluster::PrometheusProxy) + "/api/v1/query";
    row("Prometheus absent", with(MetricsCluster::Services, MetricsCluster::list({})), Store, State::Absent,
        "serviceMissing");
    row("Prometheus forbidden", with(MetricsCluster::PrometheusProxy, MetricsCluster::forbidden()), Store,
        State::Forbidden, "proxyForbidden");
    row("Prometheus wants a login", with(MetricsCluster::PrometheusProxy, support::reply(401, "Unauthorized\n")), Store,
        State::Failing, "loginWanted");
    row("Prometheus scrapes nothing", with(query.constData(), support::reply(200, MetricsCluster::vector({}))), Store,
        State::Failing, "noTargets");
    row("Prometheus old",
        with(query.constData(),
             support::reply(200, MetricsCluster::vector(R"({"metric":{},"value":[1795348890.2,"1795348000"]})"))),
        Store, State::Old, "samplesOld");

    row("heapster", with(MetricsCluster::Services, only("heapster")), SourceKind::Heapster, State::Old, "retired");
    row("InfluxDB", with(MetricsCluster::Services, only("influxdb")), SourceKind::InfluxDb, State::Ok, "answers");
    row("a broken adapter",
        with(MetricsCluster::ApiServices,
             support::reply(200, support::fixture(QStringLiteral("metrics/list-apiservices-broken.json")))),
        SourceKind::CustomMetrics, State::Failing, "apiServiceUnavailable");
    row("APIServices forbidden", with(MetricsCluster::ApiServices, MetricsCluster::forbidden()),
        SourceKind::CustomMetrics, State::Forbidden, "apiServicesForbidden");
    row("usage tells where APIServices may not be read", with(MetricsCluster::ApiServices, MetricsCluster::forbidden()),
        Server, State::Ok, "answers");
    row("kubelets forbidden", {.isDenied = true}, SourceKind::Kubelet, State::Forbidden, "mayNotRead");
    row("objects forbidden", {.isDenied = true}, SourceKind::Objects, State::Forbidden, "mayNotRead");
}

void TestSources::eachStateIsToldFromTheOthers()
{
    QFETCH(MetricsCluster, cluster);
    QFETCH(SourceKind, kind);
    QFETCH(SourceState, state);
    QFETCH(QString, reason);
    const Source source = surveyOf(cluster).of(kind);
    QCOMPARE(metrics::idOf(source.state), metrics::idOf(state));
    QCOMPARE(source.reason, reason);
}

void TestSources::aJobThatIsDroppedIsNotNoJob()
{
    const QByteArray query = QByteArray(MetricsCluster::PrometheusProxy) + "/api/v1/query";
    const auto survey = surveyOf(
        with(query.constData(),
             support::reply(200, MetricsCluster::vector(R"({"metric":{},"value":[1795348890.2,"1795348880"]})"))));
    QCOMPARE(survey.of(SourceKind::Prometheus).scrapeJobs, std::optional(QStringList{QString()}));
}

void TestSources::servicesThatMayNotBeListedAreReadByTheirUsualName()
{
    const auto survey = surveyOf(with(MetricsCluster::Services, MetricsCluster::forbidden()));
    QCOMPARE(survey.of(SourceKind::KubeStateMetrics).state, SourceState::Ok);
    QCOMPARE(survey.of(SourceKind::KubeStateMetrics).place->at.service, QStringLiteral("kube-state-metrics"));
}

void TestSources::usageOfOnesOwnNamespaceIsEnough()
{
    MetricsCluster cluster = with(MetricsCluster::NodeUsage, MetricsCluster::forbidden());
    cluster.instead.emplace_back("/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods",
                                 support::reply(200, support::fixture(QStringLiteral("metrics/metrics-pods.json")),
                                                {{"Date", "Sun, 22 Nov 2026 12:00:22 GMT"}}));
    QCOMPARE(surveyOf(cluster, QStringLiteral("shop")).of(SourceKind::MetricsServer).state, SourceState::Ok);
}

void TestSources::nothingAnsweringIsAnError()
{
    support::FakeTransport transport([](const transport::Request&) {
        return base::Result<transport::Reply>(base::failure({.kind = base::ErrorKind::Network}));
    });
    const auto survey = support::answerOf(metrics::surveySources(kube::Client(&transport), {}));
    QVERIFY(!survey);
    QCOMPARE(survey.error().kind, base::ErrorKind::Network);
}

void TestSources::notSignedInIsAnError()
{
    support::FakeTransport transport(
        [](const transport::Request&) { return support::reply(401, support::statusJson(401, "Unauthorized")); });
    const auto survey = support::answerOf(metrics::surveySources(kube::Client(&transport), {}));
    QVERIFY(!survey);
    QCOMPARE(survey.error().kind, base::ErrorKind::Unauthorized);
}

void TestSources::hostileAnswersAreSurvived_data()
{
    QTest::addColumn<QByteArray>("body");
    for (
        const char* body :
        {"", "[]", "null", "7", R"({"items":[{}]})",
         R"({"items":[{"metadata":[],"spec":7,"status":{"conditions":7}}]})",
         R"({"items":[{"metadata":{"name":"kube-state-metrics","labels":[]},"spec":{"ports":[{"port":"x"},7,null]}}]})",
         R"({"items":[{"metadata":{"name":"prometheus"},"spec":{"ports":[{"port":99999999999999999999}],"selector":7}}]})",
         R"({"status":"success","data":{"result":[{"value":[1e308,"NaN"]},{"value":[]},7]}})"})
        QTest::newRow(body) << QByteArray(body);
}

void TestSources::hostileAnswersAreSurvived()
{
    QFETCH(QByteArray, body);
    support::FakeTransport transport([body](const transport::Request&) { return support::reply(200, body); });
    const auto survey = support::answerOf(metrics::surveySources(kube::Client(&transport), QStringLiteral("shop")));
    if (survey)
        QCOMPARE(survey->sources.size(), std::size_t(9));
    else // nothing that it said was an answer
        QCOMPARE(survey.error().kind, base::ErrorKind::BadAnswer);
}

QTEST_GUILESS_MAIN(TestSources)
#include "tst_sources.moc"
