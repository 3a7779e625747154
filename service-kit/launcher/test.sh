# shellcheck shell=bash
# The tests and what they need on the machine: real clients and servers, Slack's own clients on Node, and a real browser.

# command:Debian package
TEST_TOOLS="git:git ssh:openssh-client ping:iputils-ping traceroute:traceroute ps:procps openssl:openssl sudo:sudo setpriv:util-linux ip:iproute2 df:coreutils zip:zip unzip:unzip iptables:iptables snmpget:snmp node:nodejs npm:npm"

find_browser() { # prints Chromium or Chrome
  local name path
  for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do
    path=$(command -v "$name" 2>/dev/null) || continue
    # Ubuntu's package is a script that only points at the snap.
    if "$path" --version >/dev/null 2>&1; then
      printf '%s' "$path"
      return 0
    fi
  done
  path="/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
  [ -x "$path" ] && printf '%s' "$path"
}

find_driver() { # prints chromedriver; without one Selenium fetches the one that fits
  local name
  for name in chromedriver /usr/lib/chromium/chromedriver /usr/lib/chromium-browser/chromedriver /snap/bin/chromium.chromedriver; do
    command -v "$name" 2>/dev/null && return 0
  done
  return 1
}

is_ubuntu() { grep -q '^ID=ubuntu' /etc/os-release 2>/dev/null; }

missing_packages() {
  local pair missing=
  for pair in $TEST_TOOLS; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair#*:}"
  done
  # What a restart of a machine is tried with. Elsewhere the bus may be another; then that one is not tried.
  command -v dbus-daemon >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1 || missing="$missing dbus-daemon"
  # Debian's own Python, which is not always the first on the path, knows Debian's packages.
  /usr/bin/python3 -c 'import winrm, requests_ntlm' >/dev/null 2>&1 || missing="$missing python3-winrm"
  [ -x /usr/sbin/mariadbd ] || command -v mariadbd >/dev/null 2>&1 || missing="$missing mariadb-server-core mariadb-client-core"
  [ -x /usr/sbin/sshd ] || command -v sshd >/dev/null 2>&1 || missing="$missing openssh-server"
  [ -x /usr/sbin/snmpd ] || command -v snmpd >/dev/null 2>&1 || missing="$missing snmpd"
  [ -x /usr/sbin/rsyslogd ] || command -v rsyslogd >/dev/null 2>&1 || missing="$missing rsyslog"
  if ! find_browser >/dev/null; then
    # On Ubuntu these two are shells around a snap; see the browser below.
    is_ubuntu || missing="$missing chromium chromium-driver"
  elif ! is_ubuntu && ! find_driver >/dev/null && command -v chromium >/dev/null 2>&1; then
    missing="$missing chromium-driver"
  fi
  printf '%s' "${missing# }"
}

as_root() { # COMMAND...: false when this user may not
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    return 126
  fi
}

install_packages() { # PACKAGE...
  say "Installing what the tests need: $*"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update >/dev/null &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "$@" >/dev/null
}

need_packages() {
  local missing
  missing=$(missing_packages)
  [ -n "$missing" ] || return 0
  if command -v apt-get >/dev/null 2>&1; then
    # shellcheck disable=SC2086 # a list of packages
    install_packages $missing || fail 3 "The tests need packages that could not be installed here. As root:
  apt-get update && apt-get install -y --no-install-recommends $missing"
    missing=$(missing_packages)
  fi
  [ -z "$missing" ] || fail 3 "The tests need these, under your system's own names (Debian's are): $missing"
}

need_browser() {
  find_browser >/dev/null && return 0
  if is_ubuntu && command -v snap >/dev/null 2>&1; then
    say "Installing what the tests need: the snap chromium"
    as_root snap install chromium && find_browser >/dev/null && return 0
  fi
  fail 3 "The tests need Chromium or Google Chrome. On Ubuntu, where Chromium is a snap:
  sudo snap install chromium
or, where snaps do not run (containers):
  curl -fLO https://dl.google.com/linux/direct/google-chrome-stable_current_amd64.deb && sudo apt-get install -y ./google-chrome-stable_current_amd64.deb"
}

run_tests() { # MAVEN-ARGUMENT...
  local status
  find_jdk
  if any_running; then
    fail 3 "OpsConductor is running from the jars the tests are about to build. First: ./opsconductor down"
  fi
  need_packages
  need_browser
  OPSCONDUCTOR_TEST_BROWSER=$(find_browser)
  OPSCONDUCTOR_TEST_DRIVER=$(find_driver)
  export OPSCONDUCTOR_TEST_BROWSER OPSCONDUCTOR_TEST_DRIVER OPSCONDUCTOR_SKIP_BUILD=yes
  # What lives for seconds is not worth the JVM's second compiler.
  export OPSCONDUCTOR_JAVA_OPTS=${OPSCONDUCTOR_JAVA_OPTS:--XX:TieredStopAtLevel=1}
  mkdir -p "$ROOT/target" || fail 3 "The checkout $ROOT is not writable, so nothing can be built in it."
  take_lock "$ROOT/target/build-lock" 900 || fail 3 "Another build has been at work for 15 minutes. If there is none, remove $ROOT/target/build-lock"
  trap 'release_lock "$ROOT/target/build-lock"' EXIT
  : >"$BUILD_STAMP.begun"
  (cd "$ROOT" && ./mvnw -B -T 2 verify "$@")
  status=$?
  if [ "$status" -eq 0 ] && built; then
    mv -f "$BUILD_STAMP.begun" "$BUILD_STAMP"
  fi
  [ "$status" -eq 0 ] || fail 1 "The tests did not pass."
}

# Microsoft's Agents Playground as the client; it is fetched for this test alone, because its licence is for evaluation.
run_playground() { # MAVEN-ARGUMENT...
  export OPSCONDUCTOR_TEST_PLAYGROUND=yes
  run_tests -pl runner,chat-adapters,acceptance -am -Dtest=TeamsPlaygroundTest -Dsurefire.failIfNoSpecifiedTests=false "$@"
}
