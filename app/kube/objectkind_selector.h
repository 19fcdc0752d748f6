#pragma once
// A LabelSelector of an object as the server's Tables write it: metav1.LabelSelectorAsSelector(...).String().

#include "app/kube/objectkind_fields.h"

namespace kube::fields {

/// "app=web,tier in (a,b),!canary": sorted by key; "<invalid>" where Kubernetes would refuse the selector, which
/// objects from older servers can still hold; empty when there is none.
error_code readSelector(value from, std::string& text);

} // namespace kube::fields
