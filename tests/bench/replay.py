"""A TLS server on 127.0.0.1 that sends one recorded list of pods over and over, each copy under other names and UIDs, as
fast as it is read: what a client does when the server is never what it waits for."""
import json
import os
import pathlib
import re
import ssl
import subprocess
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def copies(body, times):
    """The list as pieces of bytes: its head, the items of each copy, its end."""
    items_at = body.index(b'"items":[') + len(b'"items":[')
    head, items = body[:items_at], body[items_at:body.rindex(b"]")]
    # The object's own name and UID come first in its metadata; those of its owners look otherwise.
    name, uid = re.compile(rb'("metadata":\{"name":")'), re.compile(rb'("namespace":"[^"]*",(?:"selfLink":"[^"]*",)?"uid":")([0-9a-f]{8})')
    yield head
    for number in range(times):
        mark = f"{number:02d}-".encode()
        copy = name.sub(rb"\g<1>" + mark, items)
        yield uid.sub(lambda match: match[1] + f"{(int(match[2], 16) + number * 0x01010101) % 2**32:08x}".encode(), copy)
        yield b"," if number + 1 < times else b"]}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if "watch=" in self.path:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.server.ended.wait()
            return
        compressed = "gzip" in self.headers.get("Accept-Encoding", "")
        body = self.server.compressed if compressed else self.server.plain
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        if compressed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(sum(map(len, body))))
        self.end_headers()
        try:
            for piece in body:
                self.connection.sendall(piece)
        except OSError:
            self.close_connection = True

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # a client that hung up


class Replay:
    def __init__(self, body, times, folder):
        folder = pathlib.Path(folder)
        self.certificate, key = str(folder / "replay.crt"), str(folder / "replay.key")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=replay", "-addext",
                        "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", self.certificate], check=True, capture_output=True)
        self.rows = len(json.loads(body)["items"]) * times
        self.server = Server(("127.0.0.1", 0), Handler, bind_and_activate=True)
        self.server.ended = threading.Event()
        self.server.plain = list(copies(body, times))
        # As an APIServer does it: level 1, in one member.
        packer = zlib.compressobj(1, zlib.DEFLATED, 31)
        self.server.compressed = [packer.compress(piece) for piece in self.server.plain] + [packer.flush()]
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, key)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"https://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.ended.set()
        self.server.shutdown()
        self.server.server_close()
