// JSON from outside: parsed in its own order, or refused with a reason.

#include "app/kube/json.h"

#include <QTest>

class TestJson : public QObject {
    Q_OBJECT

private slots:
    void keysKeepTheirOrder();
    void nestingIsBounded();
    void bracketsInTextsDoNotNest();
    void whatIsNoJsonIsRefused_data();
    void whatIsNoJsonIsRefused();
};

void TestJson::keysKeepTheirOrder()
{
    const QByteArray text = "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"a\":[1,2.5,null,\"\xe8\x8a\x82\"]}";
    QCOMPARE(QByteArray::fromStdString(kube::parseJson(text)->dump()), text);
}

void TestJson::nestingIsBounded()
{
    const auto nested = [](qsizetype depth) {
        return kube::parseJson(QByteArray("{\"a\":").repeated(depth) + '1' + QByteArray("}").repeated(depth));
    };
    QVERIFY(nested(256));
    QCOMPARE(nested(257).error().kind, base::ErrorKind::Limit);
    QCOMPARE(nested(1'000'000).error().reason, QStringLiteral("jsonTooDeep"));
}

void TestJson::bracketsInTextsDoNotNest()
{
    QVERIFY(kube::parseJson("{\"a\":\"" + QByteArray("[{\\\"").repeated(1000) + "\"}"));
}

void TestJson::whatIsNoJsonIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("HTML") << QByteArray("<html>");
    QTest::newRow("cut off") << QByteArray("{\"a\":[1,2");
    QTest::newRow("two values") << QByteArray("{}{}");
    QTest::newRow("no UTF-8") << QByteArray("\"\xff\xfe\"");
    QTest::newRow("half of a pair") << QByteArray("\"\\ud800\"");
    QTest::newRow("a number too large") << QByteArray("1e999");
}

void TestJson::whatIsNoJsonIsRefused()
{
    QFETCH(const QByteArray, text);
    const auto json = kube::parseJson(text);
    QVERIFY(!json);
    QCOMPARE(json.error().kind, base::ErrorKind::BadAnswer);
    QCOMPARE(json.error().reason, QStringLiteral("jsonInvalid"));
    QVERIFY(!json.error().said.isEmpty());
}

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
