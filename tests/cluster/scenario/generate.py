"""generate.py RUN HERE SEED: writes the manifests, kwok's configuration, the logs and scenario.json into the run folder."""
import json
import os
import random
import sys
import time

import container_logs
import kubelet_stages
import system
import tkestack
from names import Draw
from nodes import Nodes
from roles import Roles
from workloads import Workloads


def main():
    run, here, seed = sys.argv[1], sys.argv[2], sys.argv[3]
    seed = int(seed) if seed else random.SystemRandom().randrange(1, 10**9)
    draw, roles = Draw(seed), Roles()
    nodes = Nodes(draw, roles)
    static = nodes.static_pods()
    parts = system.objects(nodes, roles)
    work = Workloads(draw, roles, nodes)
    token = draw.token(12)
    platform = tkestack.Platform(draw, roles, work, run, time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
    broken = {"apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService", "metadata": {"name": "v1beta1.custom.metrics.k8s.io"},
              "spec": {"group": "custom.metrics.k8s.io", "version": "v1beta1", "groupPriorityMinimum": 100, "versionPriority": 100,
                       "insecureSkipTLSVerify": True, "service": {"name": draw.name("-adapter"), "namespace": "kube-system", "port": 443}}}

    def put(name, content):
        with open(os.path.join(run, name), "w", encoding="utf-8") as out:
            out.write(content)

    logs = os.path.join(run, "container-logs")
    os.makedirs(logs, exist_ok=True)
    with open(os.path.join(here, "config", "kubelet-metrics.yaml"), encoding="utf-8") as file:
        metrics = file.read()
    put("kwok.yaml", kubelet_stages.render(work.images) + metrics + container_logs.scenario(logs, roles, token))
    put("broken-apiservice.json", json.dumps(broken, indent=1))
    put("manifests.json", json.dumps({"definitions": tkestack.definitions(), "nodes": nodes.items, "static": static,
                                      "system": parts, "work": work, "platform": platform}, indent=1))
    put("scenario.json", json.dumps({
        "seed": seed, "namespaces": work.spaces, "logToken": token, "roles": roles,
        "addresses": {"advertise": "10.241.0.100:6443", "real": ["10.241.0.11:6443", "10.241.0.12:6443"], "dead": "10.241.0.13:6443"},
        "users": {"admin": "admin.conf", "viewer": "viewer.conf", "token": "token.conf", "ec": "ec.conf"}}, indent=1, ensure_ascii=False))
    put("chatter", roles["logs.growing"]["name"])


main()
