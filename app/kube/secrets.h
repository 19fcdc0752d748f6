#pragma once
// What must not be seen over a shoulder.

#include "app/kube/json.h"

namespace kube {

/// A Secret with each value replaced by its size, and without the copy of them that kubectl keeps in an annotation. Any
/// other object comes back as it was.
Json withoutSecrets(Json object);

} // namespace kube
