#pragma once
// What all sign-in plugins of a process share: which of them may run, where they are looked for, whether there is a
// terminal.

#include "app/config/consents.h"

#include <QDateTime>
#include <QProcess>
#include <QTimer>
#include <functional>
#include <optional>

namespace transport {

/// The PATH of a person's login shell, which knows more folders than a program that the desktop has started.
QStringList foldersIn(const QString& path);
/// The first of the folders that has this program; empty when none has. Relative folders are passed over, as Go does.
QString findProgram(const QString& command, const QStringList& folders);

/// Lives in the GUI thread and outlives the identities that were made with it.
class PluginHost : public QObject {
    Q_OBJECT
public:
    struct Options {
        bool terminal = false; ///< plugins may ask in this process' terminal
        QString loginShell;    ///< absolute; empty: it is not asked
        std::chrono::milliseconds limit = std::chrono::minutes(3);
        std::function<QDateTime()> clock = [] { return QDateTime::currentDateTimeUtc(); };
    };
    explicit PluginHost(Options options, config::PluginConsents* consents, QObject* parent = nullptr);

    const Options& options() const { return m_options; }
    config::PluginConsents* consents() const { return m_consents; }

    /// The login shell's PATH. It is started once, the first time it is asked for; empty when it does not say within
    /// five seconds. `then` is called in this thread, perhaps at once; not when `context` has gone.
    void loginPath(QObject* context, std::function<void(const QString& path)> then);

signals:
    /// A plugin wrote something to stderr, while it runs: "Open https://… and enter the code". Made visible.
    void said(const QString& program, const QString& text);

private:
    void gotLoginPath(const QString& path);

    const Options m_options;
    config::PluginConsents* m_consents;
    std::unique_ptr<QProcess> m_shell;
    QTimer m_patience;
    std::optional<QString> m_loginPath;

signals:
    void loginPathKnown(const QString& path);
};

/// The shell that the system's user table names.
QString ownLoginShell();

} // namespace transport
