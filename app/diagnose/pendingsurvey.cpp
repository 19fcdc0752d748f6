#include "app/diagnose/pendingsurvey.h"

#include "app/base/visible.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace diagnose {
namespace {

using scheduling::SaidPart;
using scheduling::SchedulerWords;
using scheduling::Taint;

constexpr qint64 UnheardSeconds = 60;
constexpr qint64 StaleSeconds = 120; ///< leader election gives a lease up after 15 s
constexpr qsizetype MostNames = 12;

/// Pods that no node can tell apart: of a thousand pending pods most are of a few workloads.
using Demand = std::tuple<std::string, scheduling::Labels, QString>;
Demand demandOf(const PendingPod& pod)
{
    return {pod.facts.servedTolerations.dump(-1, ' ', true, kube::Json::error_handler_t::replace),
            pod.facts.nodeSelector, pod.pinnedNode};
}

/// What taints do to all pods of one demand.
struct Outlook {
    int eligible = 0;
    int free = 0;
    int refusing = 0; ///< of all nodes, as the scheduler counts: its taint plugin comes before node affinity
    std::map<std::pair<QString, QString>, int> named; ///< key and value of the first taint that refuses -> nodes
    std::vector<std::pair<const SeenNode*, scheduling::Refusal>> refusals; ///< of eligible nodes
};

Outlook outlookOf(const PendingPod& pod, const std::vector<SeenNode>& nodes)
{
    Outlook outlook;
    for (const SeenNode& node : nodes) {
        scheduling::Refusal refusal = scheduling::refusalOf(pod.facts, node.facts);
        if (refusal.isAny())
            ++outlook.refusing;
        if (!refusal.isCordoned && !refusal.taints.empty())
            ++outlook.named[{refusal.taints.front().key, refusal.taints.front().value}];
        const bool isAskedFor = pod.pinnedNode.isEmpty() || pod.pinnedNode == node.facts.name;
        if (!isAskedFor || !scheduling::fitsSelector(pod.facts, node.facts))
            continue;
        ++outlook.eligible;
        if (refusal.isAny())
            outlook.refusals.emplace_back(&node, std::move(refusal));
        else
            ++outlook.free;
    }
    return outlook;
}

/// Before 1.18 the taint came after resources and selectors, and the first reason of a node hid the others.
bool isOldOrder(const SchedulerWords& words)
{
    return std::ranges::any_of(words.parts, [](const SaidPart& part) {
        return part.kind == SaidPart::Kind::Taint && part.reason.contains(QLatin1String("had taints that"));
    });
}

Agreement compare(const SchedulerWords& words, const Outlook& outlook, std::size_t nodes)
{
    using Kind = SaidPart::Kind;
    if (words.noNodes)
        return nodes == 0 ? Agreement::Agrees : Agreement::Differs;
    if (!words.nodes)
        return words.parts.empty() ? Agreement::NoWords : Agreement::NotComparable;
    if (std::ranges::any_of(words.parts, [](const SaidPart& part) { return !part.count; }))
        return Agreement::NotComparable; // said before any node was looked at
    if (static_cast<std::size_t>(*words.nodes) != nodes)
        return Agreement::Differs;
    const int said = words.count(Kind::Taint) + words.count(Kind::Unschedulable);
    if (said != outlook.refusing && !(isOldOrder(words) && said < outlook.refusing && !words.isOnlyTaints()))
        return Agreement::Differs;
    for (const SaidPart& part : words.parts) {
        if (!part.isTaintNamed || scheduling::isCordonKey(part.taintKey))
            continue;
        const auto found = outlook.named.find({part.taintKey, part.taintValue});
        if (found == outlook.named.end() || found->second != part.count)
            return Agreement::Differs;
    }
    return Agreement::Agrees;
}

using Key = std::tuple<bool, QString, QString, QString>;

/// One demand's refusals, and the pods that have it.
void group(std::map<Key, TaintGroup>& groups, const Outlook& outlook, const std::vector<const PendingPod*>& pods)
{
    std::set<TaintGroup*> touched;
    const auto add = [&](const Taint& taint, const SeenNode* node) {
        TaintGroup& into = groups[{outlook.free == 0, taint.key, taint.value, taint.effect}];
        into.taint = {taint.key, taint.value, taint.effect, {}};
        into.nodes.insert(node);
        into.isDecisive = outlook.free == 0;
        touched.insert(&into);
    };
    for (const auto& [node, refusal] : outlook.refusals) {
        if (refusal.isCordoned)
            add({}, node);
        for (const Taint& taint : refusal.taints)
            add(taint, node);
    }
    for (TaintGroup* each : touched)
        each->pods.insert(pods.begin(), pods.end());
}

} // namespace

PendingJudgement judge(const PendingSurvey& survey)
{
    PendingJudgement judgement;
    std::map<Demand, std::vector<const PendingPod*>> demands;
    for (const PendingPod& pod : survey.pods)
        if (pod.awaitsPlace())
            demands[demandOf(pod)].push_back(&pod);
    std::map<Key, TaintGroup> groups;
    std::map<const PendingPod*, PodVerdict> verdicts;
    for (const auto& [demand, pods] : demands) {
        const Outlook outlook = outlookOf(*pods.front(), survey.nodes);
        if (survey.areNodesRead)
            group(groups, outlook, pods);
        for (const PendingPod* pod : pods) {
            PodVerdict verdict{.pod = pod, .words = scheduling::readSchedulerWords(pod->lastWords())};
            verdict.eligible = outlook.eligible;
            verdict.free = outlook.free;
            if (verdict.words.parts.empty() && !verdict.words.noNodes)
                verdict.agreement = Agreement::NoWords;
            else if (!survey.areNodesRead || !pod->pinnedNode.isEmpty())
                verdict.agreement = Agreement::NotComparable;
            else
                verdict.agreement = compare(verdict.words, outlook, survey.nodes.size());
            verdicts.emplace(pod, std::move(verdict));
        }
    }
    for (auto& [pod, verdict] : verdicts)
        judgement.verdicts.push_back(std::move(verdict));
    for (auto& [key, each] : groups)
        judgement.groups.push_back(std::move(each));
    // What keeps most nodes away comes first.
    std::ranges::stable_sort(judgement.groups, [](const TaintGroup& a, const TaintGroup& b) {
        return std::pair(a.isDecisive, a.nodes.size()) > std::pair(b.isDecisive, b.nodes.size());
    });
    return judgement;
}

bool isLongUnheard(const PendingSurvey& survey, const PendingPod& pod)
{
    return pod.awaitsPlace() && !pod.wasLookedAt() && pod.created.isValid() &&
           pod.created.secsTo(survey.now) >= UnheardSeconds;
}

bool isLeaseStale(const PendingSurvey& survey)
{
    return survey.renewed && survey.renewed->secsTo(survey.now) >= StaleSeconds;
}

namespace {

Text firstOf(const QStringList& all, const QString& between)
{
    QStringList first;
    for (const QString& each : all.mid(0, MostNames))
        first += base::visible(each);
    const auto more = static_cast<int>(all.size() - first.size());
    const QString joined = first.join(between);
    if (more == 0)
        return joined;
    return [joined, more] { return Diagnose::tr("%1 and %n more", "names", more).arg(joined); };
}

} // namespace

Text namesOf(const QStringList& names)
{
    return firstOf(names, QStringLiteral(", "));
}

Text linesOf(const QStringList& lines)
{
    return firstOf(lines, QStringLiteral(" | "));
}

} // namespace diagnose
