// The grammar of `kubectl taint`, as its own tests state it, and what an edit does to a node's list.

#include "app/messages/taints.h"
#include "app/scheduling/taintspec.h"

#include <QTest>

using namespace scheduling;

namespace {

kube::Json json(const QByteArray& text)
{
    return *kube::parseJson(text);
}

QStringList words(const QString& line)
{
    return line.split(QLatin1Char(' '));
}

TaintEdit edit(const char* specs)
{
    const auto parsed = parseTaintSpecs(words(QLatin1String(specs)));
    if (!parsed)
        qFatal("%s: %s", specs, qPrintable(parsed.error().id));
    return *parsed;
}

} // namespace

class TestTaintSpec : public QObject {
    Q_OBJECT

private slots:
    void whatKubectlTakes_data();
    void whatKubectlTakes();
    void whatKubectlRefuses_data();
    void whatKubectlRefuses();
    void anEditLeavesForeignTaintsAsTheyWere_data();
    void anEditLeavesForeignTaintsAsTheyWere();
    void anEditTouchesWhatItNames();
    void anEditIsUndone_data();
    void anEditIsUndone();
};

void TestTaintSpec::whatKubectlTakes_data()
{
    QTest::addColumn<QString>("set");
    QTest::addColumn<QString>("removed");
    const auto add = [](const QByteArray& specs, const QByteArray& set, const QByteArray& removed) {
        QTest::newRow(specs.constData()) << QString::fromLatin1(set) << QString::fromLatin1(removed);
    };
    add("foo=abc:NoSchedule", "foo=abc:NoSchedule", "");
    add("foo=abc:NoSchedule bar=abc:NoSchedule baz:NoSchedule qux:NoSchedule foobar=:NoSchedule",
        "foo=abc:NoSchedule bar=abc:NoSchedule baz:NoSchedule qux:NoSchedule foobar:NoSchedule", "");
    add("foo:NoSchedule- bar:NoSchedule- qux=:NoSchedule- dedicated-", "",
        "foo:NoSchedule- bar:NoSchedule- qux:NoSchedule- dedicated-");
    add("foo=bar:PreferNoSchedule foo=bar:NoSchedule", "foo=bar:PreferNoSchedule foo=bar:NoSchedule", "");
    add("dedicated=namespaceA:NoSchedule foo=bar:PreferNoSchedule",
        "dedicated=namespaceA:NoSchedule foo=bar:PreferNoSchedule", "");
    add("dedicated:NoSchedule- foo=barz:PreferNoSchedule", "foo=barz:PreferNoSchedule", "dedicated:NoSchedule-");
    add("foo=a:NoSchedule foo:NoExecute-", "foo=a:NoSchedule", "foo:NoExecute-"); // other effects, so both
    add("foo=value:NoExecute-", "", "foo:NoExecute-");                            // the value says nothing
    add("foo- foo-", "", "foo-");
    add("node-role.kubernetes.io/control-plane:NoSchedule-", "", "node-role.kubernetes.io/control-plane:NoSchedule-");
    add("example.com/my-app_1.x=A-b_c.9:NoExecute", "example.com/my-app_1.x=A-b_c.9:NoExecute", "");
    const QByteArray longest(63, 'k');
    add(longest + "=" + longest + ":NoSchedule", longest + "=" + longest + ":NoSchedule", "");
}

void TestTaintSpec::whatKubectlTakes()
{
    QFETCH(QString, set);
    QFETCH(QString, removed);
    const auto parsed = parseTaintSpecs(words(QString::fromLatin1(QTest::currentDataTag())));
    QVERIFY2(parsed, qPrintable(parsed ? QString() : parsed.error().id));
    TaintEdit onlySet{parsed->set, {}};
    TaintEdit onlyRemoved{{}, parsed->remove};
    QCOMPARE(specsOf(onlySet).join(QLatin1Char(' ')), set);
    QCOMPARE(specsOf(onlyRemoved).join(QLatin1Char(' ')), removed);
}

void TestTaintSpec::whatKubectlRefuses_data()
{
    QTest::addColumn<QString>("id");
    const auto add = [](const QByteArray& specs, const char* id) {
        QTest::newRow(specs.constData()) << QString::fromLatin1(id);
    };
    add("", "keyEmpty");
    add("-", "keyEmpty");
    add("foo", "effectMissing");
    add("foo=abc", "effectMissing");
    add("foo=abc-", "effectMissing"); // kubectl takes "foo=abc" for the key, and refuses that
    add("foo=abc=xyz:NoSchedule", "specMalformed");
    add("foo=abc:xyz:NoSchedule", "specMalformed");
    add("foo=abc:invalid_effect", "effectUnknown");
    add("foo:invalid_effect-", "effectUnknown");
    add("foo=bar:NoExcute", "effectUnknown");
    add("foo:noexecute", "effectUnknown");
    add("foo:", "effectUnknown");
    add("nospecialchars^@=banana:NoSchedule", "keyInvalid");
    add("_foo:NoSchedule", "keyInvalid");
    add("foo.:NoSchedule", "keyInvalid");
    add("a/b/c:NoSchedule", "keyInvalid");
    add("=a:NoSchedule", "keyEmpty");
    add("example.com/:NoSchedule", "keyEmpty");
    add("/foo:NoSchedule", "prefixEmpty");
    add("Example.com/foo:NoSchedule", "prefixInvalid");
    add("example..com/foo:NoSchedule", "prefixInvalid");
    add(QByteArray(254, 'p') + "/foo:NoSchedule", "prefixTooLong");
    add(QByteArray(64, 'k') + ":NoSchedule", "keyTooLong");
    add("foo=" + QByteArray(64, 'v') + ":NoSchedule", "valueTooLong");
    add("foo=-a:NoSchedule", "valueInvalid");
    add("foo=a,b:NoSchedule", "valueInvalid");
    add("foo=bar:NoExecute foo=barz:NoExecute", "duplicate");
    add("foo=:NoExecute foo=:NoExecute-", "addedAndRemoved");
    add("foo- foo=a:NoSchedule", "addedAndRemoved");
}

void TestTaintSpec::whatKubectlRefuses()
{
    QFETCH(QString, id);
    const auto parsed = parseTaintSpecs(words(QString::fromLatin1(QTest::currentDataTag())));
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().id, id);
    QVERIFY(!messages::sentence(parsed.error()).isEmpty());
}

void TestTaintSpec::anEditLeavesForeignTaintsAsTheyWere_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const QByteArray foreign =
        R"({"effect":"NoExecute","timeAdded":"2026-11-22T11:57:03Z","key":"node.kubernetes.io/unreachable","later":{"b":1,"a":[]}})";
    const auto add = [](const char* specs, const QByteArray& before, const QByteArray& after) {
        QTest::newRow(specs) << before << after;
    };
    add("a=1:NoSchedule", "null", R"([{"key":"a","value":"1","effect":"NoSchedule"}])");
    add("a:NoSchedule", "[" + foreign + "]", "[" + foreign + R"(,{"key":"a","effect":"NoSchedule"}])");
    add("a-", R"([{"key":"a","effect":"NoSchedule"},)" + foreign + R"(,{"key":"a","effect":"NoExecute"}])",
        "[" + foreign + "]");
    add("a:NoSchedule-", R"([{"key":"a","effect":"NoSchedule"},{"key":"a","effect":"NoExecute"}])",
        R"([{"key":"a","effect":"NoExecute"}])");
    // The wanted value is there: not a byte moves, its time neither.
    add("a=1:NoExecute",
        R"([{"timeAdded":"2026-11-22T11:57:03Z","effect":"NoExecute","value":"1","key":"a"},)" + foreign + "]",
        R"([{"timeAdded":"2026-11-22T11:57:03Z","effect":"NoExecute","value":"1","key":"a"},)" + foreign + "]");
    // Another value: in its place, and the time is no longer so.
    add("a=2:NoExecute",
        R"([{"timeAdded":"2026-11-22T11:57:03Z","effect":"NoExecute","value":"1","key":"a"},)" + foreign + "]",
        R"([{"key":"a","value":"2","effect":"NoExecute"},)" + foreign + "]");
    add("gone-", "[" + foreign + "]", "[" + foreign + "]");
}

void TestTaintSpec::anEditLeavesForeignTaintsAsTheyWere()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const kube::Json result = withEdit(json(before), edit(QTest::currentDataTag()));
    QCOMPARE(QByteArray::fromStdString(result.dump()), after);
}

void TestTaintSpec::anEditTouchesWhatItNames()
{
    const kube::Json taints = json(R"([{"key":"a","value":"1","effect":"NoSchedule"},{"key":"a","effect":"NoExecute"},
                                       {"key":"b","effect":"NoSchedule"}])");
    QCOMPARE(touchedBy(taints, edit("a-")).size(), std::size_t(2));
    QCOMPARE(touchedBy(taints, edit("a=5:NoSchedule")).size(), std::size_t(1));
    QCOMPARE(touchedBy(taints, edit("c:NoSchedule b:NoSchedule-")).size(), std::size_t(1));
    QVERIFY(touchedBy(json("null"), edit("a-")) == kube::Json::array());
}

void TestTaintSpec::anEditIsUndone_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QString>("back");
    const auto add = [](const char* specs, const char* before, const char* back) {
        QTest::newRow(specs) << QByteArray(before) << QString::fromLatin1(back);
    };
    add("a=1:NoSchedule", "[]", "a:NoSchedule-");
    add("a=2:NoSchedule", R"([{"key":"a","value":"1","effect":"NoSchedule"}])", "a=1:NoSchedule");
    add("a-", R"([{"key":"a","value":"1","effect":"NoSchedule"},{"key":"a","effect":"NoExecute"}])",
        "a=1:NoSchedule a:NoExecute");
    add("a:NoSchedule- b:NoExecute", R"([{"key":"a","effect":"NoSchedule"},{"key":"c","effect":"NoExecute"}])",
        "a:NoSchedule b:NoExecute-");
}

void TestTaintSpec::anEditIsUndone()
{
    QFETCH(QByteArray, before);
    QFETCH(QString, back);
    const TaintEdit there = edit(QTest::currentDataTag());
    const TaintEdit undo = reversed(json(before), there);
    QCOMPARE(specsOf(undo).join(QLatin1Char(' ')), back);
    const kube::Json restored = withEdit(withEdit(json(before), there), undo);
    // The same taints, though perhaps in another order.
    for (const kube::Json& taint : json(before))
        QVERIFY(std::find(restored.begin(), restored.end(), taint) != restored.end());
    QCOMPARE(restored.size(), json(before).size());
}

QTEST_GUILESS_MAIN(TestTaintSpec)
#include "tst_taintspec.moc"
