#include "tests/support/certificates.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>

namespace support {
namespace {

QStringList keyArguments(Certificates::KeyType type)
{
    switch (type) {
    case Certificates::KeyType::Rsa:
        return {QStringLiteral("-algorithm"), QStringLiteral("RSA"), QStringLiteral("-pkeyopt"),
                QStringLiteral("rsa_keygen_bits:2048")};
    case Certificates::KeyType::Ed25519:
        return {QStringLiteral("-algorithm"), QStringLiteral("ED25519")};
    case Certificates::KeyType::Ec:
        break;
    }
    return {QStringLiteral("-algorithm"), QStringLiteral("EC"), QStringLiteral("-pkeyopt"),
            QStringLiteral("ec_paramgen_curve:prime256v1")};
}

} // namespace

Certificates::Certificates(const QString& name)
{
    openssl(QStringList{QStringLiteral("genpkey"), QStringLiteral("-out"), QStringLiteral("ca.key")} +
            keyArguments(KeyType::Ec));
    openssl({QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-key"), QStringLiteral("ca.key"),
             QStringLiteral("-subj"), QStringLiteral("/CN=") + name, QStringLiteral("-days"), QStringLiteral("30"),
             QStringLiteral("-out"), QStringLiteral("ca.crt")});
    m_authority = read(QStringLiteral("ca.crt"));
}

KeyPair Certificates::server(const QString& names, int validDays) const
{
    return issue(QStringLiteral("server"), QStringLiteral("subjectAltName=") + names, KeyType::Ec, validDays);
}

KeyPair Certificates::client(const QString& commonName, KeyType type) const
{
    return issue(commonName, QStringLiteral("extendedKeyUsage=clientAuth"), type, 30);
}

QSslConfiguration Certificates::serverTls(const KeyPair& own) const
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setLocalCertificate(QSslCertificate(own.certificate));
    tls.setPrivateKey(QSslKey(own.key, QSsl::Ec));
    tls.setCaCertificates(QSslCertificate::fromData(m_authority));
    tls.setPeerVerifyMode(QSslSocket::QueryPeer);
    return tls;
}

KeyPair Certificates::issue(const QString& subject, const QString& extension, KeyType type, int validDays) const
{
    QFile file(m_folder.filePath(QStringLiteral("extension")));
    if (!file.open(QIODevice::WriteOnly) || file.write(extension.toUtf8()) < 0)
        qFatal("%s cannot be written", qPrintable(file.fileName()));
    file.close();
    openssl(QStringList{QStringLiteral("genpkey"), QStringLiteral("-out"), QStringLiteral("own.key")} +
            keyArguments(type));
    openssl({QStringLiteral("req"), QStringLiteral("-new"), QStringLiteral("-key"), QStringLiteral("own.key"),
             QStringLiteral("-subj"), QStringLiteral("/CN=") + subject, QStringLiteral("-out"),
             QStringLiteral("own.csr")});
    openssl({QStringLiteral("x509"), QStringLiteral("-req"), QStringLiteral("-in"), QStringLiteral("own.csr"),
             QStringLiteral("-CA"), QStringLiteral("ca.crt"), QStringLiteral("-CAkey"), QStringLiteral("ca.key"),
             QStringLiteral("-CAcreateserial"), QStringLiteral("-days"), QString::number(validDays),
             QStringLiteral("-extfile"), QStringLiteral("extension"), QStringLiteral("-out"),
             QStringLiteral("own.crt")});
    return {read(QStringLiteral("own.crt")), read(QStringLiteral("own.key"))};
}

void Certificates::openssl(const QStringList& arguments) const
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.start(QStringLiteral("openssl"), arguments);
    if (!process.waitForFinished(60'000) || process.exitCode() != 0)
        qFatal("openssl %s: %s", qPrintable(arguments.join(QLatin1Char(' '))),
               process.readAllStandardError().constData());
}

QByteArray Certificates::read(const QString& name) const
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(file.fileName()));
    return file.readAll();
}

} // namespace support
