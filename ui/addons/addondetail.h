#pragma once
// What stands beside the table of addons: of the one that is chosen, both sides and what to do.

#include "app/tke/addonstate.h"
#include "ui/widgets/keyvalueview.h"

namespace ui {

Sign signOf(const tke::AddonView& addon);
Sign signOf(const tke::PartState& part);

/// Ids of rows that lead: "object" in the group "addon" is the object at the platform; in the group "made" the row's
/// number is that of the part. `canOpen`: the objects of that cluster can be shown.
std::vector<KeyValues> detailOf(const tke::AddonView& addon, const tke::ClusterAddons& cluster,
                                const tke::AddonSurvey& survey, bool canOpen);
/// Its object is row "0" of the group "made".
std::vector<KeyValues> detailOf(const tke::LeftOver& leftOver, const tke::ClusterAddons& cluster, bool canOpen);

} // namespace ui
