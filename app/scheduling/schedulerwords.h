#pragma once
// What the scheduler says of a pod that it could not place, taken apart: the message of an event FailedScheduling or of
// the condition PodScheduled. Pure. The wording is that of FitError.Error() in k8s.io/kubernetes
// pkg/scheduler/framework/types.go (before 1.19: pkg/scheduler/core/generic_scheduler.go), and of the filter plugins
// below it; it is no contract, so whatever is not known is kept as it was said and never read as something else.

#include <QString>
#include <optional>
#include <vector>

namespace scheduling {

/// "2 node(s) had untolerated taint {dedicated: gpu}": so many nodes, one reason.
struct SaidPart {
    enum class Kind {
        Taint,         ///< not tolerated; `taintKey` and `taintValue` where it is named
        Unschedulable, ///< cordoned
        Resources,     ///< "Insufficient cpu", "Too many pods"
        NodeAffinity,  ///< node selector or node affinity
        PodAffinity,   ///< affinity or anti-affinity to pods
        Ports,
        Volumes,
        Topology, ///< spread constraints
        NodeName, ///< another node is asked for by name
        Other,    ///< none of these
    };
    Kind kind = Kind::Other;
    std::optional<int> count; ///< none: said of the pod as such, not of nodes
    QString reason;           ///< verbatim, without the count
    bool isTaintNamed = false;
    QString taintKey;
    QString taintValue;
    bool operator==(const SaidPart&) const = default;
};

struct SchedulerWords {
    std::optional<int> nodes; ///< of "0/12 nodes are available"; none where it is not said
    bool noNodes = false;     ///< "no nodes available to schedule pods"
    bool isGated = false;     ///< "Scheduling is blocked due to non-empty scheduling gates"
    std::vector<SaidPart> parts;
    QString after; ///< what follows the reasons ("preemption: …"), verbatim

    /// The sum over the parts of this kind.
    int count(SaidPart::Kind kind) const;
    bool has(SaidPart::Kind kind) const;
    /// True when nothing but taints and cordoned nodes is told.
    bool isOnlyTaints() const;
};

/// Reads one message; a text of another kind has one part Other that holds it whole. `text` is bounded by the reader.
SchedulerWords readSchedulerWords(const QString& text);

} // namespace scheduling
