// Rows: what a cell, a head and a batch keep.

#include "app/base/visible.h"
#include "app/kube/rows.h"

#include <QTest>

using namespace kube;

namespace {

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString arenaText(const RowBatch& batch, std::size_t row, std::size_t cell)
{
    const Cell value = batch.row(row)[cell];
    return value.type() == Cell::Type::Arena ? textOf(batch.text(value.offset(), value.length())) : QString();
}

QString name(const RowBatch& batch, std::size_t row)
{
    return textOf(batch.text(batch.heads[row].nameOffset, batch.heads[row].nameLength));
}

constexpr std::string_view Canonical = "e67e68a8-b89a-40b8-86d6-0941cf1edc19";

} // namespace

class TestRows : public QObject {
    Q_OBJECT

private slots:
    void aCellGivesBackWhatItWasMadeOf()
    {
        QCOMPARE(Cell().type(), Cell::Type::Nothing);

        const Cell interned = Cell::interned(4294967295U);
        QCOMPARE(interned.type(), Cell::Type::Interned);
        QCOMPARE(interned.textId(), 4294967295U);

        const Cell arena = Cell::arena(4294967295U, 196608);
        QCOMPARE(arena.type(), Cell::Type::Arena);
        QCOMPARE(arena.offset(), 4294967295U);
        QCOMPARE(arena.length(), 196608U);

        const Cell ratio = Cell::ratio(268435455, 4294967295U);
        QCOMPARE(ratio.type(), Cell::Type::Ratio);
        QCOMPARE(ratio.part(), 268435455U);
        QCOMPARE(ratio.whole(), 4294967295U);

        const Cell restarts = Cell::restarts(268435455, 4294967295U);
        QCOMPARE(restarts.type(), Cell::Type::Restarts);
        QCOMPARE(restarts.count(), 268435455U);
        QCOMPARE(restarts.time(), 4294967295U);

        QCOMPARE(Cell::age(4294967295U).type(), Cell::Type::Age);
        QCOMPARE(Cell::age(4294967295U).time(), 4294967295U);
    }

    void numbersOf61BitsAreKept()
    {
        constexpr std::int64_t most = (std::int64_t{1} << 60) - 1;
        for (const std::int64_t number : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{42}, most, -most - 1}) {
            QCOMPARE(Cell::number(number).number(), number);
            QCOMPARE(Cell::number(number).type(), Cell::Type::Number);
        }
    }

    void cellsOfOtherTypesAreOtherCells()
    {
        QVERIFY(Cell::number(0) != Cell());
        QVERIFY(Cell::number(7) != Cell::age(7));
        QVERIFY(Cell::interned(0) != Cell());
        QCOMPARE(Cell::ratio(1, 2), Cell::ratio(1, 2));
    }

    void aUuidIsSixteenBytes()
    {
        const auto uid = uuidBytes(Canonical);
        QVERIFY(uid.has_value());
        QCOMPARE(int{uid->front()}, 0xe6);
        QCOMPARE(int{uid->back()}, 0x19);
        QCOMPARE(uuidText(*uid), textOf(Canonical));
    }

    void anyOtherTextIsNoUuid_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text :
             {"", "e67e68a8", "e67e68a8-b89a-40b8-86d6-0941cf1edc1", "e67e68a8-b89a-40b8-86d6-0941cf1edc190",
              "e67e68a8b89a-40b8-86d6-0941cf1edc1900", "E67E68A8-B89A-40B8-86D6-0941CF1EDC19",
              "e67e68a8-b89a-40b8-86d6-0941cf1edc1g", "e67e68a8-b89a-40b8-86d60-941cf1edc19",
              "-67e68a8-b89a-40b8-86d6-0941cf1edc19", "{e67e68a8-b89a-40b8-86d6-0941cf1edc}"})
            QTest::newRow(text) << QByteArray(text);
    }
    void anyOtherTextIsNoUuid()
    {
        QFETCH(const QByteArray, text);
        QVERIFY(!uuidBytes({text.constData(), static_cast<std::size_t>(text.size())}).has_value());
    }

    void aUidIsTheUuidOrADigestThatIsMarked()
    {
        RowBuilder builder(0);
        for (const std::string_view uid : {Canonical, std::string_view("mirror"), std::string_view("mirror2")}) {
            builder.begin();
            builder.setName("a");
            builder.setUid(uid);
            builder.commit();
        }
        const RowBatch batch = builder.take();
        QVERIFY(!batch.heads[0].uidIsDigest);
        QCOMPARE(batch.heads[0].uid, *uuidBytes(Canonical));
        QVERIFY(batch.heads[1].uidIsDigest);
        QCOMPARE(batch.heads[1].uid, digestUid("mirror"));
        QVERIFY(batch.heads[1].uid != batch.heads[2].uid);
    }

    void anObjectWithoutUidIsItsNamespaceAndNameToEachBuilder()
    {
        const auto uid = [](RowBuilder& builder, const char* nameSpace, const char* called) {
            builder.begin();
            builder.setNamespace(nameSpace);
            builder.setName(called);
            builder.setUid({});
            builder.commit();
            const RowHead head = builder.take().heads.front();
            return head.uidIsDigest ? head.uid : Uid{};
        };
        RowBuilder first(0);
        RowBuilder second(0);
        second.intern("met before");
        const Uid one = uid(first, "shop", "web");
        QVERIFY(one != Uid{});
        QCOMPARE(uid(first, "shop", "web"), one);
        QCOMPARE(uid(second, "shop", "web"), one);
        QVERIFY(uid(first, "blue", "web") != one);
        QVERIFY(uid(first, "shop", "web2") != one);
        QVERIFY(uid(first, "", "web") != one);

        // A namespace that is not set is none, and not that of the row before.
        uid(first, "shop", "api");
        first.begin();
        first.setName("web");
        first.setUid({});
        first.commit();
        QCOMPARE(first.take().heads.front().uid, uid(second, "", "web"));
    }

    void aRowThatIsNotCommittedLeavesNothingBehind()
    {
        RowBuilder builder(2);
        builder.begin();
        builder.setName("dropped");
        builder.setText(0, "dropped as well");
        builder.set(1, Cell::number(7));
        builder.head().severity = Severity::Error;
        builder.begin();
        builder.setName("kept");
        builder.commit();
        builder.begin();
        builder.setName("unfinished");

        const RowBatch batch = builder.take();
        QCOMPARE(batch.size(), std::size_t{1});
        QCOMPARE(name(batch, 0), QStringLiteral("kept"));
        QCOMPARE(batch.row(0)[0], Cell());
        QCOMPARE(batch.row(0)[1], Cell());
        QCOMPARE(batch.heads[0].severity, Severity::None);
        QCOMPARE(textOf(batch.arena), QStringLiteral("kept"));
    }

    void aBatchHasItsOwnRowsAndTexts()
    {
        RowBuilder builder(2);
        const auto add = [&](const char* called, const char* address, const char* state) {
            builder.begin();
            builder.setName(called);
            builder.setText(0, address);
            builder.setInterned(1, state);
            builder.commit();
        };
        add("a", "10.0.0.1", "Running");
        add("b", "10.0.0.2", "Running");
        QCOMPARE(builder.pending(), std::size_t{2});
        const RowBatch first = builder.take();
        QCOMPARE(builder.pending(), std::size_t{0});
        add("c", "10.0.0.3", "Pending");
        add("d", "10.0.0.4", "Running");
        const RowBatch second = builder.take();

        QCOMPARE(first.size(), std::size_t{2});
        QCOMPARE(arenaText(first, 1, 0), QStringLiteral("10.0.0.2"));
        QCOMPARE(first.texts, std::vector<QString>{QStringLiteral("Running")});
        QCOMPARE(first.row(0)[1], first.row(1)[1]);

        // Only what is new comes along, and ids go on.
        QCOMPARE(second.texts, std::vector<QString>{QStringLiteral("Pending")});
        QCOMPARE(name(second, 1), QStringLiteral("d"));
        QCOMPARE(arenaText(second, 1, 0), QStringLiteral("10.0.0.4"));
        QCOMPARE(second.row(0)[1], Cell::interned(2));
        QCOMPARE(second.row(1)[1], first.row(0)[1]);
    }

    void emptyTextsAreNothing()
    {
        RowBuilder builder(2);
        builder.begin();
        builder.setText(0, "");
        builder.setInterned(1, "");
        builder.setNamespace("");
        builder.commit();
        const RowBatch batch = builder.take();
        QCOMPARE(batch.row(0)[0], Cell());
        QCOMPARE(batch.row(0)[1], Cell());
        QCOMPARE(batch.heads[0].nameSpace, TextId{0});
        QVERIFY(batch.texts.empty());
    }

    void textThatSteersIsKeptVisible()
    {
        RowBuilder builder(2);
        builder.begin();
        builder.setName("web\x1b[0m");
        builder.setText(0, "\xe2\x80\xaegpj.exe");
        builder.setInterned(1, "a\nb");
        builder.commit();
        const RowBatch batch = builder.take();
        QCOMPARE(name(batch, 0), QStringLiteral("web\u241b[0m"));
        QCOMPARE(arenaText(batch, 0, 0), QStringLiteral("\\u{202e}gpj.exe"));
        QCOMPARE(batch.texts.front(), QStringLiteral("a\u240ab"));
    }

    void textsAreBounded()
    {
        const std::string large(10 * 1024 * 1024, 'x');
        RowBuilder builder(2);
        builder.begin();
        builder.setName(large);
        builder.setText(0, large);
        builder.setInterned(1, large);
        builder.commit();
        const RowBatch batch = builder.take();
        QCOMPARE(name(batch, 0).size(), 4096);
        QCOMPARE(arenaText(batch, 0, 0).size(), base::LongestShownText + 1);
        QVERIFY(arenaText(batch, 0, 0).endsWith(QChar(0x2026)));
        QCOMPARE(batch.texts.front().size(), base::LongestShownText + 1);
        QVERIFY(batch.texts.front().endsWith(QChar(0x2026)));
    }

    void theLongestNameFits()
    {
        // Each of these is shown as eight characters.
        std::string name;
        for (int i = 0; i < 1365; ++i)
            name += "\xe2\x80\xae";
        RowBuilder builder(0);
        builder.begin();
        builder.setName(name);
        builder.commit();
        const RowBatch batch = builder.take();
        QCOMPARE(std::size_t{batch.heads[0].nameLength}, batch.arena.size());
        QCOMPARE(batch.arena.size(), std::size_t{1365 * 8});
    }

    void droppedRowsHandOverTheirTexts()
    {
        RowBuilder builder(1);
        builder.begin();
        builder.setName("a");
        builder.setInterned(0, "Running");
        builder.commit();
        builder.discardRows();
        builder.begin();
        builder.setName("b");
        builder.setInterned(0, "Running");
        builder.commit();
        const RowBatch batch = builder.take();
        QCOMPARE(batch.size(), std::size_t{1});
        QCOMPARE(name(batch, 0), QStringLiteral("b"));
        QCOMPARE(batch.texts, std::vector<QString>{QStringLiteral("Running")});
        QCOMPARE(batch.row(0)[0], Cell::interned(1));
    }
};

QTEST_GUILESS_MAIN(TestRows)
#include "tst_rows.moc"
