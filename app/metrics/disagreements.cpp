#include "app/metrics/disagreements.h"

#include "app/metrics/amounts.h"

namespace metrics {
namespace {

using kube::Json;

/// Two rounds of metrics-server at its usual pace: a pod that runs for less may have no sample yet, and figures that
/// lie farther apart are not of the same time.
constexpr qint64 YoungSeconds = 120;
/// A scrape interval: kube-state-metrics learns by a watch and is read now, but a page may have been on its way.
constexpr qint64 PageSeconds = 30;

Json jsonOf(const QString& text)
{
    return text.isEmpty() ? Json(nullptr) : Json(text.toStdString());
}

Json jsonOf(const QDateTime& time)
{
    return jsonOf(time.isValid() ? time.toUTC().toString(Qt::ISODate) : QString());
}

template <typename T> Json jsonOf(const std::optional<T>& value)
{
    return value ? Json(*value) : Json(nullptr);
}

/// The rules for one row, each a function of what the sources say of it.
class Rules {
public:
    Rules(const ContrastRow& row, const ContrastInput& input) : m_row(row), m_input(input) {}

    std::vector<Disagreement> all()
    {
        presence();
        sample();
        if (m_row.object && m_row.kubeStateMetrics) {
            observed(*m_row.kubeStateMetrics, *m_row.object);
            declared(*m_row.kubeStateMetrics, *m_row.object);
            bases(*m_row.kubeStateMetrics, *m_row.object);
        }
        times();
        return std::move(m_found);
    }

private:
    bool isWorkload() const { return m_input.view == View::Workloads; }
    bool isNode() const { return m_input.view == View::Nodes; }

    void add(const char* field, const char* id, Json values = Json::object())
    {
        m_found.push_back({QLatin1String(field), QLatin1String(id), std::move(values)});
    }

    void presence()
    {
        const bool isTold = m_input.objects && (!isWorkload() || m_input.objects->unread.empty());
        const Json values{{"metricsServer", m_row.metricsServer.has_value()},
                          {"kubeStateMetrics", m_row.kubeStateMetrics.has_value()},
                          {"object", m_row.object.has_value()}};
        if (!m_row.object && isTold)
            add("presence", "goneFromObjects", values);
        if (!m_row.object || m_row.kubeStateMetrics || !m_input.kubeStateMetrics)
            return;
        // What never began has no rows there; and not every page tells of every kind.
        if ((m_input.view == View::Containers && !m_row.object->restarts) || !isKindOnPage())
            return;
        const bool isYoung = m_row.object->createdAt.isValid() &&
                             m_row.object->createdAt.secsTo(m_input.kubeStateMetrics->readAt) < PageSeconds;
        add("presence", isYoung ? "youngerThanPage" : "missingFromKubeStateMetrics", values);
    }

    bool isKindOnPage() const
    {
        const auto& states = m_input.kubeStateMetrics->states;
        const auto first = states.lower_bound({.kind = m_row.subject.kind});
        return first != states.end() && first->first.kind == m_row.subject.kind;
    }

    void sample()
    {
        if (!m_input.usage || !m_row.object)
            return;
        if (isWorkload()) {
            if (m_row.answered && m_row.answered->silent > 0)
                add("usage", "partOfPods", {{"metricsServer", m_row.answered->pods}, {"object", m_row.answered->of}});
        } else if (!m_row.metricsServer) {
            noSample(*m_row.object);
        } else if (!isNode()) {
            staleSample(*m_row.metricsServer, *m_row.object);
        }
    }

    bool isRunning(const State& object) const
    {
        return m_input.view == View::Containers ? object.startedAt.isValid() : object.phase == QLatin1String("Running");
    }

    void noSample(const State& object)
    {
        if (isNode()) {
            add("usage", object.ready.value_or(false) ? "nodeWithoutSample" : "nodeNotReady",
                {{"metricsServer", nullptr}, {"object", jsonOf(object.ready)}});
            return;
        }
        if (!isRunning(object))
            return; // nothing runs, nothing is measured: they agree
        const bool isYoung = object.startedAt.isValid() && m_input.usage->readAt.isValid() &&
                             object.startedAt.secsTo(m_input.usage->readAt) < YoungSeconds;
        const bool isNodeSilent = m_input.nodeUsage && !m_input.nodeUsage->usages.contains(
                                                           {.kind = QStringLiteral("Node"), .name = object.node});
        add("usage",
            isNodeSilent ? "nodeSilent"
            : isYoung    ? "tooYoung"
                         : "podWithoutSample",
            {{"metricsServer", nullptr}, {"object", jsonOf(object.startedAt)}});
    }

    void staleSample(const Usage& usage, const State& object)
    {
        if (!isRunning(object))
            add("usage", "sampleOfStopped",
                {{"metricsServer", jsonOf(usage.takenAt)},
                 {"object", jsonOf(object.reason.isEmpty() ? object.phase : object.reason)}});
        else if (object.startedAt.isValid() && usage.takenAt.isValid() && usage.takenAt < object.startedAt)
            add("usage", "sampleBeforeStart",
                {{"metricsServer", jsonOf(usage.takenAt)}, {"object", jsonOf(object.startedAt)}});
        if (m_input.view == View::Pods && m_row.kubeStateMetrics && hasCountedSidecar())
            add("usage", "sidecarCounted",
                {{"metricsServer", jsonOf(usage.used.cpuMilli)},
                 {"kubeStateMetrics", jsonOf(m_row.kubeStateMetrics->requests.cpuMilli)}});
    }

    /// visit(subject, state) for each container of the row's pod.
    template <typename Visit> void eachContainer(Visit visit) const
    {
        if (!m_input.objects)
            return;
        const auto& states = m_input.objects->states;
        for (auto each = states.upper_bound(m_row.subject);
             each != states.end() && each->first.kind == m_row.subject.kind &&
             each->first.nameSpace == m_row.subject.nameSpace && each->first.name == m_row.subject.name;
             ++each)
            visit(each->first, each->second);
    }

    bool hasCountedSidecar() const
    {
        bool has = false;
        eachContainer([&](const Subject& subject, const State& state) {
            has = has || (state.sidecar && m_input.usage->usages.contains(subject));
        });
        return has;
    }

    /// Why what both observe differs: one has looked later than the other.
    const char* whyObserved(const State& object) const
    {
        const QDateTime& readAt = m_input.kubeStateMetrics->readAt;
        return object.startedAt.isValid() && readAt.isValid() && readAt < object.startedAt ? "pageBeforeStart"
                                                                                           : "otherMoment";
    }

    template <typename T> void differ(const char* field, const char* id, const T& page, const T& object)
    {
        add(field, id, {{"kubeStateMetrics", jsonOf(page)}, {"object", jsonOf(object)}});
    }

    void observed(const State& page, const State& object)
    {
        const char* why = whyObserved(object);
        if (!page.phase.isEmpty() && !object.phase.isEmpty() && page.phase != object.phase)
            differ("phase", why, page.phase, object.phase);
        if (page.ready && object.ready && page.ready != object.ready)
            differ("ready", why, page.ready, object.ready);
        // A workload's restarts are summed here alone.
        if (!isWorkload() && page.restarts && object.restarts && page.restarts != object.restarts)
            differ("restarts", why, page.restarts, object.restarts);
        if (page.wanted && object.wanted && page.wanted != object.wanted)
            differ("wanted", why, page.wanted, object.wanted);
        if (page.available && object.available && page.available != object.available)
            differ("available", why, page.available, object.available);
    }

    /// What the containers alone declare, without init containers and overhead: as kube-state-metrics has it.
    Amounts sumOfContainers(Amounts State::*which) const
    {
        Amounts sum;
        eachContainer([&](const Subject&, const State& state) {
            if (!state.init)
                sum = sumOf(sum, state.*which);
        });
        return sum;
    }

    void declared(const State& page, const State& object)
    {
        if (isNode() || isWorkload())
            return;
        for (const auto& [which, cpu, memory] :
             {std::tuple{&State::requests, "requests.cpuMilli", "requests.memoryBytes"},
              std::tuple{&State::limits, "limits.cpuMilli", "limits.memoryBytes"}}) {
            const Amounts sum = m_input.view == View::Pods ? sumOfContainers(which) : Amounts{};
            declared(cpu, (page.*which).cpuMilli, (object.*which).cpuMilli, sum.cpuMilli);
            declared(memory, (page.*which).memoryBytes, (object.*which).memoryBytes, sum.memoryBytes);
        }
    }

    void declared(const char* field, const std::optional<qint64>& page, const std::optional<qint64>& object,
                  const std::optional<qint64>& sum)
    {
        if (page && object && *page != *object)
            differ(field, sum == page ? "startAndOverheadCounted" : "declaredDiffers", page, object);
    }

    void bases(const State& page, const State& object)
    {
        const auto compare = [this](const char* field, const std::optional<qint64>& said,
                                    const std::optional<qint64>& own, const std::optional<qint64>& capacity) {
            if (said && own && *said != *own)
                differ(field, said == capacity ? "capacityAsBase" : "otherMoment", said, own);
        };
        compare("allocatable.cpuMilli", page.allocatable.cpuMilli, object.allocatable.cpuMilli,
                object.capacity.cpuMilli);
        compare("allocatable.memoryBytes", page.allocatable.memoryBytes, object.allocatable.memoryBytes,
                object.capacity.memoryBytes);
    }

    void times()
    {
        if (!m_row.metricsServer || !m_row.kubeStateMetrics || !m_input.kubeStateMetrics->readAt.isValid())
            return;
        const QDateTime& takenAt = m_row.metricsServer->takenAt;
        if (takenAt.isValid() && std::abs(takenAt.secsTo(m_input.kubeStateMetrics->readAt)) > YoungSeconds)
            add("time", "otherTimes",
                {{"metricsServer", jsonOf(takenAt)}, {"kubeStateMetrics", jsonOf(m_input.kubeStateMetrics->readAt)}});
    }

    const ContrastRow& m_row;
    const ContrastInput& m_input;
    std::vector<Disagreement> m_found;
};

} // namespace

std::vector<Disagreement> disagreementsOf(const ContrastRow& row, const ContrastInput& input)
{
    return Rules(row, input).all();
}

} // namespace metrics
