#pragma once
// Clients of a platform's member clusters by their names, for who reads a little of each: each is opened by the first
// way that can be gone, when it is first asked for.

#include "app/tke/clientof.h"
#include "app/tke/memberroutes.h"

namespace tke {

/// `client` speaks to the platform and its transport outlives what this gives; so does the platform's journal. A
/// connection is shared by all who ask for the same cluster, and lives as long as the function or one of them. Error:
/// why the last way could not be gone. Works in the calling thread, which has an event loop.
ClientOf memberClients(const kube::Client& client, PlatformAccess platform);

} // namespace tke
