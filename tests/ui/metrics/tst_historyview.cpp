// FigureHistory: gaps stay gaps, units stand on what is shown, and what is drawn can be read by keyboard and exported.

#include "tests/support/ui_main.h"
#include "ui/metrics/historyplot.h"
#include "ui/metrics/historyview.h"

#include <QBuffer>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <cmath>

using ui::Figure;
using ui::FigureHistory;
using namespace std::chrono_literals;

namespace {

constexpr double Mebi = 1 << 20;

QDateTime at(qint64 seconds)
{
    return QDateTime::fromSecsSinceEpoch(1'795'348'800 + seconds, Qt::UTC);
}

FigureHistory history()
{
    const auto line = [](double scale) {
        return ui::HistoryLine{QStringLiteral("app"),
                               QStringLiteral("metrics-server"),
                               {{{at(0), 100 * scale}, {at(15), 120 * scale}}, {{at(300), 130 * scale}}}};
    };
    return {.title = QStringLiteral("shop/web"),
            .cpu = {line(1)},
            .memory = {line(Mebi)},
            .requests = {.cpuMilli = 200, .memoryBytes = std::nullopt},
            .limits = {.cpuMilli = 4000, .memoryBytes = 256LL << 20},
            .marks = {{at(10), QStringLiteral("app restarted"), ui::Sign::Warning}},
            .note = {},
            .until = at(600)};
}

} // namespace

class TestHistoryView : public QObject {
    Q_OBJECT

private slots:
    void gapsStayGaps();
    void figuresHaveUnits();
    void aLimitFarAboveDoesNotPressTheLines();
    void requestAndLimitAreLevels();
    void whatIsNoNumberIsNotDrawn();
    void theReadoutNamesTimeValueAndSource();
    void theArrowKeysGoFromReadingToReading();
    void nothingToShowIsSaid();
    void choicesAreTold();
    void theCsvHoldsEveryReading();
    void thePictureHoldsBothPlots();
};

void TestHistoryView::gapsStayGaps()
{
    const auto content = plotContentOf(history(), Figure::Cpu, at(-3000), at(600), {});
    QCOMPARE(content.lines.front().runs.size(), 2UL);
    QVERIFY(plotText(history(), Figure::Cpu).contains(QLatin1String("gap")));
}

void TestHistoryView::figuresHaveUnits()
{
    QCOMPARE(plotContentOf(history(), Figure::Cpu, at(0), at(600), {}).unit, QStringLiteral("CPU (m)"));
    QCOMPARE(plotContentOf(history(), Figure::Memory, at(0), at(600), {}).unit, QStringLiteral("Memory (MiB)"));
    QCOMPARE(ui::figureText(Figure::Memory, 48.5 * Mebi), QStringLiteral("48.5\u00a0MiB"));
    QCOMPARE(ui::figureText(Figure::Cpu, 120), QStringLiteral("120\u00a0m"));
}

void TestHistoryView::aLimitFarAboveDoesNotPressTheLines()
{
    const auto content = plotContentOf(history(), Figure::Cpu, at(0), at(600), {});
    QVERIFY(content.top < 300);
    QVERIFY(content.levels.back().name.contains(QLatin1String("above the plot")));
}

void TestHistoryView::requestAndLimitAreLevels()
{
    const auto cpu = plotContentOf(history(), Figure::Cpu, at(0), at(600), {});
    QCOMPARE(cpu.levels.size(), 2UL);
    QCOMPARE(cpu.levels.front().value, 200.0);
    QCOMPARE(cpu.levels.front().name, QStringLiteral("request 200\u00a0m"));
    const auto memory = plotContentOf(history(), Figure::Memory, at(0), at(600), {});
    QCOMPARE(memory.levels.size(), 1UL);
    QCOMPARE(memory.levels.front().value, 256.0);
    QCOMPARE(memory.marks.size(), 1UL);
}

void TestHistoryView::whatIsNoNumberIsNotDrawn()
{
    FigureHistory odd = history();
    odd.cpu.front().runs = {{{at(0), 1}, {at(1), std::nan("")}, {at(2), INFINITY}, {at(3), 2}}};
    const auto content = plotContentOf(odd, Figure::Cpu, at(0), at(600), {});
    QCOMPARE(content.lines.front().runs.size(), 2UL);
    QVERIFY(std::isfinite(content.top));
}

void TestHistoryView::theReadoutNamesTimeValueAndSource()
{
    ui::HistoryView view;
    view.show(history());
    view.show();
    auto* plot = view.findChild<QWidget*>(QStringLiteral("metrics.history.cpu"));
    QVERIFY2(plot, "libalidade_plot.so is not there");
    QTest::keyClick(plot, Qt::Key_Left);
    const QString told = view.findChild<QLabel*>(QStringLiteral("metrics.history.readout"))->text();
    const QString time = at(300).toLocalTime().toString(QStringLiteral("HH:mm:ss"));
    for (const QString& part : {QStringLiteral("130\u00a0m"), QStringLiteral("130\u00a0MiB"), time,
                                QStringLiteral("metrics-server"), QStringLiteral("app")})
        QVERIFY2(told.contains(part), qPrintable(told));
}

void TestHistoryView::theArrowKeysGoFromReadingToReading()
{
    ui::HistoryView view;
    view.show(history());
    view.show();
    auto* plot = view.findChild<QWidget*>(QStringLiteral("metrics.history.memory"));
    const auto* readout = view.findChild<QLabel*>(QStringLiteral("metrics.history.readout"));
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(plot, Qt::Key_Left);
    QVERIFY2(readout->text().contains(QStringLiteral("100\u00a0m")), qPrintable(readout->text()));
    QVERIFY2(readout->text().contains(QLatin1String("app restarted")), qPrintable(readout->text()));
    QTest::keyClick(plot, Qt::Key_Right);
    QVERIFY2(readout->text().contains(QStringLiteral("120\u00a0m")), qPrintable(readout->text()));
}

void TestHistoryView::nothingToShowIsSaid()
{
    ui::HistoryView view;
    view.show();
    const auto* message = view.findChild<QLabel*>(QStringLiteral("metrics.history.message"));
    QVERIFY(message->isVisible());
    QVERIFY(!view.findChild<QPushButton*>(QStringLiteral("metrics.history.csv"))->isEnabled());
    FigureHistory old = history();
    old.until = at(24 * 3600);
    view.show(old);
    QVERIFY2(message->text().contains(QLatin1String("in this range")), qPrintable(message->text()));
    view.show(history());
    QVERIFY(!message->isVisible());
}

void TestHistoryView::choicesAreTold()
{
    ui::HistoryView view;
    QSignalSpy ranges(&view, &ui::HistoryView::rangeChosen);
    QSignalSpy sources(&view, &ui::HistoryView::sourceChosen);
    QCOMPARE(view.range(), std::chrono::seconds(1h));
    view.setRange(6h);
    QCOMPARE(view.range(), std::chrono::seconds(6h));
    QVERIFY(ranges.empty());
    Q_EMIT view.findChild<QComboBox*>(QStringLiteral("metrics.history.range"))->activated(2);
    QCOMPARE(ranges.size(), 1);
    Q_EMIT view.findChild<QComboBox*>(QStringLiteral("metrics.history.source"))->activated(1);
    QCOMPARE(sources.front().front().toBool(), true);
    view.setPrometheusThere(false);
    QVERIFY(!view.findChild<QComboBox*>(QStringLiteral("metrics.history.source"))->isEnabled());
}

void TestHistoryView::theCsvHoldsEveryReading()
{
    QBuffer buffer;
    QVERIFY(buffer.open(QIODevice::WriteOnly));
    FigureHistory odd = history();
    odd.cpu.front().name = QStringLiteral("=cmd,\"x\"");
    QVERIFY(writeCsv(odd, buffer));
    const QList<QByteArray> lines = buffer.data().trimmed().split('\n');
    QCOMPARE(lines.size(), 7);
    QVERIFY(lines[1].startsWith("20"));
    QVERIFY2(lines[1].contains("cpu,\"'=cmd,\"\"x\"\"\",100,m,metrics-server"), lines[1].constData());
    QVERIFY(lines[4].contains("memory,app,100,MiB,metrics-server"));
}

void TestHistoryView::thePictureHoldsBothPlots()
{
    ui::HistoryView view;
    view.show(history());
    view.resize(900, 600);
    view.show();
    QCoreApplication::processEvents();
    QVERIFY(view.picture().height() > 2 * 2 * 140);
    QVERIFY(view.picture().width() > 1500);
}

ALIDADE_UI_TEST_MAIN(TestHistoryView)
#include "tst_historyview.moc"
