// The guide registry-push: a name, a way, the platform's own parts and what nodes said, each with what is wrong staged
// once, and a healthy twin.

#include "app/diagnose/diagnosis.h"
#include "tests/support/certificates.h"
#include "tests/support/faketransport.h"
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

const char* const FaqWords =
    "WARNING! Using --password via the CLI is insecure. Use --password-stdin.\nError response from daemon: Get "
    "https://defult.registry.tke.com/v2/: dial tcp: lookup defult.registry.tke.com on 183.60.83.19:53: no such host";

/// A namespace of the registry.
Json space(const char* name, const char* tenant, const char* visibility, bool locked = false)
{
    return {{"metadata", {{"name", "ns-1"}}},
            {"spec", {{"name", name}, {"tenantID", tenant}, {"visibility", visibility}}},
            {"status", {{"locked", locked}, {"repoCount", 1}}}};
}

base::Result<transport::Reply> ok(const Json& json)
{
    return support::reply(200, kube::toBytes(json));
}

/// A platform's own cluster, as far as the guide looks.
struct Platform {
    bool isPlatform = true;
    bool hasDeployment = true;
    bool hasService = true;
    int ready = 1;
    int gateways = 3;
    std::string nodeReady = "True";
    std::string image = "default.registry.tke.com/team/app:v1";
    std::string words; ///< of the pod that waits; empty: none waits
    QByteArray authority = {};
    Json spaces = nullptr; ///< namespaces of the registry; null: the platform serves none
    bool isSpaceForbidden = false;

    std::optional<base::Result<transport::Reply>> operator()(const transport::Request& request) const
    {
        const QByteArray& path = request.path;
        if (path == "/apis" && !spaces.is_null()) {
            const Json served{{"groupVersion", "registry.tkestack.io/v1"}, {"version", "v1"}};
            return ok({{"kind", "APIGroupList"},
                       {"groups",
                        {{{"name", "registry.tkestack.io"}, {"versions", {served}}, {"preferredVersion", served}}}}});
        }
        if (path == "/api")
            return ok({{"kind", "APIVersions"}, {"versions", Json::array()}});
        if (path == "/apis")
            return ok({{"kind", "APIGroupList"}, {"groups", Json::array()}});
        if (path == "/apis/registry.tkestack.io/v1")
            return ok(
                {{"kind", "APIResourceList"},
                 {"groupVersion", "registry.tkestack.io/v1"},
                 {"resources",
                  {{{"name", "namespaces"}, {"kind", "Namespace"}, {"namespaced", false}, {"verbs", {"list"}}}}}});
        if (path == "/apis/registry.tkestack.io/v1/namespaces")
            return isSpaceForbidden ? support::reply(403, support::statusJson(403, "Forbidden"))
                                    : ok({{"items", spaces}});
        if (path == "/api/v1/namespaces/tke" && isPlatform)
            return ok({{"metadata", {{"name", "tke"}}}});
        if (path.endsWith("/configmaps/tke-gateway"))
            return ok({{"data",
                        {{"tke-gateway-config.yaml",
                          "registry:\n  defaultTenant: default\n  domainSuffix: registry.tke.com\n"}}}});
        if (path.endsWith("/configmaps/tke-registry-api"))
            return ok({{"data", {{"tke-registry-config.yaml", "adminPassword: planted-7f3a\n"}}}});
        if (path.endsWith("/configmaps/certs"))
            return ok({{"data", {{"ca.crt", authority.toStdString()}, {"ca.key", "planted-7f3a"}}}});
        if (path.endsWith("/clusters/global"))
            return ok(
                {{"status",
                  {{"addresses",
                    {{{"type", "Real"}, {"host", "10.0.0.8"}}, {{"type", "Advertise"}, {"host", "10.0.0.9"}}}}}}});
        if (path.endsWith("/deployments/tke-registry-api") && hasDeployment)
            return ok({{"spec", {{"replicas", 1}, {"template", {{"spec", {{"nodeName", "m1"}}}}}}},
                       {"status", {{"readyReplicas", ready}}}});
        if (path.endsWith("/services/tke-registry-api") && hasService)
            return ok({{"spec", {{"clusterIP", "10.96.0.7"}}}});
        if (path.endsWith("/daemonsets/tke-gateway"))
            return ok({{"status", {{"desiredNumberScheduled", 3}, {"numberReady", gateways}}}});
        if (path.endsWith("/nodes/m1"))
            return ok({{"status", {{"conditions", {{{"type", "Ready"}, {"status", nodeReady}}}}}}});
        if (path == "/api/v1/pods")
            return ok({{"items", words.empty() ? Json::array() : Json::array({pod()})}});
        if (path == "/api/v1/events")
            return ok({{"items", Json::array({{{"involvedObject", {{"uid", "u1"}}}, {"message", words}}})}});
        return support::reply(404, support::statusJson(404, "NotFound"));
    }

private:
    Json pod() const
    {
        return {{"metadata", {{"name", "app-1"}, {"namespace", "team"}, {"uid", "u1"}}},
                {"spec", {{"nodeName", "worker-7"}}},
                {"status",
                 {{"containerStatuses",
                   {{{"image", image}, {"state", {{"waiting", {{"reason", "ImagePullBackOff"}}}}}}}}}}};
    }
};

diagnose::Report reportOn(const Platform& platform, const QStringList& arguments = {}, const QString& text = {})
{
    support::FakeTransport transport(platform);
    const kube::Client client(&transport);
    const diagnose::Subject subject{.arguments = arguments, .text = text, .client = [&client] { return &client; }};
    diagnose::Diagnosis diagnosis({diagnose::findGuide(QStringLiteral("registry-push"))}, subject);
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

StepResult result(const diagnose::Report& report, const char* id)
{
    const auto& steps = report.guides.front().steps;
    return *std::ranges::find(steps, QLatin1String(id), &diagnose::Step::id)->result;
}

} // namespace

class TestRegistryPush : public QObject {
    Q_OBJECT
private slots:
    void a_healthy_registry_finds_nothing();
    void a_healthy_registry_that_is_tried_finds_nothing();
    void the_faqs_words_lead_here();
    void the_faqs_words_alone_try_no_address();
    void a_name_that_is_right_and_not_known();
    void a_closed_port_and_a_registry_that_does_not_run_are_two_findings();
    void a_certificate_of_another_authority();
    void parts_that_are_gone_are_told_data();
    void parts_that_are_gone_are_told();
    void another_cluster_is_not_blamed();
    void pods_are_told_by_what_their_nodes_said_data();
    void pods_are_told_by_what_their_nodes_said();
    void pods_of_other_registries_are_not_its_matter();
    void the_namespace_of_an_image_is_looked_at_data();
    void the_namespace_of_an_image_is_looked_at();
    void namespaces_that_are_not_told_are_not_taken_for_missing();
    void nothing_secret_of_the_platform_is_told();
};

void TestRegistryPush::a_healthy_registry_finds_nothing()
{
    const auto report = reportOn({});
    QCOMPARE(ids(report), QStringList());
    QCOMPARE(result(report, "names"), StepResult::Pass);
    QCOMPARE(result(report, "platform"), StepResult::Pass);
    QCOMPARE(result(report, "pulls"), StepResult::Pass);
    QCOMPARE(result(report, "resolve"), StepResult::Skipped);
    for (const diagnose::Step& step : report.guides.front().steps)
        QVERIFY2(!step.running, qPrintable(step.id));
}

void TestRegistryPush::a_healthy_registry_that_is_tried_finds_nothing()
{
    const support::Certificates authority;
    ScriptedServer server(
        [](const AskedRequest& asked) {
            return ScriptedAnswer::whole(401, "{}",
                                         {{"Docker-Distribution-Api-Version", "registry/2.0"},
                                          {"WWW-Authenticate", "Bearer realm=\"https://" + asked.header("Host") +
                                                                   "/registry/auth\",service=\"tke\""}});
        },
        {.tls = authority.serverTls(authority.server(QStringLiteral("IP:127.0.0.1")))});
    const auto report =
        reportOn({.authority = authority.authority()}, {QStringLiteral("127.0.0.1:%1/team/app").arg(server.port())});
    QCOMPARE(ids(report), QStringList());
    for (const char* step : {"name", "resolve", "tcp", "tls", "challenge", "platform", "pulls"})
        QCOMPARE(result(report, step), StepResult::Pass);
}

void TestRegistryPush::the_faqs_words_lead_here()
{
    const auto guides = diagnose::guidesFor(QString::fromLatin1(FaqWords));
    QVERIFY(!guides.empty());
    QCOMPARE(guides.front()->id, QStringLiteral("registry-push"));
}

void TestRegistryPush::the_faqs_words_alone_try_no_address()
{
    const auto report = reportOn({}, {}, QString::fromLatin1(FaqWords));
    QCOMPARE(ids(report), QStringList{QStringLiteral("registryNameMisspelt")});
    QVERIFY(report.findings[0].fix.command.contains(QLatin1String("default.registry.tke.com")));
    QCOMPARE(result(report, "name"), StepResult::Fail);
    QCOMPARE(result(report, "resolve"), StepResult::Skipped);
    QString right = QString::fromLatin1(FaqWords);
    right.replace(QLatin1String("defult"), QLatin1String("default"));
    const auto other = reportOn({}, {}, right);
    QCOMPARE(ids(other), QStringList{QStringLiteral("registryTextNameUnknown")});
    QVERIFY(other.findings[0].fix.command.contains(QLatin1String("10.0.0.9 registry.tke.com")));
    QCOMPARE(result(other, "resolve"), StepResult::Skipped);
}

void TestRegistryPush::a_name_that_is_right_and_not_known()
{
    const auto report = reportOn({}, {QStringLiteral("registry.invalid/team/app")});
    QCOMPARE(ids(report), QStringList{QStringLiteral("registryNameUnknown")});
    QCOMPARE(result(report, "resolve"), StepResult::Fail);
    QCOMPARE(result(report, "tcp"), StepResult::Skipped);
    QCOMPARE(result(report, "platform"), StepResult::Pass);
}

void TestRegistryPush::a_closed_port_and_a_registry_that_does_not_run_are_two_findings()
{
    ScriptedServer server([](const AskedRequest&) { return ScriptedAnswer::silence(); });
    const QString address = QStringLiteral("127.0.0.1:%1").arg(server.port());
    server.stopListening();
    const auto report = reportOn({.ready = 0}, {address});
    QCOMPARE(ids(report), (QStringList{QStringLiteral("registryRefused"), QStringLiteral("registryNotReady")}));
    QCOMPARE(result(report, "tcp"), StepResult::Fail);
}

void TestRegistryPush::a_certificate_of_another_authority()
{
    const support::Certificates authority;
    const support::Certificates other(QStringLiteral("another-ca"));
    ScriptedServer server([](const AskedRequest&) { return ScriptedAnswer::whole(200, "{}"); },
                          {.tls = authority.serverTls(authority.server(QStringLiteral("IP:127.0.0.1")))});
    const auto report = reportOn({.authority = other.authority()}, {QStringLiteral("127.0.0.1:%1").arg(server.port())});
    QCOMPARE(ids(report), QStringList{QStringLiteral("registryCertificateUntrusted")});
    QCOMPARE(result(report, "tls"), StepResult::Fail);
    QVERIFY(report.findings[0].fix.command.contains(QLatin1String("get configmap certs")));
}

void TestRegistryPush::parts_that_are_gone_are_told_data()
{
    QTest::addColumn<Platform>("platform");
    QTest::addColumn<QString>("id");
    QTest::newRow("deployment") << Platform{.hasDeployment = false} << QStringLiteral("registryMissing");
    QTest::newRow("pods") << Platform{.ready = 0} << QStringLiteral("registryNotReady");
    QTest::newRow("node") << Platform{.ready = 0, .nodeReady = "Unknown"} << QStringLiteral("registryNodeDown");
    QTest::newRow("gateway") << Platform{.gateways = 2} << QStringLiteral("gatewayNotReady");
    QTest::newRow("service") << Platform{.hasService = false} << QStringLiteral("registryServiceMissing");
}

void TestRegistryPush::parts_that_are_gone_are_told()
{
    QFETCH(Platform, platform);
    QFETCH(QString, id);
    const auto report = reportOn(platform);
    QCOMPARE(ids(report), QStringList{id});
    QCOMPARE(result(report, "platform"), StepResult::Fail);
}

void TestRegistryPush::another_cluster_is_not_blamed()
{
    const auto report = reportOn({.isPlatform = false, .hasDeployment = false, .hasService = false});
    QCOMPARE(ids(report), QStringList());
    QCOMPARE(result(report, "platform"), StepResult::Skipped);
    QCOMPARE(result(report, "pulls"), StepResult::Pass);
}

void TestRegistryPush::pods_are_told_by_what_their_nodes_said_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("id");
    const auto row = [](const char* words, const char* id) {
        QTest::newRow(id) << QStringLiteral("Failed to pull image \"default.registry.tke.com/team/app:v1\": ") +
                                 QLatin1String(words)
                          << QString::fromLatin1(id);
    };
    row("lookup default.registry.tke.com: no such host", "imagePullNameUnknown");
    row("connect: connection refused", "imagePullRefused");
    row("i/o timeout", "imagePullNoAnswer");
    row("x509: certificate signed by unknown authority", "imagePullCertificate");
    row("401 Unauthorized", "imagePullUnauthorized");
    row("manifest unknown", "imagePullNotFound");
}

void TestRegistryPush::pods_are_told_by_what_their_nodes_said()
{
    QFETCH(QString, words);
    QFETCH(QString, id);
    const auto report = reportOn({.words = words.toStdString()});
    QCOMPARE(ids(report), QStringList{id});
    QCOMPARE(result(report, "pulls"), StepResult::Fail);
    QVERIFY(report.findings[0].evidence.front().contains(QLatin1String("team/app-1")));
    QVERIFY(report.findings[0].cause.text().contains(QLatin1String("worker-7")));
}

void TestRegistryPush::pods_of_other_registries_are_not_its_matter()
{
    QCOMPARE(ids(reportOn({.image = "quay.io/x/y:1", .words = "no such host"})), QStringList());
    QCOMPARE(ids(reportOn({.image = "nginx:1.25", .words = "no such host"})), QStringList());
    QCOMPARE(ids(reportOn({.image = "defult.registry.tke.com/team/app:v1", .words = "no such host"})),
             QStringList{QStringLiteral("imageNameMisspelt")});
}

void TestRegistryPush::the_namespace_of_an_image_is_looked_at_data()
{
    QTest::addColumn<QString>("image");
    QTest::addColumn<QString>("id"); // empty: well
    const auto row = [](const char* name, const char* image, const char* id) {
        QTest::newRow(name) << QString::fromLatin1(image) << QString::fromLatin1(id);
    };
    row("healthy", "default.registry.tke.com/team/app:v1", "");
    row("private", "default.registry.tke.com/secret/app:v1", "registryNamespacePrivate");
    row("locked", "default.registry.tke.com/closed/app:v1", "registryNamespaceLocked");
    row("missing", "default.registry.tke.com/nobody/app:v1", "registryNamespaceMissing");
    row("of another tenant", "acme.registry.tke.com/team/app:v1", "registryNamespaceOfOtherTenant");
    row("without one", "default.registry.tke.com/app:v1", "registryNamespaceUnnamed");
    row("without a tenant", "registry.tke.com/library/app:v1", "registryNamespaceOfSystem");
    row("of another registry", "registry.example.com/team/app:v1", "");
}

void TestRegistryPush::the_namespace_of_an_image_is_looked_at()
{
    QFETCH(QString, image);
    QFETCH(QString, id);
    const Json spaces = Json::array({space("team", "default", "Public"), space("secret", "default", "Private"),
                                     space("closed", "default", "Public", true)});
    const QString words =
        QStringLiteral("The push refers to repository [%1]\ndenied: requested access to the resource is denied")
            .arg(image);
    // An error's words try no address.
    const auto report =
        reportOn({.spaces = spaces}, {}, QStringLiteral("Failed to pull image \"%1\": ").arg(image) + words);
    QStringList found = ids(report).filter(QLatin1String("registryNamespace"));
    QCOMPARE(found, id.isEmpty() ? QStringList() : QStringList{id});
    if (!id.isEmpty()) {
        const auto finding = std::ranges::find(report.findings, id, &diagnose::Finding::id);
        QVERIFY(!finding->cause.text().isEmpty() && !finding->fix.title.text().isEmpty());
        const bool isFault = id != QLatin1String("registryNamespacePrivate");
        QCOMPARE(result(report, "space"), isFault ? StepResult::Fail : StepResult::Pass);
    }
}

void TestRegistryPush::namespaces_that_are_not_told_are_not_taken_for_missing()
{
    const QString words = QStringLiteral("Failed to pull image \"default.registry.tke.com/team/app:v1\": denied");
    for (const Platform& each : {Platform(), Platform{.spaces = Json::array(), .isSpaceForbidden = true}}) {
        const auto report = reportOn(each, {}, words);
        QCOMPARE(result(report, "space"), StepResult::Unknown);
        QVERIFY(ids(report).filter(QLatin1String("registryNamespace")).isEmpty());
        const auto& steps = report.guides.front().steps;
        const QString said = std::ranges::find(steps, QLatin1String("space"), &diagnose::Step::id)->detail.text();
        QVERIFY2(said.contains(each.spaces.is_null() ? QLatin1String("serves no registry.tkestack.io")
                                                     : QLatin1String("permi")),
                 qPrintable(said));
    }
}

void TestRegistryPush::nothing_secret_of_the_platform_is_told()
{
    const auto report = reportOn({.ready = 0, .authority = "none"}, {QStringLiteral("127.0.0.1:1")});
    for (const diagnose::Step& step : report.guides.front().steps)
        QVERIFY(!step.detail.text().contains(QLatin1String("planted")));
    for (const diagnose::Finding& finding : report.findings)
        QVERIFY(!finding.evidence.join(QLatin1Char(' ')).contains(QLatin1String("planted")));
}

QTEST_GUILESS_MAIN(TestRegistryPush)
#include "tst_registrypush.moc"
