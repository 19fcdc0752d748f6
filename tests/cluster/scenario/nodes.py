"""Sixteen nodes: three masters, seven with something to say, six ordinary ones; and the masters' static pods."""
import hashlib

MASTER_LABELS = {"node-role.kubernetes.io/control-plane": "", "node-role.kubernetes.io/master": ""}
MASTER_TAINTS = [{"key": key, "effect": "NoSchedule"} for key in MASTER_LABELS]
MASTER_TOLERATIONS = [{"key": key, "operator": "Exists", "effect": "NoSchedule"} for key in MASTER_LABELS]
SERVER_VERSION = "v1.36.3"


def digest(text):
    # kwok does not quote machineID: one of digits only would become a number that the API server refuses.
    return "f" + hashlib.sha256(text.encode()).hexdigest()[:31]


class Nodes:
    def __init__(self, draw, roles):
        self.draw, self.roles, self.items = draw, roles, []
        self.masters = [self.master(n) for n in (0, 1, 2)]
        self.cordoned = self.worker("zone-a", spec={"unschedulable": True})
        roles.put("node.cordoned", self.cordoned, False,
                  "cordoned: takes no new pods; the taint node.kubernetes.io/unschedulable is its result, not a second trouble")
        self.full = self.worker("zone-b")
        # Room for exactly its own pods: others would be lost with it, and an autoscaler counts a lost pod as idle.
        self.dead = self.worker("zone-b", pods=5)
        roles.put("node.dead", self.dead, True,
                  "not reachable since its lease's renewTime: Ready is Unknown (NodeStatusUnknown), taints unreachable NoSchedule "
                  "and NoExecute; its pods still say phase Running but are not ready; it is absent from metrics.k8s.io",
                  taints=["node.kubernetes.io/unreachable"])
        self.disk = self.worker("zone-c")
        roles.put("node.disk-pressure", self.disk, True,
                  "disk pressure: no new pods, pods may be evicted; Ready is True at the same time",
                  condition="DiskPressure", taints=["node.kubernetes.io/disk-pressure"])
        self.gpu_taint = draw.pick("dedicated", "workload", "reserved-for")
        self.gpu = self.worker("zone-a", cpu=16, gib=64, labels={"accelerator": "nvidia"}, extra={"nvidia.com/gpu": "4"},
                               spec={"taints": [{"key": self.gpu_taint, "value": "gpu", "effect": "NoSchedule"}]})
        roles.put("node.gpu", self.gpu, False, "reserved by its taint; the reason why the role pending.untolerated is pending",
                  taint=f"{self.gpu_taint}=gpu:NoSchedule")
        minor = draw.pick(30, 31, 32)
        self.old = self.worker("zone-b", kubelet=f"v1.{minor}.{draw.between(1, 9)}")
        roles.put("node.old-kubelet", self.old, True, "the kubelet is more than three minors behind the API server",
                  kubelet=self.old["status"]["nodeInfo"]["kubeletVersion"], server=SERVER_VERSION, minorsBehind=36 - minor)
        self.broken = self.worker("zone-c", behaviour="runtime-down")
        roles.put("node.not-ready", self.broken, True,
                  "the kubelet itself reports Ready=False: its container runtime is down (KubeletNotReady); the kubelet is alive",
                  condition="Ready", status="False", taints=["node.kubernetes.io/not-ready"])
        self.ordinary = [self.worker("zone-" + zone) for zone in "aabbcc"]
        for number, node in enumerate(self.ordinary):
            roles.put(f"node.ordinary-{number}", node, False, "healthy")

    def make(self, name, address, zone, index, labels, cpu, gib, pods=110, kubelet=SERVER_VERSION, extra=None, behaviour=None, spec=None):
        annotations = {"metrics.k8s.io/resource-metrics-path": f"/metrics/nodes/{name}/metrics/resource",
                       "node.alpha.kubernetes.io/ttl": "0"}
        if behaviour:
            annotations["practice.test/behaviour"] = behaviour
        extra = extra or {}
        node = {
            "apiVersion": "v1", "kind": "Node",
            "metadata": {"name": name, "annotations": annotations, "labels": {
                "practice.test/kubelet": "up", "kubernetes.io/hostname": name, "kubernetes.io/os": "linux",
                "kubernetes.io/arch": "amd64", "topology.kubernetes.io/region": "practice", "topology.kubernetes.io/zone": zone,
                "platform.tkestack.io/machine-ip": address, **labels}},
            "spec": {"podCIDR": f"10.244.{index}.0/24", "podCIDRs": [f"10.244.{index}.0/24"], **(spec or {})},
            "status": {
                "capacity": {"cpu": str(cpu), "memory": f"{gib << 20}Ki", "pods": str(pods), "ephemeral-storage": "103079200Ki", **extra},
                "allocatable": {"cpu": f"{cpu * 1000 - 200}m", "memory": f"{(gib << 20) - (1 << 20)}Ki", "pods": str(pods),
                                "ephemeral-storage": "94997790305", **extra},
                "addresses": [{"type": "InternalIP", "address": address}, {"type": "Hostname", "address": name}],
                "nodeInfo": {"architecture": "amd64", "operatingSystem": "linux", "kernelVersion": "6.8.0-64-generic",
                             "osImage": "Ubuntu 24.04.2 LTS", "containerRuntimeVersion": "containerd://2.1.3",
                             "kubeletVersion": kubelet, "kubeProxyVersion": "", "machineID": digest(name),
                             "systemUUID": f"00000000-0000-4000-8000-{index:012x}", "bootID": f"00000000-0000-4000-9000-{index:012x}"}}}
        self.items.append(node)
        return node

    def master(self, n):
        node = self.make(self.draw.node(), f"10.241.0.{11 + n}", "zone-" + "abc"[n], 1 + n, MASTER_LABELS, 4, 8,
                         spec={"taints": MASTER_TAINTS})
        self.roles.put(f"node.master-{n}", node, False, "role control-plane; its NoSchedule taints are normal",
                       address=f"10.241.0.{11 + n}")
        return node

    def worker(self, zone, cpu=8, gib=16, labels=None, **more):
        index = 11 + len(self.items)
        return self.make(self.draw.node(), f"10.241.0.{10 + index}", zone, index,
                         {"node-role.kubernetes.io/node": "", **(labels or {})}, cpu, gib, **more)

    def static_pods(self):
        """Mirror pods, as a kubelet makes them of its manifests; the third master's API server does not come up."""
        parts = {"etcd": ("registry.k8s.io/etcd:3.6.8-0", "80m", "180Mi", {"cpu": "100m", "memory": "100Mi"}),
                 "kube-apiserver": (f"registry.k8s.io/kube-apiserver:{SERVER_VERSION}", "220m", "620Mi", {"cpu": "250m"}),
                 "kube-controller-manager": (f"registry.k8s.io/kube-controller-manager:{SERVER_VERSION}", "60m", "140Mi", {"cpu": "200m"}),
                 "kube-scheduler": (f"registry.k8s.io/kube-scheduler:{SERVER_VERSION}", "25m", "70Mi", {"cpu": "100m"})}
        pods = []
        for number, master in enumerate(self.masters):
            host = master["metadata"]["name"]
            for part, (image, cpu, memory, requests) in parts.items():
                mark = digest(part + host)
                notes = {"kubernetes.io/config.hash": mark, "kubernetes.io/config.mirror": mark,
                         "kubernetes.io/config.source": "file", "kubernetes.io/config.seen": "2026-01-01T00:00:00.000000000Z",
                         "kwok.x-k8s.io/usage-cpu": cpu, "kwok.x-k8s.io/usage-memory": memory}
                if part == "kube-apiserver" and number == 2:
                    notes["practice.test/behaviour"] = "crash"
                pods.append({
                    "apiVersion": "v1", "kind": "Pod",
                    "metadata": {"name": f"{part}-{host}", "namespace": "kube-system", "annotations": notes,
                                 "labels": {"component": part, "tier": "control-plane"}},
                    "spec": {"nodeName": host, "hostNetwork": True, "priorityClassName": "system-node-critical",
                             "enableServiceLinks": False, "automountServiceAccountToken": False,
                             "tolerations": [{"operator": "Exists", "effect": "NoExecute"}],
                             "containers": [{"name": part, "image": image, "command": [part], "resources": {"requests": requests},
                                             "volumeMounts": [{"name": "pki", "mountPath": "/etc/kubernetes/pki", "readOnly": True}]}],
                             "volumes": [{"name": "pki", "hostPath": {"path": "/etc/kubernetes/pki", "type": "DirectoryOrCreate"}}]}})
        down = next(p for p in pods if p["metadata"]["name"] == "kube-apiserver-" + self.masters[2]["metadata"]["name"])
        self.roles.put("pod.apiserver-down", down, True,
                       "one of three masters has no API server: its mirror pod crash-loops and nothing listens at its address; "
                       "the Advertise address still answers; default/kubernetes lists two addresses",
                       address="10.241.0.13:6443", exitCode=1, container="kube-apiserver")
        return pods
