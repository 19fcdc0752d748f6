#include "app/metrics/prometheusrules.h"

#include <algorithm>
#include <set>

namespace metrics {
namespace {

const QString JobFailedFamily = QStringLiteral("kube_job_failed");
const QString OldRestarts = QStringLiteral("kube_pod_container_status_restarts");

/// The family that has a series for each object that a rule looks at, firing or not.
QString mainFamily(RuleId rule)
{
    switch (rule) {
    case RuleId::JobFailed:
        return QStringLiteral("kube_job_status_failed");
    case RuleId::NodeNotReady:
        return QStringLiteral("kube_node_status_condition");
    case RuleId::PodFailed:
        return QStringLiteral("kube_pod_status_phase");
    case RuleId::PodRestarts:
        break;
    }
    return QStringLiteral("kube_pod_container_status_restarts_total");
}

Subject subjectOf(RuleId rule, const SeriesLabels& labels)
{
    const auto label = [&labels](const char* name) { return objectLabel(labels, QLatin1String(name)); };
    if (rule == RuleId::NodeNotReady)
        return {QStringLiteral("Node"), {}, label("node"), {}};
    if (rule == RuleId::JobFailed)
        return {QStringLiteral("Job"), label("namespace"), label("job_name"), {}};
    return {QStringLiteral("Pod"), label("namespace"), label("pod"),
            rule == RuleId::PodRestarts ? label("container") : QString()};
}

/// Each object once: after a change of the scrape's labels its old and its new series are both there for a while.
std::vector<Firing> firingOf(RuleId rule, const QueryAnswer& answer)
{
    std::map<Subject, Firing> firing;
    for (const Series& series : answer.series) {
        const Subject subject = subjectOf(rule, series.labels);
        Firing& row = firing[subject];
        const double value = series.points.back().value;
        if (row.subject == subject && row.value >= value)
            continue;
        row = {subject,
               series.labels.contains(QStringLiteral("uid")) ? series.labels.at(QStringLiteral("uid")) : QString(),
               series.labels, value};
    }
    std::vector<Firing> rows;
    rows.reserve(firing.size());
    for (auto& [subject, row] : firing)
        rows.push_back(std::move(row));
    return rows;
}

std::set<Subject> subjectsOf(const std::vector<Firing>& rows)
{
    std::set<Subject> subjects;
    for (const Firing& row : rows)
        subjects.insert(row.subject);
    return subjects;
}

/// The names that are in one and not in the other.
QStringList beyond(const std::set<Subject>& one, const std::set<Subject>& other)
{
    QStringList names;
    for (const Subject& subject : one)
        if (!other.contains(subject))
            names += nameOf(subject);
    return names;
}

/// Why the labels that the FAQ asks for are on no series.
void noteMatchers(const QueryAnswer& scrapes, RuleVerdict& verdict)
{
    QStringList seen;
    for (const Series& series : scrapes.series) {
        const auto text = [&series](const char* label) {
            const auto found = series.labels.find(QLatin1String(label));
            return found == series.labels.end() ? QString() : found->second;
        };
        if (text("job") == QLatin1String("kubernetes-service-endpoints") &&
            text("k8s_app") == QLatin1String("kube-state-metrics"))
            return;
        seen += QStringLiteral("job=\"%1\", k8s_app=\"%2\"").arg(text("job"), text("k8s_app"));
    }
    noteNames(verdict, "matchersMatchNothing", seen);
}

void noteFaq(RuleId rule, const PrometheusAnswers& answers, RuleVerdict& verdict)
{
    if (rule == RuleId::JobFailed && answers.scrapes)
        noteMatchers(*answers.scrapes, verdict);
    if (rule == RuleId::PodRestarts) {
        if (answers.names && !answers.names->contains(OldRestarts))
            verdict.notes.push_back({QStringLiteral("oldNameGone"), OldRestarts});
        return;
    }
    if (!answers.faq)
        return;
    const auto theirs = subjectsOf(firingOf(rule, *answers.faq));
    const auto ours = subjectsOf(verdict.firing);
    if (rule == RuleId::JobFailed) {
        // A scrape that keeps some metrics only may have left out the one that says how a Job ended.
        const bool isEndKnown = !answers.names || answers.names->contains(JobFailedFamily);
        noteNames(verdict, "faqMisses", beyond(ours, theirs));
        noteNames(verdict, isEndKnown ? "faqFiresToo" : "endUnknown", beyond(theirs, ours));
    } else if (rule == RuleId::PodFailed) {
        if (const auto attempts = beyond(theirs, ours); !attempts.isEmpty())
            verdict.notes.push_back({QStringLiteral("jobAttempts"), {}, attempts.size()});
    }
}

/// An empty answer is "all well" only where the family is there. False: it is not, and why stands in the notes.
bool isThere(RuleId rule, const PrometheusAnswers& answers, RuleVerdict& verdict)
{
    if (!verdict.firing.empty())
        return true;
    if (!answers.names) {
        verdict.notes.push_back({QStringLiteral("namesUnknown")});
        return true;
    }
    const QString family = mainFamily(rule);
    if (answers.names->contains(family))
        return true;
    if (answers.names->isEmpty()) {
        verdict.notes.push_back({QStringLiteral("notScraped")});
        return false;
    }
    // Without a Job there is no series of any.
    const bool isNoJob = rule == RuleId::JobFailed;
    verdict.notes.push_back({isNoJob ? QStringLiteral("noSeries") : QStringLiteral("familyMissing"), family});
    return isNoJob;
}

} // namespace

QString faqWithoutMatchers(RuleId rule)
{
    return rule == RuleId::JobFailed ? QStringLiteral("kube_job_status_failed==1")
                                     : allRules()[static_cast<std::size_t>(rule)].faqExpression;
}

QStringList ruleFamilies()
{
    QStringList families{JobFailedFamily, QStringLiteral("kube_node_info"), QStringLiteral("kube_pod_info"),
                         OldRestarts};
    for (const Rule& rule : allRules())
        families += mainFamily(rule.id);
    return families;
}

RuleVerdict judge(RuleId rule, const PrometheusAnswers& answers)
{
    if (!answers.better)
        return verdictWithout(answers.better.error());
    RuleVerdict verdict{.state = RuleState::Ok, .firing = firingOf(rule, *answers.better)};
    const bool isOld = rule == RuleId::PodRestarts && answers.names && answers.names->contains(OldRestarts) &&
                       !answers.names->contains(mainFamily(rule));
    if (isOld && !answers.faq)
        return verdictWithout(answers.faq.error());
    if (isOld) {
        verdict.firing = firingOf(rule, *answers.faq);
        verdict.notes.push_back({QStringLiteral("onlyOldName"), OldRestarts});
        return verdict;
    }
    if (!isThere(rule, answers, verdict)) {
        verdict.state = RuleState::Absent;
        return verdict;
    }
    noteFaq(rule, answers, verdict);
    if (!answers.better->warnings.isEmpty())
        verdict.notes.push_back({QStringLiteral("partial"), answers.better->warnings.join(QStringLiteral("; "))});
    if (answers.better->isCut)
        verdict.notes.push_back({QStringLiteral("cut"), {}, static_cast<qint64>(MostPoints)});
    return verdict;
}

} // namespace metrics
