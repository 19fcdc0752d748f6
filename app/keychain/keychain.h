#pragma once
// The system's keychain through qtkeychain: libsecret or KWallet. Never a file: without a keychain service nothing is
// kept.

#include "app/config/secretstore.h"

#include <QObject>

namespace keychain {

class Keychain final : public QObject, public config::SecretStore {
    Q_OBJECT
public:
    /// `service` is what the entries are filed under in the keychain.
    explicit Keychain(const QString& service = QStringLiteral("alidade"), QObject* parent = nullptr);

    base::Call<QString> read(const QString& id) override;
    base::Call<void> write(const QString& id, const QString& secret) override;
    base::Call<void> remove(const QString& id) override;

private:
    const QString m_service;
};

} // namespace keychain
