// A look at one address: each stage for itself, and no credential to whom it is not owed.

#include "app/kube/probe.h"
#include "tests/support/certificates.h"
#include "tests/support/scriptedserver.h"

#include <QTcpServer>
#include <QTest>

using endpoint::ProbeResult;
using endpoint::Stage;
using support::ScriptedAnswer;

class TestProbe : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_ours = std::make_unique<support::Certificates>(); }
    void allStagesOfAHealthyAddress();
    void theStageThatFailsIsNamed();
    void offersANameThatTheCertificateHolds();
    void aStrangersCertificateGetsNoCredential();
    void anotherClusterIsRefused();
    void whatCannotBeToldIsForThePerson();
    void anExpiredCertificateIsNamed();
    void aServerThatHangsIsNamed();
    void aServerThatIsNotReadyIsNamed();
    void anAddressThatFailsNowAndThen();

private:
    static ScriptedAnswer healthy(const support::AskedRequest& asked, const char* uid = "uid-1");
    std::unique_ptr<support::ScriptedServer> serve(const support::Certificates& by, const QString& names,
                                                   support::ScriptedServer::Script script, int days = 30);
    ProbeResult probe(const QString& url, bool own = false, bool assume = false, bool withAuthority = true);

    std::unique_ptr<support::Certificates> m_ours;
    transport::Journal m_journal;
};

ScriptedAnswer TestProbe::healthy(const support::AskedRequest& asked, const char* uid)
{
    const support::HeaderList headers{{"Date", "Sun, 22 Nov 2020 10:00:00 GMT"}};
    if (asked.target == "/version")
        return ScriptedAnswer::whole(200, R"({"gitVersion":"v1.30.1"})", headers);
    if (asked.target.startsWith("/api/v1/namespaces/kube-system"))
        return asked.hasHeader("Authorization")
                   ? ScriptedAnswer::whole(200, QByteArray(R"({"metadata":{"uid":")") + uid + R"("}})", headers)
                   : ScriptedAnswer::whole(403, R"({"kind":"Status","code":403,"reason":"Forbidden"})", headers);
    return ScriptedAnswer::whole(200, "[+]ping ok\nok", headers);
}

std::unique_ptr<support::ScriptedServer> TestProbe::serve(const support::Certificates& by, const QString& names,
                                                          support::ScriptedServer::Script script, int days)
{
    support::ScriptedServer::Options options;
    options.tls = by.serverTls(by.server(names, days));
    return std::make_unique<support::ScriptedServer>(std::move(script), options);
}

ProbeResult TestProbe::probe(const QString& url, bool own, bool assume, bool withAuthority)
{
    config::Context context;
    context.user.token = QStringLiteral("secret");
    kube::ProbeOptions options;
    options.own.url = own ? QUrl(url) : QUrl(QStringLiteral("https://127.0.0.1:1"));
    if (withAuthority)
        options.own.certificateAuthority = m_ours->authority();
    else
        options.own.insecureSkipTlsVerify = true;
    options.connect = transport::connectAs(context, &m_journal, {.allowInsecureToken = true});
    options.clusterUid = QStringLiteral("uid-1");
    options.assumeSameCluster = assume;
    options.patience = std::chrono::seconds(2);
    const auto call =
        kube::probe({.type = endpoint::AddressType::Real, .url = QUrl(url), .sources = {}, .serverName = {}}, options);
    if (!QTest::qWaitFor([&] { return call.future.isFinished(); }, 30'000) || !call.future.result())
        qFatal("the probe gave no answer");
    return *call.future.result();
}

void TestProbe::allStagesOfAHealthyAddress()
{
    const auto server = serve(*m_ours, QStringLiteral("IP:127.0.0.1,DNS:kubernetes"),
                              [](const support::AskedRequest& asked) { return healthy(asked); });
    const ProbeResult result = probe(server->url());
    for (const Stage stage : endpoint::AllStages) {
        QCOMPARE(result.at(stage).ok, std::optional(true));
        QVERIFY(result.at(stage).ms >= 0);
    }
    QVERIFY(result.isWell());
    QCOMPARE(result.sameCluster, std::optional(true));
    QCOMPARE(result.version, QStringLiteral("v1.30.1"));
    QCOMPARE(result.certificate->sans, (QStringList{QStringLiteral("kubernetes"), QStringLiteral("127.0.0.1")}));
    QCOMPARE(result.certificate->isOfCluster, std::optional(true));
    QVERIFY(result.skewMs < -86'400'000LL * 365);
    QVERIFY(result.latency && result.latency->medianMs <= result.latency->maxMs);
    QVERIFY(!kube::refusalOf(result, false));
}

void TestProbe::theStageThatFailsIsNamed()
{
    quint16 closed = 0;
    {
        QTcpServer nobody;
        QVERIFY(nobody.listen(QHostAddress::LocalHost));
        closed = nobody.serverPort();
    }
    ProbeResult result = probe(QStringLiteral("https://127.0.0.1:%1").arg(closed));
    QCOMPARE(result.failure(), std::optional(Stage::Tcp));
    QCOMPARE(result.at(Stage::Tcp).error.reason, QStringLiteral("refused"));
    QVERIFY(!result.at(Stage::Tls).ok && !result.at(Stage::Livez).ok);
    QVERIFY(!result.answers());
    result = probe(QStringLiteral("https://no-such-host.invalid:6443"));
    QCOMPARE(result.failure(), std::optional(Stage::Resolve));
}

void TestProbe::offersANameThatTheCertificateHolds()
{
    const auto server = serve(*m_ours, QStringLiteral("DNS:kubernetes,DNS:localhost"),
                              [](const support::AskedRequest& asked) { return healthy(asked); });
    const ProbeResult result = probe(server->url());
    QCOMPARE(result.failure(), std::optional(Stage::Tls));
    QCOMPARE(result.at(Stage::Tls).error.reason, QStringLiteral("certificateNameMismatch"));
    QCOMPARE(result.offeredServerName, QStringLiteral("kubernetes"));
    QCOMPARE(server->askedCount(), std::size_t(0));
    QCOMPARE(kube::refusalOf(result, true)->reason, QStringLiteral("certificateNameMismatch"));
}

void TestProbe::aStrangersCertificateGetsNoCredential()
{
    const support::Certificates stranger(QStringLiteral("stranger"));
    const auto server = serve(stranger, QStringLiteral("IP:127.0.0.1"),
                              [](const support::AskedRequest& asked) { return healthy(asked); });
    const ProbeResult result = probe(server->url(), false, true);
    QCOMPARE(result.failure(), std::optional(Stage::Tls));
    QCOMPARE(result.certificate->isOfCluster, std::optional(false));
    QCOMPARE(result.sameCluster, std::optional(false));
    QCOMPARE(result.offeredServerName, QString());
    QCOMPARE(server->askedCount(), std::size_t(0));
    QCOMPARE(kube::refusalOf(result, true)->reason, QStringLiteral("otherCluster"));
}

void TestProbe::anotherClusterIsRefused()
{
    const auto server = serve(*m_ours, QStringLiteral("IP:127.0.0.1"),
                              [](const support::AskedRequest& asked) { return healthy(asked, "uid-2"); });
    const ProbeResult result = probe(server->url());
    QVERIFY(!result.failure());
    QCOMPARE(result.sameCluster, std::optional(false));
    QCOMPARE(kube::refusalOf(result, true)->reason, QStringLiteral("otherCluster"));
}

void TestProbe::whatCannotBeToldIsForThePerson()
{
    const auto server = serve(*m_ours, QStringLiteral("IP:127.0.0.1"),
                              [](const support::AskedRequest& asked) { return healthy(asked); });
    // Nothing says whose certificates are the cluster's: asked as nobody.
    const ProbeResult result = probe(server->url(), false, false, false);
    QVERIFY(result.answers());
    QCOMPARE(result.sameCluster, std::nullopt);
    for (const auto& asked : server->asked())
        QVERIFY2(!asked.hasHeader("Authorization"), asked.target.constData());
    QCOMPARE(kube::refusalOf(result, false)->reason, QStringLiteral("sameClusterUnknown"));
    QVERIFY(!kube::refusalOf(result, true));
    // The person has decided: then the cluster itself can tell.
    QCOMPARE(probe(server->url(), false, true, false).sameCluster, std::optional(true));
    // The kubeconfig's own server is asked with its own credential anyway.
    QCOMPARE(probe(server->url(), true, false, false).sameCluster, std::optional(true));
}

void TestProbe::anExpiredCertificateIsNamed()
{
    const auto server = serve(
        *m_ours, QStringLiteral("IP:127.0.0.1"), [](const support::AskedRequest& asked) { return healthy(asked); }, -1);
    const ProbeResult result = probe(server->url());
    QCOMPARE(result.at(Stage::Tls).error.reason, QStringLiteral("certificateExpired"));
    QVERIFY(result.certificate->notAfter < QDateTime::currentDateTimeUtc());
    QCOMPARE(result.sameCluster, std::nullopt);
}

void TestProbe::aServerThatHangsIsNamed()
{
    support::ScriptedServer::Options options;
    options.neverTls = true;
    const support::ScriptedServer silent([](const support::AskedRequest&) { return ScriptedAnswer::silence(); },
                                         options);
    const QString url = QStringLiteral("https://127.0.0.1:%1").arg(silent.port());
    ProbeResult result = probe(url);
    QCOMPARE(result.failure(), std::optional(Stage::Tls));
    QCOMPARE(result.at(Stage::Tls).error.kind, base::ErrorKind::Timeout);
    const auto mute = serve(*m_ours, QStringLiteral("IP:127.0.0.1"),
                            [](const support::AskedRequest&) { return ScriptedAnswer::silence(); });
    result = probe(mute->url());
    QCOMPARE(result.failure(), std::optional(Stage::Livez));
    QCOMPARE(result.at(Stage::Livez).error.kind, base::ErrorKind::Timeout);
}

void TestProbe::aServerThatIsNotReadyIsNamed()
{
    const auto server = serve(*m_ours, QStringLiteral("IP:127.0.0.1"), [](const support::AskedRequest& asked) {
        return asked.target.startsWith("/readyz")
                   ? ScriptedAnswer::whole(500, "[+]ping ok\n[-]etcd failed: reason withheld\nreadyz check failed\n")
                   : healthy(asked);
    });
    const ProbeResult result = probe(server->url());
    QCOMPARE(result.failure(), std::optional(Stage::Readyz));
    QCOMPARE(result.failingChecks, QStringList{QStringLiteral("etcd")});
    QVERIFY(result.answers());
    QVERIFY(!result.isWell());
    QVERIFY(!kube::refusalOf(result, false)); // it answers: a person may choose it
}

void TestProbe::anAddressThatFailsNowAndThen()
{
    const auto server = serve(*m_ours, QStringLiteral("IP:127.0.0.1"),
                              [](const support::AskedRequest& asked) { return healthy(asked); });
    // A front that lets every second connection in.
    QTcpServer front;
    QVERIFY(front.listen(QHostAddress::LocalHost));
    int number = 0;
    connect(&front, &QTcpServer::newConnection, this, [&] {
        QTcpSocket* client = front.nextPendingConnection();
        if (number++ % 2 == 0) {
            client->abort();
            return;
        }
        auto* behind = new QTcpSocket(client);
        connect(client, &QTcpSocket::readyRead, behind, [=] { behind->write(client->readAll()); });
        connect(behind, &QTcpSocket::readyRead, client, [=] { client->write(behind->readAll()); });
        connect(behind, &QTcpSocket::connected, behind, [=] { behind->write(client->readAll()); });
        behind->connectToHost(QHostAddress::LocalHost, server->port());
    });
    const ProbeResult result = probe(QStringLiteral("https://127.0.0.1:%1").arg(front.serverPort()));
    QCOMPARE(result.attempts.tried, 4);
    QCOMPARE(result.attempts.failed, 2);
    QCOMPARE(result.at(Stage::Tls).ok, std::optional(true));
    QVERIFY(result.answers());
    QVERIFY(!result.isWell());
}

QTEST_GUILESS_MAIN(TestProbe)
#include "tst_probe.moc"
