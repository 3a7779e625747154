#!/bin/sh
# systemctl(1) on a demo target: the same demo processes as service(8) beside it, in systemctl's words. It never
# reaches the services of the machine it runs on.
set -u
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
service=$root/bin/service
quiet=no
verb=
names=
skip=no
for word in "$@"; do
  if [ "$skip" = yes ]; then
    skip=no
    continue
  fi
  case $word in
    -q | --quiet) quiet=yes ;;
    -n | -o | -p | -t) skip=yes ;;
    -*) ;;
    *) if [ -z "$verb" ]; then verb=$word; else names="$names ${word%.service}"; fi ;;
  esac
done

unit() { # NAME: is there such a unit?
  case $1 in *[!A-Za-z0-9@._-]* | .*) return 1 ;; esac
  [ -x "$root/services/$1" ]
}

say() { [ "$quiet" = yes ] || echo "$1"; }

show_status() {
  if state=$("$service" "$1" status); then
    echo "* $1.service - $1 (demo service on ${OPSCONDUCTOR_DEMO_TARGET:-a demo target})"
    echo "     Active: active (running) since ${state##*since }"
    echo "   Main PID: $(sed -n 1p "$root/run/$1.pid") ($1)"
    echo
    tail -n 5 "$root/log/$1.log" 2>/dev/null
    return 0
  fi
  echo "* $1.service - $1 (demo service on ${OPSCONDUCTOR_DEMO_TARGET:-a demo target})"
  echo "     Active: inactive (dead)"
  return 3
}

case $verb in
  '' | list-units)
    for program in "$root"/services/*; do
      name=${program##*/}
      if "$service" "$name" status >/dev/null; then state='active running'; else state='inactive dead'; fi
      echo "$name.service loaded $state $name (demo service)"
    done
    exit 0
    ;;
  daemon-reload) exit 0 ;;
  start | stop | restart | reload | status | is-active | is-enabled | is-failed | show) ;;
  *)
    echo "systemctl (demo): $verb is not among what a demo target does" >&2
    exit 1
    ;;
esac
[ -n "$names" ] || { echo "systemctl (demo): $verb which unit?" >&2; exit 1; }

result=0
for name in $names; do
  if ! unit "$name"; then
    case $verb in
      is-active) say inactive; result=4 ;;
      status) echo "Unit $name.service could not be found." >&2; result=4 ;;
      *) echo "Failed to $verb $name.service: Unit $name.service not found." >&2; result=5 ;;
    esac
    continue
  fi
  case $verb in
    start | stop | restart | reload) "$service" "$name" "$verb" || result=1 ;;
    status) show_status "$name" || result=$? ;;
    is-active) if "$service" "$name" status >/dev/null; then say active; else say inactive; result=3; fi ;;
    is-enabled) say enabled ;;
    is-failed) say active; result=1 ;;
    show)
      if "$service" "$name" status >/dev/null; then
        printf 'Id=%s.service\nLoadState=loaded\nActiveState=active\nSubState=running\nMainPID=%s\n' \
          "$name" "$(sed -n 1p "$root/run/$name.pid")"
      else
        printf 'Id=%s.service\nLoadState=loaded\nActiveState=inactive\nSubState=dead\nMainPID=0\n' "$name"
      fi
      ;;
  esac
done
exit "$result"
