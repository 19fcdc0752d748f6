// A snapshot's file that somebody sent: as a zip of whatever bytes, or as a zip of ours with manifest, index and a list
// of whatever bytes, parted by NUL. Opened, and asked for what the window asks first.

#include "app/kube/listwatch.h"
#include "app/snapshot/snapshot.h"

#include <archive.h>
#include <archive_entry.h>

namespace {

void add(archive* zip, const char* name, const QByteArray& content)
{
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, content.size());
    archive_write_header(zip, entry);
    archive_write_data(zip, content.constData(), static_cast<std::size_t>(content.size()));
    archive_entry_free(entry);
}

QByteArray zipOf(const QList<QByteArray>& parts)
{
    qsizetype size = 64 << 10;
    for (const QByteArray& part : parts)
        size += part.size();
    QByteArray memory(size, '\0');
    std::size_t used = 0;
    archive* zip = archive_write_new();
    archive_write_set_format_zip(zip);
    archive_write_zip_set_compression_store(zip);
    archive_write_open_memory(zip, memory.data(), static_cast<std::size_t>(memory.size()), &used);
    add(zip, "snapshot.json", parts.value(0));
    add(zip, "index.json", parts.value(1));
    add(zip, "list.json", parts.value(2));
    archive_write_close(zip);
    archive_write_free(zip);
    memory.resize(static_cast<qsizetype>(used));
    return memory;
}

void ask(const snapshot::Snapshot& snapshot, const QByteArray& path, const char* accept = nullptr,
         std::vector<std::pair<QString, QString>> query = {})
{
    transport::Request request{.path = path, .query = std::move(query), .mostBytes = 1 << 20};
    if (accept)
        request.headers.emplace_back("Accept", accept);
    (void)snapshot.answer(request);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const QByteArray input(reinterpret_cast<const char*>(data + 1), static_cast<qsizetype>(size - 1));
    auto archive = snapshot::ArchiveReader::open(data[0] % 2 == 0 ? input : zipOf(input.split('\0')),
                                                 {.entries = 1000, .entryBytes = 1 << 20, .freeBytes = 4 << 20});
    if (!archive)
        return 0;
    const auto opened = snapshot::Snapshot::open(std::move(*archive), QStringLiteral("fuzz"));
    if (!opened)
        return 0;
    const snapshot::Snapshot& snapshot = **opened;
    const QString limit = QStringLiteral("limit");
    ask(snapshot, "/apis");
    ask(snapshot, "/api/v1/pods", nullptr, {{limit, QStringLiteral("2")}});
    ask(snapshot, "/api/v1/pods", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");
    ask(snapshot, "/api/v1/pods", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1",
        {{QStringLiteral("labelSelector"), QStringLiteral("app=a")},
         {QStringLiteral("fieldSelector"), QStringLiteral("status.phase=Running")}});
    ask(snapshot, "/api/v1/namespaces/a/pods/b");
    ask(snapshot, "/api/v1/namespaces/a/pods/b/log");
    (void)snapshot.member(QStringLiteral("a"));
    return 0;
}
