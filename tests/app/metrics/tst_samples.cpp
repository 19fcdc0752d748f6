// What Alidade has read itself: bounded, with its gaps, and counters that began anew.

#include "app/metrics/samples.h"

#include <QTest>

using metrics::Point;
using metrics::SampleHistory;
using metrics::SampleSeries;
using metrics::Subject;
using namespace std::chrono_literals;

namespace {

QDateTime at(qint64 seconds)
{
    return QDateTime::fromSecsSinceEpoch(1'795'348'000 + seconds, Qt::UTC);
}

SampleSeries seriesOf(const std::vector<std::pair<qint64, double>>& readings)
{
    SampleSeries series;
    for (const auto& [seconds, value] : readings)
        series.add({at(seconds), value});
    return series;
}

Subject container(const QString& name)
{
    return {QStringLiteral("Pod"), QStringLiteral("shop"), name, QStringLiteral("app")};
}

} // namespace

class TestSamples : public QObject {
    Q_OBJECT

private slots:
    void theOldestMakesRoomForTheNewest();
    void aReadingThatIsNotNewerIsPassedOver();
    void gapsStayGaps();
    void aCounterGrowsBetweenItsReadings();
    void aCounterThatFallsBeganAnew();
    void oneReadingTellsNoGrowth();
    void subjectsAreBounded();
    void whatIsGoneIsForgotten();
};

void TestSamples::theOldestMakesRoomForTheNewest()
{
    SampleSeries series;
    for (int i = 0; i < 5000; ++i)
        series.add({at(i), static_cast<double>(i)});
    QCOMPARE(series.points().size(), SampleSeries::MostPoints);
    QCOMPARE(series.points().back(), (Point{at(4999), 4999}));
    QCOMPARE(series.points().front().value, 5000.0 - SampleSeries::MostPoints);
}

void TestSamples::aReadingThatIsNotNewerIsPassedOver()
{
    SampleSeries series = seriesOf({{10, 1}, {10, 2}, {5, 3}, {20, 4}});
    series.add({QDateTime(), 5});
    QCOMPARE(series.points().size(), 2UL);
    QCOMPARE(series.points().front().value, 1.0);
    QCOMPARE(series.points().back().value, 4.0);
}

void TestSamples::gapsStayGaps()
{
    const auto runs = seriesOf({{0, 1}, {15, 2}, {30, 3}, {100, 4}, {115, 5}}).runs(40s);
    QCOMPARE(runs.size(), 2UL);
    QCOMPARE(runs[0].size(), 3UL);
    QCOMPARE(runs[1].front(), (Point{at(100), 4}));
    QVERIFY(SampleSeries().runs(40s).empty());
}

void TestSamples::aCounterGrowsBetweenItsReadings()
{
    const SampleSeries series = seriesOf({{0, 3}, {60, 3}, {120, 5}, {180, 6}});
    QCOMPARE(series.increase(at(0)), 3.0);
    QCOMPARE(series.increase(at(60)), 3.0);
    QCOMPARE(series.increase(at(61)), 1.0);
}

void TestSamples::aCounterThatFallsBeganAnew()
{
    QCOMPARE(seriesOf({{0, 7}, {60, 9}, {120, 1}, {180, 2}}).increase(at(0)), 4.0);
}

void TestSamples::oneReadingTellsNoGrowth()
{
    QCOMPARE(seriesOf({{0, 7}}).increase(at(0)), std::nullopt);
    QCOMPARE(seriesOf({{0, 7}, {60, 8}}).increase(at(30)), std::nullopt);
    QCOMPARE(SampleSeries().increase(at(0)), std::nullopt);
}

void TestSamples::subjectsAreBounded()
{
    SampleHistory history;
    for (std::size_t i = 0; i < SampleHistory::MostSubjects + 10; ++i)
        history.add(container(QString::number(i)), {at(0), 1});
    QVERIFY(history.of(container(QStringLiteral("0"))));
    QVERIFY(!history.of(container(QString::number(SampleHistory::MostSubjects))));
    QCOMPARE(history.since(), at(0));
}

void TestSamples::whatIsGoneIsForgotten()
{
    SampleHistory history;
    history.add(container(QStringLiteral("old")), {at(0), 1});
    history.add(container(QStringLiteral("new")), {at(100), 1});
    history.forgetBefore(at(50));
    QVERIFY(!history.of(container(QStringLiteral("old"))));
    QVERIFY(history.of(container(QStringLiteral("new"))));
}

QTEST_GUILESS_MAIN(TestSamples)
#include "tst_samples.moc"
