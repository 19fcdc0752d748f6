#pragma once
// What a YAML scalar means: the rules of go.yaml.in/yaml/v2, resolve.go, as far as JSON can tell their outcomes apart.
// Internal to config/.

#include "app/config/yaml.h"

namespace config {

/// Sets kind, truth and text from a tag as yaml-cpp gives it ("?" plain, "!" quoted, else the long form) and the value.
/// The words of an error; empty when all is well.
std::string resolveScalar(const std::string& tag, const std::string& value, YamlNode& node);

} // namespace config
