#!/usr/bin/env python3
"""Lists and starts, measured beside curl and kubectl in one run; prints Markdown.

compare.py --bin FOLDER [--pairs 10] [--starts 9] [--replay 10] [--rows N] [--out FILE]

Runs inside `script/cluster enter`. Everything of a round is run in turn, and a round begins with another of them each
time, so that what the machine does meanwhile falls on all of them alike. Ratios are of the same round.
"""
import argparse
import base64
import json
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from replay import Replay

HERE = pathlib.Path(__file__).parent


def quartiles(values):
    if len(values) < 2:
        return values[0], values[0], values[0]
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


def spread(values, digits=0):
    low, middle, high = quartiles(values)
    return f"{middle:.{digits}f} ({low:.{digits}f}–{high:.{digits}f})"


def spent():
    """CPU milliseconds of the children that ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (usage.ru_utime + usage.ru_stime) * 1000


def measured(command, **more):
    """Wall and CPU milliseconds of a command, and what it printed."""
    cpu, begun = spent(), time.monotonic()
    run = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, check=True, **more)
    return {"allMs": (time.monotonic() - begun) * 1000, "cpuMs": spent() - cpu, "out": run.stdout}


class Cluster:
    """Where KUBECONFIG points to, as files that curl takes."""

    def __init__(self, folder):
        config = json.loads(subprocess.run(["kubectl", "config", "view", "--raw", "--minify", "-o", "json"],
                                           stdout=subprocess.PIPE, check=True).stdout)
        cluster, user = config["clusters"][0]["cluster"], config["users"][0]["user"]
        self.server = cluster["server"]
        self.files = {}
        for option, entry, field in (("--cacert", cluster, "certificate-authority"), ("--cert", user, "client-certificate"),
                                     ("--key", user, "client-key")):
            if f"{field}-data" in entry:
                file = pathlib.Path(folder) / field
                file.touch(mode=0o600)
                file.write_bytes(base64.b64decode(entry[f"{field}-data"]))
            else:
                file = entry[field]
            self.files[option] = str(file)

    def curl(self, path, *more):
        # Its own agent: an APIServer indents for curl's, which doubles the bytes.
        command = ["curl", "-sS", "-f", "-A", "alidade", "--http1.1", *more]
        for option, file in self.files.items():
            command += [option, file]
        return command + [self.server + path]


class Bench:
    def __init__(self, given):
        self.given, self.bin, self.lines = given, pathlib.Path(given.bin).resolve(), []
        self.folder = tempfile.TemporaryDirectory()
        self.cluster = Cluster(self.folder.name)

    def say(self, line=""):
        self.lines.append(line)
        print(line, flush=True)

    def list_with(self, program, *options, rows, **more):
        run = measured([self.bin / program, "--rows", rows, *options], **more)
        return json.loads(run["out"])

    def curl(self, cluster, *more):
        run = measured(cluster.curl("/api/v1/pods?resourceVersion=0", "-o", "/dev/null", "-w", "%{time_total} %{size_download} %{time_starttransfer}", *more))
        total, size, first = run["out"].split()
        return {"allMs": float(total) * 1000, "cpuMs": run["cpuMs"], "wireBytes": int(float(size)), "firstMs": float(first) * 1000}

    def rounds(self, count, jobs):
        """name -> results, one for each round."""
        results = {name: [] for name in jobs}
        names = list(jobs)
        for number in range(count):
            turn = number % len(names)
            for name in names[turn:] + names[:turn]:
                results[name].append(jobs[name]())
            print(f"round {number + 1} of {count}: " + ", ".join(f"{n} {results[n][-1]['allMs']:.0f} ms" for n in names), file=sys.stderr, flush=True)
        return results

    def table(self, results, base, title):
        self.say(f"| {title} | first paint, ms | all, ms | ÷ {base}, same round | own CPU, ms | MB on the wire |")
        self.say("| --- | --- | --- | --- | --- | --- |")
        for name, runs in results.items():
            def column(field, scale=1.0, digits=0):
                values = [run[field] * scale for run in runs if run.get(field) is not None]
                return spread(values, digits) if values else "–"
            ratio = [run["allMs"] / other["allMs"] for run, other in zip(runs, results[base])]
            first = column("firstMs") if "steadyKb" in runs[0] else "–"
            wire = f"{runs[0]['wireBytes'] / 1e6:.1f}" if "wireBytes" in runs[0] else "–"
            self.say(f"| {name} | {first} | {column('allMs')} | {'1' if name == base else spread(ratio, 2)} | {column('cpuMs')} | {wire} |")
        self.say()

    def memory(self, results):
        self.say("| memory | window empty, MB | with all rows, MB | peak, MB | bytes a row: store | bytes a row: whole process |")
        self.say("| --- | --- | --- | --- | --- | --- |")
        for name, runs in results.items():
            if "steadyKb" in runs[0]:
                mb = [spread([run[field] / 1024 for run in runs], 1) for field in ("emptyKb", "steadyKb", "peakKb")]
                self.say(f"| {name} | {' | '.join(mb)} | {spread([r['storeBytesARow'] for r in runs])} | {spread([r['bytesARow'] for r in runs])} |")
        self.say()

    def real_list(self):
        rows = self.given.rows or json.loads(measured(self.cluster.curl("/api/v1/pods?limit=1"))["out"])["metadata"].get("remainingItemCount", 0) + 1
        results = self.rounds(self.given.pairs, {
            "curl, identity": lambda: self.curl(self.cluster),
            "alidade, gzip (as it is)": lambda: self.list_with("bench_list", rows=rows),
            "alidade, identity": lambda: self.list_with("bench_list", "--identity", rows=rows),
            "kubectl get pods -A": lambda: measured(["kubectl", "get", "pods", "-A"]),
            "alidadectl get pods -A": lambda: measured([self.bin / "alidadectl", "get", "pods", "-A"]),
        })
        self.say(f"## {rows} pods from a real APIServer")
        self.say()
        self.table(results, "curl, identity", f"{self.given.pairs} rounds, median (quartiles)")
        ratio = [run["allMs"] / other["allMs"] for run, other in zip(results["alidadectl get pods -A"], results["kubectl get pods -A"])]
        self.say(f"alidadectl ÷ kubectl, same round: {spread(ratio, 2)}. kubectl and alidadectl: wall of the whole process; curl: its own "
                 "time_total; alidade: from the start of the list to the paint that shows the last row.")
        self.say()
        self.memory(results)

    def replayed_list(self):
        body = measured(self.cluster.curl("/api/v1/pods?resourceVersion=0"))["out"]
        with Replay(body, self.given.replay, self.folder.name) as replay:
            del body
            config = pathlib.Path(self.folder.name) / "replay.conf"
            config.write_text(json.dumps({
                "apiVersion": "v1", "kind": "Config", "current-context": "replay",
                "clusters": [{"name": "c", "cluster": {"server": replay.url, "certificate-authority": replay.certificate}}],
                "users": [{"name": "u", "user": {}}], "contexts": [{"name": "replay", "context": {"cluster": "c", "user": "u"}}]}))
            served = Cluster.__new__(Cluster)
            served.server, served.files = replay.url, {"--cacert": replay.certificate}
            results = self.rounds(max(3, self.given.pairs // 3), {
                "curl, identity": lambda: self.curl(served),
                "alidade, gzip (as it is)": lambda: self.list_with("bench_list", "--kubeconfig", config, rows=replay.rows),
                "alidade, identity": lambda: self.list_with("bench_list", "--identity", "--kubeconfig", config, rows=replay.rows),
            })
            self.say(f"## {replay.rows} pods: the same body {self.given.replay} times, from a server that only sends")
            self.say()
            self.table(results, "curl, identity", "median (quartiles)")
            self.memory(results)

    def start(self):
        if not self.given.starts or not shutil.which("Xvfb"):
            return
        settings = pathlib.Path(self.folder.name) / "settings.ini"
        read, write = os.pipe()
        server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
                                  pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        try:
            display = os.read(read, 20).decode().strip()
            environment = {**os.environ, "DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"}

            def once(*more):
                out = measured([self.bin / "bench_start", time.monotonic_ns(), settings, *more], env=environment)["out"].decode()
                return out.splitlines()
            files = {file for file in once("--files")[1:] if os.path.isfile(file)}

            def cold():
                for file in files:
                    handle = os.open(file, os.O_RDONLY)
                    os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
                    os.close(handle)
                return json.loads(once()[0])
            warm = [json.loads(once()[0]) for _ in range(self.given.starts)]
            cold_runs = [cold() for _ in range(self.given.starts)]
        finally:
            server.terminate()
            server.wait()
        self.say("## Start of the window (xcb under Xvfb, zh_CN), ms since before the fork")
        self.say()
        self.say("| | main() | QApplication | built | painted |")
        self.say("| --- | --- | --- | --- | --- |")
        for name, runs in (("warm", warm), (f"after its {len(files)} files were evicted from the page cache", cold_runs)):
            self.say(f"| {name} | " + " | ".join(spread([run[field] for run in runs]) for field in ("main", "application", "built", "painted")) + " |")
        self.say()

    def run(self):
        model = next((line.partition(":")[2].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "unknown")
        version = json.loads(measured(self.cluster.curl("/version"))["out"])["gitVersion"]
        self.say(f"{os.cpu_count()} cores ({model}), load {os.getloadavg()[0]:.1f} at the beginning, kube-apiserver {version} on the same machine.")
        self.say()
        self.start()
        self.real_list()
        if self.given.replay:
            self.replayed_list()
        self.say(f"Load at the end: {os.getloadavg()[0]:.1f}.")
        if self.given.out:
            pathlib.Path(self.given.out).write_text("\n".join(self.lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    options = argparse.ArgumentParser(prog="script/bench")
    options.add_argument("--bin", required=True)
    options.add_argument("--pairs", type=int, default=10)
    options.add_argument("--starts", type=int, default=9)
    options.add_argument("--replay", type=int, default=10, help="how often the real body is repeated; 0: not at all")
    options.add_argument("--rows", type=int, default=0, help=argparse.SUPPRESS)
    options.add_argument("--out")
    Bench(options.parse_args()).run()
