#include "ui/widgets/customplot/customplot.h"

#include <limits>

namespace ui {
namespace {

constexpr int NumbersWidth = 64; ///< left of every plot, so that the times of plots above each other meet
constexpr int SignsHeight = 24;
constexpr int LegendColumns = 4;

double keyOf(const QDateTime& at)
{
    return static_cast<double>(at.toMSecsSinceEpoch()) / 1000;
}

} // namespace

CustomPlot::CustomPlot(QWidget* parent) : QCustomPlot(parent), m_times(new QCPAxisTickerDateTime)
{
    setNoAntialiasingOnDrag(false);
    setMouseTracking(true);
    axisRect()->setMinimumMargins({NumbersWidth, SignsHeight, 16, 0});
    xAxis->setTicker(m_times);
    m_times->setTickStepStrategy(QCPAxisTicker::tssMeetTickCount);
    // The legend stands below the plot: over it, it would hide values.
    auto* below = new QCPLayoutGrid;
    plotLayout()->addElement(1, 0, below);
    plotLayout()->setRowStretchFactor(1, 0.001);
    below->addElement(0, 0, legend);
    below->setMargins({NumbersWidth, 0, 8, 0});
    legend->setFillOrder(QCPLayoutGrid::foColumnsFirst);
    legend->setWrap(LegendColumns);
    legend->setVisible(true);
    legend->setBorderPen(Qt::NoPen);
    legend->setBrush(Qt::NoBrush);
    legend->setMargins({0, 4, 0, 8});
    legend->setColumnSpacing(16);
}

void CustomPlot::setLook(const PlotLook& look)
{
    m_look = look;
    setBackground(QBrush(look.ground));
    for (QCPAxis* axis : {xAxis, yAxis}) {
        axis->setBasePen(QPen(look.quiet));
        axis->setTickPen(QPen(look.quiet));
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelColor(look.quiet);
        axis->setTickLabelFont(look.font);
        axis->grid()->setPen(QPen(look.grid, 1, Qt::SolidLine));
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
    legend->setFont(look.font);
    // As high as the words beside it: the row is not made for their descent otherwise.
    legend->setIconSize(28, QFontMetrics(look.font).height() + 2);
    legend->setTextColor(look.text);
    setContent(m_content);
}

void CustomPlot::setContent(const PlotContent& content)
{
    if (&content != &m_content)
        m_content = content;
    clearPlottables();
    clearItems();
    m_cursor = nullptr;
    const bool isLong = m_content.from.secsTo(m_content.to) > 20 * 3600;
    m_times->setDateTimeFormat(isLong ? QStringLiteral("MM-dd HH:mm") : QStringLiteral("HH:mm"));
    m_times->setTickCount(isLong ? 5 : 7);
    xAxis->setRange(keyOf(m_content.from), keyOf(m_content.to));
    yAxis->setRange(0, m_content.top);
    addLines();
    addLevels();
    addMarks();
    nameUnit();
    setCursor(m_at);
}

void CustomPlot::addLines()
{
    for (const PlotLine& line : m_content.lines) {
        QCPGraph* graph = addGraph();
        graph->setName(line.name);
        graph->setPen(QPen(line.color, 1.6, line.style));
        QVector<QCPGraphData> values;
        for (const auto& run : line.runs) {
            for (const PlotPoint& point : run)
                values.append({keyOf(point.at), point.value});
            // Not a number: nothing is drawn up to the next run.
            if (!run.empty())
                values.append({keyOf(run.back().at) + 0.001, std::numeric_limits<double>::quiet_NaN()});
            // A line of one reading has no length: it is shown as a point of its own.
            if (run.size() != 1)
                continue;
            auto* dot = new QCPItemTracer(this);
            dot->position->setCoords(keyOf(run.front().at), run.front().value);
            dot->setStyle(QCPItemTracer::tsCircle);
            dot->setSize(4);
            dot->setPen(QPen(line.color));
            dot->setBrush(line.color);
        }
        graph->data()->set(values, true);
    }
}

void CustomPlot::addLevels()
{
    for (const PlotLevel& level : m_content.levels) {
        QCPGraph* graph = addGraph();
        graph->setName(level.name);
        graph->setPen(QPen(level.color, 1.2, level.style));
        graph->setData({xAxis->range().lower, xAxis->range().upper}, {level.value, level.value}, true);
    }
}

void CustomPlot::addMarks()
{
    for (const PlotMark& mark : m_content.marks) {
        auto* line = new QCPItemLine(this);
        line->start->setTypeY(QCPItemPosition::ptAxisRectRatio);
        line->end->setTypeY(QCPItemPosition::ptAxisRectRatio);
        line->start->setCoords(keyOf(mark.at), 0);
        line->end->setCoords(keyOf(mark.at), 1);
        line->setPen(QPen(mark.color, 1, Qt::DotLine));
        auto* sign = new QCPItemPixmap(this);
        sign->setPixmap(QPixmap::fromImage(mark.sign));
        sign->setClipToAxisRect(false);
        sign->topLeft->setTypeY(QCPItemPosition::ptAbsolute);
        const double width = mark.sign.width() / mark.sign.devicePixelRatio();
        sign->topLeft->setTypeX(QCPItemPosition::ptPlotCoords);
        sign->topLeft->setParentAnchorX(line->start);
        sign->topLeft->setTypeX(QCPItemPosition::ptAbsolute);
        sign->topLeft->setCoords(-width / 2, 3);
    }
}

void CustomPlot::nameUnit()
{
    auto* unit = new QCPItemText(this);
    unit->setClipToAxisRect(false);
    unit->setText(m_content.unit);
    unit->setFont(m_look.font);
    unit->setColor(m_look.quiet);
    unit->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
    unit->position->setType(QCPItemPosition::ptAbsolute);
    unit->position->setCoords(6, 3);
}

void CustomPlot::setCursor(const QDateTime& at)
{
    m_at = at;
    if (!m_cursor) {
        m_cursor = new QCPItemStraightLine(this);
        m_cursor->setPen(QPen(m_look.cursor, 1));
    }
    m_cursor->setVisible(at.isValid());
    if (at.isValid()) {
        m_cursor->point1->setCoords(keyOf(at), 0);
        m_cursor->point2->setCoords(keyOf(at), 1);
    }
    replot(rpQueuedReplot);
}

QImage CustomPlot::image(double scale)
{
    return toPixmap(0, 0, scale).toImage();
}

void CustomPlot::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint at = event->position().toPoint();
    const bool isInside = axisRect()->rect().contains(at);
    if (pointed)
        pointed(isInside ? QDateTime::fromMSecsSinceEpoch(qRound64(xAxis->pixelToCoord(at.x()) * 1000)) : QDateTime());
    QCustomPlot::mouseMoveEvent(event);
}

void CustomPlot::leaveEvent(QEvent* event)
{
    if (pointed)
        pointed({});
    QCustomPlot::leaveEvent(event);
}

} // namespace ui
