// What the sources say side by side: the recorded cluster without a row unexplained, and each disagreement with its
// reason.

#include "app/kube/jsonread.h"
#include "app/metrics/contrast.h"
#include "tests/support/fixture.h"
#include "tests/support/statepage.h"

#include <QElapsedTimer>
#include <QTest>
#include <algorithm>

using kube::Json;
using metrics::Amounts;
using metrics::ContrastRow;
using metrics::State;
using metrics::Subject;
using metrics::Usage;
using metrics::View;

namespace {

const QDateTime Noon(QDate(2026, 11, 22), QTime(12, 0), Qt::UTC);

Json recorded(const char* path)
{
    return Json::parse(support::fixture(QLatin1String(path)).toStdString());
}

metrics::UsagePage usagePage(const char* path, metrics::Usages (*turn)(const Json&))
{
    metrics::UsagePage page{.usages = {}, .readAt = Noon.addSecs(22)};
    const Json list = recorded(path);
    for (const Json& item : kube::elements(list, {"items"}))
        page.usages.merge(turn(item));
    return page;
}

metrics::ServedObjects recordedObjects()
{
    metrics::ServedObjects served;
    const Json pods = recorded("kubernetes-1.36/list-pods.json");
    for (const Json& item : kube::elements(pods, {"items"}))
        served.pods.push_back(metrics::podState(item));
    const Json nodes = recorded("kubernetes-1.36/list-nodes.json");
    for (const Json& item : kube::elements(nodes, {"items"}))
        served.nodes.emplace_back(
            Subject{.kind = QStringLiteral("Node"), .name = kube::rawText(item, {"metadata", "name"})},
            metrics::nodeState(item));
    return served;
}

metrics::StatePage recordedPage()
{
    metrics::StatePage page = support::statePage(support::fixture(QStringLiteral("metrics/kube-state-metrics.txt")));
    page.readAt = Noon.addSecs(22);
    return page;
}

Subject pod(const char* name, const char* container = "")
{
    return {QStringLiteral("Pod"), QStringLiteral("n"), QLatin1String(name), QLatin1String(container)};
}

/// One pod and its container "c" that run well, in all sources; `spoil` changes what one of them says.
struct Scene {
    metrics::UsagePage usage{.usages = {}, .readAt = Noon};
    metrics::UsagePage nodeUsage{.usages = {}, .readAt = Noon};
    metrics::StatePage page;
    metrics::ObjectPage objects;
    View view = View::Pods;

    Scene()
    {
        State state;
        state.node = QStringLiteral("w");
        state.phase = QStringLiteral("Running");
        state.ready = true;
        state.restarts = 0;
        state.requests = {100, 1000};
        state.limits = {200, 2000};
        state.createdAt = state.startedAt = Noon.addSecs(-3600);
        for (const Subject& subject : {pod("p"), pod("p", "c")}) {
            objects.states[subject] = state;
            page.states[subject] = state;
            usage.usages[subject] = Usage{{50, 500}, Noon.addSecs(-10), 15.0};
        }
        nodeUsage.usages[{.kind = QStringLiteral("Node"), .name = QStringLiteral("w")}] = {};
        page.readAt = Noon;
    }

    ContrastRow row(const Subject& subject) const
    {
        const auto rows = metrics::contrast(
            {.view = view, .usage = &usage, .kubeStateMetrics = &page, .objects = &objects, .nodeUsage = &nodeUsage});
        const auto found = std::ranges::find(rows, subject, &ContrastRow::subject);
        if (found == rows.end())
            qFatal("no such row");
        return *found;
    }
    QStringList ids(const Subject& subject = pod("p")) const
    {
        QStringList ids;
        for (const auto& each : row(subject).disagreements)
            ids += each.field + QLatin1Char(' ') + each.id;
        return ids;
    }
};

using Spoil = void (*)(Scene&);

} // namespace

Q_DECLARE_METATYPE(Spoil)

class TestContrast : public QObject {
    Q_OBJECT
private slots:
    void theRecordedPodsAgree();
    void theDeadNodeIsTheOneWithoutASample();
    void ratiosAreOfWhatIsKnown();
    void aBoundIsMissingWhereOneContainerHasNone();
    void aDisagreementHasItsReason_data();
    void aDisagreementHasItsReason();
    void aSourceThatWasNotReadIsNotHeldAgainstARow();
    void aCapacityTakenAsBaseIsToldFromAChange();
    void aWorkloadIsTheSumOfThePodsThatAnswer();
    void rowsAreSortedByTheGap();
    void fiveThousandPodsAreJoinedAtOnce();
};

void TestContrast::theRecordedPodsAgree()
{
    const auto usage = usagePage("metrics/metrics-pods.json", metrics::podUsage);
    const auto nodeUsage = usagePage("metrics/metrics-nodes.json", metrics::nodeUsage);
    const auto page = recordedPage();
    const auto objects = metrics::pageOf(View::Pods, recordedObjects());
    const auto rows = metrics::contrast(
        {.view = View::Pods, .usage = &usage, .kubeStateMetrics = &page, .objects = &objects, .nodeUsage = &nodeUsage});
    QCOMPARE(rows.size(), std::size_t(85));
    int measured = 0;
    for (const ContrastRow& row : rows) {
        QVERIFY(row.object);
        QVERIFY(row.kubeStateMetrics);
        measured += row.metricsServer ? 1 : 0;
        for (const auto& each : row.disagreements)
            QVERIFY2(each.id == QLatin1String("nodeSilent") || each.id == QLatin1String("tooYoung") ||
                         each.id == QLatin1String("otherMoment") || each.id == QLatin1String("podWithoutSample"),
                     qPrintable(row.subject.name + QLatin1Char(' ') + each.field + QLatin1Char(' ') + each.id));
        if (row.object->node == QLatin1String("worker-b2") && row.object->phase == QLatin1String("Running"))
            QVERIFY(std::ranges::any_of(row.disagreements,
                                        [](const auto& each) { return each.id == QLatin1String("nodeSilent"); }));
    }
    QVERIFY(measured > 50);
}

void TestContrast::theDeadNodeIsTheOneWithoutASample()
{
    const auto usage = usagePage("metrics/metrics-nodes.json", metrics::nodeUsage);
    const auto objects = metrics::pageOf(View::Nodes, recordedObjects());
    const auto page = recordedPage();
    QStringList silent;
    for (const ContrastRow& row :
         metrics::contrast({.view = View::Nodes, .usage = &usage, .kubeStateMetrics = &page, .objects = &objects})) {
        QVERIFY(row.requestOfAllocatable.cpu);
        if (!row.metricsServer)
            silent += row.subject.name;
        if (row.subject.name == QLatin1String("worker-b1")) // the reports engine
            QVERIFY(qAbs(*row.usageOfAllocatable.memory - 0.85) < 0.05);
    }
    QCOMPARE(silent, QStringList{QStringLiteral("worker-b2")});
}

void TestContrast::ratiosAreOfWhatIsKnown()
{
    Scene scene;
    const ContrastRow row = scene.row(pod("p"));
    QCOMPARE(row.usageOfRequest.cpu, std::optional(0.5));
    QCOMPARE(row.usageOfLimit.memory, std::optional(0.25));
    QVERIFY(!row.usageOfAllocatable.cpu);
    QVERIFY(!metrics::ratioOf({1, 1}, {0, std::nullopt}).cpu);
    QVERIFY(!metrics::ratioOf({std::nullopt, 1}, {1, 2}).cpu);
    QCOMPARE(metrics::ratioOf({1, 1}, {1, 2}).memory, std::optional(0.5));
}

void TestContrast::aBoundIsMissingWhereOneContainerHasNone()
{
    Scene scene;
    scene.objects.bounds[pod("p")] = {std::nullopt, 1000};
    QVERIFY(!scene.row(pod("p")).usageOfLimit.cpu);
    QCOMPARE(scene.row(pod("p")).usageOfLimit.memory, std::optional(0.5));
}

void TestContrast::aDisagreementHasItsReason_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<QStringList>("ids");
    const auto row = [](const char* what, Spoil spoil, const QStringList& ids) { QTest::newRow(what) << spoil << ids; };
    row("none", [](Scene&) {}, {});
    row("gone", [](Scene& s) { s.objects.states.clear(); }, {QStringLiteral("presence goneFromObjects")});
    row("not on the page", [](Scene& s) { s.page.states.erase(pod("p")); },
        {QStringLiteral("presence missingFromKubeStateMetrics")});
    row("younger than the page",
        [](Scene& s) {
            s.page.states.erase(pod("p"));
            s.objects.states[pod("p")].createdAt = Noon.addSecs(-3);
        },
        {QStringLiteral("presence youngerThanPage")});
    row("a page without pods", [](Scene& s) { s.page.states.clear(); }, {});
    row("no sample", [](Scene& s) { s.usage.usages.clear(); }, {QStringLiteral("usage podWithoutSample")});
    row("no sample yet",
        [](Scene& s) {
            s.usage.usages.clear();
            s.objects.states[pod("p")].startedAt = Noon.addSecs(-20);
        },
        {QStringLiteral("usage tooYoung")});
    row("the node is silent",
        [](Scene& s) {
            s.usage.usages.clear();
            s.nodeUsage.usages.clear();
        },
        {QStringLiteral("usage nodeSilent")});
    row("it waits, and has no sample",
        [](Scene& s) {
            s.usage.usages.clear();
            s.objects.states[pod("p")].phase = s.page.states[pod("p")].phase = QStringLiteral("Pending");
        },
        {});
    row("it has ended, and has a sample",
        [](Scene& s) { s.objects.states[pod("p")].phase = s.page.states[pod("p")].phase = QStringLiteral("Failed"); },
        {QStringLiteral("usage sampleOfStopped")});
    row("the sample is of the one before", [](Scene& s) { s.objects.states[pod("p")].startedAt = Noon.addSecs(-5); },
        {QStringLiteral("usage sampleBeforeStart")});
    row("another moment", [](Scene& s) { s.page.states[pod("p")].phase = QStringLiteral("Pending"); },
        {QStringLiteral("phase otherMoment")});
    row("restarts and ready",
        [](Scene& s) {
            s.page.states[pod("p")].restarts = 3;
            s.page.states[pod("p")].ready = false;
        },
        {QStringLiteral("ready otherMoment"), QStringLiteral("restarts otherMoment")});
    row("the page is older than the start",
        [](Scene& s) {
            s.page.states[pod("p")].ready = false;
            s.page.readAt = Noon.addSecs(-60);
            s.objects.states[pod("p")].startedAt = Noon.addSecs(-30);
        },
        {QStringLiteral("ready pageBeforeStart")});
    row("what starts first counts", [](Scene& s) { s.objects.states[pod("p")].requests.cpuMilli = 900; },
        {QStringLiteral("requests.cpuMilli startAndOverheadCounted")});
    row("requests differ", [](Scene& s) { s.page.states[pod("p")].requests.cpuMilli = 70; },
        {QStringLiteral("requests.cpuMilli declaredDiffers")});
    row("one does not say", [](Scene& s) { s.page.states[pod("p")].requests = {}; }, {});
    row("a sidecar is counted",
        [](Scene& s) {
            State side = s.objects.states[pod("p", "c")];
            side.init = side.sidecar = true;
            s.objects.states[pod("p", "s")] = side;
            s.usage.usages[pod("p", "s")] = Usage{{5, 50}, Noon.addSecs(-10), 15.0};
        },
        {QStringLiteral("usage sidecarCounted")});
    row("other times", [](Scene& s) { s.page.readAt = Noon.addSecs(600); }, {QStringLiteral("time otherTimes")});
}

void TestContrast::aDisagreementHasItsReason()
{
    QFETCH(Spoil, spoil);
    QFETCH(QStringList, ids);
    Scene scene;
    spoil(scene);
    QCOMPARE(scene.ids(), ids);
}

void TestContrast::aSourceThatWasNotReadIsNotHeldAgainstARow()
{
    const Scene scene;
    const auto rows = metrics::contrast({.view = View::Containers, .objects = &scene.objects});
    QCOMPARE(rows.size(), std::size_t(1));
    QVERIFY(rows.front().disagreements.empty());
    QVERIFY(!rows.front().usageOfRequest.cpu);
}

void TestContrast::aCapacityTakenAsBaseIsToldFromAChange()
{
    Scene scene;
    scene.view = View::Nodes;
    const Subject node{.kind = QStringLiteral("Node"), .name = QStringLiteral("w")};
    State state;
    state.ready = true;
    state.capacity = {4000, 1000};
    state.allocatable = {3800, 900};
    scene.objects.states[node] = state;
    state.allocatable = {4000, 800};
    scene.page.states[node] = state;
    scene.usage.usages[node] = Usage{{50, 500}, Noon, 15.0};
    QCOMPARE(scene.ids(node), (QStringList{QStringLiteral("allocatable.cpuMilli capacityAsBase"),
                                           QStringLiteral("allocatable.memoryBytes otherMoment")}));
    scene.usage.usages.clear();
    QVERIFY(scene.ids(node).contains(QStringLiteral("usage nodeWithoutSample")));
    scene.objects.states[node].ready = false;
    QVERIFY(scene.ids(node).contains(QStringLiteral("usage nodeNotReady")));
}

void TestContrast::aWorkloadIsTheSumOfThePodsThatAnswer()
{
    Scene scene;
    scene.view = View::Workloads;
    const Subject workload{QStringLiteral("Deployment"), QStringLiteral("n"), QStringLiteral("web"), {}};
    scene.objects.states = {{workload, {}}};
    scene.objects.states[workload].requests = {300, 3000};
    scene.page.states.clear();
    for (const char* name : {"a", "b"}) {
        scene.objects.pods[workload].push_back({pod(name), true});
        scene.usage.usages[pod(name)] = Usage{{50, 500}, Noon, 15.0};
    }
    QCOMPARE(scene.row(workload).metricsServer->used, (Amounts{100, 1000}));
    QVERIFY(scene.row(workload).usageOfRequest.cpu);
    scene.objects.pods[workload].push_back({pod("waiting"), false});
    QVERIFY(scene.ids(workload).isEmpty());
    QVERIFY(!scene.row(workload).usageOfRequest.cpu);
    scene.objects.pods[workload].push_back({pod("silent"), true});
    QCOMPARE(scene.ids(workload), QStringList{QStringLiteral("usage partOfPods")});
    QCOMPARE(scene.row(workload).answered->pods, 2);
    QCOMPARE(scene.row(workload).answered->of, 4);
}

void TestContrast::rowsAreSortedByTheGap()
{
    std::vector<ContrastRow> rows(4);
    rows[0].subject = pod("over");
    rows[0].usageOfRequest.cpu = 3.5;
    rows[1].subject = pod("fits");
    rows[1].usageOfRequest.cpu = 1.0;
    rows[2].subject = pod("unknown");
    rows[3].subject = pod("idle");
    rows[3].usageOfRequest.memory = 0.02;
    metrics::sortRows(rows, metrics::ContrastOrder::Gap);
    QStringList names;
    for (const ContrastRow& row : rows)
        names += row.subject.name;
    QCOMPARE(names.join(QLatin1Char(' ')), QStringLiteral("over idle fits unknown"));
}

void TestContrast::fiveThousandPodsAreJoinedAtOnce()
{
    Scene scene;
    for (int i = 0; i < 5000; ++i) {
        const QByteArray name = "pod-" + QByteArray::number(i);
        for (const char* container : {"", "a", "b"}) {
            scene.objects.states[pod(name.constData(), container)] = scene.objects.states[pod("p")];
            scene.page.states[pod(name.constData(), container)] = scene.page.states[pod("p")];
            scene.usage.usages[pod(name.constData(), container)] = scene.usage.usages[pod("p")];
        }
    }
    QElapsedTimer timer;
    timer.start();
    const auto rows = metrics::contrast(
        {.view = View::Pods, .usage = &scene.usage, .kubeStateMetrics = &scene.page, .objects = &scene.objects});
    QCOMPARE(rows.size(), std::size_t(5001));
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    qInfo("5 000 pods in %lld ms", timer.elapsed());
}

QTEST_GUILESS_MAIN(TestContrast)
#include "tst_contrast.moc"
