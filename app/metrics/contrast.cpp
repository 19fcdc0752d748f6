#include "app/metrics/contrast.h"

#include "app/metrics/amounts.h"
#include "app/metrics/disagreements.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace metrics {
namespace {

bool isOf(const Subject& subject, View view)
{
    switch (view) {
    case View::Nodes:
        return subject.kind == QLatin1String("Node");
    case View::Pods:
        return subject.kind == QLatin1String("Pod") && subject.container.isEmpty();
    case View::Containers:
        return !subject.container.isEmpty();
    case View::Workloads:
        break;
    }
    return subject.kind != QLatin1String("Node") && subject.kind != QLatin1String("Pod");
}

/// The sum over a workload's pods that have a sample; its time is that of the oldest of them.
void addUsage(ContrastRow& row, const ContrastInput& input)
{
    if (!input.usage)
        return;
    if (input.view != View::Workloads) {
        if (const auto usage = input.usage->usages.find(row.subject); usage != input.usage->usages.end())
            row.metricsServer = usage->second;
        return;
    }
    if (!input.objects)
        return;
    row.answered = Answered{};
    const auto pods = input.objects->pods.find(row.subject);
    if (pods == input.objects->pods.end())
        return;
    row.answered->of = static_cast<int>(pods->second.size());
    for (const CountedPod& pod : pods->second) {
        const auto usage = input.usage->usages.find(pod.subject);
        if (usage == input.usage->usages.end()) {
            row.answered->silent += pod.isRunning ? 1 : 0;
            continue;
        }
        ++row.answered->pods;
        if (!row.metricsServer) {
            row.metricsServer = usage->second;
            continue;
        }
        row.metricsServer->used = totalOf(row.metricsServer->used, usage->second.used);
        row.metricsServer->takenAt = std::min(row.metricsServer->takenAt, usage->second.takenAt);
        row.metricsServer->windowSeconds = std::max(row.metricsServer->windowSeconds, usage->second.windowSeconds);
    }
}

void addPods(ContrastRow& row, const ContrastInput& input)
{
    if (input.view != View::Workloads || !input.objects)
        return;
    if (const auto pods = input.objects->pods.find(row.subject); pods != input.objects->pods.end())
        for (const CountedPod& pod : pods->second)
            row.pods.push_back(pod.subject);
}

std::optional<double> ratio(std::optional<qint64> part, std::optional<qint64> whole)
{
    if (!part || !whole || *whole <= 0)
        return std::nullopt;
    return static_cast<double>(*part) / static_cast<double>(*whole);
}

Amounts boundsOf(const ContrastRow& row, const ContrastInput& input)
{
    if (!input.objects || !row.object)
        return {};
    const auto bounds = input.objects->bounds.find(row.subject);
    return bounds == input.objects->bounds.end() ? row.object->limits : bounds->second;
}

/// The objects are what is so now; kube-state-metrics stands in where they could not be read.
const State* stateOf(const ContrastRow& row)
{
    if (row.object)
        return &*row.object;
    return row.kubeStateMetrics ? &*row.kubeStateMetrics : nullptr;
}

void addRatios(ContrastRow& row, const ContrastInput& input)
{
    const State* state = stateOf(row);
    if (!state)
        return;
    row.requestOfAllocatable = ratioOf(state->requests, state->allocatable);
    if (!row.metricsServer)
        return;
    const Answered answered = row.answered.value_or(Answered{1, 1});
    row.usageOfAllocatable = ratioOf(row.metricsServer->used, state->allocatable);
    if (answered.pods < answered.of) // a part of the pods against the requests of all would look like thrift
        return;
    row.usageOfRequest = ratioOf(row.metricsServer->used, state->requests);
    row.usageOfLimit = ratioOf(row.metricsServer->used, boundsOf(row, input));
}

template <typename Map, typename Function> void eachOf(const Map& map, const ContrastInput& input, Function function)
{
    for (const auto& [subject, value] : map)
        if (isOf(subject, input.view) &&
            (input.nameSpace.isEmpty() || input.view == View::Nodes || subject.nameSpace == input.nameSpace))
            function(subject, value);
}

std::map<Subject, ContrastRow> rowsOf(const ContrastInput& input)
{
    std::map<Subject, ContrastRow> rows;
    const auto row = [&rows](const Subject& subject) -> ContrastRow& {
        ContrastRow& found = rows[subject];
        found.subject = subject;
        return found;
    };
    if (input.objects)
        eachOf(input.objects->states, input,
               [&row](const Subject& subject, const State& state) { row(subject).object = state; });
    if (input.kubeStateMetrics)
        eachOf(input.kubeStateMetrics->states, input, [&](const Subject& subject, const State& state) {
            // A Deployment's ReplicaSets are told of as well; they are no rows here.
            const auto owner = input.kubeStateMetrics->owners.find(subject);
            if (input.view != View::Workloads || owner == input.kubeStateMetrics->owners.end() ||
                owner->second.kind != QLatin1String("Deployment"))
                row(subject).kubeStateMetrics = state;
        });
    if (input.usage && input.view != View::Workloads)
        eachOf(input.usage->usages, input, [&row](const Subject& subject, const Usage&) { row(subject); });
    return rows;
}

/// How far usage is from what is requested; -1 where nobody knows.
double gapOf(const ContrastRow& row)
{
    double gap = -1;
    for (const auto& part : {row.usageOfRequest.cpu, row.usageOfRequest.memory})
        if (part)
            gap = std::max(gap, std::abs(*part - 1));
    return gap;
}

double keyOf(const ContrastRow& row, ContrastOrder order)
{
    if (order == ContrastOrder::Gap)
        return gapOf(row);
    if (!row.metricsServer)
        return -1;
    const Amounts& used = row.metricsServer->used;
    return static_cast<double>((order == ContrastOrder::Cpu ? used.cpuMilli : used.memoryBytes).value_or(-1));
}

} // namespace

Ratio ratioOf(const Amounts& part, const Amounts& whole)
{
    return {ratio(part.cpuMilli, whole.cpuMilli), ratio(part.memoryBytes, whole.memoryBytes)};
}

std::vector<ContrastRow> contrast(const ContrastInput& input)
{
    std::map<Subject, ContrastRow> found = rowsOf(input);
    std::vector<ContrastRow> rows;
    rows.reserve(found.size());
    for (auto& [subject, row] : found) {
        addPods(row, input);
        addUsage(row, input);
        row.uid = row.object ? row.object->uid : row.kubeStateMetrics ? row.kubeStateMetrics->uid : QString();
        addRatios(row, input);
        row.disagreements = disagreementsOf(row, input);
        rows.push_back(std::move(row));
    }
    return rows;
}

void sortRows(std::vector<ContrastRow>& rows, ContrastOrder order)
{
    if (order == ContrastOrder::Name)
        std::ranges::stable_sort(rows, std::less<>(), &ContrastRow::subject);
    else
        std::ranges::stable_sort(rows, std::greater<>(), [order](const ContrastRow& row) { return keyOf(row, order); });
}

std::optional<ContrastOrder> orderOf(const QString& id)
{
    if (id == QLatin1String("name"))
        return ContrastOrder::Name;
    if (id == QLatin1String("cpu"))
        return ContrastOrder::Cpu;
    if (id == QLatin1String("memory"))
        return ContrastOrder::Memory;
    if (id == QLatin1String("gap"))
        return ContrastOrder::Gap;
    return std::nullopt;
}

} // namespace metrics
