// The guide hostpath over a scripted cluster: who refuses a host path, whose files are elsewhere, and a healthy twin.

#include "app/diagnose/diagnosis.h"
#include "tests/support/faketransport.h"
#include "tests/support/fixture.h"
#include "tests/support/served.h"

#include <QTest>
#include <algorithm>

using diagnose::Severity;
using diagnose::StepResult;
using kube::Json;

namespace {

const QByteArray Deployment = "/apis/apps/v1/namespaces/shop/deployments/web";

base::Result<transport::Reply> ok(const Json& json)
{
    return support::reply(200, kube::toBytes(json));
}

/// One Deployment, as far as the guide looks.
struct Cluster {
    bool hasHostPath = true;
    bool isRefused = false;
    std::vector<std::string> nodes{"n1"};
    std::string mountWords;

    std::optional<base::Result<transport::Reply>> operator()(const transport::Request& request) const
    {
        if (request.path == "/api" || request.path == "/apis")
            return support::reply(
                200,
                support::fixture(request.path == "/api" ? QStringLiteral("discovery/aggregated-api.json")
                                                        : QStringLiteral("discovery/aggregated-apis.json")),
                {{"Content-Type", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"}});
        if (request.path == Deployment)
            return ok(deployment());
        if (request.path.endsWith("/events"))
            return ok({{"items", events(request)}});
        if (request.path.endsWith("/pods") && request.verb == "POST")
            return isRefused ? support::reply(403, refusal()) : support::reply(201, request.body);
        if (request.path.endsWith("/pods"))
            return ok({{"items", pods()}});
        if (request.path == "/api/v1/nodes")
            return ok({{"items", Json::array()}});
        if (request.path == "/api/v1/namespaces/shop")
            return ok({{"metadata", {{"name", "shop"}}}});
        return support::reply(404, support::statusJson(404, "NotFound"));
    }

private:
    static QByteArray refusal()
    {
        return kube::toBytes(
            {{"kind", "Status"},
             {"reason", "Forbidden"},
             {"code", 403},
             {"message", "pods \"web\" is forbidden: violates PodSecurity \"baseline:latest\": hostPath volumes"}});
    }
    Json deployment() const
    {
        Json volumes = Json::array();
        if (hasHostPath)
            volumes.push_back({{"name", "testv"}, {"hostPath", {{"path", "/data"}}}});
        return {{"metadata", {{"name", "web"}, {"namespace", "shop"}, {"uid", "u1"}}},
                {"spec",
                 {{"replicas", 2},
                  {"selector", {{"matchLabels", {{"app", "web"}}}}},
                  {"template", {{"spec", {{"volumes", volumes}, {"containers", {{{"name", "c"}}}}}}}}}}};
    }
    Json pods() const
    {
        Json items = Json::array();
        for (const std::string& node : nodes)
            items.push_back({{"metadata", {{"name", "web-" + node}}}, {"spec", {{"nodeName", node}}}});
        return items;
    }
    Json events(const transport::Request& request) const
    {
        Json items = Json::array();
        const bool isMount = std::ranges::any_of(
            request.query, [](const auto& each) { return each.second == QLatin1String("reason=FailedMount"); });
        if (isMount && !mountWords.empty())
            items.push_back({{"involvedObject", {{"name", "web-n1"}, {"namespace", "shop"}}},
                             {"reason", "FailedMount"},
                             {"message", mountWords}});
        return items;
    }
};

diagnose::Report reportOn(const Cluster& cluster, const QString& argument = QStringLiteral("shop/deployment/web"))
{
    support::FakeTransport transport(cluster);
    const kube::Client client(&transport);
    const diagnose::Subject subject{.arguments = {argument}, .client = [&client] { return &client; }};
    diagnose::Diagnosis diagnosis({diagnose::findGuide(QStringLiteral("hostpath"))}, subject);
    diagnosis.start();
    if (!QTest::qWaitFor([&] { return diagnosis.isFinished(); }))
        qFatal("the guide does not end");
    return diagnosis.report();
}

StepResult result(const diagnose::Report& report, const char* id)
{
    const auto& steps = report.guides.front().steps;
    return *std::ranges::find(steps, QLatin1String(id), &diagnose::Step::id)->result;
}

} // namespace

class TestHostPathGuide : public QObject {
    Q_OBJECT
private slots:
    void aHealthyWorkloadIsLeftAlone()
    {
        const auto report = reportOn({});
        QVERIFY(report.findings.empty());
        QCOMPARE(result(report, "admission"), StepResult::Pass);
        QCOMPARE(result(report, "events"), StepResult::Pass);
    }

    void aWorkloadWithoutHostPathsIsNoMatter()
    {
        const auto report = reportOn({.hasHostPath = false});
        QCOMPARE(result(report, "workloads"), StepResult::Pass);
        QCOMPARE(result(report, "events"), StepResult::Skipped);
        QVERIFY(report.findings.empty());
    }

    void podsThatAreRefusedAreAnError()
    {
        const auto report = reportOn({.isRefused = true});
        QCOMPARE(report.findings.size(), 1UL);
        QCOMPARE(report.findings[0].id, QStringLiteral("hostPathRefused"));
        QCOMPARE(report.findings[0].severity, Severity::Error);
        QVERIFY(report.findings[0].evidence.front().contains(QLatin1String("baseline:latest")));
        QCOMPARE(result(report, "admission"), StepResult::Fail);
    }

    void whatAKubeletCouldNotMountIsAnError()
    {
        const auto report =
            reportOn({.mountWords = "MountVolume.SetUp failed for volume \"testv\" : hostPath type check "
                                    "failed: /data is not a directory"});
        QCOMPARE(report.findings.size(), 1UL);
        QCOMPARE(report.findings[0].id, QStringLiteral("hostPathNotMounted"));
        QCOMPARE(result(report, "events"), StepResult::Fail);
    }

    void podsOnSeveralNodesSeeDifferentFiles()
    {
        const auto report = reportOn({.nodes = {"n1", "n2"}});
        QCOMPARE(report.findings.size(), 1UL);
        QCOMPARE(report.findings[0].severity, Severity::Warning);
        QCOMPARE(report.findings[0].evidence, QStringList{QStringLiteral("n1, n2")});
    }

    void aMissingWorkloadEndsTheGuide()
    {
        const auto report = reportOn({}, QStringLiteral("shop/deployment/other"));
        QVERIFY(report.guides.front().error);
        QCOMPARE(report.guides.front().error->kind, base::ErrorKind::NotFound);
    }

    void itsWordsLeadHere()
    {
        const auto guides = diagnose::guidesFor(QStringLiteral(
            "MountVolume.SetUp failed for volume \"testv\" : hostPath type check failed: /data is not a directory"));
        QVERIFY(!guides.empty());
        QCOMPARE(guides.front()->id, QStringLiteral("hostpath"));
    }
};

QTEST_GUILESS_MAIN(TestHostPathGuide)
#include "tst_hostpath.moc"
