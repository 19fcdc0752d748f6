#pragma once
// What must not be seen over a shoulder.

#include "app/kube/json.h"

#include <utility>

namespace kube {

/// A Secret with each value replaced by its size, and without the copy of them that kubectl keeps in an annotation. Any
/// other object comes back as it was.
Json withoutSecrets(Json object);
/// Both sides of a difference: values that differ are told apart by more than their size, "<5 bytes, before>".
std::pair<Json, Json> withoutSecrets(const Json& before, const Json& after);

} // namespace kube
