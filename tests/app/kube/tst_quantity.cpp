// Quantities as Kubernetes writes them, and what others may write.

#include "app/kube/quantity.h"

#include <QTest>
#include <limits>

class TestQuantity : public QObject {
    Q_OBJECT
private slots:
    void aQuantityIsReadAsKubernetesReadsIt_data();
    void aQuantityIsReadAsKubernetesReadsIt();
    void whatIsNoQuantityIsNothing_data();
    void whatIsNoQuantityIsNothing();
    void aWholeNumberMayStandWithoutQuotes();
};

using Amount = std::optional<qint64>;
Q_DECLARE_METATYPE(Amount)

void TestQuantity::aQuantityIsReadAsKubernetesReadsIt_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Amount>("milli");
    QTest::addColumn<Amount>("whole");
    const auto row = [](const char* text, Amount milli, Amount whole) {
        QTest::newRow(text) << QString::fromLatin1(text) << milli << whole;
    };
    row("0", 0, 0);
    row("1", 1000, 1);
    row("100m", 100, 1);
    row("1500m", 1500, 2);
    row("1.5", 1500, 2);
    row(".5", 500, 1);
    row("5.", 5000, 5);
    row("+3", 3000, 3);
    row("488689522n", 489, 1);
    row("1u", 1, 1);
    row("1n", 1, 1);
    row("0n", 0, 0);
    row("128Mi", 128LL * 1024 * 1024 * 1000, 128LL * 1024 * 1024);
    row("1.5Gi", 1536LL * 1024 * 1024 * 1000, 1536LL * 1024 * 1024);
    row("1Ki", 1024000, 1024);
    row("1k", 1000000, 1000);
    row("1e3", 1000000, 1000);
    row("1E3", 1000000, 1000);
    row("12e-1", 1200, 2);
    row("9223372036854775807", std::nullopt, std::numeric_limits<qint64>::max());
    row("8Ei", std::nullopt, std::nullopt);
    row("7Ei", std::nullopt, 7LL << 60);
    row("-1", -1000, -1);
    row("-1n", -1, -1);
    row("-1500m", -1500, -2);
}

void TestQuantity::aQuantityIsReadAsKubernetesReadsIt()
{
    QFETCH(QString, text);
    QFETCH(Amount, milli);
    QFETCH(Amount, whole);
    QCOMPARE(kube::milliOf(text), milli);
    QCOMPARE(kube::wholeOf(text), whole);
}

void TestQuantity::whatIsNoQuantityIsNothing_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"",         "-",
                             "+",        ".",
                             "m",        "Mi",
                             "1 ",       " 1",
                             "1mi",      "1KI",
                             "1ee3",     "1e",
                             "1e99",     "1.2.3",
                             "0x10",     "NaN",
                             "Infinity", "99999999999999999999",
                             "1e36",     "1.0000000000000000000000000000000000000000"})
        QTest::newRow(text) << QString::fromLatin1(text);
    QTest::newRow("other digits") << QStringLiteral("١٢");
    QTest::newRow("long") << QString(100'000, QLatin1Char('1'));
}

void TestQuantity::whatIsNoQuantityIsNothing()
{
    QFETCH(QString, text);
    QVERIFY(!kube::milliOf(text));
    QVERIFY(!kube::wholeOf(text));
}

void TestQuantity::aWholeNumberMayStandWithoutQuotes()
{
    QCOMPARE(kube::quantityText(2), QStringLiteral("2"));
    QCOMPARE(kube::quantityText("2"), QStringLiteral("2"));
    QCOMPARE(kube::quantityText(kube::Json::array()), QString());
    QCOMPARE(kube::quantityText(true), QString());
}

QTEST_GUILESS_MAIN(TestQuantity)
#include "tst_quantity.moc"
