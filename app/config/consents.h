#pragma once
// A kubeconfig is code: what of it may be run has been said by a person, once for each file, program, arguments and
// environment. Window and command line read the same answers.

#include "app/base/result.h"

#include <QObject>
#include <QSet>
#include <QStringList>
#include <vector>

namespace config {

/// A program that a kubeconfig asks to run.
struct PluginCall {
    QString file;    ///< the kubeconfig, absolute
    QString program; ///< absolute
    QStringList arguments;
    std::vector<std::pair<QString, QString>> environment; ///< what is added to it: it can change what a program does
    bool operator==(const PluginCall&) const = default;
};

/// Lives in the GUI thread.
class PluginConsents : public QObject {
    Q_OBJECT
public:
    enum class Answer { Unknown, Allowed, Refused };

    /// Remembers in `file`, a file of its own; none: forgets with the process. The file holds digests, since arguments
    /// and variables may be secret.
    explicit PluginConsents(QString file = {}, QObject* parent = nullptr);

    /// Everything is allowed, for this process.
    void trustAll() { m_trustAll = true; }

    Answer answerFor(const PluginCall& call) const;
    /// Asks the person: the question stands until it is answered. Twice the same is one question.
    void ask(const PluginCall& call);
    const std::vector<PluginCall>& questions() const { return m_questions; }
    /// A refusal stands as long as the process. Error{BadConfig} when it could not be remembered; it stands all the
    /// same.
    base::Result<void> answer(const PluginCall& call, Answer answer, bool remember);

signals:
    void questionsChanged();
    void answered();

private:
    void read();
    base::Result<void> write(const PluginCall& call, const QByteArray& digest);

    const QString m_file;
    QSet<QByteArray> m_allowed;
    QSet<QByteArray> m_refused;
    std::vector<PluginCall> m_questions;
    bool m_trustAll = false;
};

/// Where the answers are remembered: plugins.json in Alidade's configuration folder.
QString consentsFile();

} // namespace config
