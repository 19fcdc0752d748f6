#include "app/keychain/keychain.h"

#include "app/base/visible.h"
#include "app/keychain/secretservice.h"

#include <QPromise>
#include <atomic>
#include <memory>
#include <qt6keychain/keychain.h>

namespace keychain {
namespace {

/// Answers once, whoever comes first: the keychain or a cancel().
template <typename T> struct Answer {
    QPromise<base::Result<T>> promise;
    std::atomic_bool isGiven = false;

    Answer() { promise.start(); }
    void give(base::Result<T> result)
    {
        if (isGiven.exchange(true))
            return;
        promise.addResult(std::move(result));
        promise.finish();
    }
};

base::Error errorOf(const char* reason, const QString& said, const QString& id)
{
    return {
        .kind = base::ErrorKind::BadConfig, .reason = QLatin1String(reason), .said = base::visible(said), .ofWhom = id};
}

const char* reasonOf(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::EntryNotFound:
        return "secretMissing";
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return "keychainDenied";
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return "keychainMissing";
    default:
        return "keychainFailed";
    }
}

/// Starts the job, which deletes itself. `take` makes the answer of a job that succeeded.
template <typename T, typename Job, typename F>
base::Call<T> start(QObject* owner, Job* job, const QString& id, F&& take)
{
    auto answer = std::make_shared<Answer<T>>();
    job->setInsecureFallback(false);
    job->setKey(id);
    QObject::connect(job, &QKeychain::Job::finished, owner, [owner, job, id, answer, take] {
        if (job->error() == QKeychain::NoError) {
            answer->give(take(job));
            return;
        }
        const QKeychain::Error error = job->error();
        const QString said = job->errorString();
        askServiceState(owner, [answer, error, said, id](ServiceState state) {
            const char* reason =
                state == ServiceState::Locked && error != QKeychain::AccessDeniedByUser ? "keychainLocked"
                : state == ServiceState::Missing && error != QKeychain::EntryNotFound   ? "keychainMissing"
                                                                                        : reasonOf(error);
            answer->give(base::failure(errorOf(reason, said, id)));
        });
    });
    job->start();
    return {answer->promise.future(),
            [answer, id] { answer->give(base::failure({.kind = base::ErrorKind::Canceled, .ofWhom = id})); }};
}

} // namespace

Keychain::Keychain(const QString& service, QObject* parent) : QObject(parent), m_service(service) {}

base::Call<QString> Keychain::read(const QString& id)
{
    return start<QString>(this, new QKeychain::ReadPasswordJob(m_service), id,
                          [](QKeychain::ReadPasswordJob* job) { return base::Result<QString>(job->textData()); });
}

base::Call<void> Keychain::write(const QString& id, const QString& secret)
{
    auto* job = new QKeychain::WritePasswordJob(m_service);
    job->setTextData(secret);
    return start<void>(this, job, id, [](QKeychain::WritePasswordJob*) { return base::Result<void>(); });
}

base::Call<void> Keychain::remove(const QString& id)
{
    auto call = start<void>(this, new QKeychain::DeletePasswordJob(m_service), id,
                            [](QKeychain::DeletePasswordJob*) { return base::Result<void>(); });
    return {call.future.then([](const base::Result<void>& answer) -> base::Result<void> {
                if (!answer && answer.error().reason == QLatin1String("secretMissing"))
                    return {};
                return answer;
            }),
            std::move(call.cancel)};
}

} // namespace keychain
