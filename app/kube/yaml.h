#pragma once
// Objects as YAML, for reading and later for editing.

#include "app/kube/json.h"

namespace kube {

/// Keys in the order in which they came; texts that another type could be read from are quoted, those of several lines
/// are blocks. Control characters are escaped, never written; any text comes back as it was. `managedFields` is left
/// out unless wanted.
QString toYaml(const Json& object, bool withManagedFields = false);

} // namespace kube
