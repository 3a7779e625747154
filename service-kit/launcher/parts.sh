# shellcheck shell=bash
# The three processes: how each is started, asked for its health, and stopped.

STOP_SECONDS=10
# A start that is recorded for quick-start.sh writes what it recorded while it ends.
[ -z "${OPSCONDUCTOR_RECORD_START:-}" ] || STOP_SECONDS=120

pid_file() { printf '%s' "$OPSCONDUCTOR_HOME/run/$1.pid"; }

pid_of() { # PART: prints its pid if it runs
  recorded_process "$(pid_file "$1")"
}

log_of() { printf '%s' "$OPSCONDUCTOR_HOME/logs/$1.log"; }

parts() { # in the order of starting
  if [ "$DEMO" = yes ]; then echo demo runner chatbot; else echo runner chatbot; fi
}

ask_health() ( # PORT [body]: prints the status code of /health and, unless it is 200 or with "body", the body; no curl needed
  LC_ALL=C # lengths are in bytes
  exec 2>/dev/null 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
  printf 'GET /health HTTP/1.1\r\nHost: localhost:%s\r\nAccept: */*\r\nConnection: close\r\n\r\n' "$1" >&3
  IFS=' ' read -r -t 5 _ code _ <&3 || exit 1
  printf '%s' "$code"
  [ "$code" = 200 ] && [ "${2:-}" != body ] && exit 0
  length=0
  while IFS= read -r -t 1 line && [ "${#line}" -gt 1 ]; do
    case $line in [Cc]ontent-[Ll]ength:*) length=${line##*[!0-9$'\r']} length=${length%$'\r'} ;; esac
  done <&3
  # To its length and not to its end: the server may take its time to close.
  IFS= read -r -t 1 -d '' -n "$length" body <&3
  printf '\n  | %s' "$body"
)

health_warnings() { # PORT: what should be done soon, one sentence a line
  local body
  body=$(ask_health "$1" body) || return 0
  case $body in
    *'"warnings":["'*)
      body=${body##*'"warnings":["'}
      printf '%s\n' "${body%%'"]'*}" | sed 's/","/\
/g'
      ;;
  esac
}

healthy() { # PART
  local pid
  case $1 in
    demo)
      pid=$(pid_of demo) && [ "$(cat "$OPSCONDUCTOR_HOME/demo/ready" 2>/dev/null)" = "$pid" ]
      ;;
    runner) [ "$(ask_health "$RUNNER_HEALTH_PORT")" = 200 ] ;;
    chatbot) [ "$(ask_health "$CHATBOT_PORT")" = 200 ] ;;
  esac
}

CHATBOT_HEAP=256m

launch() { # PART HEAP JVM-ARGUMENT...: HEAP unless OPSCONDUCTOR_JAVA_OPTS says otherwise; in its own process group, so that Ctrl-C reaches only this script
  local part=$1 heap=$2 log pid
  shift 2
  log=$(log_of "$part")
  quick_start_options "$part"
  if [ -f "$log" ] && [ "$(wc -c <"$log")" -gt 10000000 ]; then
    mv -f "$log" "$log.1"
  fi
  (umask 077 && : >>"$log")
  printf -- '--- %s: starting the %s\n' "$(date '+%Y-%m-%d %H:%M:%S')" "$part" >>"$log"
  set -m
  (
    # A closed terminal must not end what --detach left running.
    trap '' HUP
    [ "$part" = chatbot ] && forget_credentials
    # shellcheck disable=SC2086 # several options in one variable
    # What is needed for long, connections above all, gets what the heap has beyond 64 MB for the rest.
    exec "$JAVA" -XX:+UseSerialGC -XX:MaxNewSize=64m -XX:+UseCompactObjectHeaders -Xss512k "-Xmx$heap" -XX:+ExitOnOutOfMemoryError \
      "${QUICK_START_OPTIONS[@]}" \
      --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
      "-Dopsconductor.process=$part" ${OPSCONDUCTOR_JAVA_OPTS:-} "$@"
  ) </dev/null >>"$log" 2>&1 &
  pid=$!
  set +m
  disown "$pid" 2>/dev/null
  record_process "$(pid_file "$part")" "$pid"
}

# The runner may find credentials in its environment; the part that thinks must not inherit them.
forget_credentials() {
  local name
  for name in $(compgen -e); do
    case $name in
      OPSCONDUCTOR_RUNNER_*) unset "$name" ;;
      PATH | HOME | LANG | LC_* | TZ | TMPDIR | OPSCONDUCTOR_*) ;;
      *) unset "$name" ;;
    esac
  done
}

start_part() { # PART
  case $1 in
    demo)
      rm -f "$OPSCONDUCTOR_HOME/demo/ready"
      launch demo 96m -XX:TieredStopAtLevel=1 -Dslf4j.internal.verbosity=ERROR \
        -cp "$(class_path acceptance)" io.opsconductor.acceptance.demo.DemoTargets --home "$OPSCONDUCTOR_HOME"
      ;;
    runner)
      OPSCONDUCTOR_RUNNER_API_PORT=$RUNNER_API_PORT \
        OPSCONDUCTOR_RUNNER_HEALTH_PORT=$RUNNER_HEALTH_PORT \
        OPSCONDUCTOR_RUNNER_INVENTORY=$(runner_inventory) \
        OPSCONDUCTOR_RUNNER_POLICY=$(runner_policy) \
        OPSCONDUCTOR_RUNNER_TOOLS=$(runner_tools) \
        launch runner 160m -cp "$(class_path runner)" io.opsconductor.runner.Main
      ;;
    chatbot)
      # Priorities count, so that whatever is being thought about waits for what has to be acknowledged; compiling comes
      # between the two. The JVM warns that it may not raise any, which nobody asks of it.
      OPSCONDUCTOR_CHATBOT_PORT=$CHATBOT_PORT \
        OPSCONDUCTOR_CHATBOT_RUNNER_URL=https://127.0.0.1:$RUNNER_API_PORT \
        launch chatbot "$CHATBOT_HEAP" -XX:ThreadPriorityPolicy=1 -XX:JavaPriority1_To_OSPriority=10 \
        -XX:CompilerThreadPriority=3 -XX:-PrintWarnings -cp "$(class_path chat-adapters)" io.opsconductor.chat.Main
      ;;
  esac
}

stop_part() { # PART
  local pid deadline
  if ! pid=$(pid_of "$1"); then
    rm -f "$(pid_file "$1")"
    return 1
  fi
  kill "$pid" 2>/dev/null
  deadline=$((SECONDS + STOP_SECONDS))
  while pid_of "$1" >/dev/null; do
    if [ "$SECONDS" -ge "$deadline" ]; then
      warn "The $1 (pid $pid) did not stop within $STOP_SECONDS s and is killed."
      kill -KILL "$pid" 2>/dev/null
      deadline=$((SECONDS + STOP_SECONDS))
    fi
    sleep 0.1
  done
  rm -f "$(pid_file "$1")"
}

port_taken() { # PORT
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

port_holder() { # PORT: prints who, as far as this user may know
  local found=
  if command -v lsof >/dev/null 2>&1; then
    found=$(lsof -nP -iTCP:"$1" -sTCP:LISTEN -Fpc 2>/dev/null | sed -n -e 's/^p/pid /p' -e 's/^c/ /p' | head -n 2 | tr -d '\n')
  fi
  if [ -z "$found" ] && command -v ss >/dev/null 2>&1; then
    found=$(ss -ltnpH "sport = :$1" 2>/dev/null | sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/pid \2 \1/p' | head -n 1)
  fi
  printf '%s' "${found:-another process}"
}

require_port() { # PORT VARIABLE FOR
  port_taken "$1" || return 0
  warn "Port $1, which the $3 needs, is taken by $(port_holder "$1")."
  warn "Stop that, or choose another port: $2=$(($1 > 64000 ? $1 - 1000 : $1 + 1000)) ./opsconductor up"
  return 1
}

require_ports() { # PART
  case $1 in
    runner)
      require_port "$RUNNER_API_PORT" OPSCONDUCTOR_RUNNER_API_PORT runner &&
        require_port "$RUNNER_HEALTH_PORT" OPSCONDUCTOR_RUNNER_HEALTH_PORT "runner (health)"
      ;;
    chatbot) require_port "$CHATBOT_PORT" OPSCONDUCTOR_CHATBOT_PORT chatbot ;;
  esac
}
