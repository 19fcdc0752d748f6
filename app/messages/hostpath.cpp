#include "app/messages/hostpath.h"

#include "app/base/visible.h"

#include <QCoreApplication>

namespace messages {
namespace {

struct HostPath {
    Q_DECLARE_TR_FUNCTIONS(HostPath)
};

QString dangerSentence(const QString& id)
{
    const auto is = [&id](const char* each) { return id == QLatin1String(each); };
    if (is("root"))
        return HostPath::tr("That is the whole node: the pod sees every file on it, keys and other pods' data too.");
    if (is("runtimeSocket"))
        return HostPath::tr("Through the container runtime a pod can start anything on the node: it is root there.");
    if (is("manifests"))
        return HostPath::tr("The kubelet runs whatever lies there as a pod: writing there is being root on the node.");
    if (is("keys"))
        return HostPath::tr("The node's keys to the cluster lie there.");
    if (is("kubelet"))
        return HostPath::tr("Volumes and Secrets of all pods on the node lie there.");
    if (is("etcd"))
        return HostPath::tr("The cluster's whole state lies there: one wrong write ends the cluster.");
    if (is("proc") || is("sys") || is("dev"))
        return HostPath::tr("That is the node's kernel, not a directory: writing there changes the node itself.");
    if (is("boot"))
        return HostPath::tr("The node starts from there.");
    if (is("etc"))
        return HostPath::tr("The node's own configuration lies there, passwords and keys among it.");
    if (is("home"))
        return HostPath::tr("People's own files and SSH keys lie there.");
    return HostPath::tr("Much of what the node itself needs lies there.");
}

QString errorSentence(const change::Hazard& hazard)
{
    const auto is = [&hazard](const char* id) { return hazard.id == QLatin1String(id); };
    const QString about = base::visible(hazard.detail);
    if (is("pathMissing"))
        return HostPath::tr("Give the directory or file on the node.");
    if (is("pathRelative"))
        return HostPath::tr("The path on the node must begin with /: “%1” does not.").arg(about);
    if (is("pathBackstep"))
        return HostPath::tr("The path on the node must not hold “..”: %1").arg(about);
    if (is("typeUnknown"))
        return HostPath::tr("“%1” is not a type of host path.").arg(about);
    if (is("volumeMissing"))
        return HostPath::tr("Give the volume a name: it ties volume and mount together.");
    if (is("volumeInvalid"))
        return HostPath::tr("“%1” cannot be the name of a volume: lower-case letters, digits and “-”, at most 63.")
            .arg(about);
    if (is("volumeTaken"))
        return HostPath::tr("The workload already has another volume of the name “%1”.").arg(about);
    if (is("containerMissing"))
        return about.isEmpty() ? HostPath::tr("The workload has no container.")
                               : HostPath::tr("The workload has no container “%1”.").arg(about);
    if (is("mountMissing"))
        return HostPath::tr("Give the place in the container.");
    if (is("mountRelative"))
        return HostPath::tr("The place in the container must begin with /: “%1” does not.").arg(about);
    if (is("mountColon"))
        return HostPath::tr("The place in the container must not hold “:”: %1").arg(about);
    if (is("mountTaken"))
        return HostPath::tr("Something else is already mounted at %1 in this container.").arg(about);
    if (is("subPathAbsolute"))
        return HostPath::tr("The sub path is inside the volume, so it must not begin with /: %1").arg(about);
    if (is("subPathBackstep"))
        return HostPath::tr("The sub path must not hold “..”: %1").arg(about);
    if (is("podsAreFixed"))
        return HostPath::tr(
                   "%1 is there already, and its volumes cannot be changed any more. A copy of it can have the "
                   "volume.")
            .arg(about);
    if (is("noPodTemplate"))
        return HostPath::tr("%1 makes no pods.").arg(about);
    return {};
}

} // namespace

QString sentence(const change::Hazard& hazard)
{
    const auto is = [&hazard](const char* id) { return hazard.id == QLatin1String(id); };
    const QString about = base::visible(hazard.detail);
    if (hazard.severity == base::Severity::Error)
        return errorSentence(hazard);
    if (is("dangerousPath"))
        return dangerSentence(hazard.detail);
    if (is("writable"))
        return HostPath::tr("Read-write: the container can change and delete what is in %1 on the node.").arg(about);
    if (is("ownedByRoot"))
        return HostPath::tr(
                   "If %1 is not there, the kubelet makes it and root owns it (0755): a container that does not "
                   "run as root cannot write to it.")
            .arg(about);
    if (is("notChecked"))
        return HostPath::tr("The node is not looked at first: if %1 is not there, or is a file, it shows when the "
                            "container starts.")
            .arg(about);
    if (is("socketNeedsType"))
        return HostPath::tr("%1 looks like a socket: with the type Socket the kubelet makes sure that it is one.")
            .arg(about);
    if (is("shadows"))
        return HostPath::tr(
                   "One mount lies inside the other: %1 is already mounted, and one hides a part of the other.")
            .arg(about);
    if (is("shadowsImage"))
        return HostPath::tr("What the image has in %1 is hidden: the container may not even start.").arg(about);
    if (is("spread"))
        return about.isEmpty()
                   ? HostPath::tr(
                         "There is more than one replica: on each node it is another directory, with other files.")
                   : HostPath::tr("Its pods are on %1: on each node it is another directory, with other files.")
                         .arg(about);
    if (is("everyNode"))
        return HostPath::tr("A DaemonSet runs on every node: each has a directory of its own.");
    if (is("windowsNodes"))
        return HostPath::tr("The cluster has Windows nodes (%1), where this path means something else. A nodeSelector "
                            "kubernetes.io/os=linux keeps the pods off them.")
            .arg(about);
    if (is("podSecurity"))
        return HostPath::tr("The namespace enforces the Pod Security level “%1”, which forbids host paths.").arg(about);
    if (is("movesLeaveData"))
        return HostPath::tr("When a pod moves to another node, the files stay where they are: it finds what is in %1 "
                            "there.")
            .arg(about);
    if (is("betterChoice"))
        return HostPath::tr("For data that is to stay with the pod: a PersistentVolumeClaim; for a disk of one node: a "
                            "PersistentVolume of type local, which also keeps the pod on that node.");
    return {};
}

QString hostPathTypeHint(const QString& type)
{
    const auto is = [&type](const char* id) { return type == QLatin1String(id); };
    if (type.isEmpty())
        return HostPath::tr("NoChecks: nothing is checked before it is mounted");
    if (is("DirectoryOrCreate"))
        return HostPath::tr("DirectoryOrCreate: where nothing is, an empty directory is made, owned by root (0755)");
    if (is("Directory"))
        return HostPath::tr("Directory: a directory must be there");
    if (is("FileOrCreate"))
        return HostPath::tr(
            "FileOrCreate: where nothing is, an empty file is made, owned by root (0644); its directory "
            "is not");
    if (is("File"))
        return HostPath::tr("File: a file must be there");
    if (is("Socket"))
        return HostPath::tr("Socket: a UNIX socket must be there");
    if (is("CharDevice"))
        return HostPath::tr("CharDevice: a character device must be there");
    if (is("BlockDevice"))
        return HostPath::tr("BlockDevice: a block device must be there");
    return base::visible(type);
}

} // namespace messages
