#include "app/metrics/summedusage.h"

#include <QRegularExpression>
#include <algorithm>
#include <cmath>

namespace metrics {
namespace {

/// Those of the readings that are numbers, walked along with the clock.
class Walk {
public:
    explicit Walk(const std::deque<Point>& points) : m_points(points) {}

    /// The last reading until `moment` that is at most `longest` old; moments only grow.
    std::optional<double> at(qint64 moment, qint64 longest)
    {
        while (m_next < m_points.size() && m_points[m_next].at.toMSecsSinceEpoch() <= moment)
            ++m_next;
        if (m_next == 0)
            return std::nullopt;
        const Point& last = m_points[m_next - 1];
        const bool isFresh = moment - last.at.toMSecsSinceEpoch() <= longest;
        return isFresh && std::isfinite(last.value) ? std::optional(last.value) : std::nullopt;
    }

private:
    const std::deque<Point>& m_points;
    std::size_t m_next = 0;
};

} // namespace

SummedPoints sumOver(const std::vector<const SampleSeries*>& pods, std::chrono::milliseconds step,
                     std::chrono::milliseconds longest)
{
    std::vector<Walk> walks;
    qint64 from = 0;
    qint64 to = 0;
    for (const SampleSeries* each : pods) {
        if (!each || each->points().empty())
            continue;
        const qint64 first = each->points().front().at.toMSecsSinceEpoch();
        const qint64 last = each->points().back().at.toMSecsSinceEpoch();
        from = walks.empty() ? first : std::min(from, first);
        to = walks.empty() ? last : std::max(to, last);
        walks.emplace_back(each->points());
    }
    SummedPoints sum;
    if (walks.empty() || step.count() <= 0)
        return sum;
    // A clock that is years wrong once must not make millions of moments.
    const auto most = static_cast<qint64>(SampleSeries::MostPoints);
    qint64 moment = std::max((from + step.count() - 1) / step.count(), to / step.count() - most) * step.count();
    for (bool isLast = false; !isLast; moment += step.count()) {
        isLast = moment >= to;
        const qint64 at = std::min(moment, to);
        double value = 0;
        int count = 0;
        for (Walk& walk : walks)
            if (const auto each = walk.at(at, longest.count())) {
                value += *each;
                ++count;
            }
        if (count == 0)
            continue;
        sum.points.push_back({QDateTime::fromMSecsSinceEpoch(at, Qt::UTC), value});
        sum.pods.push_back(count);
    }
    return sum;
}

SummedPoints sumOver(const std::map<Subject, std::vector<Point>>& pods)
{
    struct Total {
        double value = 0;
        int pods = 0;
    };
    std::map<qint64, Total> totals;
    for (const auto& [pod, points] : pods)
        for (const Point& point : points)
            if (std::isfinite(point.value)) {
                Total& total = totals[point.at.toMSecsSinceEpoch()];
                total.value += point.value;
                ++total.pods;
            }
    SummedPoints sum;
    for (const auto& [moment, total] : totals) {
        sum.points.push_back({QDateTime::fromMSecsSinceEpoch(moment, Qt::UTC), total.value});
        sum.pods.push_back(total.pods);
    }
    return sum;
}

QString podNamePattern(const Subject& workload)
{
    const QString letters = QStringLiteral("[bcdfghjklmnpqrstvwxz2456789]");
    const QString name = QRegularExpression::escape(workload.name);
    const auto is = [&workload](const char* kind) { return workload.kind == QLatin1String(kind); };
    if (is("Deployment"))
        return QStringLiteral("%1-%2{1,10}-%2{5}").arg(name, letters);
    if (is("ReplicaSet") || is("ReplicationController") || is("DaemonSet"))
        return QStringLiteral("%1-%2{5}").arg(name, letters);
    if (is("Job")) // one that is indexed puts its index in between
        return QStringLiteral("%1(-[0-9]+)?-%2{5}").arg(name, letters);
    if (is("CronJob"))
        return QStringLiteral("%1-[0-9]+(-[0-9]+)?-%2{5}").arg(name, letters);
    if (is("StatefulSet") || is("TApp"))
        return name + QStringLiteral("-[0-9]+");
    return {};
}

bool isWorkload(const Subject& subject)
{
    return !subject.kind.isEmpty() && subject.kind != QLatin1String("Node") && subject.kind != QLatin1String("Pod");
}

} // namespace metrics
