#include "app/kube/framesplitter.h"

#include <QTest>
#include <algorithm>
#include <cstring>
#include <random>
#include <simdjson.h>

using kube::FrameSplitter;

namespace {

constexpr std::size_t Feeds[] = {1, 7, 61, 777, 65536};

struct Frames {
    std::vector<std::string> frames;
    QString failure;
    std::size_t pending = 0;
};

Frames cut(std::string_view text, std::size_t feed, std::size_t room = kube::SplitBuffer::Room)
{
    Frames found;
    FrameSplitter splitter(room);
    const auto take = [&found](std::string_view json, std::size_t readable) -> base::Result<void> {
        if (readable < json.size() + simdjson::SIMDJSON_PADDING)
            qFatal("a frame without padding behind it");
        found.frames.emplace_back(json);
        return {};
    };
    while (!text.empty()) {
        const auto space = splitter.space();
        const std::size_t count = std::min({feed, space.size(), text.size()});
        std::memcpy(space.data(), text.data(), count);
        text.remove_prefix(count);
        if (const auto done = splitter.commit(count, take); !done) {
            found.failure = done.error().reason;
            break;
        }
    }
    found.pending = splitter.pending();
    return found;
}

} // namespace

class TestFrameSplitter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachLineIsAFrame_data();
    void eachLineIsAFrame();
    void whatIsNoObjectIsRefused_data();
    void whatIsNoObjectIsRefused();
    void aFrameMayBe4MiB();
    void nestingMayBe256Deep();
    void anErrorOfTheReaderEndsTheWatch();
    void aLongWatchNeedsNoMoreMemory();
    void feedsOfAnySizeGiveTheSameFrames();
};

void TestFrameSplitter::eachLineIsAFrame_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("frames");
    QTest::addColumn<int>("pending");

    const QByteArray a = R"({"type":"ADDED","object":{"a":"\n}{"}})";
    const QByteArray b = R"({"type":"BOOKMARK","object":{}})";
    const auto row = [](const char* name, const QByteArray& text, const QByteArrayList& frames, qsizetype pending) {
        QTest::newRow(name) << text << frames << static_cast<int>(pending);
    };
    row("nothing", "", {}, 0);
    row("one", a + '\n', {a}, 0);
    row("two", a + '\n' + b + '\n', {a, b}, 0);
    row("CR LF", a + "\r\n" + b + "\r\n", {a, b}, 0);
    row("blank lines", "\n\n" + a + "\n \t\r\n\n" + b + "\n\n", {a, b}, 0);
    row("blanks around a frame", "  " + a + " \t\n", {a}, 0);
    row("the last line is truncated", a + '\n' + b.left(12), {a}, 12);
    row("the last line lacks its end only", a + '\n' + b, {a}, b.size());
    row("larger than what is read at once", QByteArray(R"({"a":")") + QByteArray(300'000, 'x') + "\"}\n" + b + '\n',
        {QByteArray(R"({"a":")") + QByteArray(300'000, 'x') + "\"}", b}, 0);
}

void TestFrameSplitter::eachLineIsAFrame()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArrayList, frames);
    QFETCH(int, pending);

    std::vector<std::string> expected;
    for (const auto& frame : frames)
        expected.push_back(frame.toStdString());
    for (const std::size_t feed : Feeds) {
        const Frames found = cut(text.toStdString(), feed);
        QCOMPARE(found.failure, QString());
        QVERIFY(found.frames == expected);
        QCOMPARE(found.pending, static_cast<std::size_t>(pending));
    }
}

void TestFrameSplitter::whatIsNoObjectIsRefused_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char* line : {"x", "null", "1", R"("x")", "[]", "[{}]", "{}{}", "{} {}", "{}x", "x{}", "{", "}", "{]}",
                             R"({"a":"x})", R"({"a":[})", R"({"a":"\"})", "<html>"})
        QTest::newRow(line) << QByteArray(line);
}

void TestFrameSplitter::whatIsNoObjectIsRefused()
{
    QFETCH(QByteArray, line);
    const std::string text = "{\"first\":1}\n" + line.toStdString() + "\n{\"third\":1}\n";
    for (const std::size_t feed : Feeds) {
        const Frames found = cut(text, feed);
        QVERIFY(found.frames == std::vector<std::string>{"{\"first\":1}"});
        QCOMPARE(found.failure, QStringLiteral("frameMalformed"));
    }
}

void TestFrameSplitter::aFrameMayBe4MiB()
{
    std::string frame = R"({"a":")";
    frame.append(FrameSplitter::LongestFrame - frame.size() - 2, 'x');
    frame += "\"}";
    std::string longer = frame;
    longer.insert(10, 1, 'y');
    for (const std::size_t feed : {std::size_t{777}, std::size_t{65'536}, std::size_t{100'000'000}}) {
        const Frames found = cut(frame + '\n' + frame + '\n', feed);
        QCOMPARE(found.failure, QString());
        QVERIFY((found.frames == std::vector<std::string>{frame, frame}));
        QCOMPARE(cut(longer + '\n', feed).failure, QStringLiteral("frameTooLong"));
        QCOMPARE(cut(longer, feed).failure, QStringLiteral("frameTooLong"));
        QCOMPARE(cut(std::string(frame.size() + 1, ' '), feed).failure, QStringLiteral("frameTooLong"));
    }
}

void TestFrameSplitter::nestingMayBe256Deep()
{
    const auto frame = [](std::size_t depth) {
        return R"({"a":)" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}\n";
    };
    for (const std::size_t feed : Feeds) {
        QCOMPARE(cut(frame(256), feed).frames.size(), 1U);
        QCOMPARE(cut(frame(257), feed).failure, QStringLiteral("jsonTooDeep"));
    }
}

void TestFrameSplitter::anErrorOfTheReaderEndsTheWatch()
{
    FrameSplitter splitter;
    const base::Error refusal{.kind = base::ErrorKind::Gone, .reason = QStringLiteral("Expired")};
    int calls = 0;
    const auto refuse = [&](std::string_view, std::size_t) -> base::Result<void> {
        ++calls;
        return base::failure(refusal);
    };
    std::memcpy(splitter.space().data(), "{}\n{}\n", 6);
    QCOMPARE(splitter.commit(6, refuse).error(), refusal);
    std::memcpy(splitter.space().data(), "{}\n", 3);
    QCOMPARE(splitter.commit(3, refuse).error(), refusal);
    QCOMPARE(calls, 1);
}

void TestFrameSplitter::aLongWatchNeedsNoMoreMemory()
{
    FrameSplitter splitter;
    const std::string frame = R"({"a":")" + std::string(6'000, 'x') + "\"}\n";
    std::size_t frames = 0;
    std::size_t most = 0;
    const auto count = [&frames](std::string_view, std::size_t) -> base::Result<void> {
        ++frames;
        return {};
    };
    std::string text;
    for (int left = 10'000; left > 0 || !text.empty();) {
        const auto space = splitter.space();
        QVERIFY(space.size() >= 64 * 1024);
        most = std::max(most, space.size());
        for (; left > 0 && text.size() < space.size(); --left)
            text += frame;
        const std::size_t length = std::min(space.size(), text.size());
        std::memcpy(space.data(), text.data(), length);
        QVERIFY(splitter.commit(length, count));
        text.erase(0, length);
    }
    QCOMPARE(frames, 10'000U);
    QVERIFY(most <= 256 * 1024);
}

void TestFrameSplitter::feedsOfAnySizeGiveTheSameFrames()
{
    for (unsigned seed = 1; seed <= 200; ++seed) {
        std::mt19937 random(seed);
        std::string text;
        std::vector<std::string> expected;
        for (unsigned i = random() % 20; i > 0; --i) {
            std::string frame = "{\"a\":\"";
            for (unsigned j = random() % 200; j > 0; --j)
                frame += std::vector<std::string>{"{", "}", "\\\"", "\\\\", "[", "节", "x", " "}[random() % 8];
            expected.push_back(frame + "\"}");
            text += expected.back() + (random() % 3 == 0 ? "\r\n" : "\n") + (random() % 5 == 0 ? "\n" : "");
        }
        for (const std::size_t feed : Feeds) {
            QVERIFY2(cut(text, feed).frames == expected, qPrintable(QStringLiteral("seed %1").arg(seed)));
            // A buffer so small that each frame stands across its end, or is larger.
            QVERIFY2(cut(text, feed, 1 + seed).frames == expected, qPrintable(QStringLiteral("seed %1").arg(seed)));
        }
    }
}

QTEST_APPLESS_MAIN(TestFrameSplitter)
#include "tst_framesplitter.moc"
