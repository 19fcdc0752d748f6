#include "app/diagnose/hostpath.h"

#include "app/base/shell.h"
#include "app/base/visible.h"
#include "app/kube/jsonread.h"
#include "app/messages/errors.h"

#include <QRegularExpression>
#include <algorithm>
#include <array>

namespace diagnose {
namespace {

using kube::Json;

constexpr std::array Kinds{"deployments.apps", "statefulsets.apps", "daemonsets.apps",
                           "cronjobs.batch",   "jobs.batch",        "pods"};
/// How many are tried on the server when none is named: each costs four questions.
constexpr std::size_t MostReviewed = 20;
constexpr qsizetype MostWords = 3;

} // namespace

HostPathExamination::HostPathExamination(const Subject& subject)
    : ClusterExamination(QStringLiteral("hostpath"), subject)
{
    declare("workloads", [] { return Diagnose::tr("Workloads with host paths"); });
    declare("events", [] { return Diagnose::tr("What controllers and kubelets said"); });
    declare("admission", [] { return Diagnose::tr("What admission thinks of their pods"); });
    declare("nodes", [] { return Diagnose::tr("Nodes that their pods are on"); });
}

QString HostPathExamination::nameOf(const Workload& workload)
{
    return base::visible(workload.ref.nameSpace + QLatin1Char('/') + workload.ref.kind + QLatin1Char('/') +
                         workload.ref.name);
}

void HostPathExamination::run()
{
    const kube::Client* asked = client();
    if (!asked) {
        settle("workloads", StepResult::Skipped, [] { return Diagnose::tr("There is no connection to the cluster."); });
        finish();
        return;
    }
    follow<kube::ApiCatalog>(kube::discover(*asked), [this](const auto& catalog) {
        if (catalog) {
            look(*catalog);
            return;
        }
        settle("workloads", StepResult::Unknown, said(catalog.error()));
        giveIn(catalog.error());
    });
}

void HostPathExamination::look(const kube::ApiCatalog& catalog)
{
    if (subject().arguments.isEmpty()) {
        std::vector<kube::ApiResource> kinds;
        for (const char* key : {"deployments.apps", "statefulsets.apps", "daemonsets.apps", "cronjobs.batch"})
            if (const kube::ApiResource* kind = catalog.find(QLatin1String(key)))
                kinds.push_back(*kind);
        askAll(std::move(kinds));
        return;
    }
    QStringList parts = subject().arguments.front().split(QLatin1Char('/'));
    const QString name = parts.takeLast();
    const QString kind = parts.isEmpty() ? QStringLiteral("deployments.apps") : parts.takeLast();
    const kube::ApiResource* resource = catalog.find(kind);
    const auto isKnown = [resource](const char* key) { return resource->key() == QLatin1String(key); };
    if (!resource || std::ranges::none_of(Kinds, isKnown)) {
        settle("workloads", StepResult::Fail, [kind = base::visible(kind)] {
            return Diagnose::tr("“%1” is no kind that makes pods: give KIND/NAME, such as deployment/web.").arg(kind);
        });
        giveIn({.kind = base::ErrorKind::NotFound, .reason = QStringLiteral("kindNotServed"), .said = kind});
        return;
    }
    askOne(*resource, parts.isEmpty() ? ownNameSpace() : parts.takeLast(), name);
}

void HostPathExamination::askOne(const kube::ApiResource& resource, const QString& nameSpace, const QString& name)
{
    const change::Target target{resource, nameSpace, name};
    askJson("workloads", {.path = target.path()}, [this, resource](const base::Result<Json>& object) {
        if (!object) {
            const bool isMissing = object.error().kind == base::ErrorKind::NotFound;
            settle("workloads", isMissing ? StepResult::Fail : StepResult::Unknown, said(object.error()));
            giveIn(object.error());
            return;
        }
        add(resource, *object);
        heardWorkloads();
    });
}

void HostPathExamination::askAll(std::vector<kube::ApiResource> kinds)
{
    if (kinds.empty()) {
        heardWorkloads();
        return;
    }
    const kube::ApiResource resource = kinds.back();
    kinds.pop_back();
    askList(
        "workloads", resource.path(subject().nameSpace), {},
        [this, resource](const Json& object) { add(resource, object); },
        [this, kinds = std::move(kinds)](const std::optional<base::Error>& error) {
            if (error) {
                settle("workloads", StepResult::Unknown, said(*error));
                giveIn(*error);
                return;
            }
            askAll(kinds);
        });
}

void HostPathExamination::add(const kube::ApiResource& resource, const Json& object)
{
    Workload workload{.resource = resource, .object = object};
    for (const Json& volume : kube::elements(change::podTemplateOf(resource, object), {"spec", "volumes"}))
        if (volume.is_object() && volume.contains("hostPath"))
            workload.volumes.emplace_back(kube::rawText(volume, {"name"}), kube::rawText(volume, {"hostPath", "path"}));
    if (workload.volumes.empty())
        return;
    workload.ref = {.cluster = subject().clusterId,
                    .apiVersion = resource.apiVersion(),
                    .kind = resource.kind,
                    .nameSpace = kube::rawText(object, {"metadata", "namespace"}),
                    .name = kube::rawText(object, {"metadata", "name"}),
                    .uid = kube::rawText(object, {"metadata", "uid"})};
    m_workloads.push_back(std::move(workload));
}

void HostPathExamination::heardWorkloads()
{
    QStringList lines;
    for (const Workload& workload : m_workloads) {
        QStringList paths;
        for (const auto& [volume, path] : workload.volumes)
            paths << base::visible(path) + QStringLiteral(" (") + base::visible(volume) + QLatin1Char(')');
        lines << nameOf(workload) + QStringLiteral(": ") + paths.join(QStringLiteral(", "));
    }
    settle("workloads", StepResult::Pass, [lines] {
        return lines.isEmpty() ? Diagnose::tr("None has a host path volume.") : lines.join(QLatin1Char('\n'));
    });
    if (m_workloads.empty())
        finish();
    else
        askEvents();
}

void HostPathExamination::askEvents()
{
    const bool isOne = !subject().arguments.isEmpty();
    const QString nameSpace = isOne ? m_workloads.front().ref.nameSpace : subject().nameSpace;
    const QByteArray path = nameSpace.isEmpty()
                                ? QByteArrayLiteral("/api/v1/events")
                                : transport::path({QStringLiteral("api"), QStringLiteral("v1"),
                                                   QStringLiteral("namespaces"), nameSpace, QStringLiteral("events")});
    const auto take = [this](const Json& event) { hear(event); };
    askList("events", path, QStringLiteral("reason=FailedMount"), take,
            [this, path, take](const std::optional<base::Error>& error) {
                m_eventsError = error;
                askList("events", path, QStringLiteral("reason=FailedCreate"), take,
                        [this](const std::optional<base::Error>& second) {
                            if (second)
                                m_eventsError = second;
                            reviewNext(0);
                        });
            });
}

void HostPathExamination::hear(const Json& event)
{
    const QString about = kube::rawText(event, {"involvedObject", "name"});
    const QString nameSpace = kube::rawText(event, {"involvedObject", "namespace"});
    const QString words = base::visible(kube::rawText(event, {"message"}));
    const bool isMount = kube::rawText(event, {"reason"}) == QLatin1String("FailedMount");
    for (Workload& workload : m_workloads) {
        const bool isIts = nameSpace == workload.ref.nameSpace &&
                           (about == workload.ref.name || about.startsWith(workload.ref.name + QLatin1Char('-')));
        if (!isIts)
            continue;
        const bool isOfVolume = std::ranges::any_of(workload.volumes, [&words](const auto& volume) {
            return words.contains(QLatin1Char('"') + volume.first + QLatin1Char('"')) || words.contains(volume.second);
        });
        if (isMount && isOfVolume && !workload.mounts.contains(words) && workload.mounts.size() < MostWords)
            workload.mounts << words;
        else if (!isMount && words.contains(QLatin1String("hostPath")) && workload.refusals.isEmpty())
            workload.refusals << words; // each of its pods is refused in the same words
    }
}

void HostPathExamination::reviewNext(std::size_t next)
{
    const kube::Client* asked = client();
    if (next >= std::min(m_workloads.size(), MostReviewed) || !asked) {
        conclude();
        return;
    }
    const Workload& workload = m_workloads[next];
    const change::Target target{workload.resource, workload.ref.nameSpace, workload.ref.name};
    ask("admission", {QStringLiteral("POST /api/v1/namespaces/%1/pods?dryRun=All").arg(workload.ref.nameSpace)});
    follow<change::HostPathReview>(
        change::reviewHostPath(*asked, target, workload.object, change::HostPathScope::PodsAlone),
        [this, next](const auto& review) {
            if (review) {
                Workload& reviewed = m_workloads[next];
                const base::Error& error = review->podAdmission.error;
                if (!review->podAdmission.accepted && error.kind == base::ErrorKind::Forbidden &&
                    error.said.contains(QLatin1String("PodSecurity")))
                    reviewed.refusals = {base::visible(error.said)};
                if (review->nodes.size() > 1 && reviewed.ref.kind != QLatin1String("DaemonSet"))
                    m_spread.emplace_back(nameOf(reviewed), review->nodes);
            }
            reviewNext(next + 1);
        });
}

void HostPathExamination::conclude()
{
    const auto anyOf = [this](QStringList Workload::*words) {
        return std::ranges::any_of(m_workloads, [words](const Workload& each) { return !(each.*words).isEmpty(); });
    };
    if (m_eventsError)
        settle("events", StepResult::Unknown, said(*m_eventsError));
    else
        settle("events", anyOf(&Workload::mounts) ? StepResult::Fail : StepResult::Pass,
               [isRefused = anyOf(&Workload::mounts)] {
                   return isRefused ? Diagnose::tr("A kubelet could not mount a host path.")
                                    : Diagnose::tr("No kubelet complains of a host path.");
               });
    settle("admission", anyOf(&Workload::refusals) ? StepResult::Fail : StepResult::Pass,
           [isRefused = anyOf(&Workload::refusals)] {
               return isRefused ? Diagnose::tr("Pods with a host path are refused: none is ever made.")
                                : Diagnose::tr("Nothing speaks against their host paths.");
           });
    QStringList places;
    for (const auto& [workload, nodes] : m_spread)
        places << workload + QStringLiteral(": ") + base::visible(nodes.join(QStringLiteral(", ")));
    settle("nodes", StepResult::Pass, [places] {
        return places.isEmpty() ? Diagnose::tr("No workload but DaemonSets has its pods on several nodes.")
                                : places.join(QLatin1Char('\n'));
    });
    for (const Workload& workload : m_workloads)
        tell(workload);
    finish();
}

void HostPathExamination::tell(const Workload& workload)
{
    const QString name = nameOf(workload);
    const QString nameSpace = base::visible(workload.ref.nameSpace);
    if (!workload.refusals.isEmpty()) {
        Finding finding{.id = QStringLiteral("hostPathRefused"), .ref = workload.ref, .evidence = workload.refusals};
        finding.title = [name] { return Diagnose::tr("Pods of %1 are refused for their host path").arg(name); };
        finding.cause = [nameSpace] {
            return Diagnose::tr(
                       "The namespace %1 does not allow host path volumes (its PodSecurity level); the workload "
                       "is there, and no pod of it can be.")
                .arg(nameSpace);
        };
        finding.fix.title = [] { return Diagnose::tr("Three ways out"); };
        finding.fix.steps = {
            [] {
                return Diagnose::tr("Use a claim (PersistentVolumeClaim), or a local PersistentVolume, in its place.");
            },
            [] { return Diagnose::tr("Move the workload into a namespace that allows host paths."); },
            [nameSpace] {
                return Diagnose::tr("Only for what runs the cluster itself: allow everything in namespace %1.")
                    .arg(nameSpace);
            }};
        finding.fix.command = QStringLiteral("kubectl label namespace %1 pod-security.kubernetes.io/enforce=privileged "
                                             "--overwrite")
                                  .arg(base::shellQuoted(workload.ref.nameSpace));
        report(std::move(finding));
    }
    if (!workload.mounts.isEmpty()) {
        Finding finding{.id = QStringLiteral("hostPathNotMounted"), .ref = workload.ref, .evidence = workload.mounts};
        finding.title = [name] { return Diagnose::tr("A host path of %1 cannot be mounted").arg(name); };
        finding.cause = [] {
            return Diagnose::tr("The path on the node where the pod runs is not what the volume's type demands: it is "
                                "missing there, or of another kind.");
        };
        finding.fix.title = [] { return Diagnose::tr("Make it what the type demands, or demand less"); };
        finding.fix.steps = {
            [] {
                return Diagnose::tr(
                    "Look on the node that the event names: the path is there and not in the container.");
            },
            [] {
                return Diagnose::tr(
                    "Type DirectoryOrCreate makes an empty directory that belongs to root; no type looks "
                    "at nothing.");
            }};
        report(std::move(finding));
    }
    const auto spread = std::ranges::find(m_spread, name, &std::pair<QString, QStringList>::first);
    if (spread != m_spread.end()) {
        Finding finding{.id = QStringLiteral("hostPathSpread"), .severity = Severity::Warning, .ref = workload.ref};
        finding.evidence << spread->second.join(QStringLiteral(", "));
        finding.title = [name] { return Diagnose::tr("Pods of %1 see different directories").arg(name); };
        finding.cause = [n = static_cast<int>(spread->second.size())] {
            return Diagnose::tr("Its pods are on %n nodes, and each sees the path of its own node: what one writes the "
                                "others do not find.",
                                nullptr, n);
        };
        finding.fix.title = [] { return Diagnose::tr("Keep the data in one place"); };
        finding.fix.steps = {
            [] { return Diagnose::tr("Use a claim that all of them can mount (ReadWriteMany)."); },
            [] { return Diagnose::tr("Or bind all pods to one node (nodeSelector), or run one only."); }};
        report(std::move(finding));
    }
}

Guide hostPathGuide()
{
    return {.id = QStringLiteral("hostpath"),
            .title = [] { return Diagnose::tr("A host path does not work"); },
            .symptoms = {[] { return Diagnose::tr("A workload with a host path volume has no pods"); },
                         [] {
                             return Diagnose::tr(
                                 "Files of the node are missing in the container, or differ from pod to pod");
                         }},
            .patterns = {{"hostPath type check failed", 50},
                         {"violates PodSecurity[^\\n]*hostPath", 50},
                         {"hostPath volumes?", 30},
                         {"\\bhostPath\\b", 10},
                         {"主机路径", 20}},
            .arguments = QStringLiteral("[NAMESPACE/]KIND/NAME"),
            .inScan = false,
            .make = [](const Subject& subject) -> std::unique_ptr<Examination> {
                return std::make_unique<HostPathExamination>(subject);
            }};
}

} // namespace diagnose
