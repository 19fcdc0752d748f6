// What is made of the text that a person copies out of the console's dialog 集群凭证, or of a kubeconfig.

#include "app/config/pasted.h"
#include "app/messages/pasted.h"
#include "tests/support/fixture.h"

#include <QFile>
#include <QSslCertificate>
#include <QTest>

using namespace config;

namespace {

QByteArray certificate()
{
    QFile file(support::fixturePath(QStringLiteral("kubeconfig/pki/ca.crt")));
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray normal(const QByteArray& pem)
{
    return QSslCertificate::fromData(pem, QSsl::Pem).value(0).toPem();
}

QStringList shown(const Pasted& pasted)
{
    QStringList texts;
    for (const KnownAddress& address : pasted.addresses)
        texts << idOf(address.type) + QLatin1Char(' ') + address.url.toString();
    return texts;
}

QStringList notes(const Pasted& pasted)
{
    QStringList ids;
    for (const Problem& note : pasted.notes)
        ids << note.id;
    return ids;
}

const QString Token = QStringLiteral("1qAzXsW2-test-token.9x8y7z");

} // namespace

class TestPasted : public QObject {
    Q_OBJECT

private slots:
    void theConsolesDialogIsReadWhole_data()
    {
        QTest::addColumn<QString>("text");
        const QString pem = QString::fromLatin1(certificate());
        QTest::newRow("as it stands there")
            << QStringLiteral("集群凭证\n集群APIServer地址\n10.0.222.46:6443 (Real)\n10.0.222.28:6443 (Real)\n"
                              "10.0.222.31:6443 (Advertise)\nToken\n%1\n集群CA证书\n%2\n")
                   .arg(Token, pem);
        QTest::newRow("in one line, with the buttons' words")
            << QStringLiteral(
                   "集群APIServer地址 https://10.0.222.46:6443（Real）复制 https://10.0.222.28:6443（Real）复制 "
                   "https://10.0.222.31:6443（Advertise）复制 Token：%1 复制 集群CA证书 下载 复制 %2")
                   .arg(Token, pem.simplified());
        QTest::newRow("types before, in Chinese")
            << QStringLiteral("真实: 10.0.222.46:6443\n主节点: 10.0.222.28:6443\nVIP: 10.0.222.31:6443\n"
                              "令牌: %1\nCA: %2")
                   .arg(Token, pem);
        QTest::newRow("CA as base64, Windows line ends")
            << QStringLiteral("Real 10.0.222.46:6443\r\nReal 10.0.222.28:6443\r\nAdvertise 10.0.222.31:6443\r\n"
                              "CA\r\n%2\r\nToken\r\n%1\r\n")
                   .arg(Token, QString::fromLatin1(certificate().toBase64()));
    }
    void theConsolesDialogIsReadWhole()
    {
        QFETCH(QString, text);
        const Pasted pasted = parsePasted(text);
        QCOMPARE(shown(pasted), (QStringList{QStringLiteral("Real https://10.0.222.46:6443"),
                                             QStringLiteral("Real https://10.0.222.28:6443"),
                                             QStringLiteral("Advertise https://10.0.222.31:6443")}));
        QCOMPARE(pasted.token, Token);
        QCOMPARE(pasted.certificateAuthority, normal(certificate()));
        QCOMPARE(notes(pasted), QStringList());
        QVERIFY(!pasted.isKubeconfig);
        for (const messages::PasteFinding& finding : messages::findingsOf(pasted)) {
            QVERIFY2(finding.isFound, qPrintable(finding.sentence));
            QVERIFY2(!finding.sentence.contains(Token), qPrintable(finding.sentence));
        }
    }

    void wrappedBase64EndsBeforeTheTokenBelowIt()
    {
        const QByteArray packed = certificate().toBase64();
        QByteArray wrapped;
        for (qsizetype i = 0; i < packed.size(); i += 76)
            wrapped += packed.mid(i, 76) + '\n';
        const Pasted pasted =
            parsePasted(QString::fromLatin1(wrapped) + QStringLiteral("EwHwSEBmkFPsJRmEWmqWLFLxx7\n10.0.0.1:6443"));
        QCOMPARE(pasted.certificateAuthority, normal(certificate()));
        QCOMPARE(pasted.token, QStringLiteral("EwHwSEBmkFPsJRmEWmqWLFLxx7"));
        QCOMPARE(shown(pasted), QStringList{QStringLiteral("Manual https://10.0.0.1:6443")});
    }

    void addressesAreTold_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("address");
        const auto row = [](const char* text, const char* address) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(address);
        };
        row("https://cls-1.example.com (公网)", "Public https://cls-1.example.com");
        row("公网地址：https://cls-1.example.com:443", "Public https://cls-1.example.com:443");
        row("[fd00::31]:6443 Advertise", "Advertise https://[fd00::31]:6443");
        row("https://[fd00::31]:6443/prefix/", "Manual https://[fd00::31]:6443/prefix");
        row("http://10.0.0.1:8080 (Internal)", "Internal http://10.0.0.1:8080");
        row("Support=10.0.0.1:60002", "Support https://10.0.0.1:60002");
        row("10.0.0.1:6443, 10.0.0.1:6443", "Manual https://10.0.0.1:6443");
        row("at 14:02 the token was lost", "");
        row("10.0.0.1", "");
        row("10.0.0.1:99999", "");
        row("ftp://10.0.0.1:21x", "");
    }
    void addressesAreTold()
    {
        QFETCH(QString, text);
        QFETCH(QString, address);
        QCOMPARE(shown(parsePasted(text)).join(QLatin1Char('|')), address);
    }

    void whatIsMissingIsSaid()
    {
        const auto ids = [](const QString& text) {
            QStringList missing;
            for (const messages::PasteFinding& finding : messages::findingsOf(parsePasted(text)))
                if (!finding.isFound)
                    missing << finding.id;
            return missing;
        };
        QCOMPARE(ids({}), (QStringList{QStringLiteral("addresses"), QStringLiteral("token"), QStringLiteral("ca")}));
        QCOMPARE(ids(QStringLiteral("10.0.0.1:6443 Real")),
                 (QStringList{QStringLiteral("token"), QStringLiteral("ca")}));
        QCOMPARE(
            ids(QStringLiteral("Token: abcdefgh1234\n-----BEGIN CERTIFICATE-----\nMIIC")),
            (QStringList{QStringLiteral("addresses"), QStringLiteral("ca"), QStringLiteral("certificateInvalid")}));
        QCOMPARE(ids(QString(2 << 20, QLatin1Char('x'))),
                 (QStringList{QStringLiteral("addresses"), QStringLiteral("token"), QStringLiteral("ca"),
                              QStringLiteral("tooLong")}));
    }

    void aWholeKubeconfigIsTakenOver()
    {
        QFile file(support::fixturePath(QStringLiteral("kubeconfig/sets/tkestack/config")));
        QVERIFY(file.open(QFile::ReadOnly));
        const Pasted pasted = parsePasted(QString::fromUtf8(file.readAll()));
        QVERIFY(pasted.isKubeconfig);
        QVERIFY(!pasted.name.isEmpty());
        QCOMPARE(pasted.addresses.size(), 1U);
        QVERIFY(!pasted.token.isEmpty() || !pasted.clientCertificate.isEmpty());
    }

    void whatAKubeconfigOnlyNamesIsSaid()
    {
        const Pasted pasted = parsePasted(
            QStringLiteral("current-context: b\ncontexts:\n- {name: a, context: {cluster: c1, user: u1}}\n"
                           "- {name: b, context: {cluster: c2, user: u2, namespace: shop}}\nclusters:\n"
                           "- {name: c2, cluster: {server: 'https://192.0.2.2:6443', certificate-authority: ca.crt, "
                           "tls-server-name: api}}\nusers:\n- {name: u2, user: {tokenFile: token, exec: {command: x, "
                           "apiVersion: v}}}\n"));
        QCOMPARE(shown(pasted), QStringList{QStringLiteral("Manual https://192.0.2.2:6443")});
        QCOMPARE(pasted.nameSpace, QStringLiteral("shop"));
        QCOMPARE(pasted.tlsServerName, QStringLiteral("api"));
        QCOMPARE(notes(pasted), (QStringList{QStringLiteral("severalContexts"), QStringLiteral("fileNotPasted"),
                                             QStringLiteral("fileNotPasted"), QStringLiteral("signInNotKept")}));
    }

    void aBrokenKubeconfigSaysWhatIsWrong()
    {
        const Pasted pasted = parsePasted(QStringLiteral("clusters:\n- name: [x\nserver: https://192.0.2.2:6443"));
        QVERIFY(notes(pasted).contains(QStringLiteral("kubeconfigInvalid")));
        QCOMPARE(shown(pasted), QStringList{QStringLiteral("Manual https://192.0.2.2:6443")});
    }

    void aPrivateKeyIsLeftOut()
    {
        const Pasted pasted = parsePasted(
            QStringLiteral("-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----\n"));
        QCOMPARE(notes(pasted), QStringList{QStringLiteral("privateKeyIgnored")});
        QVERIFY(pasted.token.isEmpty());
        QVERIFY(pasted.certificateAuthority.isEmpty());
    }

    void anAddressAsAPersonTypesIt()
    {
        QCOMPARE(addressFrom(QStringLiteral(" 10.0.0.1:6443 ")), QUrl(QStringLiteral("https://10.0.0.1:6443")));
        QCOMPARE(addressFrom(QStringLiteral("host")), QUrl(QStringLiteral("https://host")));
        QVERIFY(!addressFrom(QStringLiteral("https://user:pw@host")));
        QVERIFY(!addressFrom(QStringLiteral("ftp://host")));
        QVERIFY(!addressFrom(QStringLiteral("two words")));
        QVERIFY(!addressFrom({}));
    }
};

QTEST_GUILESS_MAIN(TestPasted)
#include "tst_pasted.moc"
