#!/usr/bin/env bash
# Looks at the built images and runs them as a cluster would: read-only root, no capabilities, no new privileges, a user
# that the image does not know. Usage: images/check.sh [podman|docker] [PREFIX] [TAG]. Exit codes: 0 all is well, 1 it is not.
set -u

engine=${1:-podman}
prefix=${2:-opsconductor}
tag=${3:-$(sed -n 's:.*<version>\(.*\)</version>.*:\1:p' "$(dirname "$0")/../pom.xml" | head -n 1)}
name=opsconductor-check-$$
failed=no
work=$(mktemp -d)

cleanup() {
  "$engine" rm -f "$name-runner" "$name-chatbot" "$name-files" >/dev/null 2>&1
  "$engine" volume rm -f "$name-home" >/dev/null 2>&1
  "$engine" network rm "$name" >/dev/null 2>&1
  rm -rf "$work"
}
trap cleanup EXIT

ok() { printf 'ok    %s\n' "$*"; }
bad() {
  printf 'FAIL  %s\n' "$*"
  failed=yes
}
expect() { # WHAT COMMAND...
  local what=$1
  shift
  if "$@"; then ok "$what"; else bad "$what"; fi
}

files() { # IMAGE: every file's path
  "$engine" create --name "$name-files" "$prefix/$1:$tag" >/dev/null
  "$engine" export "$name-files" | tar -t
  "$engine" rm "$name-files" >/dev/null
}

files chatbot >"$work/chatbot"
files runner >"$work/runner"
none() { # FILE PATTERN
  local found
  found=$(grep -E "$2" "$1" | head -n 5)
  [ -z "$found" ] || { printf '%s\n' "$found"; return 1; }
}
some() { grep -qE "$2" "$1"; }

programs=$(grep -E '(^|/)s?bin/[^/]+$' "$work/chatbot")
expect "the chatbot's only program is java" [ "$programs" = opt/opsconductor/chatbot/jre/bin/java ]
expect "the chatbot cannot start processes" none "$work/chatbot" 'jspawnhelper'
expect "the chatbot has no part of the runner and no client of a target" none "$work/chatbot" \
  'runner-[0-9]|sshj|winrm|mariadb|bcprov|tools/.*\.yaml'
expect "the runner has no chat platform and no language model" none "$work/runner" \
  'chat-adapters|brain-|bolt|slack|langchain|okhttp|microsoft'
for program in ping traceroute ssh curl; do
  expect "the runner has $program" some "$work/runner" "bin/$program\$"
done
for part in chatbot runner; do
  expect "the $part has a bill of materials" some "$work/$part" 'sbom\.cdx\.json'
done

confined=(--read-only --cap-drop ALL --security-opt no-new-privileges --user 23456:0
  --tmpfs "/tmp:rw,noexec,nosuid,nodev" --memory 768m)
# With a cache of classes in the images, a process that cannot use it does not start here.
if some "$work/chatbot" 'start\.aot$'; then
  confined+=(-e JDK_JAVA_OPTIONS=-XX:AOTMode=on)
fi

"$engine" network create "$name" >/dev/null || exit 1
"$engine" volume create "$name-home" >/dev/null || exit 1
# One home for both, as on one machine; a cluster gives each its own.
"$engine" run --rm --user 0:0 -v "$name-home:/home-of-both" --entrypoint /bin/sh "$prefix/runner:$tag" -ec '
  umask 077
  opsconductor keys init --home /home-of-both >/dev/null
  cp /opt/opsconductor/runner/example/* /home-of-both/
  chown -R 23456:0 /home-of-both' || bad "the keys could not be made"

started=$(date +%s%N)
"$engine" run -d --name "$name-runner" --hostname runner --network "$name" --network-alias runner "${confined[@]}" \
  --sysctl "net.ipv4.ping_group_range=0 2147483647" -v "$name-home:/var/lib/opsconductor" "$prefix/runner:$tag" >/dev/null
"$engine" run -d --name "$name-chatbot" --network "$name" "${confined[@]}" -v "$name-home:/var/lib/opsconductor" \
  -e OPSCONDUCTOR_CHATBOT_RUNNER_URL=https://runner:3003 "$prefix/chatbot:$tag" >/dev/null

tries=0
until "$engine" exec "$name-runner" curl -fsS -o /dev/null "http://localhost:8010/health" 2>/dev/null &&
  "$engine" exec -e JDK_JAVA_OPTIONS= "$name-chatbot" java @health http://localhost:3005/health >/dev/null 2>&1; do
  tries=$((tries + 1))
  if [ "$tries" -gt 150 ]; then
    "$engine" logs "$name-runner" | tail -n 5
    "$engine" logs "$name-chatbot" | tail -n 5
    bad "both are healthy"
    exit 1
  fi
  sleep 0.2
done
ok "both are healthy, $((($(date +%s%N) - started) / 1000000)) ms after the first was started (the probes included)"

answer=$("$engine" exec -e JDK_JAVA_OPTIONS= "$name-chatbot" java @chat --user alice --approve "ping this-runner" 2>&1)
if grep -q '127.0.0.1' <<<"$answer"; then ok "a person asks, approves, and reads what ran"; else
  bad "a person asks, approves, and reads what ran: $answer"
fi
expect "both journals hold" "$engine" exec -e JDK_JAVA_OPTIONS= "$name-runner" opsconductor audit verify
"$engine" images --format '{{.Repository}}:{{.Tag}} {{.Size}}' | grep "$prefix/[a-z]*:$tag"
[ "$failed" = no ]
