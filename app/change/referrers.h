#pragma once
// Who names an object without owning it: it stays when the object goes, and misses it.

#include "app/change/intent.h"

#include <functional>

namespace change {

struct Referrer {
    QString kind;                                    ///< as a catalog finds it: "ingresses.networking.k8s.io"
    QString nameSpace;                               ///< where they may be; empty: everywhere
    std::function<bool(const kube::Json&)> refersTo; ///< of one of them, whole
};
/// For services, claims, config maps, secrets, service accounts, storage classes, roles and what can be scaled.
std::vector<Referrer> referrersOf(const Target& target);

} // namespace change
