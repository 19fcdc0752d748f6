// A server that means harm, against the whole program: it does not crash, its memory stays within bounds, no credential
// goes elsewhere, and what was sent is shown as text.

#include "tests/support/certificates.h"
#include "tests/support/floodserver.h"
#include "tests/support/program.h"
#include "tests/support/scriptedserver.h"

#include <QRegularExpression>
#include <QTest>

using support::AskedRequest;
using support::FloodServer;
using support::httpAnswer;
using support::Outcome;
using support::ScriptedAnswer;
using support::ScriptedServer;

namespace {

// Generous; a flood is a gigabyte, a bomb two. A sanitizer keeps shadows, and what was freed, beside it.
#ifdef __SANITIZE_ADDRESS__
constexpr qint64 MostMemory = 1'600LL << 20;
#else
constexpr qint64 MostMemory = 600LL << 20;
#endif
const QByteArray Api = R"({"kind":"APIVersions","versions":["v1"]})";
const QByteArray NoGroups = R"({"kind":"APIGroupList","groups":[]})";
const QByteArray Version = R"({"major":"1","minor":"30","gitVersion":"v1.30.0"})";
const QByteArray Kinds = R"({"kind":"APIResourceList","groupVersion":"v1","resources":[
    {"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod","shortNames":["po"],"verbs":["get","list","watch"]}]})";

/// Escape sequences, a bell, overrides of direction, a lone carriage return, NUL, and markup.
const QByteArray Nasty = R"(\u001b[31mred\u001b]0;title\u0007 \u202egpj.exe\u2066 \u009b2J \rlost \u0000end <b>x</b>)";

QByteArray answerOfAnApiServer(const QByteArray& target)
{
    const QByteArray path = target.split('?').front();
    if (path == "/api")
        return Api;
    if (path == "/apis")
        return NoGroups;
    if (path == "/api/v1")
        return Kinds;
    if (path == "/version")
        return Version;
    return {};
}

/// True where a terminal would obey something, or a reader would be misled.
bool steers(const QByteArray& bytes)
{
    const QString text = QString::fromUtf8(bytes);
    static const QRegularExpression control(QStringLiteral(
        "[\\x{0}-\\x{8}\\x{b}-\\x{1f}\\x{7f}-\\x{9f}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}\\x{200e}\\x{200f}]"));
    return control.match(text).hasMatch();
}

const QList<QStringList> Commands{
    {QStringLiteral("tree")},
    {QStringLiteral("tree"), QStringLiteral("-o"), QStringLiteral("json")},
    {QStringLiteral("get"), QStringLiteral("pods")},
    {QStringLiteral("get"), QStringLiteral("pods"), QStringLiteral("-o"), QStringLiteral("json")},
    {QStringLiteral("get"), QStringLiteral("pod"), QStringLiteral("web")},
    {QStringLiteral("check"), QStringLiteral("endpoints")},
    {QStringLiteral("check"), QStringLiteral("endpoints"), QStringLiteral("-o"), QStringLiteral("html")},
};

} // namespace

class TestHostile : public QObject {
    Q_OBJECT
private slots:
    void aRedirectionIsNotFollowed_data();
    void aRedirectionIsNotFollowed();
    void aFloodIsBounded_data();
    void aFloodIsBounded();
    void aGzipBombIsBounded();
    void whatIsNoAnswerIsSaid_data();
    void whatIsNoAnswerIsSaid();
    void namesAreShownAsText();
    void errorMessagesAreShownAsText();

private:
    Outcome run(const QStringList& arguments, const QString& file, const char* timeout = "20")
    {
        return m_program.run(arguments + QStringList{QStringLiteral("--kubeconfig"), file, QStringLiteral("--timeout"),
                                                     QLatin1String(timeout)});
    }
    support::Program m_program;
};

void TestHostile::aRedirectionIsNotFollowed_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {301, 302, 303, 307, 308})
        QTest::addRow("%d", status) << status;
}

void TestHostile::aRedirectionIsNotFollowed()
{
    QFETCH(int, status);
    const support::Certificates authority;
    const auto tls = authority.serverTls(authority.server(QStringLiteral("IP:127.0.0.1")));
    // The other one is a server of the same authority: nothing but our own care keeps the token from it.
    const ScriptedServer other([](const AskedRequest&) { return ScriptedAnswer::whole(200, Api); }, {.tls = tls});
    const ScriptedServer server(
        [&](const AskedRequest& asked) {
            return ScriptedAnswer::whole(status, "<a href=x>moved</a>",
                                         {{"Location", other.url().toUtf8() + asked.target}});
        },
        {.tls = tls});
    const auto client = authority.client(QStringLiteral("me"));
    const QString file = m_program.file(
        QStringLiteral("config"),
        support::kubeconfigOf(server.url(), "certificate-authority-data: " + authority.authority().toBase64(),
                              "token: not-for-others, client-certificate-data: " + client.certificate.toBase64() +
                                  ", client-key-data: " + client.key.toBase64()));
    const Outcome tree = run({QStringLiteral("tree"), QStringLiteral("-o"), QStringLiteral("json")}, file);
    QCOMPARE(tree.exit, 3);
    QCOMPARE(tree.object()[QLatin1String("error")][QLatin1String("kind")].toString(), QStringLiteral("redirect"));
    QCOMPARE(run({QStringLiteral("get"), QStringLiteral("pods")}, file).exit, 3);
    const Outcome check =
        run({QStringLiteral("check"), QStringLiteral("endpoints"), QStringLiteral("-o"), QStringLiteral("json")}, file);
    QCOMPARE(check.exit, 1);
    QVERIFY(server.askedCount() >= 3);
    QCOMPARE(other.connections(), 0);
    for (const Outcome* outcome : {&tree, &check})
        QVERIFY(!outcome->out.contains("not-for-others") && !outcome->err.contains("not-for-others"));
}

void TestHostile::aFloodIsBounded_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("repeated");
    const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n";
    const QByteArray letters(1 << 20, 'a');
    QTest::newRow("a head of one endless line") << QByteArray("HTTP/1.1 200 OK\r\nX: ") << letters;
    QTest::newRow("a head of endless lines")
        << QByteArray("HTTP/1.1 200 OK\r\n") << QByteArray("X: y\r\n").repeated(100'000);
    QTest::newRow("an endless status") << QByteArray("HTTP/1.1 200 ") << letters;
    QTest::newRow("one text of a gigabyte") << head + R"({"kind":"Table","items":[{"metadata":{"name":")" << letters;
    QTest::newRow("endless items") << head + R"({"kind":"PodList","metadata":{},"items":[)"
                                   << QByteArray(R"({"metadata":{"name":"a"}},)").repeated(40'000);
    QTest::newRow("endless blanks") << head << QByteArray(1 << 20, ' ');
    QTest::newRow("endless brackets") << head << QByteArray(1 << 20, '[');
    QTest::newRow("a refusal without an end") << QByteArray("HTTP/1.1 403 No\r\nConnection: close\r\n\r\n") << letters;
}

void TestHostile::aFloodIsBounded()
{
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, repeated);
    for (const bool everywhere : {true, false}) {
        const FloodServer server([&](const QByteArray& target) -> FloodServer::Answer {
            const QByteArray usual = answerOfAnApiServer(target);
            if (!everywhere && !usual.isEmpty())
                return {httpAnswer(usual, "Content-Type: application/json\r\n"), {}};
            return {first, repeated};
        });
        const QString file = m_program.file(QStringLiteral("config"), support::kubeconfigOf(server.url()));
        const QList<QStringList> asked = everywhere
                                             ? QList<QStringList>{{QStringLiteral("tree")}}
                                             : QList<QStringList>{{QStringLiteral("get"), QStringLiteral("pods")}};
        for (const QStringList& arguments : asked) {
            const Outcome outcome = run(arguments, file, "2");
            QVERIFY2(outcome.exit > 0 && outcome.exit < 8, outcome.err.constData());
            QVERIFY2(outcome.peakBytes < MostMemory, qPrintable(QString::number(outcome.peakBytes >> 20)));
            QVERIFY(outcome.peakBytes > 0);
            QVERIFY(outcome.out.size() + outcome.err.size() < 1 << 20);
        }
    }
}

void TestHostile::aGzipBombIsBounded()
{
    // Twenty members of 100 MB of blanks: two megabytes become two gigabytes.
    const QByteArray member = support::gzipped(QByteArray(100 << 20, ' '));
    const FloodServer server([&](const QByteArray& target) -> FloodServer::Answer {
        const QByteArray usual = answerOfAnApiServer(target);
        if (!usual.isEmpty())
            return {httpAnswer(usual), {}};
        return {
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n",
            member, 20 * static_cast<qint64>(member.size())};
    });
    const QString file = m_program.file(QStringLiteral("config"), support::kubeconfigOf(server.url()));
    const Outcome outcome = run({QStringLiteral("get"), QStringLiteral("pods")}, file);
    QVERIFY2(outcome.exit > 0, outcome.out.left(200).constData());
    QVERIFY2(outcome.peakBytes < MostMemory, qPrintable(QString::number(outcome.peakBytes >> 20)));
}

void TestHostile::whatIsNoAnswerIsSaid_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("HTML") << QByteArray("<!DOCTYPE html><html><body><script>alert(1)</script>Sign in</body></html>");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("NUL bytes") << QByteArray(4096, '\0');
    QTest::newRow("NUL in JSON") << QByteArray("{\"kind\":\"Pod\0List\",\"items\":[]}", 30);
    QTest::newRow("not UTF-8") << QByteArray("{\"kind\":\"\xff\xfe\xc0\x80\",\"items\":[]}");
    QTest::newRow("deep") << QByteArray(200'000, '[') + QByteArray(200'000, ']');
    QTest::newRow("deep objects") << QByteArray("{\"a\":").repeated(100'000) + "1" + QByteArray(100'000, '}');
    QTest::newRow("a number") << QByteArray("1e400");
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("a list") << QByteArray("[1,2,3]");
    QTest::newRow("wrong types") << QByteArray(
        R"({"kind":7,"versions":{"v1":[]},"groups":"x","resources":[3,null,{"name":[],"verbs":{}}],
                       "gitVersion":[],"metadata":[],"items":{"a":1},"columnDefinitions":5,"rows":"r","status":"s",
                       "message":{"a":[]},"code":"x"})");
    QTest::newRow("wrong types below") << QByteArray(
        R"({"kind":"Table","columnDefinitions":[{"name":7,"type":[],"priority":"x"},3],
                       "rows":[{"cells":{"a":1},"object":7},null,{"cells":[[],{},1e400,null]}],
                       "items":[{"metadata":7},{"metadata":{"name":[],"uid":{},"resourceVersion":3}},null,"x"]})");
}

void TestHostile::whatIsNoAnswerIsSaid()
{
    QFETCH(QByteArray, body);
    for (const bool everywhere : {true, false}) {
        const ScriptedServer server([&](const AskedRequest& asked) {
            const QByteArray usual = answerOfAnApiServer(asked.target);
            return ScriptedAnswer::whole(200, everywhere || usual.isEmpty() ? body : usual);
        });
        const QString file = m_program.file(QStringLiteral("config"), support::kubeconfigOf(server.url()));
        // What is hostile only to `get` is asked by it only.
        for (const QStringList& arguments : everywhere ? Commands : Commands.mid(2, 3)) {
            const Outcome outcome = run(arguments, file);
            QVERIFY2(outcome.exit >= 0 && outcome.exit < 8, outcome.err.constData());
            if (everywhere && arguments.front() == QLatin1String("check"))
                QCOMPARE(outcome.exit, 1);
            QVERIFY(!steers(outcome.out));
            QVERIFY(!steers(outcome.err));
            if (outcome.exit != 0)
                QVERIFY(!outcome.err.isEmpty() || !outcome.out.isEmpty());
        }
    }
}

void TestHostile::namesAreShownAsText()
{
    const QByteArray kinds = R"({"kind":"APIResourceList","groupVersion":"v1","resources":[
        {"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod)" +
                             Nasty + R"(","verbs":["get","list","watch"]},
        {"name":"n)" + Nasty +
                             R"(","namespaced":false,"kind":"K)" + Nasty + R"(","verbs":["list"]}]})";
    const QByteArray table = R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"7"},
        "columnDefinitions":[{"name":"Name)" +
                             Nasty + R"(","type":"string","format":"name","priority":0},
                             {"name":"Cell","type":")" +
                             Nasty + R"(","priority":0}],
        "rows":[{"cells":["web)" +
                             Nasty + R"(","c)" + Nasty + R"("],"object":{"kind":"PartialObjectMetadata",
            "metadata":{"name":"web)" +
                             Nasty + R"(","namespace":"s)" + Nasty + R"(","uid":")" + Nasty + R"("}}}]})";
    const ScriptedServer server([&](const AskedRequest& asked) {
        const QByteArray path = asked.target.split('?').front();
        if (path == "/api/v1")
            return ScriptedAnswer::whole(200, kinds);
        if (path == "/version")
            return ScriptedAnswer::whole(200, R"({"gitVersion":"v1.30.0)" + Nasty + R"("})");
        const QByteArray usual = answerOfAnApiServer(asked.target);
        return ScriptedAnswer::whole(200, usual.isEmpty() ? table : usual);
    });
    const QString file = m_program.file(QStringLiteral("config"), support::kubeconfigOf(server.url()));
    for (const QStringList& arguments : Commands) {
        const Outcome outcome = run(arguments, file);
        QVERIFY2(!steers(outcome.out), outcome.out.left(2000).constData());
        QVERIFY2(!steers(outcome.err), outcome.err.left(2000).constData());
    }
    const Outcome rows = run({QStringLiteral("get"), QStringLiteral("pods")}, file);
    QCOMPARE(rows.exit, 0);
    QCOMPARE(rows.out.count('\n'), 2);
    QVERIFY2(rows.out.contains("<b>x</b>"), rows.out.constData());
}

void TestHostile::errorMessagesAreShownAsText()
{
    const QByteArray status = R"({"kind":"Status","status":"Failure","reason":"R)" + Nasty + R"(","message":"m)" +
                              Nasty + R"(","details":{"causes":[{"field":"f)" + Nasty + R"(","message":"c)" + Nasty +
                              R"(","reason":"r)" + Nasty + R"("}]},"code":403})";
    for (const int code : {400, 401, 403, 429, 500}) {
        const ScriptedServer server([&](const AskedRequest&) {
            return ScriptedAnswer::whole(code, QByteArray(status).replace("403", QByteArray::number(code)));
        });
        const QString file = m_program.file(QStringLiteral("config"), support::kubeconfigOf(server.url()));
        for (const QStringList& arguments : {Commands[1], Commands[2], Commands[6]}) {
            const Outcome outcome = run(arguments, file);
            QVERIFY(outcome.exit > 0);
            QVERIFY2(!steers(outcome.out), outcome.out.left(2000).constData());
            QVERIFY2(!steers(outcome.err), outcome.err.left(2000).constData());
        }
    }
}

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_hostile.moc"
