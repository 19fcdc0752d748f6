"""Short ways to write the objects of the scenario."""


def resources(cpu=None, memory=None, cpu_limit=None, memory_limit=None, gpu=None):
    requests = {k: v for k, v in (("cpu", cpu), ("memory", memory)) if v}
    limits = {k: v for k, v in (("cpu", cpu_limit), ("memory", memory_limit), ("nvidia.com/gpu", gpu)) if v}
    return {k: v for k, v in (("requests", requests), ("limits", limits)) if v}


def mega(n):
    return f"{n}Mi"


def milli(n):
    return f"{n}m"


class Objects(list):
    """Collects what is made; each maker gives the object back."""

    def put(self, api, kind, namespace, name, labels=None, annotations=None, **body):
        meta = {"name": name}
        if namespace:
            meta["namespace"] = namespace
        if labels:
            meta["labels"] = labels
        if annotations:
            meta["annotations"] = annotations
        thing = {"apiVersion": api, "kind": kind, "metadata": meta, **body}
        self.append(thing)
        return thing

    def template(self, app, image, needs, cpu=None, memory=None, behaviour=None, port=8080, probes=True, **spec):
        notes = {}
        if cpu:
            notes["kwok.x-k8s.io/usage-cpu"] = cpu
        if memory:
            notes["kwok.x-k8s.io/usage-memory"] = memory
        if behaviour:
            notes["practice.test/behaviour"] = behaviour
        container = {"name": app, "image": image, "resources": needs}
        if probes:
            container["ports"] = [{"name": "http", "containerPort": port}]
            container["livenessProbe"] = {"httpGet": {"path": "/healthz", "port": "http"}}
            container["readinessProbe"] = {"httpGet": {"path": "/ready", "port": "http"}}
        return {"metadata": {"labels": {"app": app}, "annotations": notes},
                "spec": {"automountServiceAccountToken": False, "containers": [container], **spec}}

    def deployment(self, namespace, app, replicas, template, **spec):
        return self.put("apps/v1", "Deployment", namespace, app, {"app": app}, spec={
            "replicas": replicas, "selector": {"matchLabels": {"app": app}}, "template": template, **spec})

    def service(self, namespace, name, selector, **spec):
        return self.put("v1", "Service", namespace, name, {"app": name}, spec={
            "selector": {"app": selector}, "ports": [{"name": "http", "port": 80, "targetPort": "http"}], **spec})

    def autoscaler(self, namespace, name, low, high, percent):
        return self.put("autoscaling/v2", "HorizontalPodAutoscaler", namespace, name, spec={
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": name}, "minReplicas": low, "maxReplicas": high,
            "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": percent}}}]})

    def budget(self, namespace, name, app, **spec):
        return self.put("policy/v1", "PodDisruptionBudget", namespace, name, spec={"selector": {"matchLabels": {"app": app}}, **spec})

    def job(self, namespace, name, image, behaviour=None, **spec):
        return self.put("batch/v1", "Job", namespace, name, spec=self.job_spec(name, image, behaviour, **spec))

    def job_spec(self, name, image, behaviour=None, **spec):
        template = self.template(name, image, resources("100m", "64Mi"), "50m", "30Mi", behaviour, probes=False, restartPolicy="Never")
        return {"template": template, **spec}
