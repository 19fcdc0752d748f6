#pragma once
// Every write that was sent, kept on disk: one JSON object a line, in a file that its owner alone may read. Nothing of
// a Secret's data and no credential is in it.

#include "app/base/result.h"
#include "app/kube/json.h"
#include "app/kube/objectref.h"

#include <QDateTime>
#include <QString>
#include <vector>

namespace change {

struct WriteEntry {
    QDateTime at; ///< UTC
    QString context;
    QString user; ///< the kubeconfig's name for it
    QString address;
    QByteArray verb;
    QByteArray target; ///< path
    kube::ObjectRef ref;
    QString intent;    ///< Intent::id()
    bool undo = false; ///< it took back an earlier write
    kube::Json before; ///< Intent::touched() of the object, before
    kube::Json after;  ///< and after; null unless it was done
    QString resourceVersionBefore;
    QString resourceVersionAfter;
    /// "applied", "refused" (the server said no), "unknown" (no answer came: it may have been done)
    QString outcome;
    QString error; ///< ErrorKind's id and the server's words
};

/// Any thread; several processes may write to one file.
class WriteLog {
public:
    /// $XDG_STATE_HOME/alidade/writes.jsonl, ~/.local/state by default.
    static QString defaultFile();

    explicit WriteLog(QString file = defaultFile()) : m_file(std::move(file)) {}

    const QString& file() const { return m_file; }
    /// Adds a line; Error{BadConfig, "logUnwritable"} names the file.
    base::Result<void> add(const WriteEntry& entry) const;
    /// The newest `most`, oldest first; lines that are none are passed over.
    std::vector<WriteEntry> entries(std::size_t most = 1000) const;

private:
    QString m_file;
};

} // namespace change
