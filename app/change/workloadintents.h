#pragma once
// The everyday writes to workloads: how many pods, restart, suspend, which image. Each writes its own field and nothing
// beside it.

#include "app/change/fieldintent.h"

namespace change {

/// spec.replicas, of the object or, where the target names subresource "scale", through that. As kubectl scale.
IntentPtr scale(const Target& target, int replicas);
/// Of an object or of its Scale; nothing where it says none.
std::optional<qint64> replicasOf(const kube::Json& object);

/// The annotation that kubectl rollout restart writes into the pod template (k8s.io/kubectl/pkg/polymorphichelpers/
/// objectrestarter.go). A paused Deployment is refused: "deploymentPaused".
IntentPtr restart(const Target& target, const QDateTime& when);

/// spec.suspend of a Job or a CronJob.
IntentPtr suspend(const Target& target, bool suspended);

/// A container that an object's pods are made of.
struct ContainerImage {
    QString name;  ///< as it was served
    QString image; ///< as it was served
    bool isInit = false;
    bool operator==(const ContainerImage&) const = default;
};
std::vector<ContainerImage> imagesOf(const kube::ApiResource& resource, const kube::Json& object);
/// Where pods are described in an object of this kind, {"spec", "template", "spec"}; empty: in none.
FieldPath podSpecPath(const kube::ApiResource& resource);

/// The image of one container, by a strategic merge patch: a merge patch would replace all containers. An object
/// without that container is refused: "containerMissing".
IntentPtr setImage(const Target& target, const QString& container, bool isInit, const QString& image);
/// What is wrong with an image's name, as an id: "empty", "space", "upperCase", "invalid"; empty when nothing is (the
/// grammar of github.com/distribution/reference).
QString imageProblem(const QString& image);

/// What can be done with objects of a kind.
bool isScalable(const kube::ApiResource& resource);
bool isRestartable(const kube::ApiResource& resource);
bool isSuspendable(const kube::ApiResource& resource);
bool hasImages(const kube::ApiResource& resource);

/// The words that name the object to kubectl: {"deployment.apps/web", "-n", "shop"}.
QStringList kubectlObject(const Target& target);

} // namespace change
