#!/bin/sh
# A demo service: a real process with a pid, a log and nothing to do. It ends by itself with the demo.
name=${0##*/}
say() { printf '%s %s (demo service): %s\n' "$(date '+%Y-%m-%d %H:%M:%S')" "$name" "$1"; }
trap 'say "stopped, pid $$"; exit 0' TERM INT HUP
say "started, pid $$"
while kill -0 "${OPSCONDUCTOR_DEMO_PID:-$$}" 2>/dev/null; do
  sleep 2 &
  wait $!
done
say "the demo is gone, stopping, pid $$"
