// The connection doctor against servers with one fault each: which step fails, what is found, and a fix that can be
// carried out.

#include "tests/support/certificates.h"
#include "tests/support/program.h"
#include "tests/support/scriptedproxy.h"
#include "tests/support/scriptedserver.h"

#include <QTest>

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

QTEST_GUILESS_MAIN(TestDoctor)
#include "tst_doctor.moc"
