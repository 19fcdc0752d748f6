#pragma once
// Where a kind stands in the tree of a cluster.

#include "app/kube/apiresource.h"

namespace kube {

/// Groups of the tree, in order; the ids are those of alidadectl's JSON.
enum class KindGroup { Nodes, Workloads, Network, Config, Storage, Access, Custom, Cluster, Businesses };

QString idOf(KindGroup group);
const std::vector<KindGroup>& kindGroups();
KindGroup groupOf(const ApiResource& resource);

/// The kinds of a catalog that can be listed, group by group, each in the order in which people look for them: known
/// ones first, then by name. A kind that is served twice (events) stands once.
std::vector<std::pair<KindGroup, std::vector<ApiResource>>> groupedKinds(const ApiCatalog& catalog);

} // namespace kube
