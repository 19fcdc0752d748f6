// The connection doctor against servers with one fault each: which step fails, what is found, and a fix that can be
// carried out.

#include "tests/support/certificates.h"
#include "tests/support/program.h"
#include "tests/support/scriptedproxy.h"
#include "tests/support/scriptedserver.h"

#include <QDateTime>
#include <QLocale>
#include <QScopeGuard>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <atomic>
#include <future>
#include <thread>

using support::AskedRequest;
using support::Outcome;
using support::ScriptedAnswer;
using support::ScriptedServer;

namespace {

ScriptedAnswer wellBehaved(const AskedRequest& asked)
{
    const QByteArray path = asked.target.split('?').front();
    if (path == "/api")
        return ScriptedAnswer::whole(200, R"({"kind":"APIVersions","versions":["v1"]})");
    if (path == "/version")
        return ScriptedAnswer::whole(200, R"({"gitVersion":"v1.30.0"})");
    if (path.endsWith("/selfsubjectreviews"))
        return ScriptedAnswer::whole(201, R"({"status":{"userInfo":{"username":"clerk"}}})");
    if (path.endsWith("/selfsubjectaccessreviews"))
        return ScriptedAnswer::whole(201, R"({"status":{"allowed":true}})");
    if (path == "/livez" || path == "/readyz")
        return ScriptedAnswer::whole(200, "ok");
    return ScriptedAnswer::whole(404, R"({"kind":"Status","code":404,"reason":"NotFound","message":"none"})");
}

ScriptedServer::Script always(int code, const char* reason, const char* message)
{
    return [=](const AskedRequest&) {
        return ScriptedAnswer::whole(code, QByteArray(R"({"kind":"Status","status":"Failure","reason":")") + reason +
                                               R"(","message":")" + message + R"(","code":)" +
                                               QByteArray::number(code) + "}");
    };
}

/// A JWT whose claims say no more than when it ends.
QByteArray tokenUntil(qint64 seconds)
{
    const auto part = [](const QByteArray& json) {
        return json.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    };
    return part(R"({"alg":"none"})") + '.' + part(R"({"exp":)" + QByteArray::number(seconds) + '}') +
           ".secretsignature";
}

} // namespace

class TestDoctor : public QObject {
    Q_OBJECT
private slots:
    void nothingIsFoundWhereNothingIsWrong();
    void aCertificateOfAnotherNameOffersTheNameItHolds();
    void anUnknownAuthorityAsksForTheClustersCa();
    void nothingThatListensIsTheServersBusiness();
    void aServerThatNeverBeginsTlsIsNamed();
    void aRefusingProxyIsNamed();
    void anExpiredTokenSaysSinceWhen();
    void aRefusedCredentialIsToldFromAnExpiredOne();
    void whoMayDoNothingIsToldSo();
    void aPluginThatIsNotThereSaysWhereItWasLookedFor();
    void aLoginPageIsNoApiServer();
    void aServersCertificateThatEndedSaysWhen();
    void aClockThatIsWrongIsAWarning();
    void aNameThatNobodyKnowsIsTheResolversBusiness();
    void aPlainServerBehindHttpsIsTold();
    void theEnvironmentsProxyIsLookedAt();
    void anAddressThatIsNamedIsTheOneExamined();
    void whatCameInTimeIsReported();

private:
    /// The only finding of severity error, after the step failed.
    QJsonObject finding(const QByteArray& kubeconfig, const char* failedStep);
    QByteArray over(const ScriptedServer& server, const QByteArray& user = "token: t", const QByteArray& more = {})
    {
        return support::kubeconfigOf(server.url(),
                                     "certificate-authority-data: " + m_authority.authority().toBase64() + more, user);
    }
    ScriptedServer::Options tls(const char* names = "IP:127.0.0.1")
    {
        return {.tls = m_authority.serverTls(m_authority.server(QLatin1String(names)))};
    }
    support::Program m_program;
    support::Certificates m_authority;
};

QJsonObject TestDoctor::finding(const QByteArray& kubeconfig, const char* failedStep)
{
    const Outcome outcome = m_program.run({QStringLiteral("check"), QStringLiteral("endpoints"), QStringLiteral("-o"),
                                           QStringLiteral("json"), QStringLiteral("--kubeconfig"),
                                           m_program.file(QStringLiteral("config"), kubeconfig)});
    if (outcome.exit != 1 || outcome.out.contains("secretsignature") || outcome.err.contains("secretsignature"))
        qFatal("exit %d: %s%s", outcome.exit, outcome.err.constData(), outcome.out.constData());
    bool failed = false;
    const QJsonObject report = outcome.object();
    for (const QJsonValue step : report[QLatin1String("guides")][0][QLatin1String("steps")].toArray())
        failed = failed || (step[QLatin1String("id")].toString() == QLatin1String(failedStep) &&
                            step[QLatin1String("result")].toString() == QLatin1String("fail"));
    if (!failed)
        qFatal("step %s did not fail: %s", failedStep, outcome.out.constData());
    for (const QJsonValue each : report[QLatin1String("findings")].toArray())
        if (each[QLatin1String("severity")].toString() == QLatin1String("error"))
            return each.toObject();
    qFatal("no finding: %s", outcome.out.constData());
}

#define COMPARE_ID(found, id) QCOMPARE((found)[QLatin1String("id")].toString(), QStringLiteral(id))
#define COMMAND(found) (found)[QLatin1String("fix")][QLatin1String("command")].toString()

void TestDoctor::nothingIsFoundWhereNothingIsWrong()
{
    const ScriptedServer server(wellBehaved, tls());
    const Outcome outcome = m_program.run({QStringLiteral("check"), QStringLiteral("endpoints"), QStringLiteral("-o"),
                                           QStringLiteral("json"), QStringLiteral("--kubeconfig"),
                                           m_program.file(QStringLiteral("config"), over(server))});
    QVERIFY2(outcome.exit == 0, outcome.out.constData());
    QVERIFY(outcome.object()[QLatin1String("findings")].toArray().isEmpty());
    QVERIFY(outcome.out.contains("clerk"));
}

void TestDoctor::aCertificateOfAnotherNameOffersTheNameItHolds()
{
    const ScriptedServer server(wellBehaved, tls("DNS:kubernetes,DNS:master-1,IP:10.0.0.1"));
    const QJsonObject found = finding(over(server), "tls");
    COMPARE_ID(found, "certificateNameMismatch");
    QVERIFY2(COMMAND(found).contains(QLatin1String("--tls-server-name=kubernetes")), qPrintable(COMMAND(found)));
    QVERIFY(found[QLatin1String("cause")].toString().contains(QLatin1String("10.0.0.1")));
    QVERIFY2(server.askedCount() == 0, "no request goes to who is not verified");
    const Outcome mended = m_program.run(
        {QStringLiteral("check"), QStringLiteral("endpoints"), QStringLiteral("--kubeconfig"),
         m_program.file(QStringLiteral("mended"), over(server, "token: t", ", tls-server-name: kubernetes"))});
    QVERIFY2(mended.exit == 0, mended.out.constData());
}

void TestDoctor::anUnknownAuthorityAsksForTheClustersCa()
{
    const support::Certificates other(QStringLiteral("another-ca"));
    const ScriptedServer server(wellBehaved, {.tls = other.serverTls(other.server(QStringLiteral("IP:127.0.0.1")))});
    const QJsonObject found = finding(over(server), "tls");
    COMPARE_ID(found, "certificateUntrusted");
    QVERIFY(COMMAND(found).contains(QLatin1String("--certificate-authority")));
    QVERIFY(found[QLatin1String("cause")].toString().contains(QLatin1String("another-ca")));
}

void TestDoctor::nothingThatListensIsTheServersBusiness()
{
    QByteArray kubeconfig;
    {
        const ScriptedServer gone(wellBehaved, tls());
        kubeconfig = over(gone);
    }
    COMPARE_ID(finding(kubeconfig, "tcp"), "connectionRefused");
}

void TestDoctor::aServerThatNeverBeginsTlsIsNamed()
{
    ScriptedServer::Options options = tls();
    options.neverTls = true;
    const ScriptedServer server(wellBehaved, options);
    COMPARE_ID(finding(over(server), "tls"), "tlsSilence");
}

void TestDoctor::aRefusingProxyIsNamed()
{
    const support::ScriptedProxy proxy(403);
    const ScriptedServer server(wellBehaved, tls());
    const QByteArray address = "http://127.0.0.1:" + QByteArray::number(proxy.port());
    const QJsonObject found = finding(over(server, "token: t", ", proxy-url: '" + address + "'"), "proxy");
    COMPARE_ID(found, "proxyRefuses");
    QVERIFY(found[QLatin1String("cause")].toString().contains(QLatin1String(address)));
}

void TestDoctor::anExpiredTokenSaysSinceWhen()
{
    const ScriptedServer server(always(401, "Unauthorized", "Unauthorized"), tls());
    const QJsonObject found = finding(over(server, "token: " + tokenUntil(1'700'000'000)), "credential");
    COMPARE_ID(found, "tokenExpired");
    QVERIFY(found[QLatin1String("cause")].toString().contains(QLatin1String("2023-11-14")));
}

void TestDoctor::aRefusedCredentialIsToldFromAnExpiredOne()
{
    const ScriptedServer server(always(401, "Unauthorized", "Unauthorized"), tls());
    COMPARE_ID(finding(over(server, "token: " + tokenUntil(9'000'000'000)), "credential"), "credentialRefused");
    COMPARE_ID(finding(over(server, {}), "credential"), "noCredential");
}

void TestDoctor::whoMayDoNothingIsToldSo()
{
    const ScriptedServer server(always(403, "Forbidden", R"(forbidden: User \"clerk\" cannot get path \"/api\")"),
                                tls());
    const QJsonObject found = finding(over(server), "authorisation");
    COMPARE_ID(found, "forbidden");
    QVERIFY2(COMMAND(found).endsWith(QLatin1String("--user clerk")), qPrintable(COMMAND(found)));
}

void TestDoctor::aPluginThatIsNotThereSaysWhereItWasLookedFor()
{
    const QJsonObject found =
        finding(support::kubeconfigOf(QStringLiteral("https://127.0.0.1:1"), {},
                                      "exec: {apiVersion: client.authentication.k8s.io/v1, command: no-such-plugin, "
                                      "interactiveMode: Never, installHint: 'see the handbook'}"),
                "exec");
    COMPARE_ID(found, "execMissing");
    QVERIFY(!found[QLatin1String("evidence")].toArray().isEmpty());
    QVERIFY(found[QLatin1String("fix")][QLatin1String("steps")].toArray().contains(QStringLiteral("see the handbook")));
}

void TestDoctor::aLoginPageIsNoApiServer()
{
    const ScriptedServer server(
        [](const AskedRequest&) {
            return ScriptedAnswer::whole(200, "<!DOCTYPE html><html>Sign in</html>", {{"Content-Type", "text/html"}});
        },
        tls());
    COMPARE_ID(finding(over(server), "health"), "notAnApiServer");
}

void TestDoctor::aServersCertificateThatEndedSaysWhen()
{
    const ScriptedServer server(wellBehaved,
                                {.tls = m_authority.serverTls(m_authority.server(QStringLiteral("IP:127.0.0.1"), 0))});
    QTest::qWait(1'500); // it ends with the second in which it was made
    const QJsonObject found = finding(over(server), "tls");
    COMPARE_ID(found, "certificateExpired");
    QVERIFY(found[QLatin1String("cause")].toString().contains(
        QDateTime::currentDateTimeUtc().date().toString(Qt::ISODate).left(7)));
}

void TestDoctor::aClockThatIsWrongIsAWarning()
{
    const ScriptedServer server(
        [](const AskedRequest& asked) {
            ScriptedAnswer answer = wellBehaved(asked);
            QByteArray& bytes = answer.pieces.front().bytes;
            const QByteArray date = QLocale::c()
                                        .toString(QDateTime::currentDateTimeUtc().addSecs(-3600),
                                                  QStringLiteral("ddd, dd MMM yyyy HH:mm:ss"))
                                        .toLatin1() +
                                    " GMT";
            bytes.insert(bytes.indexOf("\r\n") + 2, "Date: " + date + "\r\n");
            return answer;
        },
        tls());
    const Outcome outcome = m_program.run({QStringLiteral("check"), QStringLiteral("endpoints"), QStringLiteral("-o"),
                                           QStringLiteral("json"), QStringLiteral("--kubeconfig"),
                                           m_program.file(QStringLiteral("config"), over(server))});
    QVERIFY2(outcome.exit == 0, outcome.out.constData());
    const QJsonArray findings = outcome.object()[QLatin1String("findings")].toArray();
    QCOMPARE(findings.size(), 1);
    COMPARE_ID(findings[0].toObject(), "clockSkew");
    QCOMPARE(findings[0][QLatin1String("severity")].toString(), QStringLiteral("warning"));
}

void TestDoctor::aNameThatNobodyKnowsIsTheResolversBusiness()
{
    const QJsonObject found =
        finding(support::kubeconfigOf(QStringLiteral("https://no-such-master.invalid:6443"), {}, "token: t"), "dns");
    COMPARE_ID(found, "nameNotFound");
    QVERIFY(found[QLatin1String("cause")].toString().contains(QLatin1String("no-such-master.invalid")));
}

void TestDoctor::aPlainServerBehindHttpsIsTold()
{
    // As a web server answers what is no request to it.
    std::promise<quint16> port;
    std::atomic<bool> isOver = false;
    std::thread plain([&] {
        QTcpServer server;
        server.listen(QHostAddress::LocalHost);
        port.set_value(server.serverPort());
        while (!isOver) {
            if (!server.hasPendingConnections() && !server.waitForNewConnection(50))
                continue;
            const std::unique_ptr<QTcpSocket> socket(server.nextPendingConnection());
            socket->waitForReadyRead(1'000);
            socket->write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n400 Bad Request");
            socket->disconnectFromHost();
            if (socket->state() != QAbstractSocket::UnconnectedState)
                socket->waitForDisconnected(1'000);
        }
    });
    const auto end = qScopeGuard([&] {
        isOver = true;
        plain.join();
    });
    const QByteArray url = "https://127.0.0.1:" + QByteArray::number(port.get_future().get());
    const QJsonObject found =
        finding(support::kubeconfigOf(QString::fromLatin1(url),
                                      "certificate-authority-data: " + m_authority.authority().toBase64(), "token: t"),
                "tls");
    COMPARE_ID(found, "notTls");
}

void TestDoctor::theEnvironmentsProxyIsLookedAt()
{
    const support::ScriptedProxy proxy(403);
    const QString address = QStringLiteral("http://127.0.0.1:%1").arg(proxy.port());
    support::Program behind;
    behind.set(QStringLiteral("HTTPS_PROXY"), address);
    // 127.0.0.1 itself never goes over the environment's proxy.
    const QString config = behind.file(QStringLiteral("config"),
                                       support::kubeconfigOf(QStringLiteral("https://192.0.2.1:6443"), {}, "token: t"));
    const auto check = [&] {
        return behind
            .run({QStringLiteral("check"), QStringLiteral("endpoints"), QStringLiteral("-o"), QStringLiteral("json"),
                  QStringLiteral("--timeout"), QStringLiteral("5"), QStringLiteral("--kubeconfig"), config})
            .object();
    };
    const QJsonObject found = check()[QLatin1String("findings")][0].toObject();
    COMPARE_ID(found, "proxyRefuses");
    QVERIFY(found[QLatin1String("cause")].toString().contains(address));
    behind.set(QStringLiteral("NO_PROXY"), QStringLiteral("192.0.2.0/24"));
    for (const QJsonValue step : check()[QLatin1String("guides")][0][QLatin1String("steps")].toArray())
        if (step[QLatin1String("id")].toString() == QLatin1String("proxy"))
            QVERIFY(step[QLatin1String("detail")].toString().contains(QLatin1String("NO_PROXY")));
}

void TestDoctor::anAddressThatIsNamedIsTheOneExamined()
{
    const ScriptedServer well(wellBehaved, tls());
    QByteArray dead;
    {
        const ScriptedServer gone(wellBehaved, tls());
        dead = gone.url().toUtf8();
    }
    const auto check = [&](const QByteArray& server, const QString& endpoint) {
        QByteArray config = over(well);
        config.replace(well.url().toUtf8(), server);
        return m_program.run({QStringLiteral("check"), QStringLiteral("endpoints"), QStringLiteral("--endpoint"),
                              endpoint, QStringLiteral("-o"), QStringLiteral("json"), QStringLiteral("--kubeconfig"),
                              m_program.file(QStringLiteral("config"), config)});
    };
    const Outcome outcome = check(well.url().toUtf8(), QString::fromLatin1(dead));
    QCOMPARE(outcome.exit, 1);
    COMPARE_ID(outcome.object()[QLatin1String("findings")][0].toObject(), "connectionRefused");
    QCOMPARE(check(well.url().toUtf8(), QStringLiteral("real:7")).exit, 6);
}

void TestDoctor::whatCameInTimeIsReported()
{
    const ScriptedServer mute([](const AskedRequest&) { return ScriptedAnswer::silence(); }, tls());
    const Outcome outcome =
        m_program.run({QStringLiteral("check"), QStringLiteral("endpoints"), QStringLiteral("--timeout"),
                       QStringLiteral("1"), QStringLiteral("-o"), QStringLiteral("json"),
                       QStringLiteral("--kubeconfig"), m_program.file(QStringLiteral("config"), over(mute))});
    const QJsonObject report = outcome.object();
    QCOMPARE(report[QLatin1String("guides")][0][QLatin1String("steps")][0][QLatin1String("result")].toString(),
             QStringLiteral("pass"));
    QVERIFY2(outcome.err.contains("time is up"), outcome.err.constData());
    QCOMPARE(outcome.exit, 1);
}

QTEST_GUILESS_MAIN(TestDoctor)
#include "tst_doctor.moc"
