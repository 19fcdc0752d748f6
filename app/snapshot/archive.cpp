#include "app/snapshot/archive.h"

#include "app/base/visible.h"

#include <QBuffer>
#include <QFile>
#include <QSaveFile>
#include <QSet>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <mutex>
#include <unistd.h>

namespace snapshot {
namespace {

using base::ErrorKind;

constexpr qsizetype LongestName = 512;

struct FreeReader {
    void operator()(archive* each) const { archive_read_free(each); }
};
struct FreeWriter {
    void operator()(archive* each) const { archive_write_free(each); }
};
struct FreeEntry {
    void operator()(archive_entry* each) const { archive_entry_free(each); }
};
using Reader = std::unique_ptr<archive, FreeReader>;
using Entry = std::unique_ptr<archive_entry, FreeEntry>;

QString wordsOf(archive* from)
{
    const char* said = archive_error_string(from);
    return said ? base::visible(QString::fromUtf8(said)) : QString();
}

} // namespace

bool isSafeName(const QByteArray& name)
{
    if (name.isEmpty() || name.size() > LongestName || name.startsWith('/') || name.endsWith('/'))
        return false;
    for (const char c : name)
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
              c == '-' || c == '/'))
            return false;
    for (const QByteArray& part : name.split('/'))
        if (part.isEmpty() || part == "." || part == "..")
            return false;
    return true;
}

struct ArchiveWriter::Parts {
    explicit Parts(const QString& name) : file(name) {}
    QSaveFile file;
    std::unique_ptr<archive, FreeWriter> zip{archive_write_new()};
    std::optional<base::Error> error;
    bool isClosed = false;

    static la_ssize_t write(archive* to, void* self, const void* bytes, size_t count)
    {
        auto* parts = static_cast<Parts*>(self);
        const qint64 written = parts->file.write(static_cast<const char*>(bytes), static_cast<qint64>(count));
        if (written < 0)
            archive_set_error(to, EIO, "%s", qUtf8Printable(parts->file.errorString()));
        return written;
    }
};

base::Result<std::unique_ptr<ArchiveWriter>> ArchiveWriter::create(const QString& file)
{
    auto parts = std::make_unique<Parts>(file);
    const auto unwritable = [&](const QString& said) {
        return base::failure({.kind = ErrorKind::BadConfig,
                              .reason = QStringLiteral("fileUnwritable"),
                              .said = base::visible(said),
                              .ofWhom = base::visible(file)});
    };
    if (!parts->file.open(QIODevice::WriteOnly))
        return unwritable(parts->file.errorString());
    // What a cluster says of itself is nobody else's business.
    parts->file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    archive* zip = parts->zip.get();
    if (archive_write_set_format_zip(zip) != ARCHIVE_OK ||
        archive_write_zip_set_compression_deflate(zip) != ARCHIVE_OK ||
        archive_write_set_bytes_per_block(zip, 1 << 16) != ARCHIVE_OK ||
        archive_write_set_bytes_in_last_block(zip, 1) != ARCHIVE_OK ||
        archive_write_open(zip, parts.get(), nullptr, &Parts::write, nullptr) != ARCHIVE_OK)
        return unwritable(wordsOf(zip));
    return std::unique_ptr<ArchiveWriter>(new ArchiveWriter(std::move(parts)));
}

ArchiveWriter::ArchiveWriter(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}

ArchiveWriter::~ArchiveWriter()
{
    if (m_parts->isClosed)
        return;
    m_parts->zip.reset(); // writes its end into what is thrown away
    m_parts->file.cancelWriting();
}

base::Result<void> ArchiveWriter::failed()
{
    if (!m_parts->error)
        m_parts->error = base::Error{.kind = ErrorKind::BadConfig,
                                     .reason = QStringLiteral("fileUnwritable"),
                                     .said = wordsOf(m_parts->zip.get()),
                                     .ofWhom = base::visible(m_parts->file.fileName())};
    return base::failure(*m_parts->error);
}

base::Result<void> ArchiveWriter::add(const QByteArray& name, const QByteArray& content)
{
    QBuffer device;
    device.setData(content);
    device.open(QIODevice::ReadOnly);
    return add(name, device);
}

base::Result<void> ArchiveWriter::add(const QByteArray& name, QIODevice& content, const QByteArray& before,
                                      const QByteArray& after)
{
    Q_ASSERT(isSafeName(name));
    if (m_parts->error)
        return base::failure(*m_parts->error);
    archive* zip = m_parts->zip.get();
    const qint64 size = content.size();
    const Entry entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), name.constData());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_size(entry.get(), before.size() + size + after.size());
    archive_entry_set_mtime(entry.get(), QDateTime::currentSecsSinceEpoch(), 0);
    const auto write = [zip](const char* bytes, qint64 count) {
        return count == 0 || archive_write_data(zip, bytes, static_cast<size_t>(count)) == count;
    };
    if (!content.seek(0) || archive_write_header(zip, entry.get()) != ARCHIVE_OK ||
        !write(before.constData(), before.size()))
        return failed();
    std::array<char, 1 << 16> part{};
    qint64 read = 0;
    for (qint64 count = 0; (count = content.read(part.data(), part.size())) > 0; read += count)
        if (!write(part.data(), count))
            return failed();
    if (read != size) { // it could not be read back
        archive_set_error(zip, EIO, "%s", qUtf8Printable(content.errorString()));
        return failed();
    }
    if (!write(after.constData(), after.size()) || archive_write_finish_entry(zip) != ARCHIVE_OK)
        return failed();
    return {};
}

qint64 ArchiveWriter::written() const
{
    return archive_filter_bytes(m_parts->zip.get(), -1);
}

base::Result<void> ArchiveWriter::finish()
{
    if (m_parts->error)
        return base::failure(*m_parts->error);
    if (archive_write_close(m_parts->zip.get()) != ARCHIVE_OK)
        return failed();
    if (!m_parts->file.commit()) {
        archive_set_error(m_parts->zip.get(), EIO, "%s", qUtf8Printable(m_parts->file.errorString()));
        return failed();
    }
    m_parts->isClosed = true;
    return {};
}

struct ArchiveReader::Parts {
    QString name;
    QFile file;
    QByteArray content; ///< in place of a file
    qint64 stored = 0;  ///< bytes of the whole
    Limits limits;
    QHash<QByteArray, int> entries; ///< their place in the archive
    std::mutex mutex;
    mutable qint64 inflated = 0; ///< of entries that were read, each once
    QSet<int> counted;

    base::Error error(ErrorKind kind, const char* reason, const QString& said = {}) const
    {
        return {.kind = kind, .reason = QLatin1String(reason), .said = said, .ofWhom = base::visible(name)};
    }

    base::Result<Reader> begin() const
    {
        Reader reader(archive_read_new());
        archive_read_support_format_zip_seekable(reader.get());
        int opened = ARCHIVE_FATAL;
        if (!file.isOpen())
            opened = archive_read_open_memory(reader.get(), content.constData(), static_cast<size_t>(content.size()));
        else if (::lseek(file.handle(), 0, SEEK_SET) == 0) // the one that was opened, whatever has its name now
            opened = archive_read_open_fd(reader.get(), file.handle(), 1 << 16);
        if (opened != ARCHIVE_OK)
            return base::failure(error(ErrorKind::BadAnswer, "notAnArchive", wordsOf(reader.get())));
        return reader;
    }

    /// libarchive takes the whole directory into memory before it hands out the first entry.
    base::Result<void> countEntries(QByteArrayView whole) const
    {
        constexpr qsizetype ShortestHeader = 46;
        if (whole.size() / ShortestHeader > limits.entries && whole.count("PK\x01\x02") > limits.entries)
            return base::failure(error(ErrorKind::Limit, "entriesTooMany", QString::number(limits.entries)));
        return {};
    }

    base::Result<void> readEntries()
    {
        auto reader = begin();
        if (!reader)
            return base::failure(reader.error());
        for (int place = 0;; ++place) {
            archive_entry* entry = nullptr;
            const int found = archive_read_next_header(reader->get(), &entry);
            if (found == ARCHIVE_EOF && place > 0)
                return {};
            if (found != ARCHIVE_OK && found != ARCHIVE_WARN)
                return base::failure(error(ErrorKind::BadAnswer, "notAnArchive", wordsOf(reader->get())));
            if (place >= limits.entries)
                return base::failure(error(ErrorKind::Limit, "entriesTooMany", QString::number(limits.entries)));
            const QByteArray path = archive_entry_pathname(entry);
            if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_symlink(entry) ||
                archive_entry_hardlink(entry))
                return base::failure(
                    error(ErrorKind::BadAnswer, "entryNoFile", base::visible(QString::fromUtf8(path))));
            if (!isSafeName(path))
                return base::failure(
                    error(ErrorKind::BadAnswer, "entryNameUnsafe", base::visible(QString::fromUtf8(path))));
            if (entries.contains(path))
                return base::failure(error(ErrorKind::BadAnswer, "entryTwice", QString::fromLatin1(path)));
            entries.insert(path, place);
        }
    }
};

ArchiveReader::ArchiveReader(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}

ArchiveReader::~ArchiveReader() = default;

base::Result<std::unique_ptr<ArchiveReader>> ArchiveReader::open(const QString& file, Limits limits)
{
    auto parts = std::make_unique<Parts>();
    parts->name = file;
    parts->limits = limits;
    QFile& readable = parts->file;
    readable.setFileName(file);
    if (!readable.open(QIODevice::ReadOnly))
        return base::failure(
            parts->error(ErrorKind::BadConfig, "fileUnreadable", base::visible(readable.errorString())));
    parts->stored = readable.size();
    if (uchar* mapped = readable.map(0, readable.size()))
        if (auto counted = parts->countEntries(QByteArrayView(mapped, readable.size())); !counted)
            return base::failure(counted.error());
    if (auto read = parts->readEntries(); !read)
        return base::failure(read.error());
    return std::unique_ptr<ArchiveReader>(new ArchiveReader(std::move(parts)));
}

base::Result<std::unique_ptr<ArchiveReader>> ArchiveReader::open(const QByteArray& content, Limits limits)
{
    auto parts = std::make_unique<Parts>();
    parts->content = content;
    parts->limits = limits;
    parts->stored = content.size();
    if (auto counted = parts->countEntries(content); !counted)
        return base::failure(counted.error());
    if (auto read = parts->readEntries(); !read)
        return base::failure(read.error());
    return std::unique_ptr<ArchiveReader>(new ArchiveReader(std::move(parts)));
}

bool ArchiveReader::has(const QByteArray& name) const
{
    return m_parts->entries.contains(name);
}

QList<QByteArray> ArchiveReader::names() const
{
    return m_parts->entries.keys();
}

base::Result<QByteArray> ArchiveReader::read(const QByteArray& name, qint64 mostBytes) const
{
    QByteArray whole;
    auto read = this->read(name, mostBytes, [&](QByteArrayView part) -> base::Result<void> {
        whole.append(part);
        return {};
    });
    if (!read)
        return base::failure(read.error());
    return whole;
}

base::Result<void> ArchiveReader::read(const QByteArray& name, qint64 mostBytes,
                                       const std::function<base::Result<void>(QByteArrayView)>& take) const
{
    const auto found = m_parts->entries.constFind(name);
    if (found == m_parts->entries.constEnd())
        return base::failure(m_parts->error(ErrorKind::NotFound, "entryMissing", QString::fromLatin1(name)));
    const std::lock_guard lock(m_parts->mutex);
    auto reader = m_parts->begin();
    if (!reader)
        return base::failure(reader.error());
    archive_entry* entry = nullptr;
    for (int place = 0; place <= *found; ++place)
        if (const int next = archive_read_next_header(reader->get(), &entry);
            next != ARCHIVE_OK && next != ARCHIVE_WARN)
            return base::failure(m_parts->error(ErrorKind::BadAnswer, "archiveTruncated", wordsOf(reader->get())));
    if (name != archive_entry_pathname(entry)) // another file stands there now
        return base::failure(m_parts->error(ErrorKind::BadAnswer, "archiveTruncated"));
    const qint64 most = std::min(mostBytes, m_parts->limits.entryBytes);
    const bool isNew = !m_parts->counted.contains(*found);
    m_parts->counted.insert(*found);
    qint64 read = 0;
    std::array<char, 1 << 16> part{};
    for (;;) {
        const la_ssize_t count = archive_read_data(reader->get(), part.data(), part.size());
        if (count < 0)
            return base::failure(m_parts->error(ErrorKind::BadAnswer, "archiveTruncated", wordsOf(reader->get())));
        if (count == 0)
            return {};
        read += count;
        if (read > most)
            return base::failure(m_parts->error(ErrorKind::Limit, "entryTooLong", QString::fromLatin1(name)));
        if (isNew) {
            m_parts->inflated += count;
            const qint64 allowed = std::max(m_parts->limits.freeBytes, m_parts->stored * m_parts->limits.ratio);
            if (m_parts->inflated > allowed)
                return base::failure(m_parts->error(ErrorKind::Limit, "archiveBomb", QString::fromLatin1(name)));
        }
        if (auto taken = take(QByteArrayView(part.data(), count)); !taken)
            return taken;
    }
}

} // namespace snapshot
