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

/// As InfluxDB 1.6 lists them; the newest ends then. Its own database is there as well.
QByteArray shardGroups(const QByteArray& end)
{
    return R"({"results":[{"statement_id":0,"series":[{"name":"shard groups","columns":
        ["id","database","retention_policy","start_time","end_time","expiry_time"],"values":[
        [1,"projects","tke","2026-11-13T00:00:00Z","2026-11-14T00:00:00Z","2026-12-14T00:00:00Z"],
        [2,"cls-abc","autogen","2026-11-02T00:00:00Z",")" +
           end + R"(","2026-11-09T00:00:00Z"],
        [3,"_internal","monitor","2020-01-01T00:00:00Z","2020-01-02T00:00:00Z","2020-01-09T00:00:00Z"]]}]}]})";
}

/// Prometheus, by the beginning of what it is asked.
MetricsCluster::Reply store(const transport::Request& request, const QByteArray& jobs, const QByteArray& gone)
{
    const QString expression = request.query.empty() ? QString() : request.query.front().second;
    if (expression.startsWith(QLatin1String("max(max_over_time")))
        return support::reply(200, MetricsCluster::vector(gone));
    return support::reply(200, MetricsCluster::vector(expression.contains(QLatin1String("timestamp(up)"))
                                                          ? R"({"metric":{},"value":[1795348890,"1795348880"]})"
                                                          : jobs));
}

Source storeOf(const QByteArray& jobs, const QByteArray& gone)
{
    support::FakeTransport transport([&, cluster = MetricsCluster()](const transport::Request& request) {
        return request.path.endsWith("/api/v1/query") ? std::optional(store(request, jobs, gone)) : cluster(request);
    });
    const auto survey = support::answerOf(metrics::surveySources(kube::Client(&transport), {}));
    return survey ? survey->of(SourceKind::Prometheus) : Source{};
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
    void anInfluxDbTellsSinceWhen();
    void aScrapeThatStoppedIsNotNoScrape();
    void aScrapeThatLagsIsOld();
    void whatWasNeverScrapedIsNotOld();
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
    const auto influx = [&only](const MetricsCluster::Reply& groups) {
        MetricsCluster cluster = with(MetricsCluster::Services, only("influxdb"));
        cluster.instead.emplace_back("/api/v1/namespaces/kube-system/services/http:influxdb:1/proxy/query", groups);
        return cluster;
    };
    row("InfluxDB", influx(support::reply(200, shardGroups("2099-01-01T00:00:00Z"))), SourceKind::InfluxDb, State::Ok,
        "answers");
    row("InfluxDB holds nothing", influx(support::reply(200, R"({"results":[{"statement_id":0}]})")),
        SourceKind::InfluxDb, State::Ok, "storeEmpty");
    row("InfluxDB wants a login",
        influx(support::reply(401, R"({"error":"unable to parse authentication credentials"})")), SourceKind::InfluxDb,
        State::Ok, "sinceWantsLogin");
    row("InfluxDB does not say since when",
        influx(support::reply(200, R"({"results":[{"statement_id":0,"error":"not executed"}]})")), SourceKind::InfluxDb,
        State::Ok, "sinceUnknown");
    row("InfluxDB is no longer written to", influx(support::reply(200, shardGroups("2026-11-09T00:00:00Z"))),
        SourceKind::InfluxDb, State::Old, "storeOld");
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

void TestSources::anInfluxDbTellsSinceWhen()
{
    MetricsCluster cluster =
        with(MetricsCluster::Services, MetricsCluster::list(R"({"metadata":{"namespace":"tke","name":"influxdb"},
                                      "spec":{"ports":[{"port":8086}]}})"));
    cluster.instead.emplace_back("/api/v1/namespaces/tke/services/http:influxdb:8086/proxy/query",
                                 support::reply(200, shardGroups("2099-01-01T00:00:00Z")));
    const Source source = surveyOf(cluster).of(SourceKind::InfluxDb);
    QCOMPARE(source.since, QDateTime(QDate(2026, 11, 2), QTime(0, 0), Qt::UTC));
    QCOMPARE(source.databases, (QStringList{QStringLiteral("projects"), QStringLiteral("cls-abc")}));
}

void TestSources::aScrapeThatStoppedIsNotNoScrape()
{
    const Source source = storeOf({}, R"({"metric":{},"value":[1795348890,"1795338000"]})");
    QCOMPARE(source.state, SourceState::Old);
    QCOMPARE(source.reason, QStringLiteral("stateSamplesOld"));
    QCOMPARE(source.stateSeenAt, QDateTime::fromSecsSinceEpoch(1795338000, Qt::UTC));
    QCOMPARE(source.scrapeJobs, std::optional(QStringList()));
}

void TestSources::aScrapeThatLagsIsOld()
{
    const Source source = storeOf(R"({"metric":{"job":"a"},"value":[1795348890,"1795348000"]},
        {"metric":{"job":"b"},"value":[1795348890,"1795348600"]})",
                                  {});
    QCOMPARE(source.reason, QStringLiteral("stateSamplesOld"));
    QCOMPARE(source.stateSeenAt, QDateTime::fromSecsSinceEpoch(1795348600, Qt::UTC));
    QCOMPARE(source.scrapeJobs->size(), 2);
}

void TestSources::whatWasNeverScrapedIsNotOld()
{
    const Source source = storeOf({}, {});
    QCOMPARE(source.state, SourceState::Ok);
    QCOMPARE(source.scrapeJobs, std::optional(QStringList()));
    QVERIFY(!source.stateSeenAt.isValid());
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
