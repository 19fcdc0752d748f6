#include "app/messages/connections.h"

#include <QCoreApplication>

namespace messages {
namespace {

struct Messages {
    Q_DECLARE_TR_FUNCTIONS(Messages)
};

} // namespace

QString authName(config::AuthKind kind)
{
    switch (kind) {
    case config::AuthKind::None:
        return Messages::tr("None", "way to sign in");
    case config::AuthKind::Certificate:
        return Messages::tr("Client certificate");
    case config::AuthKind::Token:
        return Messages::tr("Token", "way to sign in");
    case config::AuthKind::TokenFile:
        return Messages::tr("Token file");
    case config::AuthKind::Exec:
        return Messages::tr("Plugin", "way to sign in");
    case config::AuthKind::Basic:
        return Messages::tr("User name and password");
    }
    return {};
}

QString verificationSentence(const config::ClusterEntry& cluster)
{
    if (cluster.server.scheme() == QLatin1String("http"))
        return Messages::tr("Not encrypted: anyone on the way can read and change what is sent.");
    if (cluster.insecureSkipTlsVerify)
        return Messages::tr(
            "insecure-skip-tls-verify: the server is not verified, and anyone on the way can pose as it.");
    if (cluster.certificateAuthority.isEmpty())
        return Messages::tr("Verified against the system's authorities.");
    return Messages::tr("Verified against the cluster's own CA.");
}

QString marksText(const config::Context& context)
{
    if (context.production && context.readOnly)
        return Messages::tr("Production, read-only");
    if (context.production)
        return Messages::tr("Production, writable");
    return context.readOnly ? Messages::tr("Read-only") : QString();
}

} // namespace messages
