# shellcheck shell=bash
# Finds a JDK that can build and run OpsConductor, and says how to get one.

OLDEST_JDK=25
JAVA=

# The major version in a JDK's release file; nothing for a JRE or another directory.
jdk_version() { # DIRECTORY
  local line
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  line=$(grep '^JAVA_VERSION=' "$1/release") || return 1
  line=${line#JAVA_VERSION=\"}
  line=${line%%[!0-9]*}
  [ -n "$line" ] && printf '%s' "$line"
}

javac_on_path() { # prints the JDK that javac on PATH belongs to
  local file link
  file=$(command -v javac 2>/dev/null) || return 1
  while [ -L "$file" ]; do
    link=$(readlink "$file")
    case $link in /*) file=$link ;; *) file=$(dirname "$file")/$link ;; esac
  done
  (cd -P "$(dirname "$file")/.." 2>/dev/null && pwd)
}

find_jdk() { # sets JAVA_HOME and JAVA, or ends
  local candidate version seen=
  local -a candidates
  [ -n "$JAVA" ] && return 0
  candidates=("${JAVA_HOME:-}" "$(javac_on_path)")
  for candidate in /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* \
    /opt/* /opt/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    candidates+=("$candidate")
  done
  for candidate in "${candidates[@]}"; do
    [ -n "$candidate" ] || continue
    version=$(jdk_version "$candidate") || continue
    if [ "$version" -ge "$OLDEST_JDK" ]; then
      export JAVA_HOME=$candidate
      JAVA=$candidate/bin/java
      return 0
    fi
    case $seen in
      *" $candidate"$'\n'*) ;;
      *) seen="$seen  JDK $version in $candidate"$'\n' ;;
    esac
  done
  no_jdk "$seen"
}

no_jdk() { # WHAT WAS FOUND
  warn "OpsConductor needs a JDK $OLDEST_JDK or newer, and found none."
  if [ -n "$1" ]; then
    warn "Found, but too old:"
    printf '%s' "$1" >&2
  fi
  cat >&2 <<'TEXT'
It looked at JAVA_HOME, PATH, /usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks and /Library/Java/JavaVirtualMachines.
To get one:
  macOS          brew install --cask temurin@25
  Debian/Ubuntu  sudo apt-get install openjdk-25-jdk      (or Temurin 25: https://adoptium.net/installation/linux/)
  Fedora         sudo dnf install java-25-openjdk-devel
  any, no root   curl -s https://get.sdkman.io | bash, then: sdk install java 25-tem
  by hand        https://adoptium.net/temurin/releases/?version=25, unpack, and set JAVA_HOME to it
Then run this again.
TEXT
  exit 3
}
