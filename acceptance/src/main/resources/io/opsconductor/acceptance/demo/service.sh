#!/bin/sh
# service(8) on a demo target: manages the demo's own processes, never the services of the machine it runs on.
# usage: service NAME start|stop|restart|reload|status, service --status-all
set -u
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)

running_pid() { # NAME: prints the pid of its process, if that is alive
  read -r pid 2>/dev/null <"$root/run/$1.pid" || return 1
  kill -0 "$pid" 2>/dev/null || return 1
  if [ -r "/proc/$pid/cmdline" ]; then
    line=$(tr '\0' ' ' <"/proc/$pid/cmdline")
  else
    line=$(ps -o args= -p "$pid" 2>/dev/null)
  fi
  case $line in *"$root/services/$1"*) echo "$pid" ;; *) return 1 ;; esac
}

start() {
  if pid=$(running_pid "$1"); then
    echo "$1 (demo service) is already running, pid $pid"
    return 0
  fi
  detach='nohup'
  command -v setsid >/dev/null 2>&1 && detach='setsid'
  "$detach" "$root/services/$1" >>"$root/log/$1.log" 2>&1 </dev/null &
  pid=$!
  printf '%s\n%s\n' "$pid" "$(date '+%Y-%m-%d %H:%M:%S')" >"$root/run/$1.pid"
  tries=0
  until running_pid "$1" >/dev/null; do
    tries=$((tries + 1))
    if [ "$tries" -ge 20 ]; then
      echo "$1 (demo service) did not start; see $root/log/$1.log" >&2
      return 1
    fi
    sleep 0.1
  done
  echo "$1 (demo service) started, pid $pid"
}

stop() {
  if ! pid=$(running_pid "$1"); then
    echo "$1 (demo service) is not running"
    rm -f "$root/run/$1.pid"
    return 0
  fi
  kill "$pid" 2>/dev/null
  tries=0
  while running_pid "$1" >/dev/null; do
    tries=$((tries + 1))
    [ "$tries" -eq 50 ] && kill -9 "$pid" 2>/dev/null
    [ "$tries" -ge 60 ] && { echo "$1 (demo service) does not stop, pid $pid" >&2; return 1; }
    sleep 0.1
  done
  rm -f "$root/run/$1.pid"
  echo "$1 (demo service) stopped, was pid $pid"
}

status() {
  if pid=$(running_pid "$1"); then
    echo "$1 (demo service) is running, pid $pid, since $(sed -n 2p "$root/run/$1.pid")"
  else
    echo "$1 (demo service) is not running"
    return 3
  fi
}

if [ "${1:-}" = --status-all ]; then
  for program in "$root"/services/*; do
    name=${program##*/}
    if running_pid "$name" >/dev/null; then sign=+; else sign=-; fi
    echo " [ $sign ]  $name (demo service)"
  done
  exit 0
fi
if [ $# -lt 2 ]; then
  echo "usage: service NAME start|stop|restart|reload|status (demo)" >&2
  exit 1
fi
name=${1%.service}
case $name in
  *[!A-Za-z0-9@._-]* | .* | '') known=no ;;
  *) if [ -x "$root/services/$name" ]; then known=yes; else known=no; fi ;;
esac
if [ "$known" = no ]; then
  known=$(cd "$root/services" && echo *)
  echo "$name: unrecognized service (${OPSCONDUCTOR_DEMO_TARGET:-this demo target} has: $known)" >&2
  exit 1
fi
case $2 in
  start) start "$name" ;;
  stop) stop "$name" ;;
  restart | force-reload) stop "$name" && start "$name" ;;
  reload) status "$name" && echo "$name (demo service) reloaded" ;;
  status) status "$name" ;;
  *)
    echo "service (demo): unknown action $2; start, stop, restart, reload or status" >&2
    exit 1
    ;;
esac
