#pragma once
// Business namespaces beside what stands in the clusters that they name: the namespace, its labels and its quota, as
// the platform's own health check looks at them (tkestack/tke: pkg/business/controller/namespace/cluster/cluster.go,
// namespace_health.go).

#include "app/tke/businesses.h"
#include "app/tke/clientof.h"

namespace tke {

/// What the platform labels a namespace with: the business, and the business namespace.
inline constexpr const char* ProjectLabel = "tkestack.io/projectName";
inline constexpr const char* NamespaceLabel = "tkestack.io/namespaceName";

/// Nothing is said of what was not seen: `error` then tells why, of the namespace or of the quota.
struct LiveNamespace {
    std::optional<bool> exists;
    bool isTerminating = false;
    /// Its label names a business: `owner`.
    std::optional<bool> labelled;
    QString owner;
    /// The owner is another business: the platform refuses to take it over.
    std::optional<bool> conflict;
    /// The ResourceQuota that the platform makes is there.
    std::optional<bool> hasQuota;
    Quantities hard;
    Quantities used;
    std::optional<base::Error> error;

    /// All that can be seen is as it should be, for a namespace with or without limits; nothing: not known.
    std::optional<bool> isWell(const BusinessNamespace& planned) const;
};

/// One for each business namespace, in the order in which they were asked for.
using LiveNamespaces = std::vector<LiveNamespace>;

/// `planned`: all in the cluster that `client` speaks to. Two lists, whatever their number; who may not list is asked
/// about each by name, two hundred at the most. Never an Error but Canceled. Works in the calling thread.
base::Call<LiveNamespaces> readLiveNamespaces(const kube::Client& client, std::vector<BusinessNamespace> planned);

/// All, each in its cluster; a cluster that cannot be reached says so in each of its namespaces. Works in the calling
/// thread.
base::Call<LiveNamespaces> readLiveNamespaces(const ClientOf& clientOf, const std::vector<BusinessNamespace>& planned);

} // namespace tke
