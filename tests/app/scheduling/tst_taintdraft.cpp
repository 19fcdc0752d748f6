// A set of taints while it is built for several nodes.

#include "app/scheduling/taintdraft.h"

#include <QTest>

using namespace scheduling;
using State = DraftTaint::State;

namespace {

NodeFacts node(const char* name, const char* taints)
{
    return {QString::fromLatin1(name), *kube::parseJson(taints), {}, false};
}

QString printed(const TaintDraft& draft)
{
    QStringList lines;
    for (const DraftTaint& line : draft.lines()) {
        const char* state = line.state == State::Added ? "+" : line.state == State::Removed ? "-" : "";
        lines += QLatin1String(state) + text(line.taint) + (line.nodes.isEmpty() ? QString() : QStringLiteral("@")) +
                 line.nodes.join(QLatin1Char(',')) + (line.isLocked ? QStringLiteral("!") : QString());
    }
    return lines.join(QLatin1Char(' '));
}

} // namespace

class TestTaintDraft : public QObject {
    Q_OBJECT

private slots:
    void whatNodesShareIsOneLine()
    {
        TaintDraft draft;
        draft.setNodes(
            {node("n1", R"([{"key":"a","value":"1","effect":"NoSchedule"},{"key":"b","effect":"NoExecute"}])"),
             node("n2", R"([{"key":"a","value":"2","effect":"NoSchedule"},{"key":"b","effect":"NoExecute"}])")});
        QCOMPARE(printed(draft), QStringLiteral("a=1:NoSchedule@n1 b:NoExecute@n1,n2 a=2:NoSchedule@n2"));
        QVERIFY(draft.isEmpty());
    }

    void additionsAndRemovalsStayWhenNodesMove()
    {
        TaintDraft draft;
        draft.setNodes({node("n1", R"([{"key":"b","effect":"NoExecute"}])")});
        QVERIFY(!draft.add(QStringLiteral("x"), QStringLiteral("1"), NoSchedule));
        QVERIFY(draft.remove({QStringLiteral("b"), {}, NoExecute, {}}));
        draft.setNodes({node("n1", R"([{"key":"b","effect":"NoExecute"},{"key":"c","effect":"NoSchedule"}])")});
        QCOMPARE(printed(draft), QStringLiteral("-b:NoExecute@n1 c:NoSchedule@n1 +x=1:NoSchedule"));
        QCOMPARE(specsOf(draft.edit()).join(QLatin1Char(' ')), QStringLiteral("x=1:NoSchedule b:NoExecute-"));
    }

    void anotherValueReplacesTheOneThatIsThere()
    {
        TaintDraft draft;
        draft.setNodes({node("n1", R"([{"key":"a","value":"1","effect":"NoSchedule"}])")});
        QVERIFY(!draft.add(QStringLiteral("a"), QStringLiteral("2"), NoSchedule));
        QCOMPARE(printed(draft), QStringLiteral("-a=1:NoSchedule@n1 +a=2:NoSchedule"));
        draft.restore({QStringLiteral("a"), QStringLiteral("1"), NoSchedule, {}});
        QVERIFY(draft.isEmpty());
        // Removed, and then wanted after all.
        QVERIFY(draft.remove({QStringLiteral("a"), {}, NoSchedule, {}}));
        QVERIFY(!draft.add(QStringLiteral("a"), QStringLiteral("3"), NoSchedule));
        QVERIFY(draft.edit().remove.empty());
    }

    void whatBelongsToKubernetesIsLocked()
    {
        TaintDraft draft;
        draft.setNodes({node("n1", R"([{"key":"node.kubernetes.io/unreachable","effect":"NoExecute"},
                                       {"key":"node-role.kubernetes.io/master","effect":"NoSchedule"}])")});
        const Taint taint{QStringLiteral("node.kubernetes.io/unreachable"), {}, NoExecute, {}};
        QVERIFY(!draft.remove(taint));
        QVERIFY(draft.isEmpty());
        draft.unlock(taint);
        QCOMPARE(printed(draft), QStringLiteral("node.kubernetes.io/unreachable:NoExecute@n1 "
                                                "node-role.kubernetes.io/master:NoSchedule@n1!"));
        QVERIFY(draft.remove(taint));
        draft.clear();
        QVERIFY(!draft.remove(taint));
    }

    void whatIsTypedWrongIsNamed()
    {
        TaintDraft draft;
        QCOMPARE(draft.add(QStringLiteral("a b"), {}, NoSchedule)->id, QStringLiteral("keyInvalid"));
        QCOMPARE(draft.add(QStringLiteral("a"), QStringLiteral("-"), NoSchedule)->id, QStringLiteral("valueInvalid"));
        QCOMPARE(draft.add(QStringLiteral("a"), {}, QStringLiteral("Never"))->id, QStringLiteral("effectUnknown"));
        QVERIFY(draft.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestTaintDraft)
#include "tst_taintdraft.moc"
