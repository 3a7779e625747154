# Makes, in the build container: a Java runtime of just the modules that each part needs, the argument files with which
# it is started, and /rootfs, the few files that a part without an operating system needs.
set -eu

epoch=${SOURCE_DATE_EPOCH:-0}
jlink=/opt/java/openjdk/bin/jlink

# Of java.desktop the beans are used (settings and YAML), and by the chatbot what draws pictures; a module comes whole.
common=java.base,java.desktop,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml
common=$common,jdk.httpserver,jdk.management,jdk.unsupported

runtime() { # PART MODULES
  "$jlink" --add-modules "$2" --output "/opt/opsconductor/$1/jre" --compress zip-6 \
    --no-header-files --no-man-pages --strip-java-debug-attributes
  # What remains is the launcher: no tool that comes along with a module.
  find "/opt/opsconductor/$1/jre/bin" -type f ! -name java -exec rm {} +
  # Windows, sound and printing, which came with java.desktop.
  (cd "/opt/opsconductor/$1/jre/lib" &&
    rm -f libawt_xawt.so libjavajpeg.so libjawt.so libjsound.so libsplashscreen.so psfontj2d.properties psfont.properties.ja)
}

# Shared libraries cannot be run from a directory that is mounted without permission to: SQLite's is unpacked here.
sqlite() { # PART
  case $(uname -m) in
    x86_64) machine=x86_64 ;;
    aarch64) machine=aarch64 ;;
    *) echo "There is no image for $(uname -m)." >&2 && exit 1 ;;
  esac
  mkdir -p "/opt/opsconductor/$1/native"
  (cd /build && /opt/java/openjdk/bin/jar --extract --file "$(ls /opt/opsconductor/"$1"/lib/sqlite-jdbc-*.jar)" \
    "org/sqlite/native/Linux/$machine/libsqlitejdbc.so")
  mv "/build/org/sqlite/native/Linux/$machine/libsqlitejdbc.so" "/opt/opsconductor/$1/native/"
  rm -rf /build/org
}

# The class path is written out, in one order: the JVM compares it with the one that it was trained with.
class_path() { # DIRECTORY...
  find "$@" -name '*.jar' | LC_ALL=C sort | tr '\n' ':' | sed 's/:$//'
}

# An address is remembered for 2 s and not for 30: where several containers have one name, it leads to those that live.
arguments() { # PART MAIN-CLASS
  cat >"/opt/opsconductor/$1/start" <<TEXT
-XX:+UseSerialGC
-XX:MaxNewSize=64m
-XX:+UseCompactObjectHeaders
-Xss512k
-XX:MaxRAMPercentage=50
-XX:+ExitOnOutOfMemoryError
-XX:AOTCache=/opt/opsconductor/$1/start.aot
-Xlog:aot*=off
-Xlog:cds*=off
--enable-native-access=ALL-UNNAMED
--sun-misc-unsafe-memory-access=allow
-Dopsconductor.process=$1
-Dsun.net.inetaddr.ttl=2
-Dorg.sqlite.lib.path=/opt/opsconductor/$1/native
-Dorg.sqlite.lib.name=libsqlitejdbc.so
-cp $(class_path "/opt/opsconductor/$1/lib")
$2
TEXT
}

command_arguments() { # PART FILE DIRECTORY MAIN-CLASS
  cat >"/opt/opsconductor/$1/$2" <<TEXT
-XX:+UseSerialGC
-XX:TieredStopAtLevel=1
-Xmx192m
-Xshare:auto
-Xlog:cds*=off
--enable-native-access=ALL-UNNAMED
--sun-misc-unsafe-memory-access=allow
-Dorg.sqlite.lib.path=/opt/opsconductor/$1/native
-Dorg.sqlite.lib.name=libsqlitejdbc.so
-cp $(class_path "/opt/opsconductor/$1/lib" $3)
$4
TEXT
}

runtime chatbot "$common"
runtime runner "$common,java.security.jgss,jdk.security.jgss,jdk.zipfs"
# The runner draws nothing.
(cd /opt/opsconductor/runner/jre/lib &&
  rm -f libawt.so libawt_headless.so libfontmanager.so libfreetype.so libharfbuzz.so liblcms.so libmlib_image.so)
# Java starts processes through this program; the part that thinks has none to start.
rm -f /opt/opsconductor/chatbot/jre/lib/jspawnhelper
sqlite chatbot
sqlite runner
arguments chatbot io.opsconductor.chat.Main
arguments runner io.opsconductor.runner.Main
command_arguments chatbot chat /opt/opsconductor/chatbot/terminal-lib io.opsconductor.chat.terminal.ChatCommand
command_arguments chatbot health "" io.opsconductor.kit.metrics.HealthProbe
command_arguments chatbot db "" io.opsconductor.chat.ChatbotStore
command_arguments runner command "" io.opsconductor.runner.cli.RunnerCli
command_arguments runner db "" io.opsconductor.runner.cli.RunnerStore

# For the chatbot: users, the libraries that the runtime and SQLite are linked with, and two fonts with the library through
# which Java finds them.
fontconfig=$(ls /usr/lib/*-linux-gnu/libfontconfig.so.1)
mkdir -p "/rootfs$(dirname "$fontconfig")" /rootfs/etc/fonts /rootfs/usr/share/fonts
cp -L "$fontconfig" "/rootfs$fontconfig"
cp /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf /usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf /rootfs/usr/share/fonts/
cat >/rootfs/etc/fonts/fonts.conf <<TEXT
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>/usr/share/fonts</dir><cachedir>/tmp/fontconfig</cachedir></fontconfig>
TEXT
mkdir -p /rootfs/etc/ssl/certs /rootfs/tmp /rootfs/var/lib/opsconductor
echo 'opsconductor:x:10001:0:OpsConductor:/var/lib/opsconductor:/sbin/nologin' >/rootfs/etc/passwd
echo 'root:x:0:' >/rootfs/etc/group
echo 'hosts: files dns' >/rootfs/etc/nsswitch.conf
cp /etc/ssl/certs/ca-certificates.crt /rootfs/etc/ssl/certs/
chmod 1777 /rootfs/tmp
chown 10001:0 /rootfs/var/lib/opsconductor
chmod 0770 /rootfs/var/lib/opsconductor
find /opt/opsconductor/chatbot/jre /opt/opsconductor/chatbot/native "$fontconfig" \
  \( -type f -o -type l \) \( -name '*.so' -o -name '*.so.1' -o -name java \) -exec ldd {} + |
  sed -n 's/.*=> \(\/[^ ]*\) .*/\1/p; s/^[[:space:]]*\(\/[^ ]*\) (.*/\1/p' | grep -v '^/opt/' | sort -u |
  while read -r library; do
    mkdir -p "/rootfs$(dirname "$library")"
    cp -L "$library" "/rootfs$library"
  done

chmod -R u=rwX,go=rX /opt/opsconductor
find /opt/opsconductor /rootfs -exec touch -h -d "@$epoch" {} +
