#pragma once
// What Alidade itself keeps about clusters, beside the kubeconfigs and never in them: files that a person added,
// clusters added by hand, and marks. One JSON file that window and command line both read. No secret is in it.

#include "app/base/result.h"
#include "app/config/profile.h"

#include <functional>

namespace config {

/// The marks of one context of a kubeconfig. It is known again by its name with its server, so that a copy of the file
/// is as protected as the file, or by its name with its file, so that a new address changes nothing.
struct ContextMarks {
    QString context; ///< the name in its file
    QString file;
    QUrl server;
    Marks marks;
    bool operator==(const ContextMarks&) const = default;
};

struct Settings {
    QStringList kubeconfigs; ///< absolute; each read by itself, beside KUBECONFIG's
    std::vector<Profile> profiles;
    std::vector<ContextMarks> marks;
    bool operator==(const Settings&) const = default;

    const Profile* profile(const QString& id) const;
    /// Those of a context, of a kubeconfig or of a profile.
    Marks marksOf(const Context& context) const;
    void setMarks(const Context& context, const Marks& marks);
};

/// "<XDG_CONFIG_HOME>/alidade/clusters.json".
QString settingsFile();

/// A file that is not there holds nothing. Error{BadConfig} "settingsInvalid" for one that cannot be read or
/// understood, with what is wrong in `said`; `ofWhom` is the file.
base::Result<Settings> loadSettings(const QString& file);
/// Writes the whole file at once or not at all, for its owner alone (0600). Error{BadConfig} "fileUnwritable".
base::Result<void> saveSettings(const QString& file, const Settings& settings);
/// Reads, changes, writes; what cannot be read is not written over. The settings as they are then.
base::Result<Settings> changeSettings(const QString& file, const std::function<void(Settings&)>& change);

} // namespace config
