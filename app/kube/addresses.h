#pragma once
// Asks a cluster for its own addresses, wherever it tells them. A source that may not be read, or that this cluster
// does not have, is left out and named.

#include "app/endpoint/address.h"
#include "app/kube/client.h"

namespace kube {

struct FoundAddresses {
    std::vector<endpoint::Address> addresses; ///< sorted; the kubeconfig's own server is among them, whatever was found
    /// Sources that did not answer with addresses, with why: ids of endpoint::source.
    std::vector<std::pair<QString, base::Error>> unread;
    QString clusterUid; ///< of kube-system; empty: not told
};

/// `own` is the server of the context. Never an Error but Canceled: with no answer at all there is still `own`.
base::Call<FoundAddresses> findAddresses(const Client& client, const QUrl& own);

// What each source says; exposed for tests. Objects as served.

/// EndpointSlices of default/kubernetes, v1 or v1beta1: the API servers' own addresses.
std::vector<endpoint::Address> addressesInSlices(const Json& list);
/// The Endpoints object of the same name: clusters before 1.17, and who may not read slices.
std::vector<endpoint::Address> addressesInEndpoints(const Json& endpoints);
/// The static pods of kube-apiserver: kubeadm's annotation.
std::vector<endpoint::Address> addressesInPods(const Json& list);
/// controlPlaneEndpoint of ConfigMap kube-system/kubeadm-config.
std::vector<endpoint::Address> addressesInKubeadmConfig(const Json& configMap);
/// The server of the kubeconfig in ConfigMap kube-public/cluster-info.
std::vector<endpoint::Address> addressesInClusterInfo(const Json& configMap);
/// What one of TKEStack's Cluster objects says of its own addresses (status.addresses; tkestack/tke,
/// api/platform/v1/types.go, ClusterAddress).
struct PlatformAddresses {
    std::vector<endpoint::Address> addresses; ///< as they stand there: one may be of two types
    QStringList unread;                       ///< what is no address that is known, as "type host:port"; made visible
};
PlatformAddresses platformAddresses(const Json& cluster);
/// TKEStack's Cluster objects: those of the one that has an address of `known`, since each describes another cluster.
std::vector<endpoint::Address> addressesInPlatform(const Json& list, const std::vector<endpoint::Address>& known);

} // namespace kube
