#pragma once
// What Alidade has seen with its own eyes: the readings of figures over time, each with its moment, bounded. Nothing is
// filled in: where no reading was, there is a gap. One thread at a time.

#include "app/metrics/figures.h"

#include <chrono>
#include <deque>
#include <map>
#include <vector>

namespace metrics {

struct Point {
    QDateTime at;
    double value = 0; ///< may be an infinity or not a number
    bool operator==(const Point&) const = default;
};

/// The readings of one figure; the oldest makes room for the newest.
class SampleSeries {
public:
    /// At one reading every 15 seconds: three hours.
    static constexpr std::size_t MostPoints = 720;

    /// A reading that is not later than the last is passed over: the source has said it before.
    void add(const Point& point);

    const std::deque<Point>& points() const { return m_points; }
    /// The readings without their gaps: a run ends where the next reading came more than `longestStep` later.
    std::vector<std::vector<Point>> runs(std::chrono::milliseconds longestStep) const;
    /// By how much a counter grew between the first and the last reading from `since` on. A counter that falls began
    /// anew at 0 (https://prometheus.io/docs/prometheus/latest/querying/functions/#increase), but nothing is
    /// extrapolated. Nothing with fewer than two readings.
    std::optional<double> increase(const QDateTime& since) const;

private:
    std::deque<Point> m_points;
};

/// The readings of one figure of many subjects.
class SampleHistory {
public:
    static constexpr std::size_t MostSubjects = 50'000;

    /// A new subject beyond MostSubjects is passed over.
    void add(const Subject& subject, const Point& point);
    /// Lets go the subjects that were not read since: they are gone.
    void forgetBefore(const QDateTime& moment);

    /// Null when it was never read.
    const SampleSeries* of(const Subject& subject) const;
    std::size_t size() const { return m_series.size(); } ///< subjects
    /// Since when there are readings; invalid before the first.
    QDateTime since() const { return m_since; }

private:
    std::map<Subject, SampleSeries> m_series;
    QDateTime m_since;
};

} // namespace metrics
