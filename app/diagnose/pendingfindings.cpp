#include "app/base/shell.h"
#include "app/diagnose/pendingsurvey.h"

#include "app/base/visible.h"
#include "app/messages/errors.h"

#include <algorithm>
#include <map>

namespace diagnose {
namespace {

using scheduling::SaidPart;

constexpr qsizetype MostLines = 40;

/// Pods that one finding is about.
using Pods = std::vector<const PendingPod*>;

void about(Finding& finding, const PendingSurvey& survey, const Pods& pods)
{
    if (pods.size() == 1) {
        finding.ref = pods.front()->facts.ref;
        finding.ref->cluster = survey.cluster;
        return;
    }
    for (const PendingPod* pod : pods) {
        if (finding.evidence.size() >= MostLines)
            break;
        finding.evidence += QStringLiteral("Pod ") + shownName(*pod);
    }
}

Text whoIs(const Pods& pods)
{
    QStringList names;
    for (const PendingPod* pod : pods)
        names += shownName(*pod);
    return namesOf(names);
}

Pods podsThat(const PendingSurvey& survey, bool (*is)(const PendingPod&))
{
    Pods pods;
    for (const PendingPod& pod : survey.pods)
        if (pod.isPending() && is(pod))
            pods.push_back(&pod);
    return pods;
}

Finding noNodes()
{
    return {.id = QStringLiteral("no-nodes"),
            .title = [] { return Diagnose::tr("The cluster has no nodes"); },
            .cause = [] { return Diagnose::tr("There is no node that a pod could be placed on."); },
            .fix = {.title = [] { return Diagnose::tr("Join a node to the cluster, or start one that is off"); }}};
}

Finding gated(const PendingSurvey& survey, const Pods& pods)
{
    Finding finding{.id = QStringLiteral("scheduling-gated"), .severity = Severity::Warning, .title = [] {
                        return Diagnose::tr("Scheduling is held back by a gate");
                    }};
    finding.cause = [who = whoIs(pods)] {
        return Diagnose::tr("%1: spec.schedulingGates is not empty, so no scheduler tries to place it.")
            .arg(who.text());
    };
    for (const PendingPod* pod : pods)
        if (finding.evidence.size() < MostLines)
            finding.evidence += QStringLiteral("%1: %2").arg(shownName(*pod), pod->gates.join(QStringLiteral(", ")));
    finding.fix = {.title = [] { return Diagnose::tr("Ask whoever set the gate: its controller takes it away"); },
                   .steps = {[] {
                       return Diagnose::tr("A gate's name begins with the domain of the program that sets it, a queue "
                                           "for instance. Look whether that program runs.");
                   }}};
    about(finding, survey, pods);
    return finding;
}

Finding terminating(const PendingSurvey& survey, const Pods& pods)
{
    Finding finding{.id = QStringLiteral("pod-terminating"), .severity = Severity::Warning, .title = [] {
                        return Diagnose::tr("The pod is being deleted");
                    }};
    finding.cause = [who = whoIs(pods)] {
        return Diagnose::tr("%1 has a deletionTimestamp: it is not placed any more.").arg(who.text());
    };
    finding.fix = {.title = [] { return Diagnose::tr("Look at its finalizers if it does not go"); }};
    about(finding, survey, pods);
    return finding;
}

Finding noScheduler(const PendingSurvey& survey, const Pods& pods)
{
    const QString name = base::visible(pods.front()->schedulerName);
    const bool isStopped = isLeaseStale(survey);
    Finding finding{.id = QStringLiteral("no-scheduler"), .title = [name] {
                        return Diagnose::tr("No scheduler places the pod: “%1” is not heard").arg(name);
                    }};
    finding.cause = [who = whoIs(pods), name, isStopped] {
        return isStopped
                   ? Diagnose::tr("The scheduler “%1” has given no sign of life for minutes; %2 waits for it.")
                         .arg(name, who.text())
                   : Diagnose::tr("%2 asks for the scheduler “%1”, which has written neither a condition nor an event.")
                         .arg(name, who.text());
    };
    if (survey.renewed)
        finding.evidence +=
            QStringLiteral("Lease kube-system: renewTime %1").arg(survey.renewed->toString(Qt::ISODate));
    finding.evidence += QStringLiteral("spec.schedulerName: %1").arg(name);
    const bool isDefault = name == QLatin1String("default-scheduler");
    finding.fix = {.title =
                       [isDefault] {
                           return isDefault ? Diagnose::tr("See why kube-scheduler does not run")
                                            : Diagnose::tr("Install that scheduler, or name another one");
                       },
                   .command = isDefault ? QStringLiteral("kubectl get pods -n kube-system -l component=kube-scheduler")
                                        : QString()};
    about(finding, survey, pods);
    return finding;
}

Finding noLabels(const PendingSurvey& survey, const Pods& pods)
{
    QStringList wanted;
    for (const auto& [key, value] : pods.front()->facts.nodeSelector)
        wanted += base::visible(key + QLatin1Char('=') + value);
    Finding finding{.id = QStringLiteral("node-selector"),
                    .title = [] { return Diagnose::tr("No node has the labels that the pod asks for"); }};
    finding.cause = [who = whoIs(pods), labels = wanted.join(QStringLiteral(", "))] {
        return Diagnose::tr("%1 asks in spec.nodeSelector for %2.").arg(who.text(), labels);
    };
    finding.evidence += QStringLiteral("spec.nodeSelector: ") + wanted.join(QStringLiteral(", "));
    finding.fix = {
        .title = [] { return Diagnose::tr("Label a node, or change the node selector in the owner's template"); },
        .command = QStringLiteral("kubectl get nodes -L ") +
                   base::shellQuoted(base::visible(pods.front()->facts.nodeSelector.begin()->first))};
    about(finding, survey, pods);
    return finding;
}

/// By the scheduler's own words, what is not taints: pods with the same reasons are one finding.
void notJudged(const PendingSurvey& survey, const PendingJudgement& judgement, std::vector<Finding>& findings)
{
    struct Group {
        Pods pods;
        QStringList words;
        bool isOnly = false;
    };
    std::map<QString, Group> groups;
    for (const PodVerdict& verdict : judgement.verdicts) {
        QStringList reasons;
        for (const SaidPart& part : verdict.words.parts) {
            const bool isJudged = part.kind == SaidPart::Kind::Taint || part.kind == SaidPart::Kind::Unschedulable;
            if (!isJudged || !survey.areNodesRead)
                reasons += base::visible(part.reason);
        }
        if (reasons.isEmpty())
            continue;
        Group& group = groups[reasons.join(QStringLiteral(" · "))];
        group.pods.push_back(verdict.pod);
        group.words += base::visible(verdict.pod->lastWords());
        // Where taints and cordon close all nodes anyway, the rest is told beside.
        group.isOnly = group.isOnly || !survey.areNodesRead || !verdict.isSettled() || verdict.eligible == 0;
    }
    for (const auto& [reasons, group] : groups) {
        Finding finding{.id = QStringLiteral("not-judged"),
                        .severity = group.isOnly ? Severity::Error : Severity::Info,
                        .title = [reasons = reasons] { return Diagnose::tr("The scheduler says: %1").arg(reasons); }};
        finding.cause = [who = whoIs(group.pods), isRead = survey.areNodesRead] {
            return isRead
                       ? Diagnose::tr("%1: this is the scheduler's own reason; only taints, cordoned nodes and node "
                                      "selectors are reckoned anew here.")
                             .arg(who.text())
                       : Diagnose::tr("%1: these are the scheduler's own reasons; which nodes they mean is not known, "
                                      "since the nodes could not be read.")
                             .arg(who.text());
        };
        finding.evidence = group.words.mid(0, MostLines);
        about(finding, survey, group.pods);
        findings.push_back(std::move(finding));
    }
}

/// The words told of taints that nothing is seen of any more.
void changedSince(const PendingSurvey& survey, const PendingJudgement& judgement, std::vector<Finding>& findings)
{
    Pods pods;
    QStringList words;
    for (const PodVerdict& verdict : judgement.verdicts)
        if (survey.areNodesRead && verdict.words.isOnlyTaints() && verdict.free > 0) {
            pods.push_back(verdict.pod);
            words += base::visible(verdict.pod->lastWords());
        }
    if (pods.empty())
        return;
    Finding finding{.id = QStringLiteral("changed-since"), .severity = Severity::Info, .title = [] {
                        return Diagnose::tr("The nodes have changed since the scheduler looked");
                    }};
    finding.cause = [who = whoIs(pods)] {
        return Diagnose::tr(
                   "%1: the scheduler speaks of taints, and there are nodes now whose taints do not refuse it. "
                   "The scheduler tries again by itself, after five minutes at the latest.")
            .arg(who.text());
    };
    finding.evidence = words.mid(0, MostLines);
    about(finding, survey, pods);
    findings.push_back(std::move(finding));
}

/// A reason that does not pass by itself.
bool isTrouble(const QString& reason)
{
    return !reason.isEmpty() && reason != QLatin1String("ContainerCreating") &&
           reason != QLatin1String("PodInitializing");
}

/// "ImagePullBackOff, CrashLoopBackOff": what the pod's containers wait for and will not get by waiting.
QString troublesOf(const PendingPod& pod)
{
    QStringList reasons;
    for (const WaitingContainer& container : pod.waiting)
        if (isTrouble(container.reason))
            reasons += base::visible(container.reason);
    reasons.removeDuplicates();
    return reasons.join(QStringLiteral(", "));
}

Finding placed(const PendingSurvey& survey, const Pods& pods)
{
    Finding finding{.id = QStringLiteral("already-placed"), .severity = Severity::Warning, .title = [] {
                        return Diagnose::tr("This is no matter of scheduling");
                    }};
    const QString reasons = troublesOf(*pods.front());
    if (!reasons.isEmpty())
        finding.severity = Severity::Error;
    const auto add = [&finding](const QString& line) {
        if (finding.evidence.size() < MostLines)
            finding.evidence += line.trimmed();
    };
    for (const PendingPod* pod : pods) {
        for (const WaitingContainer& container : pod->waiting)
            add(QStringLiteral("%1 %2 %3: %4 %5")
                    .arg(shownName(*pod),
                         container.isInit ? QStringLiteral("initContainer") : QStringLiteral("container"),
                         container.name, container.reason, container.message));
        for (const kube::EventFacts& event : pod->events)
            if (event.type == QLatin1String("Warning") && event.reason != QLatin1String("FailedScheduling")) {
                add(QStringLiteral("%1: %2").arg(event.reason, event.message));
                finding.severity = Severity::Error;
            }
    }
    QStringList nodes;
    for (const PendingPod* pod : pods)
        nodes += pod->facts.nodeName;
    nodes.removeDuplicates();
    finding.cause = [who = whoIs(pods), on = namesOf(nodes), reasons] {
        return reasons.isEmpty()
                   ? Diagnose::tr("%1 has a place on %2; its containers have not started yet.")
                         .arg(who.text(), on.text())
                   : Diagnose::tr("%1 has a place on %2; its containers wait: %3.").arg(who.text(), on.text(), reasons);
    };
    const kube::ObjectRef& first = pods.front()->facts.ref;
    finding.fix = {
        .title = [] { return Diagnose::tr("Follow what the kubelet says about images, volumes and init containers"); },
        .command =
            QStringLiteral("kubectl describe pod %1 -n %2")
                .arg(base::shellQuoted(base::visible(first.name)), base::shellQuoted(base::visible(first.nameSpace)))};
    if (pods.size() == 1) {
        finding.ref = first;
        finding.ref->cluster = survey.cluster;
    }
    return finding;
}

} // namespace

std::vector<Finding> pendingFindings(const PendingSurvey& survey, const PendingJudgement& judgement)
{
    std::vector<Finding> findings;
    if (survey.areNodesRead && survey.nodes.empty() && !judgement.verdicts.empty())
        findings.push_back(noNodes());
    // Of many pods, what closes some nodes to some of them is told by the step alone.
    for (const TaintGroup& group : judgement.groups)
        if (survey.isSingle || group.isDecisive)
            findings.push_back(taintFinding(survey, judgement, group));

    std::map<scheduling::Labels, Pods> unlabelled;
    std::map<QString, Pods> unheard;
    for (const PodVerdict& verdict : judgement.verdicts) {
        if (survey.areNodesRead && !survey.nodes.empty() && verdict.eligible == 0 &&
            !verdict.pod->facts.nodeSelector.empty())
            unlabelled[verdict.pod->facts.nodeSelector].push_back(verdict.pod);
        const bool isStopped = isLeaseStale(survey) && verdict.pod->schedulerName == survey.scheduler;
        if (isLongUnheard(survey, *verdict.pod) || isStopped)
            unheard[verdict.pod->schedulerName].push_back(verdict.pod);
    }
    for (const auto& [labels, pods] : unlabelled)
        findings.push_back(noLabels(survey, pods));
    for (const auto& [name, pods] : unheard)
        findings.push_back(noScheduler(survey, pods));
    notJudged(survey, judgement, findings);
    changedSince(survey, judgement, findings);
    if (const Pods pods = podsThat(survey, [](const PendingPod& pod) { return pod.facts.isGated && !pod.isPlaced(); });
        !pods.empty())
        findings.push_back(gated(survey, pods));
    if (const Pods pods = podsThat(survey, [](const PendingPod& pod) { return pod.facts.isDeleting; }); !pods.empty())
        findings.push_back(terminating(survey, pods));
    std::map<QString, Pods> waiting;
    for (const PendingPod* pod :
         podsThat(survey, [](const PendingPod& each) { return each.isPlaced() && !each.facts.isDeleting; }))
        waiting[troublesOf(*pod)].push_back(pod);
    for (const auto& [reasons, pods] : waiting)
        findings.push_back(placed(survey, pods));
    return findings;
}

} // namespace diagnose
