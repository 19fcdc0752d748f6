#include "app/config/secretstore.h"

namespace config {
namespace {

template <typename T> base::Call<T> refused(const QString& id)
{
    return base::answered<T>(
        base::failure({.kind = base::ErrorKind::BadConfig, .reason = QStringLiteral("keychainMissing"), .ofWhom = id}));
}

} // namespace

base::Call<QString> NoSecrets::read(const QString& id)
{
    return refused<QString>(id);
}

base::Call<void> NoSecrets::write(const QString& id, const QString&)
{
    return refused<void>(id);
}

base::Call<void> NoSecrets::remove(const QString& id)
{
    return refused<void>(id);
}

} // namespace config
