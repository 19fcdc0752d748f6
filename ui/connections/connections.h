#pragma once
// What the page and the dialogs of this folder do: changes to our own settings, secrets in the keychain. Everything is
// written before it is shown.

#include "app/config/kubeconfig.h"
#include "app/config/secretstore.h"
#include "app/config/settings.h"
#include "ui/connections/secretclipboard.h"

#include <QObject>

namespace store {
class Clusters;
}

namespace ui {

class Connections : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(const base::Result<void>&)>;

    /// All three outlive it.
    Connections(store::Clusters* clusters, config::SecretStore* secrets, const QString& settingsFile,
                QObject* parent = nullptr);

    store::Clusters* clusters() const { return m_clusters; }
    SecretClipboard* clipboard() { return &m_clipboard; }
    /// As they are on disk; nothing for what cannot be read.
    config::Settings settings() const;
    /// As they are now, with their marks.
    std::vector<config::Context> contexts() const;

    base::Result<void> setMarks(const config::Context& context, const config::Marks& marks);
    base::Result<void> addFile(const QString& file);
    base::Result<void> removeFile(const QString& file);
    /// The secret first, then the profile: there is never one whose secret was not kept. No secret: the one there
    /// stays.
    void saveProfile(const config::Profile& profile, const std::optional<QString>& secret, Done done);
    /// The profile first. A secret that the keychain does not let go is said by the Error; the profile is gone then.
    void removeProfile(const config::Profile& profile, Done done);
    /// The user of a context with its secret, asked of the keychain where it lies there.
    base::Call<config::UserEntry> userOf(const config::Context& context) const;

Q_SIGNALS:
    /// The sources are other ones: load them again.
    void sourcesChanged();
    void marksChanged();

private:
    base::Result<void> change(const std::function<void(config::Settings&)>& how);

    store::Clusters* m_clusters;
    config::SecretStore* m_secrets;
    const QString m_file;
    SecretClipboard m_clipboard;
};

} // namespace ui
