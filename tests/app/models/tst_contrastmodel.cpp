// The table of metrics: what is known stands under its source, what is not known is no zero, and a cell that another
// source contradicts is marked.

#include "app/models/contrastmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using metrics::ContrastRow;
using models::ContrastBand;
using models::ContrastModel;

namespace {

ContrastRow pod(const char* name, std::optional<qint64> used, qint64 requested)
{
    ContrastRow row;
    row.subject = {.kind = QStringLiteral("Pod"), .nameSpace = QStringLiteral("shop"), .name = QLatin1String(name)};
    row.uid = QLatin1String(name);
    if (used) {
        row.metricsServer = metrics::Usage{.used = {.cpuMilli = used, .memoryBytes = 1 << 20},
                                           .takenAt = QDateTime::fromSecsSinceEpoch(1'800'000'000, Qt::UTC),
                                           .windowSeconds = 30};
        row.usageOfRequest.cpu = static_cast<double>(*used) / static_cast<double>(requested);
    }
    row.object = metrics::State{.requests = {.cpuMilli = requested, .memoryBytes = {}}};
    row.object->phase = QStringLiteral("Running");
    return row;
}

metrics::ContrastReport report()
{
    metrics::ContrastReport report;
    report.rows = {pod("web", 350, 100), pod("api", 20, 1000), pod("gone", std::nullopt, 10)};
    report.rows[1].kubeStateMetrics = metrics::State{};
    report.rows[1].kubeStateMetrics->phase = QStringLiteral("Pending");
    report.rows[1].disagreements = {{.field = QStringLiteral("phase"),
                                     .id = QStringLiteral("otherMoment"),
                                     .values = {{"kubeStateMetrics", "Pending"}, {"object", "Running"}}}};
    return report;
}

} // namespace

class TestContrastModel : public QObject {
    Q_OBJECT

    ContrastModel m_model;
    QAbstractItemModelTester m_tester{&m_model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    int column(const char* id) const
    {
        for (int i = 0; i < m_model.columnCount(); ++i)
            if (m_model.headerData(i, Qt::Horizontal, models::ColumnIdRole) == QLatin1String(id))
                return i;
        return -1;
    }
    QString cell(int row, const char* id) const { return m_model.index(row, column(id)).data().toString(); }
    QStringList names() const
    {
        QStringList names;
        for (int row = 0; row < m_model.rowCount(); ++row)
            names << m_model.rowAt(row).subject.name;
        return names;
    }

private slots:
    void init()
    {
        m_model.setFilter({});
        m_model.sort(-1);
        m_model.setReport(metrics::View::Pods, report());
    }

    void eachFigureStandsUnderItsSource()
    {
        QCOMPARE(cell(0, "name"), QStringLiteral("shop/web"));
        QCOMPARE(cell(0, "cpu"), QStringLiteral("350m"));
        QCOMPARE(cell(0, "cpuOfRequest"), QStringLiteral("350 %"));
        QCOMPARE(cell(0, "objectCpu"), QStringLiteral("100m / –"));
        QCOMPARE(m_model.bandOf(column("cpu")), ContrastBand::Usage);
        QCOMPARE(m_model.bandOf(column("objectCpu")), ContrastBand::Object);
    }

    void whatIsNotKnownIsNoZero()
    {
        QCOMPARE(cell(2, "cpu"), QStringLiteral("–"));
        QCOMPARE(cell(2, "cpuOfRequest"), QStringLiteral("–"));
        QCOMPARE(cell(0, "stateCpu"), QStringLiteral("–"));
        QVERIFY(!m_model.ratioAt(m_model.index(2, column("cpuOfRequest"))));
    }

    void itIsSortedByGapWithTheUnknownLast()
    {
        m_model.sort(column("cpuOfRequest"), Qt::DescendingOrder);
        QCOMPARE(names(), (QStringList{QStringLiteral("web"), QStringLiteral("api"), QStringLiteral("gone")}));
        m_model.sort(column("name"), Qt::AscendingOrder);
        QCOMPARE(names(), (QStringList{QStringLiteral("api"), QStringLiteral("gone"), QStringLiteral("web")}));
    }

    void aSelectionStaysWithItsRow()
    {
        const QPersistentModelIndex kept(m_model.index(0, 0));
        m_model.sort(column("name"), Qt::AscendingOrder);
        QCOMPARE(m_model.rowAt(kept.row()).subject.name, QStringLiteral("web"));
    }

    void aFilterKeepsWhatHasAllItsWords()
    {
        m_model.setFilter(QStringLiteral("SHOP we"));
        QCOMPARE(names(), QStringList{QStringLiteral("web")});
        QCOMPARE(m_model.total(), 3);
    }

    void whatAnotherSourceContradictsIsMarked()
    {
        const QModelIndex state = m_model.index(1, column("objectState"));
        QCOMPARE(state.data(models::SeverityRole).toInt(), static_cast<int>(kube::Severity::Warning));
        QVERIFY(state.data(Qt::ToolTipRole).toString().contains(QLatin1String("Pending")));
        QCOMPARE(m_model.index(1, column("cpu")).data(models::SeverityRole).toInt(),
                 static_cast<int>(kube::Severity::None));
        QVERIFY(!cell(1, "disagreements").isEmpty());
    }

    void aRowIsToldFigureByFigure()
    {
        const auto figures = models::figuresOf(m_model.rowAt(0), m_model.report());
        const auto of = [&figures](const QString& name) {
            return *std::ranges::find(figures, name, &models::ContrastFigure::name);
        };
        QVERIFY(of(QStringLiteral("CPU in use")).usage.contains(QLatin1String("350m, over 30 s until")));
        QVERIFY(of(QStringLiteral("Used of request")).why.startsWith(QLatin1String("350m / 100m = 350 %")));
        QCOMPARE(of(QStringLiteral("CPU requested")).kubeState, QStringLiteral("–"));
        QCOMPARE(of(QStringLiteral("CPU requested")).object, QStringLiteral("100m"));
    }
};

QTEST_GUILESS_MAIN(TestContrastModel)
#include "tst_contrastmodel.moc"
