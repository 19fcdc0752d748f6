#include "app/transport/inflate.h"

#include <QTest>
#include <algorithm>
#include <random>
#include <zlib.h>

using transport::InflateCaps;
using transport::Inflater;

namespace {

constexpr std::size_t Feeds[] = {1, 7, 61, 777, 65536};

std::string gzipped(std::string_view text)
{
    z_stream stream{};
    if (deflateInit2(&stream, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        qFatal("zlib does not start");
    std::string out(deflateBound(&stream, text.size()) + 64, '\0');
    std::string in(text);
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
        qFatal("zlib does not end");
    out.resize(out.size() - stream.avail_out);
    deflateEnd(&stream);
    return out;
}

struct Inflated {
    std::string text;
    QString failure;
};

/// The body in pieces of `feed` bytes, into rooms of `room` bytes.
Inflated inflated(std::string_view body, std::size_t feed, std::size_t room = 1024, InflateCaps caps = {})
{
    Inflated found;
    Inflater inflater(caps);
    std::vector<char> memory(room);
    const auto commit = [&](std::size_t count) -> base::Result<void> {
        found.text.append(memory.data(), count);
        return {};
    };
    base::Result<void> done;
    while (done && !body.empty()) {
        const auto piece = body.substr(0, feed);
        body.remove_prefix(piece.size());
        done = inflater.feed(
            {piece.data(), piece.size()}, [&] { return std::span<char>(memory); }, commit);
    }
    if (done)
        done = inflater.finish();
    if (!done)
        found.failure = done.error().reason;
    return found;
}

std::string randomText(std::size_t size)
{
    std::mt19937 random(7);
    std::string text(size, '\0');
    std::generate(text.begin(), text.end(), [&] { return static_cast<char>(random() % 40 + 'A'); });
    return text;
}

} // namespace

class TestInflate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aBodyIsInflated_data();
    void aBodyIsInflated();
    void aBodyCutShortAnywhereIsTruncated();
    void aBodyThatIsDamagedIsRefused_data();
    void aBodyThatIsDamagedIsRefused();
    void aChangedBitIsRefusedOrChangesNothing();
    void aBodyMayInflateToItsCap_data();
    void aBodyMayInflateToItsCap();
    void noRoomIsOverrun();
    void whatHasComeIsInflatedAtOnce();
    void theRatioIsCappedPastTheFreeBytes_data();
    void theRatioIsCappedPastTheFreeBytes();
    void aBombIsStoppedAt64MiB();
    void anErrorOfTheReaderEndsTheBody();
};

void TestInflate::aBodyIsInflated_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("body");

    const auto row = [](const char* name, const std::string& text, const std::string& body) {
        QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray::fromStdString(body);
    };
    const std::string text = randomText(200'000);
    row("text", text, gzipped(text));
    row("nothing", "", gzipped(""));
    row("one byte", "x", gzipped("x"));
    row("as long as a room", std::string(1024, 'x'), gzipped(std::string(1024, 'x')));
    row("much of the same", std::string(5'000'000, 'x'), gzipped(std::string(5'000'000, 'x')));
    row("members one behind the other", "one" + text + "three",
        gzipped("one") + gzipped(text) + gzipped("") + gzipped("three"));
    // RFC 1952, 2.3: FLG.FEXTRA, FNAME, FCOMMENT and FHCRC all set.
    std::string head("\x1f\x8b\x08\x1e\0\0\0\0\0\xff\x02\0xyname\0comment\0", 27);
    const auto sum = crc32(0, reinterpret_cast<const Bytef*>(head.data()), static_cast<uInt>(head.size()));
    head += static_cast<char>(sum & 0xff);
    head += static_cast<char>(sum >> 8 & 0xff);
    row("a head with all its fields", "x", head + gzipped("x").substr(10));
}

void TestInflate::aBodyIsInflated()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, body);

    for (const std::size_t feed : Feeds) {
        for (const std::size_t room : {std::size_t{1}, std::size_t{1024}, std::size_t{100'000}}) {
            if (room == 1 && feed > 1 && text.size() > 1'000'000)
                continue; // five million calls say no more than the first time
            const Inflated found = inflated(body.toStdString(), feed, room);
            QCOMPARE(found.failure, QString());
            QVERIFY(found.text == text.toStdString());
        }
    }
}

void TestInflate::aBodyCutShortAnywhereIsTruncated()
{
    const std::string body = gzipped("one") + gzipped(randomText(300));
    const std::size_t firstMember = gzipped("one").size();
    for (std::size_t length = 0; length < body.size(); ++length) {
        for (const std::size_t feed : {std::size_t{1}, std::size_t{777}}) {
            const Inflated found = inflated(std::string_view(body).substr(0, length), feed);
            QCOMPARE(found.failure, length == firstMember ? QString() : QStringLiteral("gzipTruncated"));
        }
    }
}

void TestInflate::aBodyThatIsDamagedIsRefused_data()
{
    QTest::addColumn<QByteArray>("body");

    const QByteArray body = QByteArray::fromStdString(gzipped(randomText(1'000)));
    const auto changed = [&body](qsizetype at) {
        QByteArray damaged = body;
        damaged[at] = static_cast<char>(damaged[at] ^ 1);
        return damaged;
    };
    QTest::newRow("no gzip") << QByteArray(R"({"kind":"PodList"})");
    QTest::newRow("zlib instead of gzip") << qCompress(QByteArray("text")).mid(4);
    QTest::newRow("a wrong checksum") << changed(body.size() - 8);
    QTest::newRow("a wrong length") << changed(body.size() - 4);
    QTest::newRow("a damaged member") << changed(body.size() / 2);
    QTest::newRow("a second member damaged") << body + changed(body.size() - 6);
    QTest::newRow("something behind the end") << body + "xx";
    QTest::newRow("zeros behind the end") << body + QByteArray(16, '\0');
    QTest::newRow("plain text behind the end") << body + "\n{}";
}

void TestInflate::aBodyThatIsDamagedIsRefused()
{
    QFETCH(QByteArray, body);
    for (const std::size_t feed : Feeds)
        QCOMPARE(inflated(body.toStdString(), feed).failure, QStringLiteral("gzipMalformed"));
}

void TestInflate::aChangedBitIsRefusedOrChangesNothing()
{
    const std::string text = randomText(500);
    const std::string body = gzipped(text);
    std::size_t harmless = 0; // the header's time, system and hints, and what fills the last byte up
    for (std::size_t bit = 0; bit < body.size() * 8; ++bit) {
        std::string damaged = body;
        damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
        const Inflated found = inflated(damaged, 65536);
        harmless += found.failure.isEmpty() ? 1 : 0;
        QVERIFY2(!found.failure.isEmpty() || found.text == text, qPrintable(QStringLiteral("bit %1").arg(bit)));
    }
    QVERIFY(harmless <= 1 + 6 * 8 + 7);
}

void TestInflate::aBodyMayInflateToItsCap_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<QString>("failure");
    QTest::newRow("just as long") << 100'000 << QString();
    QTest::newRow("one byte more") << 100'001 << QStringLiteral("inflatedTooLong");
    QTest::newRow("far more") << 10'000'000 << QStringLiteral("inflatedTooLong");
}

void TestInflate::aBodyMayInflateToItsCap()
{
    QFETCH(int, size);
    QFETCH(QString, failure);

    const InflateCaps caps{.mostBytes = 100'000};
    const std::string half = gzipped(std::string(static_cast<std::size_t>(size) / 2, 'x'));
    const std::string otherHalf = gzipped(std::string(static_cast<std::size_t>(size - size / 2), 'x'));
    for (const std::size_t feed : Feeds) {
        for (const std::size_t room : {std::size_t{1000}, std::size_t{1 << 20}}) {
            const Inflated found = inflated(half + otherHalf, feed, room, caps);
            QCOMPARE(found.failure, failure);
            QVERIFY(found.text.size() <= 100'000);
        }
    }
}

void TestInflate::noRoomIsOverrun()
{
    Inflater inflater;
    std::string memory(100, '.');
    std::string text;
    const std::string body = gzipped(randomText(1'000));
    const auto done = inflater.feed(
        {body.data(), body.size()}, [&] { return std::span<char>(memory.data(), 10); },
        [&](std::size_t count) -> base::Result<void> {
            if (count > 10 || memory.find_first_not_of('.', 10) != std::string::npos)
                return base::failure({.reason = QStringLiteral("overrun")});
            text.append(memory.data(), count);
            return {};
        });
    QVERIFY(done);
    QVERIFY(text == randomText(1'000));
    QCOMPARE(inflater.compressedBytes(), body.size());
    QCOMPARE(inflater.inflatedBytes(), 1'000U);
}

void TestInflate::whatHasComeIsInflatedAtOnce()
{
    const std::string body = gzipped(randomText(300) + std::string(2'000, 'x') + randomText(300));
    for (std::size_t length = 0; length <= body.size(); ++length) {
        const auto come = std::string_view(body).substr(0, length);
        QCOMPARE(inflated(come, length, 1).text, inflated(come, length, 100'000).text);
    }
}

void TestInflate::theRatioIsCappedPastTheFreeBytes_data()
{
    QTest::addColumn<int>("freeBytes");
    QTest::addColumn<int>("ratio");
    QTest::addColumn<QString>("failure");
    // A million equal bytes are compressed about a thousand times.
    QTest::newRow("below the free bytes") << 1'000'000 << 1 << QString();
    QTest::newRow("past them") << 999'999 << 200 << QStringLiteral("inflatedRatio");
    QTest::newRow("past them, within the ratio") << 1 << 1'100 << QString();
}

void TestInflate::theRatioIsCappedPastTheFreeBytes()
{
    QFETCH(int, freeBytes);
    QFETCH(int, ratio);
    QFETCH(QString, failure);

    const InflateCaps caps{.freeBytes = static_cast<std::uint64_t>(freeBytes),
                           .mostRatio = static_cast<std::uint64_t>(ratio)};
    const std::string body = gzipped(std::string(1'000'000, 'x'));
    for (const std::size_t feed : Feeds) {
        const Inflated found = inflated(body, feed, 4096, caps);
        QCOMPARE(found.failure, failure);
        QVERIFY(failure.isEmpty() || found.text.size() <= static_cast<std::size_t>(freeBytes));
    }
}

void TestInflate::aBombIsStoppedAt64MiB()
{
    const std::string body = gzipped(std::string(80'000'000, '\0'));
    const Inflated found = inflated(body, 65536, 256 * 1024);
    QCOMPARE(found.failure, QStringLiteral("inflatedRatio"));
    QVERIFY(found.text.size() <= 64 << 20);
    QVERIFY(found.text.size() > 60 << 20);
}

void TestInflate::anErrorOfTheReaderEndsTheBody()
{
    Inflater inflater;
    std::vector<char> memory(100);
    const base::Error refusal{.kind = base::ErrorKind::Canceled, .reason = QStringLiteral("enough")};
    int calls = 0;
    const auto feed = [&](const std::string& body) {
        return inflater.feed(
            {body.data(), body.size()}, [&] { return std::span<char>(memory); },
            [&](std::size_t) -> base::Result<void> {
                ++calls;
                return base::failure(refusal);
            });
    };
    QCOMPARE(feed(gzipped(randomText(1'000))).error(), refusal);
    QCOMPARE(feed(gzipped("x")).error(), refusal);
    QCOMPARE(inflater.finish().error(), refusal);
    QCOMPARE(calls, 1);
}

QTEST_APPLESS_MAIN(TestInflate)
#include "tst_inflate.moc"
