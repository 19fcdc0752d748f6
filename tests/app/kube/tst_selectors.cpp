#include "app/kube/selectors.h"

#include <QtTest>
#include <map>

using kube::FieldSelector;
using kube::LabelSelector;

class TestSelectors : public QObject {
    Q_OBJECT

private slots:
    void labelsAreJudgedAsTheServerDoes_data();
    void labelsAreJudgedAsTheServerDoes();
    void whatIsNoSelectorIsSaidSo_data();
    void whatIsNoSelectorIsSaidSo();
    void fieldsAreComparedAsTexts_data();
    void fieldsAreComparedAsTexts();
};

void TestSelectors::labelsAreJudgedAsTheServerDoes_data()
{
    QTest::addColumn<QString>("selector");
    QTest::addColumn<bool>("matches"); // app=web, tier=front, weight=7
    const auto row = [](const char* selector, bool matches) {
        QTest::newRow(selector) << QString::fromUtf8(selector) << matches;
    };
    row("", true);
    row("app=web", true);
    row("app==web", true);
    row(" app = web ", true);
    row("app=shop", false);
    row("app!=shop", true);
    row("owner!=shop", true); // of a label that is not there nothing is said
    row("app", true);
    row("owner", false);
    row("!owner", true);
    row("!app", false);
    row("tier in (front, back)", true);
    row("tier in (back)", false);
    row("tier notin (back)", true);
    row("owner notin (a)", true);
    row("owner in (a)", false);
    row("app=web,tier in (front,back),!owner", true);
    row("app=web,tier=back", false);
    row("weight>6", true);
    row("weight>7", false);
    row("weight<8", true);
    row("app>1", false);
    row("example.com/owner=x", false);
}

void TestSelectors::labelsAreJudgedAsTheServerDoes()
{
    QFETCH(QString, selector);
    const std::map<QString, QString> labels{{QStringLiteral("app"), QStringLiteral("web")},
                                            {QStringLiteral("tier"), QStringLiteral("front")},
                                            {QStringLiteral("weight"), QStringLiteral("7")}};
    const auto parsed = LabelSelector::parse(selector);
    QVERIFY(parsed);
    const bool holds = parsed->matches([&](const QString& key) -> std::optional<QString> {
        const auto found = labels.find(key);
        return found == labels.end() ? std::nullopt : std::optional(found->second);
    });
    QTEST(holds, "matches");
}

void TestSelectors::whatIsNoSelectorIsSaidSo_data()
{
    QTest::addColumn<QString>("selector");
    for (const char* each :
         {",", "app=web,", "in (a)", "tier near (a)", "tier in (a", "a=b=c", "=web", "a b", "!", "app~web"})
        QTest::newRow(each) << QString::fromUtf8(each);
}

void TestSelectors::whatIsNoSelectorIsSaidSo()
{
    QFETCH(QString, selector);
    const auto parsed = LabelSelector::parse(selector);
    if (selector == QLatin1String("app~web")) { // a key of a shape that no label has: nothing matches it
        QVERIFY(parsed);
        return;
    }
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().kind, base::ErrorKind::Invalid);
}

void TestSelectors::fieldsAreComparedAsTexts_data()
{
    QTest::addColumn<QString>("selector");
    QTest::addColumn<bool>("readable");
    QTest::addColumn<bool>("matches"); // status.phase=Running, spec.nodeName="", a=x,y
    const auto row = [](const char* selector, bool readable, bool matches) {
        QTest::newRow(selector) << QString::fromUtf8(selector) << readable << matches;
    };
    row("", true, true);
    row("status.phase=Running", true, true);
    row("status.phase==Running", true, true);
    row("status.phase!=Running", true, false);
    row("spec.nodeName=", true, true);
    row("spec.nodeName!=", true, false);
    row("status.phase=Running,spec.nodeName=", true, true);
    row("a=x\\,y", true, true);
    row("status.phase", false, false);
    row("status.phase=Running,", false, false);
}

void TestSelectors::fieldsAreComparedAsTexts()
{
    QFETCH(QString, selector);
    QFETCH(bool, readable);
    const std::map<QString, QString> fields{{QStringLiteral("status.phase"), QStringLiteral("Running")},
                                            {QStringLiteral("a"), QStringLiteral("x,y")}};
    const auto parsed = FieldSelector::parse(selector);
    QCOMPARE(parsed.has_value(), readable);
    if (!parsed)
        return;
    const bool holds = parsed->matches([&](const QString& field) {
        const auto found = fields.find(field);
        return found == fields.end() ? QString() : found->second;
    });
    QTEST(holds, "matches");
}

QTEST_GUILESS_MAIN(TestSelectors)
#include "tst_selectors.moc"
