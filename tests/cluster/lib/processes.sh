# shellcheck shell=bash
# Processes that outlive the shell that started them, each with a pid file that a reused pid cannot fool.

inside=()

born() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  stat=${stat##*) }
  # shellcheck disable=SC2086
  set -- $stat
  [ "$1" != Z ] && echo "${20}"
}

# spawn NAME CMD...: in the namespace, without the caller's terminal, output and lock.
spawn() {
  local what=$1; shift
  mkdir -p "$run/pid" "$run/log"
  (
    exec 9>&- </dev/null >>"$run/log/$what.log" 2>&1
    exec setsid "${inside[@]}" "$@"
  ) &
  local pid=$!
  disown "$pid" 2>/dev/null || true
  echo "$pid $(born "$pid" || echo 0)" >"$run/pid/$what"
}

pid_of() { local pid rest; read -r pid rest <"$run/pid/$1"; echo "$pid"; }

alive() {
  local pid then
  [ -e "$run/pid/$1" ] && read -r pid then <"$run/pid/$1" || return 1
  [ "$(born "$pid" || true)" = "$then" ]
}

signal() { if alive "$2"; then kill "-$1" "$(pid_of "$2")" 2>/dev/null || true; fi; }

# halt SECONDS NAME...: asks all of them at once, insists when the time is over.
halt() {
  local patience=$1 what i left; shift
  for what in "$@"; do signal TERM "$what"; signal CONT "$what"; done
  for ((i = 0; i < patience * 10; i++)); do
    left=0
    for what in "$@"; do alive "$what" && left=1; done
    [ $left = 1 ] || break
    sleep 0.1
  done
  for what in "$@"; do signal KILL "$what"; done
  for what in "$@"; do
    for ((i = 0; i < 50; i++)); do alive "$what" || break; sleep 0.05; done
    rm -f "$run/pid/$what"
  done
}
