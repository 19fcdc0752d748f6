#pragma once
// The namespaces of the platform's image registry, and what each lets whom do.
// Facts: tkestack/tke api/registry/v1/types.go (Namespace), pkg/registry/distribution/auth/filter.go (an unknown or
// locked one gives no rights; a tenant's own keys push and pull; everybody pulls from a public one; without a tenant
// everybody pulls and the administrator alone pushes).

#include "app/kube/json.h"
#include "app/kube/objectref.h"
#include "app/tke/registry.h"

#include <vector>

namespace tke {

inline constexpr QLatin1String RegistrySpacesKey("namespaces.registry.tkestack.io");

/// As it is served; a text that is not there is empty.
struct RegistrySpace {
    kube::ObjectRef ref;
    QString name;
    QString tenant;
    bool isPublic = false;
    bool isLocked = false;
    bool operator==(const RegistrySpace&) const = default;
};
RegistrySpace registrySpaceOf(const kube::Json& object);

enum class SpaceFault {
    None,
    Unnamed,     ///< the image's name has none
    System,      ///< no tenant stands in the host: what the platform keeps for all tenants
    Missing,     ///< nobody has one of that name
    OtherTenant, ///< one of that name is there, of another tenant than the host's
    Locked,
    Private, ///< no fault for who pushes: others than the tenant do not even pull
};
struct SpaceVerdict {
    SpaceFault fault = SpaceFault::None;
    QString tenant;                     ///< that the host speaks of; empty: none
    std::optional<RegistrySpace> space; ///< the one that is meant, or stands elsewhere
};
/// `name` is one of the platform's (isOfPlatform()), with a repository.
SpaceVerdict judgeSpace(const ImageName& name, const RegistryNames& names, const std::vector<RegistrySpace>& spaces);

} // namespace tke
