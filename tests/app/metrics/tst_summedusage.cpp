// Usage of a workload over time: the sum over pods that come and go.

#include "app/metrics/summedusage.h"
#include "app/metrics/workloadpods.h"

#include <QRegularExpression>
#include <QTest>
#include <cmath>

using metrics::Point;
using metrics::SampleSeries;
using metrics::Subject;
using metrics::SummedPoints;
using namespace std::chrono_literals;

namespace {

QDateTime at(qint64 seconds)
{
    return QDateTime::fromSecsSinceEpoch(1'795'348'800 + seconds, Qt::UTC);
}

SampleSeries seriesOf(std::initializer_list<std::pair<qint64, double>> readings)
{
    SampleSeries series;
    for (const auto& [second, value] : readings)
        series.add({at(second), value});
    return series;
}

Subject podNamed(const char* name)
{
    return {QStringLiteral("Pod"), QStringLiteral("shop"), QString::fromLatin1(name), {}};
}

Subject workload(const char* kind)
{
    return {QString::fromLatin1(kind), QStringLiteral("shop"), QStringLiteral("web"), {}};
}

metrics::UsagePage pageOf(std::initializer_list<const char*> names)
{
    metrics::UsagePage page;
    for (const char* name : names)
        page.usages.emplace(podNamed(name), metrics::Usage{});
    return page;
}

} // namespace

class TestSummedUsage : public QObject {
    Q_OBJECT
private slots:
    void readingsOfDifferentMomentsAreAddedUp();
    void aPodThatWentIsNoLongerCounted();
    void aPodThatCameIsCountedFromThen();
    void withoutAnyReadingThereIsAGap();
    void aNumberThatIsNoneIsNotAdded();
    void aMomentThatIsYearsOffCostsNothing();
    void nothingIsTheSumOfNothing();
    void linesOfOneRangeAreAddedUpMomentByMoment();
    void theNamesOfPodsAreKnownByTheirController_data();
    void theNamesOfPodsAreKnownByTheirController();
    void thePodsOfAnotherWorkloadHaveOtherNames();
    void podsThatWentAreRemembered();
    void aPodThatWasNeverSeenIsNews();
};

void TestSummedUsage::readingsOfDifferentMomentsAreAddedUp()
{
    const SampleSeries a = seriesOf({{0, 100}, {15, 110}, {30, 120}});
    const SampleSeries b = seriesOf({{7, 50}, {22, 60}});
    const SummedPoints sum = metrics::sumOver({&a, &b}, 15s, 60s);
    QCOMPARE(sum.points, (std::vector<Point>{{at(0), 100}, {at(15), 160}, {at(30), 180}}));
    QCOMPARE(sum.pods, (std::vector<int>{1, 2, 2}));
}

void TestSummedUsage::aPodThatWentIsNoLongerCounted()
{
    const SampleSeries stays = seriesOf({{0, 1}, {30, 1}, {60, 1}});
    const SampleSeries goes = seriesOf({{0, 10}});
    const SummedPoints sum = metrics::sumOver({&stays, &goes}, 30s, 30s);
    QCOMPARE(sum.points, (std::vector<Point>{{at(0), 11}, {at(30), 11}, {at(60), 1}}));
    QCOMPARE(sum.pods, (std::vector<int>{2, 2, 1}));
}

void TestSummedUsage::aPodThatCameIsCountedFromThen()
{
    const SampleSeries first = seriesOf({{0, 1}, {30, 1}});
    const SampleSeries second = seriesOf({{30, 5}});
    QCOMPARE(metrics::sumOver({&first, &second}, 30s, 60s).pods, (std::vector<int>{1, 2}));
}

void TestSummedUsage::withoutAnyReadingThereIsAGap()
{
    const SampleSeries one = seriesOf({{0, 1}, {300, 2}});
    const SummedPoints sum = metrics::sumOver({&one}, 60s, 60s);
    QCOMPARE(sum.points, (std::vector<Point>{{at(0), 1}, {at(60), 1}, {at(300), 2}}));
}

void TestSummedUsage::aNumberThatIsNoneIsNotAdded()
{
    const SampleSeries one = seriesOf({{0, 1}});
    const SampleSeries odd = seriesOf({{0, std::nan("")}});
    const SummedPoints sum = metrics::sumOver({&one, &odd}, 15s, 60s);
    QCOMPARE(sum.points, (std::vector<Point>{{at(0), 1}}));
    QCOMPARE(sum.pods, (std::vector<int>{1}));
}

void TestSummedUsage::aMomentThatIsYearsOffCostsNothing()
{
    const SampleSeries odd = seriesOf({{-1'700'000'000, 1}});
    const SampleSeries one = seriesOf({{0, 2}});
    const SummedPoints sum = metrics::sumOver({&odd, &one}, 15s, 60s);
    QCOMPARE(sum.points.back(), (Point{at(0), 2}));
    QVERIFY(sum.points.size() <= SampleSeries::MostPoints + 1);
}

void TestSummedUsage::nothingIsTheSumOfNothing()
{
    const SampleSeries empty;
    QVERIFY(metrics::sumOver({nullptr, &empty}, 15s, 60s).points.empty());
    QVERIFY(metrics::sumOver(std::vector<const SampleSeries*>{}, 15s, 60s).points.empty());
}

void TestSummedUsage::linesOfOneRangeAreAddedUpMomentByMoment()
{
    const SummedPoints sum =
        metrics::sumOver({{podNamed("a"), {{at(0), 1}, {at(30), 2}}}, {podNamed("b"), {{at(30), 10}, {at(60), 20}}}});
    QCOMPARE(sum.points, (std::vector<Point>{{at(0), 1}, {at(30), 12}, {at(60), 20}}));
    QCOMPARE(sum.pods, (std::vector<int>{1, 2, 1}));
}

void TestSummedUsage::theNamesOfPodsAreKnownByTheirController_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("pod");
    const auto row = [](const char* kind, const char* pod) {
        QTest::newRow(kind) << QString::fromLatin1(kind) << QString::fromLatin1(pod);
    };
    row("Deployment", "web-97577bd9-dw7sc");
    row("ReplicaSet", "web-dw7sc");
    row("DaemonSet", "web-lt8n6");
    row("StatefulSet", "web-0");
    row("TApp", "web-12");
    row("Job", "web-x7k2p");
    row("CronJob", "web-29390000-x7k2p");
}

void TestSummedUsage::theNamesOfPodsAreKnownByTheirController()
{
    QFETCH(QString, kind);
    QFETCH(QString, pod);
    const QRegularExpression whole(
        QRegularExpression::anchoredPattern(metrics::podNamePattern(workload(kind.toLatin1().constData()))));
    QVERIFY(whole.isValid());
    QVERIFY2(whole.match(pod).hasMatch(), qPrintable(whole.pattern()));
}

void TestSummedUsage::thePodsOfAnotherWorkloadHaveOtherNames()
{
    const auto isOf = [](const char* kind, const char* pod) {
        return QRegularExpression(QRegularExpression::anchoredPattern(metrics::podNamePattern(workload(kind))))
            .match(QString::fromLatin1(pod))
            .hasMatch();
    };
    QVERIFY(!isOf("Deployment", "web-api-97577bd9-dw7sc")); // of the Deployment web-api
    QVERIFY(!isOf("Deployment", "web-api-lt8n6"));          // of the DaemonSet web-api: no hash has an a or an i
    QVERIFY(!isOf("StatefulSet", "web-db-0"));
    QVERIFY(!isOf("DaemonSet", "web-97577bd9-dw7sc"));
    QCOMPARE(metrics::podNamePattern(workload("Rollout")), QString());
}

void TestSummedUsage::podsThatWentAreRemembered()
{
    metrics::WorkloadPods pods;
    pods.add(workload("Deployment"), {podNamed("a"), podNamed("b")});
    pods.add(workload("Deployment"), {podNamed("b"), podNamed("c")});
    QCOMPARE(pods.of(workload("Deployment")).size(), std::size_t(3));
    QVERIFY(pods.of(workload("StatefulSet")).empty());
}

void TestSummedUsage::aPodThatWasNeverSeenIsNews()
{
    metrics::WorkloadPods pods;
    const QString shop = QStringLiteral("shop");
    QVERIFY(!pods.isNews(pageOf({"a"}), shop)); // told with the workload
    QVERIFY(!pods.isNews(pageOf({"a"}), shop));
    QVERIFY(pods.isNews(pageOf({"a", "b"}), shop));
    QVERIFY(!pods.isNews(pageOf({"b"}), shop));
}

QTEST_GUILESS_MAIN(TestSummedUsage)
#include "tst_summedusage.moc"
