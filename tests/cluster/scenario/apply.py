"""apply.py RUN: stages the generated scenario, then makes its troubles true."""
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from api import Api, path_of, until  # noqa: E402

run = sys.argv[1]
api = Api(run)
pool = ThreadPoolExecutor(6)
with open(os.path.join(run, "manifests.json"), encoding="utf-8") as file:
    manifests = json.load(file)
with open(os.path.join(run, "scenario.json"), encoding="utf-8") as file:
    roles = json.load(file)["roles"]


def now():
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def name(role):
    return roles[role]["name"]


def space(role):
    return roles[role]["namespace"]


def create(things):
    list(pool.map(api.create, things))


def ordered(things):
    """What others refer to comes first: an API server refuses a pod without its namespace."""
    first = [t for t in things if t["kind"] == "Namespace" and t["apiVersion"] == "v1"]
    early = ("ResourceQuota", "LimitRange", "ConfigMap", "Service", "Role")
    second = [t for t in things if t not in first and t["kind"] in early]
    return first, second, [t for t in things if t not in first and t not in second]


def pods(namespace, app):
    return api.items(f"/api/v1/namespaces/{namespace}/pods?labelSelector=app%3D{app}")


def running(pod):
    return pod["status"].get("phase") == "Running" and pod["status"].get("containerStatuses")


def nodes_ready():
    """All but the broken one; and the taint of a node that has just joined is gone, which comes a moment later."""
    nodes = api.items("/api/v1/nodes")
    ready = [n for n in nodes if any(c["type"] == "Ready" and c["status"] == "True" for c in n["status"].get("conditions", []))]
    fresh = [n for n in ready if any(t["key"] == "node.kubernetes.io/not-ready" for t in n["spec"].get("taints", []))]
    return len(ready) >= len(manifests["nodes"]) - 1 and not fresh


def event(node, reason, kind, message, host, count=1, pod=None):
    involved = {"kind": "Node", "name": node, "uid": node} if pod is None else {
        "kind": "Pod", "apiVersion": "v1", "namespace": pod["metadata"]["namespace"], "name": pod["metadata"]["name"], "uid": pod["metadata"]["uid"]}
    namespace = "default" if pod is None else pod["metadata"]["namespace"]
    api.ask("POST", f"/api/v1/namespaces/{namespace}/events", {
        "apiVersion": "v1", "kind": "Event", "metadata": {"generateName": involved["name"] + ".", "namespace": namespace},
        "involvedObject": involved, "reason": reason, "type": kind, "message": message, "count": count,
        "source": {"component": "kubelet", "host": host}, "reportingComponent": "kubelet", "reportingInstance": host,
        "firstTimestamp": now(), "lastTimestamp": now()})


def kill_kubelet(node):
    """kwok lets a node go only when the watch says DELETED, which the label selector gives when the label goes."""
    address = next(a["address"] for a in api.get(f"/api/v1/nodes/{node}")["status"]["addresses"] if a["type"] == "InternalIP")
    api.patch(f"/api/v1/nodes/{node}", {"metadata": {"labels": {"practice.test/kubelet": None}}})
    with open(os.path.join(run, "dead-kubelet"), "w", encoding="utf-8") as out:
        out.write(address)
    rule = ["INPUT", "-d", address, "-p", "tcp", "--dport", "10250", "-j", "DROP"]
    env = {**os.environ, "XTABLES_LOCKFILE": os.path.join(run, "xtables.lock"), "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"}
    if subprocess.run(["iptables", "-w", "-C", *rule], env=env, stderr=subprocess.DEVNULL).returncode:
        subprocess.run(["iptables", "-w", "-I", *rule], env=env, check=True)


def disk_pressure(node):
    api.patch(f"/api/v1/nodes/{node}/status", {"status": {"conditions": [{
        "type": "DiskPressure", "status": "True", "reason": "KubeletHasDiskPressure", "message": "kubelet has disk pressure",
        "lastHeartbeatTime": now(), "lastTransitionTime": now()}]}}, "strategic-merge")
    event(node, "NodeHasDiskPressure", "Normal", f"Node {node} status is now: NodeHasDiskPressure", node, 3)
    event(node, "EvictionThresholdMet", "Warning", "Attempting to reclaim ephemeral-storage", node, 9)
    event(node, "FreeDiskSpaceFailed", "Warning", "Failed to garbage collect required amount of images. Attempted to free 7516192768 bytes, "
          "but only found 0 bytes eligible to free.", node, 2)


def evict(pod):
    text = "The node was low on resource: ephemeral-storage. Threshold quantity: 10Gi, available: 7312Mi. "
    status = pod["status"]
    conditions = [c if c["type"] not in ("Ready", "ContainersReady") else {**c, "status": "False", "reason": "PodFailed", "lastTransitionTime": now()}
                  for c in status["conditions"]]
    conditions.append({"type": "DisruptionTarget", "status": "True", "reason": "TerminationByKubelet", "message": text,
                       "lastProbeTime": None, "lastTransitionTime": now()})
    container = status["containerStatuses"][0]
    started = container["state"]["running"]["startedAt"]
    api.patch(path_of(pod) + "/status", {"status": {
        "phase": "Failed", "reason": "Evicted", "message": text, "conditions": conditions,
        "containerStatuses": [{**container, "ready": False, "started": False, "state": {"running": None, "terminated": {
            "exitCode": 137, "reason": "Error", "startedAt": started, "finishedAt": now()}}}]}})
    event(None, "Evicted", "Warning", text, pod["spec"]["nodeName"], pod=pod)


def main():
    definitions = pool.submit(lambda: [api.create(d) for d in manifests["definitions"]])
    create(manifests["nodes"])
    until("ready nodes", nodes_ready, 120)
    create(manifests["static"])
    for group in ordered(manifests["system"]):
        create(group)
    spaces, early, rest = ordered(manifests["work"])
    create(spaces)
    create(early)
    # A pod is refused until its namespace has the service account that pods use.
    accounts = {t["metadata"]["name"] for t in spaces}
    until("service accounts", lambda: accounts <= {a["metadata"]["namespace"] for a in api.items("/api/v1/serviceaccounts")
                                                   if a["metadata"]["name"] == "default"}, 90, 0.2)
    lost_with_node = {name(role) for role in ("pods.terminating-for-ever", "pod.lost", "daemonset.misses-nodes")}
    create([t for t in rest if t["metadata"]["name"] in lost_with_node])
    # Pods must run on the node before its kubelet dies; the sooner that is, the sooner the node is Unknown.
    until("pods on the node that will be lost", lambda: len([p for p in api.items(
        "/api/v1/pods?fieldSelector=spec.nodeName%3D" + name("node.dead")) if running(p)]) >= 5, 120)
    kill_kubelet(name("node.dead"))
    create([t for t in rest if t["metadata"]["name"] not in lost_with_node])
    definitions.result()
    lost = pods("default", name("pod.lost"))[0]
    api.patch(path_of({"apiVersion": "v1", "kind": "Pod", **lost}) + "/status", {"status": {
        "phase": "Unknown", "reason": "NodeLost", "message": f"Node {name('node.dead')} which was running pod {name('pod.lost')} is unresponsive"}})

    until("the pod that will be evicted", lambda: any(running(p) for p in pods("default", name("pod.evicted"))), 90)
    evict({"apiVersion": "v1", "kind": "Pod", **pods("default", name("pod.evicted"))[0]})
    disk_pressure(name("node.disk-pressure"))
    unready = until("the pod that is not ready", lambda: [p for p in pods(space("unready"), name("unready")) if running(p)], 90)[0]
    event(None, "Unhealthy", "Warning", f'Liveness probe failed: Get "http://{unready["status"]["podIP"]}:8080/healthz": context deadline exceeded '
          "(Client.Timeout exceeded while awaiting headers)", unready["spec"]["nodeName"], 27, unready)
    # A kind is served a moment after its definition was accepted.
    until("TKEStack's kinds", lambda: api.raw("GET", "/apis/platform.tkestack.io/v1/clusters")[0] == 200
          and api.raw("GET", "/apis/application.tkestack.io/v1/apps")[0] == 200, 90)
    for group in ordered(manifests["platform"]):
        create(group)
    api.ask("DELETE", f"/api/v1/namespaces/{name('namespace.stuck')}", accept=(404, 409))


main()
