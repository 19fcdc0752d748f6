// Autoscalers: what is not known is unknown and never 0, and why one does not work stands below it.

#include "tests/support/metricsurvey.h"
#include "tests/support/ui_main.h"
#include "ui/metrics/scalersview.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTableView>

namespace {

metrics::Scaler scaler(const QString& name)
{
    return {.nameSpace = QStringLiteral("shop"),
            .name = name,
            .targetKind = QStringLiteral("Deployment"),
            .targetName = QStringLiteral("web"),
            .least = 2,
            .most = 10,
            .current = 3,
            .desired = 5,
            .metrics = {{.type = QStringLiteral("Resource"),
                         .name = QStringLiteral("cpu"),
                         .source = metrics::SourceKind::MetricsServer,
                         .targetType = QStringLiteral("Utilization"),
                         .target = QStringLiteral("60"),
                         .current = QStringLiteral("0")}}};
}

} // namespace

class TestScalersView : public QObject {
    Q_OBJECT

private slots:
    void init() { m_view = std::make_unique<ui::ScalersView>(); }
    void cleanup() { m_view.reset(); }
    void noneIsSaidAndNotAnEmptyTable();
    void figuresHaveTheirUnitAndSource();
    void whatIsNotKnownIsUnknown();
    void eachMetricHasARow();
    void whyItDoesNotWorkStandsBelow();
    void theChosenOneStaysChosen();
    void aRowLeadsToTheAutoscaler();

private:
    template <typename T> T* find(const char* name) { return m_view->findChild<T*>(QLatin1String(name)); }
    QString cell(int row, int column)
    {
        return find<QTableView>("metrics.scalers.table")->model()->index(row, column).data().toString();
    }
    void show(std::vector<metrics::Scaler> scalers,
              const std::map<metrics::SourceKind, metrics::SourceState>& states = {})
    {
        m_view->show({.sources = support::surveyOf(states), .scalers = std::move(scalers)});
        m_view->resize(1000, 600);
        m_view->show();
    }

    std::unique_ptr<ui::ScalersView> m_view;
};

void TestScalersView::noneIsSaidAndNotAnEmptyTable()
{
    QVERIFY(find<QLabel>("metrics.scalers.empty")->text().contains(QLatin1String("not been asked")));
    show({});
    QVERIFY(find<QLabel>("metrics.scalers.empty")->isVisible());
    QVERIFY(!find<QTableView>("metrics.scalers.table")->isVisible());
    show({scaler(QStringLiteral("web"))});
    QVERIFY(!find<QLabel>("metrics.scalers.empty")->isVisible());
    QVERIFY(find<QTableView>("metrics.scalers.table")->isVisible());
}

void TestScalersView::figuresHaveTheirUnitAndSource()
{
    show({scaler(QStringLiteral("web"))}, {{metrics::SourceKind::MetricsServer, metrics::SourceState::Failing}});
    QCOMPARE(cell(0, 0), QStringLiteral("shop/web"));
    QCOMPARE(cell(0, 1), QStringLiteral("Deployment/web"));
    QCOMPARE(cell(0, 3), QStringLiteral("0%"));
    QCOMPARE(cell(0, 4), QStringLiteral("60% of the request"));
    QCOMPARE(cell(0, 5), QStringLiteral("metrics.k8s.io: failing"));
    QCOMPARE(cell(0, 6), QStringLiteral("3 → 5 (2–10)"));
}

void TestScalersView::whatIsNotKnownIsUnknown()
{
    metrics::Scaler one = scaler(QStringLiteral("web"));
    one.metrics.front().current.clear();
    one.metrics.front().source.reset();
    one.desired.reset();
    show({one});
    QCOMPARE(cell(0, 3), QStringLiteral("unknown"));
    QCOMPARE(cell(0, 5), QStringLiteral("unknown"));
    QCOMPARE(cell(0, 6), QStringLiteral("3 → unknown (2–10)"));
}

void TestScalersView::eachMetricHasARow()
{
    metrics::Scaler one = scaler(QStringLiteral("web"));
    one.metrics.push_back({.type = QStringLiteral("Pods"),
                           .name = QStringLiteral("http_requests"),
                           .source = metrics::SourceKind::CustomMetrics,
                           .targetType = QStringLiteral("AverageValue"),
                           .target = QStringLiteral("100")});
    show({one, scaler(QStringLiteral("z"))});
    QCOMPARE(find<QTableView>("metrics.scalers.table")->model()->rowCount(), 3);
    QCOMPARE(cell(1, 4), QStringLiteral("100 per pod"));
    QVERIFY(cell(1, 5).startsWith(QLatin1String("custom.metrics.k8s.io")));
    QCOMPARE(cell(2, 0), QStringLiteral("shop/z"));
}

void TestScalersView::whyItDoesNotWorkStandsBelow()
{
    metrics::Scaler one = scaler(QStringLiteral("web"));
    one.notes = {{.id = QStringLiteral("apiAbsent"), .about = QStringLiteral("metrics.k8s.io")}};
    one.conditions = {{QStringLiteral("ScalingActive"), QStringLiteral("False"),
                       QStringLiteral("FailedGetResourceMetric"), QStringLiteral("no metrics returned")}};
    show({one});
    QVERIFY(find<QLabel>("metrics.scalers.notes.0")->text().contains(QLatin1String("metrics.k8s.io")));
    const auto* conditions = find<QTableView>("metrics.scalers.conditions")->model();
    QCOMPARE(conditions->index(0, 2).data().toString(), QStringLiteral("FailedGetResourceMetric"));
    QCOMPARE(conditions->index(0, 3).data().toString(), QStringLiteral("no metrics returned"));
}

void TestScalersView::theChosenOneStaysChosen()
{
    show({scaler(QStringLiteral("a")), scaler(QStringLiteral("b"))});
    find<QTableView>("metrics.scalers.table")->selectRow(1);
    QCOMPARE(find<QLabel>("metrics.scalers.name")->text(), QStringLiteral("shop/b"));
    show({scaler(QStringLiteral("a")), scaler(QStringLiteral("b"))});
    QCOMPARE(find<QLabel>("metrics.scalers.name")->text(), QStringLiteral("shop/b"));
    show({scaler(QStringLiteral("a"))});
    QCOMPARE(find<QLabel>("metrics.scalers.name")->text(), QStringLiteral("shop/a"));
}

void TestScalersView::aRowLeadsToTheAutoscaler()
{
    show({scaler(QStringLiteral("web"))});
    QSignalSpy opened(m_view.get(), &ui::ScalersView::objectActivated);
    auto* table = find<QTableView>("metrics.scalers.table");
    m_view->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    const auto subject = opened.front().front().value<metrics::Subject>();
    QCOMPARE(subject.kind, QStringLiteral("HorizontalPodAutoscaler"));
    QCOMPARE(subject.name, QStringLiteral("web"));
}

ALIDADE_UI_TEST_MAIN(TestScalersView)
#include "tst_scalersview.moc"
