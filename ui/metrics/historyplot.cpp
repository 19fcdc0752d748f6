#include "ui/metrics/historyplot.h"

#include "app/base/visible.h"
#include "ui/theme/colors.h"
#include "ui/theme/grid.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <cmath>

namespace ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::HistoryPlot)
};

constexpr std::array<ColorId, 4> Inks{ColorId::Series1, ColorId::Series2, ColorId::Series3, ColorId::Series4};
constexpr std::array<Qt::PenStyle, 4> Strokes{Qt::SolidLine, Qt::DashLine, Qt::DashDotLine, Qt::DotLine};
/// A request or limit that is so much greater than what is used would press the lines to the ground.
constexpr double FarAbove = 4;
constexpr double Headroom = 1.15;

PlotLine lineOf(const HistoryLine& line, Figure figure, std::size_t number, const QDateTime& from, const QDateTime& to,
                const QPalette& palette)
{
    // Past the fourth, the same colours come with another stroke.
    PlotLine plotted{base::visible(line.name),
                     color(Inks[number % Inks.size()], palette),
                     Strokes[(number + number / Inks.size()) % Strokes.size()],
                     {}};
    for (const auto& run : line.runs) {
        std::vector<PlotPoint> points;
        for (const metrics::Point& point : run) {
            if (!std::isfinite(point.value) && !points.empty())
                plotted.runs.push_back(std::exchange(points, {}));
            if (std::isfinite(point.value) && point.at >= from && point.at <= to)
                points.push_back({point.at, inUnit(figure, point.value)});
        }
        if (!points.empty())
            plotted.runs.push_back(std::move(points));
    }
    return plotted;
}

double highest(const std::vector<PlotLine>& lines)
{
    double top = 0;
    for (const PlotLine& line : lines)
        for (const auto& run : line.runs)
            for (const PlotPoint& point : run)
                top = std::max(top, point.value);
    return top;
}

} // namespace

PlotLook plotLookOf(const QPalette& palette, const QFont& font)
{
    return {.font = font,
            .text = palette.color(QPalette::Text),
            .quiet = color(ColorId::Muted, palette),
            .ground = palette.color(QPalette::Base),
            .grid = color(ColorId::RowLine, palette),
            .cursor = color(ColorId::Focus, palette)};
}

QString figureName(Figure figure)
{
    return figure == Figure::Cpu ? Words::tr("CPU") : Words::tr("Memory");
}

PlotContent plotContentOf(const FigureHistory& history, Figure figure, const QDateTime& from, const QDateTime& to,
                          const QPalette& palette)
{
    PlotContent content{.unit = Words::tr("%1 (%2)", "figure and unit").arg(figureName(figure), unitOf(figure)),
                        .from = from,
                        .to = to};
    for (const HistoryLine& line : linesOf(history, figure))
        content.lines.push_back(lineOf(line, figure, content.lines.size(), from, to, palette));
    const double used = highest(content.lines);
    double top = used;
    const auto level = [&](const std::optional<qint64>& amount, const QString& name, Qt::PenStyle style) {
        if (!amount)
            return;
        const double value = inUnit(figure, static_cast<double>(*amount));
        const bool fits = used <= 0 || value <= FarAbove * used;
        const QString text = name.arg(figureText(figure, static_cast<double>(*amount)));
        content.levels.push_back(
            {fits ? text : Words::tr("%1 (above the plot)").arg(text), value, palette.color(QPalette::Text), style});
        if (fits)
            top = std::max(top, value);
    };
    level(amountOf(history.requests, figure), Words::tr("request %1"), Qt::DashLine);
    level(amountOf(history.limits, figure), Words::tr("limit %1"), Qt::SolidLine);
    content.top = top > 0 ? top * Headroom : 1;
    for (const HistoryMark& mark : history.marks)
        if (mark.at >= from && mark.at <= to)
            content.marks.push_back({mark.at, color(signColor(mark.sign).value_or(ColorId::Drawing), palette),
                                     signIcon(mark.sign).pixmap(grid::Icon).toImage()});
    return content;
}

QString plotText(const FigureHistory& history, Figure figure)
{
    QStringList told;
    for (const HistoryLine& line : linesOf(history, figure)) {
        const bool isEmpty = line.runs.empty() || line.runs.back().empty();
        const QString name = base::visible(line.name);
        if (isEmpty) {
            told += Words::tr("%1: no values.").arg(name);
            continue;
        }
        told += Words::tr("%1: %2 at %3.", "line, value, time")
                    .arg(name, figureText(figure, line.runs.back().back().value),
                         line.runs.back().back().at.toLocalTime().toString(QStringLiteral("HH:mm:ss")));
        if (line.runs.size() > 1)
            told += Words::tr("%n gap(s).", nullptr, static_cast<int>(line.runs.size()) - 1);
    }
    if (const auto request = amountOf(history.requests, figure))
        told += Words::tr("Request: %1.").arg(figureText(figure, static_cast<double>(*request)));
    if (const auto limit = amountOf(history.limits, figure))
        told += Words::tr("Limit: %1.").arg(figureText(figure, static_cast<double>(*limit)));
    return told.join(QLatin1Char(' '));
}

} // namespace ui
