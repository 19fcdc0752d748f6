// A page of metrics: what is read of it, what is counted as wrong, and that it does not matter how its bytes arrive.

#include "app/metrics/exposition.h"
#include "tests/support/fixture.h"
#include "tests/support/readpage.h"

#include <QTest>
#include <random>

using metrics::BadLine;
using metrics::ExpositionFormat;
using metrics::ExpositionParser;
using metrics::LineFault;
using support::ReadPage;
using support::readPage;
using namespace std::string_literals;

Q_DECLARE_METATYPE(LineFault)

namespace {

const std::string Text = "# HELP http_requests_total How many \\\\ were\\nanswered.\n"
                         "# TYPE http_requests_total counter\n"
                         "http_requests_total{method=\"post\",code=\"200\"} 1027 1395066363000\n"
                         "http_requests_total {method = \"post\" , code=\"400\",}\t 3 1395066363000\n"
                         "\n"
                         "# a remark\n"
                         "escaped{path=\"C:\\\\DIR\\\\FILE.TXT\",error=\"no \\\"FILE\\\"\\nfound\"} 1.458255915e9\r\n"
                         "without_labels 12.47\n"
                         "   blanks_before{} +Inf\n"
                         "unwanted{broken 1\n"
                         "odd:name{x=\"\"} -Inf -3982045\n"
                         "not_a_number NaN\n";

const std::string OpenMetrics = "# TYPE acme_seconds histogram\n"
                                "# UNIT acme_seconds seconds\n"
                                "acme_seconds_bucket{le=\"0.1\"} 8 # {trace=\"a#b\"} 0.054\n"
                                "acme_seconds_bucket{le=\"+Inf\"} 17 1520879607.789 # {trace=\"x\"} 9.8 1520879607.7\n"
                                "acme_seconds_count 17 1.5e9\n"
                                "# EOF\n";

std::vector<std::string> both(const char* first, const char* second)
{
    return {first, second};
}

} // namespace

class TestExposition : public QObject {
    Q_OBJECT

private slots:
    void theTextFormatIsRead();
    void openMetricsIsRead();
    void theContentTypeSaysWhichItIs();
    void timestampsAreMillisecondsInOneAndSecondsInTheOther();
    void numbersAreThoseOfGo_data();
    void numbersAreThoseOfGo();
    void aBadLineIsCountedAndTheRestIsRead_data();
    void aBadLineIsCountedAndTheRestIsRead();
    void onlyTheFirstBadLinesAreKept();
    void metadataThatComesAgainIsCounted();
    void theFamilyIsAskedForOnceARun();
    void whatIsNotWantedIsNotLookedInto();
    void aLastLineWithoutItsEndIsNotTrusted();
    void anOpenMetricsPageWithoutItsEndIsNotWhole();
    void nothingMayFollowTheEnd();
    void aLineMayBe1MiB();
    void aSampleMayHave256Labels();
    void anyPiecesGiveTheSamePage_data();
    void anyPiecesGiveTheSamePage();
    void aRecordedPageIsReadWithoutABadLine();
};

void TestExposition::theTextFormatIsRead()
{
    const ReadPage page = readPage(Text);
    const std::vector<std::string> expected{
        "http_requests_total{method=post,code=200} 1027 @1395066363000",
        "http_requests_total{method=post,code=400} 3 @1395066363000",
        "escaped{path=C:\\DIR\\FILE.TXT,error=no \"FILE\"\nfound} 1.45826e+09",
        "without_labels{} 12.47",
        "blanks_before{} inf",
        "odd:name{x=} -inf @-3982045",
        "not_a_number{} nan",
    };
    QCOMPARE(page.samples, expected);
    QCOMPARE(page.metadata, both("0 http_requests_total How many \\ were\nanswered.", "1 http_requests_total counter"));
    QCOMPARE(page.tally.badLines, 0);
    QCOMPARE(page.tally.lines, 12);
    QCOMPARE(page.tally.samples, 7);
    QCOMPARE(page.tally.bytes, static_cast<qint64>(Text.size()));
    QVERIFY(page.tally.complete);
}

void TestExposition::openMetricsIsRead()
{
    const ReadPage page = readPage(OpenMetrics, ExpositionFormat::OpenMetrics);
    const std::vector<std::string> expected{
        "acme_seconds_bucket{le=0.1} 8 #{trace=a#b} 0.054",
        "acme_seconds_bucket{le=+Inf} 17 @1520879607789 #{trace=x} 9.8 @1520879607700",
        "acme_seconds_count{} 17 @1500000000000",
    };
    QCOMPARE(page.samples, expected);
    QCOMPARE(page.metadata, both("1 acme_seconds histogram", "2 acme_seconds seconds"));
    QCOMPARE(page.tally.badLines, 0);
    QVERIFY(page.tally.complete);
}

void TestExposition::theContentTypeSaysWhichItIs()
{
    QCOMPARE(metrics::expositionFormatOf("Application/OpenMetrics-Text; version=1.0.0; charset=utf-8"),
             ExpositionFormat::OpenMetrics);
    QCOMPARE(metrics::expositionFormatOf("text/plain; version=0.0.4"), ExpositionFormat::Text);
    QCOMPARE(metrics::expositionFormatOf(""), ExpositionFormat::Text);
}

void TestExposition::timestampsAreMillisecondsInOneAndSecondsInTheOther()
{
    QCOMPARE(readPage("a 1 1500\n").samples, std::vector{"a{} 1 @1500"s});
    QCOMPARE(readPage("a 1 1500\n", ExpositionFormat::OpenMetrics).samples, std::vector{"a{} 1 @1500000"s});
    QCOMPARE(readPage("a 1 1.5\n").tally.firstBad, (std::vector<BadLine>{{1, LineFault::TimestampMalformed}}));
    QCOMPARE(readPage("a 1 1e300\n", ExpositionFormat::OpenMetrics).tally.badLines, 1);
}

void TestExposition::numbersAreThoseOfGo_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QByteArray>("read"); // empty: none
    QTest::newRow("integer") << QByteArray("17") << QByteArray("17");
    QTest::newRow("sign") << QByteArray("+17") << QByteArray("17");
    QTest::newRow("exponent") << QByteArray("1.795348601e+09") << QByteArray("1.79535e+09");
    QTest::newRow("infinity") << QByteArray("+Inf") << QByteArray("inf");
    QTest::newRow("small letters") << QByteArray("-inf") << QByteArray("-inf");
    QTest::newRow("nan") << QByteArray("nan") << QByteArray("nan");
    QTest::newRow("two signs") << QByteArray("+-1") << QByteArray();
    QTest::newRow("two pluses") << QByteArray("++1") << QByteArray();
    QTest::newRow("hexadecimal") << QByteArray("0x1p3") << QByteArray();
    QTest::newRow("underscore") << QByteArray("1_000") << QByteArray();
    QTest::newRow("too large") << QByteArray("1e999") << QByteArray();
    QTest::newRow("nan with a word") << QByteArray("nan(abc)") << QByteArray();
    QTest::newRow("comma") << QByteArray("1,5") << QByteArray();
    QTest::newRow("word") << QByteArray("many") << QByteArray();
}

void TestExposition::numbersAreThoseOfGo()
{
    QFETCH(const QByteArray, written);
    QFETCH(const QByteArray, read);
    const ReadPage page = readPage("a " + written.toStdString() + "\n");
    if (read.isEmpty())
        QCOMPARE(page.tally.firstBad, (std::vector<BadLine>{{1, LineFault::ValueMalformed}}));
    else
        QCOMPARE(page.samples, std::vector{"a{} " + read.toStdString()});
}

void TestExposition::aBadLineIsCountedAndTheRestIsRead_data()
{
    QTest::addColumn<std::string>("line");
    QTest::addColumn<LineFault>("fault");
    QTest::addColumn<ExpositionFormat>("format");
    const auto row = [](const char* what, const std::string& line, LineFault fault,
                        ExpositionFormat format = ExpositionFormat::Text) {
        QTest::newRow(what) << line << fault << format;
    };
    row("HTML", "<html><body>404</body>", LineFault::NameExpected);
    row("a digit first", "1a 1", LineFault::NameExpected);
    row("a dash in the name", "a-b 1", LineFault::NameExpected);
    row("a name alone", "a", LineFault::ValueMalformed);
    row("labels alone", "a{b=\"c\"}", LineFault::ValueMalformed);
    row("labels do not end", "a{b=\"c\" 1", LineFault::LabelsMalformed);
    row("the value does not end", "a{b=\"c} 1", LineFault::LabelsMalformed);
    row("the value ends in its escape", "a{b=\"c\\", LineFault::LabelsMalformed);
    row("no quotes", "a{b=c} 1", LineFault::LabelsMalformed);
    row("no equals sign", "a{b\"c\"} 1", LineFault::LabelsMalformed);
    row("no name", "a{=\"c\"} 1", LineFault::LabelsMalformed);
    row("a colon in a label's name", "a{b:c=\"d\"} 1", LineFault::LabelsMalformed);
    row("two commas", "a{b=\"c\",,d=\"e\"} 1", LineFault::LabelsMalformed);
    row("an escape that is none", "a{b=\"\\t\"} 1", LineFault::LabelsMalformed);
    row("a word behind the time", "a 1 2 3", LineFault::TimestampMalformed);
    row("an exemplar in the text format", "a 1 # {b=\"c\"} 1", LineFault::TimestampMalformed);
    row("an exemplar without a value", "a 1 # {b=\"c\"}", LineFault::ExemplarMalformed, ExpositionFormat::OpenMetrics);
    row("an exemplar without labels", "a 1 # 1", LineFault::ExemplarMalformed, ExpositionFormat::OpenMetrics);
    row("an exemplar with a word behind it", "a 1 # {} 1 2 3", LineFault::ExemplarMalformed,
        ExpositionFormat::OpenMetrics);
    row("Latin 1", "a{b=\"\xe9\"} 1", LineFault::NotUtf8);
    row("a NUL", "a{b=\"c\"}\0 1"s, LineFault::ValueMalformed);
    row("a type that is none", "# TYPE a number", LineFault::MetadataMalformed);
    row("a type of nothing", "# TYPE", LineFault::MetadataMalformed);
    row("help for no name", "# HELP 1a text", LineFault::MetadataMalformed);
}

void TestExposition::aBadLineIsCountedAndTheRestIsRead()
{
    QFETCH(const std::string, line);
    QFETCH(const LineFault, fault);
    QFETCH(const ExpositionFormat, format);
    const ReadPage page = readPage("before 1\n" + line + "\nbehind 2\n", format);
    QCOMPARE(page.samples, both("before{} 1", "behind{} 2"));
    QCOMPARE(page.tally.badLines, 1);
    QCOMPARE(page.tally.firstBad, (std::vector<BadLine>{{2, fault}}));
    QVERIFY(!metrics::idOf(fault).isEmpty());
}

void TestExposition::onlyTheFirstBadLinesAreKept()
{
    std::string text;
    for (int i = 0; i < 1000; ++i)
        text += "}\n";
    const ReadPage page = readPage(text);
    QCOMPARE(page.tally.badLines, 1000);
    QCOMPARE(page.tally.firstBad.size(), metrics::ExpositionTally::MostKept);
    QCOMPARE(page.tally.firstBad.back(), (BadLine{5, LineFault::NameExpected}));
}

void TestExposition::metadataThatComesAgainIsCounted()
{
    const ReadPage page = readPage("# TYPE a gauge\n# HELP a one\n# TYPE a counter\n# TYPE b gauge\n# HELP a two\n");
    QCOMPARE(page.metadata, (std::vector{"1 a gauge"s, "0 a one"s, "1 b gauge"s}));
    QCOMPARE(page.tally.firstBad,
             (std::vector<BadLine>{{3, LineFault::MetadataRepeated}, {5, LineFault::MetadataRepeated}}));
}

void TestExposition::theFamilyIsAskedForOnceARun()
{
    std::vector<std::string> asked;
    ExpositionParser parser(ExpositionFormat::Text, {.family =
                                                         [&asked](std::string_view name) {
                                                             asked.emplace_back(name);
                                                             return -1;
                                                         },
                                                     .sample = [](const metrics::Sample&) { QFAIL("not wanted"); },
                                                     .metadata = {}});
    support::feed(parser, "a 1\na{b=\"c\"} 1\nab 1\na_b 1\na 1\n", [] { return 3; });
    QCOMPARE(asked, (std::vector{"a"s, "ab"s, "a_b"s, "a"s}));
}

void TestExposition::whatIsNotWantedIsNotLookedInto()
{
    const ReadPage page = readPage("unwanted_1{\xff broken\nunwanted_2\t=\nwanted 1\n");
    QCOMPARE(page.samples, std::vector{"wanted{} 1"s});
    QCOMPARE(page.tally.lines, 3);
    QCOMPARE(page.tally.badLines, 0);
}

void TestExposition::aLastLineWithoutItsEndIsNotTrusted()
{
    const ReadPage page = readPage("a 1\nb 12");
    QCOMPARE(page.samples, std::vector{"a{} 1"s});
    QCOMPARE(page.tally.firstBad, (std::vector<BadLine>{{2, LineFault::Unterminated}}));
    QVERIFY(!page.tally.complete);
}

void TestExposition::anOpenMetricsPageWithoutItsEndIsNotWhole()
{
    QVERIFY(!readPage("a 1\n", ExpositionFormat::OpenMetrics).tally.complete);
    QVERIFY(!readPage("a 1\n# EO", ExpositionFormat::OpenMetrics).tally.complete);
    const ReadPage page = readPage("a 1\n# EOF", ExpositionFormat::OpenMetrics);
    QVERIFY(page.tally.complete);
    QCOMPARE(page.tally.badLines, 0);
    QVERIFY(readPage("# EOF\na 1\n").tally.complete); // a remark in the text format
}

void TestExposition::nothingMayFollowTheEnd()
{
    const ReadPage page = readPage("a 1\n# EOF\nb 2\n# TYPE c gauge\n", ExpositionFormat::OpenMetrics);
    QCOMPARE(page.samples, std::vector{"a{} 1"s});
    QCOMPARE(page.metadata, std::vector<std::string>());
    QCOMPARE(page.tally.firstBad, (std::vector<BadLine>{{3, LineFault::BehindEnd}, {4, LineFault::BehindEnd}}));
}

void TestExposition::aLineMayBe1MiB()
{
    for (const std::size_t piece : {std::size_t(777), std::size_t(1) << 22}) {
        const auto line = [](std::size_t length) { return "a{b=\"" + std::string(length - 9, 'x') + "\"} 1"; };
        const std::string text = line(ExpositionParser::LongestLine) + "\n" + line(ExpositionParser::LongestLine + 1) +
                                 "\nc 1\n" + line(8 * ExpositionParser::LongestLine);
        const ReadPage page = readPage(text, ExpositionFormat::Text, [piece] { return piece; });
        QCOMPARE(page.samples.size(), 2UL);
        QCOMPARE(page.samples.back(), "c{} 1"s);
        QCOMPARE(page.tally.firstBad, (std::vector<BadLine>{{2, LineFault::TooLong}, {4, LineFault::Unterminated}}));
    }
}

void TestExposition::aSampleMayHave256Labels()
{
    const auto line = [](int labels) {
        std::string text = "a{";
        for (int i = 0; i < labels; ++i)
            text += "l" + std::to_string(i) + "=\"\\\\\",";
        return text + "} 1\n";
    };
    const ReadPage page = readPage(line(256) + line(257));
    QCOMPARE(page.samples.size(), 1UL);
    QVERIFY(page.samples.front().ends_with("l255=\\} 1"));
    QCOMPARE(page.tally.firstBad, (std::vector<BadLine>{{2, LineFault::TooManyLabels}}));
}

void TestExposition::anyPiecesGiveTheSamePage_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<ExpositionFormat>("format");
    QTest::newRow("text") << Text << ExpositionFormat::Text;
    QTest::newRow("OpenMetrics") << OpenMetrics << ExpositionFormat::OpenMetrics;
    QTest::newRow("broken") << "a{\n}\n# TYPE\nb 1"s << ExpositionFormat::Text;
}

void TestExposition::anyPiecesGiveTheSamePage()
{
    QFETCH(const std::string, text);
    QFETCH(const ExpositionFormat, format);
    const ReadPage whole = readPage(text, format);
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        bool isFirst = true;
        const auto length = [&] { return std::exchange(isFirst, false) && cut > 0 ? cut : text.size(); };
        QVERIFY2(readPage(text, format, length, 16) == whole, qPrintable(QString::number(cut)));
    }
    QVERIFY(readPage(
                text, format, [] { return 1; }, 1) == whole);
}

void TestExposition::aRecordedPageIsReadWithoutABadLine()
{
    const std::string text = support::fixture(QStringLiteral("metrics/kube-state-metrics.txt")).toStdString();
    const ReadPage whole = readPage(text);
    QCOMPARE(whole.tally.badLines, 0);
    QCOMPARE(whole.tally.samples + static_cast<qint64>(whole.metadata.size()), whole.tally.lines);
    std::mt19937 random(7);
    QVERIFY(readPage(
                text, ExpositionFormat::Text, [&random] { return 1 + random() % 300; }, 512) == whole);
}

QTEST_GUILESS_MAIN(TestExposition)
#include "tst_exposition.moc"
