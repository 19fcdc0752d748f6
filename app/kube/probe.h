#pragma once
// A look at one address of a cluster, all stages: the way there (endpoint/reach.h), then what the API server says of
// itself, and whether it is the same cluster.

#include "app/endpoint/probe.h"
#include "app/transport/connect.h"

namespace kube {

struct ProbeOptions {
    transport::Endpoint own; ///< the context's own server: its CA says which certificates are of this cluster
    transport::Connector connect;
    QString clusterUid; ///< UID of kube-system; empty: not known
    /// A person has said that this address is of the same cluster: a credential goes there though nothing proves it. A
    /// certificate that is not of the cluster's CA is refused all the same.
    bool assumeSameCluster = false;
    bool quick = false;                        ///< one connection, no latencies: for a switch, not for a table
    std::chrono::milliseconds patience{5'000}; ///< for each stage
};

/// A credential goes to an address other than the context's own only when the certificate there chains to the cluster's
/// CA, or when a person has decided; else the questions are asked as nobody. Works in the calling thread, which has an
/// event loop. An Error only for Canceled and BadConfig.
base::Call<endpoint::ProbeResult> probe(const endpoint::Address& address, const ProbeOptions& options);

/// Why this address may not be used in place of the cluster's own, from what a probe found; nothing: it may. Without a
/// person's decision only an address that is known to be the same cluster may.
std::optional<base::Error> refusalOf(const endpoint::ProbeResult& result, bool assumeSameCluster);

} // namespace kube
