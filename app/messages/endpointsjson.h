#pragma once
// What was found of a cluster's addresses, as `alidadectl endpoints` tells it and as a snapshot keeps it.

#include "app/endpoint/probe.h"
#include "app/kube/json.h"

namespace messages {

/// One address; its sentences in the language of the installed translators.
kube::Json endpointJson(const endpoint::ProbeResult& result, bool inUse);

} // namespace messages
