#pragma once
// Lists that are made from the question and not from what there is.

#include "app/kube/apiresource.h"

namespace kube {

/// TKEStack's auth component lists users and groups of the tenant that is asked about, as spec.tenantID or by who asks,
/// and answers without one that there are none (pkg/auth/registry/{user,group}/storage/storage.go of tkestack/tke): an
/// empty list of these says nothing.
inline bool isListedByTenant(const ApiResource& kind)
{
    return kind.group == QLatin1String("auth.tkestack.io") &&
           (kind.resource == QLatin1String("users") || kind.resource == QLatin1String("groups"));
}

} // namespace kube
