"""Namespaces and workloads, each with its role. Names and numbers come from the draw."""
from build import Objects, mega, milli, resources
from nodes import MASTER_TOLERATIONS

SECURITY = "pod-security.kubernetes.io/"
REGISTRY = "registry.example.test"


class Workloads(Objects):
    def __init__(self, draw, roles, nodes):
        super().__init__()
        self.draw, self.roles, self.nodes = draw, roles, nodes
        self.images = []
        self.spaces = {}
        for use, labels in (("trade", {SECURITY + "enforce": "baseline", SECURITY + "warn": "restricted", SECURITY + "audit": "restricted"}),
                            ("vault", {SECURITY + "enforce": "restricted", SECURITY + "warn": "restricted"}),
                            ("ground", {SECURITY + "enforce": "privileged"}), ("store", {}), ("batch", {}), ("learn", {}), ("team", {})):
            name = draw.name("", "-prod", "-ns", f"-{draw.between(1, 9)}")
            self.spaces[use] = name
            self.put("v1", "Namespace", None, name, labels or None)
        self.usage()
        self.failing()
        self.endpoints()
        self.disruption()
        self.admission()
        self.storage()
        self.pending()
        self.jobs()
        self.host_paths()
        self.team()
        self.bare_pods()
        self.stuck()

    def image(self, namespace, app):
        return f"{REGISTRY}/{namespace}/{app}:{self.draw.version()}"

    def usual(self, use, needs, cpu=None, memory=None, behaviour=None, replicas=1, image=None, name=None, spec=None, **template):
        namespace = self.spaces[use]
        app = name or self.draw.name()
        return self.deployment(namespace, app, replicas, self.template(
            app, image or self.image(namespace, app), needs, cpu, memory, behaviour, **template), **(spec or {}))

    def usage(self):
        draw, roles, space = self.draw, self.roles, self.spaces["trade"]
        request = draw.between(150, 250, 10)
        web = self.usual("trade", resources(milli(request), "256Mi", milli(request * 3), "512Mi"), milli(request * 9 // 10), "200Mi", replicas=3)
        name = web["metadata"]["name"]
        self.service(space, name, name, type="NodePort")
        self.budget(space, name, name, minAvailable="50%")
        roles.put("hpa.at-maximum", self.autoscaler(space, name, 3, 6, 60), True,
                  "the autoscaler stands at its maximum (ScalingLimited, TooManyReplicas) and the load is still above its target",
                  maxReplicas=6, targetPercent=60, currentPercent=90)
        roles.put("workload.autoscaled", web, False, "healthy, driven by its autoscaler", cpuRequestMilli=request, cpuUsedMilli=request * 9 // 10)

        request, memory = draw.between(80, 140, 20), draw.between(96, 160, 16)
        limit = memory * 4
        used = limit * draw.between(94, 97) // 100
        hungry = self.usual("trade", resources(milli(request), mega(memory), "900m", mega(limit)), milli(request * 7 // 2), mega(used), replicas=2)
        self.service(space, hungry["metadata"]["name"], hungry["metadata"]["name"])
        roles.put("usage.near-memory-limit", hungry, True, "memory close to its limit (danger of OOM) and far above its request",
                  memoryUsedMi=used, memoryLimitMi=limit, memoryRequestMi=memory, cpuUsedMilli=request * 7 // 2, cpuRequestMilli=request)

        limit = draw.between(400, 700, 50)
        used = limit * draw.between(95, 98) // 100
        roles.put("usage.cpu-throttled", self.usual("trade", resources(milli(limit // 2), "256Mi", milli(limit), "512Mi"), milli(used), "210Mi", replicas=2),
                  True, "CPU close to its limit: throttled", cpuUsedMilli=used, cpuLimitMilli=limit)
        roles.put("usage.idle", self.usual("trade", resources("1", "1Gi", "2", "2Gi"), milli(draw.between(10, 40)), mega(draw.between(40, 90)), replicas=2),
                  True, "uses a small part of its request", cpuRequestMilli=1000, memoryRequestMi=1024)
        loose = self.usual("trade", {}, milli(draw.between(700, 950)), "1800Mi")
        roles.put("usage.no-requests", loose, True, "no requests: BestEffort, evicted first")
        roles.put("hpa.no-request", self.autoscaler(space, loose["metadata"]["name"], 1, 3, 70), True,
                  'the autoscaler cannot work: FailedGetResourceMetric, "missing request for cpu"; its present value is unknown')

        used = draw.between(12600, 13200, 50)
        full = self.nodes.full["metadata"]["name"]
        big = self.usual("trade", resources("500m", "2Gi"), milli(draw.between(900, 1300)), mega(used), nodeSelector={"kubernetes.io/hostname": full})
        roles.put("usage.node-filler", big, True, "uses many times its memory request without a limit and would be evicted early",
                  memoryUsedMi=used, memoryRequestMi=2048, node=full)
        roles.put("node.memory-full", self.nodes.full, True, "memory above 80 % of allocatable, most of it used by one pod",
                  percentAtLeast=80, allocatableMi=15360)
        roles.put("healthy.zero-replicas", self.usual("trade", resources("50m", "64Mi"), replicas=0), False, "no replicas are wanted: healthy")
        self.put("v1", "ConfigMap", space, draw.name("-settings"), data={"currency": draw.pick("EUR", "CNY", "USD"), "mode": "practice"})

    def failing(self):
        draw, roles = self.draw, self.roles
        crash = self.usual("trade", resources("100m", "128Mi", "200m", "256Mi"), "5m", "20Mi", "crash", 2)
        self.service(self.spaces["trade"], crash["metadata"]["name"], crash["metadata"]["name"])
        roles.put("crash-loop", crash, True, "crash loop, last exit code 1; between restarts the pod says Running but is not ready: "
                  "judge by restarts and lastState", exitCode=1, container=crash["metadata"]["name"], replicas=2)
        limit = draw.pick(96, 128, 160, 192)
        small = self.usual("trade", resources("50m", mega(limit // 2), None, mega(limit)), "30m", mega(limit - 2), "oom")
        roles.put("oom-killed", small, True, "killed for memory (OOMKilled, 137): the limit is too small", exitCode=137, memoryLimitMi=limit,
                  container=small["metadata"]["name"])
        for role, why, host, says in (
                ("image.no-such-host", "no-such-host", "default.registry.tke.com/library",
                 "NAME RESOLUTION on the node: the registry's name is in no DNS and wants an entry in the node's hosts file; "
                 "neither a login nor a missing tag; the rollout passes its progress deadline"),
                ("image.no-such-tag", "no-such-tag", f"{REGISTRY}/{self.spaces['trade']}", "the registry answers, but has no such tag"),
                ("image.no-login", "no-login", f"{REGISTRY}/private", "the registry wants a login: no imagePullSecret is set")):
            app = draw.name()
            image = f"{host}/{app}:{draw.version()}"
            self.images.append((image, why))
            roles.put(role, self.usual("trade", resources("50m", "64Mi"), None, None, "imagepull", 2 if role.endswith("host") else 1,
                                       image, app, {"progressDeadlineSeconds": 45}), True, says, image=image, registry=host.split("/")[0])

    def endpoints(self):
        draw, roles, space = self.draw, self.roles, self.spaces["trade"]
        unready = self.usual("trade", resources("100m", "128Mi"), "12m", "80Mi", "unready", 2)
        app = unready["metadata"]["name"]
        roles.put("unready", unready, True, "runs but its readiness probe answers 503; Events say Unhealthy", replicas=2)
        roles.put("service.none-ready", self.service(space, app, app), True, "has endpoints, none of them ready")
        wrong = app[:-1] if app[-1] != "s" else app + "s"
        roles.put("service.no-endpoints", self.service(space, draw.name("-front"), wrong), True,
                  "its selector matches no pod, so it has no endpoints; nearest label is the one of the role unready",
                  selector=f"app={wrong}", nearest=f"app={app}")
        store = self.spaces["store"]
        name = draw.name("-ext")
        roles.put("healthy.external-service", self.put("v1", "Service", store, name, spec={"ports": [{"name": "pg", "port": 5432}]}), False,
                  "no selector, its EndpointSlice was written by hand: healthy")
        self.put("discovery.k8s.io/v1", "EndpointSlice", store, name + "-manual", {"kubernetes.io/service-name": name}, addressType="IPv4",
                 ports=[{"name": "pg", "port": 5432, "protocol": "TCP"}], endpoints=[{"addresses": ["10.241.0.200"], "conditions": {"ready": True}}])

    def disruption(self):
        draw, roles, space = self.draw, self.roles, self.spaces["trade"]
        single = self.usual("trade", resources("100m", "128Mi", None, "256Mi"), "40m", "90Mi")
        app = single["metadata"]["name"]
        self.service(space, app, app)
        roles.put("pdb.blocks-drain", self.budget(space, app, app, minAvailable=1), True,
                  "one of one must be available: blocks every drain (disruptionsAllowed 0); eviction answers 429", app=app)
        roles.put("workload.behind-pdb", single, False, "healthy; its only pod cannot be evicted")
        dead = self.nodes.dead["metadata"]["name"]
        short = [{"key": f"node.kubernetes.io/{what}", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 20} for what in ("unreachable", "not-ready")]
        wish = {"nodeAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [
            {"weight": 100, "preference": {"matchExpressions": [{"key": "kubernetes.io/hostname", "operator": "In", "values": [dead]}]}}]}}
        roles.put("pods.terminating-for-ever", self.usual("trade", resources("50m", "64Mi"), "10m", "40Mi", replicas=2, tolerations=short, affinity=wish),
                  True, "two pods on the dead node are Terminating for ever (nobody is there to end them); two healthy replacements run elsewhere",
                  node=dead, replicas=2)

    def admission(self):
        roles, space = self.roles, self.spaces["vault"]
        good = self.usual("vault", resources("100m", "128Mi", "300m", "256Mi"), "60m", "110Mi", replicas=2)
        pod = good["spec"]["template"]["spec"]
        pod["securityContext"] = {"runAsNonRoot": True, "runAsUser": 10001, "seccompProfile": {"type": "RuntimeDefault"}}
        pod["containers"][0]["securityContext"] = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
        self.service(space, good["metadata"]["name"], good["metadata"]["name"])
        bad = self.usual("vault", resources("50m", "64Mi"), volumes=[{"name": "sock", "hostPath": {"path": "/var/run"}}])
        pod = bad["spec"]["template"]["spec"]
        pod["containers"][0]["securityContext"] = {"privileged": True}
        pod["containers"][0]["volumeMounts"] = [{"name": "sock", "mountPath": "/host/run"}]
        roles.put("refused.pod-security", bad, True, "no pods: the namespace enforces 'restricted'; the cause is in the ReplicaSet's Events "
                  "(FailedCreate); the Deployment itself was accepted with a warning", condition="ReplicaFailure")

    def storage(self):
        space, app = self.spaces["store"], self.draw.name("-db")
        self.put("v1", "Service", space, app, spec={"clusterIP": "None", "selector": {"app": app}, "ports": [{"name": "pg", "port": 5432}]})
        template = self.template(app, f"{REGISTRY}/library/postgres:17.5", resources("500m", "1Gi", None, "2Gi"), "100m", "600Mi", port=5432)
        template["spec"]["containers"][0]["volumeMounts"] = [{"name": "data", "mountPath": "/var/lib/postgresql/data"}]
        made = self.put("apps/v1", "StatefulSet", space, app, {"app": app}, spec={
            "serviceName": app, "replicas": 2, "selector": {"matchLabels": {"app": app}}, "template": template,
            "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": {
                "accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": f"{self.draw.between(10, 80, 10)}Gi"}}}}]})
        self.roles.put("storage.no-class", made, True, "its claim is Pending: no storage class is set (said by a NORMAL Event); the second pod is never made",
                       claim=f"data-{app}-0", pod=f"{app}-0")

    def pending(self):
        draw, roles, space = self.draw, self.roles, self.spaces["learn"]
        cpu = draw.pick(48, 64, 96)
        roles.put("pending.too-large", self.usual("batch", resources(str(cpu), "8Gi")), True,
                  f"wants {cpu} CPU and no node is that large", cpu=cpu)
        app = draw.name()
        roles.put("pending.untolerated", self.deployment(space, app, 2, self.template(
            app, self.image(space, app), resources("2", "4Gi", gpu="1"), nodeSelector={"accelerator": "nvidia"})), True,
            "its node selector fits only the node of role node.gpu, whose taint it does not tolerate", taint=f"{self.nodes.gpu_taint}=gpu:NoSchedule",
            node=self.nodes.gpu["metadata"]["name"], replicas=2)
        app = draw.name()
        roles.put("healthy.tolerates", self.deployment(space, app, 1, self.template(
            app, self.image(space, app), resources("2", "8Gi", "4", "16Gi", "1"), "1500m", "6Gi", nodeSelector={"accelerator": "nvidia"},
            tolerations=[{"key": self.nodes.gpu_taint, "operator": "Equal", "value": "gpu", "effect": "NoSchedule"}])), False,
            "healthy; shows the toleration that the role pending.untolerated lacks")

    def jobs(self):
        draw, roles, space = self.draw, self.roles, self.spaces["batch"]

        def job(role, trouble, says, behaviour=None, **spec):
            name = draw.name("-job", "-import", "-task")
            roles.put(role, self.job(space, name, self.image(space, name), behaviour, **spec), trouble, says)
        job("job.complete", False, "completed")
        job("job.active", False, "running", "stay")
        job("job.failed", True, "failed for good: BackoffLimitExceeded after two attempts", "fail", backoffLimit=1)
        job("job.retrying", True, "failing, but not final: more attempts will come", "fail", backoffLimit=60)
        name = draw.name("-nightly")
        roles.put("healthy.suspended-cronjob", self.put("batch/v1", "CronJob", space, name, spec={
            "schedule": f"{draw.between(0, 59)} {draw.between(0, 5)} * * *", "suspend": True,
            "jobTemplate": {"spec": self.job_spec(name, self.image(space, name))}}), False, "suspended on purpose")

    def host_paths(self):
        draw, roles, space = self.draw, self.roles, self.spaces["ground"]
        app = draw.name("-agent")
        template = self.template(app, self.image(space, app), resources("50m", "100Mi", None, "200Mi"), "15m", "88Mi", tolerations=MASTER_TOLERATIONS,
                                 volumes=[{"name": "logs", "hostPath": {"path": "/var/log"}},
                                          {"name": "containers", "hostPath": {"path": "/var/lib/containerd", "type": "Directory"}}])
        template["spec"]["containers"][0]["volumeMounts"] = [{"name": "logs", "mountPath": "/var/log"},
                                                             {"name": "containers", "mountPath": "/var/lib/containerd", "readOnly": True}]
        roles.put("daemonset.misses-nodes", self.put("apps/v1", "DaemonSet", space, app, {"app": app}, spec={
            "selector": {"matchLabels": {"app": app}}, "template": template}), True,
            "says all of its wanted pods are there, yet tainted nodes have none, and its pod on the dead node counts as misscheduled",
            missingOn=[self.nodes.gpu["metadata"]["name"]], misscheduledOn=[self.nodes.dead["metadata"]["name"]])
        name = draw.name("-writer")
        roles.put("host-path.sub-path", self.put("v1", "Pod", space, name, {"app": name}, {
            "kwok.x-k8s.io/usage-cpu": "10m", "kwok.x-k8s.io/usage-memory": "30Mi"}, spec={
                "automountServiceAccountToken": False, "volumes": [{"name": "host", "hostPath": {"path": "/srv/data", "type": "DirectoryOrCreate"}}],
                "containers": [{"name": name, "image": self.image(space, name), "resources": resources("10m", "32Mi"),
                                "volumeMounts": [{"name": "host", "mountPath": "/data", "subPath": "team-a/out"}]}]}), True,
            "its data stays on one node (hostPath with subPath); a move of the pod loses it", path="/srv/data", subPath="team-a/out")

    def team(self):
        draw, roles, space = self.draw, self.roles, self.spaces["team"]
        quota = self.put("v1", "ResourceQuota", space, draw.name("-quota"), spec={"hard": {
            "requests.cpu": "3200m", "requests.memory": "4Gi", "limits.cpu": "8", "limits.memory": "8Gi", "pods": "10", "services": "5"}})
        self.put("v1", "LimitRange", space, "defaults", spec={"limits": [{
            "type": "Container", "default": {"cpu": "500m", "memory": "256Mi"}, "defaultRequest": {"cpu": "100m", "memory": "128Mi"}}]})
        app = self.usual("team", resources("1", "512Mi", "2", "1Gi"), "600m", "400Mi", replicas=4)
        self.service(space, app["metadata"]["name"], app["metadata"]["name"])
        roles.put("quota.nearly-full", quota, True, "3000m of 3200m CPU requests are used (94 %)", resource="requests.cpu", usedMilli=3000, hardMilli=3200)
        roles.put("refused.quota", app, True, "wants four pods and has three: the fourth is refused, exceeded quota", wanted=4, have=3)
        self.put("rbac.authorization.k8s.io/v1", "Role", space, "pod-viewer", rules=[
            {"apiGroups": [""], "resources": ["pods", "pods/log", "services", "events"], "verbs": ["get", "list", "watch"]},
            {"apiGroups": ["apps"], "resources": ["deployments", "replicasets"], "verbs": ["get", "list", "watch"]}])
        binding = self.put("rbac.authorization.k8s.io/v1", "RoleBinding", space, "pod-viewer",
                           roleRef={"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "pod-viewer"},
                           subjects=[{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "practice-viewer"}])
        roles.put("user.viewer", binding, False, "sees pods, services, events, deployments and replica sets of this one namespace; nodes and all other "
                  "namespaces are 'no right', not 'none'", user="practice-viewer", kubeconfig="viewer.conf")

    def bare_pods(self):
        for role, node, says, facts in (
                ("pod.evicted", self.nodes.disk, "evicted for disk (reason Evicted); the container's state alone would say Error", {"reason": "Evicted"}),
                ("pod.lost", self.nodes.dead, "phase Unknown, reason NodeLost: its node is the trouble", {"reason": "NodeLost"})):
            name = self.draw.name()
            host = node["metadata"]["name"]
            self.roles.put(role, self.put("v1", "Pod", "default", name, {"app": name}, {
                "kwok.x-k8s.io/usage-cpu": "5m", "kwok.x-k8s.io/usage-memory": "20Mi"}, spec={
                    "automountServiceAccountToken": False, "nodeName": host,
                    "containers": [{"name": name, "image": self.image("misc", name), "resources": resources("10m", "32Mi")}]}), True, says, node=host, **facts)
        name = self.draw.name("-logger")
        self.roles.put("logs.growing", self.put("v1", "Pod", self.spaces["ground"], name, {"app": name}, spec={
            "automountServiceAccountToken": False, "containers": [{"name": name, "image": self.image("misc", name), "resources": resources("10m", "32Mi")}]}),
            False, "healthy; its log grows by a line a second: 'tick N of <name>'")

    def stuck(self):
        name, lock = self.draw.name("-old"), self.draw.name("-lock")
        finalizer = f"{self.draw.word()}.example.test/hold"
        self.roles.put("namespace.stuck", self.put("v1", "Namespace", None, name), True,
                       "Terminating for ever: an object in it has a finalizer that nobody removes; the namespace's conditions name finalizer and kind",
                       finalizer=finalizer, holder=f"configmaps/{lock}")
        self.append({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": lock, "namespace": name, "finalizers": [finalizer]}, "data": {"lock": "held"}})
