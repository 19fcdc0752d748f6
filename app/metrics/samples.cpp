#include "app/metrics/samples.h"

#include <algorithm>

namespace metrics {

void SampleSeries::add(const Point& point)
{
    if (!point.at.isValid() || (!m_points.empty() && point.at <= m_points.back().at))
        return;
    if (m_points.size() == MostPoints)
        m_points.pop_front();
    m_points.push_back(point);
}

std::vector<std::vector<Point>> SampleSeries::runs(std::chrono::milliseconds longestStep) const
{
    std::vector<std::vector<Point>> runs;
    const Point* last = nullptr;
    for (const Point& point : m_points) {
        if (!last || last->at.msecsTo(point.at) > longestStep.count())
            runs.emplace_back();
        runs.back().push_back(point);
        last = &point;
    }
    return runs;
}

std::optional<double> SampleSeries::increase(const QDateTime& since) const
{
    const auto first = std::ranges::lower_bound(m_points, since, {}, &Point::at);
    if (m_points.end() - first < 2)
        return std::nullopt;
    double sum = 0;
    for (auto at = first + 1; at != m_points.end(); ++at) {
        const double before = (at - 1)->value;
        sum += at->value >= before ? at->value - before : at->value;
    }
    return sum;
}

void SampleHistory::add(const Subject& subject, const Point& point)
{
    if (m_series.size() >= MostSubjects && !m_series.contains(subject))
        return;
    m_series[subject].add(point);
    if (point.at.isValid() && (!m_since.isValid() || point.at < m_since))
        m_since = point.at;
}

void SampleHistory::forgetBefore(const QDateTime& moment)
{
    std::erase_if(m_series, [&moment](const auto& each) {
        return each.second.points().empty() || each.second.points().back().at < moment;
    });
}

const SampleSeries* SampleHistory::of(const Subject& subject) const
{
    const auto found = m_series.find(subject);
    return found == m_series.end() ? nullptr : &found->second;
}

} // namespace metrics
