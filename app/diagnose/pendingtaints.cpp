// What keeps pods off nodes by taint or cordon, and what to do about it.

#include "app/base/shell.h"
#include "app/base/visible.h"
#include "app/diagnose/pendingsurvey.h"
#include "app/kube/json.h"

#include <algorithm>

namespace diagnose {
namespace {

constexpr qsizetype MostLines = 40;

QStringList nodeNames(const TaintGroup& group)
{
    QStringList names;
    for (const SeenNode* node : group.nodes)
        names += node->facts.name;
    return names;
}

QString shellNames(const QStringList& names)
{
    QStringList words;
    for (const QString& name : names)
        words += base::shellQuoted(base::visible(name));
    return words.join(QLatin1Char(' '));
}

/// The condition of a node that the node lifecycle controller makes its taint of
/// (pkg/controller/nodelifecycle, nodeConditionToTaintKeyStatusMap).
QString conditionOf(const QString& key)
{
    if (key == QLatin1String("node.kubernetes.io/not-ready") || key == QLatin1String("node.kubernetes.io/unreachable"))
        return QStringLiteral("Ready");
    if (key == QLatin1String("node.kubernetes.io/memory-pressure"))
        return QStringLiteral("MemoryPressure");
    if (key == QLatin1String("node.kubernetes.io/disk-pressure"))
        return QStringLiteral("DiskPressure");
    if (key == QLatin1String("node.kubernetes.io/pid-pressure"))
        return QStringLiteral("PIDPressure");
    if (key == QLatin1String("node.kubernetes.io/network-unavailable"))
        return QStringLiteral("NetworkUnavailable");
    return {};
}

Text causeOfController(const QString& key)
{
    const QString name = key.mid(key.indexOf(QLatin1Char('/')) + 1);
    if (name == QLatin1String("not-ready"))
        return
            [] { return Diagnose::tr("The kubelet says that the node is not ready; its condition Ready says why."); };
    if (name == QLatin1String("unreachable"))
        return [] {
            return Diagnose::tr("Nothing is heard of the kubelet: the node is off or cut off, or its kubelet has "
                                "stopped.");
        };
    if (name == QLatin1String("memory-pressure"))
        return [] { return Diagnose::tr("The node is short of memory."); };
    if (name == QLatin1String("disk-pressure"))
        return [] { return Diagnose::tr("The node is short of disk space."); };
    if (name == QLatin1String("pid-pressure"))
        return [] { return Diagnose::tr("The node is short of process ids."); };
    if (name == QLatin1String("network-unavailable"))
        return [] { return Diagnose::tr("The node's network is not set up: its network plugin has not done so."); };
    if (name == QLatin1String("out-of-service"))
        return [] { return Diagnose::tr("Somebody has marked the node as out of service for good."); };
    if (name == QLatin1String("uninitialized"))
        return [] { return Diagnose::tr("The cloud controller manager has not prepared the node yet."); };
    if (name == QLatin1String("shutdown"))
        return [] { return Diagnose::tr("The cloud says that the machine is shut down."); };
    return [] { return Diagnose::tr("One of Kubernetes' own controllers keeps pods off the node."); };
}

void addWho(const PendingSurvey& survey, const TaintGroup& group, Finding& finding)
{
    for (const PendingPod* pod : group.pods) {
        if (finding.evidence.size() >= MostLines)
            break;
        finding.evidence += survey.isSingle ? pod->lastWords() : QStringLiteral("Pod ") + shownName(*pod);
    }
    if (group.pods.size() == 1) {
        finding.ref = (*group.pods.begin())->facts.ref;
        finding.ref->cluster = survey.cluster;
    }
}

void addNodeRef(const PendingSurvey& survey, const TaintGroup& group, Finding& finding)
{
    if (group.nodes.size() == 1)
        finding.ref = kube::ObjectRef{.cluster = survey.cluster,
                                      .apiVersion = QStringLiteral("v1"),
                                      .kind = QStringLiteral("Node"),
                                      .nameSpace = {},
                                      .name = (*group.nodes.begin())->facts.name,
                                      .uid = {}};
}

/// What else refuses the same pods on some of the same nodes.
QStringList besides(const PendingJudgement& judgement, const TaintGroup& group)
{
    QStringList others;
    for (const TaintGroup& other : judgement.groups) {
        if (&other == &group || other.isDecisive != group.isDecisive)
            continue;
        const auto isShared = [](const auto& one, const auto& two) {
            return std::ranges::any_of(one, [&two](const auto* each) { return two.contains(each); });
        };
        if (isShared(other.nodes, group.nodes) && isShared(other.pods, group.pods))
            others += other.isCordon() ? QStringLiteral("spec.unschedulable") : scheduling::text(other.taint);
    }
    return others;
}

Text tail(const TaintGroup& group)
{
    if (group.isDecisive)
        return [] { return Diagnose::tr("No other node is left."); };
    return [] { return Diagnose::tr("Other nodes are not closed by taints: there something else is in the way."); };
}

/// A finding's own words, then what it means for the pods.
Text followedBy(const Text& first, const Text& second)
{
    return [first, second] { return Diagnose::tr("%1 %2", "two sentences").arg(first.text(), second.text()); };
}

Finding cordonFinding(const PendingSurvey& survey, const TaintGroup& group)
{
    const QStringList names = nodeNames(group);
    const auto count = static_cast<int>(names.size());
    Finding finding{.id = QStringLiteral("node-cordoned"),
                    .title = [count] { return Diagnose::tr("%n node(s) are cordoned", nullptr, count); }};
    finding.cause = followedBy(
        [list = namesOf(names)] {
            return Diagnose::tr("Somebody has closed %1 for new pods (spec.unschedulable).").arg(list.text());
        },
        tail(group));
    for (const QString& name : names.mid(0, MostLines))
        finding.evidence += QStringLiteral("Node %1: spec.unschedulable").arg(name);
    addNodeRef(survey, group, finding);
    finding.fix = {.action = QStringLiteral("uncordon"),
                   .title = [] { return Diagnose::tr("Open the node again when its maintenance is over"); },
                   .steps = {[] { return Diagnose::tr("Ask who cordoned it: a node is often closed for a reason."); }},
                   .command = QStringLiteral("kubectl uncordon ") + shellNames(names),
                   .nodes = names};
    return finding;
}

Finding controllerFinding(const PendingSurvey& survey, const TaintGroup& group)
{
    const QStringList names = nodeNames(group);
    const auto count = static_cast<int>(names.size());
    const QString taint = scheduling::text(group.taint);
    Finding finding{.id = QStringLiteral("controller-taint"), .title = [count, taint] {
                        return Diagnose::tr("%n node(s) take no pods: %1", nullptr, count).arg(taint);
                    }};
    finding.cause = followedBy(causeOfController(group.taint.key), tail(group));
    const QString condition = conditionOf(group.taint.key);
    for (const SeenNode* node : group.nodes) {
        if (finding.evidence.size() >= MostLines)
            break;
        const auto told = node->conditions.find(condition);
        finding.evidence += told == node->conditions.end()
                                ? QStringLiteral("Node %1: %2").arg(node->facts.name, taint)
                                : QStringLiteral("Node %1: %2=%3").arg(node->facts.name, condition, told->second);
    }
    addNodeRef(survey, group, finding);
    finding.fix = {.title = [] { return Diagnose::tr("Mend the node: the taint then goes by itself"); },
                   .steps = {[] {
                       return Diagnose::tr(
                           "Do not take this taint away by hand: its controller sets it again, and until then pods "
                           "would be placed where they cannot run.");
                   }},
                   .command = QStringLiteral("kubectl describe node ") + shellNames(names),
                   .nodes = names};
    return finding;
}

/// The pod template's own tolerations as far as the pod shows them, and one more.
kube::Json tolerationsWith(const PendingPod& pod, const scheduling::Taint& taint, bool isTemplate)
{
    kube::Json list = kube::Json::array();
    if (pod.facts.servedTolerations.is_array())
        for (const kube::Json& each : pod.facts.servedTolerations) {
            const scheduling::Toleration read = scheduling::tolerationOf(each);
            // Admission adds these two to each pod (plugin DefaultTolerationSeconds), not to templates.
            const bool isAdded = (read.key == QLatin1String("node.kubernetes.io/not-ready") ||
                                  read.key == QLatin1String("node.kubernetes.io/unreachable")) &&
                                 read.seconds;
            if (!isTemplate || !isAdded)
                list.push_back(each);
        }
    kube::Json one{{"key", taint.key.toStdString()}};
    one["operator"] = taint.value.isEmpty() ? "Exists" : "Equal";
    if (!taint.value.isEmpty())
        one["value"] = taint.value.toStdString();
    one["effect"] = taint.effect.toStdString();
    list.push_back(std::move(one));
    return list;
}

QString patchCommand(const QString& resource, const kube::ObjectRef& object, const kube::Json& patch)
{
    return QStringLiteral("kubectl patch %1 %2 -n %3 --type merge -p %4")
        .arg(resource, base::shellQuoted(base::visible(object.name)),
             base::shellQuoted(base::visible(object.nameSpace)),
             base::shellQuoted(base::visible(QString::fromUtf8(kube::toBytes(patch)))));
}

/// How to let the pods of one owner tolerate the taint.
Text tolerateStep(const PendingSurvey& survey, const TaintGroup& group)
{
    const PendingPod& pod = **group.pods.begin();
    const kube::ObjectRef& owner = survey.owner.kind.isEmpty() ? pod.facts.owner : survey.owner;
    const QString named = base::visible(owner.kind + QLatin1Char(' ') + owner.name);
    if (!survey.isSingle)
        return [taint = scheduling::text(group.taint)] {
            return Diagnose::tr("Or let the pods tolerate it: add a toleration for %1 to the pod template of their "
                                "owner. Its pods are then made anew.")
                .arg(taint);
        };
    if (owner.kind.isEmpty()) {
        const kube::Json patch{{"spec", {{"tolerations", tolerationsWith(pod, group.taint, false)}}}};
        return [command = patchCommand(QStringLiteral("pod"), pod.facts.ref, patch)] {
            return Diagnose::tr("Or let the pod tolerate it: %1").arg(command);
        };
    }
    for (const auto& [kind, resource] : {std::pair("Deployment", "deployment"), std::pair("StatefulSet", "statefulset"),
                                         std::pair("DaemonSet", "daemonset")}) {
        if (owner.kind != QLatin1String(kind))
            continue;
        const kube::Json patch{
            {"spec", {{"template", {{"spec", {{"tolerations", tolerationsWith(pod, group.taint, true)}}}}}}}};
        return [named, command = patchCommand(QLatin1String(resource), owner, patch)] {
            return Diagnose::tr("Or let the pods of %1 tolerate it, which makes them anew: %2").arg(named, command);
        };
    }
    return [named, taint = scheduling::text(group.taint)] {
        return Diagnose::tr("Or let its owner %1 make pods that tolerate %2.").arg(named, taint);
    };
}

} // namespace

Finding taintFinding(const PendingSurvey& survey, const PendingJudgement& judgement, const TaintGroup& group)
{
    Finding finding;
    if (group.isCordon()) {
        finding = cordonFinding(survey, group);
    } else if (scheduling::isControllersKey(group.taint.key)) {
        finding = controllerFinding(survey, group);
    } else {
        const QStringList names = nodeNames(group);
        const auto count = static_cast<int>(names.size());
        const QString taint = scheduling::text(group.taint);
        finding.id = QStringLiteral("taint-not-tolerated");
        finding.title = [taint, count] {
            return Diagnose::tr("The taint %1 is not tolerated: %n node(s)", nullptr, count).arg(taint);
        };
        const auto pods = static_cast<int>(group.pods.size());
        const QString who = shownName(**group.pods.begin());
        finding.cause = followedBy(
            [list = namesOf(names), taint, pods, who] {
                return pods == 1
                           ? Diagnose::tr("Pod %1 has no toleration for %2, which stands on %3.")
                                 .arg(who, taint, list.text())
                           : Diagnose::tr("%n pod(s) have no toleration for %1, which stands on %2.", nullptr, pods)
                                 .arg(taint, list.text());
            },
            tail(group));
        for (const QString& name : names.mid(0, MostLines))
            finding.evidence += QStringLiteral("Node %1: %2").arg(name, taint);
        finding.fix = {.action = QStringLiteral("editTaints"),
                       .title = [] { return Diagnose::tr("Take the taint away, or let the pods tolerate it"); },
                       .steps = {[] {
                           return Diagnose::tr("Edit the taints of these nodes: what would happen is shown before "
                                               "anything is sent.");
                       }},
                       .command = QStringLiteral("kubectl taint nodes %1 %2")
                                      .arg(shellNames(names),
                                           base::shellQuoted(base::visible(group.taint.key + QLatin1Char(':') +
                                                                           group.taint.effect + QLatin1Char('-')))),
                       .nodes = names,
                       .taints = {group.taint.key + QLatin1Char(':') + group.taint.effect + QLatin1Char('-')}};
        if (std::ranges::any_of(group.nodes, [](const SeenNode* node) { return node->facts.isControlPlane(); }))
            finding.fix.steps.emplace_back([] {
                return Diagnose::tr("A control plane is among these nodes, and this taint keeps ordinary pods off it: "
                                    "take it away only where it must carry them, as in a cluster of one node.");
            });
        finding.fix.steps.push_back(tolerateStep(survey, group));
    }
    const bool isOrdinary =
        std::ranges::all_of(group.nodes, [](const SeenNode* node) { return node->facts.isControlPlane(); });
    finding.severity = group.isDecisive ? Severity::Error : isOrdinary ? Severity::Info : Severity::Warning;
    if (const QStringList others = besides(judgement, group); !others.isEmpty())
        finding.fix.steps.emplace_back([others = namesOf(others)] {
            return Diagnose::tr("It is not all: among these nodes there are some that %1 keeps closed as well.")
                .arg(others.text());
        });
    addWho(survey, group, finding);
    return finding;
}

} // namespace diagnose
