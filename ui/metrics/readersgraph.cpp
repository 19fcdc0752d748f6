#include "ui/metrics/readersgraph.h"

#include "app/base/visible.h"
#include "app/messages/metrics.h"

#include <QCoreApplication>
#include <algorithm>

namespace ui {
namespace {

using Id = ReadersBox::Id;
using metrics::Source;
using metrics::SourceKind;
using metrics::SourceState;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::ReadersGraph)
};

ReadersBox boxOf(Id id, int row, int column, const Source& source, const QString& name = {})
{
    QString detail = messages::stateName(source.state);
    if (source.kind == SourceKind::Heapster)
        detail = source.state == SourceState::Absent ? Words::tr("retired, absent") : Words::tr("retired");
    if (!source.version.isEmpty() && id != Id::ResourceApi)
        detail = Words::tr("%1 · %2", "state and version").arg(detail, base::visible(source.version));
    return {id,          row,          column, name.isEmpty() ? messages::sourceName(source.kind) : name,
            source.kind, source.state, detail};
}

bool isThere(const ReadersBox* box)
{
    return box && box->state != SourceState::Absent;
}

} // namespace

const ReadersBox* ReadersGraph::of(ReadersBox::Id id) const
{
    const auto found = std::ranges::find(boxes, id, &ReadersBox::id);
    return found == boxes.end() ? nullptr : &*found;
}

QString ReadersGraph::text() const
{
    QStringList lines;
    for (const ReadersBox& box : boxes)
        if (box.source)
            lines += Words::tr("%1: %2.", "a source and its state").arg(box.name, box.detail);
    for (const ReadersArrow& arrow : arrows) {
        const QString sentence = arrow.flows ? Words::tr("%1 reads %2: %3.", "who, from whom, what")
                                             : Words::tr("%1 would read %2: %3; it does not.", "who, from whom, what");
        lines += sentence.arg(of(arrow.to)->name, of(arrow.from)->name, arrow.what);
    }
    return lines.join(QLatin1Char('\n'));
}

ReadersGraph readersGraph(const metrics::SourceSurvey& survey)
{
    const auto source = [&survey](SourceKind kind) -> const Source& { return survey.of(kind); };
    ReadersGraph graph;
    graph.boxes = {
        boxOf(Id::Kubelet, 0, 1, source(SourceKind::Kubelet), QStringLiteral("kubelet / cAdvisor")),
        boxOf(Id::Objects, 0, 3, source(SourceKind::Objects), Words::tr("Objects in the APIServer")),
        boxOf(Id::Heapster, 1, 0, source(SourceKind::Heapster)),
        boxOf(Id::MetricsServer, 1, 1, source(SourceKind::MetricsServer)),
        boxOf(Id::KubeStateMetrics, 1, 3, source(SourceKind::KubeStateMetrics)),
        boxOf(Id::ResourceApi, 2, 1, source(SourceKind::MetricsServer), QStringLiteral("metrics.k8s.io")),
        boxOf(Id::Prometheus, 2, 2, source(SourceKind::Prometheus)),
        boxOf(Id::CustomMetrics, 3, 2, source(SourceKind::CustomMetrics)),
    };
    const bool hasInflux = source(SourceKind::InfluxDb).state != SourceState::Absent;
    const bool hasExternal = source(SourceKind::ExternalMetrics).state != SourceState::Absent;
    const bool hasHeapster = source(SourceKind::Heapster).state != SourceState::Absent;
    if (hasInflux)
        graph.boxes.push_back(boxOf(Id::InfluxDb, 3, 3, source(SourceKind::InfluxDb)));
    graph.boxes.push_back({Id::KubectlTop, 4, 0, QStringLiteral("kubectl top"), {}, SourceState::Ok, {}});
    graph.boxes.push_back({Id::Autoscaler, 4, 1, Words::tr("HPA"), {}, SourceState::Ok, Words::tr("autoscaling")});
    if (hasExternal)
        graph.boxes.push_back(boxOf(Id::ExternalMetrics, 4, 2, source(SourceKind::ExternalMetrics)));

    const QString usage = Words::tr("CPU, memory");
    using Beside = ReadersArrow::Beside;
    const auto add = [&graph](Id from, Id to, const QString& what, Beside beside = Beside::End, int leave = 0,
                              int arrive = 0) {
        const bool flows = isThere(graph.of(from)) && isThere(graph.of(to));
        graph.arrows.push_back({from, to, what, beside, leave, arrive, flows});
    };
    add(Id::Kubelet, Id::Heapster, usage, Beside::End, -20);
    add(Id::Kubelet, Id::MetricsServer, usage);
    add(Id::Kubelet, Id::Prometheus, Words::tr("all of cAdvisor"), Beside::Middle, 20, -30);
    add(Id::Objects, Id::KubeStateMetrics, Words::tr("state of objects"));
    add(Id::MetricsServer, Id::ResourceApi, usage);
    const Source& prometheus = source(SourceKind::Prometheus);
    const bool isScraped = !prometheus.scrapeJobs || !prometheus.scrapeJobs->isEmpty();
    add(Id::KubeStateMetrics, Id::Prometheus, isScraped ? Words::tr("state of objects") : Words::tr("not scraped"),
        Beside::Start, 0, 30);
    graph.arrows.back().flows = graph.arrows.back().flows && isScraped;
    add(Id::ResourceApi, Id::KubectlTop, usage, Beside::End, -20);
    add(Id::ResourceApi, Id::Autoscaler, usage, Beside::Middle);
    if (hasHeapster)
        add(Id::Heapster, Id::KubectlTop, usage, Beside::Start, -30, -30);
    add(Id::Prometheus, Id::CustomMetrics, Words::tr("chosen series"));
    add(Id::CustomMetrics, Id::Autoscaler, Words::tr("metrics of one's own"), Beside::Start, 0, 30);
    if (hasExternal)
        add(Id::ExternalMetrics, Id::Autoscaler, Words::tr("metrics of elsewhere"));
    if (hasInflux)
        add(Id::Prometheus, Id::InfluxDb, Words::tr("all series"), Beside::End, 40);
    return graph;
}

} // namespace ui
