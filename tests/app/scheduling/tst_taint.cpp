// What a taint does to a pod: facts of k8s.io/api/core/v1/toleration.go and of the taint-eviction controller.

#include "app/scheduling/taint.h"

#include <QTest>

using namespace scheduling;
using Outcome = Eviction::Outcome;

namespace {

kube::Json json(const QByteArray& text)
{
    return *kube::parseJson(text);
}

Taint taint(const QByteArray& text)
{
    return taintOf(json(text));
}

std::vector<Toleration> tolerations(const QByteArray& array)
{
    return tolerationsOf(json(R"({"spec":{"tolerations":)" + array + "}}"));
}

std::vector<Taint> taints(const QByteArray& array)
{
    return taintsOf(json(R"({"spec":{"taints":)" + array + "}}"));
}

} // namespace

class TestTaint : public QObject {
    Q_OBJECT

private slots:
    void aTolerationMatches_data();
    void aTolerationMatches();
    void onlyHardEffectsKeepAPodAway();
    void noExecuteEvicts_data();
    void noExecuteEvicts();
    void theFirstMatchingTolerationIsTheOneUsed();
    void whatTheFeatureGateDecidesIsUncertain();
    void anyShapeIsRead();
    void textsAreKubectls();
};

void TestTaint::aTolerationMatches_data()
{
    QTest::addColumn<QByteArray>("toleration");
    QTest::addColumn<QByteArray>("taint");
    QTest::addColumn<int>("match");
    const auto add = [](const char* name, const char* toleration, const char* taint, Match match) {
        QTest::newRow(name) << QByteArray(toleration) << QByteArray(taint) << static_cast<int>(match);
    };
    const char* foo = R"({"key":"foo","value":"bar","effect":"NoSchedule"})";
    add("equal", R"({"key":"foo","operator":"Equal","value":"bar","effect":"NoSchedule"})", foo, Match::Yes);
    add("no operator means Equal", R"({"key":"foo","value":"bar","effect":"NoSchedule"})", foo, Match::Yes);
    add("another value", R"({"key":"foo","value":"baz","effect":"NoSchedule"})", foo, Match::No);
    add("no value is a value", R"({"key":"foo","effect":"NoSchedule"})", foo, Match::No);
    add("no value on both sides", R"({"key":"foo"})", R"({"key":"foo","effect":"NoExecute"})", Match::Yes);
    add("another effect", R"({"key":"foo","value":"bar","effect":"NoExecute"})", foo, Match::No);
    add("no effect means all", R"({"key":"foo","value":"bar"})", foo, Match::Yes);
    add("another key", R"({"key":"fo","value":"bar"})", foo, Match::No);
    add("Exists ignores the value", R"({"key":"foo","operator":"Exists","value":"baz"})", foo, Match::Yes);
    add("Exists without a key is everything", R"({"operator":"Exists"})", foo, Match::Yes);
    add("everything of one effect", R"({"operator":"Exists","effect":"NoExecute"})", foo, Match::No);
    add("Equal without a key compares the value", R"({"value":"bar"})", foo, Match::Yes);
    add("an unknown operator", R"({"key":"foo","operator":"In","value":"bar"})", foo, Match::No);
    const char* five = R"({"key":"level","value":"5","effect":"NoSchedule"})";
    add("Gt", R"({"key":"level","operator":"Gt","value":"4"})", five, Match::Maybe);
    add("Gt, equal", R"({"key":"level","operator":"Gt","value":"5"})", five, Match::No);
    add("Lt", R"({"key":"level","operator":"Lt","value":"6"})", five, Match::Maybe);
    add("Lt, negative", R"({"key":"level","operator":"Lt","value":"-6"})", five, Match::No);
    add("Lt, leading zero", R"({"key":"level","operator":"Lt","value":"06"})", five, Match::No);
    add("Lt, no number", R"({"key":"level","operator":"Lt","value":"6"})",
        R"({"key":"level","value":"low","effect":"NoSchedule"})", Match::No);
    add("Gt, past 64 bits", R"({"key":"level","operator":"Gt","value":"99999999999999999999"})", five, Match::No);
}

void TestTaint::aTolerationMatches()
{
    QFETCH(QByteArray, toleration);
    QFETCH(QByteArray, taint);
    QFETCH(int, match);
    QCOMPARE(static_cast<int>(tolerates(tolerationOf(json(toleration)), ::taint(taint))), match);
}

void TestTaint::onlyHardEffectsKeepAPodAway()
{
    const auto all = taints(R"([{"key":"a","effect":"NoSchedule"},{"key":"b","effect":"PreferNoSchedule"},
                                {"key":"c","effect":"NoExecute"},{"key":"d","effect":"NoSchedule"}])");
    const auto blocking = blockingTaints(all, tolerations(R"([{"key":"d","operator":"Exists"}])"));
    QCOMPARE(blocking.size(), std::size_t(2));
    QCOMPARE(blocking[0].key, QStringLiteral("a"));
    QCOMPARE(blocking[1].key, QStringLiteral("c"));
    QVERIFY(blockingTaints(all, tolerations(R"([{"operator":"Exists"}])")).empty());
}

void TestTaint::noExecuteEvicts_data()
{
    QTest::addColumn<QByteArray>("onNode");
    QTest::addColumn<QByteArray>("ofPod");
    QTest::addColumn<int>("outcome");
    QTest::addColumn<qint64>("seconds");
    const auto add = [](const char* name, const char* node, const char* pod, Outcome outcome, qint64 seconds = 0) {
        QTest::newRow(name) << QByteArray(node) << QByteArray(pod) << static_cast<int>(outcome) << seconds;
    };
    const char* one = R"([{"key":"a","effect":"NoExecute"}])";
    const char* two = R"([{"key":"a","effect":"NoExecute"},{"key":"b","effect":"NoExecute"}])";
    add("no taint", "[]", "[]", Outcome::Stays);
    add("other effects do not evict", R"([{"key":"a","effect":"NoSchedule"},{"key":"b","effect":"PreferNoSchedule"}])",
        "[]", Outcome::Stays);
    add("not tolerated", one, "[]", Outcome::EvictedNow);
    add("tolerated for ever", one, R"([{"key":"a","operator":"Exists"}])", Outcome::Stays);
    add("tolerated for a time", one, R"([{"key":"a","operator":"Exists","tolerationSeconds":300}])",
        Outcome::EvictedAfter, 300);
    add("zero seconds are now", one, R"([{"key":"a","operator":"Exists","tolerationSeconds":0}])", Outcome::EvictedNow);
    add("negative seconds are now", one, R"([{"key":"a","operator":"Exists","tolerationSeconds":-1}])",
        Outcome::EvictedNow);
    add("one of two is not tolerated", two, R"([{"key":"a","operator":"Exists","tolerationSeconds":300}])",
        Outcome::EvictedNow);
    add("the smallest counts", two,
        R"([{"key":"a","operator":"Exists","tolerationSeconds":300},{"key":"b","operator":"Exists","tolerationSeconds":20}])",
        Outcome::EvictedAfter, 20);
    add("for ever beside a time", two,
        R"([{"key":"a","operator":"Exists"},{"key":"b","operator":"Exists","tolerationSeconds":20}])",
        Outcome::EvictedAfter, 20);
    add("now beside a time", two,
        R"([{"key":"a","operator":"Exists","tolerationSeconds":20},{"key":"b","operator":"Exists","tolerationSeconds":-5}])",
        Outcome::EvictedNow);
    add("a toleration that is not used does not shorten", one,
        R"([{"key":"a","operator":"Exists","tolerationSeconds":60},{"key":"z","operator":"Exists","tolerationSeconds":1}])",
        Outcome::EvictedAfter, 60);
}

void TestTaint::noExecuteEvicts()
{
    QFETCH(QByteArray, onNode);
    QFETCH(QByteArray, ofPod);
    QFETCH(int, outcome);
    QFETCH(qint64, seconds);
    const Eviction eviction = evictionOf(taints(onNode), tolerations(ofPod));
    QCOMPARE(static_cast<int>(eviction.outcome), outcome);
    QCOMPARE(eviction.afterSeconds, seconds);
    QVERIFY(!eviction.uncertain);
}

void TestTaint::theFirstMatchingTolerationIsTheOneUsed()
{
    // GetMatchingTolerations stops at the first that matches: a later, shorter one is never looked at.
    const Eviction eviction = evictionOf(
        taints(R"([{"key":"a","effect":"NoExecute"}])"),
        tolerations(
            R"([{"operator":"Exists","tolerationSeconds":90},{"key":"a","operator":"Exists","tolerationSeconds":5}])"));
    QCOMPARE(eviction.afterSeconds, qint64(90));
    QCOMPARE(eviction.used.size(), std::size_t(1));
    QVERIFY(eviction.used[0].key.isEmpty());
}

void TestTaint::whatTheFeatureGateDecidesIsUncertain()
{
    const auto node = taints(R"([{"key":"level","value":"5","effect":"NoExecute"}])");
    const Eviction eviction = evictionOf(node, tolerations(R"([{"key":"level","operator":"Gt","value":"1"}])"));
    QCOMPARE(static_cast<int>(eviction.outcome), static_cast<int>(Outcome::EvictedNow));
    QVERIFY(eviction.uncertain);
    QVERIFY(!evictionOf(node, tolerations(R"([{"key":"level","operator":"Gt","value":"7"}])")).uncertain);
}

void TestTaint::anyShapeIsRead()
{
    QVERIFY(taintsOf(json(R"({"spec":{"taints":{"key":"a"}}})")).empty());
    QVERIFY(taintsOf(json(R"([1,2])")).empty());
    const auto odd = taints(R"([7,{"key":3,"effect":null},{"key":"a","value":"","timeAdded":"2026-11-22T11:57:03Z"}])");
    QCOMPARE(odd.size(), std::size_t(3));
    QVERIFY(odd[1].key.isEmpty());
    QCOMPARE(odd[2].timeAdded, QStringLiteral("2026-11-22T11:57:03Z"));
    const auto seconds = tolerations(R"([{"tolerationSeconds":"5"},{"tolerationSeconds":1.5}])");
    QVERIFY(!seconds[0].seconds && !seconds[1].seconds);
}

void TestTaint::textsAreKubectls()
{
    QCOMPARE(text(taint(R"({"key":"a","value":"b","effect":"NoSchedule"})")), QStringLiteral("a=b:NoSchedule"));
    QCOMPARE(text(taint(R"({"key":"a","effect":"NoExecute"})")), QStringLiteral("a:NoExecute"));
    QVERIFY(!text(taint("{\"key\":\"a\\u001b[2J\",\"effect\":\"NoExecute\"}")).contains(QChar(0x1b)));
    QCOMPARE(text(tolerationOf(json(R"({"operator":"Exists"})"))), QStringLiteral("*"));
    QCOMPARE(text(tolerationOf(json(R"({"key":"a","value":"b","effect":"NoExecute","tolerationSeconds":300})"))),
             QStringLiteral("a=b:NoExecute 300 s"));
}

QTEST_GUILESS_MAIN(TestTaint)
#include "tst_taint.moc"
