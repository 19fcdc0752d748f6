#include "app/metrics/objects.h"

#include "app/base/job.h"
#include "app/kube/apiresource.h"
#include "app/kube/jsonread.h"
#include "app/kube/listitems.h"
#include "app/metrics/amounts.h"

#include <array>

namespace metrics {
namespace {

using StateItem = std::pair<Subject, State>;

const QString Node = QStringLiteral("Node");

void addNodes(ObjectPage& page, const ServedObjects& served)
{
    for (const auto& [subject, state] : served.nodes) {
        State& kept = page.states.emplace(subject, state).first->second;
        if (served.hasPods)
            kept.requests = {0, 0};
    }
    for (const PodState& pod : served.pods) {
        const auto node = page.states.find({.kind = Node, .name = pod.state.node});
        if (node != page.states.end() && !pod.isFinished)
            node->second.requests = sumOf(node->second.requests, pod.state.requests);
    }
}

Amounts boundsOf(const PodState& pod)
{
    return {pod.isCpuUnlimited ? std::nullopt : pod.state.limits.cpuMilli,
            pod.isMemoryUnlimited ? std::nullopt : pod.state.limits.memoryBytes};
}

void addPods(ObjectPage& page, const ServedObjects& served)
{
    for (const PodState& pod : served.pods) {
        page.states.emplace(pod.subject, pod.state);
        page.bounds.emplace(pod.subject, boundsOf(pod));
        page.states.insert(pod.containers.begin(), pod.containers.end());
    }
}

/// Whom a pod counts for: its owner, and that one's.
std::vector<Subject> workloadsOf(const PodState& pod, const std::map<Subject, Subject>& owners)
{
    std::vector<Subject> workloads;
    for (Subject next = pod.owner; !next.kind.isEmpty() && workloads.size() < 3;) {
        workloads.push_back(next);
        const auto above = owners.find(next);
        next = above == owners.end() ? Subject{} : above->second;
    }
    return workloads;
}

void addPod(ObjectPage& page, const Subject& workload, const PodState& pod)
{
    const auto found = page.states.find(workload);
    if (found == page.states.end())
        return;
    State& state = found->second;
    if (pod.state.restarts)
        state.restarts = state.restarts.value_or(0) + *pod.state.restarts;
    if (pod.isFinished)
        return;
    state.requests = sumOf(state.requests, pod.state.requests);
    state.limits = sumOf(state.limits, pod.state.limits);
    const auto [bounds, isFirst] = page.bounds.try_emplace(workload, boundsOf(pod));
    if (!isFirst)
        bounds->second = totalOf(bounds->second, boundsOf(pod));
    page.pods[workload].push_back({pod.subject, pod.state.phase == QLatin1String("Running")});
}

void addWorkloads(ObjectPage& page, const ServedObjects& served)
{
    std::map<Subject, Subject> owners;
    for (const WorkloadState& workload : served.workloads) {
        owners.emplace(workload.subject, workload.owner);
        if (workload.subject.kind != QLatin1String("ReplicaSet") || workload.owner.kind != QLatin1String("Deployment"))
            page.states.emplace(workload.subject, workload.state);
    }
    for (const PodState& pod : served.pods)
        for (const Subject& workload : workloadsOf(pod, owners))
            addPod(page, workload, pod);
}

struct Kind {
    const char* group;
    const char* resource;
    const char* kind;
};
constexpr std::array<Kind, 6> Workloads{{{"apps", "deployments", "Deployment"},
                                         {"apps", "replicasets", "ReplicaSet"},
                                         {"apps", "statefulsets", "StatefulSet"},
                                         {"apps", "daemonsets", "DaemonSet"},
                                         {"batch", "jobs", "Job"},
                                         {"batch", "cronjobs", "CronJob"}}};

QByteArray pathOf(const char* group, const char* resource, const QString& nameSpace)
{
    return kube::ApiResource{.group = QLatin1String(group),
                             .version = QStringLiteral("v1"),
                             .resource = QLatin1String(resource),
                             .namespaced = true}
        .path(nameSpace);
}

/// The lists of one view, all at once.
class ObjectsJob final : public base::Job<ObjectPage> {
public:
    ObjectsJob(const kube::Client& client, View view, QString nameSpace)
        : m_client(client),
          m_view(view),
          m_nameSpace(std::move(nameSpace))
    {
    }

    base::Call<ObjectPage> begin()
    {
        auto answer = call();
        ++m_open; // until all are asked: an answer may be there at once
        if (m_view == View::Nodes)
            read<StateItem>(
                "", "nodes", {},
                [](const kube::Json& node) {
                    return StateItem{{.kind = Node, .name = kube::rawText(node, {"metadata", "name"})},
                                     nodeState(node)};
                },
                m_served.nodes, true);
        read<PodState>("", "pods", m_view == View::Nodes ? QString() : m_nameSpace, podState, m_served.pods,
                       m_view != View::Nodes);
        if (m_view == View::Workloads)
            for (const Kind& each : Workloads)
                read<WorkloadState>(
                    each.group, each.resource, m_nameSpace,
                    [kind = QString::fromLatin1(each.kind)](const kube::Json& object) {
                        return workloadState(object, kind);
                    },
                    m_served.workloads, false);
        settle();
        return answer;
    }

private:
    template <typename T, typename F>
    void read(const char* group, const char* resource, const QString& nameSpace, F turn, std::vector<T>& into,
              bool isNeeded)
    {
        ++m_open;
        follow(kube::listItems<T>(m_client, {.path = pathOf(group, resource, nameSpace)}, turn),
               [this, &into, isNeeded, resource](const base::Result<kube::ListedItems<T>>& list) {
                   if (!list && isNeeded) {
                       end(base::failure(list.error()));
                       return;
                   }
                   if (!list) {
                       m_unread.emplace_back(QLatin1String(resource), list.error());
                       m_served.hasPods = m_served.hasPods && QLatin1String(resource) != QLatin1String("pods");
                   } else {
                       into.insert(into.end(), list->items.begin(), list->items.end());
                       m_readAt = list->answeredAt;
                   }
                   settle();
               });
    }

    void settle()
    {
        if (--m_open > 0)
            return;
        ObjectPage page = pageOf(m_view, m_served);
        page.readAt = m_readAt;
        page.unread = std::move(m_unread);
        end(std::move(page));
    }

    const kube::Client m_client;
    const View m_view;
    const QString m_nameSpace;
    ServedObjects m_served;
    QDateTime m_readAt;
    std::vector<std::pair<QString, base::Error>> m_unread;
    int m_open = 0;
};

} // namespace

QString idOf(View view)
{
    switch (view) {
    case View::Nodes:
        return QStringLiteral("nodes");
    case View::Pods:
        return QStringLiteral("pods");
    case View::Containers:
        return QStringLiteral("containers");
    case View::Workloads:
        break;
    }
    return QStringLiteral("workloads");
}

const State* ObjectPage::find(const Subject& subject) const
{
    const auto found = states.find(subject);
    return found == states.end() ? nullptr : &found->second;
}

ObjectPage pageOf(View view, const ServedObjects& served)
{
    ObjectPage page;
    switch (view) {
    case View::Nodes:
        addNodes(page, served);
        break;
    case View::Pods:
    case View::Containers:
        addPods(page, served);
        break;
    case View::Workloads:
        addWorkloads(page, served);
        break;
    }
    return page;
}

base::Call<ObjectPage> readObjects(const kube::Client& client, View view, const QString& nameSpace)
{
    return (new ObjectsJob(client, view, nameSpace))->begin();
}

} // namespace metrics
