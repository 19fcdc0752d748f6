#include "app/transport/signin.h"

#include "app/transport/execidentity.h"

#include <QJsonObject>

namespace transport {

base::Result<std::shared_ptr<IdentitySource>> identitySourceOf(const config::Context& context, PluginHost* host)
{
    // Nobody asks as nobody because a secret was not read.
    if (!context.user.secretId.isEmpty())
        return base::failure({.kind = base::ErrorKind::BadConfig,
                              .reason = QStringLiteral("secretNotRead"),
                              .said = context.name,
                              .ofWhom = context.file});
    Identity identity = identityOf(context);
    if (context.user.authKind() == config::AuthKind::Exec) {
        const config::ExecEntry& entry = *context.user.exec;
        if (!host)
            return base::failure({.kind = base::ErrorKind::BadConfig,
                                  .reason = QStringLiteral("execUnsupported"),
                                  .said = entry.command});
        return std::make_shared<ExecIdentity>(entry, std::move(identity), execCluster(context.cluster), host);
    }
    if (const auto tls = tlsConfiguration({}, identity); !tls)
        return base::failure(tls.error());
    return std::make_shared<FixedIdentity>(std::move(identity));
}

void ReplaceableIdentity::replace(std::shared_ptr<IdentitySource> source)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_source) {
            m_source->disconnect(this);
            m_past.push_back(std::move(m_source));
        }
        m_source = std::move(source);
        connect(m_source.get(), &IdentitySource::settled, this, &IdentitySource::settled);
    }
    emit settled();
}

std::shared_ptr<IdentitySource> ReplaceableIdentity::source()
{
    const std::lock_guard lock(m_mutex);
    return m_source;
}

} // namespace transport
