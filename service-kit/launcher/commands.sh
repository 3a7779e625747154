# shellcheck shell=bash
# Commands that are a short-lived Java process of their own.

java_line() { # MODULE CLASS ARGUMENT...: sets JAVA_LINE; JAVA_LINE_HEAP is the most memory it may take, JAVA_LINE_TIER how far it compiles
  local class_path
  class_path=$(class_path "$1"):$ROOT/$1/target/terminal-lib/*
  shift
  # shellcheck disable=SC2206 # several options in one variable
  JAVA_LINE=("$JAVA" -XX:+UseSerialGC "-XX:TieredStopAtLevel=${JAVA_LINE_TIER:-1}" "-Xmx${JAVA_LINE_HEAP:-192m}"
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${OPSCONDUCTOR_JAVA_OPTS:-}
    -cp "$class_path" "$@")
}

become_java() { # MODULE CLASS ARGUMENT...
  java_line "$@"
  exec "${JAVA_LINE[@]}"
}

prepared() {
  # What runs keeps its jars; a command beside it does not replace them.
  if ! { any_running && built; }; then
    ensure_built
  fi
  find_jdk
}

runner_command() { # NAME ARGUMENT...
  prepared
  environment_ports
  load_settings || :
  OPSCONDUCTOR_RUNNER_API_PORT=${OPSCONDUCTOR_RUNNER_API_PORT:-$RUNNER_API_PORT}
  OPSCONDUCTOR_RUNNER_HEALTH_PORT=${OPSCONDUCTOR_RUNNER_HEALTH_PORT:-$RUNNER_HEALTH_PORT}
  OPSCONDUCTOR_CHATBOT_PORT=${OPSCONDUCTOR_CHATBOT_PORT:-$CHATBOT_PORT}
  OPSCONDUCTOR_RUNNER_INVENTORY=${OPSCONDUCTOR_RUNNER_INVENTORY:-$(runner_inventory)}
  OPSCONDUCTOR_RUNNER_POLICY=${OPSCONDUCTOR_RUNNER_POLICY:-$(runner_policy)}
  OPSCONDUCTOR_RUNNER_TOOLS=${OPSCONDUCTOR_RUNNER_TOOLS:-$(runner_tools)}
  export OPSCONDUCTOR_RUNNER_API_PORT OPSCONDUCTOR_RUNNER_HEALTH_PORT OPSCONDUCTOR_RUNNER_INVENTORY \
    OPSCONDUCTOR_RUNNER_POLICY OPSCONDUCTOR_RUNNER_TOOLS OPSCONDUCTOR_CHATBOT_PORT
  # How wide a table may be, where a person looks at it.
  [ -t 1 ] && COLUMNS=$(tput cols 2>/dev/null) && export COLUMNS
  become_java runner io.opsconductor.runner.cli.RunnerCli "$@"
}

support_bundle() { # ARGUMENT...: what the threads do that run here goes with the logs
  local part pid threads
  prepared
  for part in runner chatbot; do
    threads=$OPSCONDUCTOR_HOME/logs/$part-threads.txt
    rm -f "$threads"
    if pid=$(pid_of "$part") && [ -x "$JAVA_HOME/bin/jcmd" ]; then
      (umask 077 && "$JAVA_HOME/bin/jcmd" "$pid" Thread.print >"$threads" 2>&1) || :
    fi
  done
  runner_command support-bundle "$@"
}

find_chat() { # ARGUMENT...: where the chat is that runs
  prepared
  if [ -z "${OPSCONDUCTOR_CHAT_URL:-}" ]; then
    environment_ports
    if any_running; then load_settings; fi
    case " $* " in *' --help '* | *' -h '*) false ;; *) ! port_taken "$CHATBOT_PORT" ;; esac &&
      fail 3 "Nobody answers on port $CHATBOT_PORT. Start OpsConductor first: ./opsconductor up"
    export OPSCONDUCTOR_CHAT_URL=http://localhost:$CHATBOT_PORT
  fi
}

chat() {
  find_chat "$@"
  become_java chat-adapters io.opsconductor.chat.terminal.ChatCommand "$@"
}

tools() { # try asks the chat that runs, new, lint and schema need nobody, and the rest is the runner's
  case ${1:-} in
    try)
      shift
      find_chat "$@"
      become_java chat-adapters io.opsconductor.chat.terminal.TryCommand "$@"
      ;;
    new | lint | schema) author "$@" ;;
    *) runner_command tools "$@" ;;
  esac
}

author() { # COMMAND ARGUMENT...; --tenant NAME stands for the folders of that tenant
  # What it says while it builds is no part of the schema.
  prepared >&2
  environment_ports
  load_settings || :
  local tools=${OPSCONDUCTOR_RUNNER_TOOLS:-$(runner_tools)} tenant='' folder
  local rest=()
  while [ $# -gt 0 ]; do
    case $1 in
      --tenant=*) tenant=${1#*=} ;;
      --tenant)
        tenant=${2:-}
        [ $# -gt 1 ] && shift
        ;;
      *) rest+=("$1") ;;
    esac
    shift
  done
  if [ -n "$tenant" ]; then
    folder=$(runner_command tools folders --tenant "$tenant") || exit $?
    tools=$(printf '%s' "$folder" | tr '\n' ',')
  fi
  forget_credentials
  export OPSCONDUCTOR_RUNNER_TOOLS=$tools
  become_java chat-adapters io.opsconductor.chat.author.AuthorCommand "${rest[@]}"
}

slack() {
  prepared
  environment_ports
  if any_running; then load_settings; fi
  # What the chatbot would inherit, so that the check reads the very same settings.
  forget_credentials
  export OPSCONDUCTOR_CHATBOT_PORT=$CHATBOT_PORT
  become_java chat-adapters io.opsconductor.chat.slack.command.SlackCommand "$@"
}

teams() {
  # What the chatbot would inherit, so that the check reads the very same settings.
  prepared
  environment_ports
  if any_running; then load_settings; fi
  forget_credentials
  export OPSCONDUCTOR_CHATBOT_PORT=$CHATBOT_PORT
  become_java chat-adapters io.opsconductor.chat.teams.command.TeamsCommand "$@"
}

store() { # COMMAND PROCESS ARGUMENT...: each process's store is its own program's
  prepared
  case " $* " in
    *' chatbot '*)
      forget_credentials
      become_java chat-adapters io.opsconductor.chat.ChatbotStore "$@"
      ;;
    *) become_java runner io.opsconductor.runner.cli.RunnerStore "$@" ;;
  esac
}

eval_brain() {
  # What it says while it builds is no part of the figures.
  prepared >&2
  environment_ports
  load_settings || :
  local tools=${OPSCONDUCTOR_RUNNER_TOOLS:-$(runner_tools)}
  # What the chatbot would inherit, so that the very same model is measured.
  forget_credentials
  export OPSCONDUCTOR_RUNNER_TOOLS=$tools
  # As the chatbot runs, or the times would be those of another program.
  JAVA_LINE_HEAP=$CHATBOT_HEAP JAVA_LINE_TIER=4 become_java chat-adapters io.opsconductor.chat.eval.EvalCommand "$@"
}

model() {
  prepared
  # What the chatbot would inherit, so that the check reads the very same settings.
  forget_credentials
  become_java chat-adapters io.opsconductor.chat.model.ModelCommand "$@"
}

bench() {
  prepared
  case " $* " in *' --help '* | *' -h '*) ;; *) any_running || ensure_quick_start ;; esac
  [ -f "$ROOT/acceptance/target/classes/io/opsconductor/acceptance/bench/Bench.class" ] ||
    fail 3 "'bench' is not in this version yet. What there is: ./opsconductor help"
  environment_ports
  if any_running; then load_settings; fi
  # The bench plays Slack, which remembers what was said.
  JAVA_LINE_HEAP=1g become_java acceptance io.opsconductor.acceptance.bench.Bench "$@"
}
