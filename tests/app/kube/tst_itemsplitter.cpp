#include "app/kube/itemsplitter.h"

#include "tests/support/referencesplitter.h"

#include <QTest>
#include <cstring>
#include <nlohmann/json.hpp>
#include <random>
#include <simdjson.h>

using kube::ItemSplitter;
using support::SplitList;

namespace {

constexpr std::size_t Feeds[] = {1, 7, 61, 777, 65536};

QByteArray describe(const SplitList& list)
{
    QByteArray text =
        "rest " + QByteArray::fromStdString(list.rest) + ", failure '" + list.failure.toLatin1() + "', items";
    for (const auto& item : list.items)
        text += ' ' + QByteArray::fromStdString(item).left(200);
    return text;
}

std::string nested(const char* open, const char* close, int times)
{
    std::string text;
    for (int i = 0; i < times; ++i)
        text += open;
    for (int i = 0; i < times; ++i)
        text += close;
    return text;
}

/// Documents that are hard on a splitter: brackets, quotes and backslashes in strings, blanks everywhere, members in
/// any order, sizes around that of a block.
class RandomList {
public:
    explicit RandomList(unsigned seed) : m_random(seed) {}

    std::string list(int items)
    {
        std::vector<std::string> members = {"\"kind\":\"PodList\"", "\"metadata\":" + object(2), "\"x\":" + value(3)};
        std::string all = "\"items\"" + blanks() + ":" + blanks() + "[" + blanks();
        for (int i = 0; i < items; ++i)
            all += (i > 0 ? blanks() + "," + blanks() : std::string()) + object(4);
        members.push_back(all + blanks() + "]");
        std::shuffle(members.begin(), members.end(), m_random);
        std::string text = blanks() + "{";
        for (std::size_t i = 0; i < members.size(); ++i)
            text += (i > 0 ? "," : "") + blanks() + members[i] + blanks();
        return text + "}" + blanks();
    }

    /// The same with a few bytes changed, lost or doubled.
    std::string damaged(std::string text)
    {
        static constexpr std::string_view Bytes = "{}[]\",:\\ nx";
        for (int i = 1 + below(3); i > 0; --i) {
            const auto at = static_cast<std::size_t>(below(static_cast<int>(text.size())));
            switch (below(3)) {
            case 0:
                text[at] = Bytes[static_cast<std::size_t>(below(Bytes.size()))];
                break;
            case 1:
                text.erase(at, 1);
                break;
            default:
                text.insert(at, 1, Bytes[static_cast<std::size_t>(below(Bytes.size()))]);
            }
        }
        return text;
    }

    int below(std::size_t bound) { return static_cast<int>(m_random() % bound); }

private:
    std::string blanks()
    {
        std::string text;
        while (below(4) == 0)
            text += " \n\r\t"[below(4)];
        return text;
    }
    std::string string()
    {
        static const std::vector<std::string> Parts = {"{", "}", "[",     "]",    "\\\"", "\\\\", "\\n", "\\u0022",
                                                       ",", ":", "items", "节点", "a",    "'",    "\\/"};
        std::string text = "\"";
        for (int i = below(below(8) == 0 ? 150 : 8); i > 0; --i)
            text += Parts[static_cast<std::size_t>(below(Parts.size()))];
        return text + '"';
    }
    std::string value(int depth)
    {
        switch (below(depth > 0 ? 7 : 4)) {
        case 0:
            return string();
        case 1:
            return "-12.5e3";
        case 2:
            return "null";
        case 3:
            return "true";
        case 4:
            return object(depth - 1);
        default:
            std::string text = "[";
            for (int i = below(4); i > 0; --i)
                text += value(depth - 1) + blanks() + (i > 1 ? "," : "");
            return text + blanks() + "]";
        }
    }
    std::string object(int depth)
    {
        std::string text = "{";
        for (int i = below(6); i > 0; --i)
            text += blanks() + (below(6) == 0 ? std::string("\"items\"") : string()) + blanks() + ":" + blanks() +
                    value(depth - 1) + (i > 1 ? "," : "");
        return text + blanks() + "}";
    }

    std::mt19937 m_random;
};

} // namespace

class TestItemSplitter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itemsAreCutOutOfAList_data();
    void itemsAreCutOutOfAList();
    void rowsAreCutOutOfATable();
    void whatIsNoListIsRefused_data();
    void whatIsNoListIsRefused();
    void aListCutShortAnywhereIsTruncated();
    void itemsBeforeAFailureAreHandedOver();
    void anItemIsParsedWhereItStands();
    void anErrorOfTheReaderEndsTheList();
    void anItemMayBe32MiB_data();
    void anItemMayBe32MiB();
    void nestingMayBe256Deep_data();
    void nestingMayBe256Deep();
    void aLongListNeedsNoMoreMemoryThanItsLargestItem();
    void randomListsAreCutAsTheReferenceCutsThem();
    void damagedListsFailAsTheReferenceFails();
};

void TestItemSplitter::itemsAreCutOutOfAList_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("items");
    QTest::addColumn<QByteArray>("rest");

    const auto row = [](const char* name, const QByteArray& text, const QByteArrayList& items, const QByteArray& rest) {
        QTest::newRow(name) << text << items << rest;
    };
    row("as the APIServer writes it",
        R"({"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"12"},"items":[{"a":1},{"b":[{}]}]})",
        {R"({"a":1})", R"({"b":[{}]})"},
        R"({"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"12"},"items":[]})");
    row("metadata behind the items", R"({"items":[{"a":1}],"metadata":{"continue":"x"}})", {R"({"a":1})"},
        R"({"items":[],"metadata":{"continue":"x"}})");
    row("no items", R"({"items":[]})", {}, R"({"items":[]})");
    row("items null", R"({"items":null,"kind":"L"})", {}, R"({"items":null,"kind":"L"})");
    row("items missing", R"({"kind":"L"})", {}, R"({"kind":"L"})");
    row("an empty object", "{}", {}, "{}");
    row("empty items", R"({"items":[{},{}]})", {"{}", "{}"}, R"({"items":[]})");
    row("blanks around everything", " \n{ \"items\" :\t[ \r\n {\"a\" : 1 } , { } ] , \"k\" : 1 } \n\n",
        {"{\"a\" : 1 }", "{ }"}, "{ \"items\" :\t[] , \"k\" : 1 }");
    row("items as a nested name", R"({"x":{"items":[{"no":1}]},"y":[{"items":[{}]}],"items":[{"yes":1}]})",
        {R"({"yes":1})"}, R"({"x":{"items":[{"no":1}]},"y":[{"items":[{}]}],"items":[]})");
    row("items as a text", R"({"kind":"items","x":["items"],"items":[{}]})", {"{}"},
        R"({"kind":"items","x":["items"],"items":[]})");
    row("a list in a text", R"({"x":"\"items\":[{\"no\":1}]","items":[{}]})", {"{}"},
        R"({"x":"\"items\":[{\"no\":1}]","items":[]})");
    row("a name that ends like items", R"({"x\"items":[{}],"xitems":[{}],"items":[{"a":1}]})", {R"({"a":1})"},
        R"({"x\"items":[{}],"xitems":[{}],"items":[]})");
    row("items in escaped letters", R"({"\u0069tems":[{"a":1}]})", {R"({"a":1})"}, R"({"\u0069tems":[]})");
    row("brackets in texts", R"({"items":[{"a":"}]"},{"[{":"\"}"},{"b":"\\"}]})",
        {R"({"a":"}]"})", R"({"[{":"\"}"})", R"({"b":"\\"})"}, R"({"items":[]})");
    row("a long run of backslashes",
        R"({"items":[{"a":")" + QByteArray(200, '\\') + R"("},{"a":")" + QByteArray(199, '\\') + R"(""}]})",
        {R"({"a":")" + QByteArray(200, '\\') + R"("})", R"({"a":")" + QByteArray(199, '\\') + R"(""})"},
        R"({"items":[]})");
    row("an item far longer than a block", R"({"items":[{"a":")" + QByteArray(3'000'000, 'x') + R"("},{}]})",
        {R"({"a":")" + QByteArray(3'000'000, 'x') + R"("})", "{}"}, R"({"items":[]})");
}

void TestItemSplitter::itemsAreCutOutOfAList()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArrayList, items);
    QFETCH(QByteArray, rest);

    SplitList expected;
    for (const auto& item : items)
        expected.items.push_back(item.toStdString());
    expected.rest = rest.toStdString();
    const std::string list = text.toStdString();
    for (const std::size_t feed : Feeds) {
        const SplitList found = support::splitInPieces(list, feed);
        QVERIFY2(found == expected, describe(found).constData());
    }
    QVERIFY(support::splitPlainly(list) == expected);
}

void TestItemSplitter::rowsAreCutOutOfATable()
{
    const std::string table = R"({"kind":"Table","columnDefinitions":[{"name":"Name"}],"items":[{"no":1}],)"
                              R"("rows":[{"cells":["a",1],"object":{}},{"cells":["b",2],"object":{}}]})";
    SplitList expected;
    expected.items = {R"({"cells":["a",1],"object":{}})", R"({"cells":["b",2],"object":{}})"};
    expected.rest = R"({"kind":"Table","columnDefinitions":[{"name":"Name"}],"items":[{"no":1}],"rows":[]})";
    for (const std::size_t feed : Feeds) {
        const SplitList found = support::splitInPieces(table, feed, "rows");
        QVERIFY2(found == expected, describe(found).constData());
    }
}

void TestItemSplitter::whatIsNoListIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("failure");

    const auto row = [](const char* text, const char* failure) {
        QTest::newRow(text) << QByteArray(text) << QString::fromLatin1(failure);
    };
    row("", "listTruncated");
    row(" \n", "listTruncated");
    row("[]", "listMalformed");
    row("null", "listMalformed");
    row("x{}", "listMalformed");
    row("\xef\xbb\xbf{}", "listMalformed");
    row(R"({"items":[{}]}x)", "listMalformed");
    row(R"({"items":[{}]}{})", "listMalformed");
    row(R"({"items":[{}]]})", "listMalformed");
    row(R"({"items":[null]})", "itemNoObject");
    row(R"({"items":[{},1]})", "itemNoObject");
    row(R"({"items":["x"]})", "itemNoObject");
    row(R"({"items":[[{}]]})", "itemNoObject");
    row(R"({"items":{"a":{}}})", "itemsNoArray");
    row(R"({"items":"x"})", "itemsNoArray");
    row(R"({"items":0})", "itemsNoArray");
    row(R"({"items":nil})", "listMalformed");
    row(R"({"items":[{}],"items":[{}]})", "itemsTwice");
    row(R"({"items":null,"\u0069tems":[{}]})", "itemsTwice");
    row(R"({"items":[{} {}]})", "listMalformed");
    row(R"({"items":[{}{}]})", "listMalformed");
    row(R"({"items":[{},]})", "listMalformed");
    row(R"({"items":[,{}]})", "listMalformed");
    row(R"({"items":[{},,{}]})", "listMalformed");
    row(R"({"items":[}]})", "itemNoObject");
    row(R"({"items":[{]]})", "listMalformed");
    row(R"({"items":[{}})", "listMalformed");
    row(R"({"items"[{}]})", "listMalformed");
    row(R"({"items":[]"a":1})", "listMalformed");
    row(R"({"a":[},"items":[]})", "listMalformed");
    row(R"({"a":1 2,"items":[]})", "listMalformed");
    row("{\"a\":\"\xff\",\"items\":[]}", "listMalformed");
    row("{\"a\":\"\n\",\"items\":[]}", "listMalformed");
}

void TestItemSplitter::whatIsNoListIsRefused()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, failure);

    const std::string list = text.toStdString();
    for (const std::size_t feed : Feeds)
        QCOMPARE(support::splitInPieces(list, feed).failure, failure);
    QCOMPARE(support::splitPlainly(list).failure, failure);
}

void TestItemSplitter::aListCutShortAnywhereIsTruncated()
{
    const std::string list = R"({"kind":"L","items":[{"a":"\"}"},{"b":[1,{}]}],"metadata":{"continue":"x"}})";
    for (std::size_t length = 0; length < list.size(); ++length) {
        const auto cut = std::string_view(list).substr(0, length);
        for (const std::size_t feed : Feeds)
            QCOMPARE(support::splitInPieces(cut, feed).failure, QStringLiteral("listTruncated"));
    }
    QCOMPARE(support::splitInPieces(list, 7).failure, QString());
}

void TestItemSplitter::itemsBeforeAFailureAreHandedOver()
{
    for (const std::size_t feed : Feeds) {
        const SplitList found = support::splitInPieces(R"({"items":[{"a":1},{"b":2},3,{"c":3}]})", feed);
        QCOMPARE(found.items, (std::vector<std::string>{R"({"a":1})", R"({"b":2})"}));
        QCOMPARE(found.failure, QStringLiteral("itemNoObject"));
    }
}

void TestItemSplitter::anItemIsParsedWhereItStands()
{
    ItemSplitter splitter;
    simdjson::ondemand::parser parser;
    QStringList names;
    const std::string_view list = R"({"items":[{"name":"web-1"},{"name":"web-\u0032"}]})";
    const auto space = splitter.space();
    QVERIFY(space.size() >= 64 * 1024);
    std::memcpy(space.data(), list.data(), list.size());
    const auto done =
        splitter.commit(list.size(), [&](std::string_view json, std::size_t readable) -> base::Result<void> {
            if (json.data() < space.data() || json.data() >= space.data() + space.size())
                return base::failure({.reason = QStringLiteral("copied")});
            simdjson::ondemand::document document;
            std::string_view name;
            const auto padded = simdjson::padded_string_view(json.data(), json.size(), readable);
            if (parser.iterate(padded).get(document) != simdjson::SUCCESS ||
                document["name"].get(name) != simdjson::SUCCESS)
                return base::failure({.reason = QStringLiteral("unread")});
            names += QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
            return {};
        });
    QVERIFY(done);
    QCOMPARE(names, (QStringList{QStringLiteral("web-1"), QStringLiteral("web-2")}));
}

void TestItemSplitter::anErrorOfTheReaderEndsTheList()
{
    ItemSplitter splitter;
    const base::Error refusal{.kind = base::ErrorKind::Canceled, .reason = QStringLiteral("enough")};
    int calls = 0;
    const auto refuse = [&](std::string_view, std::size_t) -> base::Result<void> {
        ++calls;
        return base::failure(refusal);
    };
    const std::string_view list = R"({"items":[{},{}]})";
    std::memcpy(splitter.space().data(), list.data(), list.size());
    QCOMPARE(splitter.commit(list.size(), refuse).error(), refusal);
    QVERIFY(!splitter.space().empty());
    QCOMPARE(splitter.commit(0, refuse).error(), refusal);
    QCOMPARE(splitter.finish().error(), refusal);
    QCOMPARE(calls, 1);
}

void TestItemSplitter::anItemMayBe32MiB_data()
{
    QTest::addColumn<int>("more");
    QTest::addColumn<QString>("failure");
    QTest::newRow("32 MiB") << 0 << QString();
    QTest::newRow("and one byte") << 1 << QStringLiteral("itemTooLong");
}

void TestItemSplitter::anItemMayBe32MiB()
{
    QFETCH(int, more);
    QFETCH(QString, failure);

    std::string item = R"({"a":")";
    item.append(ItemSplitter::LongestItem - item.size() - 2 + static_cast<std::size_t>(more), 'x');
    item += "\"}";
    const std::string list = R"({"items":[)" + item + "," + item + "]}";
    for (const std::size_t feed : {std::size_t{1'000}, std::size_t{65'536}, std::size_t{100'000'000}}) {
        const SplitList found = support::splitInPieces(list, feed);
        QCOMPARE(found.failure, failure);
        QCOMPARE(found.items.size(), failure.isEmpty() ? 2U : 0U);
    }
    const std::string endless = list.substr(0, ItemSplitter::LongestItem + 20);
    QCOMPARE(support::splitInPieces(endless, 65'536).failure, more == 0 ? QStringLiteral("listTruncated") : failure);
}

void TestItemSplitter::nestingMayBe256Deep_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("behind");
    QTest::addColumn<int>("around");
    QTest::newRow("in an item") << QByteArray(R"({"items":[{"a":)") << QByteArray("}]}") << 3;
    QTest::newRow("outside of items") << QByteArray(R"({"a":)") << QByteArray(R"(,"items":[{}]})") << 1;
}

void TestItemSplitter::nestingMayBe256Deep()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, behind);
    QFETCH(int, around);

    for (const int shift : {0, 1, 13, 62, 63}) {
        const std::string blanks(static_cast<std::size_t>(shift), ' ');
        const auto list = [&](int depth) {
            return before.toStdString() + blanks + nested("[", "]", depth - around) + behind.toStdString();
        };
        for (const std::size_t feed : Feeds) {
            QCOMPARE(support::splitInPieces(list(256), feed).failure, QString());
            QCOMPARE(support::splitInPieces(list(257), feed).failure, QStringLiteral("jsonTooDeep"));
        }
        QVERIFY(support::splitInPieces(list(256), 777) == support::splitPlainly(list(256)));
        QVERIFY(support::splitInPieces(list(257), 777) == support::splitPlainly(list(257)));
    }
}

void TestItemSplitter::aLongListNeedsNoMoreMemoryThanItsLargestItem()
{
    ItemSplitter splitter;
    std::size_t items = 0;
    const auto count = [&items](std::string_view, std::size_t) -> base::Result<void> {
        ++items;
        return {};
    };
    const std::string item = R"({"a":")" + std::string(6'000, 'x') + "\"},";
    std::string list = R"({"items":[)";
    std::size_t most = 0;
    for (int left = 10'000; left > 0;) {
        const auto space = splitter.space();
        most = std::max(most, space.size());
        for (; left > 0 && list.size() < space.size(); --left)
            list += item;
        const std::size_t length = std::min(space.size(), list.size());
        std::memcpy(space.data(), list.data(), length);
        QVERIFY(splitter.commit(length, count));
        list.erase(0, length);
    }
    std::memcpy(splitter.space().data(), list.data(), list.size());
    QVERIFY(splitter.commit(list.size(), count));
    QCOMPARE(items, 10'000U);
    QVERIFY(most <= 256 * 1024);
}

void TestItemSplitter::randomListsAreCutAsTheReferenceCutsThem()
{
    for (unsigned seed = 1; seed <= 400; ++seed) {
        RandomList random(seed);
        const std::string list = random.list(random.below(12));
        const SplitList expected = support::splitPlainly(list);
        QVERIFY2(expected.failure.isEmpty(), qPrintable(QStringLiteral("seed %1").arg(seed)));

        const auto whole = nlohmann::json::parse(list);
        QCOMPARE(expected.items.size(), whole["items"].size());
        for (std::size_t i = 0; i < expected.items.size(); ++i)
            QVERIFY(nlohmann::json::parse(expected.items[i]) == whole["items"][i]);
        auto rest = whole;
        rest["items"] = nlohmann::json::array();
        QVERIFY(nlohmann::json::parse(expected.rest) == rest);

        for (const std::size_t feed : Feeds)
            QVERIFY2(support::splitInPieces(list, feed) == expected,
                     qPrintable(QStringLiteral("seed %1, feed %2").arg(seed).arg(feed)));
        // A buffer so small that each item stands across its end, or is larger.
        const int room = 1 + random.below(200);
        ItemSplitter small("items", static_cast<std::size_t>(room));
        QVERIFY2(support::splitInPieces(small, list, [&] { return 1 + static_cast<std::size_t>(random.below(300)); }) ==
                     expected,
                 qPrintable(QStringLiteral("seed %1, room %2").arg(seed).arg(room)));
    }
}

void TestItemSplitter::damagedListsFailAsTheReferenceFails()
{
    int failures = 0;
    for (unsigned seed = 1; seed <= 2'000; ++seed) {
        RandomList random(seed);
        const std::string list = random.damaged(random.list(random.below(5)));
        const SplitList expected = support::splitPlainly(list);
        failures += expected.failure.isEmpty() ? 0 : 1;
        for (const std::size_t feed : Feeds) {
            const SplitList found = support::splitInPieces(list, feed);
            QVERIFY2(found == expected, (QByteArray::number(seed) + ": " + describe(found)).constData());
        }
        // What is taken without a complaint, its items included, is what JSON says it is.
        if (expected.failure.isEmpty() && std::all_of(expected.items.begin(), expected.items.end(),
                                                      [](const auto& item) { return nlohmann::json::accept(item); }))
            QVERIFY2(nlohmann::json::accept(list), qPrintable(QStringLiteral("seed %1").arg(seed)));
    }
    QVERIFY2(failures > 500, "the damage was no damage");
}

QTEST_APPLESS_MAIN(TestItemSplitter)
#include "tst_itemsplitter.moc"
