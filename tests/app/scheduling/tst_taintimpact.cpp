// What a change of taints does to the pods of nodes.

#include "app/messages/taints.h"
#include "app/scheduling/taintimpact.h"

#include <QTest>

using namespace scheduling;
using Outcome = Eviction::Outcome;

namespace {

kube::Json json(const QByteArray& text)
{
    const auto parsed = kube::parseJson(text);
    if (!parsed)
        qFatal("%s", text.constData());
    return *parsed;
}

PodFacts pod(const QByteArray& name, const QByteArray& owner = "ReplicaSet", const QByteArray& spec = "{}",
             const QByteArray& metadata = "{}")
{
    kube::Json object = json(R"({"metadata":{"namespace":"shop","name":")" + name + R"("},"spec":{"nodeName":"n1"}})");
    object["spec"].update(json(spec));
    object["metadata"].update(json(metadata));
    if (!owner.isEmpty())
        object["metadata"]["ownerReferences"] =
            json(R"([{"apiVersion":"apps/v1","kind":")" + owner + R"(","name":"o","uid":"u","controller":true}])");
    return podFacts(object);
}

Survey survey(const QByteArray& taints = "[]")
{
    Survey survey;
    survey.nodes.push_back({QStringLiteral("n1"), json(taints), {}, false});
    return survey;
}

TaintEdit edit(const char* spec)
{
    return *parseTaintSpecs(QString::fromLatin1(spec).split(QLatin1Char(' ')));
}

QStringList ids(const std::vector<Note>& notes)
{
    QStringList ids;
    for (const Note& note : notes) {
        ids += note.id;
        if (messages::sentence(note).isEmpty())
            qFatal("no sentence for %s", qPrintable(note.id));
    }
    return ids;
}

} // namespace

class TestTaintImpact : public QObject {
    Q_OBJECT

private slots:
    void podsAreToldByOutcome();
    void whoWasOnTheWayOutIsNotCounted();
    void notesTellWhatIsLost_data();
    void notesTellWhatIsLost();
    void budgetsAreCountedButDoNotStop();
    void whoWaitsMayFit_data();
    void whoWaitsMayFit();
    void warningsNameTheDanger_data();
    void warningsNameTheDanger();
};

void TestTaintImpact::podsAreToldByOutcome()
{
    Survey s = survey();
    s.pods = {pod("goes"),
              pod("later", "ReplicaSet", R"({"tolerations":[{"operator":"Exists","tolerationSeconds":30}]})"),
              pod("stays", "ReplicaSet", R"({"tolerations":[{"key":"a","operator":"Exists"}]})")};
    const TaintImpact impact = impactOf(s, edit("a=1:NoExecute"));
    QCOMPARE(impact.evictedNow(), 1);
    QCOMPARE(impact.evictedLater(), 1);
    QCOMPARE(impact.staying(), 1);
    QVERIFY(impact.changesAnything());
    const TaintImpact soft = impactOf(s, edit("a=1:NoSchedule"));
    QCOMPARE(soft.staying(), 3);
    QCOMPARE(soft.evictedNow(), 0);
}

void TestTaintImpact::whoWasOnTheWayOutIsNotCounted()
{
    Survey s = survey(R"([{"key":"a","effect":"NoExecute"}])");
    s.pods = {pod("goes"), pod("going", "ReplicaSet", "{}", R"({"deletionTimestamp":"2026-11-22T11:57:03Z"})"),
              pod("counted down", "ReplicaSet",
                  R"({"tolerations":[{"key":"a","operator":"Exists","tolerationSeconds":30}]})")};
    const TaintImpact other = impactOf(s, edit("b:NoSchedule"));
    QCOMPARE(other.evictedNow() + other.evictedLater(), 0);
    QVERIFY(ids(other.nodes[0].pods[0].notes).contains(QLatin1String("notAnew")));
    QVERIFY(ids(other.nodes[0].pods[1].notes).contains(QLatin1String("terminating")));
    // Another NoExecute taint: the one that was to go in 30 s goes now.
    QCOMPARE(impactOf(s, edit("b:NoExecute")).evictedNow(), 1);
    const TaintImpact back = impactOf(s, edit("a-"));
    QVERIFY(ids(back.nodes[0].pods[2].notes).contains(QLatin1String("evictionCanceled")));
}

void TestTaintImpact::notesTellWhatIsLost_data()
{
    QTest::addColumn<QByteArray>("owner");
    QTest::addColumn<QByteArray>("spec");
    QTest::addColumn<QByteArray>("metadata");
    QTest::addColumn<QStringList>("notes");
    QTest::addColumn<bool>("recreated");
    const auto add = [](const char* name, const char* owner, const char* spec, const char* metadata,
                        const QStringList& notes, bool recreated) {
        QTest::newRow(name) << QByteArray(owner) << QByteArray(spec) << QByteArray(metadata) << notes << recreated;
    };
    const QString bare = QStringLiteral("bare");
    add("owned", "ReplicaSet", "{}", "{}", {}, true);
    add("bare", "", "{}", "{}", {bare}, false);
    add("of a DaemonSet", "DaemonSet", "{}", "{}", {QStringLiteral("daemonSet")}, false);
    add("static", "Node", "{}", R"({"annotations":{"kubernetes.io/config.mirror":"x"}})", {QStringLiteral("mirror")},
        true);
    add("local data", "ReplicaSet",
        R"({"volumes":[{"name":"tmp","emptyDir":{}},{"name":"d","hostPath":{"path":"/data"}},{"name":"c","configMap":{}}]})",
        "{}", {QStringLiteral("emptyDir"), QStringLiteral("hostPath")}, true);
    add("comparison", "ReplicaSet", R"({"tolerations":[{"key":"a","operator":"Gt","value":"0"}]})", "{}",
        {QStringLiteral("comparison")}, true);
}

void TestTaintImpact::notesTellWhatIsLost()
{
    QFETCH(QByteArray, owner);
    QFETCH(QByteArray, spec);
    QFETCH(QByteArray, metadata);
    QFETCH(QStringList, notes);
    QFETCH(bool, recreated);
    Survey s = survey();
    s.pods = {pod("p", owner, spec, metadata)};
    const TaintImpact impact = impactOf(s, edit("a=1:NoExecute"));
    const PodImpact& told = impact.nodes[0].pods[0];
    QCOMPARE(ids(told.notes), notes);
    QCOMPARE(told.replacement == Replacement::Unknown, recreated);
    QCOMPARE(told.losesLocalData, notes.contains(QLatin1String("emptyDir")));
}

void TestTaintImpact::budgetsAreCountedButDoNotStop()
{
    Survey s = survey();
    s.pods = {pod("a", "ReplicaSet", "{}", R"({"labels":{"app":"web","tier":"x"}})"),
              pod("b", "ReplicaSet", "{}", R"({"labels":{"app":"web"}})"), pod("c")};
    const auto budget = [](const char* name, const char* selector, qint64 allowed, const char* ns = "shop") {
        return BudgetFacts{{{}, {}, {}, QLatin1String(ns), QLatin1String(name), {}}, json(selector), allowed};
    };
    s.budgets = {budget("tight", R"({"matchLabels":{"app":"web"}})", 1),
                 budget("wide", R"({"matchExpressions":[{"key":"tier","operator":"DoesNotExist"}]})", 2),
                 budget("none", "null", 0), budget("elsewhere", "{}", 0, "other"),
                 budget("others", R"({"matchExpressions":[{"key":"app","operator":"In","values":["db"]}]})", 0)};
    const TaintImpact impact = impactOf(s, edit("a:NoExecute"));
    QCOMPARE(impact.budgets.size(), std::size_t(2));
    QVERIFY(impact.budgets[0].wouldBreak && impact.budgets[0].evicted == 2);
    QVERIFY(!impact.budgets[1].wouldBreak && impact.budgets[1].evicted == 2);
    QVERIFY(ids(impact.warnings).contains(QLatin1String("budgetsIgnored")));
    QVERIFY(impactOf(s, edit("a:NoSchedule")).budgets.empty());
}

void TestTaintImpact::whoWaitsMayFit_data()
{
    QTest::addColumn<QByteArray>("spec");
    QTest::addColumn<bool>("cordoned");
    QTest::addColumn<bool>("fits");
    QTest::newRow("plain") << QByteArray("{}") << false << true;
    QTest::newRow("cordoned") << QByteArray("{}") << true << false;
    QTest::newRow("selects this node") << QByteArray(R"({"nodeSelector":{"disk":"ssd"}})") << false << true;
    QTest::newRow("selects another") << QByteArray(R"({"nodeSelector":{"disk":"hdd"}})") << false << false;
    QTest::newRow("gated") << QByteArray(R"({"schedulingGates":[{"name":"g"}]})") << false << false;
    QTest::newRow("was never refused") << QByteArray(R"({"tolerations":[{"operator":"Exists"}]})") << false << false;
}

void TestTaintImpact::whoWaitsMayFit()
{
    QFETCH(QByteArray, spec);
    QFETCH(bool, cordoned);
    QFETCH(bool, fits);
    Survey s = survey(R"([{"key":"a","effect":"NoSchedule"},{"key":"soft","effect":"PreferNoSchedule"}])");
    s.nodes[0].labels = {{QStringLiteral("disk"), QStringLiteral("ssd")}};
    s.nodes[0].unschedulable = cordoned;
    s.pending = {pod("waits", "ReplicaSet", spec)};
    QCOMPARE(!impactOf(s, edit("a-")).becomeSchedulable.empty(), fits);
    QVERIFY(impactOf(s, edit("soft-")).becomeSchedulable.empty());
}

void TestTaintImpact::warningsNameTheDanger_data()
{
    QTest::addColumn<QByteArray>("labels");
    QTest::addColumn<bool>("platform");
    QTest::addColumn<QStringList>("warnings");
    const auto add = [](const char* specs, const char* labels, bool platform, const QStringList& warnings) {
        QTest::newRow(specs) << QByteArray(labels) << platform << warnings;
    };
    const char* master = R"({"node-role.kubernetes.io/master":""})";
    add("a:NoSchedule", "{}", true, {});
    add("a:NoSchedule b:NoExecute", master, false, {QStringLiteral("controlPlane")});
    add("b:NoExecute", master, true, {QStringLiteral("globalMaster")});
    add("a:PreferNoSchedule", master, true, {});
    add("node.kubernetes.io/unreachable:NoExecute", "{}", false, {QStringLiteral("controllerTaint")});
    add("x- a:NoSchedule", "{}", false, {QStringLiteral("taintNotThere")});
    add("has=2:NoSchedule", "{}", false, {QStringLiteral("valueReplaced")});
    add("has=1:NoSchedule", "{}", false, {QStringLiteral("nothingChanges")});
}

void TestTaintImpact::warningsNameTheDanger()
{
    QFETCH(QByteArray, labels);
    QFETCH(bool, platform);
    QFETCH(QStringList, warnings);
    Survey s = survey(R"([{"key":"has","value":"1","effect":"NoSchedule"}])");
    s.nodes[0].labels = labelsOf(json(labels));
    s.isPlatform = platform;
    QCOMPARE(ids(impactOf(s, edit(QTest::currentDataTag())).warnings), warnings);
}

QTEST_GUILESS_MAIN(TestTaintImpact)
#include "tst_taintimpact.moc"
