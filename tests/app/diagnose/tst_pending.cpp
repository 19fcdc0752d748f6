// The guide pod-pending over a scripted cluster: what it asks, what it reckons itself, and what it says where it may
// not look.

#include "app/diagnose/diagnosis.h"
#include "app/kube/jsonread.h"
#include "tests/support/faketransport.h"
#include "tests/support/served.h"

#include <QTest>
#include <algorithm>

using diagnose::Finding;
using diagnose::Severity;
using diagnose::StepResult;
using kube::Json;

namespace {

/// A cluster as far as the guide looks. Paths that are not there are 404, those in `forbidden` are 403.
class Cluster {
public:
    std::vector<Json> pods;
    std::vector<Json> nodes;
    std::vector<Json> events;
    QByteArrayList forbidden;
    int pageSize = 500;
    bool hasLease = true;

    std::optional<base::Result<transport::Reply>> operator()(const transport::Request& request)
    {
        for (const QByteArray& path : forbidden)
            if (request.path.startsWith(path))
                return support::reply(403, support::statusJson(403, "Forbidden"));
        if (request.path.endsWith("/pods"))
            return list(pods, request);
        if (request.path == "/api/v1/nodes")
            return list(nodes, request);
        if (request.path.endsWith("/events"))
            return list(events, request);
        if (request.path.endsWith("/leases/kube-scheduler") && hasLease)
            return support::reply(200, R"({"spec":{"renewTime":"2026-11-22T12:00:00.000000Z"}})",
                                  {{"Date", "Sun, 22 Nov 2026 12:00:02 GMT"}});
        for (const Json& pod : pods)
            if (request.path.endsWith("/pods/" + QByteArray::fromStdString(pod["metadata"]["name"].get<std::string>())))
                return support::reply(200, QByteArray::fromStdString(pod.dump()));
        return support::reply(404, support::statusJson(404, "NotFound"));
    }

private:
    base::Result<transport::Reply> list(const std::vector<Json>& all, const transport::Request& request) const
    {
        std::size_t from = 0;
        for (const auto& [key, value] : request.query)
            if (key == QLatin1String("continue"))
                from = value.toUInt();
        Json items = Json::array();
        const std::size_t to = std::min(all.size(), from + static_cast<std::size_t>(pageSize));
        for (std::size_t i = from; i < to; ++i)
            items.push_back(all[i]);
        Json answer{{"metadata", Json::object()}, {"items", std::move(items)}};
        if (to < all.size())
            answer["metadata"]["continue"] = std::to_string(to);
        return support::reply(200, QByteArray::fromStdString(answer.dump()));
    }
};

Json node(const std::string& name, const std::string& taints = "[]")
{
    return {{"metadata", {{"name", name}, {"labels", {{"zone", "a"}}}}}, {"spec", {{"taints", Json::parse(taints)}}}};
}

Json pod(const std::string& name, const std::string& words = {})
{
    Json made{
        {"metadata",
         {{"name", name}, {"namespace", "shop"}, {"uid", "u-" + name}, {"creationTimestamp", "2026-11-22T11:00:00Z"}}},
        {"spec", {{"schedulerName", "default-scheduler"}}},
        {"status", {{"phase", "Pending"}}}};
    if (!words.empty())
        made["status"]["conditions"] =
            Json::parse(R"([{"type":"PodScheduled","status":"False","reason":"Unschedulable"}])");
    if (!words.empty())
        made["status"]["conditions"][0]["message"] = words;
    return made;
}

const std::string Gpu = R"([{"key":"dedicated","value":"gpu","effect":"NoSchedule"}])";

/// Runs the guide to its end.
class Run {
public:
    explicit Run(Cluster cluster, const QString& name = {}) : m_transport(std::move(cluster)), m_client(&m_transport)
    {
        diagnose::Subject subject{.nameSpace = QStringLiteral("shop"), .client = [this] { return &m_client; }};
        if (!name.isEmpty())
            subject.arguments = {name};
        diagnose::Diagnosis diagnosis({diagnose::findGuide(QStringLiteral("pod-pending"))}, subject);
        diagnosis.start();
        if (!QTest::qWaitFor([&] { return diagnosis.isFinished(); }))
            qFatal("the guide does not end");
        report = diagnosis.report();
    }

    StepResult result(const char* step) const { return *stepOf(step).result; }
    QString detail(const char* step) const { return stepOf(step).detail.text(); }
    const Finding* finding(const char* id) const
    {
        const auto found = std::ranges::find(report.findings, QLatin1String(id), &Finding::id);
        return found == report.findings.end() ? nullptr : &*found;
    }
    int asked(const QByteArray& path) const
    {
        return static_cast<int>(std::ranges::count(m_transport.asked, path, &transport::Request::path));
    }

    diagnose::Report report;

private:
    const diagnose::Step& stepOf(const char* id) const
    {
        const auto& steps = report.guides.front().steps;
        return *std::ranges::find(steps, QLatin1String(id), &diagnose::Step::id);
    }

    support::FakeTransport m_transport;
    kube::Client m_client;
};

} // namespace

class TestPending : public QObject {
    Q_OBJECT
private slots:
    void thePictureOfTheFaqIsExplained();
    void theNodesAreNamedThatRefuseIt();
    void ourReckoningIsToldBesideTheWords();
    void aTaintWithoutWordsIsFoundAllTheSame();
    void aControllersTaintIsNotOfferedForEdit();
    void aCordonedNodeIsOpenedAgain();
    void aTaintOnSomeNodesIsNoError();
    void whatIsNotJudgedKeepsItsWords();
    void aNodeSelectorNarrowsTheNodes();
    void noNodesAtAll();
    void aGateHoldsThePod();
    void nobodySchedules();
    void thePodHasAPlaceAlready();
    void aRunningPodIsNoMatter();
    void aMissingPodIsAnError();
    void eventsInBothShapes();
    void whatMayNotBeReadIsUnknown();
    void manyPodsAskForTheNodesOnce();
    void aHostileClusterIsShownAsText();
};

void TestPending::thePictureOfTheFaqIsExplained()
{
    Cluster cluster;
    cluster.pods = {pod("web", "0/1 nodes are available: 1 node(s) had taints that the pod didn't tolerate.")};
    cluster.nodes = {node("master", R"([{"key":"node-role.kubernetes.io/master","effect":"NoSchedule"}])")};
    cluster.nodes.front()["metadata"]["labels"]["node-role.kubernetes.io/master"] = "";
    const Run run(cluster, QStringLiteral("web"));
    const Finding* finding = run.finding("taint-not-tolerated");
    QVERIFY(finding);
    QCOMPARE(finding->severity, Severity::Error);
    QCOMPARE(finding->fix.action, QStringLiteral("editTaints"));
    QCOMPARE(finding->fix.nodes, QStringList{QStringLiteral("master")});
    QCOMPARE(finding->fix.taints, QStringList{QStringLiteral("node-role.kubernetes.io/master:NoSchedule-")});
    QCOMPARE(finding->fix.command,
             QStringLiteral("kubectl taint nodes master node-role.kubernetes.io/master:NoSchedule-"));
    QCOMPARE(run.result("agreement"), StepResult::Pass);
    QCOMPARE(run.result("rest"), StepResult::Pass);
    // What it means to give up a control plane's taint, and the other way: a toleration.
    QCOMPARE(finding->fix.steps.size(), 3UL);
    QVERIFY(finding->fix.steps.back().text().contains(
        QLatin1String("kubectl patch pod web -n shop --type merge -p '{\"spec\":{\"tolerations\":[")));
}

void TestPending::theNodesAreNamedThatRefuseIt()
{
    Cluster cluster;
    cluster.pods = {pod("web",
                        "0/3 nodes are available: 1 node(s) had untolerated taint {dedicated: db}, 2 node(s) had "
                        "untolerated taint {dedicated: gpu}.")};
    cluster.nodes = {node("g1", Gpu), node("d1", R"([{"key":"dedicated","value":"db","effect":"NoExecute"}])"),
                     node("g2", Gpu)};
    const Run run(cluster, QStringLiteral("shop/web"));
    QCOMPARE(run.report.findings.size(), 2UL);
    QCOMPARE(run.report.findings[0].fix.nodes, (QStringList{QStringLiteral("g1"), QStringLiteral("g2")}));
    QCOMPARE(run.report.findings[1].fix.nodes, QStringList{QStringLiteral("d1")});
    QCOMPARE(run.result("agreement"), StepResult::Pass);
    QVERIFY(run.report.hasErrors());
}

void TestPending::ourReckoningIsToldBesideTheWords()
{
    Cluster cluster;
    cluster.pods = {pod("web", "0/2 nodes are available: 2 node(s) had untolerated taint(s).")};
    cluster.nodes = {node("a", Gpu), node("b")};
    const Run run(cluster, QStringLiteral("web"));
    QCOMPARE(run.result("agreement"), StepResult::Unknown);
    QVERIFY2(run.finding("changed-since"), "a taint has gone, and the scheduler will look again");
    QCOMPARE(run.finding("changed-since")->severity, Severity::Info);
    QVERIFY(!run.report.hasErrors());
}

void TestPending::aTaintWithoutWordsIsFoundAllTheSame()
{
    Cluster cluster;
    cluster.pods = {pod("web")};
    cluster.pods.front()["status"]["conditions"] =
        Json::parse(R"([{"type":"PodScheduled","status":"False","reason":"Unschedulable"}])");
    cluster.nodes = {node("a", Gpu)};
    const Run run(cluster, QStringLiteral("web"));
    QVERIFY(run.finding("taint-not-tolerated"));
    QCOMPARE(run.result("events"), StepResult::Unknown);
    QCOMPARE(run.result("words"), StepResult::Unknown);
    QCOMPARE(run.result("agreement"), StepResult::Skipped);
}

void TestPending::aControllersTaintIsNotOfferedForEdit()
{
    Cluster cluster;
    cluster.pods = {pod("web", "0/1 nodes are available: 1 node(s) had untolerated taint(s).")};
    cluster.nodes = {node("a", R"([{"key":"node.kubernetes.io/disk-pressure","effect":"NoSchedule"}])")};
    cluster.nodes.front()["status"]["conditions"] =
        Json::parse(R"([{"type":"DiskPressure","status":"True","reason":"KubeletHasDiskPressure","message":"full"}])");
    const Run run(cluster, QStringLiteral("web"));
    QVERIFY(!run.finding("taint-not-tolerated"));
    const Finding* finding = run.finding("controller-taint");
    QVERIFY(finding);
    QCOMPARE(finding->fix.action, QStringLiteral("none"));
    QVERIFY(finding->evidence.join(QLatin1Char(' ')).contains(QLatin1String("KubeletHasDiskPressure: full")));
    QCOMPARE(finding->severity, Severity::Error);
}

void TestPending::aCordonedNodeIsOpenedAgain()
{
    Cluster cluster;
    cluster.pods = {pod("web", "0/1 nodes are available: 1 node(s) were unschedulable.")};
    cluster.nodes = {node("a", R"([{"key":"node.kubernetes.io/unschedulable","effect":"NoSchedule"}])")};
    cluster.nodes.front()["spec"]["unschedulable"] = true;
    const Run run(cluster, QStringLiteral("web"));
    QCOMPARE(run.report.findings.size(), 1UL);
    QCOMPARE(run.report.findings.front().id, QStringLiteral("node-cordoned"));
    QCOMPARE(run.report.findings.front().fix.command, QStringLiteral("kubectl uncordon a"));
    QCOMPARE(run.result("agreement"), StepResult::Pass);
}

void TestPending::aTaintOnSomeNodesIsNoError()
{
    Cluster cluster;
    cluster.pods = {
        pod("web", "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint {dedicated: gpu}.")};
    cluster.nodes = {node("a", Gpu), node("b")};
    const Run run(cluster, QStringLiteral("web"));
    QCOMPARE(run.finding("taint-not-tolerated")->severity, Severity::Warning);
    QCOMPARE(run.finding("not-judged")->severity, Severity::Error);
    QVERIFY(!run.finding("changed-since"));
}

void TestPending::whatIsNotJudgedKeepsItsWords()
{
    Cluster cluster;
    cluster.pods = {pod("web", "0/1 nodes are available: 1 node(s) dislike it, as nobody knew before.")};
    cluster.nodes = {node("a")};
    const Run run(cluster, QStringLiteral("web"));
    QCOMPARE(run.result("rest"), StepResult::Unknown);
    QVERIFY(run.detail("rest").contains(QStringLiteral("1 × node(s) dislike it, as nobody knew before")));
    QVERIFY(run.finding("not-judged")->title.text().contains(QLatin1String("dislike it")));
}

void TestPending::aNodeSelectorNarrowsTheNodes()
{
    Cluster cluster;
    cluster.pods = {pod("web",
                        "0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) "
                        "had untolerated taint(s).")};
    cluster.pods.front()["spec"]["nodeSelector"] = {{"disk", "ssd"}};
    cluster.nodes = {node("a", Gpu), node("b")};
    {
        const Run run(cluster, QStringLiteral("web"));
        QVERIFY2(!run.finding("taint-not-tolerated"), "taking it away would not help");
        QCOMPARE(run.finding("node-selector")->severity, Severity::Error);
    }
    cluster.nodes.front()["metadata"]["labels"]["disk"] = "ssd";
    const Run run(cluster, QStringLiteral("web"));
    QCOMPARE(run.finding("taint-not-tolerated")->severity, Severity::Error);
    QVERIFY(!run.finding("node-selector"));
    QCOMPARE(run.finding("not-judged")->severity, Severity::Info);
}

void TestPending::noNodesAtAll()
{
    Cluster cluster;
    cluster.pods = {pod("web", "no nodes available to schedule pods")};
    const Run run(cluster, QStringLiteral("web"));
    QVERIFY(run.finding("no-nodes"));
    QCOMPARE(run.result("nodes"), StepResult::Fail);
}

void TestPending::aGateHoldsThePod()
{
    Cluster cluster;
    cluster.pods = {pod("web")};
    cluster.pods.front()["spec"]["schedulingGates"] = Json::parse(R"([{"name":"example.com/queue"}])");
    cluster.pods.front()["status"]["conditions"] = Json::parse(
        R"([{"type":"PodScheduled","status":"False","reason":"SchedulingGated","message":"Scheduling is blocked"}])");
    cluster.nodes = {node("a", Gpu)};
    const Run run(cluster, QStringLiteral("web"));
    QCOMPARE(run.report.findings.size(), 1UL);
    QCOMPARE(run.report.findings.front().id, QStringLiteral("scheduling-gated"));
    QVERIFY(run.detail("pod").contains(QLatin1String("example.com/queue")));
    QCOMPARE(run.asked("/api/v1/nodes"), 0);
}

void TestPending::nobodySchedules()
{
    Cluster cluster;
    cluster.pods = {pod("web")};
    cluster.pods.front()["spec"]["schedulerName"] = "moon-scheduler";
    cluster.nodes = {node("a")};
    const Run run(cluster, QStringLiteral("web"));
    QVERIFY(run.finding("no-scheduler"));
    QVERIFY(run.finding("no-scheduler")->title.text().contains(QLatin1String("moon-scheduler")));
    QCOMPARE(run.result("scheduler"), StepResult::Fail);
    cluster.pods.front()["metadata"]["creationTimestamp"] = "2026-11-22T11:59:50Z";
    cluster.pods.front()["spec"].erase("schedulerName");
    const Run young(cluster, QStringLiteral("web"));
    QVERIFY2(!young.finding("no-scheduler"), "it was made twelve seconds ago by the server's clock");
    QCOMPARE(young.result("scheduler"), StepResult::Unknown);
}

void TestPending::thePodHasAPlaceAlready()
{
    Cluster cluster;
    cluster.pods = {pod("web")};
    cluster.pods.front()["spec"]["nodeName"] = "a";
    cluster.pods.front()["status"]["containerStatuses"] =
        Json::parse(R"([{"name":"c","state":{"waiting":{"reason":"ImagePullBackOff","message":"no such image"}}}])");
    const Run run(cluster, QStringLiteral("web"));
    QCOMPARE(run.report.findings.size(), 1UL);
    QCOMPARE(run.report.findings.front().id, QStringLiteral("already-placed"));
    QCOMPARE(run.report.findings.front().severity, Severity::Error);
    QVERIFY(run.detail("containers").contains(QLatin1String("ImagePullBackOff")));
    QCOMPARE(run.result("nodes"), StepResult::Skipped);
}

void TestPending::aRunningPodIsNoMatter()
{
    Cluster cluster;
    cluster.pods = {pod("web")};
    cluster.pods.front()["status"]["phase"] = "Running";
    const Run run(cluster, QStringLiteral("web"));
    QVERIFY(run.report.findings.empty());
    QVERIFY(!run.report.guides.front().error);
    QCOMPARE(run.result("pod"), StepResult::Pass);
}

void TestPending::aMissingPodIsAnError()
{
    const Run run({}, QStringLiteral("nix"));
    QVERIFY(run.report.guides.front().error);
    QCOMPARE(run.report.guides.front().error->kind, base::ErrorKind::NotFound);
    QCOMPARE(run.result("pod"), StepResult::Fail);
}

void TestPending::eventsInBothShapes()
{
    Cluster cluster;
    cluster.pods = {pod("web")};
    cluster.nodes = {node("a", Gpu)};
    const auto words = QStringLiteral("0/1 nodes are available: 1 node(s) had untolerated taint(s).");
    for (const char* event :
         {R"({"involvedObject":{"kind":"Pod","namespace":"shop","name":"web","uid":"u-web"},"type":"Warning",
              "reason":"FailedScheduling","count":7,"lastTimestamp":"2026-11-22T11:59:00Z",
              "message":"0/1 nodes are available: 1 node(s) had untolerated taint(s)."})",
          R"({"regarding":{"kind":"Pod","namespace":"shop","name":"web","uid":"u-web"},"type":"Warning",
              "reason":"FailedScheduling","series":{"count":7,"lastObservedTime":"2026-11-22T11:59:00.5Z"},
              "eventTime":"2026-11-22T11:00:00.1Z","reportingController":"default-scheduler",
              "note":"0/1 nodes are available: 1 node(s) had untolerated taint(s)."})"}) {
        cluster.events = {Json::parse(event),
                          Json::parse(R"({"involvedObject":{"kind":"Pod","namespace":"shop","name":"web","uid":"old"},
                              "reason":"FailedScheduling","message":"of a pod before it"})")};
        const Run run(cluster, QStringLiteral("web"));
        QVERIFY2(run.detail("events").contains(words), qPrintable(run.detail("events")));
        QVERIFY(run.detail("events").contains(QLatin1String("2026-11-22 11:59:00 UTC")));
        QVERIFY(run.detail("events").contains(QLatin1Char('7')));
        QCOMPARE(run.result("agreement"), StepResult::Pass);
        QVERIFY2(!run.finding("no-scheduler"), "an event is a sign of life");
    }
}

void TestPending::whatMayNotBeReadIsUnknown()
{
    Cluster cluster;
    cluster.pods = {pod("web", "0/1 nodes are available: 1 node(s) had untolerated taint(s).")};
    cluster.nodes = {node("a", Gpu)};
    cluster.forbidden = {"/api/v1/nodes"};
    {
        const Run run(cluster, QStringLiteral("web"));
        QCOMPARE(run.result("nodes"), StepResult::Unknown);
        QVERIFY(!run.finding("no-nodes") && !run.finding("taint-not-tolerated"));
        QVERIFY2(run.finding("not-judged"), "the scheduler's words stand");
        QVERIFY(run.report.hasErrors());
    }
    cluster.forbidden = {"/api/v1/namespaces/shop/events"};
    {
        const Run run(cluster, QStringLiteral("web"));
        QCOMPARE(run.asked("/apis/events.k8s.io/v1/namespaces/shop/events"), 1);
        QCOMPARE(run.result("events"), StepResult::Unknown);
        QVERIFY(run.finding("taint-not-tolerated"));
    }
    cluster.forbidden = {"/api/v1/namespaces/shop/pods"};
    const Run run(cluster);
    QCOMPARE(run.result("pod"), StepResult::Unknown);
    QCOMPARE(run.report.guides.front().error->kind, base::ErrorKind::Forbidden);
}

void TestPending::manyPodsAskForTheNodesOnce()
{
    Cluster cluster;
    for (int i = 0; i < 1000; ++i)
        cluster.pods.push_back(pod("web-" + std::to_string(i), "0/500 nodes are available: 500 node(s) had untolerated "
                                                               "taint {dedicated: gpu}."));
    for (int i = 0; i < 500; ++i)
        cluster.nodes.push_back(node("n" + std::to_string(i), Gpu));
    cluster.pageSize = 300;
    const Run run(cluster);
    QCOMPARE(run.asked("/api/v1/namespaces/shop/pods"), 4);
    QCOMPARE(run.asked("/api/v1/nodes"), 2);
    QCOMPARE(run.report.findings.size(), 1UL);
    QCOMPARE(run.report.findings.front().fix.nodes.size(), 500);
    QVERIFY2(run.report.findings.front().evidence.size() <= 100, "a report stays readable");
    QCOMPARE(run.result("agreement"), StepResult::Pass);
}

void TestPending::aHostileClusterIsShownAsText()
{
    Cluster cluster;
    cluster.pods = {pod("web", "0/1 nodes are available: 1 node(s) \x1b[31mred\x1b[0m\r<b>x</b>.")};
    cluster.nodes = {node("\x1b[2J", R"([{"key":"\u001b[1m","effect":"NoSchedule"}, 7, {"key":{}}])")};
    const Run run(cluster, QStringLiteral("web"));
    const auto isSafe = [](const QString& text) {
        return !text.contains(QChar(0x1b)) && !text.contains(QLatin1Char('\r'));
    };
    for (const diagnose::Step& step : run.report.guides.front().steps)
        QVERIFY2(isSafe(step.detail.text()), qPrintable(step.id));
    QVERIFY(!run.report.findings.empty());
    for (const Finding& finding : run.report.findings) {
        QVERIFY(isSafe(finding.title.text() + finding.cause.text() + finding.fix.command));
        for (const QString& line : finding.evidence)
            QVERIFY(isSafe(line));
        for (const diagnose::Text& step : finding.fix.steps)
            QVERIFY(isSafe(step.text()));
    }
}

QTEST_GUILESS_MAIN(TestPending)
#include "tst_pending.moc"
