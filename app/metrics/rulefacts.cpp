#include "app/metrics/rulefacts.h"

#include "app/kube/jsonread.h"
#include "app/metrics/amounts.h"

#include <algorithm>

namespace metrics {
namespace {

using kube::rawText;

QString statusOf(const std::vector<Condition>& conditions, const char* type)
{
    const auto found = std::ranges::find(conditions, QLatin1String(type), &Condition::type);
    return found == conditions.end() ? QString() : found->status;
}

void addJob(RuleFacts& facts, const StatePage& page, const Subject& subject, const State& state)
{
    JobFact fact{.subject = subject,
                 .uid = state.uid,
                 .isFailed = isTrue(state.conditions, QLatin1String("Failed")).value_or(false),
                 .isComplete = isTrue(state.conditions, QLatin1String("Complete")).value_or(false)};
    const auto failures = page.jobFailures.find(subject);
    if (failures != page.jobFailures.end())
        for (const JobFailure& failure : failures->second) {
            fact.failedPods += failure.count;
            if (failure.count > 0 && fact.reason.isEmpty())
                fact.reason = failure.reason;
        }
    facts.jobs.push_back(std::move(fact));
}

void addPod(RuleFacts& facts, const StatePage& page, const Subject& subject, const State& state)
{
    const auto owner = page.owners.find(subject);
    facts.pods.push_back({.subject = subject,
                          .uid = state.uid,
                          .phase = state.phase,
                          .reason = state.reason,
                          .isOfJob = owner != page.owners.end() && owner->second.kind == QLatin1String("Job")});
}

void addContainer(RuleFacts& facts, const StatePage& page, const Subject& subject, const State& state)
{
    RestartFact fact{.subject = subject, .uid = state.uid, .restarts = state.restarts.value_or(0)};
    const auto end = page.lastEnds.find(subject);
    if (end != page.lastEnds.end()) {
        fact.lastEnd = end->second.finishedAt;
        fact.reason = end->second.reason;
    }
    facts.restarts.push_back(std::move(fact));
}

Subject subjectOf(const char* kind, const kube::Json& object)
{
    return {QLatin1String(kind), rawText(object, {"metadata", "namespace"}), rawText(object, {"metadata", "name"}), {}};
}

} // namespace

RuleFacts factsOf(const StatePage& page)
{
    RuleFacts facts{.readAt = page.readAt, .tellsLastEnds = page.tellsLastEnds};
    for (const auto& [subject, state] : page.states) {
        if (subject.kind == QLatin1String("Job"))
            addJob(facts, page, subject, state);
        else if (subject.kind == QLatin1String("Node"))
            facts.nodes.push_back({subject, state.uid, statusOf(state.conditions, "Ready")});
        else if (subject.kind == QLatin1String("Pod") && subject.container.isEmpty())
            addPod(facts, page, subject, state);
        else if (subject.kind == QLatin1String("Pod"))
            addContainer(facts, page, subject, state);
    }
    if (page.restartsFamily.isEmpty())
        facts.missing.emplace(RuleId::PodRestarts, QStringLiteral("kube_pod_container_status_restarts_total"));
    if (std::ranges::all_of(facts.nodes, [](const NodeFact& node) { return node.ready.isEmpty(); }))
        facts.missing.emplace(RuleId::NodeNotReady, QStringLiteral("kube_node_status_condition"));
    // A namespace may have no pods; a cluster has nodes.
    if (!facts.pods.empty() && std::ranges::all_of(facts.pods, [](const PodFact& pod) { return pod.phase.isEmpty(); }))
        facts.missing.emplace(RuleId::PodFailed, QStringLiteral("kube_pod_status_phase"));
    return facts;
}

JobFact jobFact(const kube::Json& job)
{
    JobFact fact{.subject = subjectOf("Job", job), .uid = rawText(job, {"metadata", "uid"})};
    fact.failedPods = static_cast<double>(kube::number(job, {"status", "failed"}).value_or(0));
    for (const kube::Json& condition : kube::elements(job, {"status", "conditions"})) {
        if (rawText(condition, {"status"}) != QLatin1String("True"))
            continue;
        const QString type = rawText(condition, {"type"});
        fact.isComplete = fact.isComplete || type == QLatin1String("Complete");
        if (type == QLatin1String("Failed")) {
            fact.isFailed = true;
            fact.reason = rawText(condition, {"reason"});
        }
    }
    return fact;
}

NodeFact nodeFact(const kube::Json& node)
{
    NodeFact fact{.subject = subjectOf("Node", node), .uid = rawText(node, {"metadata", "uid"})};
    for (const kube::Json& condition : kube::elements(node, {"status", "conditions"}))
        if (rawText(condition, {"type"}) == QLatin1String("Ready"))
            fact.ready = rawText(condition, {"status"});
    return fact;
}

PodFact podFact(const kube::Json& pod)
{
    PodFact fact{.subject = subjectOf("Pod", pod),
                 .uid = rawText(pod, {"metadata", "uid"}),
                 .phase = rawText(pod, {"status", "phase"}),
                 .reason = rawText(pod, {"status", "reason"})};
    for (const kube::Json& owner : kube::elements(pod, {"metadata", "ownerReferences"}))
        fact.isOfJob =
            fact.isOfJob || (kube::flag(owner, {"controller"}) && rawText(owner, {"kind"}) == QLatin1String("Job"));
    return fact;
}

std::vector<RestartFact> restartFacts(const kube::Json& pod)
{
    std::vector<RestartFact> facts;
    for (const char* list : {"initContainerStatuses", "containerStatuses"})
        for (const kube::Json& status : kube::elements(pod, {"status", list})) {
            const kube::Json& last = kube::at(status, {"lastState", "terminated"});
            RestartFact fact{.subject = subjectOf("Pod", pod),
                             .uid = rawText(pod, {"metadata", "uid"}),
                             .restarts = kube::number(status, {"restartCount"}).value_or(0),
                             .lastEnd = timeOf(kube::at(last, {"finishedAt"})),
                             .reason = rawText(last, {"reason"})};
            fact.subject.container = rawText(status, {"name"});
            facts.push_back(std::move(fact));
        }
    return facts;
}

} // namespace metrics
