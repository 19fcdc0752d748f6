"""discovery.py RUN: Debian's Prometheus has no Kubernetes discovery, so its targets are written for it into a file,
with the labels that the role 'endpoints' would give."""
import json
import os
import re
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from api import Api, ApiError  # noqa: E402

run = sys.argv[1]
api = Api(run)
out = os.path.join(run, "targets.json")


def clean(key):
    return re.sub(r"[^a-zA-Z0-9_]", "_", key)


def targets():
    services = {(s["metadata"]["namespace"], s["metadata"]["name"]): s["metadata"] for s in api.items("/api/v1/services")}
    made = []
    for piece in api.items("/apis/discovery.k8s.io/v1/endpointslices"):
        namespace = piece["metadata"]["namespace"]
        service = piece["metadata"].get("labels", {}).get("kubernetes.io/service-name")
        meta = services.get((namespace, service))
        # Prometheus would drop the others by its own rules; ten thousand targets need not be written for that.
        if not meta or meta.get("annotations", {}).get("prometheus.io/scrape") != "true":
            continue
        for end in piece.get("endpoints") or []:
            for port in piece.get("ports") or []:
                labels = {"namespace": namespace, "service_name": service, "endpoints_name": service,
                          "endpoint_port_name": port.get("name") or "", "endpoint_ready": str(end.get("conditions", {}).get("ready", True)).lower()}
                if end.get("targetRef", {}).get("kind") == "Pod":
                    labels["pod_name"] = end["targetRef"]["name"]
                if end.get("nodeName"):
                    labels["pod_node_name"] = end["nodeName"]
                labels.update({"service_label_" + clean(k): v for k, v in meta.get("labels", {}).items()})
                labels.update({"service_annotation_" + clean(k): v for k, v in meta["annotations"].items()})
                for address in end["addresses"]:
                    made.append({"targets": [f"{address}:{port['port']}"], "labels": {"__meta_kubernetes_" + k: v for k, v in labels.items()}})
    return made


written = None
while True:
    try:
        found = targets()
        if found != written:
            with open(out + ".new", "w", encoding="utf-8") as file:
                json.dump(found, file, indent=1)
            os.replace(out + ".new", out)
            written = found
    except (OSError, ApiError, KeyError) as error:
        print(error, flush=True)
    time.sleep(3 if not written else 10)
