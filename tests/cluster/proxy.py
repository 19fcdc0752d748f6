#!/usr/bin/env python3
"""A proxy for the tests, HTTP CONNECT and SOCKS5 on one port: says what it is asked for and by whom, one line each.

usage: proxy.py [USER:PASSWORD]   (prints "port N" first)
"""
import base64
import socket
import socketserver
import struct
import sys
import threading

LOGIN = sys.argv[1] if len(sys.argv) > 1 else ""


def exactly(connection, count):
    data = b""
    while len(data) < count:
        part = connection.recv(count - len(data))
        if not part:
            raise ConnectionError
        data += part
    return data


def say(line):
    print(line, flush=True)


def pump(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def relay(client, host, port):
    server = socket.create_connection((host, port), timeout=10)
    server.settimeout(None)
    return server


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        try:
            first = exactly(self.request, 1)
            server = self.socks() if first == b"\x05" else self.connect(first)
        except OSError:
            return
        if server:
            threading.Thread(target=pump, args=(server, self.request), daemon=True).start()
            pump(self.request, server)

    def connect(self, head):
        while True:  # who has no login, or a wrong one, may ask again on the same connection
            while not head.endswith(b"\r\n\r\n"):
                head += exactly(self.request, 1)
            lines = head.decode("latin-1").split("\r\n")
            verb, target, _ = lines[0].split(" ", 2)
            login = ""
            for line in lines[1:]:
                name, _, value = line.partition(":")
                if name.lower() == "proxy-authorization":
                    login = base64.b64decode(value.split()[-1]).decode()
            if not LOGIN or login == LOGIN:
                break
            say(f"refused {target}")
            self.request.sendall(b"HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=\"test\"\r\n"
                                 b"Content-Length: 0\r\n\r\n")
            head = b""
        say(f"{verb} {target} {login}".rstrip())
        host, _, port = target.rpartition(":")
        server = relay(self.request, host.strip("[]"), int(port))
        self.request.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
        return server

    def socks(self):
        methods = exactly(self.request, exactly(self.request, 1)[0])
        login = ""
        if LOGIN:
            if 2 not in methods:
                self.request.sendall(b"\x05\xff")
                return None
            self.request.sendall(b"\x05\x02")
            exactly(self.request, 1)
            user = exactly(self.request, exactly(self.request, 1)[0]).decode()
            password = exactly(self.request, exactly(self.request, 1)[0]).decode()
            login = f"{user}:{password}"
            self.request.sendall(b"\x01\x00" if login == LOGIN else b"\x01\x01")
            if login != LOGIN:
                say("refused")
                return None
        else:
            self.request.sendall(b"\x05\x00")
        kind = exactly(self.request, 4)[3]
        if kind == 1:
            host = socket.inet_ntop(socket.AF_INET, exactly(self.request, 4))
        elif kind == 4:
            host = socket.inet_ntop(socket.AF_INET6, exactly(self.request, 16))
        else:
            host = exactly(self.request, exactly(self.request, 1)[0]).decode()
        port = struct.unpack(">H", exactly(self.request, 2))[0]
        say(f"SOCKS5 {host}:{port} {login}".rstrip())
        server = relay(self.request, host, port)
        self.request.sendall(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        return server


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


with Server(("127.0.0.1", 0), Handler) as server:
    say(f"port {server.server_address[1]}")
    server.serve_forever()
