#pragma once
// A zip file, written entry by entry and read by name: libarchive within limits of our own. Files that others made are
// hostile until checked: names that lead elsewhere, entries that are there twice, millions of them, and content that
// inflates without end are refused, each with one Error{BadAnswer} or Error{Limit} that names the file.

#include "app/base/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QIODevice>
#include <QStringList>
#include <functional>
#include <memory>

namespace snapshot {

/// Letters, digits and a few signs, in folders below the file's own: nothing that any system reads as a way elsewhere.
bool isSafeName(const QByteArray& name);

/// Writes beside the file and takes its place when it is whole: what is cancelled or fails leaves nothing behind. One
/// thread at a time.
class ArchiveWriter {
public:
    /// Error{BadConfig, "fileUnwritable"}: `said` is the system's words.
    static base::Result<std::unique_ptr<ArchiveWriter>> create(const QString& file);
    ~ArchiveWriter(); ///< discards what was not finished

    /// `name`: "kinds/v1/pods/list.json". Error{BadConfig, "fileUnwritable"}, which every later call answers again.
    base::Result<void> add(const QByteArray& name, const QByteArray& content);
    /// From the start to the end of a device, between two texts.
    base::Result<void> add(const QByteArray& name, QIODevice& content, const QByteArray& before = {},
                           const QByteArray& after = {});
    /// Bytes of the file so far.
    qint64 written() const;
    base::Result<void> finish();

private:
    struct Parts;
    explicit ArchiveWriter(std::unique_ptr<Parts> parts);
    base::Result<void> failed();
    std::unique_ptr<Parts> m_parts;
};

/// Any thread; reading waits for who else reads.
class ArchiveReader {
public:
    struct Limits {
        int entries = 100'000;
        qint64 entryBytes = 4LL << 30; ///< of one entry once inflated
        qint64 ratio = 400;            ///< inflated to stored, of the whole file, past `freeBytes`
        qint64 freeBytes = 64LL << 20;
    };
    /// Error{BadConfig, "fileUnreadable"}; Error{BadAnswer, "notAnArchive", "archiveTruncated", "entryNameUnsafe",
    /// "entryTwice", "entryNoFile"}; Error{Limit, "entriesTooMany"}.
    static base::Result<std::unique_ptr<ArchiveReader>> open(const QString& file, Limits limits);
    static base::Result<std::unique_ptr<ArchiveReader>> open(const QString& file) { return open(file, Limits{}); }
    /// The same from memory.
    static base::Result<std::unique_ptr<ArchiveReader>> open(const QByteArray& content, Limits limits);
    ~ArchiveReader();

    bool has(const QByteArray& name) const;
    QList<QByteArray> names() const;
    /// The whole of an entry. Error{NotFound, "entryMissing"}; Error{Limit, "entryTooLong"} past `mostBytes`;
    /// Error{BadAnswer, "archiveTruncated"}; Error{Limit, "archiveBomb"}.
    base::Result<QByteArray> read(const QByteArray& name, qint64 mostBytes) const;
    /// The same in parts.
    base::Result<void> read(const QByteArray& name, qint64 mostBytes,
                            const std::function<base::Result<void>(QByteArrayView)>& take) const;

private:
    struct Parts;
    explicit ArchiveReader(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace snapshot
