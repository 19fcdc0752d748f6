// A real registry (Debian's docker-registry 2.8): without TLS, with TLS, with a token's challenge, and stopped.

#include "app/tke/registry.h"
#include "tests/support/certificates.h"
#include "tests/support/faketransport.h"

#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using tke::RegistryFault;

namespace {

quint16 freePort()
{
    QTcpServer server;
    if (!server.listen(QHostAddress::LocalHost))
        qFatal("no port is free");
    return server.serverPort();
}

/// Runs until it goes out of scope. Fails the process when it does not start: the package is in script/bootstrap.
class Registry {
public:
    explicit Registry(const QByteArray& more = {}) : m_port(freePort())
    {
        QFile config(path("config.yml"));
        if (!config.open(QFile::WriteOnly))
            qFatal("%s", qPrintable(config.errorString()));
        config.write("version: 0.1\nlog: {level: error, accesslog: {disabled: true}}\nstorage: {filesystem: "
                     "{rootdirectory: " +
                     path("data").toUtf8() + "}}\nhttp:\n  addr: 127.0.0.1:" + QByteArray::number(m_port) + "\n" +
                     more);
        config.close();
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.start(QStringLiteral("docker-registry"), {QStringLiteral("serve"), config.fileName()});
        if (!m_process.waitForStarted())
            qFatal("docker-registry does not start: %s", qPrintable(m_process.errorString()));
        const auto answers = [this] {
            QTcpSocket socket;
            socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
            return socket.waitForConnected(200);
        };
        if (!QTest::qWaitFor(answers, 30'000))
            qFatal("docker-registry does not listen: %s", m_process.readAll().constData());
    }
    ~Registry() { stop(); }

    void stop()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    tke::ImageName name() const { return {.host = QStringLiteral("127.0.0.1"), .port = m_port, .repository = {}}; }

private:
    QTemporaryDir m_folder;
    quint16 m_port;
    QProcess m_process;
};

tke::RegistryVisit visit(const tke::ImageName& name, const QByteArray& authority = {})
{
    const auto found = support::answerOf(tke::visitRegistry(name, {.certificateAuthority = authority}));
    if (!found)
        qFatal("a visit always answers: %s", qPrintable(found.error().reason));
    return *found;
}

} // namespace

class TestDockerRegistry : public QObject {
    Q_OBJECT

    const support::Certificates m_authority;
    QTemporaryDir m_folder;

    QByteArray write(const char* name, const QByteArray& content) const
    {
        QFile file(m_folder.filePath(QLatin1String(name)));
        if (!file.open(QFile::WriteOnly) || file.write(content) != content.size())
            qFatal("%s", qPrintable(file.errorString()));
        return file.fileName().toUtf8();
    }
    QByteArray tls() const
    {
        const auto pair = m_authority.server(QStringLiteral("IP:127.0.0.1"));
        return "  tls: {certificate: " + write("tls.crt", pair.certificate) + ", key: " + write("tls.key", pair.key) +
               "}\n";
    }

private slots:
    void one_without_tls_is_told()
    {
        Registry registry;
        QCOMPARE(tke::faultOf(visit(registry.name())), RegistryFault::PlainHttp);
    }

    void one_with_tls_is_well()
    {
        Registry registry(tls());
        const auto found = visit(registry.name(), m_authority.authority());
        QCOMPARE(tke::faultOf(found), RegistryFault::None);
        QCOMPARE(found.status, 200);
        QCOMPARE(tke::faultOf(visit(registry.name())), RegistryFault::CertificateUntrusted);
        const auto name = registry.name();
        registry.stop();
        QCOMPARE(tke::faultOf(visit(name, m_authority.authority())), RegistryFault::Refused);
    }

    void its_challenge_names_the_realm()
    {
        const auto with = [this](const QByteArray& realm) {
            return tls() + "auth:\n  token: {realm: \"" + realm +
                   "\", service: tke, issuer: tke-registry-token-issuer, rootcertbundle: " +
                   write("issuer.crt", m_authority.authority()) + "}\n";
        };
        Registry elsewhere(with("https://default.registry.tke.com/registry/auth"));
        const auto found = visit(elsewhere.name(), m_authority.authority());
        QCOMPARE(found.status, 401);
        QCOMPARE(found.realm, QStringLiteral("https://default.registry.tke.com/registry/auth"));
        QCOMPARE(found.service, QStringLiteral("tke"));
        QCOMPARE(tke::faultOf(found), RegistryFault::RealmElsewhere);
    }
};

QTEST_GUILESS_MAIN(TestDockerRegistry)
#include "tst_dockerregistry.moc"
