#include "app/messages/errors.h"
#include "app/snapshot/archive.h"
#include "app/snapshot/snapshot.h"

#include <QTemporaryDir>
#include <QtEndian>
#include <QtTest>
#include <archive.h>
#include <archive_entry.h>

using snapshot::ArchiveReader;
using snapshot::ArchiveWriter;

namespace {

struct Entry {
    QByteArray name;
    QByteArray content;
    unsigned type = AE_IFREG;
};

/// A zip as somebody else's program may write it.
QByteArray zipOf(const std::vector<Entry>& entries)
{
    QByteArray memory(32 << 20, '\0');
    std::size_t used = 0;
    archive* zip = archive_write_new();
    archive_write_set_format_zip(zip);
    archive_write_open_memory(zip, memory.data(), static_cast<std::size_t>(memory.size()), &used);
    for (const Entry& each : entries) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, each.name.constData());
        archive_entry_set_filetype(entry, each.type);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, each.content.size());
        if (each.type == AE_IFLNK)
            archive_entry_set_symlink(entry, "/etc/passwd");
        archive_write_header(zip, entry);
        archive_write_data(zip, each.content.constData(), static_cast<std::size_t>(each.content.size()));
        archive_entry_free(entry);
    }
    archive_write_close(zip);
    archive_write_free(zip);
    memory.resize(static_cast<qsizetype>(used));
    return memory;
}

QString reasonOf(const QByteArray& zip, const ArchiveReader::Limits& limits = {})
{
    const auto opened = ArchiveReader::open(zip, limits);
    return opened ? QStringLiteral("opened") : opened.error().reason;
}

QByteArray manifest(int version)
{
    return R"({"format":"alidade-snapshot","version":)" + QByteArray::number(version) +
           R"(,"from":"2026-01-02T03:04:05.000Z","until":"2026-01-02T03:04:06.000Z"})";
}

const QByteArray EmptyIndex = R"({"answers":[],"kinds":[]})";

} // namespace

class TestArchive : public QObject {
    Q_OBJECT

private slots:
    void whatIsWrittenIsReadAgain();
    void whatIsNotFinishedLeavesNoFile();
    void aFileThatIsThereStaysUntilTheNewOneIsWhole();
    void hostileFilesAreRefused_data();
    void hostileFilesAreRefused();
    void aBombIsNotUnpacked();
    void everyCutOfAFileIsRefused();
    void everyRefusalIsOneSentence();
    void aLaterFormatIsSaidToBeOne();
    void anIndexThatPointsNowhereIsRefused();
    void aListOfNonsenseIsAnsweredOrRefused_data();
    void aListOfNonsenseIsAnsweredOrRefused();
};

void TestArchive::whatIsWrittenIsReadAgain()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("a.alidade"));
    auto writer = ArchiveWriter::create(file);
    QVERIFY(writer);
    const QByteArray large(3 << 20, 'x');
    QVERIFY((*writer)->add("snapshot.json", "{}"));
    QVERIFY((*writer)->add("kinds/core/v1/pods/list.json", large));
    QVERIFY((*writer)->finish());
    QVERIFY((*writer)->written() > 0);
    writer->reset();
    QCOMPARE(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    const auto reader = ArchiveReader::open(file);
    QVERIFY(reader);
    QCOMPARE((*reader)->read("snapshot.json", 100).value(), QByteArray("{}"));
    QCOMPARE((*reader)->read("kinds/core/v1/pods/list.json", 4 << 20).value(), large);
    QCOMPARE((*reader)->read("kinds/core/v1/pods/list.json", 1 << 20).error().reason, QStringLiteral("entryTooLong"));
    QCOMPARE((*reader)->read("else", 100).error().reason, QStringLiteral("entryMissing"));
}

void TestArchive::whatIsNotFinishedLeavesNoFile()
{
    const QTemporaryDir folder;
    {
        auto writer = ArchiveWriter::create(folder.filePath(QStringLiteral("a.alidade")));
        QVERIFY(writer);
        QVERIFY((*writer)->add("a", "b"));
    }
    QVERIFY(QDir(folder.path()).isEmpty());
    QCOMPARE(ArchiveWriter::create(folder.filePath(QStringLiteral("none/a"))).error().reason,
             QStringLiteral("fileUnwritable"));
}

void TestArchive::aFileThatIsThereStaysUntilTheNewOneIsWhole()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("a.alidade"));
    QFile old(file);
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write("old");
    old.close();
    {
        auto writer = ArchiveWriter::create(file);
        QVERIFY((*writer)->add("a", "b"));
    }
    QVERIFY(old.open(QIODevice::ReadOnly));
    QCOMPARE(old.readAll(), QByteArray("old"));
}

void TestArchive::hostileFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("zip");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const QByteArray& zip, const char* reason) {
        QTest::newRow(name) << zip << QString::fromLatin1(reason);
    };
    row("nothing", {}, "notAnArchive");
    row("text", "hello", "notAnArchive");
    row("leads up", zipOf({{"../evil", "x"}}), "entryNameUnsafe");
    row("leads up inside", zipOf({{"a/../../evil", "x"}}), "entryNameUnsafe");
    row("from the root", zipOf({{"/etc/evil", "x"}}), "entryNameUnsafe");
    row("a drive", zipOf({{"C:\\evil", "x"}}), "entryNameUnsafe");
    row("blanks", zipOf({{"a b", "x"}}), "entryNameUnsafe");
    row("control characters", zipOf({{"a\x1b[31m", "x"}}), "entryNameUnsafe");
    row("long", zipOf({{QByteArray(600, 'a'), "x"}}), "entryNameUnsafe");
    row("twice", zipOf({{"a", "x"}, {"a", "y"}}), "entryTwice");
    row("a link", zipOf({{"a", "", AE_IFLNK}}), "entryNoFile");
    row("a folder", zipOf({{"a", "", AE_IFDIR}}), "entryNoFile");
    row("no snapshot", zipOf({{"word/document.xml", "x"}}), "opened");
}

void TestArchive::hostileFilesAreRefused()
{
    QFETCH(QByteArray, zip);
    QFETCH(QString, reason);
    QCOMPARE(reasonOf(zip), reason);
    const auto archive = ArchiveReader::open(zip, {});
    if (!archive)
        return;
    const auto opened = snapshot::Snapshot::open(std::move(*ArchiveReader::open(zip, {})), QStringLiteral("x"));
    QVERIFY(!opened);
    QCOMPARE(opened.error().reason, QStringLiteral("notASnapshot"));
}

void TestArchive::aBombIsNotUnpacked()
{
    const QByteArray zip = zipOf({{"a", QByteArray(20 << 20, '\0')}});
    QVERIFY(zip.size() < 100'000);
    const auto reader = ArchiveReader::open(zip, {.ratio = 10, .freeBytes = 1 << 20});
    QVERIFY(reader);
    qint64 taken = 0;
    const auto read = (*reader)->read("a", 1LL << 30, [&](QByteArrayView part) -> base::Result<void> {
        taken += part.size();
        return {};
    });
    QVERIFY(!read);
    QCOMPARE(read.error().reason, QStringLiteral("archiveBomb"));
    QVERIFY(taken <= 2 << 20);

    // Entries without end: counted before libarchive takes them into memory.
    QByteArray many;
    for (int i = 0; i < 2'000; ++i)
        many += "PK\x01\x02" + QByteArray(42, '\0');
    QCOMPARE(reasonOf(many, {.entries = 1'000}), QStringLiteral("entriesTooMany"));
    std::vector<Entry> entries;
    for (int i = 0; i < 1'001; ++i)
        entries.push_back({QByteArray::number(i), {}});
    QCOMPARE(reasonOf(zipOf(entries), {.entries = 1'000}), QStringLiteral("entriesTooMany"));
}

void TestArchive::everyCutOfAFileIsRefused()
{
    QByteArray body;
    for (int i = 0; i < 2'000; ++i)
        body += QByteArray::number(i * 7919);
    const QByteArray whole = zipOf({{"snapshot.json", manifest(1)}, {"index.json", EmptyIndex}, {"a", body}});
    QVERIFY(snapshot::Snapshot::open(std::move(*ArchiveReader::open(whole, {})), QStringLiteral("x")));
    for (qsizetype length = 0; length < whole.size(); length += 37) {
        const auto archive = ArchiveReader::open(whole.left(length), {});
        if (!archive)
            continue;
        const auto opened =
            snapshot::Snapshot::open(std::move(*ArchiveReader::open(whole.left(length), {})), QStringLiteral("x"));
        QVERIFY2(!opened, qPrintable(QString::number(length)));
    }
}

void TestArchive::everyRefusalIsOneSentence()
{
    for (const char* reason : {"notAnArchive", "archiveTruncated", "entryNameUnsafe", "entryNoFile", "entryTwice",
                               "entriesTooMany", "entryTooLong", "archiveBomb", "notASnapshot", "snapshotVersion",
                               "snapshotMalformed", "fileUnreadable", "fileUnwritable"}) {
        const QString sentence = messages::sentence({.kind = base::ErrorKind::BadConfig,
                                                     .reason = QLatin1String(reason),
                                                     .said = QStringLiteral("said"),
                                                     .ofWhom = QStringLiteral("shop.alidade")});
        QVERIFY2(sentence.contains(QLatin1String("shop.alidade")), reason);
        QVERIFY2(!sentence.contains(QLatin1Char('%')), reason);
    }
}

void TestArchive::aLaterFormatIsSaidToBeOne()
{
    const auto opened = snapshot::Snapshot::open(
        std::move(*ArchiveReader::open(zipOf({{"snapshot.json", manifest(7)}, {"index.json", EmptyIndex}}), {})),
        QStringLiteral("shop.alidade"));
    QVERIFY(!opened);
    QCOMPARE(opened.error().reason, QStringLiteral("snapshotVersion"));
    QCOMPARE(opened.error().said, QStringLiteral("7"));
    QCOMPARE(opened.error().ofWhom, QStringLiteral("shop.alidade"));
}

void TestArchive::anIndexThatPointsNowhereIsRefused()
{
    const QByteArray deep = QByteArray(100'000, '[') + QByteArray(100'000, ']');
    for (const QByteArray& index :
         {QByteArray("{}"), QByteArray("[]"), QByteArray("nonsense"), deep,
          QByteArray(R"({"answers":[],"kinds":[{"version":"v1","resource":"pods","list":0}]})"),
          QByteArray(R"({"answers":[0,0,0],"kinds":[]})"), QByteArray(R"({"answers":[],"kinds":[[]]})"),
          QByteArray(R"({"answers":[],"kinds":[{"version":"v1","resource":"pods","list":-1}]})")}) {
        const auto opened = snapshot::Snapshot::open(
            std::move(*ArchiveReader::open(zipOf({{"snapshot.json", manifest(1)}, {"index.json", index}}), {})),
            QStringLiteral("x"));
        QVERIFY2(!opened, index.left(60).constData());
    }
}

void TestArchive::aListOfNonsenseIsAnsweredOrRefused_data()
{
    QTest::addColumn<QByteArray>("list");
    for (const char* list :
         {R"({"metadata":"x","items":[{"metadata":{"name":"a"}},{"metadata":{"name":"b"}}]})",
          R"({"metadata":7,"items":[{"metadata":{"name":"a"}},{"metadata":{"name":"b"}}]})",
          R"({"metadata":[],"items":[{"metadata":{"name":"a"}},{"metadata":{"name":"b"}}]})",
          R"({"items":[{"metadata":{"name":"a"}},{"metadata":{"name":"b"}}]})", R"({"items":[{"metadata":[]}]})",
          R"({"items":[7]})", R"({"items":{}})", R"([])", R"(null)", "", R"({"items":[{"metadata":{"name":7}}]})"})
        QTest::newRow(list) << QByteArray(list);
}

void TestArchive::aListOfNonsenseIsAnsweredOrRefused()
{
    QFETCH(QByteArray, list);
    const QByteArray index =
        R"({"answers":[{"verb":"GET","path":"/api/v1/pods","holds":"list","status":200,"file":"l"}],)"
        R"("kinds":[{"version":"v1","resource":"pods","kind":"Pod","namespaced":true,"namespace":"","list":0}]})";
    const auto opened =
        snapshot::Snapshot::open(std::move(*ArchiveReader::open(
                                     zipOf({{"snapshot.json", manifest(1)}, {"index.json", index}, {"l", list}}), {})),
                                 QStringLiteral("x"));
    QVERIFY(opened);
    for (const char* accept : {"application/json", "application/json;as=PartialObjectMetadataList"}) {
        const auto reply = (*opened)->answer({.path = "/api/v1/pods",
                                              .query = {{QStringLiteral("limit"), QStringLiteral("1")},
                                                        {QStringLiteral("labelSelector"), QStringLiteral("!x")}},
                                              .headers = {{"Accept", accept}}});
        QVERIFY(!reply || reply->head.status == 200);
        if (!reply)
            QCOMPARE(reply.error().kind, base::ErrorKind::BadAnswer);
    }
}

QTEST_GUILESS_MAIN(TestArchive)
#include "tst_archive.moc"
