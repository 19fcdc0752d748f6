# shellcheck shell=bash
# One network namespace for each cluster, kept alive by a sleeping process.

# Root takes a plain network namespace. Others need a user namespace around it.
namespace_kind() {
  if [ "$(id -u)" = 0 ] && unshare -n true 2>/dev/null; then echo net; else echo user; fi
}

namespace_up() {
  if ! alive holder; then
    local kind; kind=$(namespace_kind)
    local how=(unshare -n)
    [ "$kind" = net ] || how=(unshare -rn)
    "${how[@]}" true 2>/dev/null || fail "this system refuses new network namespaces (tried '${how[*]}'); allow unprivileged user namespaces or run as root"
    echo "$kind" >"$run/namespace"
    inside=()
    spawn holder "${how[@]}" sh -c '
      set -e
      ip link set lo up
      for a in '"${masters[*]} $absent_master $vip"' $(seq -f 10.241.0.%g 21 60); do ip addr add "$a/24" dev lo; done
      touch "$1"
      exec sleep 2147483647' sh "$run/namespace.ready"
    local i
    for i in $(seq 100); do [ -e "$run/namespace.ready" ] && break; sleep 0.05; done
    [ -e "$run/namespace.ready" ] || fail "the network namespace did not come up: $(cat "$run/log/holder.log")"
    inside_prefix
    # After a crash the firewall is a new one, and the dead node's kubelet would answer again.
    if [ -e "$run/.staged" ]; then firewall -I INPUT -d "$(cat "$run/dead-kubelet")" -p tcp --dport 10250 -j DROP; fi
  fi
  inside_prefix
}

# Sets `inside`: the words that put a command into the namespace; none when this shell is there already.
inside_prefix() {
  local pid; pid=$(pid_of holder)
  if [ "$(readlink "/proc/$pid/ns/net")" = "$(readlink /proc/self/ns/net)" ]; then
    inside=()
  elif [ "$(cat "$run/namespace")" = net ]; then
    inside=(nsenter -t "$pid" -n --)
  else
    inside=(nsenter -t "$pid" -U -n --preserve-credentials --)
  fi
}

# For people's and tests' commands. Who is not root is shown as root in there, so that faults can be made from
# inside too; --as-me shows the own user id again, which the session bus insists on.
enter_as_caller() {
  local back=()
  if [ "${1:-}" = --as-me ]; then
    shift
    if [ "$(cat "$run/namespace")" = user ] && [ "$(id -u)" != 0 ]; then
      back=(unshare -U --map-user="$(id -u)" --map-group="$(id -g)" --)
    fi
  fi
  [ $# -gt 0 ] || fail "enter wants a command"
  PATH=$PATH:$bin KUBECONFIG=${ALIDADE_KUBECONFIG:-$run/admin.conf} ALIDADE_CLUSTER=$name ALIDADE_CLUSTER_RUN=$run \
    exec "${inside[@]}" "${back[@]}" "$@"
}
