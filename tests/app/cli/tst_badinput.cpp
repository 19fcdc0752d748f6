// Bad input, as a person meets it: one clear sentence that names the file and the place, in both languages, and every
// other context goes on working.

#include "tests/support/certificates.h"
#include "tests/support/program.h"
#include "tests/support/scriptedserver.h"

#include <QRegularExpression>
#include <QTest>

using support::AskedRequest;
using support::Outcome;
using support::ScriptedAnswer;
using support::ScriptedServer;

namespace {

/// Ten lists of ten of the list before: 10^10 values in half a kilobyte.
QByteArray aliasBomb()
{
    QByteArray text = "apiVersion: v1\nkind: Config\na: &a [x, x, x, x, x, x, x, x, x, x]\n";
    for (char c = 'b'; c < 'k'; ++c) {
        const QByteArray before(1, static_cast<char>(c - 1));
        text += QByteArray(1, c) + ": &" + QByteArray(1, c) + " [";
        for (int i = 0; i < 10; ++i)
            text += (i ? ", *" : "*") + before;
        text += "]\n";
    }
    return text + "contexts: *j\n";
}

ScriptedAnswer emptyServer(const AskedRequest& asked)
{
    if (asked.target == "/api" || asked.target.startsWith("/api?"))
        return ScriptedAnswer::whole(200, R"({"kind":"APIVersions","versions":["v1"]})");
    if (asked.target.startsWith("/apis"))
        return ScriptedAnswer::whole(200, R"({"kind":"APIGroupList","groups":[]})");
    return ScriptedAnswer::whole(
        200, R"({"kind":"APIResourceList","groupVersion":"v1","resources":[],"gitVersion":"v1.30.0"})");
}

const QString English = QStringLiteral("en");
const QString Chinese = QStringLiteral("zh_CN");

bool hasHan(const QString& text)
{
    static const QRegularExpression han(QStringLiteral("[\\x{3400}-\\x{9fff}]"));
    return han.match(text).hasMatch();
}

} // namespace

class TestBadInput : public QObject {
    Q_OBJECT
private slots:
    void aBrokenFileIsOneSentenceWithItsPlace_data();
    void aBrokenFileIsOneSentenceWithItsPlace();
    void aBrokenEntryIsOneSentence_data();
    void aBrokenEntryIsOneSentence();
    void anUnknownContextIsOneSentence();
    void theDoctorNamesWhatIsWrongWithTheFile();

private:
    support::Program m_program;
};

void TestBadInput::aBrokenFileIsOneSentenceWithItsPlace_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("place"); // as the English sentence tells it; empty: the whole file
    QTest::newRow("a brace that is not closed")
        << QByteArray("apiVersion: v1\nkind: Config\nclusters:\n- name: c\n  cluster: {server: x\ncontexts: []\n")
        << "line 6";
    QTest::newRow("a tab for an indent")
        << QByteArray("apiVersion: v1\nkind: Config\nclusters:\n- name: c\n  cluster:\n\tserver: x\n")
        << "line 6, column 2";
    QTest::newRow("a text where a list belongs")
        << QByteArray("apiVersion: v1\nkind: Config\nclusters: hello\n") << "line 3, column 11";
    QTest::newRow("no base64")
        << QByteArray("apiVersion: v1\nkind: Config\nusers:\n- name: u\n  user: {client-key-data: '%%%'}\n")
        << "line 5";
    QTest::newRow("two of one name")
        << QByteArray("apiVersion: v1\nkind: Config\nusers: [{name: u, user: {}}, {name: u, user: {}}]\n") << "line 3";
    QTest::newRow("another kind") << QByteArray("apiVersion: v1\nkind: Pod\nmetadata: {name: x}\n") << "line 1";
    QTest::newRow("an alias bomb") << aliasBomb() << "line ";
    QTest::newRow("nested without an end") << "a: " + QByteArray(100'000, '[') << "line 1";
    QTest::newRow("no text") << QByteArray("\xff\xfe\x00\x01", 4) << "";
    QTest::newRow("100 MB") << "apiVersion: v1\n# " + QByteArray(100 << 20, 'x') + "\n"
                            << "";
}

void TestBadInput::aBrokenFileIsOneSentenceWithItsPlace()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, place);
    const ScriptedServer server(emptyServer);
    const QString good = m_program.file(QStringLiteral("good"), support::kubeconfigOf(server.url()));
    const QString bad = m_program.file(QStringLiteral("bad"), content);
    const QByteArray both = (good + QLatin1Char(':') + bad).toUtf8();
    for (const QString& language : {English, Chinese}) {
        const Outcome listed = m_program.run({QStringLiteral("contexts"), QStringLiteral("--lang"), language}, both);
        QCOMPARE(listed.exit, 1);
        QVERIFY2(listed.out.contains("here"), "the other file's context is there");
        QCOMPARE(listed.err.count('\n'), 1);
        QVERIFY2(listed.err.contains(bad.toUtf8()), listed.err.constData());
        QCOMPARE(hasHan(listed.said()), language == Chinese);
        if (language == English)
            QVERIFY2(listed.said().contains(place), listed.err.constData());
        QVERIFY2(listed.peakBytes < 400LL << 20, qPrintable(QString::number(listed.peakBytes)));
        const Outcome alone = m_program.run(
            {QStringLiteral("tree"), QStringLiteral("--kubeconfig"), bad, QStringLiteral("--lang"), language});
        QCOMPARE(alone.exit, 3);
        QCOMPARE(alone.out, QByteArray());
        QCOMPARE(alone.err.count('\n'), 1);
        QVERIFY2(alone.err.contains(bad.toUtf8()), alone.err.constData());
    }
    const Outcome tree = m_program.run({QStringLiteral("tree")}, both);
    QVERIFY2(tree.exit == 0, tree.err.constData());
}

void TestBadInput::aBrokenEntryIsOneSentence_data()
{
    QTest::addColumn<QByteArray>("cluster");
    QTest::addColumn<QByteArray>("user");
    QTest::addColumn<QByteArray>("named"); // what the sentence has to name
    const support::Certificates authority;
    const auto mine = authority.client(QStringLiteral("me"));
    const auto other = authority.client(QStringLiteral("you"));
    const auto pair = [](const QByteArray& certificate, const QByteArray& key) {
        return "client-certificate-data: " + certificate.toBase64() + ", client-key-data: " + key.toBase64();
    };
    QTest::newRow("a CA file that is not there") << QByteArray("certificate-authority: /no/such/ca.crt")
                                                 << QByteArray("token: t") << QByteArray("/no/such/ca.crt");
    QTest::newRow("a certificate file that is not there")
        << QByteArray() << "client-certificate: /no/such/me.crt, client-key-data: " + mine.key.toBase64()
        << QByteArray("/no/such/me.crt");
    QTest::newRow("a token file that is not there")
        << QByteArray() << QByteArray("tokenFile: /no/such/token") << QByteArray("/no/such/token");
    QTest::newRow("a key of another certificate") << QByteArray() << pair(mine.certificate, other.key) << QByteArray();
    QTest::newRow("no certificate in it")
        << QByteArray() << pair("hello", mine.key) << QByteArray("client-certificate-data");
}

void TestBadInput::aBrokenEntryIsOneSentence()
{
    QFETCH(QByteArray, cluster);
    QFETCH(QByteArray, user);
    QFETCH(QByteArray, named);
    const ScriptedServer server(emptyServer);
    const QByteArray good = support::kubeconfigOf(server.url());
    const QByteArray bad = support::kubeconfigOf(QStringLiteral("https://127.0.0.1:1"), cluster, user)
                               .replace("name: here", "name: broken")
                               .replace("name: c,", "name: c2,")
                               .replace("name: u,", "name: u2,")
                               .replace("cluster: c,", "cluster: c2,")
                               .replace("user: u,", "user: u2,")
                               .replace("current-context: here\n", "");
    const QByteArray both =
        (m_program.file(QStringLiteral("good"), good) + QLatin1Char(':') + m_program.file(QStringLiteral("bad"), bad))
            .toUtf8();
    for (const QString& language : {English, Chinese}) {
        const QStringList words{QStringLiteral("--lang"), language};
        const Outcome listed = m_program.run(QStringList{QStringLiteral("contexts")} + words, both);
        QCOMPARE(listed.exit, 0);
        QCOMPARE(listed.err.count('\n'), 1);
        QVERIFY2(listed.err.startsWith(language == Chinese ? "broken：" : "broken: ") && listed.err.contains(named),
                 listed.err.constData());
        QCOMPARE(hasHan(listed.said()), language == Chinese);
        const Outcome refused = m_program.run(
            QStringList{QStringLiteral("tree"), QStringLiteral("--context"), QStringLiteral("broken")} + words, both);
        QCOMPARE(refused.exit, 3);
        QCOMPARE(refused.err.count('\n'), 1);
        QVERIFY2(refused.err.contains(named), refused.err.constData());
        QCOMPARE(m_program.run(QStringList{QStringLiteral("tree")} + words, both).exit, 0);
    }
}

void TestBadInput::anUnknownContextIsOneSentence()
{
    const ScriptedServer server(emptyServer);
    const QString file = m_program.file(QStringLiteral("good"), support::kubeconfigOf(server.url()));
    for (const QString& language : {English, Chinese}) {
        const Outcome outcome =
            m_program.run({QStringLiteral("tree"), QStringLiteral("--kubeconfig"), file, QStringLiteral("--context"),
                           QStringLiteral("moon"), QStringLiteral("--lang"), language});
        QCOMPARE(outcome.exit, 3);
        QCOMPARE(outcome.err.count('\n'), 1);
        QVERIFY2(outcome.err.contains("moon"), outcome.err.constData());
        QCOMPARE(hasHan(outcome.said()), language == Chinese);
    }
}

void TestBadInput::theDoctorNamesWhatIsWrongWithTheFile()
{
    const auto findings = [this](const QByteArray& content, const QStringList& more = {}) {
        const QString file = m_program.file(QStringLiteral("config"), content);
        const Outcome outcome =
            m_program.run(QStringList{QStringLiteral("check"), QStringLiteral("endpoints"), QStringLiteral("-o"),
                                      QStringLiteral("json"), QStringLiteral("--kubeconfig"), file} +
                          more);
        if (outcome.exit != 1)
            qFatal("exit %d: %s", outcome.exit, outcome.err.constData());
        return outcome.object()[QLatin1String("findings")].toArray();
    };
    const QJsonArray yaml = findings("clusters: {a\nb");
    QCOMPARE(yaml.size(), 1);
    QCOMPARE(yaml[0][QLatin1String("id")].toString(), QStringLiteral("yamlInvalid"));
    QVERIFY(yaml[0][QLatin1String("fix")][QLatin1String("title")].toString().contains(QLatin1Char(':')));
    const QJsonArray context = findings(support::kubeconfigOf(QStringLiteral("https://127.0.0.1:1")),
                                        {QStringLiteral("--context"), QStringLiteral("heer")});
    QCOMPARE(context[0][QLatin1String("id")].toString(), QStringLiteral("contextMissing"));
    QVERIFY(context[0][QLatin1String("fix")][QLatin1String("title")].toString().contains(QLatin1String("here")));
    const QJsonArray ca = findings(
        support::kubeconfigOf(QStringLiteral("https://127.0.0.1:1"), "certificate-authority: /no/such/ca.crt"));
    QCOMPARE(ca[0][QLatin1String("id")].toString(), QStringLiteral("caUnreadable"));
}

QTEST_GUILESS_MAIN(TestBadInput)
#include "tst_badinput.moc"
