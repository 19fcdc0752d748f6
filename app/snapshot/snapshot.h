#pragma once
// A snapshot that is open: a small APIServer over what was captured, which only reads. Lists are answered from the
// captured ones by namespace, name, selectors and page; what is no list (discovery, logs, proxied services, access
// reviews) as it was answered then. What is not in the file is Error{NotCaptured} and never an empty answer; what the
// server refused is refused again.

#include "app/snapshot/archive.h"
#include "app/snapshot/format.h"
#include "app/snapshot/listed.h"
#include "app/transport/request.h"

#include <QMultiHash>
#include <mutex>

namespace snapshot {

/// Where an answer goes.
class AnswerSink {
public:
    virtual ~AnswerSink() = default;
    /// Once, before the body.
    virtual void head(const transport::ReplyHead& head) = 0;
    /// The next part. An error ends it, and is handed on.
    virtual base::Result<void> body(QByteArrayView part) = 0;
};

/// Any thread.
class Snapshot {
public:
    /// A file, or "demo": the one inside the program. Errors of the archive, and of format.h; `ofWhom` is the file.
    static base::Result<std::shared_ptr<const Snapshot>> open(const QString& file);
    static base::Result<std::shared_ptr<const Snapshot>> open(std::unique_ptr<ArchiveReader> archive,
                                                              const QString& file);

    const Manifest& manifest() const { return m_manifest; }
    const QString& file() const { return m_file; }
    /// Another file stands there now; this goes on with the one that was opened.
    bool isReplaced() const;
    /// What `alidadectl endpoints` said when it was taken; null: it was not asked.
    const kube::Json& endpoints() const { return m_endpoints; }

    /// A platform's member of which something was captured, as a snapshot of its own. Error{NotCaptured}.
    base::Result<std::shared_ptr<const Snapshot>> member(const QString& name) const;

    /// The APIServer's answer. Error{NotCaptured}; Error{ReadOnly, "snapshotReadOnly"} for writes; the error that came
    /// in place of an answer then; Error{Limit} past the request's mostBytes.
    base::Result<transport::Reply> answer(const transport::Request& request) const;
    /// The same in parts: a list is never whole in memory.
    base::Result<void> answer(const transport::Request& request, AnswerSink& sink) const;

private:
    struct Target;
    struct Kind;

    Snapshot() = default;
    base::Result<void> read(const QString& file);
    const Answer* recorded(const transport::Request& request) const;
    base::Result<transport::Reply> replay(const Answer& answer, const transport::Request& request) const;
    base::Result<bool> holdsAnswer(const Captured& of, const Target& target, const transport::Request& request) const;
    base::Result<transport::Reply> answerReview(const transport::Request& request) const;
    base::Result<transport::Reply> answerLog(const Target& target, const transport::Request& request) const;
    base::Result<transport::Reply> answerUnknown(const Target& target, const transport::Request& request) const;
    base::Result<transport::Reply> answerObject(const Target& target, const Captured& of,
                                                const transport::Request& request) const;
    base::Result<void> answerList(const Target& target, const Captured& of, const transport::Request& request,
                                  AnswerSink& sink) const;
    base::Result<std::shared_ptr<const Listed>> listed(int answer, Listed::Of what) const;
    const Captured* captured(const Target& target) const;
    std::optional<bool> isNamed(const QString& group, const QString& version) const;
    std::optional<bool> isServed(const QString& group, const QString& version, const QString& resource) const;
    base::Error aboutFile(base::Error error) const;
    base::Error lacks(const transport::Request& request) const;

    QString m_file;
    qint64 m_size = 0; ///< of the file as it was opened
    QDateTime m_modified;
    std::shared_ptr<const ArchiveReader> m_archive;
    QByteArray m_folder; ///< of a member
    Manifest m_manifest;
    Index m_index;
    kube::Json m_endpoints;
    QMultiHash<QByteArray, int> m_recorded; ///< answers that are no lists, by key
    mutable std::mutex m_mutex;
    mutable QHash<int, std::shared_ptr<const Listed>> m_listed;
    mutable std::mutex m_memberMutex;
    mutable QHash<QString, std::shared_ptr<const Snapshot>> m_members;
};

/// What is accepted in answer; empty: JSON.
QByteArray acceptOf(const transport::Request& request);
/// What tells one question from another: verb, path, query and body, without what only says how to answer.
QByteArray keyOf(const QByteArray& verb, const QByteArray& path, std::vector<std::pair<QString, QString>> query,
                 const QByteArray& body);

} // namespace snapshot
