#pragma once
// Where secrets lie: the system's keychain, or a test's. Secrets pass through memory only; no implementation writes
// them anywhere else.

#include "app/base/call.h"

#include <QString>

namespace config {

/// Lives in the GUI thread and answers there, perhaps minutes later: a person is asked to unlock it. Who asks therefore
/// follows with base::Calls instead of being the continuation's context, which Qt 6.4 wants to be still there.
/// Errors are {BadConfig} with `reason` one of
///   secretMissing     nothing lies under the id
///   keychainMissing   this session has no keychain service
///   keychainLocked    it is locked, and was not unlocked
///   keychainDenied    the person or the system said no
///   keychainFailed    anything else
/// and the service's own words in `said`; `ofWhom` is the id.
class SecretStore {
public:
    virtual ~SecretStore() = default;

    virtual base::Call<QString> read(const QString& id) = 0;
    /// Over what is there.
    virtual base::Call<void> write(const QString& id, const QString& secret) = 0;
    /// What is not there is removed as well.
    virtual base::Call<void> remove(const QString& id) = 0;

protected:
    SecretStore() = default;
    Q_DISABLE_COPY_MOVE(SecretStore)
};

/// Where there is no keychain to ask: every answer is "keychainMissing".
class NoSecrets final : public SecretStore {
public:
    base::Call<QString> read(const QString& id) override;
    base::Call<void> write(const QString& id, const QString& secret) override;
    base::Call<void> remove(const QString& id) override;
};

} // namespace config
