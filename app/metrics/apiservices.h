#pragma once
// The APIServices of metrics APIs, and the Deployments behind Services, as facts. Pure. Internal to metrics/.

#include "app/metrics/places.h"
#include "app/metrics/sources.h"

namespace metrics {

/// An APIService that another server answers for.
struct ApiServiceFacts {
    QString name; ///< "v1beta1.metrics.k8s.io"
    QString group;
    QString serviceNamespace;
    QString service;
    bool isAvailable = false;
    QString reason;  ///< of its condition Available: "ServiceNotFound"
    QString message; ///< of the same
};
ApiServiceFacts apiServiceFacts(const kube::Json& apiService);

struct DeploymentFacts {
    struct Container {
        QString name;
        QString image;
        QStringList arguments;
    };
    QString nameSpace;
    QString name;
    std::map<QString, QString> podLabels;
    std::vector<Container> containers;
};
DeploymentFacts deploymentFacts(const kube::Json& deployment);

/// The one whose pods a Service's selector picks; null when there is none, or nothing is selected.
const DeploymentFacts* deploymentBehind(const Place& place, const std::vector<DeploymentFacts>& deployments);
/// The container that runs `program`, told by its image, else the first; null without containers.
const DeploymentFacts::Container* containerOf(const DeploymentFacts& deployment, const QString& program);
/// --metric-resolution; nothing when it is not given, where it is one minute.
std::optional<double> resolutionOf(const DeploymentFacts::Container& container);

} // namespace metrics
