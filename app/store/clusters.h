#pragma once
// All clusters that the kubeconfigs name, one a context, none of them opened by itself; and the members that were
// opened from a platform among them.

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
    /// Takes over what the files say, in place of everything there was.
    void load(config::Kubeconfig kubeconfig);
    /// Takes over what the same files say now. A context that says the same is left alone, whatever else changed; one
    /// with another credential goes on as somebody else; one with another server is opened anew (reopening()). Of files
    /// that cannot be read the contexts stay as they were. An open cluster whose context is gone stays, with the
    /// problem "contextGone", until it is closed.
    void update(config::Kubeconfig kubeconfig);

    /// Opens a member of `platform`, by a context that names both (see config::Context::member) and that way. It stands
    /// behind its platform and the members opened before, as inserted() says; it is in memory only, gone once it is
    /// closed, and closed with its platform. One of that name that is open already comes back as it is.
    Cluster* openMember(Cluster* platform, config::Context context, Cluster::Way way);
    /// Opens what no file names, by a context with `snapshot` set, behind all others; it is gone once it is closed. Of
    /// a name that is taken it gets another.
    Cluster* openSnapshot(config::Context context, Cluster::Way way);
    /// Closes it and lets it go at once, so that it may be opened another way.
    void dropMember(Cluster* member);
    /// Those that were opened from this one, in their order.
    std::vector<Cluster*> membersOf(const Cluster* platform) const;

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
    /// update() is done.
    void updated();
    void inserted(int index);
    /// It goes: whoever looks at it lets it go now. It is closed.
    void removing(int index);
    void removed();
    /// It is closed next, and opened at another server: whoever looks at it lets it go now.
    void reopening(store::Cluster* cluster);
    void reopened(store::Cluster* cluster);

private:
    std::unique_ptr<Cluster> make(const config::Context& context);
    bool isKept(const Cluster& cluster, const config::Kubeconfig& now) const;
    void remove(int index);

    transport::PluginHost* m_plugins;
    transport::Journal m_journal; ///< outlives the clusters
    config::Kubeconfig m_kubeconfig;
    std::vector<std::unique_ptr<Cluster>> m_clusters;
    QString m_memoryFile;
    config::SecretStore* m_secrets = nullptr;
};

} // namespace store
