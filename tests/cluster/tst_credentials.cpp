// Each way to sign in and each way to get there, against the real API server, which says who it thinks is asking.

#include "app/kube/json.h"
#include "app/transport/connect.h"
#include "app/transport/execidentity.h"
#include "tests/cluster/plane.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>

using namespace std::chrono_literals;

class TestCredentials : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void aCertificateOrATokenSignsIn_data();
    void aCertificateOrATokenSignsIn();
    void aTokenFileIsReadAgainWhenItsTokenIsRefused();
    void aProgramSignsIn_data();
    void aProgramSignsIn();
    void aProgramIsToldTheClusterWhenItAsks();
    void aProgramRunsAgainWhenItsTokenExpires();
    void fiftyCallsWithAnExpiredTokenCauseOneRun();
    void aProgramIsNotRunBeforeItIsAllowed();
    void whoToActAsArrivesWhole();
    void aProxyLeadsThere_data();
    void aProxyLeadsThere();
    void aProxyThatWantsALoginRefusesWithoutIt();
    void theEnvironmentSaysWhereAProxyIsUsed();
    void theNameInTheCertificateMayBeNamed();
    void anUnverifiedServerGetsNoTokenUnlessAllowed();

private:
    config::Context contextOf(const char* file) const;
    /// The user as whom the server sees this context; its error otherwise.
    base::Result<kube::Json> whoIs(const config::Context& context, transport::HttpTransport::Options options = {},
                                   const transport::ProxyEnvironment& proxies = {});
    static QString nameIn(const base::Result<kube::Json>& user);
    config::Context withProgram(const QByteArray& script);
    QByteArray read(const char* name) const;
    void write(const char* name, const QByteArray& text) const;

    QString m_folder; ///< of the kubeconfigs
    transport::Journal m_journal;
    std::unique_ptr<QTemporaryDir> m_own;
    std::unique_ptr<config::PluginConsents> m_consents;
    std::unique_ptr<transport::PluginHost> m_host;
};

namespace {

/// What a program prints to sign in with a token.
QByteArray credential(const QString& token, const QDateTime& expires = {})
{
    QJsonObject status{{QStringLiteral("token"), token}};
    if (expires.isValid())
        status[QStringLiteral("expirationTimestamp")] = expires.toString(Qt::ISODate);
    return QJsonDocument(QJsonObject{{QStringLiteral("kind"), QStringLiteral("ExecCredential")},
                                     {QStringLiteral("apiVersion"), QStringLiteral("client.authentication.k8s.io/v1")},
                                     {QStringLiteral("status"), status}})
        .toJson();
}

/// tests/cluster/proxy.py, for as long as this lives.
class Proxy {
public:
    explicit Proxy(const QString& login = {})
    {
        m_process.start(QStringLiteral("python3"), {QStringLiteral(ALIDADE_SOURCE "/tests/cluster/proxy.py"), login});
        while (!m_process.canReadLine())
            if (!m_process.waitForReadyRead(20'000))
                qFatal("the proxy does not start");
        m_port = m_process.readLine().trimmed().split(' ').value(1);
    }
    ~Proxy()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    Proxy(const Proxy&) = delete;
    Proxy& operator=(const Proxy&) = delete;

    QString url(const char* scheme, const char* login = "") const
    {
        return QLatin1String(scheme) + QStringLiteral("://") + QLatin1String(login) + QStringLiteral("127.0.0.1:") +
               QString::fromLatin1(m_port);
    }
    /// What it was asked, once it was.
    QByteArray asked()
    {
        if (!QTest::qWaitFor([this] { return m_process.canReadLine(); }, 20'000))
            qWarning("the proxy was not asked");
        return m_process.readAll();
    }
    bool wasAsked() { return m_process.waitForReadyRead(200); }

private:
    QProcess m_process;
    QByteArray m_port;
};

} // namespace

void TestCredentials::initTestCase()
{
    const QString file = qEnvironmentVariable("KUBECONFIG");
    if (file.isEmpty())
        qFatal("KUBECONFIG is not set: run this through script/cluster enter");
    m_folder = QFileInfo(file).absolutePath();
}

void TestCredentials::init()
{
    m_own = std::make_unique<QTemporaryDir>();
    m_consents = std::make_unique<config::PluginConsents>();
    m_consents->trustAll();
    m_host = std::make_unique<transport::PluginHost>(transport::PluginHost::Options{}, m_consents.get());
}

config::Context TestCredentials::contextOf(const char* file) const
{
    const auto kubeconfig = config::loadKubeconfig({m_folder + QLatin1Char('/') + QLatin1String(file)}, true);
    const auto context = kubeconfig.resolve();
    if (!context)
        qFatal("no context in %s", file);
    return *context;
}

base::Result<kube::Json> TestCredentials::whoIs(const config::Context& context,
                                                transport::HttpTransport::Options options,
                                                const transport::ProxyEnvironment& proxies)
{
    const auto endpoint = transport::endpointOf(context, proxies);
    if (!endpoint)
        return base::failure(endpoint.error());
    const auto transport =
        transport::connectAs(context, &m_journal, std::move(options), m_host.get())(*endpoint, transport::As::Self);
    if (!transport)
        return base::failure(transport.error());
    transport::Request review{.verb = "POST", .path = "/apis/authentication.k8s.io/v1/selfsubjectreviews"};
    review.headers.emplace_back("Content-Type", "application/json");
    review.body = R"({"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"})";
    auto answer = plane::answerOf(kube::Client(transport->get()).askJson(review));
    return answer ? base::Result<kube::Json>((*answer)["status"]["userInfo"]) : answer;
}

QString TestCredentials::nameIn(const base::Result<kube::Json>& user)
{
    return user ? QString::fromStdString((*user)["username"].get<std::string>())
                : base::idOf(user.error().kind) + QLatin1Char(' ') + user.error().reason;
}

QByteArray TestCredentials::read(const char* name) const
{
    QFile file(m_own->filePath(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestCredentials::write(const char* name, const QByteArray& text) const
{
    QFile file(m_own->filePath(QLatin1String(name)));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

config::Context TestCredentials::withProgram(const QByteArray& script)
{
    write("program", "#!/bin/sh\ncd '" + QFile::encodeName(m_own->path()) + "'\necho run >> runs\n" + script + '\n');
    config::Context context = contextOf("admin.conf");
    context.user = {};
    context.user.exec = config::ExecEntry{.apiVersion = QStringLiteral("client.authentication.k8s.io/v1"),
                                          .command = m_own->filePath(QStringLiteral("program")),
                                          .arguments = {},
                                          .environment = {},
                                          .installHint = {},
                                          .interactiveMode = QStringLiteral("IfAvailable"),
                                          .provideClusterInfo = false,
                                          .file = m_own->filePath(QStringLiteral("config"))};
    return context;
}

void TestCredentials::aCertificateOrATokenSignsIn_data()
{
    QTest::addColumn<QString>("file");
    for (const char* file : {"admin.conf", "ec.conf", "token.conf", "viewer.conf"})
        QTest::newRow(file) << file;
}

void TestCredentials::aCertificateOrATokenSignsIn()
{
    QFETCH(const QString, file);
    const auto user = whoIs(contextOf(file.toLatin1().constData()));
    QVERIFY2(user, qPrintable(nameIn(user)));
    QVERIFY(nameIn(user) != QLatin1String("system:anonymous"));
    qInfo("%s is %s", qPrintable(file), qPrintable(nameIn(user)));
}

void TestCredentials::aTokenFileIsReadAgainWhenItsTokenIsRefused()
{
    config::Context context = contextOf("token.conf");
    const QString token = std::exchange(context.user.token, QString());
    context.user.tokenFile = m_own->filePath(QStringLiteral("token"));
    write("token", "of yesterday");
    const auto endpoint = transport::endpointOf(context, {});
    const auto transport = transport::connectAs(context, &m_journal, {}, m_host.get())(*endpoint, transport::As::Self);
    const kube::Client client(transport->get());
    const auto refused = plane::answerOf(client.ask({.path = "/api"}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, base::ErrorKind::Unauthorized);
    write("token", token.toUtf8() + '\n');
    QVERIFY(plane::answerOf(client.ask({.path = "/api"})));
}

void TestCredentials::aProgramSignsIn_data()
{
    QTest::addColumn<bool>("byCertificate");
    QTest::newRow("a token") << false;
    QTest::newRow("a certificate") << true;
}

void TestCredentials::aProgramSignsIn()
{
    QFETCH(const bool, byCertificate);
    const config::Context given = contextOf(byCertificate ? "ec.conf" : "token.conf");
    QByteArray printed = credential(given.user.token);
    if (byCertificate) {
        QJsonObject whole = QJsonDocument::fromJson(printed).object();
        whole[QStringLiteral("status")] =
            QJsonObject{{QStringLiteral("clientCertificateData"), QString::fromLatin1(given.user.clientCertificate)},
                        {QStringLiteral("clientKeyData"), QString::fromLatin1(given.user.clientKey)}};
        printed = QJsonDocument(whole).toJson();
    }
    write("answer", printed);
    QCOMPARE(nameIn(whoIs(withProgram("cat answer"))), nameIn(whoIs(given)));
    QCOMPARE(read("runs"), QByteArray("run\n"));
}

void TestCredentials::aProgramIsToldTheClusterWhenItAsks()
{
    write("answer", credential(contextOf("token.conf").user.token));
    config::Context context = withProgram("printf %s \"$KUBERNETES_EXEC_INFO\" > info\ncat answer");
    context.user.exec->provideClusterInfo = true;
    QVERIFY(whoIs(context));
    const auto cluster =
        QJsonDocument::fromJson(read("info")).object()[QLatin1String("spec")][QLatin1String("cluster")];
    QCOMPARE(QUrl(cluster[QLatin1String("server")].toString()), context.cluster.server);
    QCOMPARE(QByteArray::fromBase64(cluster[QLatin1String("certificate-authority-data")].toString().toLatin1()),
             context.cluster.certificateAuthority);
}

void TestCredentials::aProgramRunsAgainWhenItsTokenExpires()
{
    // The server takes this token for longer: what counts is what the program says.
    write("answer", credential(contextOf("token.conf").user.token, QDateTime::currentDateTimeUtc().addSecs(3)));
    const config::Context context = withProgram("cat answer");
    const auto endpoint = transport::endpointOf(context, {});
    const auto transport = transport::connectAs(context, &m_journal, {}, m_host.get())(*endpoint, transport::As::Self);
    const kube::Client client(transport->get());
    QVERIFY(plane::answerOf(client.ask({.path = "/api"})));
    QVERIFY(plane::answerOf(client.ask({.path = "/api"})));
    QCOMPARE(read("runs"), QByteArray("run\n"));
    QTest::qWait(3'500);
    write("answer", credential(contextOf("token.conf").user.token, QDateTime::currentDateTimeUtc().addSecs(600)));
    QVERIFY(plane::answerOf(client.ask({.path = "/api"})));
    QVERIFY(read("runs").count('\n') >= 2);
}

void TestCredentials::fiftyCallsWithAnExpiredTokenCauseOneRun()
{
    write("good", credential(contextOf("token.conf").user.token));
    write("bad", credential(QStringLiteral("of yesterday")));
    const config::Context context = withProgram("[ $(wc -l < runs) = 1 ] && cat bad || cat good");
    const auto endpoint = transport::endpointOf(context, {});
    const auto connect = transport::connectAs(context, &m_journal, {}, m_host.get());
    const auto vip = connect(*endpoint, transport::As::Self);
    const auto other = connect(*endpoint, transport::As::Self);
    std::vector<base::Call<transport::Reply>> calls;
    for (int i = 0; i < 50; ++i)
        calls.push_back(kube::Client((i % 2 ? vip : other)->get()).ask({.path = "/api"}));
    for (auto& call : calls) {
        const auto answer = plane::answerOf(std::move(call));
        QVERIFY2(answer, answer ? "" : qPrintable(answer.error().reason));
    }
    QCOMPARE(read("runs"), QByteArray("run\nrun\n"));
}

void TestCredentials::aProgramIsNotRunBeforeItIsAllowed()
{
    m_consents = std::make_unique<config::PluginConsents>();
    m_host = std::make_unique<transport::PluginHost>(transport::PluginHost::Options{}, m_consents.get());
    write("answer", credential(contextOf("token.conf").user.token));
    const config::Context context = withProgram("cat answer");
    QCOMPARE(nameIn(whoIs(context)), QStringLiteral("unauthorized pluginConsent"));
    QVERIFY(read("runs").isEmpty());
    QCOMPARE(m_consents->questions().size(), std::size_t{1});
    QVERIFY(m_consents->answer(m_consents->questions().front(), config::PluginConsents::Answer::Allowed, false));
    QVERIFY(whoIs(context));
}

void TestCredentials::whoToActAsArrivesWhole()
{
    config::Context context = contextOf("admin.conf");
    context.user.impersonate = QStringLiteral("jane");
    context.user.impersonateUid = QStringLiteral("uid-42");
    context.user.impersonateGroups = {QStringLiteral("blue"), QStringLiteral("green, and not blue")};
    context.user.impersonateExtra = {{QStringLiteral("acme.com/scope"), QStringLiteral("view")},
                                     {QStringLiteral("acme.com/scope"), QStringLiteral("edit")},
                                     {QStringLiteral("reason"), QStringLiteral("a test")}};
    const auto user = whoIs(context);
    QCOMPARE(nameIn(user), QStringLiteral("jane"));
    QCOMPARE(QString::fromStdString((*user)["uid"].get<std::string>()), QStringLiteral("uid-42"));
    QCOMPARE((*user)["groups"].get<std::vector<std::string>>(),
             (std::vector<std::string>{"blue", "green, and not blue", "system:authenticated"}));
    QCOMPARE((*user)["extra"]["acme.com/scope"].get<std::vector<std::string>>(),
             (std::vector<std::string>{"view", "edit"}));
    QCOMPARE((*user)["extra"]["reason"].get<std::vector<std::string>>(), (std::vector<std::string>{"a test"}));
}

void TestCredentials::aProxyLeadsThere_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::addColumn<QString>("login");
    QTest::addColumn<QString>("said");
    QTest::newRow("CONNECT") << "http"
                             << ""
                             << "CONNECT %1";
    QTest::newRow("CONNECT with a login") << "http"
                                          << "jane:p%40ss"
                                          << "CONNECT %1 jane:p@ss";
    QTest::newRow("SOCKS5") << "socks5"
                            << ""
                            << "SOCKS5 %1";
    QTest::newRow("SOCKS5 with a login") << "socks5"
                                         << "jane:p%40ss"
                                         << "SOCKS5 %1 jane:p@ss";
}

void TestCredentials::aProxyLeadsThere()
{
    QFETCH(const QString, scheme);
    QFETCH(const QString, login);
    QFETCH(const QString, said);
    Proxy proxy(QUrl::fromPercentEncoding(login.toLatin1()));
    config::Context context = contextOf("token.conf");
    context.cluster.proxyUrl =
        proxy.url(scheme.toLatin1().constData(), login.isEmpty() ? "" : (login.toLatin1() + '@').constData());
    const auto user = whoIs(context);
    QVERIFY2(user, qPrintable(nameIn(user) + (user ? QString() : user.error().said)));
    const QString server =
        QStringLiteral("%1:%2").arg(context.cluster.server.host()).arg(context.cluster.server.port());
    QVERIFY(QString::fromUtf8(proxy.asked()).contains(said.arg(server) + QLatin1Char('\n')));
}

void TestCredentials::aProxyThatWantsALoginRefusesWithoutIt()
{
    Proxy proxy(QStringLiteral("jane:secret"));
    for (const char* scheme : {"http", "socks5"}) {
        config::Context context = contextOf("token.conf");
        context.cluster.proxyUrl = proxy.url(scheme, "jane:wrong@");
        const auto user = whoIs(context);
        QCOMPARE(nameIn(user), QStringLiteral("network proxy"));
        QVERIFY(!user.error().said.contains(QLatin1String("wrong")));
    }
}

void TestCredentials::theEnvironmentSaysWhereAProxyIsUsed()
{
    Proxy proxy;
    const config::Context context = contextOf("token.conf");
    transport::ProxyEnvironment environment{.https = proxy.url("http"), .http = {}, .no = {}};
    QVERIFY(whoIs(context, {}, environment));
    QVERIFY(proxy.asked().startsWith("CONNECT "));
    environment.no = QStringLiteral("example.org,10.0.0.0/8");
    QVERIFY(whoIs(context, {}, environment));
    QVERIFY(!proxy.wasAsked());
}

void TestCredentials::theNameInTheCertificateMayBeNamed()
{
    config::Context context = contextOf("admin.conf");
    context.cluster.tlsServerName = QStringLiteral("kubernetes.default.svc");
    QVERIFY(whoIs(context));
    context.cluster.tlsServerName = QStringLiteral("somebody.else");
    QCOMPARE(nameIn(whoIs(context)), QStringLiteral("tls certificateNameMismatch"));
}

void TestCredentials::anUnverifiedServerGetsNoTokenUnlessAllowed()
{
    config::Context context = contextOf("admin.conf");
    context.cluster.certificateAuthority.clear();
    QCOMPARE(nameIn(whoIs(context)), QStringLiteral("tls certificateUntrusted"));
    context.cluster.insecureSkipTlsVerify = true;
    QVERIFY(whoIs(context)); // a certificate proves who asks and gives nothing away
    const auto token = contextOf("token.conf").user;
    context.user = token;
    QCOMPARE(nameIn(whoIs(context)), QStringLiteral("tls insecureToken"));
    QVERIFY(whoIs(context, {.allowInsecureToken = true}));
}

QTEST_GUILESS_MAIN(TestCredentials)
#include "tst_credentials.moc"
