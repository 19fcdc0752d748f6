// The page of metrics: how each source stands is told on top, a link leads to the same tab, and a large page is read
// only after somebody said so.

#include "tests/support/ui_main.h"
#include "ui/metrics/contrastview.h"
#include "ui/metrics/metricspage.h"
#include "ui/metrics/sourcestrip.h"
#include "ui/widgets/tableview.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

using metrics::SourceKind;
using metrics::SourceState;
using ui::MetricsPage;

namespace {

metrics::SourceSurvey survey()
{
    metrics::SourceSurvey survey;
    for (const SourceKind kind : {SourceKind::MetricsServer, SourceKind::KubeStateMetrics, SourceKind::Prometheus,
                                  SourceKind::Kubelet, SourceKind::Heapster, SourceKind::InfluxDb,
                                  SourceKind::CustomMetrics, SourceKind::ExternalMetrics, SourceKind::Objects})
        survey.sources.push_back({.kind = kind, .state = SourceState::Ok, .reason = QStringLiteral("answers")});
    survey.takenAt = QDateTime::fromSecsSinceEpoch(1'800'000'060, Qt::UTC);
    return survey;
}

ui::View view(const QString& tab = {})
{
    ui::View view;
    view.page = QStringLiteral("metrics");
    view.cluster = QStringLiteral("prod");
    if (!tab.isEmpty())
        view.more.insert(QStringLiteral("tab"), tab);
    return view;
}

} // namespace

class TestMetricsPage : public QObject {
    Q_OBJECT
private slots:
    void absentFailingForbiddenAndOldAreToldApart()
    {
        ui::SourceStrip strip;
        auto sources = survey();
        sources.sources[0].state = SourceState::Failing;
        sources.sources[0].reason = QStringLiteral("noSamples");
        sources.sources[1].state = SourceState::Absent;
        sources.sources[2].state = SourceState::Forbidden;
        sources.sources[4].state = SourceState::Old;
        sources.sources[4].reason = QStringLiteral("retired");
        strip.show(sources);
        QStringList words;
        for (const char* id : {"metricsServer", "kubeStateMetrics", "prometheus", "heapster", "objects"})
            words << strip.findChild<QToolButton*>(QStringLiteral("metrics.source.") + QLatin1String(id))
                         ->text()
                         .section(QStringLiteral(": "), 1);
        QCOMPARE(words.removeDuplicates(), 0);
    }

    void aSourceTellsWhatItIsAndWhatToDo()
    {
        ui::SourceStrip strip;
        auto sources = survey();
        sources.sources[0].state = SourceState::Absent;
        sources.sources[0].reason = QStringLiteral("apiServiceMissing");
        strip.show(sources);
        auto* detail = strip.findChild<QLabel*>(QStringLiteral("metrics.source"));
        QVERIFY(detail->isHidden());
        strip.choose(SourceKind::MetricsServer);
        QVERIFY(!detail->isHidden());
        QVERIFY(detail->text().contains(QLatin1String("Install metrics-server")));
        strip.choose(SourceKind::MetricsServer);
        QVERIFY(detail->isHidden());
    }

    void aLinkLeadsToItsTab()
    {
        MetricsPage page(view(QStringLiteral("conditions")));
        QCOMPARE(page.tab(), MetricsPage::Tab::Conditions);
        page.setTab(MetricsPage::Tab::History);
        QCOMPARE(page.view().more.value(QStringLiteral("tab")), QStringLiteral("history"));
        QCOMPARE(page.view().identity(), view().identity());
    }

    void aLargePageIsOfferedAndNotRead()
    {
        MetricsPage page(view());
        auto* take = page.findChild<QPushButton*>(QStringLiteral("metrics.offer.take"));
        QVERIFY(!take->isVisibleTo(&page));
        page.setOffer(QStringLiteral("It is large."), QStringLiteral("Read 300 MB"));
        QVERIFY(take->isVisibleTo(&page));
        const QSignalSpy taken(&page, &MetricsPage::offerTaken);
        take->click();
        QCOMPARE(taken.count(), 1);
    }

    void theChosenRowIsToldFigureByFigure()
    {
        MetricsPage page(view());
        metrics::ContrastReport report;
        report.sources = survey();
        metrics::ContrastRow row;
        row.subject = {
            .kind = QStringLiteral("Pod"), .nameSpace = QStringLiteral("shop"), .name = QStringLiteral("web")};
        row.object = metrics::State{.requests = {.cpuMilli = 100, .memoryBytes = {}}};
        report.rows = {row};
        page.contrast()->show(report);
        auto* figures = page.findChild<QTreeWidget*>(QStringLiteral("metrics.figures"));
        QVERIFY(figures->topLevelItemCount() > 5);
        const QSignalSpy activated(page.contrast(), &ui::ContrastView::objectActivated);
        Q_EMIT page.contrast()->table()->activated(page.contrast()->model()->index(0, 0));
        QCOMPARE(activated.count(), 1);
    }

    void theKubeletIsAskedOnceWhenItIsWanted()
    {
        MetricsPage page(view());
        metrics::ContrastReport report;
        report.sources = survey();
        metrics::ContrastRow row;
        row.subject = {.kind = QStringLiteral("Node"), .nameSpace = {}, .name = QStringLiteral("n1"), .container = {}};
        row.object = metrics::State{};
        report.rows = {row};
        page.contrast()->setView(metrics::View::Nodes);
        page.contrast()->show(report);
        auto* figures = page.findChild<QTreeWidget*>(QStringLiteral("metrics.figures"));
        QVERIFY(figures->isColumnHidden(1));
        const QSignalSpy wanted(page.contrast(), &ui::ContrastView::kubeletWanted);
        page.findChild<QPushButton*>(QStringLiteral("metrics.kubelet.ask"))->click();
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted.front().front().toString(), QStringLiteral("n1"));

        metrics::KubeletPage kubelet{.node = QStringLiteral("n1"), .resource = {}, .summary = {}};
        kubelet.readAt = QDateTime::fromSecsSinceEpoch(1'800'000'060, Qt::UTC);
        kubelet.resource[row.subject] = {.usage = {.used = {std::nullopt, 64 << 20}, .takenAt = kubelet.readAt},
                                         .cpuSeconds = 12.5};
        page.contrast()->showKubelet(kubelet);
        QVERIFY(!figures->isColumnHidden(1));
        QVERIFY(figures->topLevelItem(1)->text(1).startsWith(QLatin1String("12.5 s")));
        QVERIFY(figures->topLevelItem(2)->text(1).startsWith(QLatin1String("64Mi")));
        QVERIFY(figures->topLevelItem(2)->text(1).contains(QLatin1String("/metrics/resource")));

        page.contrast()->failKubelet(QStringLiteral("n1"), {.kind = base::ErrorKind::Forbidden,
                                                            .said = QStringLiteral("nodes \"n1\" is forbidden")});
        QVERIFY(figures->isColumnHidden(1)); // what failed leaves no figures of before
        QVERIFY(page.findChild<QLabel*>(QStringLiteral("metrics.kubelet.text"))
                    ->text()
                    .contains(QLatin1String("nodes \"n1\" is forbidden")));
    }

    void whoMayNotReadKubeletsIsNotOfferedIt()
    {
        MetricsPage page(view());
        metrics::ContrastReport report;
        report.sources = survey();
        report.sources.sources[3].state = SourceState::Forbidden;
        report.sources.sources[3].reason = QStringLiteral("mayNotRead");
        metrics::ContrastRow row;
        row.subject = {.kind = QStringLiteral("Node"), .nameSpace = {}, .name = QStringLiteral("n1"), .container = {}};
        report.rows = {row};
        page.contrast()->setView(metrics::View::Nodes);
        page.contrast()->show(report);
        QVERIFY(!page.findChild<QPushButton*>(QStringLiteral("metrics.kubelet.ask"))->isEnabled());
        QVERIFY(page.findChild<QLabel*>(QStringLiteral("metrics.kubelet.text"))
                    ->text()
                    .contains(QLatin1String("nodes/proxy")));
    }

    void everythingHasAName()
    {
        const MetricsPage page(view());
        for (const auto* button : page.findChildren<QAbstractButton*>())
            QVERIFY2(!button->objectName().isEmpty(), qPrintable(button->text()));
        QVERIFY(!page.contrast()->table()->accessibleName().isEmpty());
    }
};

ALIDADE_UI_TEST_MAIN(TestMetricsPage)
#include "tst_metricspage.moc"
