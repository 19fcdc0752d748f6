// What the steps of the guide pod-pending say.

#include "app/base/moment.h"
#include "app/base/visible.h"
#include "app/diagnose/pending.h"
#include "app/messages/errors.h"

#include <algorithm>
#include <map>

namespace diagnose {
namespace {

using scheduling::SaidPart;

/// "2 × node(s) were unschedulable; 1 × Insufficient cpu"
QString partsOf(const scheduling::SchedulerWords& words, bool (*wanted)(const SaidPart&))
{
    QStringList parts;
    for (const SaidPart& part : words.parts)
        if (wanted(part))
            parts += part.count ? QStringLiteral("%1 × %2").arg(*part.count).arg(base::visible(part.reason))
                                : base::visible(part.reason);
    return parts.join(QStringLiteral("; "));
}

bool any(const SaidPart&)
{
    return true;
}

bool isNotJudged(const SaidPart& part)
{
    return part.kind != SaidPart::Kind::Taint && part.kind != SaidPart::Kind::Unschedulable;
}

} // namespace

void PendingExamination::tellPod()
{
    if (!m_survey.isSingle) {
        int placed = 0;
        int gated = 0;
        for (const PendingPod& pod : m_survey.pods) {
            placed += pod.isPlaced() ? 1 : 0;
            gated += pod.facts.isGated && !pod.isPlaced() ? 1 : 0;
        }
        const auto count = static_cast<int>(m_survey.pods.size());
        settle("pod", count == 0 ? StepResult::Pass : StepResult::Fail, [count, placed, gated] {
            return count == 0
                       ? Diagnose::tr("No pod is pending here.")
                       : Diagnose::tr("%n pod(s) pending; of these %1 have a place already, %2 are held by a gate.",
                                      nullptr, count)
                             .arg(placed)
                             .arg(gated);
        });
        return;
    }
    const PendingPod& pod = m_survey.pods.front();
    const QString name = shownName(pod);
    if (!pod.isPending()) {
        settle("pod", StepResult::Pass, [name, phase = base::visible(pod.facts.phase)] {
            return Diagnose::tr("%1 is not pending: its phase is %2.").arg(name, phase);
        });
        return;
    }
    settle("pod", StepResult::Fail, [pod, name] {
        if (pod.facts.isDeleting)
            return Diagnose::tr("%1 is pending, and is being deleted.").arg(name);
        if (pod.isPlaced())
            return Diagnose::tr("%1 is pending, but has a place: node %2.")
                .arg(name, base::visible(pod.facts.nodeName));
        if (pod.facts.isGated)
            return Diagnose::tr("%1 is pending and has no node; held by the scheduling gates %2.")
                .arg(name, base::visible(pod.gates.join(QStringLiteral(", "))));
        return Diagnose::tr("%1 is pending and has no node; it is to be placed by the scheduler “%2”.")
            .arg(name, base::visible(pod.schedulerName));
    });
}

void PendingExamination::tellWords()
{
    int withEvent = 0;
    int withWords = 0;
    std::map<QString, int> words;
    for (const PendingPod& pod : m_survey.pods) {
        withEvent += pod.failedScheduling() ? 1 : 0;
        if (pod.awaitsPlace() && !pod.lastWords().isEmpty()) {
            ++withWords;
            ++words[partsOf(scheduling::readSchedulerWords(pod.lastWords()), any)];
        }
    }
    const bool isAwaiting = std::ranges::any_of(m_survey.pods, &PendingPod::awaitsPlace);
    if (m_survey.eventsError) {
        settle("events", StepResult::Unknown, said(*m_survey.eventsError));
    } else if (m_survey.isSingle) {
        const PendingPod& pod = m_survey.pods.front();
        if (const kube::EventFacts* event = pod.failedScheduling())
            settle("events", StepResult::Fail, [event = *event] {
                return Diagnose::tr("FailedScheduling, last seen %1, %n time(s): %2", nullptr,
                                    static_cast<int>(event.count))
                    .arg(base::moment(event.when), base::visible(event.message));
            });
        else
            settle("events", isAwaiting ? StepResult::Unknown : StepResult::Pass,
                   [isLookedAt = pod.hasCondition, isAwaiting, count = static_cast<int>(pod.events.size())] {
                       if (!isAwaiting)
                           return Diagnose::tr("%n event(s) about it, none of them FailedScheduling.", nullptr, count);
                       return isLookedAt
                                  ? Diagnose::tr("There is no event FailedScheduling (any more): events go after an "
                                                 "hour. The pod's condition PodScheduled tells the same.")
                                  : Diagnose::tr("There is no event FailedScheduling: either it has gone after an "
                                                 "hour, or no scheduler has looked at the pod.");
                   });
    } else {
        settle("events", withEvent > 0 ? StepResult::Fail : StepResult::Unknown, [withEvent] {
            return withEvent > 0
                       ? Diagnose::tr("%n pod(s) have an event FailedScheduling.", nullptr, withEvent)
                       : Diagnose::tr("There is no event FailedScheduling (any more): events go after an hour.");
        });
    }
    if (!isAwaiting)
        return;
    if (withWords == 0) {
        settle("words", StepResult::Unknown, [] { return Diagnose::tr("It has said nothing."); });
        return;
    }
    QStringList lines;
    for (const auto& [line, count] : words)
        lines += m_survey.isSingle ? line : QStringLiteral("%1 Pod: %2").arg(count).arg(line);
    settle("words", StepResult::Fail, linesOf(lines));
}

void PendingExamination::tellScheduler(const std::optional<base::Error>& error)
{
    int unheard = 0;
    int young = 0;
    for (const PendingPod& pod : m_survey.pods)
        if (pod.awaitsPlace() && !pod.wasLookedAt())
            ++(isLongUnheard(m_survey, pod) ? unheard : young);
    const QString name = base::visible(m_survey.scheduler);
    const bool isStale = isLeaseStale(m_survey);
    const Text lease = [error, renewed = m_survey.renewed] {
        if (renewed)
            return Diagnose::tr("Its lease was renewed at %1.").arg(base::moment(*renewed));
        return error ? messages::sentence(*error) : QString();
    };
    const auto first = [unheard, young, name, isStale] {
        if (isStale)
            return Diagnose::tr("“%1” gives no sign of life.").arg(name);
        if (unheard > 0)
            return Diagnose::tr("“%1” has not looked at %n pod(s).", nullptr, unheard).arg(name);
        return young > 0 ? Diagnose::tr("“%1” has not looked at the pod yet, which was made a moment ago.").arg(name)
                         : Diagnose::tr("“%1” works, and has looked at what waits for it.").arg(name);
    };
    const auto result = isStale || unheard > 0 ? StepResult::Fail : young > 0 ? StepResult::Unknown : StepResult::Pass;
    settle("scheduler", result, [first, lease] {
        const QString more = lease.text();
        return more.isEmpty() ? first() : Diagnose::tr("%1 %2", "two sentences").arg(first(), more);
    });
}

void PendingExamination::tellNodes(const PendingJudgement& judgement)
{
    if (m_survey.nodesError) {
        settle("nodes", StepResult::Unknown, said(*m_survey.nodesError));
        return;
    }
    const auto nodes = static_cast<int>(m_survey.nodes.size());
    if (nodes == 0) {
        settle("nodes", StepResult::Fail, [] { return Diagnose::tr("The cluster has no nodes."); });
        return;
    }
    QMap<QString, QStringList> refusing; // the same taint may close all nodes to one pod and some to another
    for (const TaintGroup& group : judgement.groups) {
        QStringList& names =
            refusing[group.isCordon() ? QStringLiteral("spec.unschedulable") : scheduling::text(group.taint)];
        for (const SeenNode* node : group.nodes)
            names += node->facts.name;
    }
    QStringList lines;
    for (auto each = refusing.begin(); each != refusing.end(); ++each) {
        each.value().removeDuplicates();
        lines += QStringLiteral("%1 (%2)").arg(each.key(), namesOf(each.value()).text());
    }
    const bool isOpen =
        std::ranges::all_of(judgement.verdicts, [](const PodVerdict& verdict) { return verdict.free > 0; });
    if (m_survey.isSingle) {
        const PodVerdict& verdict = judgement.verdicts.front();
        settle("nodes", isOpen ? StepResult::Pass : StepResult::Fail,
               [nodes, eligible = verdict.eligible, free = verdict.free, lines] {
                   const QString first =
                       Diagnose::tr("%n node(s), %1 with the labels asked for; %2 of these are open to the pod.",
                                    nullptr, nodes)
                           .arg(eligible)
                           .arg(free);
                   return lines.isEmpty()
                              ? first
                              : Diagnose::tr("%1 Refused by: %2", "a sentence, then taints with their nodes")
                                    .arg(first, lines.join(QStringLiteral("; ")));
               });
        return;
    }
    const auto closed = static_cast<int>(
        std::ranges::count_if(judgement.verdicts, [](const PodVerdict& verdict) { return verdict.free == 0; }));
    settle("nodes", isOpen ? StepResult::Pass : StepResult::Fail, [nodes, closed, lines] {
        const QString first = Diagnose::tr("%n node(s); to %1 pods none of them is open.", nullptr, nodes).arg(closed);
        return lines.isEmpty() ? first
                               : Diagnose::tr("%1 Refused by: %2", "a sentence, then taints with their nodes")
                                     .arg(first, lines.join(QStringLiteral("; ")));
    });
}

void PendingExamination::tellAgreement(const PendingJudgement& judgement)
{
    const auto count = [&judgement](Agreement agreement) {
        return static_cast<int>(std::ranges::count(judgement.verdicts, agreement, &PodVerdict::agreement));
    };
    const int agreeing = count(Agreement::Agrees);
    const int differing = count(Agreement::Differs);
    if (agreeing + differing == 0) {
        settle("agreement", StepResult::Skipped, [isRead = m_survey.areNodesRead] {
            return isRead ? Diagnose::tr("There are no words of the scheduler that name numbers of nodes.")
                          : Diagnose::tr("The nodes could not be read.");
        });
    } else if (differing == 0) {
        settle("agreement", StepResult::Pass,
               [] { return Diagnose::tr("The nodes as they are now refuse just as many as the scheduler says."); });
    } else {
        settle("agreement", StepResult::Unknown, [differing, isSingle = m_survey.isSingle] {
            return isSingle
                       ? Diagnose::tr("No: by taints and cordon as they are now, another number of nodes refuses the "
                                      "pod than the scheduler says. They have changed since it looked.")
                       : Diagnose::tr("Not for %n pod(s): their nodes have changed since the scheduler looked.",
                                      nullptr, differing);
        });
    }
}

void PendingExamination::tellRest(const PendingJudgement& judgement)
{
    QStringList lines;
    bool hasWords = false;
    for (const PodVerdict& verdict : judgement.verdicts) {
        hasWords = hasWords || !verdict.words.parts.empty();
        const QString line = partsOf(verdict.words, isNotJudged);
        if (!line.isEmpty() && !lines.contains(line))
            lines += line;
    }
    if (lines.isEmpty())
        settle("rest", hasWords ? StepResult::Pass : StepResult::Skipped, [hasWords] {
            return hasWords ? Diagnose::tr("Nothing but taints and cordoned nodes.")
                            : Diagnose::tr("The scheduler has said nothing.");
        });
    else
        settle("rest", StepResult::Unknown, [words = linesOf(lines)] {
            return Diagnose::tr("Not reckoned anew here, by its own words: %1").arg(words.text());
        });
}

void PendingExamination::tellContainers()
{
    QStringList waits;
    int placed = 0;
    for (const PendingPod& pod : m_survey.pods) {
        if (!pod.isPending() || !pod.isPlaced())
            continue;
        ++placed;
        for (const WaitingContainer& container : pod.waiting)
            waits += QStringLiteral("%1: %2").arg(container.name, container.reason);
    }
    waits.removeDuplicates();
    if (placed == 0)
        settle("containers", StepResult::Skipped, [] { return Diagnose::tr("They start when the pod has a place."); });
    else if (waits.isEmpty())
        settle("containers", StepResult::Unknown,
               [] { return Diagnose::tr("The kubelet has told nothing of them yet."); });
    else
        settle("containers", StepResult::Fail, linesOf(waits));
}

} // namespace diagnose
