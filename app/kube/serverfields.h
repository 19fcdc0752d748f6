#pragma once
// What the server writes into an object by itself (k8s.io/apimachinery/pkg/apis/meta/v1/types.go, ObjectMeta).

#include "app/kube/json.h"

namespace kube {

/// What moves with each write, whoever made it: managedFields, resourceVersion, generation, selfLink.
Json withoutVersion(Json object);
/// What only a server gives an object: the above, its uid, its times, its status. The rest is what somebody asked for.
Json withoutServerFields(Json object);

} // namespace kube
