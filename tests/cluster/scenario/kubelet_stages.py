"""The life of nodes and pods, as kwok Stages.

A pod asks for its trouble by the annotation practice.test/behaviour:
crash, oom, imagepull, unready, fail, stay (a Job's pod that does not end); absent means healthy.
A node asks by the same annotation for runtime-down.
"""
import json
import sys

BEHAVIOUR = '.metadata.annotations["practice.test/behaviour"]'
FIRST_WAIT = '.status.containerStatuses.[].state.waiting.reason'

IMAGE_ERRORS = {
    "no-such-host": 'failed to do request: Head "https://{host}/v2/{path}/manifests/{tag}": '
                    'dial tcp: lookup {host} on 183.60.83.19:53: no such host',
    "no-such-tag": '{host}/{path}:{tag}: not found',
    "no-login": 'pull access denied, repository does not exist or may require authorization: '
                'authorization failed: no basic auth credentials',
}


def rule(key, operator, *values):
    return {"key": key, "operator": operator, **({"values": list(values)} if values else {})}


LIVING = rule(".metadata.deletionTimestamp", "DoesNotExist")


def stage(name, kind, rules, template=None, delay=None, event=None, **following):
    body = {"resourceRef": {"apiGroup": "v1", "kind": kind}, "selector": {"matchExpressions": rules}, "next": following}
    if delay:
        body["delay"] = {"durationMilliseconds": delay[0], "jitterDurationMilliseconds": delay[1]}
    if event:
        body["next"]["event"] = event
    if template:
        body["next"]["statusTemplate"] = template
    return {"apiVersion": "kwok.x-k8s.io/v1alpha1", "kind": "Stage", "metadata": {"name": name}, "spec": body}


def node_conditions(ready):
    # A kubelet's own words; the API server's defaults of kwok differ from them.
    rows = [("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
            ("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
            ("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
            ("NetworkUnavailable", "False", "RouteCreated", "RouteController created a route")]
    rows.append(("Ready", "True", "KubeletReady", "kubelet is posting ready status") if ready else
                ("Ready", "False", "KubeletNotReady",
                 "container runtime is down; PLEG is not healthy: pleg was last seen active 4m12s ago; threshold is 3m0s"))
    lines = "".join('- {type: %s, status: "%s", reason: %s, message: "%s", lastHeartbeatTime: {{ Now | Quote }},'
                    ' lastTransitionTime: {{ Now | Quote }}}\n' % row for row in rows)
    return "conditions:\n" + lines + "daemonEndpoints: {kubeletEndpoint: {Port: 10250}}\n"


# What stands there is written again, so that a condition set by hand stays.
HEARTBEAT = """conditions:
{{ range .status.conditions }}
- type: {{ .type | Quote }}
  status: {{ .status | Quote }}
  reason: {{ .reason | Quote }}
  message: {{ .message | Quote }}
  lastHeartbeatTime: {{ Now | Quote }}
  lastTransitionTime: {{ .lastTransitionTime | Quote }}
{{ end }}
"""


def node_stages():
    status = '.status.conditions.[] | select( .type == "Ready" ) | .status'
    broken = [rule(BEHAVIOUR, "In", "runtime-down")]
    sound = [rule(BEHAVIOUR, "NotIn", "runtime-down")]
    slow = (240_000, 300_000)
    return [
        stage("node-joins", "Node", sound + [rule(status, "NotIn", "True")], node_conditions(True)),
        stage("node-joins-broken", "Node", broken + [rule(status, "NotIn", "False")], node_conditions(False)),
        stage("node-heartbeat", "Node", sound + [rule(status, "In", "True")], HEARTBEAT, slow),
        stage("node-heartbeat-broken", "Node", broken + [rule(status, "In", "False")], HEARTBEAT, slow),
    ]


def conditions(ready, reason=""):
    return "".join('- {type: %s, status: "%s", reason: "%s", message: "", lastProbeTime: null, '
                   'lastTransitionTime: {{ $now | Quote }}}\n' % (kind, ready, reason)
                   for kind in ("Ready", "ContainersReady"))


def containers(state, ready="false", started="true", restarts="0", last="", pulled=True, prelude=""):
    image_id = '{{ printf "%s@sha256:%s" $c.image (sha256sum $c.image) | Quote }}' if pulled else '""'
    container_id = '{{ printf "containerd://%s" (sha256sum (print $root.metadata.uid $c.name $n)) | Quote }}'
    return ("containerStatuses:\n{{ range $i, $c := .spec.containers }}\n{{ $n := 0 }}\n" + prelude
            + "- name: {{ $c.name | Quote }}\n"
            "  image: {{ $c.image | Quote }}\n"
            f"  imageID: {image_id}\n"
            + (f"  containerID: {container_id}\n" if pulled else "")
            + f"  ready: {ready}\n  started: {started}\n  restartCount: {restarts}\n  state: {state}\n{last}"
            "{{ end }}\n")


HEAD = "{{ $now := Now }}\n{{ $root := . }}\n"

CREATED = HEAD + """{{ $ip := PodIPWith .spec.nodeName ( or .spec.hostNetwork false ) .metadata.uid .metadata.name .metadata.namespace }}
phase: Pending
hostIP: {{ NodeIPWith .spec.nodeName | Quote }}
hostIPs: [{ip: {{ NodeIPWith .spec.nodeName | Quote }}}]
podIP: {{ $ip | Quote }}
podIPs: [{ip: {{ $ip | Quote }}}]
startTime: {{ $now | Quote }}
conditions:
- {type: PodReadyToStartContainers, status: "True", lastProbeTime: null, lastTransitionTime: {{ $now | Quote }}}
- {type: Initialized, status: "True", lastProbeTime: null, lastTransitionTime: {{ $now | Quote }}}
{{ range $t := list "Ready" "ContainersReady" }}
- type: {{ $t }}
  status: "False"
  reason: ContainersNotReady
  message: 'containers with unready status: [{{ range $i, $c := $root.spec.containers }}{{ if $i }} {{ end }}{{ $c.name }}{{ end }}]'
  lastProbeTime: null
  lastTransitionTime: {{ $now | Quote }}
{{ end }}
""" + containers("{waiting: {reason: ContainerCreating}}", started="false", pulled=False)

RUNNING = "{running: {startedAt: {{ $now | Quote }}}}"


def ended(code, reason, message=""):
    text = f', message: "{message}"' if message else ""
    return ("{terminated: {exitCode: %d, reason: %s%s, startedAt: {{ $root.status.startTime | Quote }}, "
            "finishedAt: {{ $now | Quote }}}}" % (code, reason, text))


EARLIER = """{{ $o := index $root.status.containerStatuses $i }}
{{ $n = int $o.restartCount }}
"""
NEXT_RUN = EARLIER + "{{ if $o.lastState }}{{ if $o.lastState.terminated }}{{ $n = add1 $n }}{{ end }}{{ end }}\n"
KEEP_LAST = "  lastState: {{ if $o.lastState }}{{ toJson $o.lastState }}{{ else }}{}{{ end }}\n"
BACK_OFF = ('{waiting: {reason: CrashLoopBackOff, message: {{ printf "back-off 20s restarting failed container=%s '
            'pod=%s_%s(%s)" $c.name $root.metadata.name $root.metadata.namespace $root.metadata.uid | Quote }}}}')
DIED = """  lastState:
    terminated:
      exitCode: {{ if $oom }}137{{ else }}1{{ end }}
      reason: {{ if $oom }}OOMKilled{{ else }}Error{{ end }}
      containerID: {{ $o.containerID | Quote }}
      startedAt: {{ $o.state.running.startedAt | Quote }}
      finishedAt: {{ $now | Quote }}
"""


def pod_stages():
    pending = [LIVING, rule(".status.phase", "In", "Pending"), rule(".status.podIP", "Exists")]
    running = [LIVING, rule(".status.phase", "In", "Running")]
    looping = [LIVING, rule(BEHAVIOUR, "In", "crash", "oom")]
    return [
        stage("pod-create", "Pod", [LIVING, rule(".status.podIP", "DoesNotExist")], CREATED, (300, 1200)),
        stage("pod-ready", "Pod", pending + [rule(BEHAVIOUR, "NotIn", "crash", "oom", "imagepull", "unready")],
              HEAD + "phase: Running\nconditions:\n" + conditions("True") + containers(RUNNING, ready="true"), (700, 2500)),
        stage("pod-unready", "Pod", pending + [rule(BEHAVIOUR, "In", "unready")],
              HEAD + "phase: Running\n" + containers(RUNNING), (700, 2500),
              {"type": "Warning", "reason": "Unhealthy",
               "message": "Readiness probe failed: HTTP probe failed with statuscode: 503"}),
        stage("pod-complete", "Pod", running + [rule(BEHAVIOUR, "DoesNotExist"),
                                                rule(".metadata.ownerReferences.[].kind", "In", "Job")],
              HEAD + "phase: Succeeded\nconditions:\n" + conditions("False", "PodCompleted")
              + containers(ended(0, "Completed"), started="false"), (2000, 5000)),
        stage("pod-fail", "Pod", running + [rule(BEHAVIOUR, "In", "fail")],
              HEAD + "phase: Failed\nconditions:\n" + conditions("False", "PodFailed")
              + containers(ended(2, "Error", "input file not found"), started="false"), (2000, 5000)),
        stage("pod-first-run", "Pod", looping + [rule(".status.podIP", "Exists"), rule(FIRST_WAIT, "In", "ContainerCreating")],
              HEAD + "phase: Running\n" + containers(RUNNING), (700, 2500)),
        stage("pod-runs-again", "Pod", looping + [rule(FIRST_WAIT, "In", "CrashLoopBackOff")],
              HEAD + "phase: Running\n" + containers(RUNNING, restarts="{{ $n }}", last=KEEP_LAST, prelude=NEXT_RUN),
              (14_000, 24_000)),
        stage("pod-dies", "Pod", looping + [rule(".status.containerStatuses.[].state.running.startedAt", "Exists")],
              HEAD + '{{ $oom := eq (index .metadata.annotations "practice.test/behaviour") "oom" }}\nphase: Running\n'
              + containers(BACK_OFF, started="false", restarts="{{ $n }}", last=DIED, prelude=EARLIER), (3000, 6000),
              {"type": "Warning", "reason": "BackOff", "message": "Back-off restarting failed container"}),
        stage("pod-delete", "Pod", [rule(".metadata.deletionTimestamp", "Exists"), rule(".metadata.finalizers", "DoesNotExist")],
              delay=(800, 1200), delete=True),
    ]


def image_stages(number, image, why):
    """An event's message is no template, hence a pair of stages for each image."""
    host, _, rest = image.partition("/")
    path, _, tag = rest.rpartition(":")
    cause = IMAGE_ERRORS[why].format(host=host, path=path, tag=tag)
    error = f'failed to pull and unpack image "{image}": failed to resolve reference "{image}": {cause}'
    here = [LIVING, rule(BEHAVIOUR, "In", "imagepull"), rule(".spec.containers.[].image", "In", image),
            rule(".status.podIP", "Exists")]

    def waiting(reason, message):
        # A JSON string is a YAML string; the template language would read backquotes and braces, which it has not.
        return "phase: Pending\n" + HEAD + containers("{waiting: {reason: %s, message: %s}}" % (reason, json.dumps(message)),
                                                     started="false", pulled=False)
    return [
        stage(f"pod-pull-fails-{number}", "Pod", here + [rule(FIRST_WAIT, "In", "ContainerCreating", "ImagePullBackOff")],
              waiting("ErrImagePull", error), (5000, 25_000),
              {"type": "Warning", "reason": "Failed",
               "message": f'Failed to pull image "{image}": rpc error: code = Unknown desc = {error}'}),
        stage(f"pod-pull-backs-off-{number}", "Pod", here + [rule(FIRST_WAIT, "In", "ErrImagePull")],
              waiting("ImagePullBackOff", f'Back-off pulling image "{image}": ErrImagePull: {error}'), (2000, 4000),
              {"type": "Normal", "reason": "BackOff", "message": f'Back-off pulling image "{image}"'}),
    ]


def render(images=()):
    stages = node_stages() + pod_stages()
    for number, (image, why) in enumerate(images):
        stages += image_stages(number, image, why)
    return "".join("---\n" + json.dumps(s, indent=1) + "\n" for s in stages)


if __name__ == "__main__":
    sys.stdout.write(render([pair.rsplit("=", 1) for pair in sys.argv[1:]]))
