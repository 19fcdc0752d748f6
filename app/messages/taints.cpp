#include "app/messages/taints.h"

#include "app/kube/objectname.h"

#include <QCoreApplication>

namespace messages {
namespace {

struct Taints {
    Q_DECLARE_TR_FUNCTIONS(Taints)
};

} // namespace

QString sentence(const scheduling::SpecProblem& problem)
{
    const auto is = [&problem](const char* id) { return problem.id == QLatin1String(id); };
    const QString& detail = problem.detail;
    if (is("effectMissing"))
        return Taints::tr("“%1” names no effect: a taint is added as key=value:effect and removed as key:effect- or "
                          "key-.")
            .arg(problem.spec);
    if (is("effectUnknown"))
        return Taints::tr("“%1” is no effect: NoSchedule, PreferNoSchedule and NoExecute are.").arg(detail);
    if (is("keyEmpty"))
        return Taints::tr("A taint needs a key.");
    if (is("keyInvalid"))
        return Taints::tr("“%1” cannot be a key: it is made of letters, digits, “-”, “_” and “.”, begins and ends with "
                          "a letter or digit, and may have a domain and one “/” before it.")
            .arg(detail);
    if (is("keyTooLong"))
        return Taints::tr("The key “%1” is longer than 63 characters.").arg(detail);
    if (is("prefixEmpty"))
        return Taints::tr("Nothing stands before the “/” of the key: a domain is wanted there.");
    if (is("prefixInvalid"))
        return Taints::tr("“%1” cannot stand before the “/” of a key: it is a domain of lower-case letters, digits, "
                          "“-” and “.”.")
            .arg(detail);
    if (is("prefixTooLong"))
        return Taints::tr("The domain “%1” is longer than 253 characters.").arg(detail);
    if (is("valueInvalid"))
        return Taints::tr("“%1” cannot be a value: it is made of letters, digits, “-”, “_” and “.”, and begins and "
                          "ends with a letter or digit.")
            .arg(detail);
    if (is("valueTooLong"))
        return Taints::tr("The value “%1” is longer than 63 characters.").arg(detail);
    if (is("duplicate"))
        return Taints::tr("%1 is added twice.").arg(detail);
    if (is("addedAndRemoved"))
        return Taints::tr("%1 is both added and removed.").arg(detail);
    return Taints::tr("“%1” is not a taint: key=value:effect or key:effect adds one, key:effect- or key- removes it.")
        .arg(problem.spec);
}

QString effectSentence(const QString& effect)
{
    if (effect == scheduling::NoSchedule)
        return Taints::tr(
            "NoSchedule: pods that do not tolerate it are not placed here any more; those that run stay.");
    if (effect == scheduling::PreferNoSchedule)
        return Taints::tr("PreferNoSchedule: pods that do not tolerate it are placed elsewhere where that is possible; "
                          "nothing is kept away for certain.");
    if (effect == scheduling::NoExecute)
        return Taints::tr("NoExecute: pods that do not tolerate it are deleted now; PodDisruptionBudgets do not stop "
                          "it.");
    return {};
}

QString sentence(const scheduling::Note& note)
{
    const auto is = [&note](const char* id) { return note.id == QLatin1String(id); };
    const QString& detail = note.detail;
    if (is("emptyDir"))
        return Taints::tr("The data of its emptyDir volumes (%1) goes with it.").arg(detail);
    if (is("hostPath"))
        return Taints::tr("It uses directories of this node (%1): elsewhere it does not find that data.").arg(detail);
    if (is("mirror"))
        return Taints::tr("A static pod: the kubelet runs it from a file, and a taint does not end it for good.");
    if (is("bare"))
        return Taints::tr("Nothing keeps it: once deleted it does not come back.");
    if (is("daemonSet"))
        return Taints::tr("Its DaemonSet does not tolerate these taints and makes no other here.");
    if (is("terminating"))
        return Taints::tr("It is being deleted already.");
    if (is("finished"))
        return Taints::tr("It has finished; it is deleted all the same.");
    if (is("notAnew"))
        return Taints::tr("It was to go before this change as well.");
    if (is("evictionCanceled"))
        return Taints::tr("It was to be evicted, and now stays.");
    if (is("comparison"))
        return Taints::tr("A toleration with Lt or Gt may match: that needs the feature gate "
                          "TaintTolerationComparisonOperators.");
    if (is("controllerTaint"))
        return Taints::tr("%1 belongs to Kubernetes' own controllers: they set it and take it away again by what they "
                          "see of the node.")
            .arg(detail);
    if (is("controlPlane"))
        return Taints::tr("%1 is a control-plane node: what runs there keeps the cluster alive.").arg(detail);
    if (is("globalMaster"))
        return Taints::tr("%1 is a master of TKEStack's global cluster: the platform's own parts (tke-*) run there and "
                          "tolerate no taints. They do not come back after a restart, and NoExecute ends them.")
            .arg(detail);
    if (is("budgetsIgnored"))
        return Taints::tr("NoExecute deletes pods directly: PodDisruptionBudgets do not stop it.");
    if (is("taintNotThere"))
        return Taints::tr("%1 does not have %2.").arg(note.node, detail);
    if (is("valueReplaced"))
        return Taints::tr("%1 has %2; its value is replaced.").arg(note.node, detail);
    if (is("podsUnknown"))
        return Taints::tr("The pods could not be read: who would be evicted is not known.");
    if (is("pendingUnknown"))
        return Taints::tr("The pending pods could not be read: who could be placed is not known.");
    if (is("budgetsUnknown"))
        return Taints::tr("The PodDisruptionBudgets could not be read.");
    if (is("nothingChanges"))
        return Taints::tr("Nothing changes: the taints are as they are wanted.");
    return {};
}

QString outcomeText(const scheduling::Eviction& eviction)
{
    using Outcome = scheduling::Eviction::Outcome;
    if (eviction.outcome == Outcome::EvictedNow)
        return Taints::tr("evicted now");
    if (eviction.outcome == Outcome::EvictedAfter)
        return Taints::tr("evicted after %1 s").arg(eviction.afterSeconds);
    return Taints::tr("stays");
}

QString sentence(const scheduling::BudgetImpact& budget)
{
    const QString name = kube::shownName(budget.ref.nameSpace, budget.ref.name);
    return budget.wouldBreak
               ? Taints::tr("%1 allows %2 disruptions now; %n pods of it would be evicted.", nullptr, budget.evicted)
                     .arg(name)
                     .arg(budget.disruptionsAllowed)
               : Taints::tr("%n pods of %1 would be evicted, which it allows.", nullptr, budget.evicted).arg(name);
}

} // namespace messages
