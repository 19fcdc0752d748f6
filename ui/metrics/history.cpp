#include "ui/metrics/history.h"

#include "ui/widgets/csv.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ui {
namespace {

constexpr double Mebi = 1 << 20;
constexpr std::array<Figure, 2> Figures{Figure::Cpu, Figure::Memory};

template <typename F> void forEachPoint(const FigureHistory& history, F&& take)
{
    for (const Figure figure : Figures)
        for (const HistoryLine& line : linesOf(history, figure))
            for (const auto& run : line.runs)
                for (const metrics::Point& point : run)
                    if (std::isfinite(point.value))
                        take(figure, line, point);
}

} // namespace

QString unitOf(Figure figure)
{
    return figure == Figure::Cpu ? QStringLiteral("m") : QStringLiteral("MiB");
}

double inUnit(Figure figure, double value)
{
    return figure == Figure::Cpu ? value : value / Mebi;
}

QString figureText(Figure figure, double value)
{
    const double shown = inUnit(figure, value);
    const int decimals = std::abs(shown) < 100 && shown != std::floor(shown) ? 1 : 0;
    return QString::number(shown, 'f', decimals) + QChar(0x00a0) + unitOf(figure);
}

const std::vector<HistoryLine>& linesOf(const FigureHistory& history, Figure figure)
{
    return figure == Figure::Cpu ? history.cpu : history.memory;
}

std::optional<qint64> amountOf(const metrics::Amounts& amounts, Figure figure)
{
    return figure == Figure::Cpu ? amounts.cpuMilli : amounts.memoryBytes;
}

QDateTime newestOf(const FigureHistory& history)
{
    QDateTime newest;
    forEachPoint(history, [&newest](Figure, const HistoryLine&, const metrics::Point& point) {
        if (!newest.isValid() || point.at > newest)
            newest = point.at;
    });
    return newest;
}

const metrics::Point* nearest(const HistoryLine& line, const QDateTime& at, std::chrono::milliseconds within)
{
    const metrics::Point* best = nullptr;
    qint64 least = within.count() + 1;
    for (const auto& run : line.runs)
        for (const metrics::Point& point : run) {
            const qint64 distance = std::abs(point.at.msecsTo(at));
            if (distance >= least || !std::isfinite(point.value))
                continue;
            least = distance;
            best = &point;
        }
    return best;
}

std::vector<QDateTime> momentsOf(const FigureHistory& history)
{
    std::vector<QDateTime> moments;
    forEachPoint(history,
                 [&moments](Figure, const HistoryLine&, const metrics::Point& point) { moments.push_back(point.at); });
    std::ranges::sort(moments);
    const auto rest = std::ranges::unique(moments);
    moments.erase(rest.begin(), rest.end());
    return moments;
}

bool writeCsv(const FigureHistory& history, QIODevice& device)
{
    bool good = device.write("\xEF\xBB\xBF"
                             "time,figure,name,value,unit,source,pods\r\n") > 0;
    forEachPoint(history, [&](Figure figure, const HistoryLine& line, const metrics::Point& point) {
        const auto pods = line.pods.find(point.at);
        const QStringList fields{point.at.toUTC().toString(Qt::ISODateWithMs),
                                 figure == Figure::Cpu ? QStringLiteral("cpu") : QStringLiteral("memory"),
                                 csvField(line.name),
                                 QString::number(inUnit(figure, point.value), 'g', 12),
                                 unitOf(figure),
                                 csvField(line.source),
                                 pods == line.pods.end() ? QString() : QString::number(pods->second)};
        const QByteArray row = fields.join(QLatin1Char(',')).toUtf8() + "\r\n";
        good = good && device.write(row) == row.size();
    });
    return good;
}

} // namespace ui
