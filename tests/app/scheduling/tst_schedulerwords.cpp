// The scheduler's words, taken apart: as each of its versions wrote them.

#include "app/scheduling/schedulerwords.h"

#include <QTest>

using scheduling::readSchedulerWords;
using scheduling::SaidPart;
using Kind = scheduling::SaidPart::Kind;

class TestSchedulerWords : public QObject {
    Q_OBJECT
private slots:
    void eachVersionIsRead_data();
    void eachVersionIsRead();
    void aNamedTaintIsRead();
    void whatFollowsTheReasonsIsKept();
    void aReasonOfThePodAsSuchHasNoCount();
    void whatIsNotKnownIsKeptAsItWasSaid();
    void noNodesAndGatesAreNoReasons();
    void noTextMakesItStumble();
};

void TestSchedulerWords::eachVersionIsRead_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("nodes");
    QTest::addColumn<int>("taints");
    QTest::addColumn<int>("cordoned");
    QTest::addColumn<int>("parts");
    const auto row = [](const char* name, const char* words, int nodes, int taints, int cordoned, int parts) {
        QTest::newRow(name) << QString::fromUtf8(words) << nodes << taints << cordoned << parts;
    };
    row("1.14", "0/1 nodes are available: 1 node(s) had taints that the pod didn't tolerate.", 1, 1, 0, 1);
    row("1.14 with others",
        "0/6 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu, 3 node(s) had taints that the pod "
        "didn't tolerate.",
        6, 3, 1, 3);
    row("1.18",
        "0/3 nodes are available: 1 node(s) had taint {node-role.kubernetes.io/master: }, that the pod didn't "
        "tolerate, "
        "2 node(s) didn't match node selector.",
        3, 1, 0, 2);
    row("1.22",
        "0/5 nodes are available: 1 node(s) had taint {dedicated: gpu}, that the pod didn't tolerate, 2 node(s) had "
        "taint "
        "{node.kubernetes.io/disk-pressure: }, that the pod didn't tolerate, 2 node(s) were unschedulable.",
        5, 3, 2, 3);
    row("1.24",
        "0/4 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/master: }, 3 Insufficient "
        "memory. preemption: 0/4 nodes are available: 1 Preemption is not helpful for scheduling, 3 No preemption "
        "victims "
        "found for incoming pod.",
        4, 1, 0, 2);
    row("1.36",
        "0/16 nodes are available: 1 node(s) were unschedulable, 7 node(s) had untolerated taint(s), 8 node(s) didn't "
        "match Pod's node affinity/selector. no new claims to deallocate, preemption: 0/16 nodes are available: 16 "
        "Preemption is not helpful for scheduling.",
        16, 7, 1, 3);
    row("typed with another apostrophe",
        "0/1 nodes are available: 1 node(s) had taints that the pod didn\u2019t tolerate.", 1, 1, 0, 1);
    row("with what stands before it in a log",
        "Warning  FailedScheduling  3m  default-scheduler  0/1 nodes are available: 1 node(s) had untolerated "
        "taint(s).",
        1, 1, 0, 1);
}

void TestSchedulerWords::eachVersionIsRead()
{
    QFETCH(QString, words);
    const auto said = readSchedulerWords(words);
    QVERIFY(said.nodes);
    QTEST(*said.nodes, "nodes");
    QTEST(said.count(Kind::Taint), "taints");
    QTEST(said.count(Kind::Unschedulable), "cordoned");
    QTEST(static_cast<int>(said.parts.size()), "parts");
    for (const SaidPart& part : said.parts)
        QVERIFY2(part.kind != Kind::Other, qPrintable(part.reason));
}

void TestSchedulerWords::aNamedTaintIsRead()
{
    for (const char* words :
         {"0/3 nodes are available: 3 node(s) had taint {dedicated: gpu}, that the pod didn't tolerate.",
          "0/3 nodes are available: 3 node(s) had untolerated taint {dedicated: gpu}."}) {
        const auto said = readSchedulerWords(QString::fromUtf8(words));
        QCOMPARE(said.parts.size(), 1UL);
        QVERIFY(said.parts.front().isTaintNamed);
        QCOMPARE(said.parts.front().taintKey, QStringLiteral("dedicated"));
        QCOMPARE(said.parts.front().taintValue, QStringLiteral("gpu"));
        QVERIFY(said.isOnlyTaints());
    }
    const auto empty = readSchedulerWords(
        QStringLiteral("0/1 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/master: }."));
    QCOMPARE(empty.parts.front().taintKey, QStringLiteral("node-role.kubernetes.io/master"));
    QVERIFY(empty.parts.front().taintValue.isEmpty());
}

void TestSchedulerWords::whatFollowsTheReasonsIsKept()
{
    const auto said = readSchedulerWords(
        QStringLiteral("0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1 x."));
    QCOMPARE(said.parts.size(), 1UL);
    QCOMPARE(said.after, QStringLiteral("preemption: 0/1 nodes are available: 1 x."));
}

void TestSchedulerWords::aReasonOfThePodAsSuchHasNoCount()
{
    const auto said =
        readSchedulerWords(QStringLiteral("0/2 nodes are available: persistentvolumeclaim \"data\" not found."));
    QCOMPARE(said.parts.size(), 1UL);
    QVERIFY(!said.parts.front().count);
    QCOMPARE(said.parts.front().kind, Kind::Volumes);
}

void TestSchedulerWords::whatIsNotKnownIsKeptAsItWasSaid()
{
    const auto said = readSchedulerWords(QStringLiteral(
        "0/9 nodes are available: 4 node(s) dislike {the colour, of} it, 5 Insufficient example.com/fpga."));
    QCOMPARE(said.parts.size(), 2UL);
    QCOMPARE(said.parts.front().kind, Kind::Other);
    QCOMPARE(said.parts.front().reason, QStringLiteral("node(s) dislike {the colour, of} it"));
    QCOMPARE(said.parts.back().kind, Kind::Resources);
    const auto free = readSchedulerWords(QStringLiteral("running PreBind plugin \"VolumeBinding\": timed out"));
    QCOMPARE(free.parts.size(), 1UL);
    QVERIFY(!free.nodes);
}

void TestSchedulerWords::noNodesAndGatesAreNoReasons()
{
    QVERIFY(readSchedulerWords(QStringLiteral("no nodes available to schedule pods")).noNodes);
    QVERIFY(readSchedulerWords(QStringLiteral("Scheduling is blocked due to non-empty scheduling gates")).isGated);
    const auto none = readSchedulerWords({});
    QVERIFY(none.parts.empty() && !none.noNodes && !none.isOnlyTaints());
}

void TestSchedulerWords::noTextMakesItStumble()
{
    for (const QString& words :
         {QStringLiteral("0/99999999999 nodes are available: 1 x"), QStringLiteral("0/3 nodes are available:"),
          QStringLiteral("0/3 nodes are available: , , ."), QString(1'000'000, QLatin1Char('{')),
          QStringLiteral("0/3 nodes are available: 1 node(s) had taint {") + QString(100'000, QLatin1Char('a'))})
        (void)readSchedulerWords(words);
}

QTEST_GUILESS_MAIN(TestSchedulerWords)
#include "tst_schedulerwords.moc"
