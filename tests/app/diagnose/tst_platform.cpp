// The guides about a platform (cluster-missing, business-missing, business-namespace) over TKEStack's own answers: each
// trouble, and a healthy twin that nothing is found in.

#include "app/diagnose/diagnosis.h"
#include "tests/support/answers.h"

#include <QTest>
#include <algorithm>

using diagnose::StepResult;

namespace {

const QByteArray Platform = "/apis/platform.tkestack.io/v1";
const QByteArray Business = "/apis/business.tkestack.io/v1";
const QByteArray Auth = "/apis/auth.tkestack.io/v1";
const QByteArray Review = "/apis/authentication.k8s.io/v1/selfsubjectreviews";

QString qs(const char* text)
{
    return QString::fromUtf8(text);
}

QByteArray cluster(const QByteArray& name, const QByteArray& phase, const QByteArray& conditions = "[]")
{
    return R"({"kind":"Cluster","apiVersion":"platform.tkestack.io/v1","metadata":{"name":")" + name +
           R"("},"spec":{"tenantID":"default","displayName":"Shop","type":"Imported","version":"1.36.3"},
           "status":{"phase":")" +
           phase + R"(","conditions":)" + conditions + "}}";
}

QByteArray clusterList(const QByteArray& items)
{
    return R"({"kind":"ClusterList","apiVersion":"platform.tkestack.io/v1","metadata":{},"items":[)" + items + "]}";
}

QByteArray review(const QByteArray& extra)
{
    return R"({"kind":"SelfSubjectReview","status":{"userInfo":{"username":"admin","extra":)" + extra + "}}}";
}

/// One addon is installed in the cluster global, and runs by the platform's word.
void installAddon(support::Answers& answers, const QByteArray& deployments)
{
    answers.serve("/api", R"({"kind":"APIVersions","versions":["v1"]})");
    answers.serve("/api/v1", R"({"kind":"APIResourceList","groupVersion":"v1","resources":[]})");
    answers.serve("/apis", R"({"kind":"APIGroupList","groups":[{"name":"platform.tkestack.io","versions":[
        {"groupVersion":"platform.tkestack.io/v1","version":"v1"}],"preferredVersion":
        {"groupVersion":"platform.tkestack.io/v1","version":"v1"}}]})");
    answers.serve(Platform, R"({"kind":"APIResourceList","groupVersion":"platform.tkestack.io/v1","resources":[
        {"name":"clusters","kind":"Cluster","namespaced":false,"verbs":["get","list"]},
        {"name":"csioperators","kind":"CSIOperator","namespaced":false,"verbs":["get","list"]},
        {"name":"tappcontrollers","kind":"TappController","namespaced":false,"verbs":["get","list"]}]})");
    answers.serve(Platform + "/tappcontrollers", R"({"items":[{"metadata":{"name":"tc-1"},
        "spec":{"clusterName":"global"},"status":{"phase":"Running"}}]})");
    answers.serve(Platform + "/csioperators", R"({"items":[]})");
    answers.serve("/apis/apps/v1/namespaces/kube-system/deployments", R"({"items":[)" + deployments + "]}");
    answers.serve("/apis/apps/v1/namespaces/kube-system/daemonsets", R"({"items":[]})");
    answers.serve("/apis/apps/v1/namespaces/kube-system/statefulsets", R"({"items":[]})");
    answers.serve("/api/v1/namespaces/kube-system/services/tapp-controller", "{}");
    answers.serve("/api/v1/namespaces/kube-system/serviceaccounts/tapp-controller", "{}");
    answers.serve("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/tapp-controller", "{}");
}

QByteArray runningDeployment(const char* name)
{
    return R"({"metadata":{"name":")" + QByteArray(name) + R"("},"status":{"readyReplicas":1}})";
}

} // namespace

class TestPlatformGuides : public QObject {
    Q_OBJECT
private slots:
    void init();

    void aClusterThatIsListedIsLeftToTheBrowser();
    void anObjectThatIsGoneIsTold();
    void aTenantThatIsFilteredIsTold();
    void aClusterThatThePlatformCannotReachIsTold();
    void aClusterThatIsLockedIsTold();
    void anApiThatIsDownIsTold();
    void aPlainClusterIsNoMatterUnlessItIsAskedFor();

    void aBoundUserFindsNothing();
    void aMemberWhoIsNotBoundIsTold();
    void whatCannotBeToldIsSaid();
    void anAdviceIsGivenOnce();
    void aBusinessThatIsSeenAndFailedIsTold();
    void withoutAUserOnlyFailedBusinessesAreTold();
    void anUnknownBusinessEndsTheGuide();

    void addonsThatAreWellFindNothing();
    void anAddonWhoseDeploymentIsGoneIsTold();
    void whatIsLeftOverOfAnAddonIsTold();
    void addonsOfAClusterThatIsNotReachedAreNotKnown();

    void wellNamespacesFindNothing();
    void aConflictIsTold();
    void theOneClusterIsExplained();
    void withoutAWayToTheClustersThePlatformsWordsAreTold();
    void itsWordsLeadThere_data();
    void itsWordsLeadThere();

private:
    diagnose::Report run(const char* guide, const QStringList& arguments = {}, bool hasClusters = true)
    {
        support::FakeTransport transport(m_answers);
        const kube::Client client(&transport);
        diagnose::Subject subject;
        subject.arguments = arguments;
        subject.client = [&client] { return &client; };
        if (hasClusters)
            subject.clientOf = [&client](const QString&) {
                return base::answered<std::shared_ptr<const kube::Client>>(std::make_shared<kube::Client>(client));
            };
        diagnose::Diagnosis diagnosis({diagnose::findGuide(QLatin1String(guide))}, subject);
        diagnosis.start();
        if (!QTest::qWaitFor([&] { return diagnosis.isFinished(); }))
            qFatal("the guide does not end");
        return diagnosis.report();
    }
    static StepResult result(const diagnose::Report& report, const char* id)
    {
        const auto& steps = report.guides.front().steps;
        return *std::ranges::find(steps, QLatin1String(id), &diagnose::Step::id)->result;
    }
    static QString detail(const diagnose::Report& report, const char* id)
    {
        const auto& steps = report.guides.front().steps;
        return std::ranges::find(steps, QLatin1String(id), &diagnose::Step::id)->detail.text();
    }
    static QStringList found(const diagnose::Report& report)
    {
        QStringList ids;
        for (const diagnose::Finding& each : report.findings)
            ids << each.id;
        return ids;
    }
    /// One business alone, that could not be made.
    void serveFailed(const QByteArray& name)
    {
        m_answers.serve(Business + "/projects",
                        R"({"kind":"ProjectList","metadata":{},"items":[{"metadata":{"name":")" + name + R"("},
        "spec":{"displayName":"X","tenantID":"acme","members":["wangwu"]},
        "status":{"phase":"Failed","locked":true,"message":"failed to add business member","reason":"no policy"}}]})");
    }

    support::Answers m_answers;
};

void TestPlatformGuides::init()
{
    m_answers = {};
    m_answers.serve(Platform, R"({"kind":"APIResourceList","resources":[]})");
    m_answers.serve(Platform + "/clusters", clusterList(cluster("global", "Running")));
    m_answers.serve(Platform + "/clusters/global", cluster("global", "Running"));
    m_answers.serve(Review, review("{}"));
    m_answers.serveFixture(Business + "/projects", qs("tkestack-1.9/projects.json"));
    m_answers.serveFixture(Business + "/namespaces", qs("tkestack-1.9/businessnamespaces.json"));
    m_answers.serve(Auth, R"({"kind":"APIResourceList","resources":[]})");
    m_answers.serveFixture(Auth + "/localidentities", qs("tkestack-1.9/localidentities.json"));
    m_answers.serveFixture(Auth + "/users", qs("tkestack-1.9/users-wangwu.json"));
    m_answers.serveFixture(Auth + "/users/usr-vjhzczh8/projects", qs("tkestack-1.9/user-projects.json"));
}

void TestPlatformGuides::aClusterThatIsListedIsLeftToTheBrowser()
{
    const auto report = run("cluster-missing");
    QCOMPARE(found(report), QStringList());
    for (const char* step : {"own", "served", "object", "tenant", "list", "phase", "browser"})
        QCOMPARE(result(report, step), StepResult::Pass);
    QVERIFY(detail(report, "browser").contains(qs("browser")));
}

void TestPlatformGuides::anObjectThatIsGoneIsTold()
{
    const auto report = run("cluster-missing", {qs("cls-gone")});
    QCOMPARE(found(report), QStringList{qs("clusterObjectMissing")});
    QCOMPARE(result(report, "object"), StepResult::Fail);
    QCOMPARE(result(report, "browser"), StepResult::Skipped);
}

void TestPlatformGuides::aTenantThatIsFilteredIsTold()
{
    m_answers.serve(Review, review(R"({"Tenantid":["acme"]})"));
    m_answers.serve(Platform + "/clusters", clusterList({}));
    const auto report = run("cluster-missing");
    QCOMPARE(found(report), QStringList{qs("clusterFiltered")});
    QVERIFY(detail(report, "tenant").contains(qs("acme")));
    QCOMPARE(result(report, "list"), StepResult::Fail);
}

void TestPlatformGuides::aClusterThatThePlatformCannotReachIsTold()
{
    m_answers.serve(Platform + "/clusters/global",
                    cluster("global", "Failed", R"([{"type":"HealthCheck","status":"False",
                            "reason":"FailedHealthCheck","message":"dial tcp: connection refused"}])"));
    const auto report = run("cluster-missing");
    QCOMPARE(found(report), QStringList{qs("clusterUnwell")});
    QVERIFY(report.findings.front().evidence.front().contains(qs("connection refused")));
}

void TestPlatformGuides::aClusterThatIsLockedIsTold()
{
    QByteArray locked = cluster("global", "Running");
    locked.replace(R"("status":{)", R"("status":{"locked":true,)");
    m_answers.serve(Platform + "/clusters/global", locked);
    const auto report = run("cluster-missing");
    QCOMPARE(found(report), QStringList{qs("clusterLocked")});
    QCOMPARE(result(report, "phase"), StepResult::Fail);
    QVERIFY(detail(report, "phase").contains(qs("locked")));
}

void TestPlatformGuides::anApiThatIsDownIsTold()
{
    m_answers.refuse(Platform, 503, "ServiceUnavailable");
    m_answers.serve(
        "/apis/apiregistration.k8s.io/v1/apiservices/v1.platform.tkestack.io",
        R"({"status":{"conditions":[{"type":"Available","status":"False","message":"endpoints not found"}]}})");
    m_answers.serve("/apis/apps/v1/namespaces/tke/deployments/tke-platform-api", R"({"status":{"replicas":1}})");
    const auto report = run("cluster-missing");
    QCOMPARE(found(report), QStringList{qs("platformApiDown")});
    QVERIFY(report.findings.front().evidence.contains(qs("endpoints not found")));
    QVERIFY(report.findings.front().cause.text().contains(qs("None of the pods")));
}

void TestPlatformGuides::aPlainClusterIsNoMatterUnlessItIsAskedFor()
{
    m_answers = {};
    const auto scanned = run("cluster-missing");
    QCOMPARE(found(scanned), QStringList());
    QCOMPARE(result(scanned, "served"), StepResult::Skipped);
    QCOMPARE(found(run("cluster-missing", {qs("global")})), QStringList{qs("notAPlatform")});
    QCOMPARE(found(run("addon")), QStringList());
    QCOMPARE(result(run("addon"), "clusters"), StepResult::Skipped);
    for (const char* guide : {"business-missing", "business-namespace"}) {
        const auto report = run(guide);
        QCOMPARE(found(report), QStringList());
        QCOMPARE(result(report, "businesses"), StepResult::Skipped);
        QVERIFY(!report.guides.front().error);
    }
}

void TestPlatformGuides::aBoundUserFindsNothing()
{
    const auto report = run("business-missing", {qs("wangwu"), qs("prj-acme0001")});
    QCOMPARE(found(report), QStringList());
    QCOMPARE(result(report, "bound"), StepResult::Pass);
    QCOMPARE(result(report, "member"), StepResult::Skipped);
}

void TestPlatformGuides::aMemberWhoIsNotBoundIsTold()
{
    const auto report = run("business-missing", {qs("wangwu")}); // a member of two, bound to one
    QCOMPARE(found(report), QStringList{qs("businessInvisible")});
    QCOMPARE(report.findings.front().ref->name, qs("prj-acme0002"));
    QVERIFY(report.findings.front().cause.text().contains(qs("spec.members")));
    QCOMPARE(result(report, "bound"), StepResult::Fail);
}

void TestPlatformGuides::whatCannotBeToldIsSaid()
{
    m_answers.refuse(Auth + "/users/usr-vjhzczh8/projects", 403, "Forbidden");
    const auto report = run("business-missing", {qs("wangwu"), qs("prj-acme0001")});
    QCOMPARE(found(report), QStringList{qs("businessVisibilityUnknown")});
    QCOMPARE(report.findings.front().severity, base::Severity::Info);
    QVERIFY(report.findings.front().title.text().contains(qs("cannot be told")));
}

void TestPlatformGuides::anAdviceIsGivenOnce()
{
    serveFailed("prj-x");
    const auto report = run("business-missing", {qs("wangwu"), qs("prj-x")});
    QCOMPARE(found(report), QStringList{qs("businessInvisible")});
    QCOMPARE(report.findings.front().fix.steps.size(), std::size_t(1));
}

void TestPlatformGuides::aBusinessThatIsSeenAndFailedIsTold()
{
    serveFailed("prj-acme0001");
    const auto report = run("business-missing", {qs("wangwu"), qs("prj-acme0001")});
    QCOMPARE(found(report), QStringList{qs("businessFailed")});
    QVERIFY(report.findings.front().cause.text().contains(qs("no policy")));
}

void TestPlatformGuides::withoutAUserOnlyFailedBusinessesAreTold()
{
    QCOMPARE(found(run("business-missing")), QStringList());
    m_answers.serve(Business + "/projects",
                    R"({"kind":"ProjectList","metadata":{},"items":[{"metadata":{"name":"prj-x"},
        "spec":{"displayName":"X","members":["nobody"]},
        "status":{"phase":"Failed","locked":true,"message":"failed to add business member","reason":"user not found"}}]})");
    const auto report = run("business-missing");
    QCOMPARE(found(report), QStringList{qs("businessFailed")});
    QVERIFY(report.findings.front().cause.text().contains(qs("user not found")));
}

void TestPlatformGuides::anUnknownBusinessEndsTheGuide()
{
    const auto report = run("business-missing", {qs("wangwu"), qs("prj-gone")});
    QVERIFY(report.guides.front().error);
    QCOMPARE(report.guides.front().error->kind, base::ErrorKind::NotFound);
}

void TestPlatformGuides::addonsThatAreWellFindNothing()
{
    installAddon(m_answers, runningDeployment("tapp-controller"));
    const auto report = run("addon");
    QCOMPARE(found(report), QStringList());
    for (const char* step : {"clusters", "installed", "stands"})
        QCOMPARE(result(report, step), StepResult::Pass);
    QVERIFY(detail(report, "installed").contains(qs("global: TappController tc-1 Running")));
}

void TestPlatformGuides::anAddonWhoseDeploymentIsGoneIsTold()
{
    installAddon(m_answers, {});
    const auto report = run("addon", {qs("global")});
    QCOMPARE(found(report), QStringList{qs("addonUnwell")});
    QCOMPARE(report.findings.front().ref->kind, qs("TappController"));
    QVERIFY(report.findings.front().cause.text().contains(qs("tapp-controller is not in the cluster")));
    QCOMPARE(report.findings.front().fix.steps.size(), std::size_t(1));
    QCOMPARE(result(report, "stands"), StepResult::Fail);
    // Of a cluster that there is not, nothing is told.
    const auto unknown = run("addon", {qs("cls-gone")});
    QVERIFY(unknown.guides.front().error);
    QCOMPARE(found(unknown), QStringList());
}

void TestPlatformGuides::whatIsLeftOverOfAnAddonIsTold()
{
    installAddon(m_answers, runningDeployment("tapp-controller") + ',' + runningDeployment("csi-operator"));
    const auto report = run("addon");
    QCOMPARE(found(report), QStringList{qs("addonLeftOver")});
    QCOMPARE(report.findings.front().severity, base::Severity::Warning);
    QVERIFY(report.findings.front().evidence.front().contains(qs("csi-operator")));
}

void TestPlatformGuides::addonsOfAClusterThatIsNotReachedAreNotKnown()
{
    installAddon(m_answers, runningDeployment("tapp-controller"));
    m_answers.refuse("/apis/apps/v1/namespaces/kube-system/deployments", 403, "Forbidden");
    const auto report = run("addon");
    QCOMPARE(found(report), QStringList());
    QCOMPARE(result(report, "stands"), StepResult::Unknown);
    const auto nowhere = run("addon", {}, false);
    QCOMPARE(result(nowhere, "stands"), StepResult::Skipped);
    QCOMPARE(found(nowhere), QStringList());
}

void TestPlatformGuides::wellNamespacesFindNothing()
{
    m_answers.serve("/api/v1/namespaces", R"({"kind":"NamespaceList","metadata":{},"items":[)" +
                                              support::fixture(qs("tkestack-1.9/member-namespace.json")) + "]}");
    m_answers.serveFixture("/api/v1/resourcequotas", qs("tkestack-1.9/member-resourcequotas.json"));
    const auto report = run("business-namespace", {qs("cls-abc12345-shop-frontend")});
    QCOMPARE(found(report), QStringList());
    QCOMPARE(result(report, "live"), StepResult::Pass);
}

void TestPlatformGuides::aConflictIsTold()
{
    m_answers.serve("/api/v1/namespaces", R"({"kind":"NamespaceList","metadata":{},"items":[{"metadata":{
        "name":"shop-frontend","labels":{"tkestack.io/projectName":"prj-other"}}}]})");
    m_answers.serve("/api/v1/resourcequotas", R"({"kind":"ResourceQuotaList","metadata":{},"items":[]})");
    const auto report = run("business-namespace", {qs("cls-abc12345-shop-frontend")});
    QCOMPARE(found(report), QStringList{qs("namespaceConflict")});
    QVERIFY(report.findings.front().cause.text().contains(qs("prj-other")));
    QCOMPARE(result(report, "live"), StepResult::Fail);
}

void TestPlatformGuides::theOneClusterIsExplained()
{
    const auto report = run("business-namespace");
    QVERIFY(detail(report, "cluster").contains(qs("exactly one cluster")));
    QVERIFY(detail(report, "cluster").contains(qs("prj-abcdefgh/shop-frontend → cls-abc12345")));
}

void TestPlatformGuides::withoutAWayToTheClustersThePlatformsWordsAreTold()
{
    const auto report = run("business-namespace", {qs("cls-fail6789-shop-test")}, false);
    QCOMPARE(found(report), QStringList{qs("namespaceUnwell")});
    QCOMPARE(result(report, "live"), StepResult::Skipped);
    QVERIFY(report.findings.front().evidence.join(QLatin1Char('\n')).contains(qs("connection refused")));
}

void TestPlatformGuides::itsWordsLeadThere_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("guide");
    QTest::newRow("the FAQ: global") << qs("global 集群没出现") << qs("cluster-missing");
    QTest::newRow("the FAQ: business") << qs("业务管理界面没有想要的业务") << qs("business-missing");
    QTest::newRow("the FAQ: one cluster") << qs("业务的 NS 只能选择一个集群") << qs("business-namespace");
    QTest::newRow("the server's 422")
        << qs("metadata.namespace: Invalid value: \"prj-abcdefgh\": parent project forbids its namespaces to use "
              "cluster global")
        << qs("business-namespace");
    QTest::newRow("an addon's reason") << qs("serviceaccounts \"tapp-controller\" already exists") << qs("addon");
    QTest::newRow("an addon in the console") << qs("扩展组件 CronHPA 状态 Failed") << qs("addon");
    QTest::newRow("a controller's words") << qs("failed to add business member") << qs("business-missing");
}

void TestPlatformGuides::itsWordsLeadThere()
{
    QFETCH(QString, words);
    QFETCH(QString, guide);
    const auto guides = diagnose::guidesFor(words);
    QVERIFY(!guides.empty());
    QCOMPARE(guides.front()->id, guide);
}

QTEST_GUILESS_MAIN(TestPlatformGuides)
#include "tst_platform.moc"
