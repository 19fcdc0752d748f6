#include "app/tke/addonkinds.h"

#include <algorithm>

namespace tke {
namespace {

kube::ApiResource kind(const char* group, const char* version, const char* resource, const char* name, bool namespaced)
{
    return {.group = QLatin1String(group),
            .version = QLatin1String(version),
            .resource = QLatin1String(resource),
            .kind = QLatin1String(name),
            .namespaced = namespaced};
}

AddonPart workload(const char* resource, const char* kindName, const char* name)
{
    return {kind("apps", "v1", resource, kindName, true), QLatin1String(name), true, false};
}
AddonPart deployment(const char* name)
{
    return workload("deployments", "Deployment", name);
}
AddonPart daemonSet(const char* name)
{
    return workload("daemonsets", "DaemonSet", name);
}
AddonPart statefulSet(const char* name)
{
    return workload("statefulsets", "StatefulSet", name);
}
AddonPart account(const char* name)
{
    return {kind("", "v1", "serviceaccounts", "ServiceAccount", true), QLatin1String(name)};
}
AddonPart service(const char* name)
{
    return {kind("", "v1", "services", "Service", true), QLatin1String(name)};
}
AddonPart configMap(const char* name)
{
    return {kind("", "v1", "configmaps", "ConfigMap", true), QLatin1String(name)};
}
AddonPart role(const char* name)
{
    return {kind("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole", false), QLatin1String(name)};
}
AddonPart binding(const char* name)
{
    return {kind("rbac.authorization.k8s.io", "v1", "clusterrolebindings", "ClusterRoleBinding", false),
            QLatin1String(name)};
}
AddonPart optional(AddonPart part)
{
    part.isOptional = true;
    return part;
}

/// Prometheus and Alertmanager themselves are made by their operator, of the resources k8s and main.
std::vector<AddonPart> prometheusParts()
{
    return {deployment("prometheus-operator"),
            statefulSet("prometheus-k8s"),
            statefulSet("alertmanager-main"),
            daemonSet("node-exporter"),
            deployment("kube-state-metrics"),
            deployment("custom-metrics-apiserver"),
            optional(daemonSet("node-problem-detector")),
            optional(deployment("prometheus-beat")),
            service("prometheus"),
            service("alertmanager"),
            service("kube-state-metrics"),
            service("custom-metrics-apiserver"),
            account("prometheus-k8s"),
            binding("prometheus-k8s")};
}

std::vector<AddonKind> all()
{
    const auto platform = [](const char* resource) {
        return QLatin1String(resource) + QStringLiteral(".platform.tkestack.io");
    };
    const auto text = [](const char* word) { return QString(QLatin1String(word)); };
    return {{platform("persistentevents"),
             text("PersistentEvent"),
             {deployment("tke-persistent-event"), configMap("fluentd-config"), account("tke-event-watcher"),
              role("tke-event-watcher"), binding("tke-event-watcher-role-binding")}},
            {platform("tappcontrollers"),
             text("TappController"),
             {deployment("tapp-controller"), service("tapp-controller"), account("tapp-controller"),
              binding("tapp-controller")}},
            {platform("cronhpas"),
             text("CronHPA"),
             {deployment("cron-hpa-controller"), service("cron-hpa-controller"), account("cron-hpa-controller"),
              binding("cron-hpa-controller")}},
            {platform("csioperators"),
             text("CSIOperator"),
             {deployment("csi-operator"), account("csi-operator"), binding("csi-operator-role-binding")}},
            {text("prometheuses.monitor.tkestack.io"), text("Prometheus"), prometheusParts(), false},
            {text("logagents.logagent.tkestack.io"),
             text("LogAgent"),
             {daemonSet("logagent"), account("logagent"), binding("logagent-role-binding")}},
            // Older platforms.
            {platform("prometheuses"), text("Prometheus"), prometheusParts(), false},
            {platform("logcollectors"),
             text("LogCollector"),
             {daemonSet("log-collector"), account("log-collector"), binding("log-collector-role-binding")},
             false},
            {platform("helms"),
             text("Helm"),
             {deployment("tiller-deploy"), deployment("swift"), service("tiller-deploy"), service("helm-api"),
              account("helm"), binding("helm")},
             false},
            {platform("ipams"),
             text("IPAM"),
             {deployment("galaxy-ipam"), service("galaxy-ipam"), configMap("galaxy-ipam-etc"),
              configMap("floatingip-config"), account("galaxy-ipam"), role("galaxy-ipam"), binding("galaxy-ipam")},
             false},
            {platform("lbcfs"),
             text("LBCF"),
             {deployment("lbcf-controller"), service("lbcf-controller"), account("lbcf-controller"),
              role("lbcf-controller"), binding("lbcf-controller")}},
            {platform("volumedecorators"),
             text("VolumeDecorator"),
             {deployment("volume-decorator"), service("volume-decorator"), account("volume-decorator"),
              binding("volume-decorator-role-binding")}},
            {platform("gpumanagers"),
             text("GPUManager"),
             {daemonSet("gpu-manager-daemonset"), deployment("gpu-quota-admission"), service("gpu-quota-admission"),
              configMap("gpu-quota-admission"), account("gpu-manager")},
             false}};
}

} // namespace

const std::vector<AddonKind>& addonKinds()
{
    static const std::vector<AddonKind> kinds = all();
    return kinds;
}

const AddonKind* findAddonKind(const QString& key)
{
    const auto found = std::ranges::find(addonKinds(), key, &AddonKind::key);
    return found == addonKinds().end() ? nullptr : &*found;
}

} // namespace tke
