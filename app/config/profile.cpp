#include "app/config/profile.h"

#include "app/base/visible.h"
#include "app/config/entries.h"

#include <QUuid>

namespace config {

QString Profile::secretId() const
{
    return QStringLiteral("cluster/") + id;
}

QString Profile::newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

Context contextOf(const Profile& profile, const QString& file)
{
    Context context;
    context.profile = profile.id;
    context.name = base::visible(profile.name);
    context.nameInFile = context.name;
    context.file = base::visible(file);
    context.clusterName = context.name;
    context.nameSpace = base::visible(profile.nameSpace);
    context.production = profile.marks.production;
    context.readOnly = profile.marks.isReadOnly();
    context.addresses = profile.addresses;

    RawCluster raw;
    raw.file = file;
    if (!profile.addresses.empty())
        raw.server = profile.addresses.front().url.toString(QUrl::FullyEncoded);
    raw.tlsServerName = profile.tlsServerName;
    raw.insecureSkipTlsVerify = profile.insecureSkipTlsVerify;
    raw.certificateAuthorityData = profile.certificateAuthority;
    Judged<ClusterEntry> judged = judge(raw);
    context.cluster = std::move(judged.entry);
    context.problems = std::move(judged.problems);
    if (profile.signIn == SignIn::None)
        return context;
    if (context.cluster.server.scheme() == QLatin1String("http")) {
        context.problems.push_back({QStringLiteral("credentialsNotSent"),
                                    idOf(profile.signIn == SignIn::Token ? AuthKind::Token : AuthKind::Certificate)});
        return context;
    }
    context.user.secretId = profile.secretId();
    if (profile.signIn == SignIn::Certificate)
        context.user.clientCertificate = profile.clientCertificate;
    return context;
}

UserEntry withSecret(UserEntry user, const QString& secret)
{
    user.secretId.clear();
    if (user.clientCertificate.isEmpty())
        user.token = secret;
    else
        user.clientKey = secret.toUtf8();
    return user;
}

} // namespace config
