#!/usr/bin/env python3
"""What a CRD cannot serve of a TKEStack platform: clusters/{name}/proxy, as tkestack/tke answers it (recordings 166 to
173, 239). Everything else is handed to the kube-apiserver as it is, which has the Clusters and ClusterCredentials.

usage: platform.py KUBECONFIG   (prints "port N" first; HTTP without TLS, for the tests in this network only)
"""
import base64
import http.client
import http.server
import json
import re
import ssl
import sys
import tempfile
import urllib.parse

PREFIX = "/apis/platform.tkestack.io/v1/clusters/"
HOP = ("connection", "keep-alive", "transfer-encoding", "host", "content-length", "x-tke-clustername")


def field(text, name):
    """The first value of that name in a kubeconfig that script/cluster wrote."""
    return re.search(name + r':\s*"?([^\s",}]+)', text)[1]


def identity(authority, certificate, key):
    context = ssl.create_default_context(cadata=authority)
    context.check_hostname = False
    with tempfile.NamedTemporaryFile() as chain:
        chain.write(certificate + b"\n" + key)
        chain.flush()
        context.load_cert_chain(chain.name)
    return context


with open(sys.argv[1], encoding="utf-8") as file:
    CONFIG = file.read()
OWN = urllib.parse.urlsplit(field(CONFIG, "server"))
TLS = identity(base64.b64decode(field(CONFIG, "certificate-authority-data")).decode(),
               base64.b64decode(field(CONFIG, "client-certificate-data")), base64.b64decode(field(CONFIG, "client-key-data")))


def read(path):
    """One object of the platform's own; None when it is not there."""
    connection = http.client.HTTPSConnection(OWN.hostname, OWN.port, context=TLS, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    return json.loads(answer.read()) if answer.status == 200 else None


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def whole(self, status, body, kind="application/json"):
        body = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def refuse(self, status, reason, message, **details):
        self.whole(status, {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "message": message, "reason": reason,
                            "details": details, "code": status})

    def handle_any(self):
        split = urllib.parse.urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if not (split.path.startswith(PREFIX) and split.path.endswith("/proxy")):
            self.forward(OWN.hostname, OWN.port, TLS, self.path, body)
            return
        name = self.headers.get("X-TKE-ClusterName")  # which beats the one in the path
        if not name:
            self.refuse(500, "InternalError", "Internal error occurred: clusterName is required", causes=[{"message": "clusterName is required"}])
            return
        cluster = read(PREFIX + name)
        if not cluster:
            self.refuse(404, "NotFound", f'clusters.platform.tkestack.io "{name}" not found', name=name, group="platform.tkestack.io", kind="clusters")
            return
        target = urllib.parse.parse_qs(split.query).get("path", [""])[0]
        if not target:
            self.refuse(400, "BadRequest", "invalid path")
            return
        if target.startswith("/apis/platform.tkestack.io/"):
            self.refuse(400, "BadRequest", "cycle dispatch")
            return
        if cluster["status"].get("locked"):
            self.refuse(500, "InternalError", f"Internal error occurred: cluster {name} has been locked")
            return
        order = ["Internal", "Advertise", "Real"]
        address = min((each for each in cluster["status"]["addresses"] if each["type"] in order), key=lambda each: order.index(each["type"]))
        self.forward(address["host"], address["port"], TLS, target, body)

    def forward(self, host, port, context, target, body):
        connection = http.client.HTTPSConnection(host, port, context=context, timeout=600)
        headers = {key: value for key, value in self.headers.items() if key.lower() not in HOP}
        try:
            connection.request(self.command, target, body=body or None, headers=headers)
            answer = connection.getresponse()
        except OSError as error:
            self.whole(500, f"dial tcp {host}:{port}: connect: {error.strerror or error}".lower() + "\n", "text/plain; charset=utf-8")
            return
        self.send_response(answer.status)
        for key, value in answer.getheaders():
            if key.lower() not in HOP:
                self.send_header(key, value)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            while part := answer.read1(65536):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
                self.wfile.flush()
            self.wfile.write(b"0\r\n\r\n")
        except OSError:
            self.close_connection = True  # a watch that was let go

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True


with Server(("127.0.0.1", 0), Handler) as server:
    print(f"port {server.server_address[1]}", flush=True)
    server.serve_forever()
