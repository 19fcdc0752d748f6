#include "app/cli/tainttext.h"

#include "app/base/visible.h"
#include "app/cli/jsonparts.h"
#include "app/kube/jsonread.h"
#include "app/kube/objectname.h"
#include "app/messages/changes.h"
#include "app/messages/taints.h"

#include <QCoreApplication>
#include <algorithm>

namespace cli {
namespace {

using Outcome = scheduling::Eviction::Outcome;

struct Cli {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

kube::Json noteJson(const scheduling::Note& note)
{
    return {{"id", note.id.toStdString()}, {"message", messages::sentence(note).toStdString()}};
}

kube::Json notesJson(const std::vector<scheduling::Note>& notes)
{
    kube::Json list = kube::Json::array();
    for (const scheduling::Note& note : notes)
        list.push_back(noteJson(note));
    return list;
}

kube::Json tolerationJson(const scheduling::Toleration& toleration)
{
    return {{"key", textOrNull(toleration.key)},
            {"operator", toleration.op.isEmpty() ? kube::Json("Equal") : kube::Json(toleration.op.toStdString())},
            {"value", textOrNull(toleration.value)},
            {"effect", textOrNull(toleration.effect)},
            {"tolerationSeconds", toleration.seconds ? kube::Json(*toleration.seconds) : kube::Json(nullptr)}};
}

kube::Json podJson(const scheduling::PodImpact& pod)
{
    kube::Json tolerations = kube::Json::array();
    for (const scheduling::Toleration& toleration : pod.eviction.used)
        tolerations.push_back(tolerationJson(toleration));
    return {{"ref", refJson(pod.pod.ref)},
            {"owner", pod.pod.hasOwner() ? refJson(pod.pod.owner) : kube::Json(nullptr)},
            {"outcome", scheduling::idOf(pod.eviction.outcome).toStdString()},
            {"afterSeconds", pod.eviction.outcome == Outcome::EvictedAfter ? kube::Json(pod.eviction.afterSeconds)
                                                                           : kube::Json(nullptr)},
            {"caused", pod.isNew},
            {"tolerations", std::move(tolerations)},
            {"replacement", scheduling::idOf(pod.replacement).toStdString()},
            {"fitsNodes", kube::Json::array()},
            {"losesLocalData", pod.losesLocalData},
            {"notes", notesJson(pod.notes)}};
}

QString nameOf(const kube::ObjectRef& ref)
{
    return kube::shownName(ref.nameSpace, ref.name);
}

/// "+ a=1:NoSchedule" and "- …" for what the lists do not share.
QStringList difference(const kube::Json& before, const kube::Json& after)
{
    QStringList lines;
    const auto add = [&lines](const kube::Json& from, const kube::Json& other, QLatin1Char sign) {
        for (const kube::Json& taint : kube::elements(from))
            if (std::ranges::find(kube::elements(other), taint) == kube::elements(other).end())
                lines += QStringLiteral("  %1 %2").arg(sign).arg(scheduling::text(scheduling::taintOf(taint)));
    };
    add(before, after, QLatin1Char('-'));
    add(after, before, QLatin1Char('+'));
    return lines;
}

void printPods(Run& run, const scheduling::TaintImpact& impact)
{
    std::vector<QStringList> rows;
    for (const scheduling::NodeImpact& node : impact.nodes)
        for (const scheduling::PodImpact& pod : node.pods) {
            if (pod.eviction.outcome == Outcome::Stays && pod.notes.empty())
                continue;
            QStringList notes;
            for (const scheduling::Note& note : pod.notes)
                notes += messages::sentence(note);
            rows.push_back({base::visible(node.name), nameOf(pod.pod.ref), messages::outcomeText(pod.eviction),
                            notes.join(QLatin1Char(' '))});
        }
    if (!rows.empty())
        run.printTable({Cli::tr("NODE"), Cli::tr("POD"), Cli::tr("WHAT HAPPENS"), Cli::tr("NOTES")}, rows);
}

} // namespace

kube::Json impactJson(const scheduling::TaintImpact& impact)
{
    kube::Json nodes = kube::Json::array();
    for (const scheduling::NodeImpact& node : impact.nodes) {
        kube::Json pods = kube::Json::array();
        for (const scheduling::PodImpact& pod : node.pods)
            pods.push_back(podJson(pod));
        kube::Json daemonSets = kube::Json::array();
        for (const scheduling::DaemonSetImpact& daemonSet : node.daemonSets)
            daemonSets.push_back({{"ref", refJson(daemonSet.ref)}, {"keepsPod", daemonSet.keepsPod}});
        nodes.push_back({{"name", node.name.toStdString()},
                         {"before", node.before},
                         {"after", node.after},
                         {"pods", std::move(pods)},
                         {"daemonSets", std::move(daemonSets)}});
    }
    kube::Json schedulable = kube::Json::array();
    for (const scheduling::Placement& placement : impact.becomeSchedulable)
        schedulable.push_back({{"ref", refJson(placement.pod.ref)}, {"nodes", texts(placement.nodes)}});
    kube::Json budgets = kube::Json::array();
    for (const scheduling::BudgetImpact& budget : impact.budgets)
        budgets.push_back({{"ref", refJson(budget.ref)},
                           {"wouldBreak", budget.wouldBreak},
                           {"message", messages::sentence(budget).toStdString()}});
    return {{"nodes", std::move(nodes)},
            {"becomeSchedulable", std::move(schedulable)},
            {"budgets", std::move(budgets)},
            {"warnings", notesJson(impact.warnings)}};
}

void printImpact(Run& run, const scheduling::TaintImpact& impact, const change::FlowGroup& group, bool isApplied)
{
    QStringList lines;
    for (const scheduling::NodeImpact& node : impact.nodes) {
        lines += base::visible(node.name) + QLatin1Char(':');
        const QStringList changes = difference(node.before, node.after);
        lines += changes.isEmpty() ? QStringList(QStringLiteral("  ") + Cli::tr("no change")) : changes;
    }
    lines += Cli::tr("Pods: %1 stay, %2 evicted now, %3 evicted later.")
                 .arg(impact.staying())
                 .arg(impact.evictedNow())
                 .arg(impact.evictedLater());
    run.print((lines.join(QLatin1Char('\n')) + QLatin1Char('\n')).toUtf8());
    printPods(run, impact);
    lines.clear();
    for (const scheduling::Placement& placement : impact.becomeSchedulable)
        lines += Cli::tr("As far as taints go, %1 can be placed on %2.")
                     .arg(nameOf(placement.pod.ref), base::visible(placement.nodes.join(QLatin1String(", "))));
    for (const scheduling::BudgetImpact& budget : impact.budgets)
        lines += messages::sentence(budget);
    for (const scheduling::Note& warning : impact.warnings)
        lines += messages::sentence(warning);
    QStringList notices;
    for (const auto& flow : group.flows())
        for (const change::Notice& notice : flow->notices())
            notices += messages::sentence(notice);
    notices.removeDuplicates();
    lines += notices;
    if (!isApplied)
        lines += Cli::tr("Nothing was sent. With --apply it is.");
    for (const auto& flow : group.flows())
        if (isApplied && flow->state() == change::Flow::State::Applied && flow->changesAnything())
            lines += Cli::tr("%1 is written (version %2).")
                         .arg(base::visible(flow->intent().target().name), flow->resourceVersionAfter());
    run.print((lines.join(QLatin1Char('\n')) + QLatin1Char('\n')).toUtf8());
}

} // namespace cli
