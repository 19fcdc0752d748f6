#pragma once
// Certificates made by the openssl program when a test begins: an authority, servers with and without a fault, clients.

#include <QByteArray>
#include <QSslConfiguration>
#include <QString>
#include <QTemporaryDir>

namespace support {

struct KeyPair {
    QByteArray certificate; ///< PEM
    QByteArray key;         ///< PEM, PKCS#8
};

class Certificates {
public:
    enum class KeyType { Ec, Rsa, Ed25519 };

    /// Makes an authority. Fails the process when openssl does not do it.
    explicit Certificates(const QString& name = QStringLiteral("test-ca"));

    const QByteArray& authority() const { return m_authority; } ///< PEM
    /// Signed by the authority. `names` as in subjectAltName: "IP:127.0.0.1,DNS:localhost".
    KeyPair server(const QString& names, int validDays = 30) const;
    KeyPair client(const QString& commonName, KeyType type = KeyType::Ec) const;

    /// For ScriptedServer: presents `own`, asks for a client certificate of this authority and does not insist.
    QSslConfiguration serverTls(const KeyPair& own) const;

private:
    KeyPair issue(const QString& subject, const QString& extension, KeyType type, int validDays) const;
    void openssl(const QStringList& arguments) const;
    QByteArray read(const QString& name) const;

    QTemporaryDir m_folder;
    QByteArray m_authority;
};

} // namespace support
