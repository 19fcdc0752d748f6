#include "app/store/clusters.h"

#include <algorithm>

namespace store {

Clusters::Clusters(transport::PluginHost* plugins, QObject* parent) : QObject(parent), m_plugins(plugins) {}

void Clusters::load(config::Kubeconfig kubeconfig)
{
    m_kubeconfig = std::move(kubeconfig);
    // What closes says so: nobody who listens then finds one that is half gone.
    auto gone = std::exchange(m_clusters, {});
    gone.clear();
    for (const config::Context& context : m_kubeconfig.contexts) {
        m_clusters.push_back(std::make_unique<Cluster>(context, &m_journal, m_plugins));
        m_clusters.back()->setMemoryFile(m_memoryFile);
        m_clusters.back()->setSecretStore(m_secrets);
    }
    emit loaded();
}

Cluster* Clusters::find(const QString& contextName) const
{
    const auto found = std::find_if(m_clusters.begin(), m_clusters.end(),
                                    [&](const auto& cluster) { return cluster->context().name == contextName; });
    return found == m_clusters.end() ? nullptr : found->get();
}

Cluster* Clusters::findById(const QString& id) const
{
    Cluster* closed = nullptr;
    for (const auto& cluster : m_clusters) {
        if (cluster->id() != id)
            continue;
        if (cluster->isOpen())
            return cluster.get();
        closed = cluster.get();
    }
    return closed;
}

} // namespace store
