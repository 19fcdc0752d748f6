// The guide event-persistence: each way in which a PersistentEvent does not deliver, and one that does.

#include "app/diagnose/diagnosis.h"
#include "tests/support/faketransport.h"
#include "tests/support/fixture.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/served.h"

#include <QTest>
#include <algorithm>

using diagnose::StepResult;
using kube::Json;
using support::AskedRequest;
using support::ScriptedAnswer;
using support::ScriptedServer;

namespace {

base::Result<transport::Reply> ok(const Json& json)
{
    return support::reply(200, kube::toBytes(json));
}

Json sink(const std::string& name = "pe-1", const std::string& cluster = "global", int port = 9200,
          const std::string& phase = "Running", const std::string& reason = {})
{
    return {{"metadata", {{"name", name}}},
            {"spec",
             {{"clusterName", cluster},
              {"persistentBackEnd",
               {{"es", {{"ip", "10.0.0.1"}, {"port", port}, {"scheme", "http"}, {"indexName", "fluentd"}}}}}}},
            {"status", {{"phase", phase}, {"reason", reason}, {"retryCount", 2}}}};
}

/// A platform, and in it what one PersistentEvent made.
struct Platform {
    bool serves = true;
    Json sinks = Json::array({sink()});
    std::string version = "v1.9.2";
    bool hasDeployment = true;
    int ready = 1;
    QByteArray log = "[info]: #0 fluentd worker is now running worker=0\n";
    std::string configured = "10.0.0.1";

    std::optional<base::Result<transport::Reply>> operator()(const transport::Request& request) const
    {
        const QByteArray& path = request.path;
        if (path == "/api")
            return ok({{"kind", "APIVersions"}, {"versions", {"v1"}}});
        if (path == "/apis")
            return ok({{"kind", "APIGroupList"},
                       {"groups",
                        {{{"name", "platform.tkestack.io"},
                          {"versions", {{{"groupVersion", "platform.tkestack.io/v1"}, {"version", "v1"}}}},
                          {"preferredVersion", {{"groupVersion", "platform.tkestack.io/v1"}, {"version", "v1"}}}}}}});
        if (path == "/api/v1")
            return ok({{"kind", "APIResourceList"}, {"groupVersion", "v1"}, {"resources", Json::array()}});
        if (path == "/apis/platform.tkestack.io/v1") {
            const auto served = [](const char* name, const char* kind) {
                return Json{
                    {"name", name}, {"kind", kind}, {"namespaced", false}, {"verbs", {"get", "list", "create"}}};
            };
            Json kinds = Json::array({served("clusters", "Cluster")});
            if (serves)
                kinds.push_back(served("persistentevents", "PersistentEvent"));
            return ok({{"kind", "APIResourceList"}, {"groupVersion", "platform.tkestack.io/v1"}, {"resources", kinds}});
        }
        if (path.endsWith("/platform.tkestack.io/v1/persistentevents"))
            return ok({{"items", sinks}});
        if (path.endsWith("/platform.tkestack.io/v1/clusters"))
            return ok({{"items", {{{"metadata", {{"name", "global"}}}}, {{"metadata", {{"name", "cls-abc12345"}}}}}}});
        if (path.endsWith("/deployments/tke-platform-api"))
            return ok({{"spec",
                        {{"template",
                          {{"spec", {{"containers", {{{"image", "r/library/tke-platform-api:" + version}}}}}}}}}}});
        if (path.endsWith("/deployments/tke-persistent-event") && hasDeployment)
            return ok({{"spec", {{"replicas", 1}}}, {"status", {{"readyReplicas", ready}}}});
        if (path.endsWith("/configmaps/fluentd-config"))
            return ok({{"data",
                        {{"fluentd.conf", "  host " + configured +
                                              "\n  port 9200\n  scheme http\n  index_name fluentd\n  password "
                                              "planted-7f3a\n"}}}});
        if (path.endsWith("/pods"))
            return ok({{"items", {{{"metadata", {{"name", "tke-persistent-event-x"}}}}}}});
        if (path.endsWith("/log"))
            return support::reply(200, log);
        return support::reply(404, support::statusJson(404, "NotFound"));
    }
};

diagnose::Report reportOn(const Platform& platform, const QStringList& arguments = {}, tke::ClientOf member = {})
{
    support::FakeTransport transport(platform);
    const kube::Client client(&transport);
    const diagnose::Subject subject{
        .arguments = arguments, .client = [&client] { return &client; }, .clientOf = std::move(member)};
    diagnose::Diagnosis diagnosis({diagnose::findGuide(QStringLiteral("event-persistence"))}, subject);
    diagnosis.start();
    if (!QTest::qWaitFor([&] { return diagnosis.isFinished(); }, 20'000))
        qFatal("the guide does not end");
    return diagnosis.report();
}

QStringList ids(const diagnose::Report& report)
{
    QStringList ids;
    for (const diagnose::Finding& finding : report.findings)
        ids << finding.id;
    return ids;
}

const diagnose::Step& step(const diagnose::Report& report, const char* id)
{
    return *std::ranges::find(report.guides.front().steps, QLatin1String(id), &diagnose::Step::id);
}

} // namespace

class TestEventPersistence : public QObject {
    Q_OBJECT
private slots:
    void one_that_delivers_finds_nothing()
    {
        const auto report = reportOn({});
        QCOMPARE(ids(report), QStringList());
        for (const char* each : {"platform", "objects", "fields", "member", "delivery"})
            QCOMPARE(step(report, each).result, std::optional(StepResult::Pass));
        QCOMPARE(step(report, "address").result, std::optional(StepResult::Skipped));
    }

    void each_trouble_has_its_finding_data()
    {
        QTest::addColumn<Platform>("platform");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const Platform& platform, std::initializer_list<const char*> expected) {
            QStringList list;
            for (const char* each : expected)
                list << QLatin1String(each);
            QTest::newRow(*expected.begin()) << platform << list;
        };
        row({.sinks = Json::array({sink("pe-1", "global", 0)})}, {"eventPortZero"});
        row({.sinks = Json::array({sink("pe-1", "cls-zzzzzzzz")})}, {"eventClusterUnknown"});
        row({.sinks = Json::array({sink("pe-1"), sink("pe-2")})}, {"eventSeveral"});
        row({.sinks = Json::array({sink("pe-1", "global", 9200, "Failed",
                                        "Install error and retried max(5) times "
                                        "already.")})},
            {"eventFailed"});
        row({.sinks = Json::array({sink("pe-1", "global", 9200, "Reinitializing", "unable to parse password")})},
            {"eventReinitializing"});
        row({.sinks = Json::array({sink("pe-1", "global", 9200, "Failed",
                                        "Persistent event deployment do not "
                                        "exist.")}),
             .hasDeployment = false},
            {"eventDeploymentGone"});
        row({.hasDeployment = false}, {"eventDeploymentMissing"});
        row({.ready = 0}, {"eventDeploymentNotReady"});
        row({.log = "[warn]: could not push logs to Elasticsearch cluster ({:password=>\"planted-7f3a\"}): [401]\n"},
            {"eventNotDelivered"});
        row({.configured = "10.0.0.99"}, {"eventConfigurationStale"});
    }

    void each_trouble_has_its_finding()
    {
        QFETCH(Platform, platform);
        QFETCH(QStringList, expected);
        const auto report = reportOn(platform);
        QCOMPARE(ids(report), expected);
        if (!platform.hasDeployment)
            QCOMPARE(step(report, "delivery").result, std::optional(StepResult::Skipped));
        for (const diagnose::Finding& finding : report.findings) {
            QVERIFY(!finding.cause.text().isEmpty());
            QVERIFY(!finding.fix.command.isEmpty());
            QVERIFY(!finding.evidence.join(QLatin1Char(' ')).contains(QLatin1String("planted")));
        }
        for (const diagnose::Step& each : report.guides.front().steps)
            QVERIFY(!each.detail.text().contains(QLatin1String("planted")));
    }

    void recorded_objects_are_told()
    {
        const auto list = kube::parseJson(support::fixture(QStringLiteral("tkestack/persistentevents.json")));
        const auto report = reportOn({.sinks = (*list)["items"]});
        // One tries again; of the other, on another cluster, nothing is claimed.
        QCOMPARE(ids(report).front(), QStringLiteral("eventReinitializing"));
        QVERIFY(report.findings[0].cause.text().contains(QLatin1String("illegal base64")));
        QVERIFY(step(report, "member").detail.text().contains(QLatin1String("cls-abc12345")));
    }

    void a_member_is_looked_at_where_there_is_a_way()
    {
        const Platform platform{.sinks = Json::array({sink("pe-1", "cls-abc12345")})};
        const auto unseen = reportOn(platform);
        QCOMPARE(ids(unseen), QStringList());
        QCOMPARE(step(unseen, "member").result, std::optional(StepResult::Unknown));
        support::FakeTransport there(Platform{.hasDeployment = false});
        const auto way = [&there](const QString&) {
            return base::answered<std::shared_ptr<const kube::Client>>(std::make_shared<const kube::Client>(&there));
        };
        QCOMPARE(ids(reportOn(platform, {}, way)), QStringList{QStringLiteral("eventDeploymentMissing")});
    }

    void a_cluster_without_one_is_told_how_to_get_it()
    {
        const auto report = reportOn({}, {QStringLiteral("cls-abc12345")});
        QCOMPARE(ids(report), QStringList{QStringLiteral("eventAbsent")});
        QVERIFY(report.findings[0].fix.command.contains(QLatin1String("event-persistence cls-abc12345")));
        const auto unknown = reportOn({}, {QStringLiteral("cls-none")});
        QVERIFY(unknown.guides.front().error);
        QCOMPARE(unknown.guides.front().error->kind, base::ErrorKind::NotFound);
    }

    void an_older_platform_takes_no_login()
    {
        Json withLogin = sink();
        withLogin["spec"]["persistentBackEnd"]["es"]["user"] = "elastic";
        withLogin["spec"]["persistentBackEnd"]["es"]["password"] = "d29yZA==";
        QCOMPARE(ids(reportOn({.sinks = Json::array({withLogin}), .version = "v1.4.0"})),
                 QStringList{QStringLiteral("eventLoginUnsupported")});
        QCOMPARE(ids(reportOn({.sinks = Json::array({withLogin})})), QStringList());
    }

    void another_cluster_is_no_matter()
    {
        const auto report = reportOn({.serves = false});
        QCOMPARE(ids(report), QStringList());
        QCOMPARE(step(report, "platform").result, std::optional(StepResult::Skipped));
    }

    void an_address_is_tried_only_where_it_is_given()
    {
        ScriptedServer server([](const AskedRequest&) {
            return ScriptedAnswer::whole(200, support::fixture(QStringLiteral("elasticsearch/root-7.17.json")));
        });
        const QString address = QStringLiteral("http://127.0.0.1:%1").arg(server.port());
        const auto report = reportOn({}, {address});
        QCOMPARE(ids(report), QStringList());
        QCOMPARE(step(report, "address").result, std::optional(StepResult::Pass));
        QVERIFY(!server.asked().front().hasHeader("Authorization"));
        server.setScript([](const AskedRequest&) { return ScriptedAnswer::whole(401, "{}"); });
        QCOMPARE(ids(reportOn({}, {address})), QStringList{QStringLiteral("eventStoreWantsLogin")});
        server.setScript([](const AskedRequest&) { return ScriptedAnswer::whole(200, "<html>"); });
        QCOMPARE(ids(reportOn({}, {address})), QStringList{QStringLiteral("eventStoreIsNone")});
        server.stopListening();
        QCOMPARE(ids(reportOn({}, {address})), QStringList{QStringLiteral("eventStoreUnreachable")});
        QCOMPARE(ids(reportOn({}, {QStringLiteral("http://store.invalid:9200")})),
                 QStringList{QStringLiteral("eventStoreUnreachable")});
    }

    void the_consoles_and_the_platforms_words_lead_here()
    {
        for (const char* words : {"事件持久化插件无法点击完成来添加", "Persistent event deployment do not exist.",
                                  "unable to parse password illegal base64 data at input byte 4"}) {
            const auto guides = diagnose::guidesFor(QString::fromUtf8(words));
            QVERIFY2(!guides.empty(), words);
            QCOMPARE(guides.front()->id, QStringLiteral("event-persistence"));
        }
    }
};

QTEST_GUILESS_MAIN(TestEventPersistence)
#include "tst_eventpersistence.moc"
