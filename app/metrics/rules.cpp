#include "app/metrics/rules.h"

#include "app/kube/objectname.h"

#include <algorithm>

namespace metrics {
namespace {

bool isLost(const QString& phase)
{
    return phase == QLatin1String("Failed") || phase == QLatin1String("Unknown");
}

void judgeJobs(const RuleFacts& facts, RuleVerdict& verdict)
{
    QStringList trying;
    for (const JobFact& job : facts.jobs) {
        if (job.isFailed)
            verdict.firing.push_back({job.subject,
                                      job.uid,
                                      {{QStringLiteral("namespace"), job.subject.nameSpace},
                                       {QStringLiteral("job_name"), job.subject.name},
                                       {QStringLiteral("reason"), job.reason}},
                                      1});
        else if (!job.isComplete && job.failedPods > 0)
            trying += nameOf(job.subject);
    }
    noteNames(verdict, "stillTrying", trying);
}

void judgeNodes(const RuleFacts& facts, RuleVerdict& verdict)
{
    for (const NodeFact& node : facts.nodes)
        if (!node.ready.isEmpty() && node.ready != QLatin1String("True"))
            verdict.firing.push_back({node.subject,
                                      node.uid,
                                      {{QStringLiteral("node"), node.subject.name},
                                       {QStringLiteral("condition"), QStringLiteral("Ready")},
                                       {QStringLiteral("status"), node.ready.toLower()}},
                                      1});
}

void judgePods(const RuleFacts& facts, RuleVerdict& verdict)
{
    qint64 attempts = 0;
    for (const PodFact& pod : facts.pods) {
        if (!isLost(pod.phase))
            continue;
        if (pod.isOfJob) {
            ++attempts;
            continue;
        }
        Firing firing{pod.subject,
                      pod.uid,
                      {{QStringLiteral("namespace"), pod.subject.nameSpace},
                       {QStringLiteral("pod"), pod.subject.name},
                       {QStringLiteral("phase"), pod.phase}},
                      1};
        if (!pod.reason.isEmpty())
            firing.labels.emplace(QStringLiteral("reason"), pod.reason);
        verdict.firing.push_back(std::move(firing));
    }
    if (attempts > 0)
        verdict.notes.push_back({QStringLiteral("jobAttempts"), {}, attempts});
}

void judgeRestarts(const RuleFacts& facts, const SampleHistory* history, RuleVerdict& verdict)
{
    const QDateTime begin = facts.readAt.addSecs(-std::chrono::seconds(RestartWindow).count());
    for (const RestartFact& fact : facts.restarts) {
        const SampleSeries* const series = history ? history->of(fact.subject) : nullptr;
        const double seen = series ? series->increase(begin).value_or(0) : 0;
        const bool hasEnded = fact.restarts > 0 && fact.lastEnd >= begin;
        if (seen <= 0 && !hasEnded)
            continue;
        Firing firing{fact.subject,
                      fact.uid,
                      {{QStringLiteral("namespace"), fact.subject.nameSpace},
                       {QStringLiteral("pod"), fact.subject.name},
                       {QStringLiteral("container"), fact.subject.container},
                       {QStringLiteral("restarts"), QString::number(fact.restarts)}},
                      std::max(seen, 1.0)};
        if (fact.lastEnd.isValid())
            firing.labels.emplace(QStringLiteral("last_terminated"), fact.lastEnd.toUTC().toString(Qt::ISODate));
        if (!fact.reason.isEmpty())
            firing.labels.emplace(QStringLiteral("reason"), fact.reason);
        verdict.firing.push_back(std::move(firing));
    }
    const qint64 minutes =
        history && history->since().isValid() ? history->since().secsTo(facts.readAt) / 60 : qint64(0);
    if (minutes >= RestartWindow.count())
        return;
    // Where endings are told, it is known who restarted, if not how often.
    if (!facts.tellsLastEnds)
        verdict.state = RuleState::Learning;
    verdict.notes.push_back(
        {facts.tellsLastEnds ? QStringLiteral("lastEndOnly") : QStringLiteral("learning"), {}, minutes});
}

} // namespace

QString nameOf(const Subject& subject)
{
    return kube::objectName(subject.nameSpace, subject.name);
}

void noteNames(RuleVerdict& verdict, const char* id, const QStringList& names)
{
    constexpr qsizetype Shown = 5;
    if (names.isEmpty())
        return;
    QString detail = names.mid(0, Shown).join(QStringLiteral(", "));
    if (names.size() > Shown)
        detail += QStringLiteral(", …");
    verdict.notes.push_back({QLatin1String(id), detail, names.size()});
}

const std::array<Rule, 4>& allRules()
{
    // A label that neither side has is the same on both: so one list does for every scrape.
    static const std::array<Rule, 4> rules{{
        {RuleId::JobFailed,
         QStringLiteral(
             R"(kube_job_status_failed{job="kubernetes-service-endpoints",k8s_app="kube-state-metrics"}==1)"),
         QStringLiteral(R"(kube_job_failed{condition="true"} == 1)")},
        {RuleId::NodeNotReady, QStringLiteral(R"(kube_node_status_condition{condition="Ready",status!="true"}==1)"),
         QStringLiteral(R"(kube_node_status_condition{condition="Ready",status!="true"} == 1)")},
        {RuleId::PodFailed, QStringLiteral(R"(kube_pod_status_phase{phase=~"Failed|Unknown"}==1)"),
         QStringLiteral(R"(kube_pod_status_phase{phase=~"Failed|Unknown"} == 1 )"
                        R"(unless on (uid, namespace, pod, pod_name, exported_namespace, exported_pod) )"
                        R"(kube_pod_owner{owner_kind="Job"})")},
        {RuleId::PodRestarts, QStringLiteral("changes(kube_pod_container_status_restarts[30m])>0"),
         QStringLiteral("changes(kube_pod_container_status_restarts_total[30m]) > 0")},
    }};
    return rules;
}

QString idOf(RuleId rule)
{
    switch (rule) {
    case RuleId::JobFailed:
        return QStringLiteral("job-failed");
    case RuleId::NodeNotReady:
        return QStringLiteral("node-not-ready");
    case RuleId::PodFailed:
        return QStringLiteral("pod-failed");
    case RuleId::PodRestarts:
        break;
    }
    return QStringLiteral("pod-restarts");
}

QString idOf(RuleState state)
{
    switch (state) {
    case RuleState::Ok:
        return QStringLiteral("ok");
    case RuleState::Absent:
        return QStringLiteral("absent");
    case RuleState::Failing:
        return QStringLiteral("failing");
    case RuleState::Forbidden:
        return QStringLiteral("forbidden");
    case RuleState::Old:
        return QStringLiteral("old");
    case RuleState::Learning:
        break;
    }
    return QStringLiteral("learning");
}

RuleVerdict judge(RuleId rule, const RuleFacts& facts, const SampleHistory* restarts)
{
    if (const auto error = facts.errors.find(rule); error != facts.errors.end())
        return verdictWithout(error->second);
    RuleVerdict verdict;
    if (const auto family = facts.missing.find(rule); family != facts.missing.end()) {
        verdict.notes.push_back({QStringLiteral("familyMissing"), family->second});
        return verdict;
    }
    verdict.state = RuleState::Ok;
    switch (rule) {
    case RuleId::JobFailed:
        judgeJobs(facts, verdict);
        break;
    case RuleId::NodeNotReady:
        judgeNodes(facts, verdict);
        break;
    case RuleId::PodFailed:
        judgePods(facts, verdict);
        break;
    case RuleId::PodRestarts:
        judgeRestarts(facts, restarts, verdict);
        break;
    }
    std::ranges::sort(verdict.firing, std::less<>(), &Firing::subject);
    return verdict;
}

RuleVerdict verdictWithout(const base::Error& error)
{
    const bool isForbidden = error.kind == base::ErrorKind::Forbidden || error.kind == base::ErrorKind::Unauthorized;
    return {.state = isForbidden ? RuleState::Forbidden : RuleState::Failing, .error = error};
}

RuleVerdict verdictOf(const Source& source)
{
    RuleVerdict verdict{.source = source};
    switch (source.state) {
    case SourceState::Ok:
        verdict.state = RuleState::Ok;
        break;
    case SourceState::Absent:
        verdict.state = RuleState::Absent;
        break;
    case SourceState::Failing:
        verdict.state = RuleState::Failing;
        break;
    case SourceState::Forbidden:
        verdict.state = RuleState::Forbidden;
        break;
    case SourceState::Old:
        verdict.state = RuleState::Old;
        break;
    }
    return verdict;
}

} // namespace metrics
