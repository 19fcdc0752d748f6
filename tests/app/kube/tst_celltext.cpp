// Cells as text and as values to sort by.

#include "app/kube/celltext.h"

#include <QTest>
#include <array>

using namespace kube;

namespace {

constexpr std::int64_t Minute = 60;
constexpr std::int64_t Hour = 60 * Minute;
constexpr std::int64_t Day = 24 * Hour;
constexpr std::int64_t Year = 365 * Day;

/// One row of these cells, with texts of its own.
struct Row {
    RowBatch batch;
    std::vector<QString> texts{QString()};

    RowView view() const { return rowView(batch, 0, texts); }
};

Row row(std::string_view name, std::string_view nameSpace, std::uint32_t created, std::initializer_list<Cell> cells)
{
    RowBuilder builder(cells.size());
    builder.begin();
    builder.setName(name);
    builder.setNamespace(nameSpace);
    builder.head().created = created;
    std::size_t i = 0;
    for (const Cell cell : cells)
        builder.set(i++, cell);
    builder.commit();
    Row made{builder.take(), {QString()}};
    made.texts.insert(made.texts.end(), made.batch.texts.begin(), made.batch.texts.end());
    return made;
}

Row rowOf(Cell cell)
{
    return row("a", "b", 1, {cell});
}

Row rowOfText(std::string_view text, bool interned)
{
    RowBuilder builder(1);
    builder.begin();
    if (interned)
        builder.setInterned(0, text);
    else
        builder.setText(0, text);
    builder.commit();
    Row made{builder.take(), {QString()}};
    made.texts.insert(made.texts.end(), made.batch.texts.begin(), made.batch.texts.end());
    return made;
}

Column columnOf(ColumnSource source)
{
    Column column;
    column.source = source;
    column.cell = source == ColumnSource::Cell ? 0 : -1;
    column.ifNothing = QStringLiteral("<none>");
    return column;
}

const Column FirstCell = columnOf(ColumnSource::Cell);

int compare(const Row& a, const Row& b, const Column& column = FirstCell)
{
    const int forth = compareCells(column, a.view(), b.view());
    const int back = compareCells(column, b.view(), a.view());
    // Whatever the rows are, the two directions agree.
    if ((forth < 0) != (back > 0) || (forth == 0) != (back == 0))
        qFatal("an order that is none");
    return forth;
}

} // namespace

class TestCellText : public QObject {
    Q_OBJECT

private slots:
    void durationsAreWrittenAsKubectlDoes_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("text");
        const auto add = [](std::int64_t seconds, const char* text) {
            QTest::addRow("%lld s", static_cast<long long>(seconds)) << qint64{seconds} << QString::fromLatin1(text);
        };
        add(-1000000, "<invalid>");
        add(-2, "<invalid>");
        add(-1, "0s"); // clocks that differ by a second
        add(0, "0s");
        add(1, "1s");
        add(59, "59s");
        add(Minute, "60s");
        add(2 * Minute - 1, "119s");
        add(2 * Minute, "2m");
        add(2 * Minute + 1, "2m1s");
        add(10 * Minute - 1, "9m59s");
        add(10 * Minute, "10m");
        add(10 * Minute + 59, "10m");
        add(3 * Hour - 1, "179m");
        add(3 * Hour, "3h");
        add(3 * Hour + Minute, "3h1m");
        add(8 * Hour - 1, "7h59m");
        add(8 * Hour, "8h");
        add(8 * Hour + 59 * Minute, "8h");
        add(2 * Day - 1, "47h");
        add(2 * Day, "2d");
        add(2 * Day + Hour, "2d1h");
        add(8 * Day - 1, "7d23h");
        add(8 * Day, "8d");
        add(8 * Day + 23 * Hour, "8d");
        add(2 * Year - 1, "729d");
        add(2 * Year, "2y");
        add(2 * Year + Day, "2y1d");
        add(8 * Year - 1, "7y364d");
        add(8 * Year, "8y");
        add(8 * Year + 364 * Day, "8y");
        add(100 * Year, "100y");
    }
    void durationsAreWrittenAsKubectlDoes()
    {
        QFETCH(const qint64, seconds);
        QFETCH(const QString, text);
        QCOMPARE(humanDuration(seconds), text);
    }

    void agesAreSinceThenAndUnknownWithoutATime()
    {
        QCOMPARE(ageText(0, 1000), QStringLiteral("<unknown>"));
        QCOMPARE(ageText(1000, 1090), QStringLiteral("90s"));
        QCOMPARE(ageText(4294967295U, 4294967295LL + Hour * 4), QStringLiteral("4h"));
        QCOMPARE(ageText(1000, 900), QStringLiteral("<invalid>"));
    }

    void restartsNameTheLastOne()
    {
        QCOMPARE(restartsText(0, 0, 1000), QStringLiteral("0"));
        QCOMPARE(restartsText(0, 900, 1000), QStringLiteral("0"));
        QCOMPARE(restartsText(4, 0, 1000), QStringLiteral("4"));
        QCOMPARE(restartsText(4, 880, 1000), QStringLiteral("4 (2m ago)"));
    }

    void timesAreRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("seconds");
        const auto add = [](const char* text, std::int64_t seconds) {
            QTest::newRow(text) << QByteArray(text) << qint64{seconds};
        };
        add("2026-11-22T11:57:03Z", 1795348623);
        add("2026-11-22T11:57:03.5Z", 1795348623);
        add("2026-11-22T11:57:03.999999999Z", 1795348623);
        add("2026-11-22T19:57:03+08:00", 1795348623);
        add("2026-11-22T08:27:03.25-03:30", 1795348623);
        add("2026-11-22T11:57:03+00:00", 1795348623);
        add("1970-01-01T00:00:01Z", 1);
        add("2000-02-29T00:00:00Z", 951782400);
        add("2106-02-07T06:28:15Z", 4294967295);
        add("1970-01-01T00:30:00-01:00", 5400);
    }
    void timesAreRead()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const qint64, seconds);
        QCOMPARE(qint64{parseTime({text.constData(), static_cast<std::size_t>(text.size())})}, seconds);
    }

    void whatIsNoTimeIsZero_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"",
                                 "Z",
                                 "null",
                                 "2026-11-22",
                                 "2026-11-22T11:57:03",
                                 "2026-11-22T11:57:03z",
                                 "2026-11-22t11:57:03Z",
                                 "2026-11-22 11:57:03Z",
                                 "2026-02-29T00:00:00Z",
                                 "2100-02-29T00:00:00Z",
                                 "2026-04-31T00:00:00Z",
                                 "2026-13-01T00:00:00Z",
                                 "2026-00-10T00:00:00Z",
                                 "2026-01-00T00:00:00Z",
                                 "2026-01-01T24:00:00Z",
                                 "2026-01-01T00:60:00Z",
                                 "2026-01-01T00:00:60Z",
                                 "2026-01-01T00:00:00.Z",
                                 "2026-01-01T00:00:00.5",
                                 "2026-01-01T00:00:00.5xZ",
                                 "2026-01-01T00:00:00+8:00",
                                 "2026-01-01T00:00:00+0800",
                                 "2026-01-01T00:00:00+24:00",
                                 "2026-01-01T00:00:00+00:60",
                                 "2026-01-01T00:00:00ZZ",
                                 "+026-01-01T00:00:00Z",
                                 "2026-1-01T00:00:00Z",
                                 "2026-01-01T-1:00:00Z",
                                 "0001-01-01T00:00:00Z",
                                 "1969-12-31T23:59:59Z",
                                 "1970-01-01T00:00:00Z",
                                 "2106-02-07T06:28:16Z",
                                 "9999-12-31T23:59:59Z",
                                 "1795348623"})
            QTest::newRow(text) << QByteArray(text);
    }
    void whatIsNoTimeIsZero()
    {
        QFETCH(const QByteArray, text);
        QCOMPARE(parseTime({text.constData(), static_cast<std::size_t>(text.size())}), std::uint32_t{0});
    }

    void eachTypeOfCellHasItsText()
    {
        const auto text = [](Cell cell) { return cellText(FirstCell, rowOf(cell).view(), 1000); };
        QCOMPARE(text(Cell()), QStringLiteral("<none>"));
        QCOMPARE(text(Cell::number(-7)), QStringLiteral("-7"));
        QCOMPARE(text(Cell::ratio(2, 3)), QStringLiteral("2/3"));
        QCOMPARE(text(Cell::restarts(4, 940)), QStringLiteral("4 (60s ago)"));
        QCOMPARE(text(Cell::age(940)), QStringLiteral("60s"));
        QCOMPARE(text(Cell::age(0)), QStringLiteral("<unknown>"));
        QCOMPARE(text(Cell::interned(0)), QString()); // an empty text is something
        QCOMPARE(cellText(FirstCell, rowOfText("Läuft", true).view(), 0), QStringLiteral("Läuft"));
        QCOMPARE(cellText(FirstCell, rowOfText("节点", false).view(), 0), QStringLiteral("节点"));
        QCOMPARE(cellText(FirstCell, rowOfText("", false).view(), 0), QStringLiteral("<none>"));
    }

    void theHeadHasColumnsOfItsOwn()
    {
        const Row one = row("web-0", "shop", 940, {});
        QCOMPARE(cellText(columnOf(ColumnSource::Name), one.view(), 1000), QStringLiteral("web-0"));
        QCOMPARE(cellText(columnOf(ColumnSource::Namespace), one.view(), 1000), QStringLiteral("shop"));
        QCOMPARE(cellText(columnOf(ColumnSource::Created), one.view(), 1000), QStringLiteral("60s"));
        QCOMPARE(cellText(FirstCell, one.view(), 1000), QStringLiteral("<none>")); // a cell that the row does not have
    }

    void valuesAreOrdered_data()
    {
        QTest::addColumn<quint64>("less");
        QTest::addColumn<quint64>("more");
        m_cells.clear();
        const auto add = [this](const char* says, Cell less, Cell more) {
            QTest::newRow(says) << quint64{m_cells.size()} << quint64{m_cells.size() + 1};
            m_cells.push_back(less);
            m_cells.push_back(more);
        };
        add("nothing comes before a number", Cell(), Cell::number(-5));
        add("nothing comes before a text", Cell(), Cell::interned(1));
        add("an unknown time comes before a known one", Cell::age(0), Cell::age(1));
        add("numbers by value", Cell::number(9), Cell::number(10));
        add("negative numbers by value", Cell::number(-10), Cell::number(9));
        add("ratios by value", Cell::ratio(1, 3), Cell::ratio(1, 2));
        add("ratios by value and not by part", Cell::ratio(3, 4), Cell::ratio(2, 2));
        add("equal ratios by whole", Cell::ratio(1, 1), Cell::ratio(3, 3));
        add("none ready by whole", Cell::ratio(0, 1), Cell::ratio(0, 2));
        add("none of none is complete", Cell::ratio(1, 2), Cell::ratio(0, 0));
        add("some of none is more than all", Cell::ratio(5, 5), Cell::ratio(1, 0));
        add("large ratios do not overflow", Cell::ratio(268435454, 4294967295U), Cell::ratio(268435455, 4294967295U));
        add("restarts by count", Cell::restarts(2, 900), Cell::restarts(10, 100));
        add("equal restarts by the last one", Cell::restarts(2, 100), Cell::restarts(2, 900));
        add("times by time", Cell::age(100), Cell::age(900));
        add("times late in the range", Cell::age(1), Cell::age(4294967295U));
    }
    void valuesAreOrdered()
    {
        QFETCH(const quint64, less);
        QFETCH(const quint64, more);
        const Row a = rowOf(m_cells[less]);
        const Row b = rowOf(m_cells[more]);
        QVERIFY(compare(a, b) < 0);
        QCOMPARE(compare(a, a), 0);
        QCOMPARE(compare(b, b), 0);
    }

    void anUnknownTimeIsNothing()
    {
        QCOMPARE(compare(rowOf(Cell::age(0)), rowOf(Cell())), 0);
        QVERIFY(compare(rowOf(Cell::age(0)), rowOf(Cell::number(-1))) < 0);
    }

    void textsAreOrderedByCodePointWhereverTheyAreKept()
    {
        // U+10000 is more than U+FFFD, though its first UTF-16 unit is less.
        const std::array<std::string_view, 8> sorted{"", "A", "Z", "a", "aa", "b", "\xef\xbf\xbd", "\xf0\x90\x80\x80"};
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            for (std::size_t j = 0; j < sorted.size(); ++j) {
                for (const int kept : {0, 1, 2, 3}) {
                    const Row a = rowOfText(sorted[i], (kept & 1) != 0);
                    const Row b = rowOfText(sorted[j], (kept & 2) != 0);
                    const int order = compare(a, b);
                    QCOMPARE(order < 0, i < j);
                    QCOMPARE(order == 0, i == j);
                }
            }
        }
    }

    void rowsOfOneStoreShareTheirTexts()
    {
        RowBuilder builder(1);
        for (const char* text : {"b", "a", "b"}) {
            builder.begin();
            builder.setInterned(0, text);
            builder.commit();
        }
        const RowBatch batch = builder.take();
        std::vector<QString> texts{QString()};
        texts.insert(texts.end(), batch.texts.begin(), batch.texts.end());
        const auto view = [&](std::size_t i) { return rowView(batch, i, texts); };
        QVERIFY(compareCells(FirstCell, view(0), view(1)) > 0);
        QCOMPARE(compareCells(FirstCell, view(0), view(2)), 0);
    }

    void headsAreOrderedByTheirColumns()
    {
        const Row old = row("b", "alpha", 100, {});
        const Row young = row("a", "beta", 200, {});
        const Row unknown = row("c", "beta", 0, {});
        QVERIFY(compare(old, young, columnOf(ColumnSource::Name)) > 0);
        QVERIFY(compare(old, young, columnOf(ColumnSource::Namespace)) < 0);
        QVERIFY(compare(old, young, columnOf(ColumnSource::Created)) < 0);
        QVERIFY(compare(unknown, old, columnOf(ColumnSource::Created)) < 0);
    }

    void anyCellsHaveATotalOrder()
    {
        // Types are mixed in no column of ours; a sort must still not run wild.
        const std::vector<Row> rows = [] {
            std::vector<Row> all;
            for (const Cell cell : {Cell(), Cell::number(0), Cell::number(3), Cell::ratio(0, 0), Cell::ratio(1, 0),
                                    Cell::ratio(2, 4), Cell::restarts(1, 1), Cell::age(0), Cell::age(5)})
                all.push_back(rowOf(cell));
            for (const bool interned : {true, false}) {
                all.push_back(rowOfText("x", interned));
                all.push_back(rowOfText("y", interned));
            }
            return all;
        }();
        for (const Row& a : rows) {
            for (const Row& b : rows) {
                for (const Row& c : rows) {
                    if (compare(a, b) <= 0 && compare(b, c) <= 0)
                        QVERIFY(compare(a, c) <= 0);
                }
            }
        }
    }

private:
    std::vector<Cell> m_cells;
};

QTEST_GUILESS_MAIN(TestCellText)
#include "tst_celltext.moc"
