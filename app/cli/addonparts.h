#pragma once
// The addons of member clusters as `clusters --addons` prints them.

#include "app/tke/addonstate.h"

namespace cli {

class Run;

/// Into the JSON of a member, or of a name that is none: addons, leftOver, addonsError, addonsUnread.
void addAddons(kube::Json& into, const tke::ClusterAddons& cluster, const tke::AddonSurvey& survey);
/// As a table, and below it what to do.
void printAddons(Run& run, const std::vector<tke::ClusterAddons>& clusters);

} // namespace cli
