#include "app/metrics/kubelet.h"

#include "app/base/job.h"
#include "app/kube/httpdate.h"
#include "app/kube/jsonread.h"
#include "app/metrics/amounts.h"
#include "app/metrics/exposition.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace metrics {
namespace {

constexpr std::chrono::seconds Patience{15};
/// A node with 500 pods has some 3 MB of them.
constexpr qint64 MostBytes = 32LL << 20;
constexpr double MilliOfCores = 1000;
constexpr double NanoOfMilli = 1e6;

struct Family {
    std::string_view name;
    bool isCpu;
};
constexpr std::array<Family, 6> Families{{{"node_cpu_usage_seconds_total", true},
                                          {"node_memory_working_set_bytes", false},
                                          {"pod_cpu_usage_seconds_total", true},
                                          {"pod_memory_working_set_bytes", false},
                                          {"container_cpu_usage_seconds_total", true},
                                          {"container_memory_working_set_bytes", false}}};
constexpr int NodeFamilies = 2;
constexpr int FirstOfContainers = 4;

int familyOf(std::string_view name)
{
    const auto* const found = std::ranges::find(Families, name, &Family::name);
    return found == Families.end() ? -1 : static_cast<int>(found - Families.begin());
}

QString labelOf(const Sample& sample, std::string_view name)
{
    const auto found = std::ranges::find(sample.labels, name, &Label::name);
    return found == sample.labels.end()
               ? QString()
               : QString::fromUtf8(found->value.data(), static_cast<qsizetype>(found->value.size()));
}

Subject nodeNamed(const QString& name)
{
    return {.kind = QStringLiteral("Node"), .nameSpace = {}, .name = name, .container = {}};
}

/// Nothing: the sample does not say of which.
std::optional<Subject> subjectOf(const QString& node, const Sample& sample)
{
    if (sample.family < NodeFamilies)
        return nodeNamed(node);
    Subject subject{.kind = QStringLiteral("Pod"),
                    .nameSpace = labelOf(sample, "namespace"),
                    .name = labelOf(sample, "pod"),
                    .container = labelOf(sample, "container")};
    const bool isNamed = !subject.name.isEmpty() && (sample.family < FirstOfContainers || !subject.container.isEmpty());
    return isNamed ? std::optional(std::move(subject)) : std::nullopt;
}

/// Nothing for what no amount can be.
std::optional<qint64> whole(double value)
{
    constexpr double Most = 9e18;
    return value >= 0 && value < Most ? std::optional(static_cast<qint64>(std::ceil(value))) : std::nullopt;
}

KubeletFigure summaryFigure(const kube::Json& of)
{
    KubeletFigure figure;
    if (const auto nano = kube::number(of, {"cpu", "usageNanoCores"}); nano && *nano >= 0)
        figure.usage.used.cpuMilli = whole(static_cast<double>(*nano) / NanoOfMilli);
    if (const auto bytes = kube::number(of, {"memory", "workingSetBytes"}); bytes && *bytes >= 0)
        figure.usage.used.memoryBytes = *bytes;
    figure.usage.takenAt = timeOf(kube::at(of, {"cpu", "time"}));
    if (!figure.usage.takenAt.isValid())
        figure.usage.takenAt = timeOf(kube::at(of, {"memory", "time"}));
    if (const auto nano = kube::number(of, {"cpu", "usageCoreNanoSeconds"}); nano && *nano >= 0)
        figure.cpuSeconds = static_cast<double>(*nano) / 1e9;
    return figure;
}

transport::Request asked(const QString& node, const QStringList& segments)
{
    QByteArray path = transport::path(
        {QStringLiteral("api"), QStringLiteral("v1"), QStringLiteral("nodes"), node, QStringLiteral("proxy")});
    for (const QString& segment : segments)
        path += transport::path({segment});
    // What answers in a kubelet's place (kwok) may know of no type that is asked for by name, and refuses with 406.
    return {.path = std::move(path), .headers = {{"Accept", "*/*"}}, .silence = Patience, .mostBytes = MostBytes};
}

class KubeletJob final : public base::Job<KubeletPage> {
public:
    KubeletJob(const kube::Client& client, const QString& node) : m_client(client) { m_page.node = node; }

    base::Call<KubeletPage> begin()
    {
        auto answer = call();
        m_open = 2;
        follow(m_client.askJson({.path = transport::path({QStringLiteral("api"), QStringLiteral("v1"),
                                                          QStringLiteral("nodes"), m_page.node}),
                                 .silence = Patience}),
               [this](const base::Result<kube::Json>& node) {
                   // Who may not read the Node may be able to read its kubelet.
                   askResource(resourcePath(node ? *node : kube::Json()));
               });
        follow(m_client.askJson(asked(m_page.node, {QStringLiteral("stats"), QStringLiteral("summary")})),
               [this](const base::Result<kube::Json>& json) {
                   if (json)
                       m_page.summary = readSummary(m_page.node, *json);
                   if (m_page.summary.empty())
                       m_page.noSummary = json ? empty() : json.error();
                   settle();
               });
        return answer;
    }

private:
    static base::Error empty()
    {
        return {.kind = base::ErrorKind::BadAnswer, .reason = QStringLiteral("noKubeletFigures")};
    }

    void askResource(const QStringList& path)
    {
        follow(m_client.ask(asked(m_page.node, path)), [this](const base::Result<transport::Reply>& reply) {
            m_page.readAt = reply ? kube::answeredAt(reply->head) : QDateTime::currentDateTimeUtc();
            if (reply) {
                m_page.resource = readResourcePage(m_page.node, *reply, m_page.readAt, &m_page.badLines);
            }
            if (m_page.resource.empty())
                m_page.noResource = reply ? empty() : reply.error();
            settle();
        });
    }

    void settle()
    {
        if (--m_open > 0)
            return;
        if (m_page.noResource && m_page.noSummary)
            end(base::failure(*m_page.noResource));
        else
            end(std::move(m_page));
    }

    const kube::Client m_client;
    KubeletPage m_page;
    int m_open = 0;
};

} // namespace

QString idOf(KubeletPath path)
{
    return path == KubeletPath::Resource ? QStringLiteral("/metrics/resource") : QStringLiteral("/stats/summary");
}

base::Call<KubeletPage> readKubelet(const kube::Client& client, const QString& node)
{
    return (new KubeletJob(client, node))->begin();
}

void reckonCpu(KubeletPage& now, const KubeletPage& before)
{
    constexpr double MilliOfSeconds = 1000;
    for (auto& [subject, figure] : now.resource) {
        const auto found = before.resource.find(subject);
        if (found == before.resource.end() || !figure.cpuSeconds || !found->second.cpuSeconds)
            continue;
        const double grown = *figure.cpuSeconds - *found->second.cpuSeconds;
        const double seconds =
            static_cast<double>(found->second.usage.takenAt.msecsTo(figure.usage.takenAt)) / MilliOfSeconds;
        if (grown < 0 || seconds <= 0)
            continue;
        figure.usage.used.cpuMilli = whole(grown / seconds * MilliOfCores);
        figure.usage.windowSeconds = seconds;
    }
}

KubeletFigures readResourcePage(const QString& node, const transport::Reply& reply, const QDateTime& answeredAt,
                                qint64* badLines)
{
    KubeletFigures figures;
    const auto take = [&](const Sample& sample) {
        const auto subject = subjectOf(node, sample);
        if (!subject)
            return;
        KubeletFigure& figure = figures[*subject];
        const bool isCpu = Families.at(static_cast<std::size_t>(sample.family)).isCpu;
        if (!isCpu)
            figure.usage.used.memoryBytes = whole(sample.value);
        else if (sample.value >= 0 && std::isfinite(sample.value))
            figure.cpuSeconds = sample.value;
        // A rate is of the moments of CPU time; memory may have been looked at a little earlier or later.
        if (sample.timestampMs && (isCpu || !figure.usage.takenAt.isValid()))
            figure.usage.takenAt = QDateTime::fromMSecsSinceEpoch(*sample.timestampMs, Qt::UTC);
    };
    ExpositionParser parser(expositionFormatOf(reply.head.header("Content-Type")),
                            {.family = familyOf, .sample = take, .metadata = {}});
    for (qsizetype at = 0; at < reply.body.size();) {
        const std::span<char> room = parser.space();
        const qsizetype count = std::min(reply.body.size() - at, static_cast<qsizetype>(room.size()));
        std::memcpy(room.data(), reply.body.constData() + at, static_cast<std::size_t>(count));
        parser.commit(static_cast<std::size_t>(count));
        at += count;
    }
    parser.finish();
    for (auto& [subject, figure] : figures)
        if (!figure.usage.takenAt.isValid())
            figure.usage.takenAt = answeredAt;
    if (badLines)
        *badLines = parser.tally().badLines;
    return figures;
}

KubeletFigures readSummary(const QString& node, const kube::Json& json)
{
    KubeletFigures figures;
    if (kube::at(json, {"node"}).is_object())
        figures.emplace(nodeNamed(node), summaryFigure(kube::at(json, {"node"})));
    for (const kube::Json& each : kube::elements(json, {"pods"})) {
        Subject pod{.kind = QStringLiteral("Pod"),
                    .nameSpace = kube::rawText(each, {"podRef", "namespace"}),
                    .name = kube::rawText(each, {"podRef", "name"}),
                    .container = {}};
        if (pod.name.isEmpty())
            continue;
        figures.emplace(pod, summaryFigure(each));
        for (const kube::Json& container : kube::elements(each, {"containers"})) {
            Subject of = pod;
            of.container = kube::rawText(container, {"name"});
            if (!of.container.isEmpty())
                figures.emplace(std::move(of), summaryFigure(container));
        }
    }
    return figures;
}

QStringList resourcePath(const kube::Json& node)
{
    const QStringList usual{QStringLiteral("metrics"), QStringLiteral("resource")};
    const QString said = kube::rawText(node, {"metadata", "annotations", "metrics.k8s.io/resource-metrics-path"});
    const QStringList segments = said.split(QLatin1Char('/'), Qt::SkipEmptyParts);
    const bool isPlain = said.startsWith(QLatin1Char('/')) && !segments.isEmpty() &&
                         std::ranges::none_of(segments, [](const QString& each) {
                             return each == QLatin1String(".") || each == QLatin1String("..");
                         });
    return isPlain ? segments : usual;
}

} // namespace metrics
