# shellcheck shell=bash
# The scenario, the processes that observe it, and bulk objects.

script() { local file=$1; shift; "${inside[@]}" "$python" -W ignore "$here/$file" "$@"; }

scenario_generate() {
  PYTHONDONTWRITEBYTECODE=1 "$python" "$here/scenario/generate.py" "$run" "$here" "${1:-}"
}

metrics_server_start() {
  local conf=$run/component.conf
  # The resolution must be longer than the 10 s that it waits for a kubelet.
  spawn metrics-server "$bin/metrics-server" --kubeconfig "$conf" --authentication-kubeconfig "$conf" --authorization-kubeconfig "$conf" \
    --kubelet-insecure-tls --kubelet-preferred-address-types=InternalIP --kubelet-use-node-status-port --metric-resolution=15s \
    --secure-port 4443 --bind-address "${masters[0]}" --cert-dir "$run/generated-ms"
}

state_metrics_start() {
  spawn state-metrics env PYTHONDONTWRITEBYTECODE=1 "$python" "$here/state_metrics.py" --run "$run" --listen "${masters[0]}:8080"
}

discovery_start() { spawn discovery env PYTHONDONTWRITEBYTECODE=1 "$python" "$here/scenario/discovery.py" "$run"; }

chatter_start() { spawn chatter env PYTHONDONTWRITEBYTECODE=1 "$python" "$here/scenario/chatter.py" "$run"; }

prometheus_start() {
  need_tools prometheus
  [ -e "$run/targets.json" ] || echo '[]' >"$run/targets.json"
  cp "$here/config/prometheus.yml" "$run/prometheus.yml"
  spawn prometheus prometheus --config.file="$run/prometheus.yml" --storage.tsdb.path="$run/prometheus" \
    --web.listen-address="${masters[0]}:9090" --storage.tsdb.retention.time=6h --log.level=warn
}

# Wants the generated scenario and a kwok that was started with its configuration.
scenario_apply() {
  local begun=$EPOCHREALTIME
  need_tools iptables prometheus
  export PYTHONDONTWRITEBYTECODE=1
  start_missing "${observers[@]}"
  script scenario/apply.py "$run" || fail "staging failed; the logs are in $run/log"
  kubeconfig_file viewer "$("$python" -c 'import json, sys; print(json.load(open(sys.argv[1]))["namespaces"]["team"])' "$run/scenario.json")"
  touch "$run/.staged"
  say "scenario staged after $(seconds_since "$begun") s (seed $("$python" -c 'import json, sys; print(json.load(open(sys.argv[1]))["seed"])' "$run/scenario.json"))"
}

cluster_stage() {
  local seed=""
  need_running
  case "${1:-}" in
    broken-apiservice)
      [ -e "$run/broken-apiservice.json" ] || fail "stage the scenario first"
      kubectl_component apply -f "$run/broken-apiservice.json" >&2; return ;;
    --seed) seed=${2:-} ;;
    --seed=*) seed=${1#--seed=} ;;
    "") ;;
    *) fail "stage does not know '$1'" ;;
  esac
  [[ "$seed" =~ ^[0-9]*$ ]] || fail "--seed wants a number, not '$seed'"
  exec 9>"$run/.lock"; flock 9
  if [ -e "$run/.staged" ]; then say "the scenario is staged already"; return; fi
  scenario_generate "$seed"
  halt 3 kwok
  start_missing kwok
  scenario_apply
}

cluster_unstage() {
  [ "${1:-}" = broken-apiservice ] || fail "unstage wants: broken-apiservice"
  need_running
  kubectl_component delete --ignore-not-found -f "$run/broken-apiservice.json" >&2
}

cluster_bulk() {
  need_running
  # Hundreds of large idle nodes would make half of scenario.json untrue.
  [ ! -e "$run/.staged" ] || fail "bulk wants a cluster of its own, without the scenario: script/cluster --name bulk up --no-scenario"
  exec 9>"$run/.lock"; flock 9
  export PYTHONDONTWRITEBYTECODE=1
  halt 3 controller-manager
  local status=0
  script bulk.py --run "$run" "$@" || status=$?
  touch "$run/quiet-nodes"
  controller_manager_start
  return $status
}

cluster_wait() {
  need_running
  [ -e "$run/.staged" ] || fail "no scenario is staged"
  PYTHONDONTWRITEBYTECODE=1 script scenario/check.py "$run" "${1:-120}"
}
