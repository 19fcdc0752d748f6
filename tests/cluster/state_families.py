"""The families of kube-state-metrics 2.20 that a cluster inspector reads, in that program's format."""
import calendar
import re
import time

SUFFIXES = {"": 1, "n": 1e-9, "u": 1e-6, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15,
            "Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40, "Pi": 2**50}


def quantity(text):
    text = str(text)
    match = re.fullmatch(r"([+-]?[0-9.]+)([A-Za-z]{0,2})", text)
    if not match:
        return float(text)  # 12e6
    number, suffix = match.groups()
    if suffix in ("m", "u", "n"):
        return float(number) / round(1 / SUFFIXES[suffix])
    return float(number) * SUFFIXES[suffix]


def seconds(stamp):
    return calendar.timegm(time.strptime(stamp[:19], "%Y-%m-%dT%H:%M:%S"))


def number(value):
    """As Go's FormatFloat(value, 'g', -1): an exponent from 1e+06 on."""
    value = float(value)
    if value == 0:
        return "0"
    mantissa, _, exponent = f"{value!r}".partition("e")
    sign = "-" if mantissa.startswith("-") else ""
    whole, _, part = mantissa.lstrip("-").partition(".")
    point = len(whole) + int(exponent or 0)
    digits = whole + part
    lead = len(digits) - len(digits.lstrip("0"))
    digits, point = digits[lead:].rstrip("0"), point - lead
    power = point - 1
    if power < -4 or power >= 6:
        rest = digits[1:]
        return f"{sign}{digits[0]}{'.' + rest if rest else ''}e{'-' if power < 0 else '+'}{abs(power):02d}"
    if point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    return sign + (digits + "0" * (point - len(digits)) if len(digits) <= point else digits[:point] + "." + digits[point:])


def escape(value):
    return str(value).replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')


class Rows(dict):
    """Family → text of one object."""

    def __init__(self, **labels):
        super().__init__()
        self.base = ",".join(f'{k}="{escape(v)}"' for k, v in labels.items())

    def put(self, family, value, /, **labels):
        if value is None:
            return
        more = "".join(f',{k}="{escape(v)}"' for k, v in labels.items())
        self[family] = self.get(family, "") + f"{family}{{{self.base}{more}}} {number(value)}\n"

    def states(self, family, status, /, **labels):
        """One row for each of true, false and unknown."""
        for state in ("true", "false", "unknown"):
            self.put(family, status.lower() == state, **labels, status=state)


def resource_rows(rows, family, amounts, /, **labels):
    for name, amount in sorted((amounts or {}).items()):
        unit = {"cpu": "core", "memory": "byte", "storage": "byte", "ephemeral-storage": "byte", "pods": "integer"}.get(name)
        if unit is None:
            unit = "byte" if name.startswith(("hugepages-", "attachable-volumes")) else "integer"
        rows.put(family, quantity(amount), **labels, resource=re.sub(r"[^a-zA-Z0-9_]", "_", name), unit=unit)


def controller(meta):
    owners = meta.get("ownerReferences") or []
    return next((o for o in owners if o.get("controller")), {})


def owner_rows(rows, family, meta):
    owners = meta.get("ownerReferences") or []
    for o in owners:
        rows.put(family, 1, owner_kind=o["kind"], owner_name=o["name"], owner_is_controller=str(bool(o.get("controller"))).lower())
    if not owners:
        rows.put(family, 1, owner_kind="", owner_name="", owner_is_controller="")


def created(rows, family, meta):
    rows.put(family, seconds(meta["creationTimestamp"]))


CONTAINER = "kube_pod_container_"
QOS = ("BestEffort", "Burstable", "Guaranteed")


def container_rows(rows, pod):
    node = pod["spec"].get("nodeName", "")
    states = {s["name"]: s for s in pod["status"].get("containerStatuses") or []}
    for spec in pod["spec"]["containers"]:
        name, needs = spec["name"], spec.get("resources") or {}
        status = states.get(name)
        for what in ("requests", "limits"):
            resource_rows(rows, f"{CONTAINER}resource_{what}", needs.get(what), container=name, node=node)
        if not status:
            continue
        rows.put(CONTAINER + "info", 1, container=name, image_spec=spec["image"], image=status["image"], image_id=status.get("imageID", ""),
                 container_id=status.get("containerID", ""))
        state, last = status.get("state") or {}, (status.get("lastState") or {}).get("terminated")
        started = (state.get("running") or state.get("terminated") or {}).get("startedAt")
        if started:
            rows.put(CONTAINER + "state_started", seconds(started), container=name)
        rows.put(CONTAINER + "status_ready", status["ready"], container=name)
        rows.put(CONTAINER + "status_restarts_total", status["restartCount"], container=name)
        for what in ("running", "waiting", "terminated"):
            rows.put(CONTAINER + "status_" + what, bool(state.get(what)), container=name)
        for what in ("waiting", "terminated"):
            if (state.get(what) or {}).get("reason"):
                rows.put(f"{CONTAINER}status_{what}_reason", 1, container=name, reason=state[what]["reason"])
        if last:
            rows.put(CONTAINER + "status_last_terminated_reason", 1, container=name, reason=last.get("reason", ""))
            rows.put(CONTAINER + "status_last_terminated_exitcode", last["exitCode"], container=name)
            if last.get("finishedAt"):
                rows.put(CONTAINER + "status_last_terminated_timestamp", seconds(last["finishedAt"]), container=name)


def pod(item):
    meta, spec, status = item["metadata"], item["spec"], item["status"]
    rows = Rows(namespace=meta["namespace"], pod=meta["name"], uid=meta["uid"])
    container_rows(rows, item)
    created(rows, "kube_pod_created", meta)
    if meta.get("deletionTimestamp"):
        rows.put("kube_pod_deletion_timestamp", seconds(meta["deletionTimestamp"]))
    by = controller(meta)
    rows.put("kube_pod_info", 1, host_ip=status.get("hostIP", ""), pod_ip=status.get("podIP", ""), node=spec.get("nodeName", ""),
             created_by_kind=by.get("kind", ""), created_by_name=by.get("name", ""), priority_class=spec.get("priorityClassName", ""),
             host_network=str(bool(spec.get("hostNetwork"))).lower())
    for address in status.get("podIPs") or []:
        rows.put("kube_pod_ips", 1, ip=address["ip"], ip_family="6" if ":" in address["ip"] else "4")
    owner_rows(rows, "kube_pod_owner", meta)
    rows.put("kube_pod_restart_policy", 1, type=spec.get("restartPolicy", ""))
    for volume in spec.get("volumes") or []:
        claim = volume.get("persistentVolumeClaim")
        if claim:
            labels = {"volume": volume["name"], "persistentvolumeclaim": claim["claimName"], "ephemeral": "false"}
            rows.put("kube_pod_spec_volumes_persistentvolumeclaims_info", 1, **labels)
            rows.put("kube_pod_spec_volumes_persistentvolumeclaims_readonly", bool(claim.get("readOnly")), **labels)
    if status.get("startTime"):
        rows.put("kube_pod_start_time", seconds(status["startTime"]))
    phase = status.get("phase")
    if phase:
        for name in ("Pending", "Succeeded", "Failed", "Unknown", "Running"):
            rows.put("kube_pod_status_phase", name == phase, phase=name)
    if status.get("qosClass"):
        for name in QOS:
            rows.put("kube_pod_status_qos_class", name == status["qosClass"], qos_class=name)
    conditions = status.get("conditions") or []
    reasons = []
    if status.get("reason"):
        reasons.append(status["reason"])
    for condition in conditions:
        value, when = condition["status"], condition.get("lastTransitionTime")
        family = {"Ready": "kube_pod_status_ready", "PodScheduled": "kube_pod_status_scheduled"}.get(condition["type"])
        if family:
            for state in ("true", "false", "unknown"):
                rows.put(family, value.lower() == state, condition=state)
        timed = {"Ready": "kube_pod_status_ready_time", "Initialized": "kube_pod_status_initialized_time",
                 "ContainersReady": "kube_pod_status_container_ready_time", "PodScheduled": "kube_pod_status_scheduled_time"}.get(condition["type"])
        if timed and value == "True" and when:
            rows.put(timed, seconds(when))
        if condition["type"] == "PodScheduled" and value == "False":
            if condition.get("reason") == "Unschedulable":
                rows.put("kube_pod_status_unschedulable", 1)
            rows.put("kube_pod_status_unscheduled_time", seconds(when))
        if condition["type"] == "DisruptionTarget" and value == "True" and condition.get("reason"):
            rows.put("kube_pod_status_disruption_reason", 1, reason=condition["reason"])
        if condition["type"] == "DisruptionTarget" and condition.get("reason") == "TerminationByKubelet":
            reasons.append(condition["reason"])
    for reason in reasons:
        rows.put("kube_pod_status_reason", 1, reason=reason)
    rows.put("kube_pod_service_account", 1, service_account=spec.get("serviceAccountName", ""))
    return rows


def node(item):
    meta, spec, status = item["metadata"], item["spec"], item["status"]
    rows = Rows(node=meta["name"])
    created(rows, "kube_node_created", meta)
    info, addresses = status["nodeInfo"], status.get("addresses") or []
    rows.put("kube_node_info", 1, kernel_version=info["kernelVersion"], os_image=info["osImage"],
             container_runtime_version=info["containerRuntimeVersion"], kubelet_version=info["kubeletVersion"], kubeproxy_version="deprecated",
             provider_id=spec.get("providerID", ""), pod_cidr=spec.get("podCIDR", ""), system_uuid=info["systemUUID"],
             internal_ip=next((a["address"] for a in addresses if a["type"] == "InternalIP"), ""))
    for label in sorted(meta.get("labels") or {}):
        if label.startswith("node-role.kubernetes.io/"):
            rows.put("kube_node_role", 1, role=label.partition("/")[2])
    for cidr in spec.get("podCIDRs") or []:
        rows.put("kube_node_spec_pod_cidrs", 1, pod_cidr=cidr)
    for taint in spec.get("taints") or []:
        rows.put("kube_node_spec_taint", 1, key=taint["key"], value=taint.get("value", ""), effect=taint["effect"])
    rows.put("kube_node_spec_unschedulable", bool(spec.get("unschedulable")))
    resource_rows(rows, "kube_node_status_allocatable", status.get("allocatable"))
    resource_rows(rows, "kube_node_status_capacity", status.get("capacity"))
    for condition in status.get("conditions") or []:
        rows.states("kube_node_status_condition", condition["status"], condition=condition["type"])
    for address in addresses:
        rows.put("kube_node_status_addresses", 1, type=address["type"], address=address["address"])
    return rows


def scaled(count, whole, up):
    """A rolling update's number, which may be a percentage."""
    if isinstance(count, str) and count.endswith("%"):
        share = whole * int(count[:-1])
        return -(-share // 100) if up else share // 100
    return count


DEPLOYMENT_REASONS = {"MinimumReplicasAvailable", "MinimumReplicasUnavailable", "ProgressDeadlineExceeded", "ReplicaSetUpdated",
                      "NewReplicaSetCreated", "NewReplicaSetAvailable", "FoundNewReplicaSet", "ReplicaSetCreateError",
                      "DeploymentPaused", "DeploymentResumed"}


def deployment(item):
    meta, spec, status = item["metadata"], item["spec"], item.get("status") or {}
    rows = Rows(namespace=meta["namespace"], deployment=meta["name"])
    owners = meta.get("ownerReferences") or [{"kind": "", "name": ""}]
    for owner in owners:
        rows.put("kube_deployment_owner", 1, owner_kind=owner["kind"], owner_name=owner["name"])
    created(rows, "kube_deployment_created", meta)
    for family, field in (("", "replicas"), ("_ready", "readyReplicas"), ("_available", "availableReplicas"),
                          ("_unavailable", "unavailableReplicas"), ("_updated", "updatedReplicas")):
        rows.put("kube_deployment_status_replicas" + family, status.get(field, 0))
    rows.put("kube_deployment_status_terminating_replicas", status.get("terminatingReplicas", 0))
    rows.put("kube_deployment_status_observed_generation", status.get("observedGeneration", 0))
    for condition in status.get("conditions") or []:
        reason = condition.get("reason", "")
        rows.states("kube_deployment_status_condition", condition["status"], reason=reason if reason in DEPLOYMENT_REASONS else "unknown",
                    condition=condition["type"])
    rows.put("kube_deployment_spec_replicas", spec["replicas"])
    rows.put("kube_deployment_spec_paused", bool(spec.get("paused")))
    rolling = (spec.get("strategy") or {}).get("rollingUpdate")
    if rolling:
        down, surge = scaled(rolling["maxUnavailable"], spec["replicas"], False), scaled(rolling["maxSurge"], spec["replicas"], True)
        rows.put("kube_deployment_spec_strategy_rollingupdate_max_unavailable", down)
        rows.put("kube_deployment_spec_strategy_rollingupdate_max_surge", surge)
    rows.put("kube_deployment_metadata_generation", meta.get("generation", 0))
    return rows


def statefulset(item):
    meta, spec, status = item["metadata"], item["spec"], item.get("status") or {}
    rows = Rows(namespace=meta["namespace"], statefulset=meta["name"])
    created(rows, "kube_statefulset_created", meta)
    for family, field in (("", "replicas"), ("_available", "availableReplicas"), ("_current", "currentReplicas"),
                          ("_ready", "readyReplicas"), ("_updated", "updatedReplicas")):
        rows.put("kube_statefulset_status_replicas" + family, status.get(field, 0))
    rows.put("kube_statefulset_status_observed_generation", status.get("observedGeneration"))
    rows.put("kube_statefulset_replicas", spec.get("replicas"))
    rows.put("kube_statefulset_metadata_generation", meta.get("generation", 0))
    keep = spec.get("persistentVolumeClaimRetentionPolicy")
    if keep:
        rows.put("kube_statefulset_persistentvolumeclaim_retention_policy", 1, when_deleted=keep["whenDeleted"], when_scaled=keep["whenScaled"])
    for which in ("current", "update"):
        rows.put(f"kube_statefulset_status_{which}_revision", 1, revision=status.get(which + "Revision", ""))
    return rows


def daemonset(item):
    meta, status = item["metadata"], item.get("status") or {}
    rows = Rows(namespace=meta["namespace"], daemonset=meta["name"])
    created(rows, "kube_daemonset_created", meta)
    for family, field in (("current_number_scheduled", "currentNumberScheduled"), ("desired_number_scheduled", "desiredNumberScheduled"),
                          ("number_available", "numberAvailable"), ("number_misscheduled", "numberMisscheduled"), ("number_ready", "numberReady"),
                          ("number_unavailable", "numberUnavailable"), ("observed_generation", "observedGeneration"),
                          ("updated_number_scheduled", "updatedNumberScheduled")):
        rows.put("kube_daemonset_status_" + family, status.get(field, 0))
    rows.put("kube_daemonset_metadata_generation", meta.get("generation", 0))
    return rows


def replicaset(item):
    meta, spec, status = item["metadata"], item["spec"], item.get("status") or {}
    rows = Rows(namespace=meta["namespace"], replicaset=meta["name"])
    created(rows, "kube_replicaset_created", meta)
    for family, field in (("replicas", "replicas"), ("fully_labeled_replicas", "fullyLabeledReplicas"), ("ready_replicas", "readyReplicas"),
                          ("terminating_replicas", "terminatingReplicas"), ("observed_generation", "observedGeneration")):
        rows.put("kube_replicaset_status_" + family, status.get(field, 0))
    rows.put("kube_replicaset_spec_replicas", spec.get("replicas"))
    rows.put("kube_replicaset_metadata_generation", meta.get("generation", 0))
    owner_rows(rows, "kube_replicaset_owner", meta)
    return rows


FINAL_REASONS = ("BackoffLimitExceeded", "DeadlineExceeded", "Evicted")


def job(item):
    meta, spec, status = item["metadata"], item["spec"], item.get("status") or {}
    rows = Rows(namespace=meta["namespace"], job_name=meta["name"])
    rows.put("kube_job_info", 1)
    created(rows, "kube_job_created", meta)
    for family, field in (("parallelism", "parallelism"), ("completions", "completions"), ("active_deadline_seconds", "activeDeadlineSeconds")):
        rows.put("kube_job_spec_" + family, spec.get(field))
    rows.put("kube_job_status_succeeded", status.get("succeeded", 0))
    conditions = status.get("conditions") or []
    final = [c for c in conditions if c["type"] == "Failed"]
    failed = status.get("failed", 0)
    if not failed:
        rows.put("kube_job_status_failed", 0)
    elif not final:
        # Before the end: the number of failed pods, with an empty reason; after it one row for each known reason.
        rows.put("kube_job_status_failed", failed, reason="")
    else:
        known = any(c.get("reason") in FINAL_REASONS for c in final)
        for reason in FINAL_REASONS:
            rows.put("kube_job_status_failed", any(c.get("reason") == reason for c in final), reason=reason)
        if not known:
            rows.put("kube_job_status_failed", 1, reason="")
    rows.put("kube_job_status_active", status.get("active", 0))
    rows.put("kube_job_status_ready", status.get("ready", 0))
    for kind, family in (("Complete", "kube_job_complete"), ("Failed", "kube_job_failed")):
        for condition in conditions:
            if condition["type"] == kind:
                for state in ("true", "false", "unknown"):
                    rows.put(family, condition["status"].lower() == state, condition=state)
    if status.get("startTime"):
        rows.put("kube_job_status_start_time", seconds(status["startTime"]))
    if status.get("completionTime"):
        rows.put("kube_job_status_completion_time", seconds(status["completionTime"]))
    owner_rows(rows, "kube_job_owner", meta)
    return rows


def cronjob(item):
    meta, spec, status = item["metadata"], item["spec"], item.get("status") or {}
    rows = Rows(namespace=meta["namespace"], cronjob=meta["name"])
    rows.put("kube_cronjob_info", 1, schedule=spec["schedule"], concurrency_policy=spec.get("concurrencyPolicy", ""), timezone=spec.get("timeZone", "local"))
    created(rows, "kube_cronjob_created", meta)
    rows.put("kube_cronjob_status_active", len(status.get("active") or []))
    if status.get("lastScheduleTime"):
        rows.put("kube_cronjob_status_last_schedule_time", seconds(status["lastScheduleTime"]))
    rows.put("kube_cronjob_spec_suspend", bool(spec.get("suspend")))
    rows.put("kube_cronjob_spec_successful_job_history_limit", spec.get("successfulJobsHistoryLimit"))
    rows.put("kube_cronjob_spec_failed_job_history_limit", spec.get("failedJobsHistoryLimit"))
    return rows


def namespace(item):
    meta, status = item["metadata"], item.get("status") or {}
    rows = Rows(namespace=meta["name"])
    created(rows, "kube_namespace_created", meta)
    for phase in ("Active", "Terminating"):
        rows.put("kube_namespace_status_phase", status.get("phase") == phase, phase=phase)
    for condition in status.get("conditions") or []:
        rows.states("kube_namespace_status_condition", condition["status"], condition=condition["type"])
    return rows


def claim(item):
    meta, spec, status = item["metadata"], item["spec"], item.get("status") or {}
    rows = Rows(namespace=meta["namespace"], persistentvolumeclaim=meta["name"])
    rows.put("kube_persistentvolumeclaim_info", 1, storageclass=spec.get("storageClassName", ""), volumename=spec.get("volumeName", ""),
             volumemode=spec.get("volumeMode", ""))
    for phase in ("Lost", "Bound", "Pending"):
        rows.put("kube_persistentvolumeclaim_status_phase", status.get("phase") == phase, phase=phase)
    asked = ((spec.get("resources") or {}).get("requests") or {}).get("storage")
    if asked:
        rows.put("kube_persistentvolumeclaim_resource_requests_storage_bytes", quantity(asked))
    for mode in spec.get("accessModes") or []:
        rows.put("kube_persistentvolumeclaim_access_mode", 1, access_mode=mode)
    created(rows, "kube_persistentvolumeclaim_created", meta)
    return rows


HPA = "kube_horizontalpodautoscaler_"


def autoscaler(item):
    meta, spec, status = item["metadata"], item["spec"], item.get("status") or {}
    rows = Rows(namespace=meta["namespace"], horizontalpodautoscaler=meta["name"])
    target = spec["scaleTargetRef"]
    rows.put(HPA + "info", 1, scaletargetref_api_version=target.get("apiVersion", ""), scaletargetref_kind=target["kind"], scaletargetref_name=target["name"])
    rows.put(HPA + "metadata_generation", meta.get("generation", 0))
    rows.put(HPA + "spec_max_replicas", spec["maxReplicas"])
    rows.put(HPA + "spec_min_replicas", spec.get("minReplicas", 1))
    for family, metrics, field in (("spec_target_metric", spec.get("metrics"), "target"), ("status_target_metric", status.get("currentMetrics"), "current")):
        for metric in metrics or []:
            resource = metric.get("resource")
            if not resource:
                continue
            value = resource[field]
            for name, kind in (("value", "value"), ("averageUtilization", "utilization"), ("averageValue", "average")):
                if value.get(name) is not None:
                    rows.put(HPA + family, quantity(value[name]), metric_name=resource["name"], metric_target_type=kind, container="")
    rows.put(HPA + "status_current_replicas", status.get("currentReplicas", 0))
    rows.put(HPA + "status_desired_replicas", status.get("desiredReplicas", 0))
    for condition in status.get("conditions") or []:
        rows.states(HPA + "status_condition", condition["status"], condition=condition["type"])
    created(rows, HPA + "created", meta)
    return rows


def budget(item):
    meta, status = item["metadata"], item.get("status") or {}
    rows = Rows(namespace=meta["namespace"], poddisruptionbudget=meta["name"])
    created(rows, "kube_poddisruptionbudget_created", meta)
    for family, field in (("current_healthy", "currentHealthy"), ("desired_healthy", "desiredHealthy"), ("pod_disruptions_allowed", "disruptionsAllowed"),
                          ("expected_pods", "expectedPods"), ("observed_generation", "observedGeneration")):
        rows.put("kube_poddisruptionbudget_status_" + family, status.get(field, 0))
    return rows


def quota(item):
    meta, status = item["metadata"], item.get("status") or {}
    rows = Rows(namespace=meta["namespace"], resourcequota=meta["name"])
    created(rows, "kube_resourcequota_created", meta)
    for kind in ("hard", "used"):
        for name, amount in (status.get(kind) or {}).items():
            rows.put("kube_resourcequota", quantity(amount), resource=name, type=kind)
    return rows


def service(item):
    meta, spec = item["metadata"], item["spec"]
    rows = Rows(namespace=meta["namespace"], service=meta["name"], uid=meta["uid"])
    rows.put("kube_service_info", 1, cluster_ip=spec.get("clusterIP", ""), external_name=spec.get("externalName", ""),
             load_balancer_ip=spec.get("loadBalancerIP", ""), external_traffic_policy=spec.get("externalTrafficPolicy", ""))
    created(rows, "kube_service_created", meta)
    rows.put("kube_service_spec_type", 1, type=spec["type"])
    return rows


# In the order of the program's own output.
KINDS = {
    "cronjob": ("/apis/batch/v1/cronjobs", cronjob), "daemonset": ("/apis/apps/v1/daemonsets", daemonset),
    "deployment": ("/apis/apps/v1/deployments", deployment), "horizontalpodautoscaler": ("/apis/autoscaling/v2/horizontalpodautoscalers", autoscaler),
    "job": ("/apis/batch/v1/jobs", job), "namespace": ("/api/v1/namespaces", namespace), "node": ("/api/v1/nodes", node),
    "persistentvolumeclaim": ("/api/v1/persistentvolumeclaims", claim), "poddisruptionbudget": ("/apis/policy/v1/poddisruptionbudgets", budget),
    "pod": ("/api/v1/pods", pod), "replicaset": ("/apis/apps/v1/replicasets", replicaset), "resourcequota": ("/api/v1/resourcequotas", quota),
    "service": ("/api/v1/services", service), "statefulset": ("/apis/apps/v1/statefulsets", statefulset),
}

NAMES = {
    "cronjob": "info created status_active status_last_schedule_time spec_suspend spec_successful_job_history_limit spec_failed_job_history_limit",
    "daemonset": "created status_current_number_scheduled status_desired_number_scheduled status_number_available status_number_misscheduled "
                 "status_number_ready status_number_unavailable status_observed_generation status_updated_number_scheduled metadata_generation",
    "deployment": "owner created status_replicas status_replicas_ready status_replicas_available status_replicas_unavailable status_replicas_updated "
                  "status_terminating_replicas status_observed_generation status_condition spec_replicas spec_paused "
                  "spec_strategy_rollingupdate_max_unavailable spec_strategy_rollingupdate_max_surge metadata_generation",
    "horizontalpodautoscaler": "info metadata_generation spec_max_replicas spec_min_replicas spec_target_metric status_target_metric "
                               "status_current_replicas status_desired_replicas status_condition created",
    "job": "info created spec_parallelism spec_completions spec_active_deadline_seconds status_succeeded status_failed status_active status_ready "
           "complete failed status_start_time status_completion_time owner",
    "namespace": "created status_phase status_condition",
    "node": "created info role spec_pod_cidrs spec_taint spec_unschedulable status_allocatable status_capacity status_condition status_addresses",
    "persistentvolumeclaim": "info status_phase resource_requests_storage_bytes access_mode created",
    "poddisruptionbudget": "created status_current_healthy status_desired_healthy status_pod_disruptions_allowed status_expected_pods status_observed_generation",
    "pod": "container_info container_resource_limits container_resource_requests container_state_started container_status_last_terminated_reason "
           "container_status_last_terminated_exitcode container_status_last_terminated_timestamp container_status_ready container_status_restarts_total "
           "container_status_running container_status_terminated container_status_terminated_reason container_status_waiting "
           "container_status_waiting_reason created deletion_timestamp info ips owner restart_policy spec_volumes_persistentvolumeclaims_info "
           "spec_volumes_persistentvolumeclaims_readonly start_time status_phase status_qos_class status_ready status_ready_time "
           "status_initialized_time status_container_ready_time status_reason status_disruption_reason status_scheduled status_scheduled_time "
           "status_unschedulable status_unscheduled_time service_account",
    "replicaset": "created status_replicas status_fully_labeled_replicas status_ready_replicas status_terminating_replicas status_observed_generation "
                  "spec_replicas metadata_generation owner",
    "resourcequota": "created :",
    "service": "info created spec_type",
    "statefulset": "created status_replicas status_replicas_available status_replicas_current status_replicas_ready status_replicas_updated "
                   "status_observed_generation replicas metadata_generation persistentvolumeclaim_retention_policy status_current_revision status_update_revision",
}


def families(kind):
    for name in NAMES[kind].split():
        family = f"kube_{kind}" if name == ":" else f"kube_{kind}_{name}"
        yield family, "counter" if family.endswith("_total") else "gauge", f"[STABLE] {kind} {name.strip(':').replace('_', ' ')}".rstrip()


def render_object(kind, item):
    return KINDS[kind][1](item)
