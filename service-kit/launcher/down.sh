# shellcheck shell=bash
# down and status.

down() {
  local part pid deadline stopped=no
  [ $# -eq 0 ] || fail 2 "down takes no options."
  if [ ! -d "$OPSCONDUCTOR_HOME/run" ]; then
    say "Nothing is running."
    return 0
  fi
  if pid=$(pid_of supervisor); then
    kill "$pid" 2>/dev/null
    deadline=$((SECONDS + 4 * STOP_SECONDS))
    while pid_of supervisor >/dev/null && [ "$SECONDS" -lt "$deadline" ]; do sleep 0.1; done
    stopped=yes
  fi
  rm -f "$(pid_file supervisor)"
  lock_home
  for part in chatbot runner demo; do
    stop_part "$part" && stopped=yes
  done
  release_lock "$LOCK"
  if [ "$stopped" = yes ]; then say "Everything is stopped."; else say "Nothing is running."; fi
}

show_parts() { # 0 when all run and are healthy
  local part pid state result=0
  for part in $(parts); do
    if ! pid=$(pid_of "$part"); then
      printf '  %-13s not running; see %s\n' "$part" "$(log_of "$part")"
      result=1
      continue
    elif healthy "$part"; then
      state="healthy, pid $pid"
    else
      state="running but not ready, pid $pid; see $(log_of "$part")"
      result=1
    fi
    case $part in
      runner) state="$state, https://127.0.0.1:$RUNNER_API_PORT, http://127.0.0.1:$RUNNER_HEALTH_PORT/health" ;;
      chatbot) state="$state, http://localhost:$CHATBOT_PORT/" ;;
    esac
    printf '  %-13s %s\n' "$part" "$state"
    case $part in
      runner) health_warnings "$RUNNER_HEALTH_PORT" ;;
      chatbot) health_warnings "$CHATBOT_PORT" ;;
    esac | sed 's/^/                warning: /'
  done
  if pid=$(pid_of supervisor); then
    printf '  %-13s pid %s, starts again what ends\n' "supervised by" "$pid"
  fi
  printf '  %-13s %s\n' "home" "$OPSCONDUCTOR_HOME"
  return "$result"
}

status() {
  [ $# -eq 0 ] || fail 2 "status takes no options."
  environment_ports
  if ! any_running; then
    say "Nothing is running. Start: ./opsconductor up"
    exit 1
  fi
  load_settings
  show_parts
}
