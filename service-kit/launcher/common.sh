# shellcheck shell=bash
# Words to the user, files and locks.

say() { printf '%s\n' "$*" 2>/dev/null; } # also to a reader that went away

warn() { printf '%s\n' "$*" >&2; }

fail() { # CODE SENTENCE...
  local code=$1
  shift
  warn "$*"
  exit "$code"
}

usage() {
  cat <<'TEXT'
usage: ./opsconductor COMMAND

  up         build what is not built, start everything, print the address of the chat
               --no-demo         without the demo's SSH servers (needs --inventory and --policy)
               --inventory FILE  your targets, beside the demo's, or an Ansible inventory; may be repeated
               --policy FILE     your rules instead of the demo's
               --tools DIR       your tools beside the shipped ones; may be repeated
               --detach          return when everything is ready; nothing is restarted then
  down       stop everything
  status     what is running, where, and whether it is healthy
  chat       the chat in this terminal; chat "check disk space on web-server-01" for one request
  slack      set the Slack app up: slack manifest, slack check; docs/slack.md takes you through it
  teams      set the app for Microsoft Teams up: teams package, teams check; docs/teams.md takes you through it
  model      look at the language model that is set: model check [--json]; docs/models.md takes you through it
  inventory  inventory list, inventory check [SELECTION]: which machines there are, and whether they can be reached
  hosts      hosts enrol NAME: show the keys that a machine presents, and trust them when you say yes
  tools      tools list, tools new, tools lint [FILE], tools try NAME KEY=VALUE --target T, tools schema: look at the
             tools, and write your own; docs/writing-tools.md
  policy, audit, keys
             look at and check what the runner works with; each has --help
  db         db migrate chatbot or runner: from its file to PostgreSQL; db backup chatbot FILE; docs/storage.md
  support-bundle
             one archive for somebody who helps, without secrets; docs/operations.md
  test       install what the tests need where allowed, and run them; arguments go to Maven
               teams-playground  only the one with Microsoft's Agents Playground as the client, which it fetches
  eval       measure how requests are understood: eval [--requests SET] [--builtin] [--json] [--compare FILE]; docs/understanding.md
  bench      measure: bench [start, chat, slack, brain, runner, fleet or kills] [--json]; docs/operations.md
  images     build the container images with Docker, Podman or Buildah: images [--platform LIST] [--push]; docs/install-compose.md
  help       this text

Everything it writes lies in OPSCONDUCTOR_HOME (default: .opsconductor in the checkout).
Ports: OPSCONDUCTOR_CHATBOT_PORT (3005), OPSCONDUCTOR_RUNNER_API_PORT (3003), OPSCONDUCTOR_RUNNER_HEALTH_PORT
(8010). More JVM options: OPSCONDUCTOR_JAVA_OPTS.
TEXT
}

# PATH: absolute, without asking that it exists.
absolute() {
  case $1 in
    /*) printf '%s' "$1" ;;
    *) printf '%s/%s' "$PWD" "$1" ;;
  esac
}

write_file() { # FILE, content on stdin: whole or not at all
  cat >"$1.new" && mv -f "$1.new" "$1"
}

prepare_home() {
  local umask_before
  umask_before=$(umask)
  umask 077
  mkdir -p "$OPSCONDUCTOR_HOME/logs" "$OPSCONDUCTOR_HOME/run" 2>/dev/null ||
    fail 3 "The directory $OPSCONDUCTOR_HOME cannot be made. Set OPSCONDUCTOR_HOME to one you can write."
  [ -w "$OPSCONDUCTOR_HOME/run" ] ||
    fail 3 "The directory $OPSCONDUCTOR_HOME is not yours to write. Set OPSCONDUCTOR_HOME to another one."
  umask "$umask_before"
}

# When a process began, as the system counts it: with the pid this names one process and never a later one that
# was given the same pid. Nothing for a process that is gone or only waits to be reaped.
process_start() { # PID
  local stat state
  case ${1:-} in '' | *[!0-9]*) return 1 ;; esac
  if [ -d /proc/self ]; then
    IFS= read -r stat 2>/dev/null <"/proc/$1/stat" || return 1
    # The name in parentheses may hold blanks; the state is the first field after it, the start the twentieth.
    # shellcheck disable=SC2086 # split on purpose
    set -- ${stat##*) }
    [ "$1" != Z ] && [ "$1" != X ] && printf '%s' "${20}"
  else
    state=$(ps -o state= -p "$1" 2>/dev/null) || return 1
    case $state in Z*) return 1 ;; esac
    ps -o lstart= -p "$1" 2>/dev/null | tr -s ' ' '_'
  fi
}

# FILE holds the pid alone, as everyone expects of a pid file; FILE.start tells it from a later process of that pid.
record_process() { # FILE PID
  printf '%s\n' "$(process_start "$2")" | write_file "$1.start"
  printf '%s\n' "$2" | write_file "$1"
}

recorded_process() { # FILE: prints the pid if that very process is still there
  local pid start
  read -r pid 2>/dev/null <"$1" && read -r start 2>/dev/null <"$1.start" || return 1
  [ -n "$start" ] && [ "$(process_start "$pid")" = "$start" ] && printf '%s' "$pid"
}

# A directory is a lock: making it succeeds for one process only, on every file system.
take_lock() { # DIRECTORY SECONDS
  local deadline=$((SECONDS + $2)) waiting=no
  until mkdir "$1" 2>/dev/null; do
    [ -d "$(dirname "$1")" ] || return 1
    if [ -s "$1/holder" ] && ! recorded_process "$1/holder" >/dev/null; then
      # Moved first: of two who see the same dead holder, one gets to remove it.
      mv "$1" "$1.dead.$$" 2>/dev/null && rm -rf "$1.dead.$$"
      continue
    fi
    [ "$SECONDS" -lt "$deadline" ] || return 1
    [ "$waiting" = yes ] || say "Another ./opsconductor is at work here; waiting for it ..."
    waiting=yes
    sleep 0.2
  done
  record_process "$1/holder" "$$"
}

release_lock() { # DIRECTORY: if this process holds it
  local pid
  read -r pid 2>/dev/null <"$1/holder" && [ "$pid" = "$$" ] && rm -rf "$1"
}
