#include "app/messages/metricrules.h"

#include "app/base/visible.h"
#include "app/messages/errors.h"
#include "app/messages/metrics.h"

#include <QCoreApplication>

namespace messages {
namespace {

using metrics::RuleId;
using metrics::RuleState;

struct MetricRules {
    Q_DECLARE_TR_FUNCTIONS(MetricRules)
};

/// About what the FAQ's own expression does there.
QString faqSentence(const metrics::RuleNote& note)
{
    const auto is = [&note](const char* id) { return note.id == QLatin1String(id); };
    const QString about = base::visible(note.detail);
    const int count = static_cast<int>(note.count);
    if (is("matchersMatchNothing"))
        return MetricRules::tr("The FAQ's expression asks for labels that one certain scrape adds, and here no series "
                               "has them: it never fires. kube-state-metrics comes in with %1.")
            .arg(about);
    if (is("faqMisses"))
        return MetricRules::tr("The FAQ's expression misses these: %1.").arg(about);
    if (is("faqFiresToo"))
        return MetricRules::tr("The FAQ's expression also fires for %n Job(s) that have not failed for good: %1.",
                               nullptr, count)
            .arg(about);
    if (is("endUnknown"))
        return MetricRules::tr("The FAQ's expression fires for %n Job(s): %1. Whether they have failed for good is not "
                               "known: there is no metric kube_job_failed.",
                               nullptr, count)
            .arg(about);
    if (is("oldNameGone"))
        return MetricRules::tr("The FAQ's expression is always empty here: the metric %1 is called %2 today.")
            .arg(about, about + QStringLiteral("_total"));
    if (is("onlyOldName"))
        return MetricRules::tr("This kube-state-metrics is so old that it still calls the metric %1: the FAQ's "
                               "expression was asked.")
            .arg(about);
    return {};
}

/// About how far an answer can be believed.
QString limitSentence(const metrics::RuleNote& note)
{
    const auto is = [&note](const char* id) { return note.id == QLatin1String(id); };
    const QString about = base::visible(note.detail);
    const int count = static_cast<int>(note.count);
    if (is("familyMissing"))
        return MetricRules::tr("There is no metric %1: kube-state-metrics may have been told to leave it out.")
            .arg(about);
    if (is("noSeries"))
        return MetricRules::tr("There is no metric %1: there are no Jobs, or kube-state-metrics leaves them out.")
            .arg(about);
    if (is("notScraped"))
        return MetricRules::tr("Prometheus has nothing of kube-state-metrics: an empty answer says nothing here.");
    if (is("namesUnknown"))
        return MetricRules::tr("The answer is empty, and Prometheus does not tell whether the metric exists.");
    if (is("partial"))
        return MetricRules::tr("Prometheus warns that its answer may not be whole: %1").arg(about);
    if (is("cut"))
        return MetricRules::tr("The answer was cut after %n value(s).", nullptr, count);
    if (is("lastEndOnly") && count == 0)
        return MetricRules::tr("Without a store only the last ending of each container is known: that it restarted "
                               "within 30 minutes, not how often, and nothing of pods that are gone.");
    if (is("lastEndOnly"))
        return MetricRules::tr("Alidade has been looking for %n minute(s). What was before is known by the last ending "
                               "of each container only: that it restarted, not how often.",
                               nullptr, count);
    if (is("learning") && count == 0)
        return MetricRules::tr("This source tells counters of one moment and no times: it takes a second look to see "
                               "a restart, and 30 minutes to see all.");
    if (is("learning"))
        return MetricRules::tr("Alidade has been looking for %n minute(s); restarts before that are not seen.", nullptr,
                               count);
    return {};
}

} // namespace

QString ruleTitle(RuleId rule)
{
    switch (rule) {
    case RuleId::JobFailed:
        return MetricRules::tr("A Job has failed for good");
    case RuleId::NodeNotReady:
        return MetricRules::tr("A node is not ready");
    case RuleId::PodFailed:
        return MetricRules::tr("A pod has failed, or nobody knows its state");
    case RuleId::PodRestarts:
        break;
    }
    return MetricRules::tr("A container restarted within 30 minutes");
}

QString expressionReason(RuleId rule)
{
    switch (rule) {
    case RuleId::JobFailed:
        return MetricRules::tr(
            "kube_job_status_failed counts failed pods until the Job ends: “== 1” fires for a Job that tried twice and "
            "succeeded, and misses one that fails again and again. kube_job_failed says that it has ended in failure. "
            "The labels job and k8s_app exist only where the scrape adds them.");
    case RuleId::NodeNotReady:
        return MetricRules::tr("The FAQ's own is right: the status is “unknown” where the kubelet is gone, and “false” "
                               "where it says so itself.");
    case RuleId::PodFailed:
        return MetricRules::tr(
            "Each failed attempt of a Job counts as a failed pod, also when the Job succeeds in the end: those are "
            "left "
            "to the rule about Jobs. Pods on a lost node stay Running today: the rule about nodes shows them.");
    case RuleId::PodRestarts:
        break;
    }
    return MetricRules::tr("The metric has been called kube_pod_container_status_restarts_total for years: the "
                           "FAQ's name matches nothing.");
}

QString stateName(RuleState state)
{
    switch (state) {
    case RuleState::Ok:
        return stateName(metrics::SourceState::Ok);
    case RuleState::Absent:
        return stateName(metrics::SourceState::Absent);
    case RuleState::Failing:
        return stateName(metrics::SourceState::Failing);
    case RuleState::Forbidden:
        return stateName(metrics::SourceState::Forbidden);
    case RuleState::Old:
        return stateName(metrics::SourceState::Old);
    case RuleState::Learning:
        break;
    }
    return MetricRules::tr("learning");
}

QString sentence(const metrics::RuleNote& note)
{
    const auto is = [&note](const char* id) { return note.id == QLatin1String(id); };
    const int count = static_cast<int>(note.count);
    if (is("stillTrying"))
        return MetricRules::tr("%n Job(s) with failed pods still try: %1.", nullptr, count)
            .arg(base::visible(note.detail));
    if (is("jobAttempts"))
        return MetricRules::tr("%n failed pod(s) of Jobs are left out; the FAQ's expression fires for them.", nullptr,
                               count);
    const QString about = faqSentence(note);
    return about.isEmpty() ? limitSentence(note) : about;
}

VerdictNote noteOf(const metrics::RuleVerdict& verdict)
{
    if (verdict.error)
        return {base::idOf(verdict.error->kind), sentence(*verdict.error)};
    if (verdict.source)
        return {verdict.source->reason, sentence(*verdict.source)};
    if (verdict.notes.empty())
        return {};
    return {verdict.notes.front().id, sentence(verdict.notes.front())};
}

} // namespace messages
