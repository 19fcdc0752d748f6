#pragma once
// The kinds of TKEStack that are asked for by path (tkestack/tke: pkg/*/registry/rest/rest.go). Older platforms lack
// some, and a group is served where its component is installed only: a NotFound says that.

#include "app/kube/apiresource.h"

namespace tke {

inline kube::ApiResource kindOf(const char* group, const char* resource, const char* kind, bool namespaced = false)
{
    return {.group = QLatin1String(group) + QStringLiteral(".tkestack.io"),
            .version = QStringLiteral("v1"),
            .resource = QLatin1String(resource),
            .kind = QLatin1String(kind),
            .namespaced = namespaced};
}

/// The clusters that a platform knows, its own among them.
inline kube::ApiResource clusters()
{
    return kindOf("platform", "clusters", "Cluster");
}
/// Businesses.
inline kube::ApiResource projects()
{
    return kindOf("business", "projects", "Project");
}
/// Business namespaces: the namespace of each is the name of its Project.
inline kube::ApiResource namespaces()
{
    return kindOf("business", "namespaces", "Namespace", true);
}
/// Who administers the platform, one a tenant.
inline kube::ApiResource platforms()
{
    return kindOf("business", "platforms", "Platform");
}
/// Users that the platform keeps itself. A hash of the password stands in each.
inline kube::ApiResource localIdentities()
{
    return kindOf("auth", "localidentities", "LocalIdentity");
}
/// Users of whatever identity provider.
inline kube::ApiResource users()
{
    return kindOf("auth", "users", "User");
}
inline kube::ApiResource projectPolicyBindings()
{
    return kindOf("auth", "projectpolicybindings", "ProjectPolicyBinding");
}

} // namespace tke
