#include "app/change/referrers.h"

#include "app/kube/jsonread.h"

#include <algorithm>

namespace change {
namespace {

using kube::Json;

bool names(const Json& object, std::initializer_list<const char*> path, const QString& name)
{
    return kube::rawText(object, path) == name;
}

bool anyContainer(const Json& pod, const std::function<bool(const Json&)>& matches)
{
    for (const char* list : {"initContainers", "containers", "ephemeralContainers"})
        if (std::ranges::any_of(kube::elements(pod, {"spec", list}), matches))
            return true;
    return false;
}

/// In its volumes (`volume` is the source, `key` its name in there) or in its environment.
bool usesConfig(const Json& pod, const QString& name, const char* volume, const char* key, const char* source,
                const char* ref)
{
    for (const Json& each : kube::elements(pod, {"spec", "volumes"})) {
        if (names(each, {volume, key}, name))
            return true;
        for (const Json& part : kube::elements(each, {"projected", "sources"}))
            if (names(part, {volume, "name"}, name))
                return true;
    }
    return anyContainer(pod, [&](const Json& container) {
        return std::ranges::any_of(kube::elements(container, {"envFrom"}),
                                   [&](const Json& from) {
                                       return names(from, {source, "name"}, name);
                                   }) ||
               std::ranges::any_of(kube::elements(container, {"env"}), [&](const Json& env) {
                   return names(env, {"valueFrom", ref, "name"}, name);
               });
    });
}

bool routesTo(const Json& ingress, const QString& service)
{
    const auto isIt = [&service](const Json& backend) {
        return names(backend, {"service", "name"}, service) || names(backend, {"serviceName"}, service);
    };
    for (const char* standard : {"defaultBackend", "backend"})
        if (isIt(kube::at(ingress, {"spec", standard})))
            return true;
    for (const Json& rule : kube::elements(ingress, {"spec", "rules"}))
        for (const Json& path : kube::elements(rule, {"http", "paths"}))
            if (isIt(kube::at(path, {"backend"})))
                return true;
    return false;
}

bool bindsRole(const Json& binding, const Target& role)
{
    return names(binding, {"roleRef", "kind"}, role.resource.kind) && names(binding, {"roleRef", "name"}, role.name);
}

} // namespace

std::vector<Referrer> referrersOf(const Target& target)
{
    const QString key = target.resource.key();
    const QString& space = target.nameSpace;
    const QString name = target.name;
    const auto is = [&key](const char* each) { return key == QLatin1String(each); };
    const QString pods = QStringLiteral("pods");
    const QString ingresses = QStringLiteral("ingresses.networking.k8s.io");
    const QString roleBindings = QStringLiteral("rolebindings.rbac.authorization.k8s.io");
    if (is("services"))
        return {{ingresses, space, [name](const Json& each) { return routesTo(each, name); }}};
    if (is("persistentvolumeclaims"))
        return {{pods, space, [name](const Json& pod) {
                     return std::ranges::any_of(kube::elements(pod, {"spec", "volumes"}), [&name](const Json& volume) {
                         return names(volume, {"persistentVolumeClaim", "claimName"}, name);
                     });
                 }}};
    if (is("configmaps"))
        return {{pods, space, [name](const Json& pod) {
                     return usesConfig(pod, name, "configMap", "name", "configMapRef", "configMapKeyRef");
                 }}};
    if (is("secrets"))
        return {{pods, space,
                 [name](const Json& pod) {
                     const auto& pulls = kube::elements(pod, {"spec", "imagePullSecrets"});
                     return usesConfig(pod, name, "secret", "secretName", "secretRef", "secretKeyRef") ||
                            std::ranges::any_of(pulls, [&](const Json& pull) { return names(pull, {"name"}, name); });
                 }},
                {ingresses, space, [name](const Json& ingress) {
                     return std::ranges::any_of(kube::elements(ingress, {"spec", "tls"}),
                                                [&name](const Json& tls) { return names(tls, {"secretName"}, name); });
                 }}};
    if (is("serviceaccounts"))
        return {{pods, space, [name](const Json& pod) { return names(pod, {"spec", "serviceAccountName"}, name); }}};
    if (is("storageclasses.storage.k8s.io"))
        return {{QStringLiteral("persistentvolumeclaims"), {}, [name](const Json& claim) {
                     return names(claim, {"spec", "storageClassName"}, name);
                 }}};
    const auto binds = [target](const Json& binding) { return bindsRole(binding, target); };
    if (is("roles.rbac.authorization.k8s.io"))
        return {{roleBindings, space, binds}};
    if (is("clusterroles.rbac.authorization.k8s.io"))
        return {{roleBindings, {}, binds},
                {QStringLiteral("clusterrolebindings.rbac.authorization.k8s.io"), {}, binds}};
    if (is("deployments.apps") || is("statefulsets.apps") || is("replicasets.apps"))
        return {{QStringLiteral("horizontalpodautoscalers.autoscaling"), space, [target](const Json& scaler) {
                     return names(scaler, {"spec", "scaleTargetRef", "kind"}, target.resource.kind) &&
                            names(scaler, {"spec", "scaleTargetRef", "name"}, target.name);
                 }}};
    return {};
}

} // namespace change
