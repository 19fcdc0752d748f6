#include "app/metrics/workloadpods.h"

namespace metrics {

void WorkloadPods::add(const Subject& workload, const std::vector<Subject>& pods)
{
    std::set<Subject>& known = m_pods[workload];
    for (const Subject& pod : pods)
        if (known.size() < MostPods)
            known.insert(pod);
}

const std::set<Subject>& WorkloadPods::of(const Subject& workload) const
{
    static const std::set<Subject> none;
    const auto found = m_pods.find(workload);
    return found == m_pods.end() ? none : found->second;
}

bool WorkloadPods::isNews(const UsagePage& page, const QString& nameSpace)
{
    std::set<Subject> pods;
    for (const auto& [subject, usage] : page.usages)
        if (subject.kind == QLatin1String("Pod") && subject.container.isEmpty() && subject.nameSpace == nameSpace)
            pods.insert(subject);
    // The first page has no news: the pods were told with the workload.
    const bool isFirst = m_nameSpace != nameSpace;
    bool isNews = false;
    for (const Subject& pod : pods)
        isNews = (!isFirst && !m_seen.contains(pod)) || isNews;
    m_seen = std::move(pods);
    m_nameSpace = nameSpace;
    return isNews;
}

} // namespace metrics
