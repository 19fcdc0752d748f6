#pragma once
// What only the cluster can tell about a host path: what admission thinks of the pods, which nodes they are on, and
// what the namespace demands.

#include "app/change/hostpath.h"
#include "app/kube/client.h"

namespace change {

/// A pod of the workload, judged by a dry run: a controller's refusal would come later, and nobody would see it.
struct PodAdmission {
    bool accepted = false;
    base::Error error; ///< when it was not
    std::vector<Notice> warnings;
};

struct HostPathReview {
    PodAdmission podAdmission;
    /// The namespace's pod-security.kubernetes.io/enforce; empty: none, or not to be read.
    QString podSecurity;
    /// Where pods of the workload are now, each once.
    QStringList nodes;
    std::vector<Hazard> hazards; ///< what follows from all of it
    /// What could not be read, with why: "pods", "namespace", "nodes".
    std::vector<std::pair<QString, base::Error>> unread;
};

enum class HostPathScope {
    Whole,
    PodsAlone, ///< their admission and where they are: for who looks at many workloads
};
/// `object` is the workload as it would be: the answer of its dry run. Never an Error but Canceled.
base::Call<HostPathReview> reviewHostPath(const kube::Client& client, const Target& target, const kube::Json& object,
                                          HostPathScope scope = HostPathScope::Whole);

} // namespace change
