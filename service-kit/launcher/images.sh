# shellcheck shell=bash
# images: builds the container images, with Docker, Podman or Buildah, whichever is there.

IMAGES="chatbot runner demo"

images_usage() {
  cat <<'TEXT'
usage: ./opsconductor images [OPTION...]

  --tag TAG             of the images opsconductor/chatbot:TAG, …/runner:TAG and …/demo:TAG (default: the version)
  --prefix NAME         before /chatbot, /runner and /demo, such as registry.example.com/ops (default: opsconductor)
  --only LIST           some of them, such as chatbot,runner
  --platform LIST       such as linux/amd64,linux/arm64; several at once need --push, or Buildah
  --push                to the registry, when all are built
  --engine NAME         docker, podman or buildah (default: the first that is there)
  --without-aot-cache   without the JVM's cache of classes, which no two builds make alike; starts take some seconds longer
  --prepare             make the context, target/images/context, and build nothing
TEXT
}

images_options() {
  ENGINE='' TAG=$VERSION PREFIX=opsconductor ONLY=$IMAGES PLATFORM='' PUSH=no AOT_CACHE=yes PREPARE=no
  while [ $# -gt 0 ]; do
    case $1 in
      --tag | --prefix | --only | --platform | --engine)
        [ $# -ge 2 ] || fail 2 "$1 needs a value. See ./opsconductor images --help"
        case $1 in
          --tag) TAG=$2 ;;
          --prefix) PREFIX=$2 ;;
          --only) ONLY=${2//,/ } ;;
          --platform) PLATFORM=$2 ;;
          --engine) ENGINE=$2 ;;
        esac
        shift
        ;;
      --push) PUSH=yes ;;
      --without-aot-cache) AOT_CACHE=no ;;
      --prepare) PREPARE=yes ;;
      --help | -h)
        images_usage
        exit 0
        ;;
      *) fail 2 "images knows no '$1'. See ./opsconductor images --help" ;;
    esac
    shift
  done
  local image
  for image in $ONLY; do
    case " $IMAGES " in *" $image "*) ;; *) fail 2 "--only $image: there is no such image. There are: $IMAGES" ;; esac
  done
}

find_engine() { # sets ENGINE, or ends
  local name
  if [ -n "$ENGINE" ]; then
    case $ENGINE in docker | podman | buildah) ;; *) fail 2 "--engine $ENGINE: it must be docker, podman or buildah." ;; esac
    command -v "$ENGINE" >/dev/null 2>&1 || fail 3 "There is no $ENGINE here."
    return 0
  fi
  for name in docker podman buildah; do
    # A docker command without a server behind it builds nothing.
    if command -v "$name" >/dev/null 2>&1 && { [ "$name" != docker ] || docker version >/dev/null 2>&1; }; then
      ENGINE=$name
      return 0
    fi
  done
  fail 3 "Images are built with Docker, Podman or Buildah, and none of them answers here. Install one, or start its server."
}

# When the last change was made, so that two builds of one commit are the same.
source_date() {
  printf '%s' "${SOURCE_DATE_EPOCH:-$(git -C "$ROOT" log -1 --format=%ct 2>/dev/null || echo 0)}"
}

bill_of_materials() { # once for each build of the jars
  local file=$ROOT/target/images/sbom
  if [ -f "$file/chat-adapters.json" ] && [ -f "$file/runner.json" ] && [ "$file/runner.json" -nt "$BUILD_STAMP" ]; then
    return 0
  fi
  mkdir -p "$file"
  printf 'Writing the bills of materials ... '
  (cd "$ROOT" && ./mvnw -q -B -Dmaven.test.skip=true -pl runner,chat-adapters -am package \
    org.cyclonedx:cyclonedx-maven-plugin:2.9.3:makeBom -DoutputFormat=json -DoutputReactorProjects=false \
    -DincludeTestScope=false -DoutputName=sbom) >"$OPSCONDUCTOR_HOME/logs/images.log" 2>&1 ||
    fail 3 "failed; all of it is in $OPSCONDUCTOR_HOME/logs/images.log"
  cp "$ROOT/chat-adapters/target/sbom.json" "$file/chat-adapters.json"
  cp "$ROOT/runner/target/sbom.json" "$file/runner.json"
  say "done."
}

prepare_context() { # EPOCH: the files of the images, with one time for all
  local context=$ROOT/target/images/context
  rm -rf "$context"
  mkdir -p "$context/images" "$context/chatbot/lib" "$context/chatbot/terminal-lib" "$context/runner/lib" "$context/demo/lib"
  cp "$ROOT"/images/*.sh "$ROOT/images/opsconductor" "$context/images/"
  cp -R "$ROOT/images/compose" "$context/images/"
  cp "$(jar_of chat-adapters)" "$ROOT"/chat-adapters/target/lib/*.jar "$context/chatbot/lib/"
  cp "$ROOT"/chat-adapters/target/terminal-lib/*.jar "$context/chatbot/terminal-lib/"
  cp "$(jar_of runner)" "$ROOT"/runner/target/lib/*.jar "$context/runner/lib/"
  cp "$(jar_of acceptance)" "$ROOT"/acceptance/target/lib/*.jar "$context/demo/lib/"
  cp -R "$ROOT/tool-library/tools" "$ROOT/images/example" "$context/runner/"
  cp "$ROOT/images/demo.start" "$context/demo/start"
  cp "$ROOT/target/images/sbom/chat-adapters.json" "$context/chatbot/sbom.cdx.json"
  cp "$ROOT/target/images/sbom/runner.json" "$context/runner/sbom.cdx.json"
  cp "$ROOT/LICENSE" "$context/chatbot/" && cp "$ROOT/LICENSE" "$context/runner/"
  chmod -R u=rwX,go=rX "$context"
  chmod 0755 "$context/images/opsconductor" "$context"/images/compose/*
  # BSD's touch knows no seconds since 1970.
  find "$context" -exec touch -h -t "$(date -u -d "@$1" '+%Y%m%d%H%M.%S' 2>/dev/null || date -u -r "$1" '+%Y%m%d%H%M.%S')" {} +
}

build_image() { # IMAGE EPOCH
  local name=$PREFIX/$1:$TAG context=$ROOT/target/images/context epoch=$2
  local -a options
  options=(--target "$1" --file "$ROOT/images/Containerfile" --build-arg "AOT_CACHE=$AOT_CACHE"
    --build-arg "VERSION=$VERSION" --build-arg "REVISION=$(git -C "$ROOT" rev-parse HEAD 2>/dev/null || echo unknown)"
    --build-arg "CREATED=$(date -u -d "@$epoch" '+%Y-%m-%dT%H:%M:%SZ' 2>/dev/null || date -u -r "$epoch" '+%Y-%m-%dT%H:%M:%SZ')"
    --build-arg "SOURCE_DATE_EPOCH=$epoch")
  say "Building $name ..."
  case $ENGINE in
    docker)
      [ -z "$PLATFORM" ] || options+=(--platform "$PLATFORM")
      if [ "$PUSH" = yes ]; then
        options+=(--output "type=image,push=true,rewrite-timestamp=true")
      elif [ -z "$PLATFORM" ] || [ "$PLATFORM" = "${PLATFORM%,*}" ]; then
        options+=(--load)
      else
        fail 2 "Docker keeps one platform at a time: add --push, or build each --platform by itself."
      fi
      SOURCE_DATE_EPOCH=$epoch docker buildx build "${options[@]}" --tag "$name" "$context"
      ;;
    podman | buildah)
      if [ "${PLATFORM#*,}" != "$PLATFORM" ]; then
        options+=(--platform "$PLATFORM" --manifest "$name")
      else
        [ -z "$PLATFORM" ] || options+=(--platform "$PLATFORM")
        options+=(--tag "$name")
      fi
      # shellcheck disable=SC2086 # the network of a build, where it needs the host's
      "$ENGINE" build --format oci --timestamp "$epoch" --layers ${OPSCONDUCTOR_BUILD_OPTIONS:-} "${options[@]}" "$context"
      ;;
  esac || fail 3 "$name could not be built."
}

images() {
  local image epoch
  images_options "$@"
  [ "$PREPARE" = yes ] || find_engine
  ensure_built
  find_jdk
  prepare_home
  epoch=$(source_date)
  bill_of_materials
  prepare_context "$epoch"
  if [ "$PREPARE" = yes ]; then
    say "The context is in $ROOT/target/images/context"
    return 0
  fi
  for image in $ONLY; do build_image "$image" "$epoch"; done
  if [ "$PUSH" = yes ] && [ "$ENGINE" != docker ]; then
    for image in $ONLY; do
      if [ "${PLATFORM#*,}" != "$PLATFORM" ]; then
        "$ENGINE" manifest push --all "$PREFIX/$image:$TAG" "docker://$PREFIX/$image:$TAG"
      else
        "$ENGINE" push "$PREFIX/$image:$TAG"
      fi || fail 3 "$PREFIX/$image:$TAG could not be pushed."
    done
  fi
}
