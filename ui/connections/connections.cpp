#include "ui/connections/connections.h"

#include "app/store/clusters.h"

#include <QFileInfo>
#include <QPointer>

namespace ui {

Connections::Connections(store::Clusters* clusters, config::SecretStore* secrets, const QString& settingsFile,
                         QObject* parent)
    : QObject(parent),
      m_clusters(clusters),
      m_secrets(secrets),
      m_file(settingsFile)
{
}

config::Settings Connections::settings() const
{
    return config::loadSettings(m_file).value_or(config::Settings{});
}

std::vector<config::Context> Connections::contexts() const
{
    std::vector<config::Context> contexts;
    for (int i = 0; i < m_clusters->size(); ++i)
        // A platform's member, and a snapshot, are in no file and in no settings.
        if (m_clusters->at(i)->context().member.isEmpty() && !m_clusters->at(i)->isSnapshot())
            contexts.push_back(m_clusters->at(i)->context());
    return contexts;
}

base::Result<void> Connections::change(const std::function<void(config::Settings&)>& how)
{
    const auto changed = config::changeSettings(m_file, how);
    return changed ? base::Result<void>() : base::failure(changed.error());
}

base::Result<void> Connections::setMarks(const config::Context& context, const config::Marks& marks)
{
    const auto changed =
        config::changeSettings(m_file, [&](config::Settings& settings) { settings.setMarks(context, marks); });
    if (!changed)
        return base::failure(changed.error());
    for (int i = 0; i < m_clusters->size(); ++i) {
        store::Cluster* cluster = m_clusters->at(i);
        const store::Cluster* marked = m_clusters->find(cluster->context().platform);
        const config::Marks now = changed->marksOf((marked ? marked : cluster)->context());
        cluster->setMarks(now.production, now.isReadOnly());
    }
    Q_EMIT
    marksChanged();
    return {};
}

base::Result<void> Connections::addFile(const QString& file)
{
    const QString path = QFileInfo(file).absoluteFilePath();
    auto added = change([&path](config::Settings& settings) {
        if (!settings.kubeconfigs.contains(path))
            settings.kubeconfigs << path;
    });
    if (added)
        Q_EMIT
    sourcesChanged();
    return added;
}

base::Result<void> Connections::removeFile(const QString& file)
{
    auto removed = change([&file](config::Settings& settings) { settings.kubeconfigs.removeAll(file); });
    if (removed)
        Q_EMIT
    sourcesChanged();
    return removed;
}

void Connections::saveProfile(const config::Profile& profile, const std::optional<QString>& secret, Done done)
{
    const auto keep = [self = QPointer(this), this, profile, done = std::move(done)](const base::Result<void>& kept) {
        if (!self)
            return;
        if (!kept) {
            done(kept);
            return;
        }
        auto saved = change([&profile](config::Settings& settings) {
            for (config::Profile& each : settings.profiles) {
                if (each.id == profile.id) {
                    each = profile;
                    return;
                }
            }
            settings.profiles.push_back(profile);
        });
        done(saved);
        if (saved)
            Q_EMIT
        sourcesChanged();
    };
    if (secret)
        m_secrets->write(profile.secretId(), *secret).future.then(keep);
    else
        keep({});
}

void Connections::removeProfile(const config::Profile& profile, Done done)
{
    auto removed = change([&profile](config::Settings& settings) {
        std::erase_if(settings.profiles, [&](const config::Profile& each) { return each.id == profile.id; });
    });
    if (!removed || profile.signIn == config::SignIn::None)
        done(removed);
    else
        m_secrets->remove(profile.secretId())
            .future.then([self = QPointer(this), done = std::move(done)](const base::Result<void>& answer) {
                if (self)
                    done(answer);
            });
    if (removed)
        Q_EMIT
    sourcesChanged();
}

base::Call<config::UserEntry> Connections::userOf(const config::Context& context) const
{
    if (context.user.secretId.isEmpty())
        return base::answered(base::Result<config::UserEntry>(context.user));
    return base::mapped<config::UserEntry>(
        m_secrets->read(context.user.secretId),
        [user = context.user](const base::Result<QString>& secret) -> base::Result<config::UserEntry> {
            if (!secret)
                return base::failure(secret.error());
            return config::withSecret(user, *secret);
        });
}

} // namespace ui
