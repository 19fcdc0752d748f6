#include "app/scheduling/taintimpact.h"

#include "app/base/visible.h"
#include "app/kube/jsonread.h"

#include <algorithm>

namespace scheduling {
namespace {

using Outcome = Eviction::Outcome;

Note note(const char* id, const QString& detail = {}, const QString& node = {})
{
    return {QLatin1String(id), base::visible(detail), base::visible(node)};
}

std::vector<Taint> onlyNoExecute(std::vector<Taint> taints)
{
    std::erase_if(taints, [](const Taint& taint) { return taint.effect != NoExecute; });
    return taints;
}

PodImpact podImpact(const PodFacts& pod, const std::vector<Taint>& before, const std::vector<Taint>& after)
{
    PodImpact impact{.pod = pod, .eviction = evictionOf(after, pod.tolerations)};
    const Eviction was = evictionOf(before, pod.tolerations);
    const bool goes = impact.eviction.outcome != Outcome::Stays;
    const bool same = was.outcome == impact.eviction.outcome && was.afterSeconds == impact.eviction.afterSeconds;
    // The controller looks at a node's pods only when its NoExecute taints change.
    impact.isNew = goes && !same && !pod.isDeleting && onlyNoExecute(before) != onlyNoExecute(after);
    impact.losesLocalData = goes && pod.losesLocalData();
    const auto add = [&impact](Note each) { impact.notes.push_back(std::move(each)); };
    if (pod.isDeleting)
        add(note("terminating"));
    if (pod.isMirror)
        add(note("mirror"));
    if (impact.eviction.uncertain)
        add(note("comparison"));
    if (!goes) {
        if (was.outcome == Outcome::EvictedAfter)
            add(note("evictionCanceled"));
        return impact;
    }
    if (pod.isFinished())
        add(note("finished"));
    if (!impact.isNew && !pod.isDeleting)
        add(note("notAnew"));
    if (pod.isOfDaemonSet()) {
        // Its controller makes none where a hard taint is not tolerated, for however short a time.
        if (!blockingTaints(after, pod.tolerations).empty()) {
            impact.replacement = Replacement::NotRecreated;
            add(note("daemonSet"));
        }
    } else if (!pod.hasOwner()) {
        impact.replacement = Replacement::NotRecreated;
        if (!pod.isMirror)
            add(note("bare"));
    }
    if (!pod.emptyDirs.isEmpty())
        add(note("emptyDir", pod.emptyDirs.join(QLatin1String(", "))));
    if (!pod.hostPaths.isEmpty())
        add(note("hostPath", pod.hostPaths.join(QLatin1String(", "))));
    return impact;
}

NodeImpact nodeImpact(const Survey& survey, const NodeFacts& node, const TaintEdit& edit)
{
    NodeImpact impact{.name = node.name,
                      .before = node.taints.is_array() ? node.taints : kube::Json::array(),
                      .after = withEdit(node.taints, edit)};
    impact.changes = impact.before != impact.after;
    const auto before = taintList(impact.before);
    const auto after = taintList(impact.after);
    for (const PodFacts& pod : survey.pods) {
        if (pod.nodeName != node.name)
            continue;
        impact.pods.push_back(podImpact(pod, before, after));
        if (pod.isOfDaemonSet())
            impact.daemonSets.push_back({.ref = pod.owner,
                                         .keepsPod = impact.pods.back().eviction.outcome == Outcome::Stays ||
                                                     blockingTaints(after, pod.tolerations).empty()});
    }
    return impact;
}

std::vector<Placement> placements(const Survey& survey, const TaintImpact& impact)
{
    std::vector<Placement> placements;
    for (const PodFacts& pod : survey.pending) {
        if (pod.isGated || pod.isDeleting)
            continue;
        Placement placement{.pod = pod, .nodes = {}};
        for (std::size_t i = 0; i < survey.nodes.size(); ++i) {
            const NodeFacts& node = survey.nodes[i];
            const bool wasRefused = !blockingTaints(taintList(impact.nodes[i].before), pod.tolerations).empty();
            const bool isRefused = !blockingTaints(taintList(impact.nodes[i].after), pod.tolerations).empty();
            if (wasRefused && !isRefused && fitsSelector(pod, node) && !isCordonedFor(pod, node))
                placement.nodes += node.name;
        }
        if (!placement.nodes.isEmpty())
            placements.push_back(std::move(placement));
    }
    return placements;
}

std::vector<BudgetImpact> budgetImpacts(const Survey& survey, const TaintImpact& impact)
{
    std::vector<BudgetImpact> budgets;
    for (const BudgetFacts& budget : survey.budgets) {
        BudgetImpact each{.ref = budget.ref, .disruptionsAllowed = budget.disruptionsAllowed.value_or(0)};
        for (const NodeImpact& node : impact.nodes)
            for (const PodImpact& pod : node.pods)
                if (pod.isNew && !pod.pod.isFinished() && pod.pod.ref.nameSpace == budget.ref.nameSpace &&
                    selects(budget.selector, pod.pod.labels))
                    ++each.evicted;
        each.wouldBreak = each.evicted > each.disruptionsAllowed;
        if (each.evicted > 0)
            budgets.push_back(std::move(each));
    }
    return budgets;
}

/// What is not there cannot be removed, and what is there with another value gets another.
void warnOfNode(const NodeImpact& node, const TaintEdit& edit, std::vector<Note>& warnings)
{
    const auto before = taintList(node.before);
    for (const TaintRemoval& removal : edit.remove)
        if (std::ranges::none_of(before, [&](const Taint& taint) { return removal.covers(taint); }))
            warnings.push_back(note("taintNotThere", specsOf({{}, {removal}}).front().chopped(1), node.name));
    for (const Taint& taint : edit.set)
        for (const Taint& was : before)
            if (was.isSame(taint) && was.value != taint.value)
                warnings.push_back(note("valueReplaced", text(was), node.name));
}

std::vector<Note> warningsOf(const Survey& survey, const TaintImpact& impact, const TaintEdit& edit)
{
    std::vector<Note> warnings;
    QStringList controllers;
    for (const Taint& taint : edit.set)
        if (isControllersKey(taint.key))
            controllers += taint.key;
    for (const TaintRemoval& removal : edit.remove)
        if (isControllersKey(removal.key))
            controllers += removal.key;
    controllers.removeDuplicates();
    for (const QString& key : controllers)
        warnings.push_back(note("controllerTaint", key));
    const bool isHard =
        std::ranges::any_of(edit.set, [](const Taint& taint) { return taint.effect != PreferNoSchedule; });
    for (std::size_t i = 0; i < survey.nodes.size(); ++i) {
        const NodeFacts& node = survey.nodes[i];
        if (isHard && node.isControlPlane() && impact.nodes[i].changes)
            warnings.push_back(note(survey.isPlatform ? "globalMaster" : "controlPlane", node.name, node.name));
        warnOfNode(impact.nodes[i], edit, warnings);
    }
    if (!impact.budgets.empty())
        warnings.push_back(note("budgetsIgnored"));
    if (survey.podsError)
        warnings.push_back(note("podsUnknown"));
    if (survey.pendingError)
        warnings.push_back(note("pendingUnknown"));
    if (survey.budgetsError)
        warnings.push_back(note("budgetsUnknown"));
    if (!impact.changesAnything())
        warnings.push_back(note("nothingChanges"));
    return warnings;
}

template <typename Judge> int count(const TaintImpact& impact, Judge judge)
{
    std::ptrdiff_t count = 0;
    for (const NodeImpact& node : impact.nodes)
        count += std::ranges::count_if(node.pods, judge);
    return static_cast<int>(count);
}

} // namespace

QString idOf(Replacement replacement)
{
    return replacement == Replacement::Unknown ? QStringLiteral("unknown") : QStringLiteral("notRecreated");
}

int TaintImpact::evictedNow() const
{
    return count(*this, [](const PodImpact& pod) { return pod.isNew && pod.eviction.outcome == Outcome::EvictedNow; });
}

int TaintImpact::evictedLater() const
{
    return count(*this,
                 [](const PodImpact& pod) { return pod.isNew && pod.eviction.outcome == Outcome::EvictedAfter; });
}

int TaintImpact::staying() const
{
    return count(*this, [](const PodImpact& pod) { return pod.eviction.outcome == Outcome::Stays; });
}

bool TaintImpact::changesAnything() const
{
    return std::ranges::any_of(nodes, [](const NodeImpact& node) { return node.changes; });
}

TaintImpact impactOf(const Survey& survey, const TaintEdit& edit)
{
    TaintImpact impact;
    for (const NodeFacts& node : survey.nodes)
        impact.nodes.push_back(nodeImpact(survey, node, edit));
    impact.becomeSchedulable = placements(survey, impact);
    impact.budgets = budgetImpacts(survey, impact);
    impact.warnings = warningsOf(survey, impact, edit);
    return impact;
}

} // namespace scheduling
