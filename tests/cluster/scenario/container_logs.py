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


def scenario(folder, roles, token):
    """Logs by role. Containers carry the name of their workload, which is how kwok finds the file."""
    def of(role):
        return roles[role]["name"]

    def entry(role, lines, previous=None, step=1.7):
        path = os.path.join(folder, role + ".log")
        write(path, lines, step=step)
        made = {"containers": [of(role)], "logsFile": path, "follow": False}
        if previous:
            made["previousLogsFile"] = os.path.join(folder, role + "-previous.log")
            write(made["previousLogsFile"], previous, end=time.time() - 60)
        return made

    dying = ["starting", "configuration read from /etc/config/app.yaml", ("stderr", "connecting to 10.96.7.7:5432"),
             ("stderr", f"fatal: cannot reach the database, reference {token}"), ("stderr", "exit status 1")]
    # What a log view meets in life: other alphabets, colours, JSON, a line that CRI splits, a very long one.
    varied = [f"GET /api/v1/items?page={n} 200 {2 + n * 5 % 31}ms" for n in range(120)] + [
        json.dumps({"level": "info", "msg": "cache warmed", "entries": 4211}), "订单服务已启动 (order service started)",
        "\x1b[32mINFO\x1b[0m coloured line", ("stderr", "warning: clock skew of 3 s"), "first half of one line, \\", "second half of it",
        "long " + "x" * 12_000, "", f"last line {token}"]
    growing = os.path.join(folder, "growing.log")
    write(growing, [f"tick {n} of {of('logs.growing')}" for n in range(30)], step=1)
    down = os.path.join(folder, "apiserver.log")
    write(down, [("stderr", "I0101 command-line-arguments: --advertise-address=10.241.0.13"),
                 ("stderr", "E0101 run.go:72] \"command failed\" err=\"failed to create listener: failed to listen on 10.241.0.13:6443: "
                            "bind: cannot assign requested address\"")])
    ok = default(folder)
    ok["spec"]["logs"] = [
        entry("crash-loop", dying, dying), entry("oom-killed", ["cache filled to 71 %", "cache filled to 88 %", "cache filled to 99 %"], ["cache filled to 99 %"]),
        entry("unready", ["listening on :8080", ("stderr", "readiness: upstream is not there, answering 503")] * 20),
        entry("job.failed", ["reading input", ("stderr", "input file not found")]), entry("job.retrying", ["reading input", ("stderr", "input file not found")]),
        entry("job.complete", ["reading input", "412 rows written", "done"]), entry("workload.autoscaled", varied, step=0.4),
        {"containers": [of("logs.growing")], "logsFile": growing, "follow": True}] + ok["spec"]["logs"]
    broken = rule("apiserver-down", [{"logsFile": down, "previousLogsFile": down, "follow": False}], ["kube-system"], [of("pod.apiserver-down")])
    return dump([broken, ok])


if __name__ == "__main__":
    sys.stdout.write(dump([default(sys.argv[2])]))
