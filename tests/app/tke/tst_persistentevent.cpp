// Event persistence: what the platform takes and does not check, what it makes, and whether that delivers.

#include "app/tke/eventfollow.h"
#include "tests/support/faketransport.h"
#include "tests/support/fixture.h"
#include "tests/support/served.h"

#include <QSignalSpy>
#include <QTest>
#include <algorithm>

using kube::Json;
using tke::Delivery;
using tke::EventFollow;
using tke::EventSinkDraft;
using tke::Remark;

namespace {

const kube::ApiResource Kind{.group = QStringLiteral("platform.tkestack.io"),
                             .version = QStringLiteral("v1"),
                             .resource = QStringLiteral("persistentevents"),
                             .kind = QStringLiteral("PersistentEvent"),
                             .singular = {},
                             .shortNames = {},
                             .categories = {},
                             .verbs = {}};

EventSinkDraft good()
{
    return {.cluster = QStringLiteral("cls-abc12345"),
            .address = QStringLiteral("http://10.240.0.21:9200"),
            .index = QStringLiteral("fluentd"),
            .user = {},
            .password = {}};
}

/// A platform with that one cluster.
tke::EventPlatform platformWith(std::vector<tke::EventSink> sinks, const char* version = "v1.9.2")
{
    tke::EventPlatform platform{.kind = Kind, .sinks = std::move(sinks), .version = QLatin1String(version)};
    tke::MemberCluster member;
    member.name = QStringLiteral("cls-abc12345");
    platform.clusters = {member};
    return platform;
}

bool has(const std::vector<Remark>& remarks, const char* id)
{
    return std::ranges::find(remarks, QLatin1String(id), &Remark::id) != remarks.end();
}

Json recorded(const char* name)
{
    const auto json = kube::parseJson(support::fixture(QStringLiteral("tkestack/") + QLatin1String(name)));
    return *json;
}

base::Result<transport::Reply> ok(const Json& json)
{
    return support::reply(200, kube::toBytes(json));
}

/// A platform whose own cluster holds what it made.
struct Platform {
    std::string phase = "Running";
    std::string reason;
    std::string cluster = "global";
    bool hasDeployment = true;
    int ready = 1;
    QByteArray log = "2026-11-22 10:00:00 +0000 [info]: #0 fluentd worker is now running worker=0\n";
    std::string host = "10.240.0.21";

    std::optional<base::Result<transport::Reply>> operator()(const transport::Request& request) const
    {
        if (request.path.endsWith("/persistentevents/pe-1"))
            return ok({{"metadata", {{"name", "pe-1"}}},
                       {"spec",
                        {{"clusterName", cluster},
                         {"persistentBackEnd",
                          {{"es", {{"ip", host}, {"port", 9200}, {"scheme", "http"}, {"indexName", "fluentd"}}}}}}},
                       {"status", {{"phase", phase}, {"reason", reason}}}});
        if (request.path.endsWith("/deployments/tke-persistent-event") && hasDeployment)
            return ok({{"spec", {{"replicas", 1}}}, {"status", {{"readyReplicas", ready}}}});
        if (request.path.endsWith("/configmaps/fluentd-config"))
            return ok({{"data",
                        {{"fluentd.conf",
                          "<match **>\n  @type elasticsearch\n  host 10.240.0.21\n  port 9200\n  scheme "
                          "http\n  index_name fluentd\n  user elastic\n  password planted-7f3a\n</match>\n"}}}});
        if (request.path.endsWith("/pods"))
            return ok({{"items", {{{"metadata", {{"name", "tke-persistent-event-x"}}}}}}});
        if (request.path.endsWith("/log"))
            return support::reply(200, log);
        return support::reply(404, support::statusJson(404, "NotFound"));
    }
};

Delivery deliveryOf(const Platform& platform)
{
    support::FakeTransport transport(platform);
    return *support::answerOf(tke::lookAtDelivery(kube::Client(&transport)));
}

EventFollow::Outcome followed(const Platform& platform, tke::ClientOf find = {})
{
    support::FakeTransport transport(platform);
    EventFollow follow(kube::Client(&transport), Kind.path({}, QStringLiteral("pe-1")), std::move(find),
                       {.pause = std::chrono::milliseconds(5), .settling = std::chrono::milliseconds(20)});
    QSignalSpy ended(&follow, &EventFollow::ended);
    follow.start();
    if (ended.isEmpty())
        ended.wait(500);
    return follow.outcome();
}

} // namespace

class TestPersistentEvent : public QObject {
    Q_OBJECT
private slots:
    void a_good_draft_has_no_error();
    void what_the_platform_takes_unchecked_is_checked_here_data();
    void what_the_platform_takes_unchecked_is_checked_here();
    void one_cluster_has_one();
    void what_the_platform_did_not_tell_is_not_taken_for_nothing();
    void an_older_platform_takes_no_login();
    void what_the_platform_would_escape_is_refused();
    void the_object_holds_the_password_as_base64();
    void recorded_objects_are_read();
    void a_recorded_port_of_zero_is_told();
    void no_remark_holds_a_password();
    void the_platforms_version_is_its_images_tag();
    void a_log_is_judged_by_its_last_word_data();
    void a_log_is_judged_by_its_last_word();
    void a_log_is_told_without_its_password();
    void what_it_made_is_looked_at();
    void the_configuration_is_read_without_its_password();
    void running_does_not_prove_delivery();
    void a_member_that_nobody_knows_a_way_to_is_not_claimed();
};

void TestPersistentEvent::a_good_draft_has_no_error()
{
    const auto remarks = tke::remarksOn(good(), platformWith({}));
    QVERIFY(!tke::hasErrors(remarks));
    QVERIFY(!has(remarks, "clustersUnread") && !has(remarks, "sinksUnread"));
    EventSinkDraft login = good();
    login.user = QStringLiteral("elastic");
    login.password = QStringLiteral("planted-7f3a");
    const auto more = tke::remarksOn(login, platformWith({}, "v1.5.0"));
    QVERIFY(!tke::hasErrors(more));
    QVERIFY(has(more, "loginInClear"));
    QVERIFY(has(more, "passwordReadable"));
}

void TestPersistentEvent::what_the_platform_takes_unchecked_is_checked_here_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("id");
    const auto row = [](const char* field, const char* value, const char* id) {
        QTest::newRow(id) << QString::fromLatin1(field) << QString::fromLatin1(value) << QString::fromLatin1(id);
    };
    row("address", "", "addressMissing");
    row("address", "10.0.0.1:9200", "schemeMissing");
    row("address", "http://10.0.0.1", "portMissing");
    row("address", "http://10.0.0.1:0", "portZero");
    row("address", "http://10.0.0.1:70000", "portRange");
    row("address", "ftp://10.0.0.1:9200", "schemeUnknown");
    row("address", "http://10.0.0.1:9200/es", "addressPath");
    row("index", "", "indexMissing");
    row("index", "Events", "indexUpperCase");
    row("index", "_events", "indexStart");
    row("cluster", "", "clusterMissing");
    row("cluster", "cls-zzzzzzzz", "clusterUnknown");
    row("user", "elastic", "passwordMissing");
    row("password", "word", "userMissing");
}

void TestPersistentEvent::what_the_platform_takes_unchecked_is_checked_here()
{
    QFETCH(QString, field);
    QFETCH(QString, value);
    QFETCH(QString, id);
    EventSinkDraft draft = good();
    (field == QLatin1String("address")   ? draft.address
     : field == QLatin1String("index")   ? draft.index
     : field == QLatin1String("cluster") ? draft.cluster
     : field == QLatin1String("user")    ? draft.user
                                         : draft.password) = value;
    const auto remarks = tke::remarksOn(draft, platformWith({}, ""));
    QCOMPARE(std::ranges::count(remarks, base::Severity::Error, &Remark::severity), 1);
    QVERIFY(has(remarks, id.toLatin1().constData()));
}

void TestPersistentEvent::one_cluster_has_one()
{
    tke::EventSink sink;
    sink.ref.name = QStringLiteral("pe-old");
    sink.cluster = QStringLiteral("cls-abc12345");
    sink.phase = QStringLiteral("Failed");
    const auto remarks = tke::remarksOn(good(), platformWith({sink}));
    QVERIFY(has(remarks, "clusterTaken"));
    QCOMPARE(remarks.front().detail, QStringLiteral("pe-old (Failed)"));
}

void TestPersistentEvent::what_the_platform_did_not_tell_is_not_taken_for_nothing()
{
    const auto remarks = tke::remarksOn(good(), {});
    QVERIFY(has(remarks, "clustersUnread") && has(remarks, "sinksUnread"));
    QVERIFY(!tke::hasErrors(remarks));
}

void TestPersistentEvent::an_older_platform_takes_no_login()
{
    EventSinkDraft draft = good();
    draft.user = QStringLiteral("elastic");
    draft.password = QStringLiteral("word");
    const auto on = [&draft](const char* version) { return tke::remarksOn(draft, platformWith({}, version)); };
    QVERIFY(has(on("v1.4.0"), "loginUnsupported"));
    QVERIFY(!has(on("v1.5.0"), "loginUnsupported"));
    QVERIFY(!has(on(""), "loginUnsupported"));
    QVERIFY(!has(tke::remarksOn(good(), platformWith({}, "v1.4.0")), "loginUnsupported"));
}

void TestPersistentEvent::what_the_platform_would_escape_is_refused()
{
    for (const char* each : {"a&b", "a+b", "a<b", "a>b", "a\"b", "a'b"}) {
        EventSinkDraft draft = good();
        draft.user = QStringLiteral("elastic");
        draft.password = QLatin1String(each);
        QVERIFY2(has(tke::remarksOn(draft, {}), "passwordEscaped"), each);
    }
    EventSinkDraft draft = good();
    draft.index = QStringLiteral("a+b"); // the console's rule allows it
    QVERIFY(has(tke::remarksOn(draft, {}), "indexEscaped"));
}

void TestPersistentEvent::the_object_holds_the_password_as_base64()
{
    EventSinkDraft draft = good();
    draft.user = QStringLiteral("elastic");
    draft.password = QStringLiteral("FAKE-ES-PASSWORD");
    draft.tenant = QStringLiteral("default"); // else nobody of the tenant would see it
    draft.address = QStringLiteral("https://10.240.0.21:9200");
    const Json made = tke::persistentEventOf(draft, Kind, QStringLiteral("pe-auth0001"));
    Json live = recorded("persistentevents.json")["items"][1]["spec"];
    live.erase("version"); // by the platform
    live["persistentBackEnd"]["es"].erase("reserveDays");
    QVERIFY2(made["spec"] == live, made["spec"].dump().c_str());
    QVERIFY(made["kind"] == "PersistentEvent");
    const Json open = tke::persistentEventOf(good(), Kind, tke::newPersistentEventName());
    QVERIFY(!open["spec"].contains("tenantID"));
    QVERIFY(!open["spec"]["persistentBackEnd"]["es"].contains("user"));
    QVERIFY(!open["spec"]["persistentBackEnd"]["es"].contains("password"));
    QCOMPARE(tke::newPersistentEventName().size(), 11);
    QVERIFY(tke::newPersistentEventName() != tke::newPersistentEventName());
}

void TestPersistentEvent::recorded_objects_are_read()
{
    const Json items = recorded("persistentevents.json")["items"];
    const auto failing = tke::eventSinkOf(items[0]);
    QCOMPARE(failing.cluster, QStringLiteral("global"));
    QCOMPARE(failing.phase, QStringLiteral("Reinitializing"));
    QCOMPARE(failing.retries, 2);
    QVERIFY(failing.reason.contains(QLatin1String("illegal base64")));
    QVERIFY(failing.remarks.empty());
    const auto running = tke::eventSinkOf(items[1]);
    QCOMPARE(running.address.text(), QStringLiteral("https://10.240.0.21:9200"));
    QVERIFY(running.hasPassword);
    QVERIFY(running.remarks.empty());
}

void TestPersistentEvent::a_recorded_port_of_zero_is_told()
{
    const auto sink = tke::eventSinkOf(recorded("persistentevent-port-zero.json"));
    QVERIFY(has(sink.remarks, "portZero"));
    QVERIFY(has(sink.remarks, "schemeUnknown"));
    QVERIFY(has(tke::eventSinkOf(Json::object()).remarks, "backendMissing"));
    QVERIFY(has(tke::eventSinkOf({{"spec", {{"persistentBackEnd", {{"cls", {{"logSetID", "x"}}}}}}}}).remarks,
                "backendCls"));
}

void TestPersistentEvent::no_remark_holds_a_password()
{
    Json object = recorded("persistentevents.json")["items"][1];
    object["spec"]["persistentBackEnd"]["es"]["password"] = "planted 7f3a";
    const auto plain = tke::eventSinkOf(object);
    QVERIFY(has(plain.remarks, "passwordNotBase64"));
    object["spec"]["persistentBackEnd"]["es"]["password"] = "cGxhbnRlZCY3ZjNh"; // planted&7f3a
    const auto escaped = tke::eventSinkOf(object);
    QVERIFY(has(escaped.remarks, "passwordEscaped"));
    EventSinkDraft draft = good();
    draft.user = QStringLiteral("elastic");
    draft.password = QStringLiteral("planted+7f3a");
    auto all = tke::remarksOn(draft, {});
    all.insert(all.end(), plain.remarks.begin(), plain.remarks.end());
    all.insert(all.end(), escaped.remarks.begin(), escaped.remarks.end());
    for (const Remark& each : all)
        QVERIFY2(!each.detail.contains(QLatin1String("planted")), qPrintable(each.id));
}

void TestPersistentEvent::the_platforms_version_is_its_images_tag()
{
    const auto of = [](const char* image) {
        return tke::platformVersionOf({{"spec", {{"template", {{"spec", {{"containers", {{{"image", image}}}}}}}}}}});
    };
    QCOMPARE(of("default.registry.tke.com/library/tke-platform-api-amd64:v1.9.2"), QStringLiteral("v1.9.2"));
    QCOMPARE(of("localhost:5000/tke-platform-api"), QString());
    QCOMPARE(of("tke-platform-api:latest"), QString());
    QCOMPARE(tke::takesLogin(QStringLiteral("v1.4.9")), std::optional(false));
    QCOMPARE(tke::takesLogin(QStringLiteral("v1.10.0-alpha")), std::optional(true));
    QCOMPARE(tke::takesLogin({}), std::nullopt);
}

void TestPersistentEvent::a_log_is_judged_by_its_last_word_data()
{
    QTest::addColumn<QString>("log");
    QTest::addColumn<int>("verdict");
    const QString failed = QStringLiteral(
        "2026-11-22 10:00:05 +0000 [warn]: #0 failed to flush the buffer. retry_time=1 error_class="
        "Fluent::Plugin::ElasticsearchOutput::RecoverableRequestFailure error=\"could not push logs to Elasticsearch "
        "cluster ({:host=>\\\"10.0.0.1\\\", :port=>9200}): Connection refused\"\n");
    const QString opened = QStringLiteral("2026-11-22 10:00:01 +0000 [info]: #0 Connection opened to Elasticsearch "
                                          "cluster => {:host=>\"10.0.0.1\", :port=>9200, :scheme=>\"http\"}\n");
    const QString through = QStringLiteral("2026-11-22 10:00:09 +0000 [warn]: #0 retry succeeded. chunk_id=\"5bcc\"\n");
    const auto row = [](const char* name, const QString& log, Delivery::Log verdict) {
        QTest::newRow(name) << log << static_cast<int>(verdict);
    };
    row("nothing", {}, Delivery::Log::Quiet);
    row("opened only", opened, Delivery::Log::Quiet);
    row("failed", opened + failed, Delivery::Log::Fails);
    row("got through", failed + through, Delivery::Log::Delivers);
    row("failed again", failed + through + failed, Delivery::Log::Fails);
    row("rejected",
        QStringLiteral("[warn]: #0 dump an error event: error_class=Fluent::Plugin::ElasticsearchErrorHandler::"
                       "ElasticsearchError error=\"400 - Rejected by Elasticsearch\"\n"),
        Delivery::Log::Fails);
}

void TestPersistentEvent::a_log_is_judged_by_its_last_word()
{
    QFETCH(QString, log);
    QFETCH(int, verdict);
    QCOMPARE(static_cast<int>(tke::verdictOf(log).log), verdict);
}

void TestPersistentEvent::a_log_is_told_without_its_password()
{
    for (const char* line : {"[error]: ({:user=>\\\"elastic\\\", :password=>\\\"planted-7f3a\\\"}): refused",
                             "[error]: password planted-7f3a", "[error]: \"password\": \"planted-7f3a\"",
                             "[error]: Could not push to http://elastic:planted-7f3a@10.0.0.1:9200/"}) {
        const auto verdict = tke::verdictOf(QLatin1String(line));
        QCOMPARE(verdict.log, Delivery::Log::Fails);
        QVERIFY2(!verdict.words.contains(QLatin1String("planted")), qPrintable(verdict.words));
    }
}

void TestPersistentEvent::what_it_made_is_looked_at()
{
    const Delivery well = deliveryOf({});
    QVERIFY(well.isReady());
    QCOMPARE(well.log, Delivery::Log::Quiet);
    QVERIFY(well.hasLogLines);
    QCOMPARE(deliveryOf({.hasDeployment = false}).hasDeployment, std::optional(false));
    QVERIFY(!deliveryOf({.ready = 0}).isReady());
    support::FakeTransport closed(
        [](const transport::Request&) { return support::reply(403, support::statusJson(403, "Forbidden")); });
    QCOMPARE(support::answerOf(tke::lookAtDelivery(kube::Client(&closed)))->hasDeployment, std::nullopt);
}

void TestPersistentEvent::the_configuration_is_read_without_its_password()
{
    const Delivery delivery = deliveryOf({});
    QCOMPARE(delivery.configured->text(), QStringLiteral("http://10.240.0.21:9200"));
    QCOMPARE(delivery.configuredIndex, QStringLiteral("fluentd"));
}

void TestPersistentEvent::running_does_not_prove_delivery()
{
    QCOMPARE(followed({}), EventFollow::Outcome::Delivers);
    QCOMPARE(followed({.log = "[error]: could not push logs to Elasticsearch cluster\n"}), EventFollow::Outcome::Fails);
    QCOMPARE(followed({.hasDeployment = false}), EventFollow::Outcome::Fails);
    QCOMPARE(followed({.phase = "Failed", .reason = "Install error"}), EventFollow::Outcome::Fails);
    // Neither of these ends by itself.
    QCOMPARE(followed({.log = ""}), EventFollow::Outcome::Underway);
    QCOMPARE(followed({.phase = "Checking"}), EventFollow::Outcome::Underway);
}

void TestPersistentEvent::a_member_that_nobody_knows_a_way_to_is_not_claimed()
{
    const Platform member{.cluster = "cls-abc12345"};
    QCOMPARE(followed(member), EventFollow::Outcome::RunsUnseen);
    support::FakeTransport transport(member);
    const auto way = [&transport](const QString& cluster) {
        using Way = base::Result<std::shared_ptr<const kube::Client>>;
        return base::answered<std::shared_ptr<const kube::Client>>(
            cluster == QLatin1String("cls-abc12345") ? Way(std::make_shared<const kube::Client>(&transport))
                                                     : Way(base::failure({.kind = base::ErrorKind::NotFound})));
    };
    QCOMPARE(followed(member, way), EventFollow::Outcome::Delivers);
    QCOMPARE(followed({.cluster = "cls-other"}, way), EventFollow::Outcome::RunsUnseen);
}

QTEST_GUILESS_MAIN(TestPersistentEvent)
#include "tst_persistentevent.moc"
