// The registry's names and what answers there: a slip in a name, and each way in which a registry can be out of reach,
// beside one that is well.

#include "app/tke/imagepulls.h"
#include "app/tke/registry.h"
#include "tests/support/certificates.h"
#include "tests/support/faketransport.h"
#include "tests/support/scriptedserver.h"

#include <QTest>

using support::AskedRequest;
using support::ScriptedAnswer;
using support::ScriptedServer;
using tke::PullTrouble;
using tke::RegistryFault;
using tke::RegistryNames;

namespace {

/// The platform's own answer to GET /v2/ (tkestack/tke pkg/registry/distribution/auth/token/accesscontroller.go).
ScriptedAnswer challenge(const QByteArray& realm)
{
    return ScriptedAnswer::whole(
        401, R"({"errors":[{"code":"UNAUTHORIZED","message":"authentication required","detail":null}]})",
        {{"Docker-Distribution-Api-Version", "registry/2.0"},
         {"Www-Authenticate", "Bearer realm=\"" + realm + "\",service=\"tke\""}});
}

ScriptedAnswer own(const AskedRequest& asked)
{
    return challenge("https://" + asked.header("Host") + "/registry/auth");
}

tke::ImageName at(const ScriptedServer& server)
{
    return {.host = QStringLiteral("127.0.0.1"), .port = server.port(), .repository = {}};
}

tke::RegistryVisit visit(const tke::ImageName& name, const QByteArray& authority = {})
{
    const auto found = support::answerOf(
        tke::visitRegistry(name, {.certificateAuthority = authority, .patience = std::chrono::seconds(3)}));
    if (!found)
        qFatal("a visit always answers: %s", qPrintable(found.error().reason));
    return *found;
}

} // namespace

class TestRegistry : public QObject {
    Q_OBJECT

    const support::Certificates m_authority;
    const support::KeyPair m_own = m_authority.server(QStringLiteral("IP:127.0.0.1"));

private slots:
    void a_registry_is_read_from_what_people_write_data();
    void a_registry_is_read_from_what_people_write();
    void the_faqs_own_words_name_the_registry();
    void a_slip_in_a_name_is_told_from_another_registry_data();
    void a_slip_in_a_name_is_told_from_another_registry();
    void the_platforms_own_names_are_read_beside_its_passwords();
    void the_platforms_own_registry_has_no_fault();
    void a_name_that_nobody_knows();
    void a_closed_port();
    void silence();
    void a_certificate_of_another_authority();
    void a_certificate_for_another_name();
    void a_registry_without_tls();
    void a_login_that_is_sent_elsewhere();
    void a_gateway_without_a_registry_behind_it();
    void another_web_server();
    void nothing_is_told_to_the_address_that_is_asked();
    void what_nodes_say_is_sorted_data();
    void what_nodes_say_is_sorted();
    void a_pod_that_waits_is_told_with_its_events_words();
};

void TestRegistry::a_registry_is_read_from_what_people_write_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("repository");
    const auto row = [](const char* text, const char* address, const char* repository) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(address)
                            << QString::fromLatin1(repository);
    };
    row("default.registry.tke.com", "default.registry.tke.com", "");
    row("Default.Registry.tke.com/team/app:v1", "default.registry.tke.com", "team/app");
    row("https://default.registry.tke.com/v2/", "default.registry.tke.com", "");
    row("localhost:5000/app", "localhost:5000", "app");
    row("registry.tke.com/library/a@sha256:1234", "registry.tke.com", "library/a");
    row("127.0.0.1:5000", "127.0.0.1:5000", "");
    row("nginx", "", "");
    row("library/nginx:1.25", "", "");
    row("nginx:1.25", "", "");
    row("host:0/x", "", "");
    row("a b", "", "");
    row("https://user:word@host.example/x", "", "");
}

void TestRegistry::a_registry_is_read_from_what_people_write()
{
    QFETCH(QString, text);
    QFETCH(QString, address);
    QFETCH(QString, repository);
    const auto name = tke::imageNameOf(text);
    QCOMPARE(name.has_value(), !address.isEmpty());
    if (name) {
        QCOMPARE(name->address(), address);
        QCOMPARE(name->repository, repository);
    }
}

void TestRegistry::the_faqs_own_words_name_the_registry()
{
    const auto name = tke::imageNameInError(
        QStringLiteral("WARNING! Using --password via the CLI is insecure. Use --password-stdin.\nError response from "
                       "daemon: Get https://defult.registry.tke.com/v2/: dial tcp: lookup defult.registry.tke.com on "
                       "183.60.83.19:53: no such host"));
    QVERIFY(name);
    QCOMPARE(name->host, QStringLiteral("defult.registry.tke.com"));
    QCOMPARE(tke::hostMeant(name->host, {}), QStringLiteral("default.registry.tke.com"));
    QVERIFY(!tke::imageNameInError(QStringLiteral("nothing of the kind")));
}

void TestRegistry::a_slip_in_a_name_is_told_from_another_registry_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("meant");
    const auto row = [](const char* host, const char* meant) {
        QTest::newRow(host) << QString::fromLatin1(host) << QString::fromLatin1(meant);
    };
    row("default.registry.tke.com", "");
    row("registry.tke.com", "");
    row("defult.registry.tke.com", "default.registry.tke.com");
    row("defualt.registry.tke.com", "default.registry.tke.com");
    row("default.registry.tek.com", "default.registry.tke.com");
    row("default.registy.tke.com", "default.registry.tke.com");
    row("defaultregistry.tke.com", "default.registry.tke.com");
    row("registry.tke.con", "registry.tke.com");
    row("acme.registry.tke.com", "");
    row("acme.regisrty.tke.com", "acme.registry.tke.com");
    row("quay.io", "");
    row("harbor.example.com", "");
}

void TestRegistry::a_slip_in_a_name_is_told_from_another_registry()
{
    QFETCH(QString, host);
    QFETCH(QString, meant);
    QCOMPARE(tke::hostMeant(host, {}), meant);
}

void TestRegistry::the_platforms_own_names_are_read_beside_its_passwords()
{
    const auto names = tke::registryNamesIn(QStringLiteral(
        "apiVersion: registry.config.tkestack.io/v1\nkind: RegistryConfiguration\nsecurity:\n  adminPassword: \"p\"\n"
        "defaultTenant: acme\ndomainSuffix: \"hub.example.com\"\n"));
    QVERIFY(names);
    QVERIFY(names->isTold);
    QCOMPARE(names->domainSuffix, QStringLiteral("hub.example.com"));
    QCOMPARE(tke::hostMeant(QStringLiteral("acne.hub.example.com"), *names), QStringLiteral("acme.hub.example.com"));
    QCOMPARE(tke::hostMeant(QStringLiteral("defult.registry.tke.com"), *names), QString());
    QVERIFY(!tke::registryNamesIn(QStringLiteral("kind: GatewayConfiguration\n")));
}

void TestRegistry::the_platforms_own_registry_has_no_fault()
{
    ScriptedServer server(own, {.tls = m_authority.serverTls(m_own)});
    const auto found = visit(at(server), m_authority.authority());
    QCOMPARE(tke::faultOf(found), RegistryFault::None);
    QCOMPARE(found.way.trust, tke::Trust::Platform);
    QCOMPARE(found.service, QStringLiteral("tke"));
    QVERIFY(found.realm.endsWith(QLatin1String("/registry/auth")));
}

void TestRegistry::a_name_that_nobody_knows()
{
    const auto found = visit({.host = QStringLiteral("default.registry.invalid"), .repository = {}});
    QCOMPARE(tke::faultOf(found), RegistryFault::NameUnknown);
    QCOMPARE(found.status, 0);
}

void TestRegistry::a_closed_port()
{
    ScriptedServer server(own);
    const auto name = at(server);
    server.stopListening();
    QCOMPARE(tke::faultOf(visit(name)), RegistryFault::Refused);
}

void TestRegistry::silence()
{
    ScriptedServer server(own, {.neverTls = true});
    const auto found = support::answerOf(tke::visitRegistry(at(server), {.patience = std::chrono::milliseconds(300)}));
    QVERIFY(found);
    QCOMPARE(tke::faultOf(*found), RegistryFault::NoAnswer);
}

void TestRegistry::a_certificate_of_another_authority()
{
    ScriptedServer server(own, {.tls = m_authority.serverTls(m_own)});
    const support::Certificates other(QStringLiteral("another-ca"));
    for (const QByteArray& known : {QByteArray(), other.authority()}) {
        const auto found = visit(at(server), known);
        QCOMPARE(tke::faultOf(found), RegistryFault::CertificateUntrusted);
        QCOMPARE(found.way.trust, tke::Trust::Untrusted);
        QVERIFY(found.way.probe.certificate);
    }
    QCOMPARE(server.askedCount(), 0UL);
}

void TestRegistry::a_certificate_for_another_name()
{
    const auto pair = m_authority.server(QStringLiteral("DNS:default.registry.tke.com"));
    ScriptedServer server(own, {.tls = m_authority.serverTls(pair)});
    QCOMPARE(tke::faultOf(visit(at(server), m_authority.authority())), RegistryFault::CertificateNameMismatch);
}

void TestRegistry::a_registry_without_tls()
{
    ScriptedServer server(own);
    QCOMPARE(tke::faultOf(visit(at(server))), RegistryFault::PlainHttp);
    // What is not a registry is no registry without TLS either.
    server.setScript([](const AskedRequest&) { return ScriptedAnswer::whole(400, "plain request to a TLS port"); });
    QVERIFY(tke::faultOf(visit(at(server))) != RegistryFault::PlainHttp);
}

void TestRegistry::a_login_that_is_sent_elsewhere()
{
    ScriptedServer server([](const AskedRequest&) { return challenge("https://127.0.0.1/registry/auth"); },
                          {.tls = m_authority.serverTls(m_own)});
    QCOMPARE(tke::faultOf(visit(at(server), m_authority.authority())), RegistryFault::RealmElsewhere);
}

void TestRegistry::a_gateway_without_a_registry_behind_it()
{
    ScriptedServer server([](const AskedRequest&) { return ScriptedAnswer::whole(503, "no endpoints"); },
                          {.tls = m_authority.serverTls(m_own)});
    const auto found = visit(at(server), m_authority.authority());
    QCOMPARE(tke::faultOf(found), RegistryFault::Failing);
    QCOMPARE(found.said, QStringLiteral("no endpoints"));
}

void TestRegistry::another_web_server()
{
    ScriptedServer server([](const AskedRequest&) { return ScriptedAnswer::whole(200, "<html>console</html>"); },
                          {.tls = m_authority.serverTls(m_own)});
    QCOMPARE(tke::faultOf(visit(at(server), m_authority.authority())), RegistryFault::NoRegistry);
}

void TestRegistry::nothing_is_told_to_the_address_that_is_asked()
{
    ScriptedServer server(own, {.tls = m_authority.serverTls(m_own)});
    visit(at(server), m_authority.authority());
    QCOMPARE(server.askedCount(), 1UL);
    const AskedRequest asked = server.asked().front();
    QCOMPARE(asked.verb, QByteArray("GET"));
    QCOMPARE(asked.target, QByteArray("/v2/"));
    QVERIFY(!asked.hasHeader("Authorization"));
    QVERIFY(asked.clientName.isEmpty());
}

void TestRegistry::what_nodes_say_is_sorted_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("trouble");
    const auto row = [](const char* name, const QByteArray& words, PullTrouble trouble) {
        QTest::newRow(name) << QString::fromLatin1(words) << static_cast<int>(trouble);
    };
    const char* const head = "Failed to pull image \"default.registry.tke.com/team/app:v1\": rpc error: code = ";
    const auto said = [head](const char* words) { return QByteArray(head) + words; };
    row("dns",
        said("Unknown desc = Get \"https://default.registry.tke.com/v2/\": dial tcp: lookup "
             "default.registry.tke.com on 10.96.0.10:53: no such host"),
        PullTrouble::NameUnknown);
    row("refused", said("Unknown desc = dial tcp 10.0.0.9:443: connect: connection refused"), PullTrouble::Refused);
    row("time-out", said("DeadlineExceeded desc = dial tcp 10.0.0.9:443: i/o timeout"), PullTrouble::NoAnswer);
    row("authority", said("Unknown desc = x509: certificate signed by unknown authority"), PullTrouble::Certificate);
    row("plain", said("Unknown desc = http: server gave HTTP response to HTTPS client"), PullTrouble::PlainHttp);
    row("login", said("Unknown desc = failed to authorize: 401 Unauthorized"), PullTrouble::Unauthorized);
    row("denied", said("Unknown desc = pull access denied, repository does not exist or may require authorization"),
        PullTrouble::Unauthorized);
    row("tag", said("NotFound desc = failed to resolve reference: default.registry.tke.com/team/app:v1: not found"),
        PullTrouble::NotFound);
    row("gateway", said("Unknown desc = unexpected status code 502 Bad Gateway"), PullTrouble::Failing);
    row("nothing", "Back-off pulling image \"default.registry.tke.com/team/app:v1\"", PullTrouble::Unsorted);
}

void TestRegistry::what_nodes_say_is_sorted()
{
    QFETCH(QString, words);
    QFETCH(int, trouble);
    QCOMPARE(static_cast<int>(tke::troubleOf(words)), trouble);
}

void TestRegistry::a_pod_that_waits_is_told_with_its_events_words()
{
    const kube::Json waiting{{"reason", "ImagePullBackOff"}, {"message", "Back-off pulling image \"r.example/a\""}};
    const kube::Json pod{{"metadata", {{"name", "p"}, {"namespace", "shop"}, {"uid", "u1"}}},
                         {"spec", {{"nodeName", "n1"}}},
                         {"status",
                          {{"containerStatuses",
                            {{{"image", "r.example/a"}, {"state", {{"waiting", waiting}}}},
                             {{"image", "r.example/b"}, {"state", {{"running", kube::Json::object()}}}}}}}}};
    auto pulls = tke::waitingPullsOf(pod);
    QCOMPARE(pulls.size(), 1UL);
    QCOMPARE(pulls[0].node, QStringLiteral("n1"));
    const auto event = [](const char* uid, const char* words) {
        return kube::Json{{"involvedObject", {{"uid", uid}}}, {"message", words}};
    };
    tke::takeEvent(pulls, event("u2", "Failed to pull image \"r.example/a\": no such host"));
    QCOMPARE(tke::troubleOf(pulls[0].words), PullTrouble::Unsorted);
    tke::takeEvent(pulls, event("u1", "Failed to pull image \"r.example/a\": connection refused"));
    tke::takeEvent(pulls, event("u1", "Error: ImagePullBackOff"));
    QCOMPARE(tke::troubleOf(pulls[0].words), PullTrouble::Refused);
}

QTEST_GUILESS_MAIN(TestRegistry)
#include "tst_registry.moc"
