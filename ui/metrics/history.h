#pragma once
// What a history shows, as values: lines with gaps, levels, marks.

#include "app/metrics/figures.h"
#include "app/metrics/samples.h"
#include "ui/theme/signs.h"

#include <QIODevice>
#include <map>

namespace ui {

struct HistoryLine {
    QString name;
    QString source; ///< "metrics-server", "Prometheus"
    /// CPU in millicores, memory in bytes; between two runs there was no reading.
    std::vector<std::vector<metrics::Point>> runs;
    std::map<QDateTime, int> pods; ///< how many pods a reading is the sum of; empty: it is no sum
};

struct HistoryMark {
    QDateTime at;
    QString text;
    Sign sign = Sign::Info;
};

struct FigureHistory {
    QString title;
    std::vector<HistoryLine> cpu;
    std::vector<HistoryLine> memory;
    metrics::Amounts requests;
    metrics::Amounts limits;
    std::vector<HistoryMark> marks;
    QString note;
    QDateTime until; ///< where the range ends, by the server's clock; invalid: at the newest value
};

enum class Figure { Cpu, Memory };
/// "m", "MiB".
QString unitOf(Figure figure);
/// From millicores or bytes to that unit.
double inUnit(Figure figure, double value);
/// "120 m", "48.5 MiB".
QString figureText(Figure figure, double value);
const std::vector<HistoryLine>& linesOf(const FigureHistory& history, Figure figure);
/// In millicores or bytes.
std::optional<qint64> amountOf(const metrics::Amounts& amounts, Figure figure);
QDateTime newestOf(const FigureHistory& history);
/// The reading nearest to a moment, at most `within` away; null when there is none.
const metrics::Point* nearest(const HistoryLine& line, const QDateTime& at, std::chrono::milliseconds within);
/// The moments of all readings, each once.
std::vector<QDateTime> momentsOf(const FigureHistory& history);

/// All readings as CSV, in UTC and with units, in millicores and MiB; a sum with its count of pods. False when the
/// device failed.
bool writeCsv(const FigureHistory& history, QIODevice& device);

} // namespace ui
