# Starts both parts in the build container as they are started later, stops them in order, and keeps what the JVM
# learned. `no` as argument leaves it out, for images that can be compared from one build to the next.
set -eu

mkdir -p /trained/chatbot /trained/runner
[ "$1" = yes ] || exit 0

export OPSCONDUCTOR_HOME=/tmp/training LANG=C.UTF-8
export OPSCONDUCTOR_RUNNER_TOOLS=/opt/opsconductor/runner/tools
mkdir -p "$OPSCONDUCTOR_HOME"
cp /opt/opsconductor/runner/example/* "$OPSCONDUCTOR_HOME/"
/opt/opsconductor/runner/jre/bin/java @/opt/opsconductor/runner/command keys init --home "$OPSCONDUCTOR_HOME"

# Recording and writing are two runs: for both in one, the JVM would have to start a process, which the chatbot's cannot.
# Without the second compiler, so that the file holds classes and no profiles.
java() { # PART MODE OPTION...: in the place of the option that uses the file
  local part=$1 mode=$2
  shift 2
  sed -e '1i -XX:TieredStopAtLevel=1' -e "s:^-XX\:AOTCache=.*:-XX\:AOTMode=$mode:" "/opt/opsconductor/$part/start" >"/tmp/$part.$mode"
  exec "/opt/opsconductor/$part/jre/bin/java" "-XX:AOTConfiguration=/tmp/$part.learned" "$@" "@/tmp/$part.$mode"
}

start() { # PART
  java "$1" record >"/tmp/$1.log" 2>&1 &
}

keep() { # PART
  (java "$1" create "-XX:AOTCache=/trained/$1/start.aot") >>"/tmp/$1.log" 2>&1 || :
}

start runner
runner=$!
start chatbot
chatbot=$!
tries=0
until /opt/opsconductor/chatbot/jre/bin/java @/opt/opsconductor/chatbot/health http://localhost:3005/health >/dev/null 2>&1; do
  tries=$((tries + 1))
  if [ "$tries" -gt 120 ] || ! kill -0 "$runner" || ! kill -0 "$chatbot"; then
    cat /tmp/runner.log /tmp/chatbot.log >&2
    echo "The parts could not be started for training." >&2
    exit 1
  fi
  sleep 0.5
done
kill -TERM "$chatbot" "$runner"
wait "$chatbot" || :
wait "$runner" || :
keep chatbot
keep runner
rm -rf "$OPSCONDUCTOR_HOME"
if [ ! -s /trained/chatbot/start.aot ] || [ ! -s /trained/runner/start.aot ]; then
  tail -n 20 /tmp/runner.log /tmp/chatbot.log >&2
  echo "The JVM wrote no cache." >&2
  exit 1
fi
chmod 0644 /trained/*/start.aot
find /trained -exec touch -d "@${SOURCE_DATE_EPOCH:-0}" {} +
