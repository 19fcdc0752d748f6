"""check.py RUN [SECONDS]: holds what scenario.json says against the live cluster, and waits up to SECONDS (default 120) for
what needs its time. Prints 'ok' or 'FAIL' for each role; the exit code is 1 when a role does not hold."""
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from api import Api, ApiError, path_of  # noqa: E402
from state_families import quantity  # noqa: E402

CHECKS = {}


def check(*roles):
    def keep(function):
        for role in roles:
            CHECKS[role] = function
        return function
    return keep


class Live:
    def __init__(self, run):
        with open(os.path.join(run, "scenario.json"), encoding="utf-8") as file:
            self.roles = json.load(file)["roles"]
        self.api = Api(run)

    def thing(self, role):
        r = self.roles[role]
        meta = {"name": r["name"], **({"namespace": r["namespace"]} if r["namespace"] else {})}
        return self.api.get(path_of({"apiVersion": r["apiVersion"], "kind": r["kind"], "metadata": meta}))

    def facts(self, role):
        return self.roles[role]["facts"]

    def pods(self, role):
        r = self.roles[role]
        if r["kind"] == "Pod":
            return [self.thing(role)]
        label = "job-name" if r["kind"] == "Job" else "app"
        return self.api.items(f"/api/v1/namespaces/{r['namespace']}/pods?labelSelector={label}%3D{r['name']}")

    def events(self, namespace, name):
        return self.api.items(f"/api/v1/namespaces/{namespace}/events?fieldSelector=involvedObject.name%3D{name}")

    def usage(self, role):
        """CPU in millicores and memory in Mi of one pod."""
        r = self.roles[role]
        found = self.api.items(f"/apis/metrics.k8s.io/v1beta1/namespaces/{r['namespace']}/pods?labelSelector=app%3D{r['name']}")
        one = found[0]["containers"][0]["usage"]
        return quantity(one["cpu"]) * 1000, quantity(one["memory"]) / 2**20


def condition(thing, kind):
    return next((c for c in thing["status"].get("conditions", []) if c["type"] == kind), {})


def statuses(pods):
    return [s for p in pods for s in p["status"].get("containerStatuses", [])]


def about(value, wanted, share=0.1):
    return abs(value - wanted) <= wanted * share


@check("node.master-0", "node.master-1", "node.master-2", "node.gpu", "node.old-kubelet", "node.memory-full",
       *(f"node.ordinary-{n}" for n in range(6)))
def node_ready(live, role):
    return condition(live.thing(role), "Ready").get("status") == "True"


@check("node.cordoned")
def cordoned(live, role):
    node = live.thing(role)
    return node["spec"].get("unschedulable") and any(t["key"] == "node.kubernetes.io/unschedulable" for t in node["spec"].get("taints", []))


@check("node.dead")
def dead(live, role):
    node = live.thing(role)
    taints = {(t["key"], t["effect"]) for t in node["spec"].get("taints", [])}
    return condition(node, "Ready").get("status") == "Unknown" and {("node.kubernetes.io/unreachable", e) for e in ("NoSchedule", "NoExecute")} <= taints


@check("node.disk-pressure")
def disk(live, role):
    node = live.thing(role)
    return (condition(node, "DiskPressure").get("status") == "True" and condition(node, "Ready").get("status") == "True"
            and any(t["key"] == "node.kubernetes.io/disk-pressure" for t in node["spec"].get("taints", [])))


@check("node.not-ready")
def not_ready(live, role):
    node = live.thing(role)
    return condition(node, "Ready").get("status") == "False" and any(t["key"] == "node.kubernetes.io/not-ready" for t in node["spec"].get("taints", []))


@check("crash-loop", "oom-killed", "pod.apiserver-down")
def restarting(live, role):
    found, facts = statuses(live.pods(role)), live.facts(role)
    return found and all(s["restartCount"] >= 1 and s["lastState"]["terminated"]["exitCode"] == facts["exitCode"] for s in found)


@check("image.no-such-host", "image.no-such-tag", "image.no-login")
def pull(live, role):
    word = {"host": "no such host", "tag": "not found", "login": "authorization"}[role.rpartition("-")[2]]
    found = statuses(live.pods(role))
    said = [s["state"].get("waiting", {}) for s in found]
    rollout = condition(live.thing(role), "Progressing").get("reason") == "ProgressDeadlineExceeded"
    return found and rollout and all(w.get("reason") in ("ErrImagePull", "ImagePullBackOff") and word in w.get("message", "") for w in said)


@check("unready")
def unready(live, role):
    pods = live.pods(role)
    name = pods[0]["metadata"]["name"]
    return (all(p["status"]["phase"] == "Running" and condition(p, "Ready")["status"] == "False" for p in pods)
            and any(e["reason"] == "Unhealthy" for e in live.events(live.roles[role]["namespace"], name)))


@check("service.none-ready", "service.no-endpoints")
def endpoints(live, role):
    r = live.roles[role]
    pieces = live.api.items(f"/apis/discovery.k8s.io/v1/namespaces/{r['namespace']}/endpointslices?labelSelector=kubernetes.io/service-name%3D{r['name']}")
    ends = [e for p in pieces for e in p.get("endpoints") or []]
    return not ends if role.endswith("no-endpoints") else ends and not any(e["conditions"]["ready"] for e in ends)


@check("hpa.at-maximum")
def at_maximum(live, role):
    scaler = live.thing(role)
    return scaler["status"].get("currentReplicas") == 6 and condition(scaler, "ScalingLimited").get("reason") == "TooManyReplicas"


@check("hpa.no-request")
def no_request(live, role):
    return "missing request for cpu" in condition(live.thing(role), "ScalingActive").get("message", "")


@check("usage.near-memory-limit", "usage.cpu-throttled", "usage.node-filler", "workload.autoscaled")
def used(live, role):
    cpu, memory = live.usage(role)
    facts = live.facts(role)
    return about(cpu, facts.get("cpuUsedMilli", cpu)) and about(memory, facts.get("memoryUsedMi", memory))


@check("usage.idle")
def idle(live, role):
    return live.usage(role)[0] < live.facts(role)["cpuRequestMilli"] / 10


@check("pdb.blocks-drain")
def blocks(live, role):
    return live.thing(role)["status"]["disruptionsAllowed"] == 0 and live.thing(role)["status"]["currentHealthy"] == 1


@check("pods.terminating-for-ever")
def terminating(live, role):
    pods = live.pods(role)
    going = [p for p in pods if p["metadata"].get("deletionTimestamp")]
    fresh = [p for p in pods if p not in going and condition(p, "Ready").get("status") == "True"]
    return len(going) == 2 and len(fresh) == 2 and all(p["spec"]["nodeName"] == live.facts(role)["node"] for p in going)


@check("refused.pod-security", "refused.quota")
def refused(live, role):
    return condition(live.thing(role), "ReplicaFailure").get("reason") == "FailedCreate" and len(live.pods(role)) == live.facts(role).get("have", 0)


@check("storage.no-class")
def storage(live, role):
    space, facts = live.roles[role]["namespace"], live.facts(role)
    claim = live.api.get(f"/api/v1/namespaces/{space}/persistentvolumeclaims/{facts['claim']}")
    said = [e for e in live.events(space, facts["claim"]) if "no storage class is set" in e["message"]]
    return claim["status"]["phase"] == "Pending" and said and said[0]["type"] == "Normal" and len(live.pods(role)) == 1


@check("pending.too-large", "pending.untolerated")
def pending(live, role):
    word = "Insufficient cpu" if role.endswith("large") else "untolerated taint"
    pods = live.pods(role)
    return pods and all(p["status"]["phase"] == "Pending" and word in condition(p, "PodScheduled").get("message", "") for p in pods)


@check("job.complete")
def complete(live, role):
    return condition(live.thing(role), "Complete").get("status") == "True"


@check("job.active")
def active(live, role):
    return live.thing(role)["status"].get("active") == 1 and live.pods(role)[0]["status"]["phase"] == "Running"


@check("job.failed")
def failed(live, role):
    return condition(live.thing(role), "Failed").get("reason") == "BackoffLimitExceeded"


@check("job.retrying")
def retrying(live, role):
    job = live.thing(role)
    return job["status"].get("failed", 0) >= 1 and not condition(job, "Failed")


@check("daemonset.misses-nodes")
def misses(live, role):
    daemon, facts = live.thing(role), live.facts(role)
    on = {p["spec"].get("nodeName") for p in live.pods(role)}
    return daemon["status"]["desiredNumberScheduled"] == daemon["status"]["numberReady"] and not on & set(facts["missingOn"]) \
        and daemon["status"]["numberMisscheduled"] >= 1


@check("quota.nearly-full")
def nearly_full(live, role):
    return live.thing(role)["status"]["used"]["requests.cpu"] == "3"


@check("pod.evicted", "pod.lost")
def reason(live, role):
    return live.thing(role)["status"].get("reason") == live.facts(role)["reason"]


@check("namespace.stuck")
def stuck(live, role):
    space = live.thing(role)
    return space["status"]["phase"] == "Terminating" and live.facts(role)["finalizer"] in condition(space, "NamespaceFinalizersRemaining").get("message", "")


@check("healthy.zero-replicas", "healthy.suspended-cronjob", "healthy.external-service", "usage.no-requests", "user.viewer", "host-path.sub-path",
       "logs.growing", "daemonset.everywhere", "workload.behind-pdb", "tke.cluster-global", "tke.cluster-failed", "tke.cluster-initializing",
       "tke.machine-failed", "tke.persistent-event", "tke.project", "tke.project-failed", "tke.namespace", "tke.namespace-conflict", "tke.namespace-missing")
def there(live, role):
    return bool(live.thing(role))


@check("healthy.tolerates")
def tolerates(live, role):
    return all(condition(p, "Ready").get("status") == "True" for p in live.pods(role))


def main():
    live = Live(sys.argv[1])
    patience = float(sys.argv[2]) if len(sys.argv) > 2 else 120
    begun, left, why = time.time(), list(live.roles), {}
    for role in left:
        if role not in CHECKS:
            why[role] = "nobody checks this role"
    while left:
        still = []
        for role in left:
            try:
                held = role in CHECKS and CHECKS[role](live, role)
            except (ApiError, KeyError, IndexError) as error:
                held, why[role] = False, f"{type(error).__name__}: {error}"
            if held:
                print(f"ok    {role} ({live.roles[role]['kind']} {live.roles[role]['name']}) after {time.time() - begun:.0f} s", flush=True)
            else:
                still.append(role)
        left = still
        if not left or time.time() - begun > patience:
            break
        time.sleep(1)
    for role in left:
        print(f"FAIL  {role} ({live.roles[role]['kind']} {live.roles[role]['name']}): {why.get(role, live.roles[role]['says'])}")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
