#include "app/metrics/usagerange.h"

#include "app/base/job.h"
#include "app/metrics/summedusage.h"

#include <QRegularExpression>
#include <algorithm>
#include <set>

namespace metrics {
namespace {

constexpr double MilliOfCores = 1000;
/// Scrapes come every minute at the latest, and a rate needs two of them.
constexpr std::chrono::seconds ShortestWindow{180};
const QString PodCpu = QStringLiteral("container_cpu_usage_seconds_total");
const QString PodMemory = QStringLiteral("container_memory_working_set_bytes");
const QString NodeCpu = QStringLiteral("node_cpu_seconds_total");
const QString NodeMemory = QStringLiteral("node_memory_MemAvailable_bytes");
const QString NodeMemoryTotal = QStringLiteral("node_memory_MemTotal_bytes");

QString quoted(QString text)
{
    text.replace(QLatin1Char('\\'), QLatin1String("\\\\"));
    text.replace(QLatin1Char('"'), QLatin1String("\\\""));
    text.replace(QLatin1Char('\n'), QLatin1String("\\n"));
    return QLatin1Char('"') + text + QLatin1Char('"');
}

using Each = std::function<QString(const QString& matchers)>;

/// The same of each way to name a thing; one that two ways name is one series all the same.
QString anyOf(const QStringList& ways, const Each& each)
{
    QStringList parts;
    for (const QString& way : ways)
        parts += each(way);
    return parts.join(QStringLiteral(" or "));
}

/// `match`: the operator, and what follows it.
QStringList podMatchers(const QString& nameSpace, const QString& match)
{
    const QString in = quoted(nameSpace);
    return {QStringLiteral("namespace=%1,pod%2").arg(in, match),
            QStringLiteral("namespace=%1,pod_name%2").arg(in, match),
            QStringLiteral("exported_namespace=%1,exported_pod%2").arg(in, match)};
}

/// More names than these would not fit into an address.
constexpr std::size_t MostNames = 100;

/// Of a pod its name; of a workload every name that its pods may have.
QString podMatch(const Subject& subject, const std::vector<Subject>& pods)
{
    if (!isWorkload(subject))
        return QLatin1Char('=') + quoted(subject.name);
    QString pattern = podNamePattern(subject);
    const QRegularExpression whole(QRegularExpression::anchoredPattern(pattern));
    QStringList names;
    if (!pattern.isEmpty())
        names += pattern;
    for (std::size_t i = 0; i < pods.size() && i < MostNames; ++i)
        if (pattern.isEmpty() || !whole.match(pods[i].name).hasMatch())
            names += QRegularExpression::escape(pods[i].name);
    return QStringLiteral("=~") + quoted(names.join(QLatin1Char('|')));
}

/// A scrape names its node by a label of its own, or in the address alone.
QStringList nodeMatchers(const Subject& node)
{
    const QString name = quoted(node.name);
    const QString address = quoted(QRegularExpression::escape(node.name) + QStringLiteral("(:[0-9]+)?"));
    return {QStringLiteral("node=%1").arg(name), QStringLiteral("kubernetes_io_hostname=%1").arg(name),
            QStringLiteral("nodename=%1").arg(name), QStringLiteral("instance=~%1").arg(address)};
}

QString rate(const QString& metric, const QString& matchers, std::chrono::seconds window)
{
    return QStringLiteral("rate(%1{%2}[%3s])").arg(metric, matchers).arg(window.count());
}

/// Sums the cores and cgroups of one scrape; what two scrapes say of the same is not added up.
QString summed(const QString& labels, const QString& expression)
{
    return QStringLiteral("sum by (job, instance%1) (%2)").arg(labels, expression);
}

UsageExpressions podExpressions(const Subject& pod, std::chrono::seconds window, const std::vector<Subject>& pods)
{
    const QString labels = QStringLiteral(", namespace, exported_namespace, pod, exported_pod, pod_name, container, "
                                          "exported_container, container_name");
    const QStringList ways = podMatchers(pod.nameSpace, podMatch(pod, pods));
    return {summed(labels, anyOf(ways, [&](const QString& way) { return rate(PodCpu, way, window); })),
            // A container that restarted has two cgroups for a while; the memory of the old one is gone.
            QStringLiteral("max by (job, instance%1) (%2)").arg(labels, anyOf(ways, [&](const QString& way) {
                                                                    return QStringLiteral("%1{%2}").arg(PodMemory, way);
                                                                }))};
}

UsageExpressions nodeExpressions(const Subject& node, std::chrono::seconds window)
{
    const QStringList ways = nodeMatchers(node);
    const auto root = [](const QString& way) { return QStringLiteral("id=\"/\",") + way; };
    const auto busy = [](const QString& way) { return QStringLiteral("mode!~\"idle|iowait|steal\",") + way; };
    const auto best = [](const QString& cadvisor, const QString& exporter) {
        return QStringLiteral("max(%1) or max(%2)").arg(cadvisor, exporter);
    };
    return {best(summed({}, anyOf(ways, [&](const QString& way) { return rate(PodCpu, root(way), window); })),
                 summed({}, anyOf(ways, [&](const QString& way) { return rate(NodeCpu, busy(way), window); }))),
            best(anyOf(ways, [&](const QString& way) { return QStringLiteral("%1{%2}").arg(PodMemory, root(way)); }),
                 anyOf(ways, [&](const QString& way) {
                     return QStringLiteral("(%1{%3} - %2{%3})").arg(NodeMemoryTotal, NodeMemory, way);
                 }))};
}

bool isNode(const Subject& subject)
{
    return subject.kind == QLatin1String("Node");
}

/// The greater of two where both speak at one moment; both in the order of time.
std::vector<Point> greatest(const std::vector<Point>& a, const std::vector<Point>& b)
{
    std::vector<Point> all;
    all.reserve(a.size() + b.size());
    std::ranges::merge(a, b, std::back_inserter(all), {}, &Point::at, &Point::at);
    std::vector<Point> merged;
    for (const Point& point : all) {
        if (!merged.empty() && merged.back().at == point.at)
            merged.back().value = std::max(merged.back().value, point.value);
        else
            merged.push_back(point);
    }
    return merged;
}

/// The points of two lines, added up where both speak at one moment.
void add(std::vector<Point>& to, const std::vector<Point>& points)
{
    std::vector<Point> all;
    all.reserve(to.size() + points.size());
    std::ranges::merge(to, points, std::back_inserter(all), {}, &Point::at, &Point::at);
    to.clear();
    for (const Point& point : all) {
        if (!to.empty() && to.back().at == point.at)
            to.back().value += point.value;
        else
            to.push_back(point);
    }
}

/// Of each pod its containers, or its own cgroup where containers are not told apart; then of all pods.
std::vector<UsageLine> summedLine(const Subject& workload, const std::map<Subject, std::vector<Point>>& lines)
{
    std::map<Subject, std::vector<Point>> pods;
    std::set<Subject> told; // by their containers; these stand behind the pod itself
    for (const auto& [of, points] : lines) {
        Subject pod = of;
        pod.container.clear();
        if (!of.container.isEmpty() && told.insert(pod).second)
            pods[pod].clear();
        add(pods[pod], points);
    }
    SummedPoints sum = sumOver(pods);
    if (sum.points.empty())
        return {};
    return {{.subject = workload, .points = std::move(sum.points), .pods = std::move(sum.pods)}};
}

class UsageRangeJob final : public base::Job<UsageRange> {
public:
    UsageRangeJob(const Subject& subject, const Range& range, const std::vector<Subject>& pods) : m_subject(subject)
    {
        m_answer.step = range.step;
        m_answer.window = std::max(ShortestWindow, range.step);
        const UsageExpressions expressions = usageExpressions(subject, m_answer.window, pods);
        m_answer.cpu = {.expression = expressions.cpu, .metrics = {PodCpu}};
        m_answer.memory = {.expression = expressions.memory, .metrics = {PodMemory}};
        if (isNode(subject)) {
            m_answer.cpu.metrics += NodeCpu;
            m_answer.memory.metrics += NodeMemory;
        }
    }

    void start(const kube::Client& client, const ServicePort& where, const Range& range)
    {
        m_open = 3;
        follow(queryRange(client, where, m_answer.cpu.expression, range),
               [this](const auto& answer) { take(answer, m_answer.cpu, MilliOfCores); });
        follow(queryRange(client, where, m_answer.memory.expression, range),
               [this](const auto& answer) { take(answer, m_answer.memory, 1); });
        follow(metricNames(client, where, m_answer.cpu.metrics + m_answer.memory.metrics), [this](const auto& names) {
            m_names = names;
            settle();
        });
    }

private:
    void take(const base::Result<QueryAnswer>& answer, UsageFigures& figures, double factor)
    {
        if (!answer) {
            end(base::failure(answer.error()));
            return;
        }
        figures.lines = usageLines(*answer, m_subject, factor);
        m_answer.warnings += answer->warnings;
        m_answer.isCut = m_answer.isCut || answer->isCut;
        settle();
    }

    RangeState stateOf(const UsageFigures& figures) const
    {
        if (!figures.lines.empty())
            return RangeState::Ok;
        if (!m_names)
            return RangeState::Unknown;
        const bool isThere =
            std::ranges::any_of(figures.metrics, [this](const QString& name) { return m_names->contains(name); });
        return isThere ? RangeState::NoData : RangeState::NoMetric;
    }

    void settle()
    {
        if (--m_open > 0)
            return;
        m_answer.cpu.state = stateOf(m_answer.cpu);
        m_answer.memory.state = stateOf(m_answer.memory);
        m_answer.warnings.removeDuplicates();
        end(std::move(m_answer));
    }

    Subject m_subject;
    UsageRange m_answer;
    base::Result<QStringList> m_names;
    int m_open = 0;
};

} // namespace

UsageExpressions usageExpressions(const Subject& subject, std::chrono::seconds window, const std::vector<Subject>& pods)
{
    return isNode(subject) ? nodeExpressions(subject, window) : podExpressions(subject, window, pods);
}

std::vector<UsageLine> usageLines(const QueryAnswer& answer, const Subject& subject, double factor)
{
    std::map<Subject, std::vector<Point>> lines;
    for (const Series& series : answer.series) {
        Subject of = subject;
        if (isWorkload(subject))
            of = {QStringLiteral("Pod"), subject.nameSpace, objectLabel(series.labels, QStringLiteral("pod")), {}};
        if (!isNode(subject))
            of.container = objectLabel(series.labels, QStringLiteral("container"));
        // The container that holds a pod's network uses next to nothing, and nobody asks for it.
        if (of.container == QLatin1String("POD"))
            continue;
        std::vector<Point> points = series.points;
        for (Point& point : points)
            point.value *= factor;
        lines[of] = greatest(lines[of], points);
    }
    if (isWorkload(subject))
        return summedLine(subject, lines);
    // The pod's own cgroup stands beside those of its containers: it is the line only where there are none.
    const bool hasContainers =
        std::ranges::any_of(lines, [](const auto& line) { return !line.first.container.isEmpty(); });
    std::vector<UsageLine> wanted;
    for (auto& [of, points] : lines)
        if (subject.container.isEmpty() ? !hasContainers || !of.container.isEmpty() : of == subject)
            wanted.push_back({.subject = of, .points = std::move(points), .pods = {}});
    return wanted;
}

base::Call<UsageRange> readUsageRange(const kube::Client& client, const ServicePort& prometheus, const Subject& subject,
                                      const Range& range, const std::vector<Subject>& pods)
{
    auto* job = new UsageRangeJob(subject, range, pods);
    auto answer = job->call();
    job->start(client, prometheus, range);
    return answer;
}

} // namespace metrics
