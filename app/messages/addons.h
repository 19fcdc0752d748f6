#pragma once
// The addons of member clusters in words.

#include "app/tke/addonstate.h"

namespace messages {

/// "well", "not known".
QString addonStateName(tke::AddonState state);
/// "Deployment kube-system/tapp-controller", and what the object says of itself: "0 of 1 ready".
QString partName(const tke::PartState& part);
QString partState(const tke::PartState& part);
/// What is to be said of it beyond its phase: where the cluster and the platform do not agree, else how it is.
QString sentence(const tke::AddonView& addon, const tke::ClusterAddons& cluster);
/// What to do about it; empty: nothing.
QString advice(const tke::AddonView& addon);
QString sentence(const tke::LeftOver& leftOver);
QString advice(const tke::LeftOver& leftOver);
/// A kind of which it is not known where it is installed.
QString unreadAddons(const tke::Unread& unread);
/// What an error of app/tke/addons.h says, by its `reason`; empty for others. sentence() of errors.h knows them.
QString addonSentence(const base::Error& error);

} // namespace messages
