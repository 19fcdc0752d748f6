# shellcheck shell=bash
# Faults on request: an API server that ends, dies or hangs, a black hole, a compaction.

cluster_server() {
  [ $# = 2 ] && [[ "$2" =~ ^[01]$ ]] || fail "server wants: stop|kill|freeze|thaw|start|restart and 0 or 1"
  need_running
  local what=apiserver-$2 i
  case "$1" in
    stop) halt 10 "$what" ;;
    kill) signal KILL "$what"; for ((i = 0; i < 100; i++)); do alive "$what" || break; sleep 0.02; done ;;
    freeze) alive "$what" || fail "$what does not run"; signal STOP "$what" ;;
    thaw) signal CONT "$what" ;;
    start) alive "$what" || apiserver_start "$2"; apiserver_wait "$2" ;;
    restart) halt 10 "$what"; apiserver_start "$2"; apiserver_wait "$2" ;;
    *) fail "server does not know '$1'" ;;
  esac
}

# Without health checks every connection takes its turn, also with a server that is gone: a half-dead VIP.
cluster_checks() {
  need_running; need_tools haproxy
  case "${1:-}" in
    on) rm -f "$run/no-health-checks" ;;
    off) touch "$run/no-health-checks" ;;
    *) fail "checks wants: on|off" ;;
  esac
  halt 2 haproxy
  haproxy_start
}

firewall() { XTABLES_LOCKFILE=$run/xtables.lock PATH=$PATH:/usr/sbin:/sbin "${inside[@]}" iptables -w "$@"; }

cluster_drop() {
  [ $# = 2 ] || fail "drop wants an address and a port"
  need_running; need_tools iptables
  firewall -C INPUT -d "$1" -p tcp --dport "$2" -j DROP 2>/dev/null || firewall -I INPUT -d "$1" -p tcp --dport "$2" -j DROP
}

cluster_undrop() {
  [ $# = 2 ] || fail "undrop wants an address and a port"
  need_running; need_tools iptables
  while firewall -D INPUT -d "$1" -p tcp --dport "$2" -j DROP 2>/dev/null; do :; done
}

# Prints the revision. API servers keep serving older revisions from memory for some minutes.
cluster_compact() {
  need_running
  local gateway=http://127.0.0.1:2379/v3/kv revision
  revision=$("${inside[@]}" curl -sf -X POST "$gateway/range" -d '{"key":"AA==","limit":"1"}' | sed -n 's/.*"revision":"\([0-9]*\)".*/\1/p')
  [ -n "$revision" ] || fail "etcd does not say its revision"
  "${inside[@]}" curl -sf -o /dev/null -X POST "$gateway/compaction" -d "{\"revision\":\"$revision\",\"physical\":true}" ||
    fail "etcd refused to compact at $revision (already compacted there?)"
  echo "$revision"
}
