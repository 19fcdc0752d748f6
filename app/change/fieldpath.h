#pragma once
// Where a write goes inside an object: the way to read it, to patch it and to find who wrote it before.

#include "app/kube/json.h"

#include <QString>
#include <string>
#include <vector>

namespace change {

/// Keys from an object down to a field: {"spec", "template", "spec"}.
using FieldPath = std::vector<std::string>;

/// A patch that says `value` at the path and nothing else.
kube::Json nested(const FieldPath& path, kube::Json value);
/// As managedFields names it: {"f:spec", "f:template", "f:spec"}.
std::vector<QString> managedNames(const FieldPath& path);

} // namespace change
