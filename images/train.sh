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

start() { # PART: without the second compiler, so that the file holds classes and no profiles
  sed -e "s:^-XX\:AOTCache=.*:-XX\:AOTCacheOutput=/trained/$1/start.aot:" -e '1i -XX:TieredStopAtLevel=1' \
    "/opt/opsconductor/$1/start" >"/tmp/$1.start"
  "/opt/opsconductor/$1/jre/bin/java" "@/tmp/$1.start" >"/tmp/$1.log" 2>&1 &
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
rm -rf "$OPSCONDUCTOR_HOME"
if [ ! -s /trained/chatbot/start.aot ] || [ ! -s /trained/runner/start.aot ]; then
  tail -n 20 /tmp/runner.log /tmp/chatbot.log >&2
  echo "The JVM wrote no cache." >&2
  exit 1
fi
chmod 0644 /trained/*/start.aot
find /trained -exec touch -d "@${SOURCE_DATE_EPOCH:-0}" {} +
