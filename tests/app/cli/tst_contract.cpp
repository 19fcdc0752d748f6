// alidadectl as the program that others start: what stands on stdout, what on stderr, and the exit codes.

#include "tests/support/fixture.h"
#include "tests/support/scriptedserver.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using support::AskedRequest;
using support::ScriptedAnswer;
using support::ScriptedServer;

namespace {

constexpr auto Secret = "not-for-showing-8c1f";

struct Outcome {
    int exit = -1;
    QByteArray out;
    QByteArray err;
    QJsonObject object() const { return QJsonDocument::fromJson(out).object(); }
    QJsonArray array() const { return QJsonDocument::fromJson(out).array(); }
};

QStringList sorted(QStringList list)
{
    list.sort();
    return list;
}

/// An APIServer of two kinds: its discovery, and what else it answers.
ScriptedServer::Script apiServer(std::function<ScriptedAnswer(const AskedRequest&)> rest)
{
    return [rest = std::move(rest)](const AskedRequest& asked) {
        const QByteArray path = asked.target.split('?').front();
        if (path == "/api")
            return ScriptedAnswer::whole(200, R"({"kind":"APIVersions","versions":["v1"]})");
        if (path == "/apis")
            return ScriptedAnswer::whole(200, R"({"kind":"APIGroupList","groups":[]})");
        if (path == "/api/v1")
            return ScriptedAnswer::whole(200, R"({"kind":"APIResourceList","groupVersion":"v1","resources":[
                {"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod","shortNames":["po"],
                 "verbs":["get","list","watch"]},
                {"name":"nodes","singularName":"node","namespaced":false,"kind":"Node","verbs":["get","list"]}]})");
        return rest(asked);
    };
}

ScriptedAnswer status(int code, const char* reason)
{
    const QString body = QStringLiteral(R"({"kind":"Status","apiVersion":"v1","status":"Failure",
        "message":"what the server said","reason":"%1","code":%2})");
    return ScriptedAnswer::whole(code, body.arg(QLatin1String(reason)).arg(code).toUtf8(),
                                 {{"Content-Type", "application/json"}});
}

} // namespace

class TestContract : public QObject {
    Q_OBJECT
private slots:
    void helpAndVersionGoToStdout();
    void usageErrorsExitWithTwo_data();
    void usageErrorsExitWithTwo();
    void contextsHaveTheFieldsOfTheContract();
    void contextsAsTextMarkTheCurrentOne();
    void contextsCarryTheMarksAndClustersOfTheSettings();
    void whatIsReadAllTheSameIsSaid();
    void credentialsAreNeverPrinted();
    void whatAKubeconfigNamesCannotDriveATerminal();
    void aBrokenKubeconfigIsSaid();
    void aMissingKubeconfigIsSaid();
    void anUnknownContextExitsWithThree();
    void anErrorIsASentenceAndAnObject();
    void aSilentServerIsGivenUp();
    void whatTheServerRefusesHasItsExitCode_data();
    void whatTheServerRefusesHasItsExitCode();
    void aKindThatIsNotServedExitsWithSix();
    void tablesHaveTheFieldsOfTheContract();
    void oneObjectIsPrintedAsItIsServed();

private:
    Outcome run(const QStringList& arguments, const QByteArray& kubeconfigVariable = {});
    QString kubeconfigFor(const QString& server);
    QTemporaryDir m_home;
};

Outcome TestContract::run(const QStringList& arguments, const QByteArray& kubeconfigVariable)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name :
         {"DISPLAY", "WAYLAND_DISPLAY", "LANG", "LANGUAGE", "HTTPS_PROXY", "https_proxy", "XDG_CONFIG_HOME"})
        environment.remove(QLatin1String(name));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    environment.insert(QStringLiteral("HOME"), m_home.path());
    environment.insert(QStringLiteral("KUBECONFIG"), QString::fromUtf8(kubeconfigVariable));
    process.setProcessEnvironment(environment);
    process.start(QCoreApplication::applicationDirPath() + QStringLiteral("/alidadectl"), arguments);
    if (!process.waitForFinished(60'000))
        qFatal("alidadectl did not end: %s", qPrintable(process.errorString()));
    if (process.exitStatus() != QProcess::NormalExit)
        qFatal("alidadectl crashed: %s", process.readAllStandardError().constData());
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QString TestContract::kubeconfigFor(const QString& server)
{
    QFile file(m_home.filePath(QStringLiteral("server.conf")));
    if (!file.open(QFile::WriteOnly))
        qFatal("%s", qPrintable(file.errorString()));
    file.write(QStringLiteral("apiVersion: v1\nkind: Config\ncurrent-context: here\n"
                              "clusters: [{name: c, cluster: {server: '%1'}}]\nusers: [{name: u, user: {}}]\n"
                              "contexts: [{name: here, context: {cluster: c, user: u, namespace: shop}}]\n")
                   .arg(server)
                   .toUtf8());
    return file.fileName();
}

void TestContract::helpAndVersionGoToStdout()
{
    for (const QString& option : {QStringLiteral("--help"), QStringLiteral("--version")}) {
        const Outcome outcome = run({option});
        QCOMPARE(outcome.exit, 0);
        QVERIFY(outcome.out.contains("alidadectl") || outcome.out.contains("Usage"));
        QCOMPARE(outcome.err, QByteArray());
    }
}

void TestContract::usageErrorsExitWithTwo_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("nothing") << QStringList();
    QTest::newRow("unknown command") << QStringList{QStringLiteral("frobnicate")};
    QTest::newRow("unknown option") << QStringList{QStringLiteral("tree"), QStringLiteral("--frobnicate")};
    QTest::newRow("unknown format") << QStringList{QStringLiteral("tree"), QStringLiteral("-o"), QStringLiteral("xml")};
}

void TestContract::usageErrorsExitWithTwo()
{
    QFETCH(QStringList, arguments);
    const Outcome outcome = run(arguments);
    QCOMPARE(outcome.exit, 2);
    QCOMPARE(outcome.out, QByteArray());
    QVERIFY(!outcome.err.trimmed().isEmpty());
}

void TestContract::contextsHaveTheFieldsOfTheContract()
{
    const QString file = support::fixturePath(QStringLiteral("cli/kubeconfig"));
    const Outcome outcome =
        run({QStringLiteral("contexts"), QStringLiteral("-o"), QStringLiteral("json")}, file.toUtf8());
    QCOMPARE(outcome.exit, 0);
    QCOMPARE(outcome.err, QByteArray());
    const QJsonArray contexts = outcome.array();
    QCOMPARE(contexts.size(), 3);
    for (const QJsonValue& context : contexts)
        QCOMPARE(sorted(context.toObject().keys()),
                 sorted({QStringLiteral("name"), QStringLiteral("file"), QStringLiteral("cluster"),
                         QStringLiteral("server"), QStringLiteral("user"), QStringLiteral("auth"),
                         QStringLiteral("namespace"), QStringLiteral("current"), QStringLiteral("readOnly"),
                         QStringLiteral("problems"), QStringLiteral("production"),
                         QStringLiteral("insecureSkipTlsVerify"), QStringLiteral("addresses")}));
    const QJsonObject shop = contexts[0].toObject();
    QCOMPARE(shop[QLatin1String("name")].toString(), QStringLiteral("shop"));
    QCOMPARE(shop[QLatin1String("file")].toString(), file);
    QCOMPARE(shop[QLatin1String("cluster")].toString(), QStringLiteral("east"));
    QCOMPARE(shop[QLatin1String("server")].toString(), QStringLiteral("https://192.0.2.10:6443"));
    QCOMPARE(shop[QLatin1String("user")].toString(), QStringLiteral("clerk"));
    QCOMPARE(shop[QLatin1String("auth")].toString(), QStringLiteral("token"));
    QCOMPARE(shop[QLatin1String("namespace")].toString(), QStringLiteral("shop"));
    QCOMPARE(shop[QLatin1String("current")].toBool(), true);
    const QJsonObject store = contexts[1].toObject();
    QCOMPARE(store[QLatin1String("server")].toString(), QStringLiteral("https://192.0.2.20:6443/prefix"));
    QCOMPARE(store[QLatin1String("auth")].toString(), QStringLiteral("none"));
    QCOMPARE(store[QLatin1String("namespace")].toString(), QStringLiteral("default"));
    QCOMPARE(store[QLatin1String("current")].toBool(), false);
    const QJsonArray problems = contexts[2].toObject()[QLatin1String("problems")].toArray();
    QCOMPARE(problems.size(), 1);
    QCOMPARE(problems[0].toObject()[QLatin1String("id")].toString(), QStringLiteral("userMissing"));
    QVERIFY(problems[0].toObject()[QLatin1String("message")].toString().contains(QLatin1String("stranger")));
}

void TestContract::contextsAsTextMarkTheCurrentOne()
{
    const QString file = support::fixturePath(QStringLiteral("cli/kubeconfig"));
    const Outcome outcome = run({QStringLiteral("contexts"), QStringLiteral("--kubeconfig"), file});
    QCOMPARE(outcome.exit, 0);
    const QList<QByteArray> lines = outcome.out.split('\n');
    QVERIFY(lines[0].startsWith("CURRENT   NAME"));
    QVERIFY(lines[1].startsWith("*         shop"));
    QVERIFY(lines[2].startsWith("          store"));
    QVERIFY2(outcome.err.contains("lost: ") && outcome.err.contains("stranger"), outcome.err.constData());
}

void TestContract::contextsCarryTheMarksAndClustersOfTheSettings()
{
    const QString settings = m_home.filePath(QStringLiteral(".config/alidade/clusters.json"));
    QVERIFY(QDir().mkpath(QFileInfo(settings).path()));
    QFile file(settings);
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(R"({"version": 1, "profiles": [{"id": "7a1f", "name": "by-hand", "signIn": "token", "production": true,
        "addresses": [{"type": "Real", "url": "https://192.0.2.30:6443"},
                      {"type": "Advertise", "url": "https://192.0.2.31:6443"}]}]})");
    file.close();
    const QByteArray variable = support::fixturePath(QStringLiteral("cli/kubeconfig")).toUtf8();
    const Outcome outcome = run({QStringLiteral("contexts"), QStringLiteral("-o"), QStringLiteral("json")}, variable);
    const QJsonObject byHand = outcome.array().last().toObject();
    QCOMPARE(byHand[QLatin1String("name")].toString(), QStringLiteral("by-hand"));
    QCOMPARE(byHand[QLatin1String("server")].toString(), QStringLiteral("https://192.0.2.30:6443"));
    QCOMPARE(byHand[QLatin1String("auth")].toString(), QStringLiteral("token"));
    QVERIFY(byHand[QLatin1String("production")].toBool());
    QVERIFY(byHand[QLatin1String("readOnly")].toBool());
    QCOMPARE(byHand[QLatin1String("addresses")].toArray()[1].toObject()[QLatin1String("type")].toString(),
             QStringLiteral("Advertise"));
    QVERIFY(!outcome.array().first().toObject()[QLatin1String("readOnly")].toBool());
    // Its token lies in the keychain: it is not asked without.
    const Outcome asked = run({QStringLiteral("tree"), QStringLiteral("--context"), QStringLiteral("by-hand"),
                               QStringLiteral("-o"), QStringLiteral("json")},
                              variable);
    QCOMPARE(asked.exit, 3);
    QCOMPARE(asked.object()[QLatin1String("error")].toObject()[QLatin1String("reason")].toString(),
             QStringLiteral("secretNotRead"));
    QVERIFY(QFile::remove(settings));
}

void TestContract::whatIsReadAllTheSameIsSaid()
{
    QFile file(m_home.filePath(QStringLiteral("twice.conf")));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write("current-context: a\ncurrent-context: b\n");
    file.close();
    const Outcome outcome = run({QStringLiteral("contexts")}, file.fileName().toUtf8());
    QVERIFY2(outcome.err.contains("current-context") && outcome.err.contains("twice.conf:2"), outcome.err.constData());
    QCOMPARE(outcome.exit, 0);
}

void TestContract::credentialsAreNeverPrinted()
{
    const QString file = support::fixturePath(QStringLiteral("cli/kubeconfig"));
    for (const QStringList& arguments :
         {QStringList{QStringLiteral("contexts")},
          QStringList{QStringLiteral("contexts"), QStringLiteral("-o"), QStringLiteral("json")},
          QStringList{QStringLiteral("tree"), QStringLiteral("-o"), QStringLiteral("json")}}) {
        const Outcome outcome = run(arguments + QStringList{QStringLiteral("--kubeconfig"), file,
                                                            QStringLiteral("--timeout"), QStringLiteral("2")});
        QVERIFY(!outcome.out.contains(Secret));
        QVERIFY(!outcome.err.contains(Secret));
    }
}

void TestContract::whatAKubeconfigNamesCannotDriveATerminal()
{
    const QString file = support::fixturePath(QStringLiteral("cli/hostile"));
    for (const QStringList& arguments :
         {QStringList{QStringLiteral("contexts")},
          QStringList{QStringLiteral("contexts"), QStringLiteral("-o"), QStringLiteral("json")}}) {
        const Outcome outcome = run(arguments + QStringList{QStringLiteral("--kubeconfig"), file});
        QVERIFY(outcome.out.contains("red"));
        for (const char* control : {"\x1b", "\a"}) {
            QVERIFY(!outcome.out.contains(control));
            QVERIFY(!outcome.err.contains(control));
        }
    }
    QCOMPARE(run({QStringLiteral("contexts"), QStringLiteral("--kubeconfig"), file}).out.count('\n'), 2);
}

void TestContract::aBrokenKubeconfigIsSaid()
{
    const QString file = support::fixturePath(QStringLiteral("cli/broken"));
    const Outcome contexts = run({QStringLiteral("contexts"), QStringLiteral("--kubeconfig"), file});
    QCOMPARE(contexts.exit, 1);
    QVERIFY2(contexts.err.contains(file.toUtf8()), contexts.err.constData());
    const Outcome tree = run(
        {QStringLiteral("tree"), QStringLiteral("-o"), QStringLiteral("json"), QStringLiteral("--kubeconfig"), file});
    QCOMPARE(tree.exit, 3);
    QCOMPARE(tree.object()[QLatin1String("error")].toObject()[QLatin1String("kind")].toString(),
             QStringLiteral("badConfig"));
}

void TestContract::aMissingKubeconfigIsSaid()
{
    const QString file = m_home.filePath(QStringLiteral("nowhere"));
    const Outcome outcome = run({QStringLiteral("tree"), QStringLiteral("--kubeconfig"), file});
    QCOMPARE(outcome.exit, 3);
    QCOMPARE(outcome.out, QByteArray());
    QVERIFY2(outcome.err.contains(file.toUtf8()), outcome.err.constData());
    const Outcome none = run({QStringLiteral("tree")}); // a home without .kube/config
    QCOMPARE(none.exit, 3);
    QVERIFY(!none.err.trimmed().isEmpty());
}

void TestContract::anUnknownContextExitsWithThree()
{
    const QString file = support::fixturePath(QStringLiteral("cli/kubeconfig"));
    const Outcome outcome = run({QStringLiteral("tree"), QStringLiteral("--context"), QStringLiteral("moon"),
                                 QStringLiteral("--kubeconfig"), file});
    QCOMPARE(outcome.exit, 3);
    QVERIFY2(outcome.err.contains("moon"), outcome.err.constData());
    const Outcome blocked = run({QStringLiteral("tree"), QStringLiteral("--context"), QStringLiteral("lost"),
                                 QStringLiteral("--kubeconfig"), file});
    QCOMPARE(blocked.exit, 3);
    QVERIFY2(blocked.err.contains("stranger"), blocked.err.constData());
}

void TestContract::anErrorIsASentenceAndAnObject()
{
    QString url;
    {
        const ScriptedServer gone([](const AskedRequest&) { return ScriptedAnswer::hangUp(); });
        url = gone.url();
    }
    const QString file = kubeconfigFor(url);
    const Outcome outcome = run(
        {QStringLiteral("tree"), QStringLiteral("-o"), QStringLiteral("json"), QStringLiteral("--kubeconfig"), file});
    QCOMPARE(outcome.exit, 3);
    const QJsonObject error = outcome.object()[QLatin1String("error")].toObject();
    QCOMPARE(sorted(error.keys()),
             sorted({QStringLiteral("kind"), QStringLiteral("httpStatus"), QStringLiteral("reason"),
                     QStringLiteral("message"), QStringLiteral("advice")}));
    QCOMPARE(error[QLatin1String("kind")].toString(), QStringLiteral("network"));
    QVERIFY(error[QLatin1String("httpStatus")].isNull());
    QVERIFY(error[QLatin1String("message")].toString().contains(url.mid(url.indexOf(QLatin1String("127")))));
    QCOMPARE(outcome.err.count('\n'), 1);
    QVERIFY(QString::fromUtf8(outcome.err).startsWith(error[QLatin1String("message")].toString()));
    QCOMPARE(run({QStringLiteral("tree"), QStringLiteral("--kubeconfig"), file}).out, QByteArray());
}

void TestContract::aSilentServerIsGivenUp()
{
    const ScriptedServer server([](const AskedRequest&) { return ScriptedAnswer::silence(); });
    const Outcome outcome =
        run({QStringLiteral("tree"), QStringLiteral("-o"), QStringLiteral("json"), QStringLiteral("--timeout"),
             QStringLiteral("1"), QStringLiteral("--kubeconfig"), kubeconfigFor(server.url())});
    QCOMPARE(outcome.exit, 3);
    QCOMPARE(outcome.object()[QLatin1String("error")].toObject()[QLatin1String("kind")].toString(),
             QStringLiteral("timeout"));
}

void TestContract::whatTheServerRefusesHasItsExitCode_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("exit");
    QTest::newRow("401") << 401 << QByteArray("Unauthorized") << "unauthorized" << 3;
    QTest::newRow("403") << 403 << QByteArray("Forbidden") << "forbidden" << 4;
    QTest::newRow("404") << 404 << QByteArray("NotFound") << "notFound" << 6;
    QTest::newRow("409") << 409 << QByteArray("Conflict") << "conflict" << 5;
    QTest::newRow("500") << 500 << QByteArray("InternalError") << "server" << 1;
}

void TestContract::whatTheServerRefusesHasItsExitCode()
{
    QFETCH(int, code);
    QFETCH(QByteArray, reason);
    QFETCH(QString, kind);
    QFETCH(int, exit);
    const ScriptedServer server(apiServer([&](const AskedRequest&) { return status(code, reason.constData()); }));
    const QStringList arguments{QStringLiteral("get"), QStringLiteral("pod"), QStringLiteral("web-1"),
                                QStringLiteral("--kubeconfig"), kubeconfigFor(server.url())};
    const Outcome text = run(arguments);
    QCOMPARE(text.exit, exit);
    QCOMPARE(text.out, QByteArray());
    const Outcome json = run(arguments + QStringList{QStringLiteral("-o"), QStringLiteral("json")});
    QCOMPARE(json.exit, exit);
    const QJsonObject error = json.object()[QLatin1String("error")].toObject();
    QCOMPARE(error[QLatin1String("kind")].toString(), kind);
    QCOMPARE(error[QLatin1String("httpStatus")].toInt(), code);
    QCOMPARE(server.asked().back().target, QByteArray("/api/v1/namespaces/shop/pods/web-1"));
}

void TestContract::aKindThatIsNotServedExitsWithSix()
{
    const ScriptedServer server(apiServer([](const AskedRequest&) { return status(404, "NotFound"); }));
    const Outcome outcome = run({QStringLiteral("get"), QStringLiteral("unicorns"), QStringLiteral("-o"),
                                 QStringLiteral("json"), QStringLiteral("--kubeconfig"), kubeconfigFor(server.url())});
    QCOMPARE(outcome.exit, 6);
    const QJsonObject error = outcome.object()[QLatin1String("error")].toObject();
    QCOMPARE(error[QLatin1String("reason")].toString(), QStringLiteral("kindNotServed"));
    QVERIFY(error[QLatin1String("message")].toString().contains(QLatin1String("unicorns")));
}

void TestContract::tablesHaveTheFieldsOfTheContract()
{
    const QByteArray table = R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"7"},
        "columnDefinitions":[{"name":"Name","type":"string","format":"name","priority":0},
                             {"name":"Restarts","type":"integer","format":"","priority":0},
                             {"name":"IP","type":"string","format":"","priority":1}],
        "rows":[{"cells":["web-\u001b1",3,null],"object":{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1",
            "metadata":{"name":"web-1","namespace":"shop","uid":"f3b5c8aa-0000-4000-8000-000000000001"}}}]})";
    const ScriptedServer server(apiServer([&](const AskedRequest&) { return ScriptedAnswer::whole(200, table); }));
    const QString file = kubeconfigFor(server.url());
    const Outcome outcome = run({QStringLiteral("get"), QStringLiteral("po"), QStringLiteral("-o"),
                                 QStringLiteral("json"), QStringLiteral("--kubeconfig"), file});
    QCOMPARE(outcome.exit, 0);
    const QJsonObject printed = outcome.object();
    QCOMPARE(sorted(printed.keys()), (QStringList{QStringLiteral("columns"), QStringLiteral("rows")}));
    const QJsonObject column = printed[QLatin1String("columns")].toArray()[1].toObject();
    QCOMPARE(sorted(column.keys()),
             (QStringList{QStringLiteral("name"), QStringLiteral("priority"), QStringLiteral("type")}));
    QCOMPARE(column[QLatin1String("type")].toString(), QStringLiteral("integer"));
    const QJsonObject row = printed[QLatin1String("rows")].toArray()[0].toObject();
    const QJsonObject ref = row[QLatin1String("ref")].toObject();
    QCOMPARE(sorted(ref.keys()),
             (QStringList{QStringLiteral("apiVersion"), QStringLiteral("kind"), QStringLiteral("name"),
                          QStringLiteral("namespace"), QStringLiteral("uid")}));
    QCOMPARE(ref[QLatin1String("kind")].toString(), QStringLiteral("Pod"));
    QCOMPARE(ref[QLatin1String("namespace")].toString(), QStringLiteral("shop"));
    QCOMPARE(row[QLatin1String("cells")].toArray()[1].toInt(), 3);
    QVERIFY2(row[QLatin1String("cells")].toArray()[2].isNull(), "unknown is null");
    const Outcome text = run({QStringLiteral("get"), QStringLiteral("po"), QStringLiteral("--kubeconfig"), file});
    QCOMPARE(text.exit, 0);
    QVERIFY(text.out.startsWith("NAME"));
    QVERIFY2(!text.out.contains('\x1b'), "what a cluster sends cannot drive a terminal");
    QVERIFY2(!text.out.contains("IP"), "columns of less weight are left out, as kubectl does it");
}

void TestContract::oneObjectIsPrintedAsItIsServed()
{
    const QByteArray object =
        R"({"kind":"Node","apiVersion":"v1","metadata":{"name":"n1"},"unheardOf":{"a":[1,2.50]}})";
    const ScriptedServer server(apiServer([&](const AskedRequest&) { return ScriptedAnswer::whole(200, object); }));
    const Outcome outcome = run({QStringLiteral("get"), QStringLiteral("node/n1"), QStringLiteral("-o"),
                                 QStringLiteral("json"), QStringLiteral("--kubeconfig"), kubeconfigFor(server.url())});
    QCOMPARE(outcome.exit, 0);
    QCOMPARE(outcome.object(), QJsonDocument::fromJson(object).object());
    QCOMPARE(server.asked().back().target, QByteArray("/api/v1/nodes/n1"));
}

QTEST_GUILESS_MAIN(TestContract)
#include "tst_contract.moc"
