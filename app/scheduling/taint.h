#pragma once
// Taints of nodes and tolerations of pods, and what one does to the other. Pure functions: nothing is asked, no clock
// is read. The rules are k8s.io/api/core/v1/toleration.go (ToleratesTaint) and
// k8s.io/kubernetes/pkg/controller/tainteviction (getMinTolerationTime); the effects a scheduler heeds are those of
// pkg/scheduler/framework/plugins/helper (DoNotScheduleTaintsFilterFunc).

#include "app/kube/json.h"

#include <QString>
#include <optional>
#include <span>
#include <vector>

namespace scheduling {

inline constexpr QLatin1String NoSchedule("NoSchedule");
inline constexpr QLatin1String PreferNoSchedule("PreferNoSchedule");
inline constexpr QLatin1String NoExecute("NoExecute");

/// Texts are as they were served: for comparing. What is shown comes from text().
struct Taint {
    QString key;
    QString value; ///< empty: none
    QString effect;
    QString timeAdded; ///< RFC 3339; empty: not said
    bool operator==(const Taint&) const = default;

    /// A node holds one taint of a key and effect.
    bool isSame(const Taint& other) const { return key == other.key && effect == other.effect; }
};

struct Toleration {
    QString key;                   ///< empty, with Exists: every key
    QString op;                    ///< "Equal", "Exists", "Lt", "Gt"; empty: Equal
    QString value;                 ///< heeded unless `op` is Exists
    QString effect;                ///< empty: every effect
    std::optional<qint64> seconds; ///< tolerationSeconds; none: for ever
    bool operator==(const Toleration&) const = default;
};

Taint taintOf(const kube::Json& taint);
Toleration tolerationOf(const kube::Json& toleration);
/// spec.taints of a Node.
std::vector<Taint> taintsOf(const kube::Json& node);
/// spec.tolerations of a Pod, or of the pod template that is given.
std::vector<Toleration> tolerationsOf(const kube::Json& pod);

/// "key=value:effect", "key:effect": as kubectl writes it; control characters are made visible.
QString text(const Taint& taint);
/// "key=value:effect for 300 s", ":NoExecute", "*": for lists.
QString text(const Toleration& toleration);

enum class Match {
    No,
    Yes,
    Maybe, ///< Lt or Gt: counts only where the feature gate TaintTolerationComparisonOperators is on (1.35 and later)
};
Match tolerates(const Toleration& toleration, const Taint& taint);
/// The best that any of them does.
Match tolerates(std::span<const Toleration> tolerations, const Taint& taint);

/// The taints that keep the pod from being placed: NoSchedule and NoExecute without a toleration. PreferNoSchedule
/// never does. A taint that is perhaps tolerated counts as one that is not, as it is where the gate is off.
std::vector<Taint> blockingTaints(std::span<const Taint> taints, std::span<const Toleration> tolerations);

/// What the taint-eviction controller does to a pod that runs on a node with these taints.
struct Eviction {
    enum class Outcome { Stays, EvictedNow, EvictedAfter };
    Outcome outcome = Outcome::Stays;
    qint64 afterSeconds = 0;      ///< EvictedAfter: from the moment at which the taint comes
    std::vector<Toleration> used; ///< for each NoExecute taint the first toleration that matches, in the taints' order
    bool uncertain = false;       ///< it would be another with the gate for Lt and Gt on; told is what happens without
    bool operator==(const Eviction&) const = default;
};
/// Of NoExecute taints only. Each of them must be tolerated, else the pod goes now; the smallest `seconds` among the
/// tolerations used is the delay, one of 0 or less means now, and none at all means that the pod stays.
Eviction evictionOf(std::span<const Taint> taints, std::span<const Toleration> tolerations);

/// The name in alidadectl's JSON: stays, evictedNow, evictedAfter.
QString idOf(Eviction::Outcome outcome);

} // namespace scheduling
