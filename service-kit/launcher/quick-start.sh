# shellcheck shell=bash
# A start is quick when the JVM finds its classes ready in a file (its AOT cache) instead of reading and linking them
# anew. Such a file holds what one earlier start used. That start is made here, once for each build, in a home of its
# own that is removed again; what runs for people only ever reads the files.

QUICK_START=$ROOT/target/quick-start
QUICK_START_STAMP=$QUICK_START/made-for

# Whether the files were made by this JDK, from the jars that are there. The JVM looks again by itself, and starts
# without them, slower, where they do not fit.
quick_start_made() {
  local module
  [ "$(cat "$QUICK_START_STAMP" 2>/dev/null)" = "$(this_jdk)" ] || return 1
  for module in runner chat-adapters acceptance; do
    # Copied libraries keep their times; the directory has the time of the copying.
    [ "$QUICK_START_STAMP" -nt "$(jar_of "$module")" ] && [ "$QUICK_START_STAMP" -nt "$ROOT/$module/target/lib" ] || return 1
  done
}

this_jdk() { printf '%s\n' "$JAVA_HOME" && cat "$JAVA_HOME/release"; }

quick_start_options() { # PART: sets QUICK_START_OPTIONS
  QUICK_START_OPTIONS=(-Xlog:aot*=off -Xlog:cds*=off)
  case " ${OPSCONDUCTOR_JAVA_OPTS:-} " in
    # The JVM refuses to start with both.
    *' -Xshare:'* | *SharedArchiveFile* | *SharedClassListFile* | *DumpLoadedClassList* | *' -XX:AOT'*) return 0 ;;
  esac
  if recording_start; then
    # Without the second compiler, so that the file holds classes and no profiles: with profiles that compiler sets to
    # work at once, and takes the processor from the start.
    QUICK_START_OPTIONS+=("-XX:AOTCacheOutput=$OPSCONDUCTOR_RECORD_START/$1.aot" -XX:TieredStopAtLevel=1)
  elif [ -f "$QUICK_START/$1.aot" ] && quick_start_made; then
    QUICK_START_OPTIONS+=("-XX:AOTCache=$QUICK_START/$1.aot")
  fi
}

recording_start() { [ -n "${OPSCONDUCTOR_RECORD_START:-}" ]; }

ensure_quick_start() {
  if recording_start || quick_start_made || ! mkdir -p "$ROOT/target" 2>/dev/null; then
    return 0
  fi
  # Not the build's lock: the tests start what they test while they hold that one.
  take_lock "$ROOT/target/quick-start-lock" 900 || return 0
  quick_start_made || make_quick_start
  release_lock "$ROOT/target/quick-start-lock"
}

make_quick_start() {
  local began=$SECONDS log=$OPSCONDUCTOR_HOME/logs/quick-start.log
  prepare_home
  printf 'Making the next starts quick ... '
  rm -rf "$QUICK_START"
  mkdir -p "$QUICK_START/new"
  if record_start >"$log" 2>&1 && mv "$QUICK_START"/new/*.aot "$QUICK_START/" 2>>"$log"; then
    say "done in $((SECONDS - began)) s."
  else
    say "not possible, so they take a few seconds more; see $log"
  fi
  rm -rf "$QUICK_START/new"
  # Also after a failure, which the next start would only meet again.
  this_jdk >"$QUICK_START_STAMP"
}

# The JVM writes its file while it ends in order, and only then. Ctrl-C does not reach the stopping: nothing that was
# started here may stay.
record_start() (
  port=$(free_ports) || exit 1
  trap 'trap "" INT TERM HUP; elsewhere "$port" down' EXIT
  elsewhere "$port" up --detach
)

elsewhere() { # PORT COMMAND...: in a home of its own, on three ports, with nothing of what the user has set
  local port=$1
  shift
  env -i PATH="$PATH" HOME="$HOME" JAVA_HOME="$JAVA_HOME" TMPDIR="${TMPDIR:-/tmp}" LANG="${LANG:-C}" \
    OPSCONDUCTOR_RECORD_START="$QUICK_START/new" OPSCONDUCTOR_SKIP_BUILD=yes \
    OPSCONDUCTOR_HOME="$QUICK_START/new/home" OPSCONDUCTOR_CHATBOT_PORT="$port" \
    OPSCONDUCTOR_RUNNER_API_PORT=$((port + 1)) OPSCONDUCTOR_RUNNER_HEALTH_PORT=$((port + 2)) \
    "$ROOT/opsconductor" "$@"
}

free_ports() { # prints the first of three free ports in a row
  local port try
  for try in 1 2 3 4 5 6 7 8 9 10; do
    port=$((20000 + RANDOM % 10000))
    if ! port_taken "$port" && ! port_taken $((port + 1)) && ! port_taken $((port + 2)); then
      printf '%s' "$port"
      return 0
    fi
  done
  return 1
}
