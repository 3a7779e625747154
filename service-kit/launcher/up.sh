# shellcheck shell=bash
# up: starts what is missing, waits until it is ready, and keeps it running.

READY_SECONDS=60
MOST_RESTARTS=5
RESTART_WINDOW_SECONDS=300
LOCK=$OPSCONDUCTOR_HOME/run/lock
STARTED=
INTERRUPTED=no
DETACH=no
GIVEN=no

up_options() {
  local value
  while [ $# -gt 0 ]; do
    case $1 in
      --no-demo)
        DEMO=no
        GIVEN=yes
        ;;
      --detach) DETACH=yes ;;
      --inventory | --policy | --tools)
        [ $# -ge 2 ] || fail 2 "$1 needs a value. See ./opsconductor help"
        value=$2
        GIVEN=yes
        case $1 in
          --inventory) value=$(readable --inventory "$value" either) && INVENTORY=$(append "$INVENTORY" "$value") ;;
          --policy) value=$(readable --policy "$value" file) && POLICY=$(append "$POLICY" "$value") ;;
          --tools) value=$(readable --tools "$value" directory) && TOOLS=$(append "$TOOLS" "$value") ;;
        esac || exit 2
        shift
        ;;
      --help | -h)
        usage
        exit 0
        ;;
      *) fail 2 "up knows no '$1'. See ./opsconductor help" ;;
    esac
    shift
  done
  if [ "$DEMO" = no ] && { [ -z "$INVENTORY" ] || [ -z "$POLICY" ]; }; then
    warn "Without the demo there are no targets and no rules, so --no-demo needs both:"
    warn "  --inventory FILE   the machines that can be named in the chat, and how to reach them"
    fail 2 "  --policy FILE      who may do what, and who must approve"
  fi
}

any_running() {
  local part
  for part in demo runner chatbot; do
    pid_of "$part" >/dev/null && return 0
  done
  return 1
}

# An instance that runs keeps its ports and files; new ones need a fresh start.
settle_settings() {
  local wanted
  wanted="$DEMO|$INVENTORY|$POLICY|$TOOLS"
  environment_ports
  any_running || return 0
  load_settings || return 0
  if [ "$GIVEN" = yes ] && [ "$wanted" != "$DEMO|$INVENTORY|$POLICY|$TOOLS" ]; then
    warn "OpsConductor is already running with other options; it was started with:"
    warn "  demo: $DEMO, your inventory: ${INVENTORY:-none}, your policy: ${POLICY:-none}, your tools: ${TOOLS:-none}"
    fail 3 "Run ./opsconductor down first, then this again."
  fi
}

lock_home() {
  take_lock "$LOCK" 120 ||
    fail 3 "Another ./opsconductor has been starting or stopping for two minutes. If there is none, remove $LOCK"
}

up() {
  local part missing=
  up_options "$@"
  prepare_home
  lock_home
  trap 'release_lock "$LOCK"' EXIT
  settle_settings
  for part in $(parts); do
    pid_of "$part" >/dev/null || missing="$missing $part"
  done
  if [ -z "$missing" ]; then
    say "OpsConductor is already running: http://localhost:$CHATBOT_PORT/"
    show_parts
    exit 0
  fi
  find_jdk
  if any_running && built; then
    # New jars under a running process would break it.
    if stale; then
      warn "The sources are newer than what runs; ./opsconductor down, then up, takes them in."
    fi
  else
    ensure_built
    ensure_quick_start
  fi
  ensure_keys
  for part in $missing; do
    require_ports "$part" || exit 3
  done
  save_settings
  [ "$DETACH" = yes ] || record_process "$(pid_file supervisor)" "$$"
  trap 'INTERRUPTED=yes' INT TERM HUP
  # Whoever reads our words may go away (up | head); what was started must still be stopped in order.
  trap : PIPE
  start_parts "$missing"
  announce
  release_lock "$LOCK"
  trap - EXIT
  if [ "$DETACH" = yes ]; then
    say "Stop: ./opsconductor down"
  else
    say "Stop: Ctrl-C, or ./opsconductor down from elsewhere"
    supervise
  fi
}

ensure_keys() {
  local file needed=no home=$OPSCONDUCTOR_HOME
  for file in tls/ca.crt tls/runner.crt tls/runner.key tls/chatbot.crt tls/chatbot.key keys/chatbot.key keys/chatbot.pub keys/audit/runner.key keys/audit/runner.pub \
    keys/audit/chatbot.key keys/audit/chatbot.pub; do
    [ -f "$home/$file" ] || needed=yes
  done
  # Leaves live 730 days and are renewed in their last 30; the command itself looks at the dates.
  if [ "$needed" = no ] && [ -n "$(find "$home/tls" -name '*.crt' -mtime +699 -print)" ]; then
    needed=yes
  fi
  [ "$needed" = yes ] || return 0
  java_line runner io.opsconductor.runner.keys.KeysCommand init --home "$home"
  "${JAVA_LINE[@]}" >>"$home/logs/keys.log" ||
    fail 3 "The certificates and keys could not be made."
}

start_parts() { # PARTS
  local part
  case $1 in
    *demo*)
      # The runner reads the demo's inventory, which is written when its ports are known.
      begin demo
      case $1 in *chatbot*) begin chatbot ;; esac
      await demo
      case $1 in *runner*) begin runner ;; esac
      ;;
    *)
      for part in $1; do begin "$part"; done
      ;;
  esac
  for part in $1; do
    [ "$part" = demo ] || await "$part"
  done
}

begin() { # PART
  STARTED="$STARTED $1"
  start_part "$1"
}

await() { # PART
  local deadline=$((SECONDS + READY_SECONDS))
  until healthy "$1"; do
    stop_if_interrupted
    if ! pid_of "$1" >/dev/null; then
      gave_up "$1" "ended while starting"
    fi
    if [ "$SECONDS" -ge "$deadline" ]; then
      not_ready "$1"
      gave_up "$1" "was not ready after $READY_SECONDS s"
    fi
    sleep 0.05
  done
}

not_ready() { # PART
  local port answer
  case $1 in
    runner) port=$RUNNER_HEALTH_PORT ;;
    chatbot) port=$CHATBOT_PORT ;;
    *) return 0 ;;
  esac
  if answer=$(ask_health "$port"); then
    warn "The $1's /health on port $port answers $answer"
  else
    warn "The $1 does not answer on port $port."
  fi
}

gave_up() { # PART REASON
  warn "The $1 $2. The end of $(log_of "$1"):"
  # Of this start only: an older start's words would mislead. Where it says why in words, those alone are enough.
  awk '/^--- .*: starting the / { n = 0; words = 0 }
    /^opsconductor [a-z]+: / { n = 1; words = 1 }
    !words || !/^\{/ { line[n++] = $0 }
    END { for (i = n > 16 ? n - 15 : 1; i < n; i++) print "  | " line[i] }' "$(log_of "$1")" >&2
  stop_started
  exit 3
}

announce() {
  say "OpsConductor is ready: http://localhost:$CHATBOT_PORT/"
  say ""
  if [ "$DEMO" = yes ]; then
    say "Try, on the page or with ./opsconductor chat:"
    say "  check disk space on web-server-01"
    say "  restart nginx on web-server-01, then check its status"
    say "  show memory on all web servers"
    say "Whoever asks confirms what only looks; a change needs a colleague: ask as alice, approve as bob."
  else
    say "Try, on the page or with ./opsconductor chat:"
    say "  what can you do"
    say "  which targets are there"
    say "  check disk space on a target of yours"
  fi
  say ""
}

supervise() {
  local part restarts="" now count entry kept
  while :; do
    sleep 1 &
    wait $!
    stop_if_interrupted
    for part in $STARTED; do
      pid_of "$part" >/dev/null && continue
      now=$SECONDS
      count=0
      kept=
      for entry in $restarts; do
        [ $((now - ${entry#*:})) -lt "$RESTART_WINDOW_SECONDS" ] || continue
        kept="$kept $entry"
        [ "${entry%%:*}" = "$part" ] && count=$((count + 1))
      done
      if [ "$count" -ge "$MOST_RESTARTS" ]; then
        gave_up "$part" "ended again, after $count restarts within $((RESTART_WINDOW_SECONDS / 60)) minutes"
      fi
      restarts="$kept $part:$now"
      warn "$(date '+%H:%M:%S') The $part ended unexpectedly and is started again ($((count + 1)) of $MOST_RESTARTS); see $(log_of "$part")"
      start_part "$part"
    done
  done
}

# A signal only sets a mark, so that it never falls between a start and its record.
stop_if_interrupted() {
  [ "$INTERRUPTED" = yes ] || return 0
  trap '' INT TERM HUP
  say ""
  say "Stopping ..."
  stop_started
  exit 0
}

stop_started() {
  local part
  # The chatbot first, so that nobody is told half an answer by a runner that goes away.
  for part in chatbot runner demo; do
    case " $STARTED " in *" $part "*) stop_part "$part" && say "  $part stopped" ;; esac
  done
  rm -f "$(pid_file supervisor)"
  release_lock "$LOCK"
}
