# shellcheck shell=bash
# The parts of the control plane, started in their order and stopped in the reverse.

api() { # api HOST PATH [CURL OPTION...]: as the cluster's own parts
  local host=$1 path=$2; shift 2
  "${inside[@]}" curl -s --max-time 3 --cacert "$run/pki/ca.crt" --cert "$run/pki/component.crt" \
    --key "$run/pki/component.key" "$@" "https://$host:6443$path"
}

kubectl_component() { "${inside[@]}" "$bin/kubectl" --kubeconfig "$run/component.conf" "$@"; }

etcd_start() {
  spawn etcd "$bin/etcd" --data-dir "$run/etcd" --unsafe-no-fsync --log-level warn \
    --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379
}

apiserver_start() {
  local n=$1 host=${masters[$1]} pki=$run/pki
  # --allow-privileged: without it a privileged DaemonSet is "disallowed by cluster policy".
  # --enable-aggregator-routing: there is no kube-proxy that would make a Service's address reachable.
  # The audit log's size: a rotated log would lose lines that a test looks for.
  # A host name of its own: API servers on one host would share the lease by which each is known.
  spawn "apiserver-$n" unshare -u sh -c 'hostname "$1" 2>/dev/null || true; shift; exec "$@"' sh "$name-master-$n" \
    "$bin/kube-apiserver" --etcd-servers http://127.0.0.1:2379 \
    --secure-port 6443 --bind-address "$host" --advertise-address "$host" --cert-dir "$run/generated-$n" \
    --tls-cert-file "$pki/apiserver.crt" --tls-private-key-file "$pki/apiserver.key" --client-ca-file "$pki/ca.crt" \
    --token-auth-file "$pki/tokens.csv" --service-cluster-ip-range 10.96.0.0/16 \
    --service-account-issuer https://kubernetes.default.svc --service-account-key-file "$pki/sa.pub" \
    --service-account-signing-key-file "$pki/sa.key" --authorization-mode Node,RBAC \
    --requestheader-client-ca-file "$pki/ca.crt" --requestheader-allowed-names front-proxy \
    --requestheader-username-headers X-Remote-User --requestheader-group-headers X-Remote-Group \
    --requestheader-extra-headers-prefix X-Remote-Extra- \
    --proxy-client-cert-file "$pki/front.crt" --proxy-client-key-file "$pki/front.key" \
    --enable-aggregator-routing=true --allow-privileged=true --kubelet-preferred-address-types=InternalIP \
    --audit-policy-file "$here/config/audit.yaml" --audit-log-path "$run/audit-$n.log" --audit-log-maxsize 100000
}

apiserver_wait() {
  local n=$1 i
  for ((i = 0; i < 900; i++)); do
    [ "$(api "${masters[$n]}" /readyz 2>/dev/null)" = ok ] && return
    alive "apiserver-$n" || fail "API server $n stopped while starting; see $run/log/apiserver-$n.log"
    sleep 0.1
  done
  fail "API server $n does not become ready; see $run/log/apiserver-$n.log"
}

haproxy_start() {
  local check=check
  [ ! -e "$run/no-health-checks" ] || check=""
  cat >"$run/haproxy.cfg" <<CFG
defaults
  mode tcp
  timeout connect 2s
  timeout client 1h
  timeout server 1h
listen advertise
  bind $vip:6443
  balance roundrobin
  default-server $check inter 1s
  server master-0 ${masters[0]}:6443
  server master-1 ${masters[1]}:6443
  server master-2 $absent_master:6443
CFG
  spawn haproxy haproxy -db -f "$run/haproxy.cfg"
}

# A hanging API server must not make the controllers give up their leadership and end; and a lease that a
# dead predecessor left must not keep a new one waiting.
leadership=(--leader-elect-lease-duration 10m --leader-elect-renew-deadline 9m --leader-elect-retry-period 2s)
forget_leader() {
  [ ! -e "$run/.up" ] || kubectl_component delete lease -n kube-system "$1" --ignore-not-found --request-timeout 5s >/dev/null 2>&1 || true
}

controller_manager_start() {
  forget_leader kube-controller-manager
  local conf=$run/component.conf controllers='*'
  # Bulk nodes have no kubelet, and would be declared dead with all their pods.
  [ ! -e "$run/quiet-nodes" ] || controllers='*,-node-lifecycle-controller'
  spawn controller-manager "$bin/kube-controller-manager" --kubeconfig "$conf" --authentication-kubeconfig "$conf" \
    --authorization-kubeconfig "$conf" --service-account-private-key-file "$run/pki/sa.key" \
    --root-ca-file "$run/pki/ca.crt" --use-service-account-credentials --cert-dir "$run/generated-cm" \
    --cluster-signing-cert-file "$run/pki/ca.crt" --cluster-signing-key-file "$run/pki/ca.key" \
    --bind-address 127.0.0.1 --secure-port 10257 --horizontal-pod-autoscaler-sync-period 10s \
    --kube-api-qps 200 --kube-api-burst 300 --controllers "$controllers" "${leadership[@]}"
}

scheduler_start() {
  forget_leader kube-scheduler
  local conf=$run/component.conf
  spawn scheduler "$bin/kube-scheduler" --kubeconfig "$conf" --authentication-kubeconfig "$conf" \
    --authorization-kubeconfig "$conf" --cert-dir "$run/generated-sched" --bind-address 127.0.0.1 --secure-port 10259 \
    "${leadership[@]}"
}

# Kubelets of all nodes in one process; what their containers log stands in files of the run folder.
kwok_start() {
  if [ ! -e "$run/kwok.yaml" ]; then
    mkdir -p "$run/container-logs"
    "$python" "$here/scenario/container_logs.py" default "$run/container-logs" >"$run/kwok-logs.yaml"
    { "$python" "$here/scenario/kubelet_stages.py"; cat "$here/config/kubelet-metrics.yaml" "$run/kwok-logs.yaml"; } >"$run/kwok.yaml"
  fi
  spawn kwok "$bin/kwok" --kubeconfig "$run/component.conf" --config "$run/kwok.yaml" \
    --manage-nodes-with-label-selector practice.test/kubelet=up --cidr 10.244.0.0/16 --node-ip 10.241.0.21 \
    --node-port 10250 --server-address 0.0.0.0:10250 --node-lease-duration-seconds 40 \
    --tls-cert-file "$run/pki/kubelet.crt" --tls-private-key-file "$run/pki/kubelet.key"
}

controllers=(controller-manager scheduler kwok)
observers=(metrics-server state-metrics prometheus discovery chatter)

start_missing() {
  local what
  for what in "$@"; do alive "$what" || "${what//-/_}_start"; done
}

# Everything alive that once ran in this cluster, and the address that clients use answers.
all_well() {
  local what
  [ -e "$run/.up" ] || return 1
  for what in holder etcd apiserver-0 apiserver-1 haproxy "${controllers[@]}"; do alive "$what" || return 1; done
  if [ -e "$run/.staged" ]; then for what in "${observers[@]}"; do alive "$what" || return 1; done; fi
}

cluster_up() {
  local scenario=yes seed=""
  while [ $# -gt 0 ]; do
    case "$1" in
      --no-scenario) scenario=no; shift ;;
      --seed) [ $# -ge 2 ] || fail "--seed wants a number"; seed=$2; shift 2 ;;
      --seed=*) seed=${1#--seed=}; shift ;;
      --name) [ $# -ge 2 ] || fail "--name wants a name"; choose_cluster "$2"; shift 2 ;;
      --name=*) choose_cluster "${1#--name=}"; shift ;;
      *) fail "up does not know '$1'" ;;
    esac
  done
  [[ "$seed" =~ ^[0-9]*$ ]] || fail "--seed wants a number, not '$seed'"
  need_tools unshare nsenter ip haproxy openssl curl base64 setsid flock "$python"
  mkdir -p "$run"
  exec 9>"$run/.lock"; flock 9
  find_programs; echo "$bin" >"$run/bin"
  if all_well && { [ $scenario = no ] || [ -e "$run/.staged" ]; }; then echo "$run/admin.conf"; return; fi

  local begun=$EPOCHREALTIME n
  certificates_up
  # Processes of a namespace that is gone cannot be reached any more.
  alive holder || halt 1 "${observers[@]}" "${controllers[@]}" haproxy apiserver-0 apiserver-1 etcd
  rm -f "$run/namespace.ready"
  namespace_up
  start_missing etcd
  for n in 0 1; do alive apiserver-$n || apiserver_start $n; done
  start_missing haproxy
  for n in 0 1; do signal CONT apiserver-$n; apiserver_wait $n; done
  [ -e "$run/.up" ] || kubectl_component apply -f "$here/config/access.yaml" >/dev/null
  start_missing controller-manager scheduler
  if [ $scenario = yes ] && [ ! -e "$run/.staged" ]; then scenario_generate "$seed"; fi
  start_missing kwok
  touch "$run/.up"
  say "control plane ready after $(seconds_since "$begun") s"
  if [ -e "$run/.staged" ]; then start_missing "${observers[@]}"; elif [ $scenario = yes ]; then scenario_apply; fi
  echo "$run/admin.conf"
}

cluster_down() {
  [ -d "$run" ] || return 0
  exec 9>"$run/.lock"; flock 9
  halt 2 "${observers[@]}" "${controllers[@]}"
  halt 1 haproxy
  # An API server whose etcd is gone does not end for a minute, hence etcd after them.
  halt 4 apiserver-0 apiserver-1
  halt 2 etcd
  halt 1 holder
  rm -rf "$run"
}

need_running() {
  alive holder && alive etcd || fail "cluster '$name' is not up; run: script/cluster${ALIDADE_CLUSTER:+ --name $name} up"
  bin=$(cat "$run/bin")
  inside_prefix
}

cluster_status() {
  if ! alive holder; then echo "cluster '$name' is down"; return 3; fi
  need_running
  local what n
  echo "cluster     $name"
  echo "files       $run"
  echo "kubeconfig  $run/admin.conf"
  for what in holder etcd apiserver-0 apiserver-1 haproxy "${controllers[@]}" "${observers[@]}"; do
    [ -e "$run/pid/$what" ] || continue
    if alive "$what"; then printf '%-20s pid %s\n' "$what" "$(pid_of "$what")"; else printf '%-20s dead\n' "$what"; fi
  done
  for n in 0 1; do printf '%-20s %s\n' "${masters[$n]}:6443" "$(api "${masters[$n]}" /readyz || echo 'no answer')"; done
  printf '%-20s %s\n' "$vip:6443" "$(api "$vip" /readyz || echo 'no answer')"
  if [ -e "$run/scenario.json" ]; then echo "scenario    $run/scenario.json"; fi
}
