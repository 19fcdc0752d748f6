"""Container logs as files in the CRI format, and the kwok configuration that serves them."""
import json
import os
import sys
import time


def stamp(seconds):
    whole = int(seconds)
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(whole)) + ".%09dZ" % int((seconds - whole) * 1e9)


def write(path, lines, end=None, step=1.7):
    """lines: text, or (stream, text); a text that ends in a backslash is a partial line of CRI."""
    end = end or time.time()
    begin = end - step * len(lines)
    with open(path, "w", encoding="utf-8") as out:
        for number, line in enumerate(lines):
            stream, text = line if isinstance(line, tuple) else ("stdout", line)
            tag, text = ("P", text[:-1]) if text.endswith("\\") else ("F", text)
            out.write(f"{stamp(begin + number * step)} {stream} {tag} {text}\n")


def rule(name, logs, namespaces=None, pods=None):
    selector = {}
    if namespaces:
        selector["matchNamespaces"] = namespaces
    if pods:
        selector["matchNames"] = pods
    spec = {"logs": logs}
    if selector:
        spec["selector"] = selector
    return {"apiVersion": "kwok.x-k8s.io/v1alpha1", "kind": "ClusterLogs", "metadata": {"name": name}, "spec": spec}


def dump(documents):
    return "".join("---\n" + json.dumps(d, indent=1) + "\n" for d in documents)


def default(folder):
    path = os.path.join(folder, "default.log")
    write(path, [f"request {n} served in {3 + n * 7 % 40} ms" for n in range(1, 201)], step=0.9)
    return rule("default", [{"logsFile": path, "previousLogsFile": path, "follow": False}])


if __name__ == "__main__":
    sys.stdout.write(dump([default(sys.argv[2])]))
