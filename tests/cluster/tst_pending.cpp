// The guide pod-pending on the real control plane: a pod that is refused by taints everywhere, the nodes that the guide
// names, and the same pod placed once its taint is taken away by the flow of the taint editor.

#include "app/change/flow.h"
#include "app/change/taintintent.h"
#include "app/diagnose/diagnosis.h"
#include "app/kube/jsonread.h"
#include "tests/cluster/plane.h"

#include <QTemporaryDir>
#include <algorithm>

using change::Flow;
using State = change::Flow::State;
using diagnose::StepResult;

namespace {

const QString Namespace = QStringLiteral("alidade-pending");
const QStringList Nodes{QStringLiteral("alidade-pending-0"), QStringLiteral("alidade-pending-1")};

} // namespace

class TestPending : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void theGuideNamesWhatRefusesThePodAndItIsPlacedWithout();
    void aGatedPodIsToldFromARefusedOne();
    void anUnknownSchedulerIsMissed();
    void cleanupTestCase();

private:
    base::Result<kube::Json> ask(const QByteArray& verb, const QByteArray& path, const QByteArray& body = {});
    void makePod(const QByteArray& name, const QByteArray& spec);
    kube::Json pod(const QByteArray& name);
    diagnose::Report check(const QString& name);

    transport::Journal m_journal;
    plane::Connection m_plane;
    QTemporaryDir m_folder;
};

base::Result<kube::Json> TestPending::ask(const QByteArray& verb, const QByteArray& path, const QByteArray& body)
{
    transport::Request request{.verb = verb, .path = path};
    if (!body.isEmpty())
        request.headers.emplace_back("Content-Type", "application/json");
    request.body = body;
    return plane::answerOf(m_plane.client->askJson(request));
}

void TestPending::makePod(const QByteArray& name, const QByteArray& spec)
{
    const QByteArray body =
        R"({"metadata":{"name":")" + name +
        R"("},"spec":{"automountServiceAccountToken":false,"containers":[{"name":"c","image":"none"}],)" + spec + "}}";
    // The namespace's service account comes a moment after it.
    const auto isMade = [&] {
        const auto made = ask("POST", "/api/v1/namespaces/" + Namespace.toUtf8() + "/pods", body);
        return made || made.error().kind == base::ErrorKind::Conflict;
    };
    QVERIFY2(QTest::qWaitFor(isMade, 30'000), name.constData());
}

kube::Json TestPending::pod(const QByteArray& name)
{
    const auto read = ask("GET", "/api/v1/namespaces/" + Namespace.toUtf8() + "/pods/" + name);
    return read ? *read : kube::Json(nullptr);
}

diagnose::Report TestPending::check(const QString& name)
{
    diagnose::Subject subject{.nameSpace = Namespace, .client = [this] { return m_plane.client.get(); }};
    if (!name.isEmpty())
        subject.arguments = {name};
    diagnose::Diagnosis diagnosis({diagnose::findGuide(QStringLiteral("pod-pending"))}, subject);
    diagnosis.start();
    if (!QTest::qWaitFor([&] { return diagnosis.isFinished(); }, 60'000))
        qFatal("the guide does not end");
    return diagnosis.report();
}

void TestPending::initTestCase()
{
    m_plane = plane::connectTo(m_journal);
    QVERIFY(plane::makeNamespace(*m_plane.client, Namespace));
    for (const QString& node : Nodes) {
        // No kubelet runs it; it says that it is ready, once.
        const auto made = ask("POST", "/api/v1/nodes",
                              R"({"metadata":{"name":")" + node.toUtf8() +
                                  R"(","labels":{"alidade-pending":"yes"}},
            "spec":{"taints":[{"key":"example.com/closed","value":"yes","effect":"NoSchedule"}]},
            "status":{"capacity":{"cpu":"4","memory":"8Gi","pods":"50"},"allocatable":{"cpu":"4","memory":"8Gi","pods":"50"},
                      "conditions":[{"type":"Ready","status":"True"}]}})");
        QVERIFY2(made || made.error().kind == base::ErrorKind::Conflict,
                 qPrintable(made ? QString() : made.error().said));
    }
}

void TestPending::cleanupTestCase()
{
    for (const QString& node : Nodes)
        (void)ask("DELETE", "/api/v1/nodes/" + node.toUtf8());
    for (const QByteArray& name : QByteArrayList{"refused", "gated", "orphan"})
        (void)ask("DELETE", "/api/v1/namespaces/" + Namespace.toUtf8() + "/pods/" + name + "?gracePeriodSeconds=0");
    plane::removeNamespace(*m_plane.client, Namespace);
}

void TestPending::theGuideNamesWhatRefusesThePodAndItIsPlacedWithout()
{
    // No kubelet keeps these nodes ready for long: what the controllers then set is tolerated.
    makePod("refused", R"("nodeSelector":{"alidade-pending":"yes"},"tolerations":[
        {"key":"node.kubernetes.io/not-ready","operator":"Exists"},{"key":"node.kubernetes.io/unreachable","operator":"Exists"}])");
    const auto isRefused = [this] {
        const kube::Json now = pod("refused");
        for (const kube::Json& condition : kube::elements(now, {"status", "conditions"}))
            if (kube::rawText(condition, {"reason"}) == QLatin1String("Unschedulable"))
                return true;
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isRefused(), 60'000);

    const diagnose::Report report = check(QStringLiteral("refused"));
    const auto taint =
        std::ranges::find(report.findings, QStringLiteral("taint-not-tolerated"), &diagnose::Finding::id);
    QVERIFY(taint != report.findings.end());
    QCOMPARE(std::ranges::count(report.findings, QStringLiteral("taint-not-tolerated"), &diagnose::Finding::id), 1);
    QCOMPARE(taint->severity, diagnose::Severity::Error);
    QStringList named = taint->fix.nodes;
    named.sort();
    QCOMPARE(named, Nodes);
    QCOMPARE(taint->fix.taints, QStringList{QStringLiteral("example.com/closed:NoSchedule-")});
    QVERIFY(report.hasErrors());

    // As the editor does what the finding's button proposes.
    change::WriteLog log(m_folder.filePath(QStringLiteral("writes.jsonl")));
    Flow flow(*m_plane.client,
              change::Origin{QStringLiteral("test"), QStringLiteral("admin"), m_plane.transport->address(), false},
              std::make_shared<change::TaintIntent>(taint->fix.nodes.front(),
                                                    *scheduling::parseTaintSpecs(taint->fix.taints)),
              &log);
    flow.preview();
    QTRY_COMPARE_WITH_TIMEOUT(flow.state(), State::Previewed, 60'000);
    QVERIFY2(kube::rawText(pod("refused"), {"spec", "nodeName"}).isEmpty(), "a preview opens nothing");
    flow.apply();
    QTRY_COMPARE_WITH_TIMEOUT(flow.state(), State::Applied, 60'000);
    QTRY_COMPARE_WITH_TIMEOUT(kube::rawText(pod("refused"), {"spec", "nodeName"}), taint->fix.nodes.front(), 90'000);
    const diagnose::Report after = check(QStringLiteral("refused"));
    QVERIFY(std::ranges::none_of(after.findings, [](const diagnose::Finding& finding) {
        return finding.id == QLatin1String("taint-not-tolerated");
    }));
}

void TestPending::aGatedPodIsToldFromARefusedOne()
{
    makePod("gated", R"("schedulingGates":[{"name":"example.com/queue"}])");
    const diagnose::Report report = check(QStringLiteral("gated"));
    QCOMPARE(report.findings.size(), 1UL);
    QCOMPARE(report.findings.front().id, QStringLiteral("scheduling-gated"));
}

void TestPending::anUnknownSchedulerIsMissed()
{
    makePod("orphan", R"("schedulerName":"nobody")");
    const auto step = [](const diagnose::Report& report) {
        return *std::ranges::find(report.guides.front().steps, QStringLiteral("scheduler"), &diagnose::Step::id);
    };
    // Young at first, then missed: by the server's clock.
    QTRY_VERIFY_WITH_TIMEOUT(step(check(QStringLiteral("orphan"))).result == StepResult::Fail, 120'000);
    const diagnose::Report report = check(QStringLiteral("orphan"));
    QVERIFY(std::ranges::any_of(
        report.findings, [](const diagnose::Finding& finding) { return finding.id == QLatin1String("no-scheduler"); }));
}

QTEST_GUILESS_MAIN(TestPending)
#include "tst_pending.moc"
