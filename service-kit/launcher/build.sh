# shellcheck shell=bash
# Builds the jars when they are missing or older than the sources.

MODULES="tool-library service-kit runner brain acceptance/counterparts chat-adapters acceptance"
BUILD_STAMP=$ROOT/target/opsconductor-built
VERSION=$(sed -n 's:.*<version>\(.*\)</version>.*:\1:p' "$ROOT/pom.xml" | head -n 1)

jar_of() { # MODULE
  printf '%s' "$ROOT/$1/target/$1-$VERSION.jar"
}

class_path() { # MODULE
  printf '%s:%s' "$(jar_of "$1")" "$ROOT/$1/target/lib/*"
}

built() {
  local module
  for module in runner chat-adapters acceptance; do
    [ -f "$(jar_of "$module")" ] && [ -d "$ROOT/$module/target/lib" ] || return 1
  done
}

# The stamp carries the time the last build began, so that an edit made during a build is seen.
stale() {
  local module
  local -a sources
  [ -f "$BUILD_STAMP" ] || return 0
  sources=("$ROOT/pom.xml")
  for module in $MODULES; do
    sources+=("$ROOT/$module/pom.xml" "$ROOT/$module/src/main")
  done
  [ -n "$(find "${sources[@]}" -newer "$BUILD_STAMP" -print 2>/dev/null | head -n 1)" ]
}

ensure_built() {
  # The tests call this script while the build that runs them holds the lock.
  if built && [ "${OPSCONDUCTOR_SKIP_BUILD:-no}" = yes ]; then
    return 0
  fi
  if built && ! stale; then
    return 0
  fi
  find_jdk
  prepare_home
  mkdir -p "$ROOT/target" || fail 3 "The checkout $ROOT is not writable, so nothing can be built in it."
  take_lock "$ROOT/target/build-lock" 900 || fail 3 "Another build has been at work for 15 minutes. If there is none, remove $ROOT/target/build-lock"
  # Somebody else may have built while we waited.
  if built && ! stale; then
    release_lock "$ROOT/target/build-lock"
    return 0
  fi
  build
  release_lock "$ROOT/target/build-lock"
}

build() {
  local log=$OPSCONDUCTOR_HOME/logs/build.log began=$SECONDS status
  if [ -d "$HOME/.m2/repository" ]; then
    printf 'Building ... '
  else
    printf 'Building; the first time this downloads the libraries, which takes a few minutes ... '
  fi
  : >"$BUILD_STAMP.begun"
  # Sources of tests are the tests' business: `./opsconductor test` compiles and runs them.
  (cd "$ROOT" && ./mvnw -q -B -Dmaven.test.skip=true package) >"$log" 2>&1
  status=$?
  if [ "$status" -ne 0 ] || ! built; then
    say "failed after $((SECONDS - began)) s."
    tail -n 25 "$log" >&2
    release_lock "$ROOT/target/build-lock"
    fail 3 "The build failed; all of it is in $log"
  fi
  mv -f "$BUILD_STAMP.begun" "$BUILD_STAMP"
  say "done in $((SECONDS - began)) s."
}
