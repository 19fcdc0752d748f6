#pragma once
// One run of a sign-in plugin: client.authentication.k8s.io/v1 and v1beta1 (client-go, plugin/pkg/client/auth/exec).

#include "app/base/result.h"
#include "app/config/consents.h"

#include <QDateTime>
#include <QProcess>
#include <QTimer>

namespace transport {

struct PluginAnswer {
    QString token;
    QByteArray clientCertificate; ///< PEM
    QByteArray clientKey;         ///< PEM
    QDateTime expires;            ///< invalid: not known
    bool operator==(const PluginAnswer&) const = default;
};

/// What a plugin printed, read. Error{Unauthorized} "pluginAnswerInvalid" says in `said` what is wrong with it.
base::Result<PluginAnswer> parsePluginAnswer(const QByteArray& text, const QString& apiVersion);

/// An error about a plugin; its command goes where a sentence looks for it.
base::Error pluginError(const QString& reason, const QString& command, const QString& said = {});

class ExecPlugin : public QObject {
    Q_OBJECT
public:
    struct Run {
        config::PluginCall call;
        QString apiVersion;
        QByteArray info;       ///< for KUBERNETES_EXEC_INFO
        QString path;          ///< PATH to run it with; empty: this process' own
        bool terminal = false; ///< it may read from this process' terminal
        std::chrono::milliseconds limit = std::chrono::minutes(3);
    };
    /// Starts it at once: its arguments as they are, never through a shell, without a terminal to ask in unless it may.
    ExecPlugin(Run run, QObject* parent);
    /// Ends it and whatever it has started.
    ~ExecPlugin() override;

signals:
    /// Once, never from within the constructor. Error{Unauthorized}: "pluginFailed" (causes: the exit code; `said`:
    /// what it wrote to stderr), "pluginTimedOut", "pluginAnswerInvalid", "pluginNotStarted".
    void ended(const base::Result<transport::PluginAnswer>& answer);
    /// What it writes to stderr, made visible, as it comes.
    void said(const QString& text);

private:
    void readErrors();
    void end(const base::Result<PluginAnswer>& answer);
    void stop();

    const Run m_run;
    QProcess* m_process; ///< deletes itself once it has ended
    QTimer m_limit;
    QByteArray m_output;
    QByteArray m_errors;
    bool m_ended = false;
};

} // namespace transport
