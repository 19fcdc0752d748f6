#pragma once
// What the sources of metrics say, in one vocabulary, so that two answers about the same thing can be laid side by
// side.

#include "app/kube/objectref.h"

#include <QDateTime>
#include <QString>
#include <optional>
#include <tuple>
#include <vector>

namespace metrics {

/// CPU in millicores, rounded up from nanocores; memory in bytes. Nothing means that the source does not say: that is
/// not zero.
struct Amounts {
    std::optional<qint64> cpuMilli;
    std::optional<qint64> memoryBytes;
    bool operator==(const Amounts&) const = default;
};

/// Of which thing a figure is. Every source names things by kind, namespace and name; few know a UID.
struct Subject {
    QString kind;      ///< "Node", "Pod", or a workload's: "Deployment", "StatefulSet", "DaemonSet", "Job" …
    QString nameSpace; ///< empty for a node
    QString name;
    QString container; ///< of a pod; empty when the whole is meant
    bool operator==(const Subject&) const = default;
    friend bool operator<(const Subject& a, const Subject& b)
    {
        return std::tie(a.kind, a.nameSpace, a.name, a.container) < std::tie(b.kind, b.nameSpace, b.name, b.container);
    }
};

/// One sample of what is in use: metrics-server, a kubelet, heapster.
struct Usage {
    Amounts used;
    QDateTime takenAt;                   ///< the end of the window, by the source's clock
    std::optional<double> windowSeconds; ///< over which CPU time was averaged; memory is the moment's
    bool operator==(const Usage&) const = default;
};

/// "Ready" = "True"; as the object writes it, also where the source writes it in small letters.
struct Condition {
    QString type;
    QString status; ///< "True", "False" or "Unknown"
    bool operator==(const Condition&) const = default;
};
/// Nothing when there is no such condition.
std::optional<bool> isTrue(const std::vector<Condition>& conditions, QLatin1String type);

/// What is declared and observed of one thing, by kube-state-metrics or by the object itself.
struct State {
    QString uid;  ///< empty when the source does not say
    QString node; ///< of a pod
    Amounts requests;
    Amounts limits;
    Amounts allocatable;          ///< of a node
    Amounts capacity;             ///< of a node
    QString phase;                ///< of a pod; empty when the source does not say
    std::optional<bool> ready;    ///< of a workload: as many ready as are wanted
    std::optional<qint64> wanted; ///< replicas of a workload
    std::optional<qint64> available;
    std::optional<qint64> restarts; ///< of a container, or the sum over a pod's containers
    QString reason; ///< why a container waits or has ended: "CrashLoopBackOff", "OOMKilled"; a pod's own ("Evicted")
    std::vector<Condition> conditions;
    QDateTime createdAt;
    QDateTime startedAt; ///< of a container: when the one that runs now began
    bool init = false;   ///< of a container: an init container; sidecars (restartPolicy Always) among them
    bool sidecar = false;
    bool operator==(const State&) const = default;
};

/// The object that a subject is, or that its container is in.
kube::ObjectRef refOf(const Subject& subject, const QString& uid);

} // namespace metrics
