// The picture of who reads whom: what it draws it says as well, and what is absent flows nowhere.

#include "tests/support/metricsurvey.h"
#include "tests/support/ui_main.h"
#include "ui/metrics/readersview.h"

#include <QSignalSpy>

using metrics::SourceKind;
using metrics::SourceState;
using Id = ui::ReadersBox::Id;

class TestReadersView : public QObject {
    Q_OBJECT

private slots:
    void usageGoesFromTheKubeletToTheAutoscaler();
    void stateGoesFromTheObjectsToPrometheus();
    void whatIsAbsentFlowsNowhere();
    void aPrometheusThatDoesNotScrapeIsSeen();
    void heapsterIsCalledRetired();
    void theTextSaysWhatThePictureDraws();
    void noBoxLiesOnAnotherAndAllFit();
    void aClickChoosesASource();
    void theKeyboardChoosesASource();
};

namespace {

const ui::ReadersArrow* arrow(const ui::ReadersGraph& graph, Id from, Id to)
{
    for (const ui::ReadersArrow& each : graph.arrows)
        if (each.from == from && each.to == to)
            return &each;
    return nullptr;
}

const std::map<SourceKind, SourceState> Everything{{SourceKind::Heapster, SourceState::Old},
                                                   {SourceKind::InfluxDb, SourceState::Ok},
                                                   {SourceKind::CustomMetrics, SourceState::Forbidden},
                                                   {SourceKind::ExternalMetrics, SourceState::Failing}};

} // namespace

void TestReadersView::usageGoesFromTheKubeletToTheAutoscaler()
{
    const ui::ReadersGraph graph = ui::readersGraph(support::surveyOf());
    for (const auto& [from, to] : {std::pair{Id::Kubelet, Id::MetricsServer},
                                   {Id::MetricsServer, Id::ResourceApi},
                                   {Id::ResourceApi, Id::Autoscaler},
                                   {Id::ResourceApi, Id::KubectlTop}}) {
        QVERIFY(arrow(graph, from, to));
        QVERIFY(arrow(graph, from, to)->flows);
        QCOMPARE(arrow(graph, from, to)->what, QStringLiteral("CPU, memory"));
    }
    // metrics-server sends nothing to a store.
    QVERIFY(!arrow(graph, Id::MetricsServer, Id::Prometheus));
    QVERIFY(!arrow(graph, Id::MetricsServer, Id::InfluxDb));
}

void TestReadersView::stateGoesFromTheObjectsToPrometheus()
{
    const ui::ReadersGraph graph = ui::readersGraph(support::surveyOf(Everything));
    QVERIFY(arrow(graph, Id::Objects, Id::KubeStateMetrics)->flows);
    QVERIFY(arrow(graph, Id::KubeStateMetrics, Id::Prometheus)->flows);
    QVERIFY(arrow(graph, Id::Prometheus, Id::InfluxDb)->flows);
    QVERIFY(!ui::readersGraph(support::surveyOf()).of(Id::InfluxDb));
}

void TestReadersView::whatIsAbsentFlowsNowhere()
{
    const ui::ReadersGraph graph =
        ui::readersGraph(support::surveyOf({{SourceKind::MetricsServer, SourceState::Absent}}));
    QVERIFY(graph.of(Id::MetricsServer));
    QVERIFY(!arrow(graph, Id::Kubelet, Id::MetricsServer)->flows);
    QVERIFY(!arrow(graph, Id::ResourceApi, Id::Autoscaler)->flows);
    QVERIFY(arrow(graph, Id::Objects, Id::KubeStateMetrics)->flows);
}

void TestReadersView::aPrometheusThatDoesNotScrapeIsSeen()
{
    metrics::SourceSurvey survey = support::surveyOf();
    for (metrics::Source& source : survey.sources)
        if (source.kind == SourceKind::Prometheus)
            source.scrapeJobs = QStringList();
    const ui::ReadersGraph graph = ui::readersGraph(survey);
    QVERIFY(!arrow(graph, Id::KubeStateMetrics, Id::Prometheus)->flows);
    QCOMPARE(arrow(graph, Id::KubeStateMetrics, Id::Prometheus)->what, QStringLiteral("not scraped"));
}

void TestReadersView::heapsterIsCalledRetired()
{
    const ui::ReadersGraph graph = ui::readersGraph(support::surveyOf({{SourceKind::Heapster, SourceState::Old}}));
    QVERIFY(graph.of(Id::Heapster)->detail.contains(QLatin1String("retired")));
}

void TestReadersView::theTextSaysWhatThePictureDraws()
{
    ui::ReadersView view;
    view.show(support::surveyOf({{SourceKind::KubeStateMetrics, SourceState::Absent}}));
    const QString text = view.accessibleDescription();
    QVERIFY2(text.contains(QLatin1String("metrics-server reads kubelet / cAdvisor: CPU, memory.")), qPrintable(text));
    QVERIFY2(text.contains(QLatin1String("Prometheus would read kube-state-metrics")), qPrintable(text));
    QVERIFY(!view.accessibleName().isEmpty());
}

void TestReadersView::noBoxLiesOnAnotherAndAllFit()
{
    ui::ReadersView view;
    view.show(support::surveyOf(Everything));
    for (const int width : {700, 1140}) {
        view.resize(width, 600);
        const ui::ReadersGraph graph = ui::readersGraph(support::surveyOf(Everything));
        QCOMPARE(graph.boxes.size(), 12UL);
        for (const ui::ReadersBox& one : graph.boxes) {
            QVERIFY2(view.rect().contains(view.rectOf(one.id)), qPrintable(one.name));
            for (const ui::ReadersBox& other : graph.boxes)
                QVERIFY(one.id == other.id || !view.rectOf(one.id).intersects(view.rectOf(other.id)));
        }
    }
}

void TestReadersView::aClickChoosesASource()
{
    ui::ReadersView view;
    view.show(support::surveyOf());
    view.resize(1140, 600);
    QSignalSpy chosen(&view, &ui::ReadersView::sourceActivated);
    QTest::mouseClick(&view, Qt::LeftButton, {}, view.rectOf(Id::Prometheus).center());
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.front().front().value<SourceKind>(), SourceKind::Prometheus);
    QTest::mouseClick(&view, Qt::LeftButton, {}, view.rectOf(Id::KubectlTop).center());
    QTest::mouseClick(&view, Qt::LeftButton, {}, QPoint(1, 1));
    QCOMPARE(chosen.size(), 1);
}

void TestReadersView::theKeyboardChoosesASource()
{
    ui::ReadersView view;
    view.show(support::surveyOf());
    QSignalSpy chosen(&view, &ui::ReadersView::sourceActivated);
    QTest::keyClick(&view, Qt::Key_Return);
    QTest::keyClick(&view, Qt::Key_Right);
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(chosen.size(), 2);
    QCOMPARE(chosen[0].front().value<SourceKind>(), SourceKind::Kubelet);
    QCOMPARE(chosen[1].front().value<SourceKind>(), SourceKind::Objects);
}

ALIDADE_UI_TEST_MAIN(TestReadersView)
#include "tst_readersview.moc"
