#pragma once
// A SecretStore in memory, with a keychain's moods: locked, denied, not there. Answers come later, as a keychain's do.

#include "app/config/secretstore.h"

#include <QTimer>
#include <map>
#include <memory>

namespace support {

class MemorySecrets : public config::SecretStore {
public:
    std::map<QString, QString> secrets;
    QString mood; ///< empty: willing; else the reason of every answer ("keychainLocked")
    int reads = 0;

    base::Call<QString> read(const QString& id) override
    {
        ++reads;
        return later<QString>([this, id]() -> base::Result<QString> {
            if (!mood.isEmpty())
                return base::failure(refusal(mood, id));
            const auto found = secrets.find(id);
            if (found == secrets.end())
                return base::failure(refusal(QStringLiteral("secretMissing"), id));
            return found->second;
        });
    }
    base::Call<void> write(const QString& id, const QString& secret) override
    {
        return later<void>([this, id, secret]() -> base::Result<void> {
            if (!mood.isEmpty())
                return base::failure(refusal(mood, id));
            secrets[id] = secret;
            return {};
        });
    }
    base::Call<void> remove(const QString& id) override
    {
        return later<void>([this, id]() -> base::Result<void> {
            if (!mood.isEmpty())
                return base::failure(refusal(mood, id));
            secrets.erase(id);
            return {};
        });
    }

private:
    static base::Error refusal(const QString& reason, const QString& id)
    {
        return {.kind = base::ErrorKind::BadConfig,
                .reason = reason,
                .said = QStringLiteral("what the keychain said"),
                .ofWhom = id};
    }
    template <typename T, typename F> base::Call<T> later(F&& answer)
    {
        auto promise = std::make_shared<QPromise<base::Result<T>>>();
        promise->start();
        QTimer::singleShot(0, &m_here, [promise, answer] {
            promise->addResult(answer());
            promise->finish();
        });
        return {promise->future()};
    }

    QObject m_here;
};

} // namespace support
