#include "app/tke/registryspace.h"

#include "app/kube/jsonread.h"

#include <algorithm>

namespace tke {

RegistrySpace registrySpaceOf(const kube::Json& object)
{
    return {.ref = {.cluster = {},
                    .apiVersion = QStringLiteral("registry.tkestack.io/v1"),
                    .kind = QStringLiteral("Namespace"),
                    .nameSpace = {},
                    .name = kube::rawText(object, {"metadata", "name"}),
                    .uid = kube::rawText(object, {"metadata", "uid"})},
            .name = kube::rawText(object, {"spec", "name"}),
            .tenant = kube::rawText(object, {"spec", "tenantID"}),
            .isPublic = kube::rawText(object, {"spec", "visibility"}) == QLatin1String("Public"),
            .isLocked = kube::flag(object, {"status", "locked"})};
}

SpaceVerdict judgeSpace(const ImageName& name, const RegistryNames& names, const std::vector<RegistrySpace>& spaces)
{
    SpaceVerdict verdict;
    if (name.host.size() > names.domainSuffix.size())
        verdict.tenant = name.host.chopped(names.domainSuffix.size() + 1);
    const QString wanted = name.nameSpace();
    if (wanted.isEmpty()) {
        verdict.fault = SpaceFault::Unnamed;
        return verdict;
    }
    if (verdict.tenant.isEmpty()) {
        verdict.fault = SpaceFault::System;
        return verdict;
    }
    const auto found = std::ranges::find_if(
        spaces, [&](const RegistrySpace& each) { return each.name == wanted && each.tenant == verdict.tenant; });
    if (found == spaces.end()) {
        const auto other = std::ranges::find(spaces, wanted, &RegistrySpace::name);
        verdict.fault = other == spaces.end() ? SpaceFault::Missing : SpaceFault::OtherTenant;
        if (other != spaces.end())
            verdict.space = *other;
        return verdict;
    }
    verdict.space = *found;
    verdict.fault = found->isLocked ? SpaceFault::Locked : found->isPublic ? SpaceFault::None : SpaceFault::Private;
    return verdict;
}

} // namespace tke
