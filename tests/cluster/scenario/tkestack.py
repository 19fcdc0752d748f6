"""TKEStack's kinds as CRDs (its own API servers are not here), and a platform of a few objects."""
import base64
import os

from build import Objects

# group: (kind, plural, namespaced, short names, printer columns (name, path))
PHASE = ("Phase", ".status.phase")
GROUPS = {
    "platform": [
        ("Cluster", "clusters", False, ["cls"], [("Display Name", ".spec.displayName"), ("Type", ".spec.type"), ("Version", ".status.version"), PHASE]),
        ("Machine", "machines", False, [], [("Cluster", ".spec.clusterName"), ("IP", ".spec.ip"), PHASE]),
        ("ClusterCredential", "clustercredentials", False, ["cc"], [("Cluster", ".clusterName"), ("Tenant", ".tenantID")]),
        ("ClusterAddonType", "clusteraddontypes", False, [], [("Type", ".type"), ("Level", ".level"), ("Latest", ".latestVersion")]),
        ("PersistentEvent", "persistentevents", False, [], [("Cluster", ".spec.clusterName"), PHASE, ("Reason", ".status.reason")]),
        ("TappController", "tappcontrollers", False, [], [("Cluster", ".spec.clusterName"), PHASE]),
        ("CSIOperator", "csioperators", False, [], [("Cluster", ".spec.clusterName"), PHASE]),
        ("CronHPA", "cronhpas", False, [], [("Cluster", ".spec.clusterName"), PHASE]),
        ("Registry", "registries", False, [], [("Display Name", ".spec.displayName")])],
    "business": [
        ("Project", "projects", False, [], [("Display Name", ".spec.displayName"), ("Parent", ".spec.parentProjectName"), PHASE]),
        ("Namespace", "namespaces", True, [], [("Cluster", ".spec.clusterName"), ("Target", ".spec.namespace"), PHASE]),
        ("Platform", "platforms", False, [], [("Administrators", ".spec.administrators")]),
        ("NsEmigration", "nsemigrations", True, [], [PHASE]),
        ("ImageNamespace", "imagenamespaces", True, [], [PHASE]),
        ("ChartGroup", "chartgroups", True, [], [PHASE])],
    "registry": [
        ("Namespace", "namespaces", False, [], [("Display Name", ".spec.displayName"), ("Visibility", ".spec.visibility"), ("Repositories", ".status.repoCount")]),
        ("Repository", "repositories", True, [], [("Visibility", ".spec.visibility"), ("Pulls", ".status.pullCount")]),
        ("ChartGroup", "chartgroups", False, [], [("Visibility", ".spec.visibility"), ("Charts", ".status.chartCount")]),
        ("Chart", "charts", True, [], [("Pulls", ".status.pullCount")])],
    "auth": [
        ("LocalIdentity", "localidentities", False, [], [("User", ".spec.username"), ("Tenant", ".spec.tenantID")]),
        ("APIKey", "apikeys", False, [], [("User", ".spec.username"), ("Disabled", ".status.disabled"), ("Expired", ".status.expired")]),
        ("Policy", "policies", False, [], [("Display Name", ".spec.displayName"), ("Type", ".spec.type")]),
        ("ProjectPolicyBinding", "projectpolicybindings", False, [], [("Project", ".spec.projectID"), ("Policy", ".spec.policyID")]),
        ("Role", "roles", False, [], [("Display Name", ".spec.displayName")]),
        ("Rule", "rules", False, [], []),
        ("LocalGroup", "localgroups", False, [], [("Display Name", ".spec.displayName")]),
        ("IdentityProvider", "identityproviders", False, [], [("Name", ".spec.name"), ("Type", ".spec.type")])],
    "notify": [("Channel", "channels", False, [], [("Display Name", ".spec.displayName"), PHASE]),
               ("Template", "templates", True, [], [("Display Name", ".spec.displayName")]),
               ("Receiver", "receivers", False, [], [("Display Name", ".spec.displayName")]),
               ("ReceiverGroup", "receivergroups", False, [], [("Display Name", ".spec.displayName")])],
    "monitor": [("Prometheus", "prometheuses", False, [], [("Cluster", ".spec.clusterName"), PHASE])],
    "logagent": [("LogAgent", "logagents", False, [], [("Cluster", ".spec.clusterName"), PHASE])],
    "application": [("App", "apps", True, [], [("Type", ".spec.type"), ("Cluster", ".spec.targetCluster"), PHASE])],
}

# The field selectors that the platform's own servers index.
SELECTABLE = {"Cluster": [".spec.tenantID", ".spec.type", ".spec.version", ".status.version", ".status.phase"],
              "Machine": [".spec.tenantID", ".spec.clusterName", ".spec.type", ".spec.ip", ".status.phase"],
              "ClusterCredential": [".tenantID", ".clusterName"],
              "PersistentEvent": [".spec.clusterName", ".spec.version", ".status.phase", ".spec.tenantID"],
              "Project": [".spec.tenantID", ".spec.parentProjectName", ".status.phase"],
              "business/Namespace": [".spec.tenantID", ".spec.clusterName"]}


def schema(paths):
    """Free form, but a selectable field must be declared."""
    root = {"type": "object", "x-kubernetes-preserve-unknown-fields": True, "properties": {
        "spec": {"type": "object", "x-kubernetes-preserve-unknown-fields": True, "properties": {}},
        "status": {"type": "object", "x-kubernetes-preserve-unknown-fields": True, "properties": {}}}}
    for path in paths:
        here = root
        *middle, last = path.strip(".").split(".")
        for part in middle:
            here = here["properties"][part]
        here["properties"][last] = {"type": "string"}
    return root


def definitions():
    made = []
    for short, kinds in GROUPS.items():
        group = f"{short}.tkestack.io"
        for kind, plural, namespaced, aliases, columns in kinds:
            paths = SELECTABLE.get(f"{short}/{kind}") or (SELECTABLE.get(kind, []) if not (kind == "Namespace") else [])
            made.append({
                "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": f"{plural}.{group}"},
                "spec": {"group": group, "scope": "Namespaced" if namespaced else "Cluster",
                         "names": {"kind": kind, "listKind": kind + "List", "plural": plural, "singular": kind.lower(), "shortNames": aliases},
                         "versions": [{"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": schema(paths)},
                                       "selectableFields": [{"jsonPath": p} for p in paths],
                                       "additionalPrinterColumns": [{"name": n, "type": "string", "jsonPath": p} for n, p in columns]
                                       + [{"name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp"}]}]}})
    return made


def pem(run, name):
    with open(os.path.join(run, "pki", name), "rb") as file:
        return base64.b64encode(file.read()).decode()


class Platform(Objects):
    """This cluster as the platform's 'global', a cluster that the platform cannot reach, one that is being made."""

    def __init__(self, draw, roles, workloads, run, now):
        super().__init__()
        self.draw, self.roles, self.now = draw, roles, now
        trade, team = workloads.spaces["trade"], workloads.spaces["team"]

        def thing(kind, name, namespace=None, group="platform", **body):
            made = self.put(f"{group}.tkestack.io/v1", kind, namespace, name, **body)
            made["resource"] = next(p for k, p, *_ in GROUPS[group] if k == kind)
            return made

        def address(kind, host, port=6443):
            return {"type": kind, "host": host, "port": port, "path": ""}

        def condition(kind, status="True", reason=None, message=None):
            said = {k: v for k, v in (("reason", reason), ("message", message)) if v}
            return {"type": kind, "status": status, "lastProbeTime": now, "lastTransitionTime": now, **said}

        def cluster(name, display, kind, version, phase, conditions, addresses, credential=True, **status):
            if credential:
                thing("ClusterCredential", "cc-" + draw.token(), tenantID="default", clusterName=name, caCert=pem(run, "ca.crt"),
                      clientCert=pem(run, "admin.crt"), clientKey=pem(run, "admin.key"))
            reference = {"clusterCredentialRef": {"name": self[-1]["metadata"]["name"]}} if credential else {}
            return thing("Cluster", name, spec={
                "finalizers": ["cluster"], "tenantID": "default", "displayName": display, "type": kind, "version": version,
                "dnsDomain": "cluster.local", "features": {"enableMetricsServer": True, "containerRuntime": "containerd"}, **reference},
                status={"locked": False, "version": version, "phase": phase, "conditions": conditions, "addresses": addresses, **status})

        reals = [address("Real", f"10.241.0.{n}") for n in (11, 12, 13)]
        roles.put("tke.cluster-global", cluster("global", "平台集群 (global)", "Baremetal", "1.36.3", "Running",
                                                [condition("EnsurePreflight"), condition("HealthCheck")], reals + [address("Advertise", "10.241.0.100")]),
                  False, "three Real addresses of which one never answers, one Advertise address that does", real=3, answering=2)
        lost = "cls-" + draw.token()
        refused = 'Get "https://10.241.0.60:6443/version?timeout=10s": dial tcp 10.241.0.60:6443: connect: connection refused'
        roles.put("tke.cluster-failed", cluster(lost, draw.word() + " 测试", "Imported", "1.28.9", "Failed", [
            condition("EnsureCreateClusterMark"), condition("HealthCheck", "False", "FailedHealthCheck", refused)], [address("Advertise", "10.241.0.60")]),
            True, "the platform cannot reach it; that does not say that the cluster is down", condition="HealthCheck", message=refused)
        young = "cls-" + draw.token()
        roles.put("tke.cluster-initializing", cluster(young, draw.word() + " 新建", "Baremetal", "1.30.4-tke.1", "Initializing", [
            condition("EnsureCopyFiles"), condition("EnsurePreflight", "False", "FailedInit", "[preflight] Some fatal errors occurred:\n\t[ERROR Port-6443]: Port 6443 is in use")],
            [address("Real", "10.241.0.59")], credential=False), True, "creation stands at its first condition that is not True", condition="EnsurePreflight")
        roles.put("tke.machine-failed", thing("Machine", "mc-" + draw.token(), spec={
            "finalizers": ["machine"], "tenantID": "default", "clusterName": "global", "type": "Baremetal", "ip": "10.241.0.58", "port": 22, "username": "root"},
            status={"locked": False, "phase": "Failed", "conditions": [condition("EnsurePreflight", "False", "FailedInit", "dial tcp 10.241.0.58:22: i/o timeout")],
                    "machineInfo": {}}), True, "the platform's pods cannot reach its SSH port", condition="EnsurePreflight")
        for addon, level in (("PersistentEvent", "Enhance"), ("TappController", "Enhance"), ("CSIOperator", "Basic"), ("CronHPA", "Enhance")):
            thing("ClusterAddonType", addon.lower(), type=addon, level=level, latestVersion="v1.0.0")
        back = {"es": {"ip": "10.241.0.57", "port": 0, "scheme": "http", "indexName": draw.word() + "-events", "user": "", "password": "", "reserveDays": 7}}
        roles.put("tke.persistent-event", thing("PersistentEvent", "pe-" + draw.token(), spec={
            "tenantID": "default", "clusterName": "global", "version": "v1.0.0", "persistentBackEnd": back},
            status={"phase": "Failed", "reason": "Persistent event deployment do not exist.", "retryCount": 5, "version": "v1.0.0"}),
            True, "port 0 was accepted and nothing is delivered", port=0)
        thing("CronHPA", "ch-" + draw.token(), spec={"tenantID": "default", "clusterName": "global", "version": "v1.0.0"}, status={"phase": "Running"})

        project, child, foreign = ("prj-" + draw.token() for _ in range(3))
        quota = {"global": {"hard": {"cpu": "32", "memory": "64Gi", "pods": "200"}}}
        roles.put("tke.project", thing("Project", project, group="business", spec={
            "finalizers": ["project"], "tenantID": "default", "displayName": draw.word() + " 业务", "members": ["admin", "practice-viewer"], "clusters": quota},
            status={"phase": "Active", "cachedSpecClusters": quota, "calculatedChildProjects": [child]}), False, "active")
        thing("Project", child, group="business", spec={"finalizers": ["project"], "tenantID": "default", "displayName": draw.word(), "members": ["admin"],
                                                        "parentProjectName": project, "clusters": quota}, status={"phase": "Active", "cachedParent": project})
        roles.put("tke.project-failed", thing("Project", foreign, group="business", spec={
            "finalizers": ["project"], "tenantID": "default", "displayName": draw.word(), "members": ["nobody"], "clusters": quota},
            status={"phase": "Failed", "locked": True, "message": "failed to add business member", "reason": "user nobody not found"}),
            True, "its members could not be bound; it stays locked", member="nobody")
        for space in (project, child):
            self.put("v1", "Namespace", None, space)
        gone = draw.name("-gone")
        for role, target, phase, trouble, says, more in (
                ("tke.namespace", trade, "Available", False, "available; the live namespace carries the project's label", {}),
                ("tke.namespace-conflict", team, "Failed", True, "the live namespace belongs to another project by its label",
                 {"message": "ConflictProject", "reason": "namespace belongs to another project"}),
                ("tke.namespace-missing", gone, "Failed", True, "the cluster has no such namespace", {"message": "NamespaceNotFound", "reason": f'namespaces "{gone}" not found'})):
            roles.put(role, thing("Namespace", f"global-{target}", project, "business", spec={
                "finalizers": ["namespace"], "tenantID": "default", "clusterName": "global", "namespace": target, "hard": {"cpu": "8", "memory": "16Gi", "pods": "60"}},
                status={"phase": phase, **more}), trouble, says, target=target, project=project)
        for item in workloads:
            if item["kind"] == "Namespace" and item["metadata"]["name"] in (trade, team):
                owner = project if item["metadata"]["name"] == trade else foreign
                item["metadata"].setdefault("labels", {})["tkestack.io/projectName"] = owner
                item["metadata"]["labels"]["tkestack.io/namespaceName"] = f"global-{item['metadata']['name']}"
        thing("Platform", "platform-default", group="business", spec={"tenantID": "default", "administrators": ["admin"]})
        thing("Namespace", "ns-" + draw.token(), group="registry", spec={"tenantID": "default", "name": "library", "displayName": "library", "visibility": "Public"}, status={"repoCount": 3})
        thing("LocalIdentity", "usr-" + draw.token(), group="auth", spec={"tenantID": "default", "username": "admin", "displayName": "Administrator"}, status={"locked": False})
        thing("Policy", "pol-default-project-owner", group="auth", spec={"tenantID": "default", "displayName": "ProjectAdmin", "type": "default"})
        thing("Channel", "chn-" + draw.token(), group="notify", spec={"tenantID": "default", "displayName": "webhook"}, status={"phase": "Actived"})
        thing("Prometheus", "prometheus-" + draw.token(), group="monitor", spec={"tenantID": "default", "clusterName": "global", "version": "v1.0.0"}, status={"phase": "Running"})
        thing("LogAgent", "logagent-" + draw.token(), group="logagent", spec={"tenantID": "default", "clusterName": "global"}, status={"phase": "Running"})
