# shellcheck shell=bash
# Names, folders and messages. Sourced by script/cluster; $here is the folder tests/cluster.

masters=(10.241.0.11 10.241.0.12)
absent_master=10.241.0.13
vip=10.241.0.100
python=/usr/bin/python3
[ -x "$python" ] || python=python3

say() { echo "$*" >&2; }
fail() { echo "script/cluster: $*" >&2; exit 1; }

# A short-lived account (a service, nobody) may have no home that it can write to.
cache_base() {
  local base=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}
  if mkdir -p "$base/alidade/run" 2>/dev/null && [ -w "$base/alidade/run" ]; then
    echo "$base/alidade/run"
  else
    echo "${TMPDIR:-/tmp}/alidade-$(id -u)/run"
  fi
}

choose_cluster() {
  [[ "$1" =~ ^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$ ]] || fail "a cluster's name is lower-case letters, digits and dashes, not '$1'"
  # Inside a cluster HOME and the user may look different; its folder is known there.
  if [ -n "${ALIDADE_CLUSTER_RUN:-}" ] && [ "${ALIDADE_CLUSTER_RUN##*/}" = "$1" ]; then run=$ALIDADE_CLUSTER_RUN; else run=$(cache_base)/$1; fi
  name=$1
}
choose_cluster "${ALIDADE_CLUSTER:-practice}"

find_programs() {
  if [ -e "$run/bin" ] && [ -x "$(cat "$run/bin")/kube-apiserver" ]; then bin=$(cat "$run/bin"); return; fi
  bin=$("$here/build") || exit 1
}

need_tools() {
  local tool missing=()
  PATH=$PATH:/usr/sbin:/sbin
  for tool in "$@"; do command -v "$tool" >/dev/null 2>&1 || missing+=("$tool"); done
  [ ${#missing[@]} = 0 ] || fail "these programs are needed and not installed: ${missing[*]}"
}

seconds_since() { awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }'; }
