#!/usr/bin/python3
"""Fills a cluster with pods for measurements.

bulk.py --run RUN [--pods 10000] [--namespaces 50] [--nodes 200] [--seed 1] [--connections 16]

The pods are about 6 KB each as the API server gives them back and belong to ReplicaSets of Deployments. They are bound
to nodes of their own, of which kwok knows nothing, so nothing changes afterwards. script/cluster stops the controller
manager meanwhile (it would make the pods itself, twenty a second) and starts it without the controller that declares
nodes without a kubelet dead.
"""
import argparse
import json
import os
import random
import string
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from api import Api, path_of

TIERS = ("frontend", "backend", "worker", "cache", "store")
TEAMS = ("alpha", "bravo", "charlie", "delta", "echo")


class Plan:
    def __init__(self, given):
        self.given = given
        self.random = random.Random(given.seed)
        self.mark = self.letters(4)
        self.spaces = [f"bulk-{self.mark}-{n:03d}" for n in range(given.namespaces)]
        self.nodes = [f"bulk-{self.mark}-node-{n:04d}" for n in range(given.nodes)]
        per_set = 25
        self.sets = [(self.spaces[n % len(self.spaces)], f"{self.random.choice(TIERS)}-{self.letters(5)}", self.letters(9))
                     for n in range((given.pods + per_set - 1) // per_set)]
        self.per_set = per_set
        self.owners = {}

    def workload(self, number):
        """A Deployment and its ReplicaSet, which count the pods of this set as theirs."""
        space, app, sum_of_template = self.sets[number]
        count = min(self.per_set, self.given.pods - number * self.per_set)
        spec = self.pod(number * self.per_set)[0]["spec"]
        template = {"metadata": {"labels": {"app": app}}, "spec": {k: v for k, v in spec.items() if k != "nodeName"}}
        hashed = {"app": app, "pod-template-hash": sum_of_template}
        meta = {"namespace": space, "labels": {"app": app, "practice.test/bulk": self.mark}}
        deployment = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {**meta, "name": app},
                      "spec": {"replicas": count, "selector": {"matchLabels": {"app": app}}, "template": template}}
        replicas = {"apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": {**meta, "name": f"{app}-{sum_of_template}", "labels": {**meta["labels"], **hashed}},
                    "spec": {"replicas": count, "selector": {"matchLabels": hashed},
                             "template": {**template, "metadata": {"labels": hashed}}}}
        return deployment, replicas

    def letters(self, count):
        return "".join(self.random.choices("bcdfghjklmnpqrstvwxz" + string.digits[2:], k=count))

    def node(self, number):
        name = self.nodes[number]
        labels = {"practice.test/bulk": self.mark, "kubernetes.io/hostname": name, "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64",
                  "topology.kubernetes.io/zone": f"zone-{'abc'[number % 3]}", "node-role.kubernetes.io/node": ""}
        now = stamp()
        sizes = {"cpu": "64", "memory": "263856792Ki", "pods": "250", "ephemeral-storage": "1030792000Ki"}
        return {"apiVersion": "v1", "kind": "Node",
                "metadata": {"name": name, "labels": labels, "annotations": {"node.alpha.kubernetes.io/ttl": "0"}},
                "spec": {"podCIDR": f"10.{100 + number // 250}.{number % 250}.0/24"},
                "status": {"capacity": sizes, "allocatable": sizes,
                           "conditions": [{"type": kind, "status": status, "reason": reason, "message": "", "lastHeartbeatTime": now, "lastTransitionTime": now}
                                          for kind, status, reason in (("MemoryPressure", "False", "KubeletHasSufficientMemory"), ("DiskPressure", "False", "KubeletHasNoDiskPressure"),
                                                                       ("PIDPressure", "False", "KubeletHasSufficientPID"), ("Ready", "True", "KubeletReady"))],
                           "addresses": [{"type": "InternalIP", "address": f"10.242.{number // 250}.{number % 250 + 1}"}, {"type": "Hostname", "address": name}],
                           "nodeInfo": {"architecture": "amd64", "operatingSystem": "linux", "kernelVersion": "6.8.0-64-generic", "osImage": "Ubuntu 24.04.2 LTS",
                                        "containerRuntimeVersion": "containerd://2.1.3", "kubeletVersion": "v1.36.3", "kubeProxyVersion": "",
                                        "machineID": f"b{number:031x}", "systemUUID": f"b0000000-0000-4000-8000-{number:012x}", "bootID": f"b0000000-0000-4000-9000-{number:012x}"}}}

    def pod(self, number):
        """The pod as it is created, and its status."""
        draw = random.Random(self.given.seed * 1_000_003 + number)
        space, app, sum_of_template = self.sets[number // self.per_set]
        name = f"{app}-{sum_of_template}-{''.join(draw.choices('bcdfghjklmnpqrstvwxz2456789', k=4))}{number % self.per_set:02d}"
        node = draw.randrange(len(self.nodes))
        image = f"registry.example.test/{draw.choice(TEAMS)}/{app}:{draw.randrange(9)}.{draw.randrange(20)}.{draw.randrange(9)}"
        cpu, memory = draw.choice((50, 100, 250, 500)), draw.choice((64, 128, 256, 512))

        def container(part, port):
            return {"name": part, "image": image if part == "app" else "registry.example.test/mesh/sidecar:1.9.2", "imagePullPolicy": "IfNotPresent",
                    "resources": {"requests": {"cpu": f"{cpu}m", "memory": f"{memory}Mi"}, "limits": {"cpu": f"{cpu * 4}m", "memory": f"{memory * 2}Mi"}},
                    "ports": [{"name": part, "containerPort": port}],
                    "env": [{"name": "POD_NAME", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}, {"name": "LOG_LEVEL", "value": "info"}],
                    "livenessProbe": {"httpGet": {"path": "/healthz", "port": part}}, "readinessProbe": {"httpGet": {"path": "/ready", "port": part}},
                    "volumeMounts": [{"name": "config", "mountPath": "/etc/app", "readOnly": True}, {"name": "scratch", "mountPath": "/tmp"}]}
        owner = {"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": f"{app}-{sum_of_template}", "controller": True, "blockOwnerDeletion": True,
                 "uid": self.owners.get((space, app), "")}
        pod = {"apiVersion": "v1", "kind": "Pod",
               "metadata": {"name": name, "namespace": space, "ownerReferences": [owner],
                            "labels": {"app": app, "tier": app.partition("-")[0], "team": draw.choice(TEAMS), "pod-template-hash": sum_of_template, "practice.test/bulk": self.mark},
                            "annotations": {"prometheus.io/scrape": "true", "prometheus.io/port": "8080", "checksum/config": f"{draw.getrandbits(256):064x}"}},
               "spec": {"nodeName": self.nodes[node], "automountServiceAccountToken": False,
                        "containers": [container("app", 8080), container("sidecar", 15090)] if number % 8 == 0 else [container("app", 8080)],
                        "volumes": [{"name": "config", "configMap": {"name": app}}, {"name": "scratch", "emptyDir": {}}]}}
        return pod, self.status(pod, draw, node, number)

    def status(self, pod, draw, node, number):
        now = stamp()
        fate = draw.random()
        bad = fate > 0.985
        ready = "False" if bad else "True"
        conditions = [{"type": kind, "status": status, "lastProbeTime": None, "lastTransitionTime": now, **({"reason": "ContainersNotReady"} if status == "False" else {})}
                      for kind, status in (("PodReadyToStartContainers", "True"), ("Initialized", "True"), ("Ready", ready), ("ContainersReady", ready), ("PodScheduled", "True"))]
        address = f"10.{100 + node // 250}.{node % 250}.{number % 250 + 1}"
        states = []
        for spec in pod["spec"]["containers"]:
            state = {"waiting": {"reason": "CrashLoopBackOff", "message": "back-off 5m0s restarting failed container"}} if bad else {"running": {"startedAt": now}}
            last = {"terminated": {"exitCode": 1, "reason": "Error", "startedAt": now, "finishedAt": now}} if bad else {}
            states.append({"name": spec["name"], "image": spec["image"], "imageID": f"{spec['image']}@sha256:{draw.getrandbits(256):064x}",
                           "containerID": f"containerd://{draw.getrandbits(256):064x}", "ready": not bad, "started": not bad,
                           "restartCount": draw.randrange(5, 90) if bad else draw.choice((0, 0, 0, 0, 0, 1, 2)), "state": state, "lastState": last})
        return {"phase": "Running", "conditions": conditions, "hostIP": f"10.242.{node // 250}.{node % 250 + 1}", "hostIPs": [{"ip": f"10.242.{node // 250}.{node % 250 + 1}"}],
                "podIP": address, "podIPs": [{"ip": address}], "startTime": now, "containerStatuses": states}


def stamp():
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def work(given, owners, offset, stride):
    """One process's share: Python threads alone would not fill two cores."""
    plan = Plan(given)
    plan.owners = owners
    # Half of the connections to each API server.
    servers = [Api(given.run, agent="practice-bulk", host=host) for host in ("10.241.0.11", "10.241.0.12")]

    def one(number):
        api = servers[number // stride % 2]
        pod, status = plan.pod(number)
        path = f"/api/v1/namespaces/{pod['metadata']['namespace']}/pods"
        api.ask("POST", path + "?fieldManager=kube-controller-manager", pod, accept=(409,))
        api.ask("PATCH", f"{path}/{pod['metadata']['name']}/status?fieldManager=kubelet", {"status": status}, kind="application/strategic-merge-patch+json")
        return 1
    with ThreadPoolExecutor(max(1, given.connections // stride)) as pool:
        return sum(pool.map(one, range(offset, given.pods, stride), chunksize=1))


def existing_or(api, thing):
    made = api.create(thing)
    return made if made["kind"] == thing["kind"] else api.get(path_of(thing))


def main():
    options = argparse.ArgumentParser(prog="bulk")
    options.add_argument("--run", required=True, help=argparse.SUPPRESS)
    for name, value in (("pods", 10_000), ("namespaces", 50), ("nodes", 200), ("seed", 1), ("connections", 16)):
        options.add_argument(f"--{name}", type=int, default=value)
    given = options.parse_args()
    if min(given.pods, given.namespaces, given.nodes, given.connections) < 1:
        options.error("all numbers must be positive")
    plan, api, begun = Plan(given), Api(given.run, agent="practice-bulk"), time.time()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(api.create, [{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": s, "labels": {"practice.test/bulk": plan.mark}}} for s in plan.spaces]))
        list(pool.map(api.create, [plan.node(n) for n in range(given.nodes)]))
        # Admission marks each new node as not ready, and nobody is there to take the mark away.
        list(pool.map(lambda node: api.patch(f"/api/v1/nodes/{node}", {"spec": {"taints": None}}), plan.nodes))

        def account(space):
            # Made by the controller manager otherwise, which does not run now.
            api.create({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default", "namespace": space}})

        def own(number):
            deployment, replicas = plan.workload(number)
            uid = existing_or(api, deployment)["metadata"]["uid"]
            replicas["metadata"]["ownerReferences"] = [{"apiVersion": "apps/v1", "kind": "Deployment", "name": deployment["metadata"]["name"], "uid": uid,
                                                        "controller": True, "blockOwnerDeletion": True}]
            return (deployment["metadata"]["namespace"], deployment["metadata"]["name"]), existing_or(api, replicas)["metadata"]["uid"]
        list(pool.map(account, plan.spaces))
        owners = dict(pool.map(own, range(len(plan.sets))))
    print(f"{given.namespaces} namespaces, {given.nodes} nodes and {len(owners)} deployments after {time.time() - begun:.1f} s", file=sys.stderr)
    stride = min(2, os.cpu_count() or 1)
    children = []
    for offset in range(1, stride):
        child = os.fork()
        if child == 0:
            try:
                work(given, owners, offset, stride)
            except Exception as error:  # the parent reports it by the exit code
                print(error, file=sys.stderr)
                os._exit(1)
            os._exit(0)
        children.append(child)
    work(given, owners, 0, stride)
    wrong = sum(os.waitpid(child, 0)[1] != 0 for child in children)
    first = api.get(f"/api/v1/pods?limit=50&labelSelector=practice.test/bulk%3D{plan.mark}")["items"]
    size = sum(len(json.dumps(p, separators=(",", ":"))) for p in first) // max(1, len(first))
    print(f"{given.pods} pods of about {size} bytes after {time.time() - begun:.1f} s", file=sys.stderr)
    print(json.dumps({"mark": plan.mark, "pods": given.pods, "namespaces": plan.spaces, "nodes": plan.nodes, "bytes": size}))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
