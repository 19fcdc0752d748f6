#pragma once
// The file that is being filled: each answer redacted, written and indexed as it comes. Internal to snapshot/.

#include "app/kube/pages.h"
#include "app/snapshot/archive.h"
#include "app/snapshot/format.h"
#include "app/snapshot/redaction.h"
#include "app/transport/request.h"

#include <QSet>
#include <QTemporaryFile>
#include <atomic>
#include <memory>
#include <mutex>

namespace snapshot {

/// What is asked of a pod whose containers are not well.
struct LogWanted {
    QString nameSpace;
    QString pod;
    QString container;
    bool previous = false;
    bool isSick = false; ///< not well now; else it was restarted before
};

/// What became of a list or Table.
struct Listing {
    int place = -1; ///< in the index; -1: it is not there
    std::optional<base::Error> error;
    QString resourceVersion;
};

/// Any thread: answers come in the transports' own.
class Book {
public:
    struct Options {
        bool redact = true;
        bool addresses = false; ///< replaces addresses as well
    };
    static base::Result<std::shared_ptr<Book>> create(const QString& file, Options options);

    /// A part of it: the answers of another cluster, in a folder of their own.
    struct Part {
        QByteArray folder; ///< "" or "members/cls-abc/"
        Index index;
        QHash<QByteArray, int> known; ///< places of what was asked, by question
        std::vector<Skipped> skipped;
        std::vector<LogWanted> logs;
        std::atomic<qint64> requests = 0;
        int files = 0;
    };
    std::shared_ptr<Part> part(const QByteArray& folder);

    /// An answer that is no list. Of the same question only the first is kept.
    void record(Part& part, const transport::Request& request, const base::Result<transport::Reply>& reply);
    /// The same with its body in a file.
    void record(Part& part, const transport::Request& request, const transport::ReplyHead& head, QIODevice& body);
    /// What could not be asked or was refused.
    void skip(Part& part, const QString& path, const base::Error& error);
    base::Result<void> add(const QByteArray& name, const kube::Json& json);
    /// The index of a part, as it is now.
    kube::Json indexOf(const Part& part) const;

    /// What failed in writing, if anything did: then all else is in vain.
    std::optional<base::Error> error() const;
    qint64 written() const { return m_written; } ///< bytes of the file, without waiting
    qint64 bytes() const { return m_bytes; }     ///< of the answers
    std::vector<Redacted> redacted() const;
    base::Result<void> finish();
    const Options& options() const { return m_options; }
    /// Some other JSON of ours, redacted where that is wanted.
    void redact(kube::Json& json);
    /// An address for the manifest, redacted where that is wanted.
    QString address(const QString& url);

private:
    friend class ListWriter;
    Book(std::unique_ptr<ArchiveWriter> archive, Options options);
    QByteArray redactedBody(const transport::Reply& reply);
    QByteArray nameFor(Part& part, const char* extension);
    void write(const QByteArray& name, QIODevice& content, const QByteArray& before = {}, const QByteArray& after = {});
    /// Its name in the file.
    QByteArray writeBody(Part& part, const QByteArray& body);
    /// With what must not be in it taken out.
    int index(Part& part, Answer answer);
    QString redactedText(const QString& text);
    /// A path, in which nodes that are called by their addresses stand.
    QString placed(const QString& path);
    base::Error redacted(base::Error error);
    /// There is no room for what waits to be written.
    base::Error fail(const QString& said);

    mutable std::mutex m_mutex;
    const Options m_options;
    std::unique_ptr<ArchiveWriter> m_archive;
    Redactor m_redactor;
    std::optional<base::Error> m_error;
    std::atomic<qint64> m_bytes = 0;
    std::atomic<qint64> m_written = 0;
    QSet<QByteArray> m_names;
};

/// The pages of one list or Table on their way into the book; in the thread that answers.
class ListWriter {
public:
    enum class Of { Items, Rows };
    ListWriter(std::shared_ptr<Book> book, std::shared_ptr<Book::Part> part, kube::ApiResource kind, QString nameSpace,
               Of what);

    /// For kube::readPages().
    static kube::PageTaker taker(const std::shared_ptr<ListWriter>& self);
    /// Writes and indexes what was taken, or how it was refused, which of a Table is not indexed.
    Listing end(const transport::Request& request, const base::Result<transport::ReplyHead>& last);

private:
    void restart();
    base::Result<QString> take(const transport::Reply& reply);
    base::Result<void> takeItem(const QByteArray& text);
    void wantLogs(const kube::Json& pod);

    const std::shared_ptr<Book> m_book;
    const std::shared_ptr<Book::Part> m_part;
    const kube::ApiResource m_kind;
    const QString m_nameSpace;
    const Of m_what;
    QTemporaryFile m_spool;
    QByteArray m_page;
    QStringList m_columns;
    kube::Json m_rest;
    QString m_version;
    qint64 m_items = 0;
    std::vector<LogWanted> m_logs;
    bool m_isTable = true;
};

/// The headers of an answer that mean something later.
std::vector<transport::Header> keptHeaders(const transport::ReplyHead& head);

} // namespace snapshot
