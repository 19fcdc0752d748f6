#pragma once
// As whom, now: an identity that can be asked for at any time and refreshed. One for each context, shared by everything
// that speaks as it, so that fifty calls that meet an expired token cause one refresh.

#include "app/transport/endpoint.h"

#include <QElapsedTimer>
#include <QObject>
#include <chrono>
#include <memory>
#include <mutex>

namespace transport {

/// Lives in the GUI thread and outlives the transports that use it (they share it); what is virtual is called in any
/// thread and never waits.
class IdentitySource : public QObject {
    Q_OBJECT
public:
    struct Offer {
        enum class State {
            Ready,
            Waiting, ///< settled() follows
            Failed,
        };
        State state = State::Ready;
        std::shared_ptr<const Identity> identity; ///< when Ready
        quint64 version = 0;                      ///< another one with each other identity
        base::Error error;                        ///< when Failed
    };

    using QObject::QObject;

    /// What a request is signed with now. Asking may be what makes the source find out.
    virtual Offer current() = 0;
    /// A server answered 401 to this version. True: asking once more is worth it, with what current() offers then; of
    /// all who come with the same version the first causes the one refresh.
    virtual bool refused(quint64 version) = 0;
    /// A server knew this version.
    virtual void accepted(quint64) {}
    /// A person wants it tried again, whatever was found before.
    virtual void renew() {}

signals:
    /// What was waited for has come, or has failed; also when what failed may be tried again.
    void settled();
};

/// Another number each time, in the whole process: so that one source can stand in for another.
quint64 nextIdentityVersion();

/// A certificate, a token, a password: known from the start. A token file is read again once a minute, and at once when
/// its token is refused.
class FixedIdentity final : public IdentitySource {
    Q_OBJECT
public:
    explicit FixedIdentity(Identity identity, std::chrono::milliseconds tokenFileAge = std::chrono::minutes(1));

    Offer current() override;
    bool refused(quint64 version) override;

private:
    /// With the mutex held. True when another token was read.
    bool readTokenFile();

    const std::chrono::milliseconds m_tokenFileAge;
    const QString m_givenToken;
    std::mutex m_mutex;
    std::shared_ptr<const Identity> m_identity;
    quint64 m_version = nextIdentityVersion();
    QElapsedTimer m_read;
    bool m_hasFileToken = false;
    std::optional<base::Error> m_error;
};

} // namespace transport
