#include "app/transport/identitysource.h"

#include "app/base/visible.h"

#include <QFile>
#include <atomic>

namespace transport {
namespace {

constexpr qint64 MostOfATokenFile = 1 << 20;

} // namespace

quint64 nextIdentityVersion()
{
    static std::atomic<quint64> last{0};
    return ++last;
}

FixedIdentity::FixedIdentity(Identity identity, std::chrono::milliseconds tokenFileAge)
    : m_tokenFileAge(tokenFileAge),
      m_givenToken(identity.token),
      m_identity(std::make_shared<const Identity>(std::move(identity)))
{
}

IdentitySource::Offer FixedIdentity::current()
{
    const std::lock_guard lock(m_mutex);
    const bool isOld = !m_read.isValid() || m_read.elapsed() > m_tokenFileAge.count();
    if (!m_identity->tokenFile.isEmpty() && isOld)
        readTokenFile();
    if (m_error)
        return {.state = Offer::State::Failed, .error = *m_error};
    return {.identity = m_identity, .version = m_version};
}

bool FixedIdentity::refused(quint64 version)
{
    const std::lock_guard lock(m_mutex);
    if (version != m_version)
        return true;
    return !m_identity->tokenFile.isEmpty() && readTokenFile();
}

bool FixedIdentity::readTokenFile()
{
    QFile file(m_identity->tokenFile);
    const bool isOpen = file.open(QIODevice::ReadOnly);
    const QByteArray fresh = isOpen ? file.read(MostOfATokenFile).trimmed() : QByteArray();
    m_error.reset();
    // A file that is just being replaced may be missing or empty: what was read before still stands, and the
    // kubeconfig's own token where nothing was (client-go, transport/token_source.go).
    if (fresh.isEmpty()) {
        if (!m_hasFileToken && m_givenToken.isEmpty())
            m_error =
                base::Error{.kind = base::ErrorKind::BadConfig,
                            .reason = isOpen ? QStringLiteral("tokenFileEmpty") : QStringLiteral("tokenFileUnreadable"),
                            .said = base::visible(isOpen ? m_identity->tokenFile : file.errorString())};
        return false;
    }
    m_hasFileToken = true;
    m_read.start();
    const QString token = QString::fromUtf8(fresh);
    if (token == m_identity->token)
        return false;
    auto identity = std::make_shared<Identity>(*m_identity);
    identity->token = token;
    m_identity = std::move(identity);
    m_version = nextIdentityVersion();
    return true;
}

} // namespace transport
