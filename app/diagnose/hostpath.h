#pragma once
// Why a workload with a host path does not run, or does not find its files: from its volumes over what admission and
// the kubelets said to the nodes that its pods are on. One workload ("[NAMESPACE/]KIND/NAME"), or all that have such
// volumes. Internal to diagnose/.

#include "app/change/hostpathreview.h"
#include "app/diagnose/clusterexamination.h"
#include "app/diagnose/guide.h"
#include "app/kube/discovery.h"

namespace diagnose {

class HostPathExamination final : public ClusterExamination {
public:
    explicit HostPathExamination(const Subject& subject);

private:
    /// One workload that mounts directories of its nodes.
    struct Workload {
        kube::ApiResource resource;
        kube::Json object;
        kube::ObjectRef ref;
        std::vector<std::pair<QString, QString>> volumes; ///< name and path
        QStringList refusals;                             ///< what admission said of its pods
        QStringList mounts;                               ///< what kubelets said of its volumes
    };

    void run() override;
    void look(const kube::ApiCatalog& catalog);
    void askOne(const kube::ApiResource& resource, const QString& nameSpace, const QString& name);
    void askAll(std::vector<kube::ApiResource> kinds);
    void add(const kube::ApiResource& resource, const kube::Json& object);
    void heardWorkloads();
    void askEvents();
    void hear(const kube::Json& event);
    void reviewNext(std::size_t next);
    void conclude();
    void tell(const Workload& workload);
    static QString nameOf(const Workload& workload);

    std::vector<Workload> m_workloads;
    std::optional<base::Error> m_eventsError;
    std::vector<std::pair<QString, QStringList>> m_spread; ///< a workload, and the nodes that its pods are on
};

} // namespace diagnose
