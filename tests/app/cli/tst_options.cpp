// The command line as it is read: what is understood, what is refused, and in which words.

#include "app/cli/options.h"

#include <QTest>

using cli::Options;
using cli::Parsed;

namespace {

Parsed parse(const QString& line)
{
    return cli::parse(QStringList{QStringLiteral("alidadectl")} + line.split(QLatin1Char(' '), Qt::SkipEmptyParts));
}

Options optionsOf(const QString& line)
{
    const Parsed parsed = parse(line);
    if (parsed.outcome != Parsed::Outcome::Run)
        qFatal("refused: %s", qPrintable(parsed.text));
    return parsed.options;
}

} // namespace

class TestOptions : public QObject {
    Q_OBJECT
private slots:
    void defaults();
    void everyOptionIsUnderstood();
    void orderDoesNotMatter();
    void kindAndNameMayBeOneWord();
    void helpAndVersionAreAnsweredWithoutACommand();
    void usageErrors_data();
    void usageErrors();
};

void TestOptions::defaults()
{
    const Options options = optionsOf(QStringLiteral("contexts"));
    QCOMPARE(options.command, QStringLiteral("contexts"));
    QVERIFY(options.arguments.isEmpty());
    QVERIFY(options.kubeconfig.isEmpty());
    QVERIFY(options.context.isEmpty());
    QVERIFY(options.nameSpace.isEmpty());
    QVERIFY(options.lang.isEmpty());
    QVERIFY(!options.allNamespaces);
    QVERIFY(!options.json);
    QVERIFY2(!options.allowInsecureToken, "a token is not sent to just anybody unless that is asked for");
    QCOMPARE(options.timeout, std::chrono::milliseconds(60'000));
}

void TestOptions::everyOptionIsUnderstood()
{
    const Options options = optionsOf(QStringLiteral(
        "get pods web-1 --kubeconfig /a/config --context prod -n shop -o json --lang zh_CN --timeout 2.5 "
        "--allow-insecure-token"));
    QCOMPARE(options.command, QStringLiteral("get"));
    QCOMPARE(options.arguments, (QStringList{QStringLiteral("pods"), QStringLiteral("web-1")}));
    QCOMPARE(options.kubeconfig, QStringLiteral("/a/config"));
    QCOMPARE(options.context, QStringLiteral("prod"));
    QCOMPARE(options.nameSpace, QStringLiteral("shop"));
    QVERIFY(options.json);
    QCOMPARE(options.lang, QStringLiteral("zh_CN"));
    QCOMPARE(options.timeout, std::chrono::milliseconds(2'500));
    QVERIFY(options.allowInsecureToken);
    QVERIFY(optionsOf(QStringLiteral("get pods -A")).allNamespaces);
    QVERIFY(optionsOf(QStringLiteral("get pods --all-namespaces")).allNamespaces);
    QCOMPARE(optionsOf(QStringLiteral("tree --namespace shop")).nameSpace, QStringLiteral("shop"));
    QVERIFY(!optionsOf(QStringLiteral("tree -o text")).json);
}

void TestOptions::orderDoesNotMatter()
{
    const Options options = optionsOf(QStringLiteral("-o json -n shop get --context prod pods"));
    QCOMPARE(options.command, QStringLiteral("get"));
    QCOMPARE(options.arguments, QStringList{QStringLiteral("pods")});
    QCOMPARE(options.nameSpace, QStringLiteral("shop"));
    QCOMPARE(options.context, QStringLiteral("prod"));
    QVERIFY(options.json);
}

void TestOptions::kindAndNameMayBeOneWord()
{
    QCOMPARE(optionsOf(QStringLiteral("get pod/web-1")).arguments,
             (QStringList{QStringLiteral("pod"), QStringLiteral("web-1")}));
}

void TestOptions::helpAndVersionAreAnsweredWithoutACommand()
{
    for (const QString& line : {QStringLiteral("--help"), QStringLiteral("-h"), QStringLiteral("tree --help")}) {
        const Parsed parsed = parse(line);
        QCOMPARE(parsed.outcome, Parsed::Outcome::Text);
        for (const char* word : {"contexts", "tree", "get", "--kubeconfig", "--context", "--timeout"})
            QVERIFY2(parsed.text.contains(QLatin1String(word)), word);
    }
    const Parsed version = parse(QStringLiteral("--version"));
    QCOMPARE(version.outcome, Parsed::Outcome::Text);
    QCOMPARE(version.text.trimmed(), QStringLiteral("alidadectl " ALIDADE_VERSION));
}

void TestOptions::usageErrors_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("names"); // what the sentence must name
    QTest::newRow("nothing") << ""
                             << "--help";
    QTest::newRow("no command") << "-o json"
                                << "--help";
    QTest::newRow("unknown command") << "frobnicate"
                                     << "frobnicate";
    QTest::newRow("unknown option") << "tree --colour"
                                    << "colour";
    QTest::newRow("option without its value") << "tree --context"
                                              << "context";
    QTest::newRow("output format") << "tree -o yaml"
                                   << "yaml";
    QTest::newRow("language") << "tree --lang fr"
                              << "fr";
    QTest::newRow("empty language") << "tree --lang="
                                    << "zh_CN";
    QTest::newRow("timeout no number") << "tree --timeout soon"
                                       << "soon";
    QTest::newRow("timeout zero") << "tree --timeout 0"
                                  << "0";
    QTest::newRow("timeout negative") << "tree --timeout=-3"
                                      << "-3";
    QTest::newRow("timeout not finite") << "tree --timeout nan"
                                        << "nan";
    QTest::newRow("timeout too long") << "tree --timeout 1e9"
                                      << "1e9";
    QTest::newRow("one namespace and all") << "get pods -n shop -A"
                                           << "-A";
    QTest::newRow("tree with an argument") << "tree pods"
                                           << "tree";
    QTest::newRow("contexts with an argument") << "contexts prod"
                                               << "contexts";
    QTest::newRow("get without a kind") << "get"
                                        << "get";
    QTest::newRow("get with three words") << "get pods a b"
                                          << "get";
    QTest::newRow("kind without its name") << "get pods/"
                                           << "get";
    QTest::newRow("name without its kind") << "get /web-1"
                                           << "get";
    QTest::newRow("one object everywhere") << "get pods web-1 -A"
                                           << "-n";
}

void TestOptions::usageErrors()
{
    QFETCH(QString, line);
    QFETCH(QString, names);
    const Parsed parsed = parse(line);
    QCOMPARE(parsed.outcome, Parsed::Outcome::Usage);
    QVERIFY2(parsed.text.contains(names), qPrintable(parsed.text));
    QVERIFY2(!parsed.text.trimmed().contains(QLatin1Char('\n')), "one sentence");
}

QTEST_GUILESS_MAIN(TestOptions)
#include "tst_options.moc"
