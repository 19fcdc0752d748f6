// A member behind its platform's proxy: how it is asked, and whose word an answer is.

#include "app/kube/client.h"
#include "app/tke/proxytransport.h"
#include "tests/support/fixture.h"
#include "tests/support/streamingtransport.h"

#include <QTest>

using base::ErrorKind;

namespace {

const transport::Header Json{"Content-Type", "application/json"};
const transport::Header Text{"Content-Type", "text/plain; charset=utf-8"};

/// What the platform answers as recorded.
base::Result<transport::Reply> recorded(int status, const char* file)
{
    const QString name = QLatin1String(file);
    return support::reply(status, support::fixture(QStringLiteral("tkestack-1.9/") + name),
                          {name.endsWith(QLatin1String(".txt")) ? Text : Json});
}

QByteArray headerOf(const transport::Request& request, const char* name)
{
    for (const auto& [key, value] : request.headers)
        if (key == name)
            return value;
    return {};
}

struct Sink : transport::StreamSink {
    QByteArray got;
    int status = 0;
    std::optional<base::Result<void>> end;
    std::optional<transport::Reply> refusal;
    std::array<char, 16 * 1024> room{};
    void answered(const transport::ReplyHead& head) override { status = head.status; }
    void refused(const transport::Reply& reply) override { refusal = reply; }
    std::span<char> space() override { return room; }
    base::Result<void> commit(std::size_t count) override
    {
        got.append(room.data(), static_cast<qsizetype>(count));
        return {};
    }
    void finished(const base::Result<void>& how) override { end = how; }
};

} // namespace

class TestProxyTransport : public QObject {
    Q_OBJECT
private slots:
    void theMembersPathIsOneValueOfThePlatformsQuery();
    void queriesAreEncodedOnceInside();
    void whatIsSentGoesAlong();
    void addressesSayBoth();
    void theMembersOwnAnswersComeAsTheyAre_data();
    void theMembersOwnAnswersComeAsTheyAre();
    void thePlatformsWordsAreErrors_data();
    void thePlatformsWordsAreErrors();
    void streamsGoTheSameWay();
    void aStreamThatThePlatformRefusesEndsWithItsError();

private:
    support::FakeTransport* m_platform = nullptr;
    std::unique_ptr<tke::ProxyTransport> member(support::FakeTransport::Answer answer,
                                                const char* name = "cls-abc12345")
    {
        auto platform = std::make_unique<support::FakeTransport>(std::move(answer));
        m_platform = platform.get();
        return std::make_unique<tke::ProxyTransport>(std::move(platform), QLatin1String(name));
    }
};

void TestProxyTransport::theMembersPathIsOneValueOfThePlatformsQuery()
{
    const auto transport =
        member([](const transport::Request&) { return recorded(200, "166-proxy-with-header.json"); });
    const auto reply = support::answerOf(
        transport->send({.path = "/api/v1/namespaces", .query = {{QStringLiteral("limit"), QStringLiteral("2")}}}));
    QVERIFY(reply);
    QVERIFY(reply->body.contains("NamespaceList"));
    // As recorded (166-proxy-with-header).
    QCOMPARE(m_platform->asked.front().target(), QByteArray("/apis/platform.tkestack.io/v1/clusters/cls-abc12345/"
                                                            "proxy?path=%2Fapi%2Fv1%2Fnamespaces%3Flimit%3D2"));
    QCOMPARE(headerOf(m_platform->asked.front(), "X-TKE-ClusterName"), QByteArray("cls-abc12345"));
    QCOMPARE(tke::proxiedMember(m_platform->asked.front().target()), QStringLiteral("cls-abc12345"));
    QCOMPARE(tke::proxiedMember("/apis/platform.tkestack.io/v1/clusters/a"), QString());
    QCOMPARE(tke::proxiedMember("/api/v1/namespaces/a/pods/b/proxy?path=c"), QString());
}

void TestProxyTransport::queriesAreEncodedOnceInside()
{
    const transport::Request request{.path = "/api/v1/pods",
                                     .query = {{QStringLiteral("fieldSelector"), QStringLiteral("metadata.name=a&b")},
                                               {QStringLiteral("x"), QStringLiteral("50%+")}}};
    const QByteArray target = tke::throughProxy(request, QStringLiteral("c")).target();
    const QByteArray path = target.mid(target.indexOf("?path=") + 6);
    QVERIFY(!path.contains('&') && !path.contains('?'));
    QCOMPARE(QByteArray::fromPercentEncoding(path), request.target());
}

void TestProxyTransport::whatIsSentGoesAlong()
{
    const auto transport = member([](const transport::Request&) { return support::reply(200, "{}", {Json}); });
    transport::Request patch{.verb = "PATCH", .path = "/api/v1/nodes/a"};
    patch.headers.emplace_back("Content-Type", "application/merge-patch+json");
    patch.body = R"({"spec":{}})";
    QVERIFY(support::answerOf(transport->send(patch)));
    const transport::Request& sent = m_platform->asked.front();
    QCOMPARE(sent.verb, patch.verb);
    QCOMPARE(sent.body, patch.body);
    QCOMPARE(headerOf(sent, "Content-Type"), QByteArray("application/merge-patch+json"));
}

void TestProxyTransport::addressesSayBoth()
{
    QCOMPARE(member({})->address(), QStringLiteral("cls-abc12345 ← fake"));
}

void TestProxyTransport::theMembersOwnAnswersComeAsTheyAre_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isJson");
    const auto add = [](const char* name, int status, const char* path, const QByteArray& body, bool isJson) {
        QTest::newRow(name) << status << QByteArray(path) << body << isJson;
    };
    add("a namespace that is not there", 404, "/api/v1/namespaces/nope",
        support::fixture(QStringLiteral("tkestack-1.9/171-proxy-member-404.json")), true);
    add("a check that fails", 500, "/readyz", "[+]ping ok\n[-]etcd failed: reason withheld\nreadyz check failed\n",
        false);
    add("a stale aggregated API", 503, "/apis/metrics.k8s.io/v1beta1/nodes", "service unavailable\n", false);
    add("an application behind a service", 500, "/api/v1/namespaces/a/services/b/proxy/metrics", "oops\n", false);
    add("an unknown path", 404, "/nope", "404 page not found\n", false);
    add("no right", 403, "/api/v1/pods",
        R"({"kind":"Status","reason":"Forbidden","message":"pods is forbidden","details":{"kind":"pods"},"code":403})",
        true);
    add("no right of nobody behind a service", 403, "/api/v1/namespaces/a/services/b/proxy/metrics",
        support::fixture(QStringLiteral("tkestack-1.9/proxy-credential-gone.json")), true);
    add("a question of the wrong form", 400, "/api/v1/pods",
        R"({"kind":"Status","reason":"BadRequest","message":"unable to parse requirement","code":400})", true);
    add("an internal error", 500, "/api/v1/pods",
        R"({"kind":"Status","reason":"InternalError","message":"etcdserver: leader changed","code":500})", true);
    add("another thing of that name", 404, "/apis/cluster.x-k8s.io/v1/clusters/cls-abc12345",
        R"({"kind":"Status","reason":"NotFound","details":{"name":"cls-abc12345","group":"cluster.x-k8s.io","kind":"clusters"},"code":404})",
        true);
}

void TestProxyTransport::theMembersOwnAnswersComeAsTheyAre()
{
    QFETCH(int, status);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, body);
    QFETCH(bool, isJson);
    const auto transport =
        member([&](const transport::Request&) { return support::reply(status, body, {isJson ? Json : Text}); });
    const auto reply = support::answerOf(transport->send({.path = path}));
    QVERIFY(reply);
    QCOMPARE(reply->head.status, status);
    QCOMPARE(reply->body, body);
}

void TestProxyTransport::thePlatformsWordsAreErrors_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isJson");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("reason");
    const auto add = [](const char* name, int status, const QByteArray& body, bool isJson, ErrorKind kind,
                        const char* reason) {
        QTest::newRow(name) << status << body << isJson << kind << QString::fromLatin1(reason);
    };
    const auto file = [](const char* name) {
        return support::fixture(QStringLiteral("tkestack-1.9/") + QLatin1String(name));
    };
    add("a dead member", 500, file("173-proxy-dead-cluster.txt"), false, ErrorKind::Network, "platformCannotReach");
    add("a locked member", 500, file("239-proxy-locked-cluster.json"), true, ErrorKind::Server, "memberLocked");
    add("another tenant's", 404, file("178-tenant-get-foreign-404.json"), true, ErrorKind::NotFound, "memberMissing");
    add("none of that name", 404, QByteArray(file("141-get-cluster-404.json")).replace("cls-zzzzzzzz", "cls-abc12345"),
        true, ErrorKind::NotFound, "memberMissing");
    add("the member's credential is gone", 403, file("proxy-credential-gone.json"), true, ErrorKind::Server,
        "platformNotSignedIn");
    add("the member names no credential", 400, file("proxy-credential-not-named.json"), true, ErrorKind::Server,
        "platformNotSignedIn");
    add("the header was lost", 500, file("167-proxy-without-header.json"), true, ErrorKind::Server, "platformFailed");
    add("the platform's servers are away", 503, "service unavailable\n", false, ErrorKind::Server, "platformFailed");
    add("no right to the proxy", 403,
        R"({"kind":"Status","reason":"Forbidden","message":"cannot get clusters/proxy",
            "details":{"name":"cls-abc12345","group":"platform.tkestack.io","kind":"clusters"},"code":403})",
        true, ErrorKind::Forbidden, "proxyForbidden");
}

void TestProxyTransport::thePlatformsWordsAreErrors()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(bool, isJson);
    QFETCH(ErrorKind, kind);
    QFETCH(QString, reason);
    const auto transport =
        member([&](const transport::Request&) { return support::reply(status, body, {isJson ? Json : Text}); });
    const auto reply = support::answerOf(transport->send({.path = "/version"}));
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, kind);
    QCOMPARE(reply.error().reason, reason);
    QCOMPARE(reply.error().asked, QStringLiteral("GET /version"));
    QCOMPARE(reply.error().ofWhom, QStringLiteral("cls-abc12345 ← fake"));
    QVERIFY(!reply.error().said.isEmpty());
}

void TestProxyTransport::streamsGoTheSameWay()
{
    auto platform = std::make_unique<support::StreamingTransport>();
    support::StreamingTransport& asked = *platform;
    platform->pieces = {"{\"type\":", "\"ADDED\"}\n"};
    tke::ProxyTransport transport(std::move(platform), QStringLiteral("global"));
    const auto sink = std::make_shared<Sink>();
    const auto handle =
        transport.stream({.path = "/api/v1/pods", .query = {{QStringLiteral("watch"), QStringLiteral("true")}}}, sink);
    QCOMPARE(sink->status, 200);
    QCOMPARE(sink->got, QByteArray("{\"type\":\"ADDED\"}\n"));
    QVERIFY(sink->end && *sink->end);
    QCOMPARE(asked.asked.target(), QByteArray("/apis/platform.tkestack.io/v1/clusters/global/"
                                              "proxy?path=%2Fapi%2Fv1%2Fpods%3Fwatch%3Dtrue"));
    QCOMPARE(headerOf(asked.asked, "X-TKE-ClusterName"), QByteArray("global"));
}

void TestProxyTransport::aStreamThatThePlatformRefusesEndsWithItsError()
{
    auto platform = std::make_unique<support::StreamingTransport>();
    support::StreamingTransport& asked = *platform;
    platform->head = {500, {Text}};
    tke::ProxyTransport transport(std::move(platform), QStringLiteral("global"));
    const auto dead = std::make_shared<Sink>();
    const auto first = transport.stream({.path = "/livez"}, dead);
    QVERIFY(!dead->refusal);
    QVERIFY(dead->end && !*dead->end);
    QCOMPARE(dead->end->error().reason, QStringLiteral("platformCannotReach"));
    QCOMPARE(dead->end->error().ofWhom, QStringLiteral("global ← fake"));
    // What the member itself refuses is a refusal.
    asked.head = {404, {Json}};
    const auto gone = std::make_shared<Sink>();
    const auto second = transport.stream({.path = "/api/v1/pods"}, gone);
    QVERIFY(gone->refusal && !gone->end);
}

QTEST_GUILESS_MAIN(TestProxyTransport)
#include "tst_proxytransport.moc"
