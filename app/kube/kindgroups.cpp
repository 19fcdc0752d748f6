#include "app/kube/kindgroups.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace kube {
namespace {

struct Place {
    const char* key; ///< ApiResource::key()
    KindGroup group;
};

/// The kinds that Kubernetes itself serves, in the order in which they are shown.
constexpr std::array Places{
    Place{"nodes", KindGroup::Nodes},
    Place{"pods", KindGroup::Workloads},
    Place{"deployments.apps", KindGroup::Workloads},
    Place{"statefulsets.apps", KindGroup::Workloads},
    Place{"daemonsets.apps", KindGroup::Workloads},
    Place{"jobs.batch", KindGroup::Workloads},
    Place{"cronjobs.batch", KindGroup::Workloads},
    Place{"replicasets.apps", KindGroup::Workloads},
    Place{"replicationcontrollers", KindGroup::Workloads},
    Place{"horizontalpodautoscalers.autoscaling", KindGroup::Workloads},
    Place{"poddisruptionbudgets.policy", KindGroup::Workloads},
    Place{"podtemplates", KindGroup::Workloads},
    Place{"controllerrevisions.apps", KindGroup::Workloads},
    Place{"workloads.scheduling.k8s.io", KindGroup::Workloads},
    Place{"services", KindGroup::Network},
    Place{"endpointslices.discovery.k8s.io", KindGroup::Network},
    Place{"endpoints", KindGroup::Network},
    Place{"ingresses.networking.k8s.io", KindGroup::Network},
    Place{"ingresses.extensions", KindGroup::Network},
    Place{"ingressclasses.networking.k8s.io", KindGroup::Network},
    Place{"networkpolicies.networking.k8s.io", KindGroup::Network},
    Place{"servicecidrs.networking.k8s.io", KindGroup::Network},
    Place{"ipaddresses.networking.k8s.io", KindGroup::Network},
    Place{"configmaps", KindGroup::Config},
    Place{"secrets", KindGroup::Config},
    Place{"resourcequotas", KindGroup::Config},
    Place{"limitranges", KindGroup::Config},
    Place{"priorityclasses.scheduling.k8s.io", KindGroup::Config},
    Place{"runtimeclasses.node.k8s.io", KindGroup::Config},
    Place{"leases.coordination.k8s.io", KindGroup::Config},
    Place{"mutatingwebhookconfigurations.admissionregistration.k8s.io", KindGroup::Config},
    Place{"validatingwebhookconfigurations.admissionregistration.k8s.io", KindGroup::Config},
    Place{"persistentvolumeclaims", KindGroup::Storage},
    Place{"persistentvolumes", KindGroup::Storage},
    Place{"storageclasses.storage.k8s.io", KindGroup::Storage},
    Place{"serviceaccounts", KindGroup::Access},
    Place{"roles.rbac.authorization.k8s.io", KindGroup::Access},
    Place{"rolebindings.rbac.authorization.k8s.io", KindGroup::Access},
    Place{"clusterroles.rbac.authorization.k8s.io", KindGroup::Access},
    Place{"clusterrolebindings.rbac.authorization.k8s.io", KindGroup::Access},
    Place{"podsecuritypolicies.policy", KindGroup::Access},
    Place{"certificatesigningrequests.certificates.k8s.io", KindGroup::Access},
    Place{"namespaces", KindGroup::Cluster},
    Place{"events", KindGroup::Cluster},
    Place{"apiservices.apiregistration.k8s.io", KindGroup::Cluster},
    Place{"customresourcedefinitions.apiextensions.k8s.io", KindGroup::Cluster},
    Place{"componentstatuses", KindGroup::Cluster},
};

/// Groups of Kubernetes' own whose kinds are not all named above: later versions add some.
struct GroupPlace {
    const char* apiGroup;
    KindGroup group;
};
constexpr std::array GroupPlaces{
    GroupPlace{"", KindGroup::Config},
    GroupPlace{"apps", KindGroup::Workloads},
    GroupPlace{"batch", KindGroup::Workloads},
    GroupPlace{"autoscaling", KindGroup::Workloads},
    GroupPlace{"policy", KindGroup::Workloads},
    GroupPlace{"scheduling.k8s.io", KindGroup::Config},
    GroupPlace{"resource.k8s.io", KindGroup::Config},
    GroupPlace{"coordination.k8s.io", KindGroup::Config},
    GroupPlace{"node.k8s.io", KindGroup::Config},
    GroupPlace{"admissionregistration.k8s.io", KindGroup::Config},
    GroupPlace{"networking.k8s.io", KindGroup::Network},
    GroupPlace{"discovery.k8s.io", KindGroup::Network},
    GroupPlace{"extensions", KindGroup::Workloads},
    GroupPlace{"storage.k8s.io", KindGroup::Storage},
    GroupPlace{"storagemigration.k8s.io", KindGroup::Storage},
    GroupPlace{"rbac.authorization.k8s.io", KindGroup::Access},
    GroupPlace{"certificates.k8s.io", KindGroup::Access},
    GroupPlace{"authentication.k8s.io", KindGroup::Access},
    GroupPlace{"authorization.k8s.io", KindGroup::Access},
    GroupPlace{"apiregistration.k8s.io", KindGroup::Cluster},
    GroupPlace{"apiextensions.k8s.io", KindGroup::Cluster},
    GroupPlace{"flowcontrol.apiserver.k8s.io", KindGroup::Cluster},
    GroupPlace{"internal.apiserver.k8s.io", KindGroup::Cluster},
    GroupPlace{"events.k8s.io", KindGroup::Cluster},
    GroupPlace{"business.tkestack.io", KindGroup::Businesses},
};

std::size_t rankOf(const ApiResource& resource)
{
    const auto place = std::find_if(Places.begin(), Places.end(),
                                    [key = resource.key()](const Place& p) { return key == QLatin1String(p.key); });
    return static_cast<std::size_t>(place - Places.begin());
}

/// The same objects under a second name: the first one stands for both where both are served.
bool isTwin(const ApiResource& resource, const ApiCatalog& catalog)
{
    constexpr std::array<std::pair<const char*, const char*>, 2> twins{
        {{"events.events.k8s.io", "events"}, {"ingresses.extensions", "ingresses.networking.k8s.io"}}};
    return std::any_of(twins.begin(), twins.end(), [&](const auto& twin) {
        return resource.key() == QLatin1String(twin.first) &&
               std::any_of(catalog.resources.begin(), catalog.resources.end(),
                           [&](const ApiResource& r) { return r.key() == QLatin1String(twin.second); });
    });
}

} // namespace

QString idOf(KindGroup group)
{
    switch (group) {
    case KindGroup::Nodes:
        return QStringLiteral("nodes");
    case KindGroup::Workloads:
        return QStringLiteral("workloads");
    case KindGroup::Network:
        return QStringLiteral("network");
    case KindGroup::Config:
        return QStringLiteral("config");
    case KindGroup::Storage:
        return QStringLiteral("storage");
    case KindGroup::Access:
        return QStringLiteral("access");
    case KindGroup::Custom:
        return QStringLiteral("custom");
    case KindGroup::Cluster:
        return QStringLiteral("cluster");
    case KindGroup::Businesses:
        return QStringLiteral("businesses");
    }
    return {};
}

const std::vector<KindGroup>& kindGroups()
{
    static const std::vector<KindGroup> groups{KindGroup::Nodes,  KindGroup::Workloads, KindGroup::Network,
                                               KindGroup::Config, KindGroup::Storage,   KindGroup::Access,
                                               KindGroup::Custom, KindGroup::Cluster,   KindGroup::Businesses};
    return groups;
}

KindGroup groupOf(const ApiResource& resource)
{
    if (const std::size_t rank = rankOf(resource); rank < Places.size())
        return Places[rank].group;
    const auto place = std::find_if(GroupPlaces.begin(), GroupPlaces.end(),
                                    [&](const GroupPlace& p) { return resource.group == QLatin1String(p.apiGroup); });
    return place == GroupPlaces.end() ? KindGroup::Custom : place->group;
}

std::vector<std::pair<KindGroup, std::vector<ApiResource>>> groupedKinds(const ApiCatalog& catalog)
{
    std::vector<std::pair<KindGroup, std::vector<ApiResource>>> groups;
    for (const KindGroup group : kindGroups()) {
        std::vector<ApiResource> kinds;
        for (const ApiResource& resource : catalog.resources)
            if (groupOf(resource) == group && resource.can(QLatin1String("list")) && !isTwin(resource, catalog))
                kinds.push_back(resource);
        std::stable_sort(kinds.begin(), kinds.end(), [](const ApiResource& a, const ApiResource& b) {
            return std::tuple(rankOf(a), a.group, a.kind) < std::tuple(rankOf(b), b.group, b.kind);
        });
        if (!kinds.empty())
            groups.emplace_back(group, std::move(kinds));
    }
    return groups;
}

} // namespace kube
