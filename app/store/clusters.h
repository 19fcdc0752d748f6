#pragma once
// All clusters that the kubeconfigs name, one a context, none of them opened by itself.

#include "app/config/kubeconfig.h"
#include "app/store/cluster.h"

namespace store {

class Clusters : public QObject {
    Q_OBJECT
public:
    /// `plugins` outlives them; without it no sign-in plugin is run.
    explicit Clusters(transport::PluginHost* plugins = nullptr, QObject* parent = nullptr);

    /// Where addresses are remembered, for clusters that are loaded from then on; empty: nowhere.
    void setMemoryFile(const QString& file) { m_memoryFile = file; }
    /// Takes over what the files say. Called once, before views look.
    void load(config::Kubeconfig kubeconfig);

    /// Where the secrets of clusters added by hand lie; outlives this. Before load().
    void setSecretStore(config::SecretStore* secrets) { m_secrets = secrets; }

    const config::Kubeconfig& kubeconfig() const { return m_kubeconfig; }
    transport::Journal* journal() { return &m_journal; }
    int size() const { return static_cast<int>(m_clusters.size()); }
    Cluster* at(int index) const { return m_clusters[static_cast<std::size_t>(index)].get(); }
    /// By the context's name; null when there is none.
    Cluster* find(const QString& contextName) const;
    /// By Cluster::id(), as an ObjectRef names it; an open one first.
    Cluster* findById(const QString& id) const;

signals:
    void loaded();

private:
    transport::PluginHost* m_plugins;
    transport::Journal m_journal; ///< outlives the clusters
    config::Kubeconfig m_kubeconfig;
    std::vector<std::unique_ptr<Cluster>> m_clusters;
    QString m_memoryFile;
    config::SecretStore* m_secrets = nullptr;
};

} // namespace store
