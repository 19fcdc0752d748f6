"""What stands in kube-system. The pods of metrics-server, kube-state-metrics and Prometheus are fake, but they
use the host network of a master's address, where the real processes listen: the service proxy of an API server
wants Endpoints whose address belongs to a Pod."""
from nodes import MASTER_TOLERATIONS, SERVER_VERSION


def usage(cpu, memory):
    return {"kwok.x-k8s.io/usage-cpu": cpu, "kwok.x-k8s.io/usage-memory": memory}


def on_master(name, host, image, port_name, port, service_port, notes, cpu, memory):
    labels = {"k8s-app": name, "app.kubernetes.io/name": name}
    return [
        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name, "namespace": "kube-system", "labels": labels},
         "spec": {"replicas": 1, "selector": {"matchLabels": {"k8s-app": name}}, "template": {
             "metadata": {"labels": labels, "annotations": usage(cpu, memory)},
             "spec": {"hostNetwork": True, "nodeSelector": {"kubernetes.io/hostname": host}, "tolerations": MASTER_TOLERATIONS,
                      "automountServiceAccountToken": False,
                      "containers": [{"name": name, "image": image, "ports": [{"name": port_name, "containerPort": port}],
                                      "resources": {"requests": {"cpu": "50m", "memory": "128Mi"}}}]}}}},
        {"apiVersion": "v1", "kind": "Service",
         "metadata": {"name": name, "namespace": "kube-system", "labels": labels, "annotations": notes},
         "spec": {"selector": {"k8s-app": name}, "ports": [{"name": port_name, "port": service_port, "targetPort": port}]}}]


def objects(nodes, roles):
    host = nodes.masters[0]["metadata"]["name"]

    def scraped(port):
        return {"prometheus.io/scrape": "true", "prometheus.io/port": str(port)}
    made = (on_master("metrics-server", host, "registry.k8s.io/metrics-server/metrics-server:v0.9.0", "https", 4443, 443, {}, "6m", "30Mi")
            + on_master("kube-state-metrics", host, "registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.20.0",
                        "http-metrics", 8080, 8080, scraped(8080), "9m", "48Mi")
            + on_master("prometheus", host, "registry.example.test/library/prometheus:v2.42.0", "http", 9090, 9090,
                        scraped(9090), "60m", "210Mi"))
    made += [
        {"apiVersion": "v1", "kind": "Service",
         "metadata": {"name": "kube-dns", "namespace": "kube-system",
                      "labels": {"k8s-app": "kube-dns", "kubernetes.io/name": "CoreDNS", "kubernetes.io/cluster-service": "true"}},
         "spec": {"clusterIP": "10.96.0.10", "selector": {"k8s-app": "kube-dns"},
                  "ports": [{"name": "dns", "port": 53, "protocol": "UDP"}, {"name": "dns-tcp", "port": 53, "protocol": "TCP"}]}},
        {"apiVersion": "apps/v1", "kind": "Deployment",
         "metadata": {"name": "coredns", "namespace": "kube-system", "labels": {"k8s-app": "kube-dns"}},
         "spec": {"replicas": 2, "selector": {"matchLabels": {"k8s-app": "kube-dns"}}, "template": {
             "metadata": {"labels": {"k8s-app": "kube-dns"}, "annotations": usage("8m", "32Mi")},
             "spec": {"priorityClassName": "system-cluster-critical", "automountServiceAccountToken": False,
                      "nodeSelector": {"node-role.kubernetes.io/control-plane": ""}, "tolerations": MASTER_TOLERATIONS,
                      "containers": [{"name": "coredns", "image": "registry.k8s.io/coredns/coredns:v1.14.2",
                                      "resources": {"requests": {"cpu": "100m", "memory": "70Mi"}, "limits": {"memory": "170Mi"}},
                                      "readinessProbe": {"httpGet": {"path": "/ready", "port": 8181}}}]}}}},
        {"apiVersion": "apps/v1", "kind": "DaemonSet",
         "metadata": {"name": "kube-proxy", "namespace": "kube-system", "labels": {"k8s-app": "kube-proxy"}},
         "spec": {"selector": {"matchLabels": {"k8s-app": "kube-proxy"}}, "template": {
             "metadata": {"labels": {"k8s-app": "kube-proxy"}, "annotations": usage("5m", "24Mi")},
             "spec": {"hostNetwork": True, "priorityClassName": "system-node-critical", "automountServiceAccountToken": False,
                      "tolerations": [{"operator": "Exists"}],
                      "containers": [{"name": "kube-proxy", "image": f"registry.k8s.io/kube-proxy:{SERVER_VERSION}",
                                      "securityContext": {"privileged": True},
                                      "volumeMounts": [{"name": "modules", "mountPath": "/lib/modules", "readOnly": True}]}],
                      "volumes": [{"name": "modules", "hostPath": {"path": "/lib/modules"}}]}}}},
        {"apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService", "metadata": {"name": "v1beta1.metrics.k8s.io"},
         "spec": {"group": "metrics.k8s.io", "version": "v1beta1", "groupPriorityMinimum": 100, "versionPriority": 100,
                  "insecureSkipTLSVerify": True, "service": {"name": "metrics-server", "namespace": "kube-system", "port": 443}}}]
    for name, says in (("kube-proxy", "healthy; one pod on every node, also where nothing else tolerates the taints"),):
        roles.put("daemonset.everywhere", next(o for o in made if o["kind"] == "DaemonSet" and o["metadata"]["name"] == name), False, says)
    return made
