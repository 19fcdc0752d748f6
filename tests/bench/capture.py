#!/usr/bin/python3
"""Takes a snapshot of the cluster beside `kubectl cluster-info dump`, and opens it; prints Markdown.

capture.py --alidadectl PROGRAM [--rounds 3] [--patience 600]

Time is of the clock, memory the largest resident set of the program (wait4), bytes what lies on the disk afterwards.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
import time


def measure(command, patience):
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    ended = 0
    while not ended and time.monotonic() - begin < patience:
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        time.sleep(0.01)
    if not ended:
        process.kill()
        _, status, usage = os.wait4(process.pid, 0)
        return {"seconds": time.monotonic() - begin, "mib": usage.ru_maxrss / 1024, "exit": "given up"}
    return {"seconds": time.monotonic() - begin, "mib": usage.ru_maxrss / 1024, "exit": os.waitstatus_to_exitcode(status)}


def size_of(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(path) for name in names)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--alidadectl", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--patience", type=float, default=600)
    given = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="alidade-capture-")
    file = os.path.join(folder, "cluster.alidade")
    dump = os.path.join(folder, "dump")
    runs = {"alidadectl capture": [], "kubectl cluster-info dump": [], "tree of the snapshot": [], "pods of the snapshot": []}
    sizes = {}
    for _ in range(given.rounds):
        shutil.rmtree(dump, ignore_errors=True)
        runs["alidadectl capture"].append(measure([given.alidadectl, "capture", "-o", file], given.patience))
        sizes["alidadectl capture"] = size_of(file)
        runs["kubectl cluster-info dump"].append(
            measure(["kubectl", "cluster-info", "dump", "--all-namespaces", "--output-directory", dump], given.patience))
        sizes["kubectl cluster-info dump"] = size_of(dump)
        runs["tree of the snapshot"].append(measure([given.alidadectl, "--snapshot", file, "tree"], given.patience))
        runs["pods of the snapshot"].append(
            measure([given.alidadectl, "--snapshot", file, "get", "pods", "-A"], given.patience))
    print("| what | seconds (median) | least–most | peak MiB | bytes on disk | exit |\n| --- | --- | --- | --- | --- | --- |")
    for name, each in runs.items():
        seconds = [run["seconds"] for run in each]
        print(f"| {name} | {statistics.median(seconds):.2f} | {min(seconds):.2f}–{max(seconds):.2f} | "
              f"{max(run['mib'] for run in each):.0f} | {sizes.get(name, '')} | {each[-1]['exit']} |")
    shutil.rmtree(folder)


main()
