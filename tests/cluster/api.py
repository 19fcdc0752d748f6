"""A small client of the API server for the scripts of the practice cluster, standard library only."""
import http.client
import json
import os
import ssl
import threading
import time

VIP = "10.241.0.100"


class ApiError(Exception):
    def __init__(self, status, text, what):
        super().__init__(f"{what}: {status} {text[:400]}")
        self.status = status


def tls(run, who="component"):
    context = ssl.create_default_context(cafile=os.path.join(run, "pki", "ca.crt"))
    context.load_cert_chain(os.path.join(run, "pki", who + ".crt"), os.path.join(run, "pki", who + ".key"))
    return context


class Api:
    """One connection for each thread, kept open. `who` is one of the certificates of the run folder."""

    def __init__(self, run, who="component", host=VIP, agent="practice-script"):
        self.context = tls(run, who) if who else ssl.create_default_context(cafile=os.path.join(run, "pki", "ca.crt"))
        self.host = host
        self.agent = agent
        self.local = threading.local()

    def connection(self, timeout):
        made = getattr(self.local, "connection", None)
        if made is None:
            made = self.local.connection = http.client.HTTPSConnection(self.host, 6443, context=self.context, timeout=timeout)
        return made

    def raw(self, method, path, body=None, kind="application/json", timeout=30, headers=None, tries=3):
        """Status, headers and bytes; repeats what was lost with its connection."""
        data = body if body is None or isinstance(body, (bytes, str)) else json.dumps(body)
        send = {"User-Agent": self.agent, "Accept": "application/json", **(headers or {})}
        if data is not None:
            send["Content-Type"] = kind
        for left in reversed(range(tries)):
            link = self.connection(timeout)
            try:
                link.request(method, path, data, send)
                answer = link.getresponse()
                return answer.status, answer.headers, answer.read()
            except (OSError, http.client.HTTPException):
                link.close()
                self.local.connection = None
                if not left:
                    raise
                time.sleep(0.2)

    def ask(self, method, path, body=None, accept=(), **more):
        status, _, data = self.raw(method, path, body, **more)
        if status >= 300 and status not in accept:
            raise ApiError(status, data.decode(errors="replace"), f"{method} {path}")
        return json.loads(data) if data else None

    def get(self, path, **more):
        return self.ask("GET", path, **more)

    def items(self, path, **more):
        return self.get(path, **more)["items"]

    def apply(self, thing):
        """Server-side apply: creates or changes, and is the same when done twice."""
        return self.ask("PATCH", path_of(thing) + "?fieldManager=practice&force=true", thing, kind="application/apply-patch+yaml")

    def patch(self, path, body, kind="merge"):
        return self.ask("PATCH", path, body, kind=f"application/{kind}-patch+json")

    def create(self, thing, accept=(409,)):
        return self.ask("POST", path_of(thing, named=False), thing, accept=accept)

    def watch(self, path, timeout=3600):
        """Yields events over a connection of its own, until the server ends it."""
        link = http.client.HTTPSConnection(self.host, 6443, context=self.context, timeout=timeout)
        try:
            link.request("GET", path, None, {"User-Agent": self.agent, "Accept": "application/json"})
            answer = link.getresponse()
            if answer.status != 200:
                raise ApiError(answer.status, answer.read().decode(errors="replace"), f"watch {path}")
            while True:
                line = answer.readline()
                if not line:
                    return
                yield json.loads(line)
        finally:
            link.close()


PLURALS = {"NetworkPolicy": "networkpolicies", "Ingress": "ingresses", "StorageClass": "storageclasses",
           "PriorityClass": "priorityclasses", "Endpoints": "endpoints"}
CLUSTER_WIDE = {"Namespace", "Node", "PersistentVolume", "ClusterRole", "ClusterRoleBinding", "StorageClass", "PriorityClass",
                "CustomResourceDefinition", "APIService"}


def plural(kind):
    return PLURALS.get(kind) or (kind[:-1].lower() + "ies" if kind.endswith("y") else kind.lower() + "s")


def path_of(thing, named=True):
    version, kind, meta = thing["apiVersion"], thing["kind"], thing["metadata"]
    base = f"/api/{version}" if "/" not in version else f"/apis/{version}"
    space = f"/namespaces/{meta['namespace']}" if meta.get("namespace") else ""
    resource = thing.get("resource") or plural(kind)
    return f"{base}{space}/{resource}" + (f"/{meta['name']}" if named else "")


def until(what, check, seconds, every=0.5):
    """Waits until check() gives something true; says what was waited for when it does not come."""
    deadline = time.time() + seconds
    while True:
        found = check()
        if found:
            return found
        if time.time() > deadline:
            raise TimeoutError(f"waited {seconds} s in vain for {what}")
        time.sleep(every)
