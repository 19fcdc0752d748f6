#pragma once
// A YAML tree as JSON text, for what a kubeconfig hands on as it stands. Internal to config/.

#include "app/config/yaml.h"

namespace config {

QByteArray jsonOf(const YamlNode& node);

} // namespace config
