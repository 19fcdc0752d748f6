// Reports: the JSON of the contract, and documents in which nothing that a cluster sent is more than text.

#include "app/base/shell.h"
#include "app/diagnose/report.h"

#include <QRegularExpression>
#include <QTest>

using namespace diagnose;

namespace {

const QString Hostile = QStringLiteral("<img src=x onerror=alert(1)> [a](javascript:b) `c` | d # e\n```\n<b>f</b>");

Report hostileReport()
{
    Report report{.cluster = Hostile, .takenAt = QDateTime(QDate(2030, 5, 6), QTime(7, 8, 9), Qt::UTC)};
    report.guides.push_back({.id = QStringLiteral("endpoints"),
                             .title = Hostile,
                             .steps = {{.id = QStringLiteral("tls"),
                                        .title = Hostile,
                                        .asked = {Hostile},
                                        .result = StepResult::Fail,
                                        .detail = Hostile},
                                       {.id = QStringLiteral("later"), .title = Hostile}}});
    report.findings.push_back(
        {.id = QStringLiteral("certificateExpired"),
         .guide = QStringLiteral("endpoints"),
         .severity = Severity::Warning,
         .title = Hostile,
         .evidence = {Hostile},
         .cause = Hostile,
         .fix = {.action = QStringLiteral("renew"), .title = Hostile, .steps = {Hostile}, .command = Hostile}});
    return report;
}

} // namespace

class TestReport : public QObject {
    Q_OBJECT
private slots:
    void jsonIsThatOfTheContract();
    void htmlHoldsNothingOfTheClustersButText();
    void markdownHoldsNothingOfTheClustersButText();
    void textSaysWhenNothingIsWrong();
    void wordsForAShellAreQuoted();
};

void TestReport::jsonIsThatOfTheContract()
{
    Report report = hostileReport();
    report.findings[0].ref = kube::ObjectRef{QStringLiteral("c"),    QStringLiteral("v1"),  QStringLiteral("Pod"),
                                             QStringLiteral("shop"), QStringLiteral("web"), {}};
    const kube::Json json = toJson(report);
    const auto keys = [](const kube::Json& object) {
        QStringList names;
        for (const auto& [key, value] : object.items())
            names << QString::fromStdString(key);
        return names.join(QLatin1Char(' '));
    };
    QCOMPARE(keys(json), QStringLiteral("cluster takenAt guides findings"));
    QCOMPARE(json["takenAt"].get<std::string>(), std::string("2030-05-06T07:08:09Z"));
    QCOMPARE(keys(json["guides"][0]), QStringLiteral("id title steps"));
    QCOMPARE(keys(json["guides"][0]["steps"][0]), QStringLiteral("id title asked result detail"));
    QCOMPARE(json["guides"][0]["steps"][0]["result"].get<std::string>(), std::string("fail"));
    QCOMPARE(json["guides"][0]["steps"][1]["result"].get<std::string>(), std::string("skipped"));
    const kube::Json& finding = json["findings"][0];
    QCOMPARE(keys(finding), QStringLiteral("id guide severity title ref evidence cause fix"));
    QCOMPARE(keys(finding["ref"]), QStringLiteral("apiVersion kind namespace name uid"));
    QVERIFY(finding["ref"]["uid"].is_null());
    QCOMPARE(keys(finding["fix"]), QStringLiteral("action title steps command nodes taints fields"));
    report.findings[0].ref.reset();
    report.findings[0].fix.command.clear();
    QVERIFY(toJson(report)["findings"][0]["ref"].is_null());
    QVERIFY(toJson(report)["findings"][0]["fix"]["command"].is_null());
}

void TestReport::htmlHoldsNothingOfTheClustersButText()
{
    const QString html = toHtml(hostileReport());
    QVERIFY(!html.contains(QLatin1String("<img")));
    QVERIFY(!html.contains(QLatin1String("<b>f")));
    QVERIFY(html.contains(QLatin1String("&lt;img src=x onerror=alert(1)&gt;")));
    QVERIFY(!html.contains(QLatin1String("<script")));
    QVERIFY(!html.contains(QLatin1String("http://")) && !html.contains(QLatin1String("https://")));
    // Every element of the document is one of the report's own.
    static const QRegularExpression tag(QStringLiteral("<(/?)([A-Za-z!][^ >]*)"));
    for (auto it = tag.globalMatch(html); it.hasNext();) {
        static const QStringList own{
            QStringLiteral("!DOCTYPE"), QStringLiteral("html"),  QStringLiteral("head"), QStringLiteral("meta"),
            QStringLiteral("title"),    QStringLiteral("style"), QStringLiteral("body"), QStringLiteral("h1"),
            QStringLiteral("h2"),       QStringLiteral("h3"),    QStringLiteral("h4"),   QStringLiteral("p"),
            QStringLiteral("section"),  QStringLiteral("pre"),   QStringLiteral("ol"),   QStringLiteral("li"),
            QStringLiteral("table"),    QStringLiteral("tr"),    QStringLiteral("th"),   QStringLiteral("td")};
        const QString name = it.next().captured(2);
        QVERIFY2(own.contains(name), qPrintable(name));
    }
}

void TestReport::markdownHoldsNothingOfTheClustersButText()
{
    const QString markdown = toMarkdown(hostileReport());
    // Outside of fenced blocks no bracket of HTML stands unescaped; a fence in the text does not end a block.
    bool fenced = false;
    QString fence;
    for (const QString& line : markdown.split(QLatin1Char('\n'))) {
        static const QRegularExpression opening(QStringLiteral("^(`{3,})"));
        const auto match = opening.match(line);
        if (!fenced && match.hasMatch()) {
            fenced = true;
            fence = match.captured(1);
            QVERIFY(fence.size() > 3);
        } else if (fenced && line == fence) {
            fenced = false;
        } else if (!fenced) {
            static const QRegularExpression bare(QStringLiteral("(^|[^\\\\])<"));
            QVERIFY2(!bare.match(line).hasMatch(), qPrintable(line));
            QVERIFY2(!line.contains(QLatin1String("](")), qPrintable(line));
        }
    }
    QVERIFY(!fenced);
    static const QRegularExpression row(QStringLiteral("^\\| .*[^\\\\]\\| .*[^\\\\]\\| .* \\|$"),
                                        QRegularExpression::MultilineOption);
    QVERIFY(row.match(markdown).hasMatch());
}

void TestReport::textSaysWhenNothingIsWrong()
{
    Report report = hostileReport();
    QVERIFY(!report.hasErrors());
    report.findings[0].severity = Severity::Error;
    QVERIFY(report.hasErrors());
    QVERIFY(toText(report).contains(QLatin1String("Error: ")));
    report.findings.clear();
    QVERIFY(toText(report).endsWith(QLatin1String("Nothing was found to be wrong.\n")));
    report.isCutShort = true;
    QVERIFY(toText(report).endsWith(QLatin1String("It could not be found out whether something is wrong.\n")));
}

void TestReport::wordsForAShellAreQuoted()
{
    QCOMPARE(base::shellQuoted(QStringLiteral("--server=https://10.0.0.1:6443")),
             QStringLiteral("--server=https://10.0.0.1:6443"));
    QCOMPARE(base::shellQuoted(QStringLiteral("a b")), QStringLiteral("'a b'"));
    QCOMPARE(base::shellQuoted(QStringLiteral("$(rm -rf ~)'x")), QStringLiteral("'$(rm -rf ~)'\\''x'"));
    QCOMPARE(base::shellQuoted({}), QStringLiteral("''"));
}

QTEST_GUILESS_MAIN(TestReport)
#include "tst_report.moc"
