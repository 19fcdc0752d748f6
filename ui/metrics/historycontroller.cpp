#include "ui/metrics/historycontroller.h"

#include "app/base/visible.h"
#include "app/kube/event.h"
#include "app/kube/jsonread.h"
#include "app/messages/errors.h"
#include "app/messages/snapshots.h"
#include "app/messages/usagerange.h"
#include "app/metrics/objects.h"
#include "app/metrics/summedusage.h"
#include "app/models/contrastmodel.h"
#include "ui/metrics/historyview.h"

namespace ui {
namespace {

/// A reading that is missing once is a gap.
constexpr int GapSamples = 3;
/// Of own samples: metrics-server may look at the kubelets once a minute.
constexpr std::chrono::milliseconds LongestSampleStep =
    std::chrono::seconds{60} + HistoryController::SampleEvery * GapSamples;
constexpr int MostEvents = 50;

HistoryLine lineOf(const QString& name, const QString& source, const metrics::SampleSeries* series,
                   std::chrono::milliseconds longestStep)
{
    return {name, source, series ? series->runs(longestStep) : std::vector<std::vector<metrics::Point>>{}, {}};
}

/// `pods`: beside each point; empty where it is no sum.
HistoryLine lineOf(const QString& name, const QString& source, const std::vector<metrics::Point>& points,
                   const std::vector<int>& pods, std::chrono::milliseconds longestStep)
{
    metrics::SampleSeries series;
    for (const metrics::Point& point : points)
        series.add(point);
    HistoryLine line = lineOf(name, source, &series, longestStep);
    for (std::size_t i = 0; i < pods.size(); ++i)
        line.pods.emplace(points[i].at, pods[i]);
    return line;
}

std::vector<HistoryLine> linesOf(const metrics::UsageFigures& figures, std::chrono::milliseconds longestStep)
{
    std::vector<HistoryLine> lines;
    for (const metrics::UsageLine& each : figures.lines)
        lines.push_back(lineOf(models::contrastName(each.subject), QStringLiteral("Prometheus"), each.points, each.pods,
                               longestStep));
    return lines;
}

} // namespace

HistoryController::HistoryController(HistoryView* view, store::Cluster* cluster)
    : QObject(view),
      m_view(view),
      m_cluster(cluster)
{
    connect(view, &HistoryView::rangeChosen, this, &HistoryController::refresh);
    connect(view, &HistoryView::sourceChosen, this, [this](bool prometheus) {
        m_fromPrometheus = prometheus;
        refresh();
    });
    connect(&m_tick, &QTimer::timeout, this, &HistoryController::sample);
    if (!cluster->isSnapshot()) // where nothing changes
        m_tick.start(SampleEvery);
}

metrics::Subject HistoryController::subject() const
{
    return m_row ? m_row->subject : metrics::Subject{};
}

void HistoryController::choose(const metrics::ContrastRow& row)
{
    if (!row.pods.empty())
        m_pods.add(row.subject, row.pods);
    for (const metrics::Subject& pod : row.pods)
        m_samples.follow(pod);
    if (m_row && m_row->subject == row.subject) {
        m_row = row;
        return;
    }
    m_row = row;
    m_range.reset();
    m_marks.clear();
    m_samples.follow(row.subject);
    m_since.try_emplace(row.subject, QDateTime::currentDateTimeUtc());
    askUsage({row.subject});
    if (m_view->isVisible())
        refresh();
}

void HistoryController::setPrometheus(const std::optional<metrics::ServicePort>& place)
{
    m_prometheus = place;
    m_view->setPrometheusThere(place.has_value());
    m_fromPrometheus = m_fromPrometheus && place;
}

void HistoryController::sample()
{
    if (m_sampling.open() == 0) // else it is slow: it is not asked twice
        askUsage({m_samples.followed().begin(), m_samples.followed().end()});
}

void HistoryController::askUsage(const std::vector<metrics::Subject>& subjects)
{
    if (!m_cluster || !m_cluster->isOpen())
        return;
    const auto take = [this](const base::Result<metrics::UsagePage>& page) { add(page); };
    const kube::Client& client = m_cluster->client();
    const metrics::UsageQuestions questions = metrics::questionsFor(subjects);
    for (const metrics::Subject& each : questions.single)
        m_sampling.follow(metrics::readUsageOf(client, each), take);
    for (const QString& nameSpace : questions.nameSpaces)
        m_sampling.follow(metrics::readPodUsage(client, nameSpace), take);
    if (questions.allNodes)
        m_sampling.follow(metrics::readNodeUsage(client), take);
}

void HistoryController::add(const base::Result<metrics::UsagePage>& page)
{
    if (page) {
        m_samples.add(*page);
        learnPods(*page);
        m_sampleError.reset();
    } else {
        m_sampleError = page.error();
    }
    if (!m_fromPrometheus && m_view->isVisible())
        show();
}

/// Whose the pods are that came since the workload was read.
void HistoryController::learnPods(const metrics::UsagePage& page)
{
    const metrics::Subject workload = subject();
    const bool isOfPods = !page.usages.empty() && page.usages.begin()->first.kind == QLatin1String("Pod");
    if (!isOfPods || !metrics::isWorkload(workload) || !m_view->isVisible() || !m_pods.isNews(page, workload.nameSpace))
        return;
    m_calls.follow(metrics::readObjects(m_cluster->client(), metrics::View::Workloads, workload.nameSpace),
                   [this, workload](const auto& objects) {
                       if (!objects || !objects->pods.contains(workload))
                           return;
                       std::vector<metrics::Subject> pods;
                       for (const metrics::CountedPod& pod : objects->pods.at(workload)) {
                           pods.push_back(pod.subject);
                           m_samples.follow(pod.subject);
                       }
                       m_pods.add(workload, pods);
                   });
}

void HistoryController::refresh()
{
    m_calls.cancel();
    m_range.reset();
    if (m_row && m_cluster && m_cluster->isOpen()) {
        if (m_fromPrometheus && m_prometheus)
            askRange();
        askEvents();
    }
    show();
}

void HistoryController::askRange()
{
    const QDateTime now = m_cluster->now();
    const std::chrono::seconds range = m_view->range();
    // Two values a pixel would be lost.
    const auto step = std::max(std::chrono::seconds{15}, range / 400);
    const auto& pods = m_pods.of(subject());
    m_calls.follow(metrics::readUsageRange(m_cluster->client(), *m_prometheus, subject(),
                                           {now.addSecs(-range.count()), now, step}, {pods.begin(), pods.end()}),
                   [this](const auto& answer) {
                       m_range = answer;
                       show();
                   });
}

void HistoryController::askEvents()
{
    const metrics::Subject about = subject();
    const QString nameSpace = about.nameSpace.isEmpty() ? QStringLiteral("default") : about.nameSpace;
    transport::Request request{
        .path = transport::path({QStringLiteral("api"), QStringLiteral("v1"), QStringLiteral("namespaces"), nameSpace,
                                 QStringLiteral("events")})};
    request.query = {{QStringLiteral("fieldSelector"),
                      QStringLiteral("involvedObject.kind=%1,involvedObject.name=%2").arg(about.kind, about.name)},
                     {QStringLiteral("limit"), QString::number(MostEvents)}};
    m_calls.follow(m_cluster->client().askJson(std::move(request)), [this](const auto& list) {
        m_marks.clear();
        if (list)
            for (const kube::Json& event : kube::elements(*list, {"items"})) {
                const kube::EventFacts said = kube::eventFacts(event);
                if (said.when.isValid())
                    m_marks.push_back({said.when.toUTC(),
                                       base::visible(said.reason + QStringLiteral(": ") + said.message),
                                       said.isWarning() ? Sign::Warning : Sign::Info});
            }
        show();
    });
}

QString HistoryController::note() const
{
    if (!m_row)
        return tr("Choose a row of the table side by side first.");
    if (m_fromPrometheus) {
        if (!m_range)
            return tr("Prometheus is asked…");
        if (!*m_range)
            return messages::sentence(m_range->error());
        const QString missing = messages::sentence((*m_range)->cpu);
        return missing.isEmpty() ? messages::formula(**m_range) : missing;
    }
    if (m_sampleError)
        return messages::sentence(*m_sampleError);
    if (m_row->answered && m_row->answered->of == 0 && m_pods.of(m_row->subject).empty())
        return tr("It has no pods, so there is nothing to sum.");
    if (m_cluster && m_cluster->isSnapshot())
        return messages::snapshotNotice(messages::LiveOnly::Sample);
    const auto chosen = m_since.find(subject());
    const qint64 seconds = chosen == m_since.end() ? 0 : chosen->second.secsTo(QDateTime::currentDateTimeUtc());
    const QString since = tr("metrics-server keeps nothing: these are the samples since it was chosen, %n minutes ago.",
                             nullptr, static_cast<int>(seconds / 60));
    return metrics::isWorkload(m_row->subject)
               ? tr("The sum over its pods that had a sample at the time. %1", "a sentence follows").arg(since)
               : since;
}

HistoryLine HistoryController::ownLine(Figure figure) const
{
    const metrics::Subject about = subject();
    const auto seriesOf = [this, figure](const metrics::Subject& of) {
        return figure == Figure::Cpu ? m_samples.cpu(of) : m_samples.memory(of);
    };
    const QString name = models::contrastName(about);
    const QString source = QStringLiteral("metrics-server");
    if (!metrics::isWorkload(about))
        return lineOf(name, source, seriesOf(about), LongestSampleStep);
    std::vector<const metrics::SampleSeries*> pods;
    for (const metrics::Subject& pod : m_pods.of(about))
        pods.push_back(seriesOf(pod));
    const metrics::SummedPoints sum = metrics::sumOver(pods, SampleEvery, LongestSampleStep);
    return lineOf(name, source, sum.points, sum.pods, LongestSampleStep);
}

void HistoryController::show()
{
    FigureHistory history;
    history.note = note();
    if (m_row) {
        const metrics::Subject about = subject();
        history.title = models::contrastName(about);
        const metrics::State state = m_row->object             ? *m_row->object
                                     : m_row->kubeStateMetrics ? *m_row->kubeStateMetrics
                                                               : metrics::State{};
        history.requests = state.requests;
        history.limits = about.kind == QLatin1String("Node") ? state.allocatable : state.limits;
        if (state.startedAt.isValid() && state.restarts.value_or(0) > 0)
            history.marks.push_back({state.startedAt, tr("Started"), Sign::Warning});
        history.marks.insert(history.marks.end(), m_marks.begin(), m_marks.end());
        if (m_fromPrometheus && m_range && *m_range) {
            const std::chrono::milliseconds longest = (*m_range)->step * GapSamples;
            history.cpu = linesOf((*m_range)->cpu, longest);
            history.memory = linesOf((*m_range)->memory, longest);
        } else if (!m_fromPrometheus) {
            history.cpu = {ownLine(Figure::Cpu)};
            history.memory = {ownLine(Figure::Memory)};
        }
    }
    m_view->show(history);
}

} // namespace ui
