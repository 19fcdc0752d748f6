#pragma once
// A directory of the node, mounted into a container: what is asked for, what is wrong with it, and the write that adds
// exactly one volume and one mount. Rules after k8s.io/kubernetes/pkg/apis/core/validation/validation.go
// (validateHostPathVolumeSource, ValidateVolumeMounts) and what kubelets do with each type
// (pkg/volume/hostpath/host_path.go).

#include "app/base/severity.h"
#include "app/change/intent.h"

namespace change {

/// As a person fills it in.
struct HostPathDraft {
    QString path;
    QString type; ///< a HostPathType, "Directory"; empty: the node is not looked at
    QString volume;
    QString container; ///< empty: the first
    QString mountPath;
    QString subPath; ///< empty: all of the volume
    bool readOnly = true;
    bool operator==(const HostPathDraft&) const = default;
};

/// The HostPathTypes in the order in which they are offered; "" first.
const QStringList& hostPathTypes();

/// What is to be known about a draft. The ids are stable; sentences are in messages/hostpath.h.
///
/// Errors: nothing is sent with one.
///   pathMissing pathRelative pathBackstep (".." in it) typeUnknown volumeMissing volumeInvalid (a DNS label)
///   volumeTaken containerMissing mountMissing mountRelative mountColon mountTaken subPathAbsolute subPathBackstep
///   podsAreFixed (an existing Pod or Job takes no volumes)  noPodTemplate
/// Warnings:
///   dangerousPath (detail: "root", "etc", "kubelet", "runtimeSocket", "proc", "sys", "dev", "boot", "etcd",
///   "manifests", "keys", "var", "run", "home")  writable  ownedByRoot  notChecked
///   shadows (the mount below or above it)  shadowsImage (a directory that images are made of)  spread (nodes)
///   windowsNodes  podSecurity (the namespace's level)  everyNode (DaemonSet)
/// Infos: movesLeaveData  betterChoice  socketNeedsType
struct Hazard {
    QString id;
    base::Severity severity = base::Severity::Warning;
    QString detail = {}; ///< what it is about: a path, a name; as it was served or written
    bool operator==(const Hazard&) const = default;
};
bool hasErrors(const std::vector<Hazard>& hazards);

/// What mountHostPath() is offered for: Deployments, StatefulSets, DaemonSets, CronJobs.
bool takesVolumes(const kube::ApiResource& resource);
/// Pods and Jobs: once made they take no volumes any more, copyWith() makes another.
bool isCopiedForVolumes(const kube::ApiResource& resource);
/// Where an object of this kind says what its pods are made of; null: it makes none. A Pod is its own.
const kube::Json& podTemplateOf(const kube::ApiResource& resource, const kube::Json& object);
/// Names of containers, init containers behind the others.
QStringList containersOf(const kube::Json& podTemplate);
/// A name for the volume that is free, made of the path: "data-shared".
QString suggestedVolume(const QString& path, const kube::Json& podTemplate);

/// What is wrong with a draft, by itself and beside what the template has already. Null template: by itself alone.
std::vector<Hazard> hazardsOf(const HostPathDraft& draft, const kube::Json& podTemplate);

/// Adds the volume and the mount by a strategic merge patch, which leaves all others alone. An object that has a volume
/// of this name with another content, or another mount at this place, is refused: "volumeTaken", "mountTaken"; one
/// without the container: "containerMissing". Undone by taking both away.
IntentPtr mountHostPath(const Target& target, const HostPathDraft& draft);

/// A manifest of a Deployment of one replica with this volume, as the console's form makes it.
kube::Json newDeployment(const QString& name, const QString& nameSpace, const QString& image,
                         const HostPathDraft& draft);
/// A Pod or a Job as a new one of another name, with the volume: what only a server fills in is left out. A Pod
/// also loses its labels, as with kubectl debug --copy-to: with them a controller or a Service would take the copy for
/// one of its own.
kube::Json copyWith(const kube::ApiResource& resource, const kube::Json& object, const QString& name,
                    const HostPathDraft& draft);
/// The template as a controller uses it: a StatefulSet's has a volume for each of its claim templates as well.
kube::Json completeTemplate(const kube::ApiResource& resource, const kube::Json& object);
/// The pod that a controller would make of a template: for a dry run of what admission thinks of it.
kube::Json podOf(const kube::Json& podTemplate, const QString& nameSpace);

/// The volume and the mount as the API has them.
kube::Json volumeOf(const HostPathDraft& draft);
kube::Json mountOf(const HostPathDraft& draft);

} // namespace change
