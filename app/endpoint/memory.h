#pragma once
// Addresses that were seen once, on disk: a master that dies leaves the cluster's own list within seconds, just when
// its address is looked for. A small JSON file; no credential is in it.

#include "app/base/result.h"
#include "app/endpoint/address.h"
#include "app/transport/endpoint.h"

namespace endpoint {

/// What is remembered of one cluster.
struct Known {
    QString clusterUid; ///< of kube-system; empty: never told
    std::vector<Address> addresses;
    bool operator==(const Known&) const = default;
};

/// $XDG_STATE_HOME/alidade/addresses.json
QString memoryFile();

/// By what a cluster is found again before it has answered: its server and its CA in the kubeconfig.
QString memoryKey(const transport::Endpoint& own);

/// Nothing for a cluster that was not seen, or a file that cannot be read: what is remembered is a help, not a need.
Known recall(const QString& file, const QString& key);
/// Replaces what stands there for this cluster, and forgets the ones that were not seen for longest past 200 clusters,
/// addresses past 64, and those not seen for 90 days unless they were added by hand. Error{BadConfig} "fileUnwritable".
base::Result<void> remember(const QString& file, const QString& key, const Known& known);

/// The addresses found now and those remembered, as one sorted list: what was not found again is Remembered too, and
/// keeps its lastSeen.
std::vector<Address> joined(std::vector<Address> found, const Known& known);

} // namespace endpoint
