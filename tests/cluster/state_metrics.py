#!/usr/bin/python3
"""A stand-in for kube-state-metrics 2.20: renders the cluster's live objects as its families.

state_metrics.py --run RUN --listen HOST:PORT      serves /metrics, /healthz, /livez and /readyz
state_metrics.py --lists FOLDER                    renders recorded lists (list-KIND.json) and ends
"""
import argparse
import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from api import Api, ApiError
from state_families import KINDS, families, render_object


class Store:
    """The text of every object, by kind and UID; only a changed object is rendered again."""

    def __init__(self):
        self.lock = threading.Lock()
        self.rows = {kind: {} for kind in KINDS}
        self.listed = set()

    def replace(self, kind, items):
        fresh = {item["metadata"]["uid"]: render_object(kind, item) for item in items}
        with self.lock:
            self.rows[kind] = fresh
            self.listed.add(kind)

    def change(self, kind, item, gone):
        text = None if gone else render_object(kind, item)
        with self.lock:
            if gone:
                self.rows[kind].pop(item["metadata"]["uid"], None)
            else:
                self.rows[kind][item["metadata"]["uid"]] = text

    def text(self):
        with self.lock:
            kinds = {kind: list(rows.values()) for kind, rows in self.rows.items()}
        out = []
        for kind in KINDS:
            for family, sort, about in families(kind):
                out.append(f"# HELP {family} {about}\n# TYPE {family} {sort}\n")
                out.extend(row[family] for row in kinds[kind] if family in row)
        return "".join(out)


def follow(api, store, kind, path):
    """List, then watch from there; starts again whenever the watch ends or is too old."""
    while True:
        try:
            items, mark, version = [], "", None
            while True:
                page = api.get(f"{path}?limit=500" + (f"&continue={mark}" if mark else ""))
                items += page["items"]
                version = page["metadata"]["resourceVersion"]
                mark = page["metadata"].get("continue")
                if not mark:
                    break
            store.replace(kind, items)
            del items, page
            while True:
                for event in api.watch(f"{path}?watch=true&allowWatchBookmarks=true&timeoutSeconds=280&resourceVersion={version}", timeout=300):
                    if event["type"] == "ERROR":
                        raise ApiError(event["object"].get("code"), event["object"].get("message", ""), "watch")
                    version = event["object"]["metadata"]["resourceVersion"]
                    if event["type"] != "BOOKMARK":
                        store.change(kind, event["object"], event["type"] == "DELETED")
        except (OSError, ValueError, KeyError, ApiError) as error:
            print(kind, error, flush=True)
            time.sleep(1)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    store = None

    def do_GET(self):
        path = self.path.partition("?")[0]
        status, kind, body = 200, "text/plain; charset=utf-8", "OK"
        if path == "/metrics":
            kind, body = "text/plain; version=0.0.4; charset=utf-8", self.store.text()
        elif path == "/readyz" and len(self.store.listed) < len(KINDS):
            status, body = 503, "not all kinds are listed yet"
        elif path not in ("/healthz", "/livez", "/readyz"):
            status, body = 404, "404 page not found\n"
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--run")
    options.add_argument("--listen", default="127.0.0.1:8080")
    options.add_argument("--lists")
    given = options.parse_args()
    store = Store()
    if given.lists:
        for kind, (path, _) in KINDS.items():
            file = os.path.join(given.lists, f"list-{path.rpartition('/')[2]}.json")
            if os.path.exists(file):
                with open(file, encoding="utf-8") as body:
                    store.replace(kind, json.load(body)["items"])
        sys.stdout.write(store.text())
        return
    api = Api(given.run, agent="practice-state-metrics")
    for kind, (path, _) in KINDS.items():
        threading.Thread(target=follow, args=(api, store, kind, path), daemon=True).start()
    host, _, port = given.listen.rpartition(":")
    Handler.store = store
    ThreadingHTTPServer((host, int(port)), Handler).serve_forever()


if __name__ == "__main__":
    main()
