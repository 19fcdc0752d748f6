#pragma once
// Which of a platform's clusters is the platform's own: the one that the client speaks to.

#include "app/endpoint/address.h"
#include "app/kube/client.h"

namespace tke {

/// The name of the Cluster object that has one of the addresses in `known`. Error{NotFound, "ownClusterUnknown"} where
/// none has, or more than one; whatever is said when the clusters cannot be listed. Works in the calling thread.
base::Call<QString> findOwnCluster(const kube::Client& client, std::vector<endpoint::Address> known);

} // namespace tke
