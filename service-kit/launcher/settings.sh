# shellcheck shell=bash
# Ports and files a start was given. They are kept in run/settings, so that the other commands, and a second
# `up`, mean the same instance.

DEMO=yes
INVENTORY=
POLICY=
TOOLS=
CHATBOT_PORT=
RUNNER_API_PORT=
RUNNER_HEALTH_PORT=

settings_file() { printf '%s' "$OPSCONDUCTOR_HOME/run/settings"; }

save_settings() {
  write_file "$(settings_file)" <<TEXT
demo=$DEMO
inventory=$INVENTORY
policy=$POLICY
tools=$TOOLS
chatbot_port=$CHATBOT_PORT
runner_api_port=$RUNNER_API_PORT
runner_health_port=$RUNNER_HEALTH_PORT
TEXT
}

load_settings() { # of the last start; false when there was none
  local line
  [ -r "$(settings_file)" ] || return 1
  while IFS= read -r line; do
    case $line in
      demo=*) DEMO=${line#*=} ;;
      inventory=*) INVENTORY=${line#*=} ;;
      policy=*) POLICY=${line#*=} ;;
      tools=*) TOOLS=${line#*=} ;;
      chatbot_port=*) CHATBOT_PORT=${line#*=} ;;
      runner_api_port=*) RUNNER_API_PORT=${line#*=} ;;
      runner_health_port=*) RUNNER_HEALTH_PORT=${line#*=} ;;
    esac
  done <"$(settings_file)"
}

environment_ports() {
  CHATBOT_PORT=$(port_from OPSCONDUCTOR_CHATBOT_PORT 3005) || exit 2
  RUNNER_API_PORT=$(port_from OPSCONDUCTOR_RUNNER_API_PORT 3003) || exit 2
  RUNNER_HEALTH_PORT=$(port_from OPSCONDUCTOR_RUNNER_HEALTH_PORT 8010) || exit 2
  if [ "$CHATBOT_PORT" = "$RUNNER_API_PORT" ] || [ "$CHATBOT_PORT" = "$RUNNER_HEALTH_PORT" ] ||
    [ "$RUNNER_API_PORT" = "$RUNNER_HEALTH_PORT" ]; then
    fail 2 "Three different ports are needed, not $CHATBOT_PORT, $RUNNER_API_PORT and $RUNNER_HEALTH_PORT."
  fi
}

port_from() { # VARIABLE DEFAULT
  local value=${!1:-$2}
  case $value in
    *[!0-9]* | ?????? | 0*) ;;
    *)
      if [ "$value" -le 65535 ]; then
        printf '%s' "$value"
        return 0
      fi
      ;;
  esac
  warn "$1 is '$value', not a port from 1 to 65535."
  return 1
}

append() { # LIST ITEM: prints the comma-separated list; either may be empty
  printf '%s' "${1:+$1${2:+,}}$2"
}

readable() { # WHAT PATH file|directory|either: prints the absolute path, or says what is wrong and ends
  local path
  path=$(absolute "$2")
  case $path in
    *,* | *$'\n'*) fail 2 "$1 $2: a path with a comma or a line break cannot be passed on; rename it." ;;
  esac
  if [ "$3" = directory ]; then
    if [ ! -d "$path" ] || [ ! -r "$path" ]; then
      fail 2 "$1 $2: there is no readable directory of that name."
    fi
  elif [ "$3" = either ]; then
    if [ ! -e "$path" ] || [ ! -r "$path" ]; then
      fail 2 "$1 $2: there is no readable file or directory of that name."
    fi
  elif [ ! -f "$path" ] || [ ! -r "$path" ]; then
    fail 2 "$1 $2: there is no readable file of that name."
  fi
  printf '%s' "$path"
}

# What the runner is given: the demo's files unless left out, then the user's.
runner_inventory() {
  if [ "$DEMO" = yes ]; then
    append "$OPSCONDUCTOR_HOME/demo/inventory.yaml" "$INVENTORY"
  else
    printf '%s' "$INVENTORY"
  fi
}

runner_policy() { printf '%s' "${POLICY:-$OPSCONDUCTOR_HOME/demo/policy.yaml}"; }

runner_tools() { append "$ROOT/tool-library/tools" "$TOOLS"; }
