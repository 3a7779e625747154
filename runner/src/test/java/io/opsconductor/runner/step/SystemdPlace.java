package io.opsconductor.runner.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A place of a {@link DisposableMachine} where a systemd runs. It is the real one in the mode that serves one user: it mounts
 * nothing, makes no devices, empties no folder and can restart nothing. It listens where the machine's own would, so that the real
 * systemctl asks it, has /run and /etc/systemd/system to itself, and knows only the units in there. Its processes are a control
 * group of their own below the test's.
 */
final class SystemdPlace {
    /** A command for the machine's beginning, as root. It leaves the id of systemd's process in {@code /run/systemd.pid}. */
    static final String START = "sh -e \"$folder/systemd-place\" start";

    /** A command that runs the one it is followed by in that place. */
    static final String ENTER = "nsenter --target $(cat /run/systemd.pid) --mount";

    private SystemdPlace() {}

    /** Puts what {@link #START} runs into the folder of the machine. */
    static void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("systemd-place"), """
                folder=%s
                # The top of the control groups that this process sees, in a mount of our own, and the group that is to be systemd's.
                groups() {
                  mount -t tmpfs run /run
                  mkdir /run/groups
                  mount -t cgroup2 cgroup2 /run/groups
                  group=/run/groups$(sed -n 's/^0:://p' /proc/self/cgroup)/opsconductor-${folder##*/}
                }
                own() { [ -e "$1/cgroup.type" ] || { echo "$1 is no control group below another" >&2; exit 1; }; }
                case $1 in
                  start)
                    if [ ! -x /lib/systemd/systemd ]; then
                      echo "systemd is not installed" > "$folder/no-systemd"
                    elif unshare --mount sh -e "$0" try 2> "$folder/no-systemd"; then
                      rm "$folder/no-systemd"
                      setsid unshare --mount sh -e "$0" join > "$folder/systemd.log" 2>&1 < /dev/null &
                      echo $! > /run/systemd.pid
                    fi ;;
                  try)
                    groups
                    mkdir "$group"
                    (own "$group" && sh -c 'echo 0 > "$0/cgroup.procs"' "$group") || { rmdir "$group"; exit 1; } ;;
                  join)
                    groups
                    own "$group"
                    echo 0 > "$group/cgroup.procs"
                    exec unshare --cgroup sh -e "$0" run ;;
                  run)
                    groups
                    own /run/groups
                    mount --bind /run/groups /sys/fs/cgroup
                    mkdir -p /run/systemd/system /run/user/0/systemd
                    ln -s /run/user/0/systemd/private /run/systemd/private
                    mount -t tmpfs units /etc/systemd/system
                    for target in basic shutdown sockets timers; do
                      printf '[Unit]\\nDescription=%%s\\n' "$target" > "/etc/systemd/system/$target.target"
                    done
                    exec env -i PATH="$PATH" HOME=/root XDG_RUNTIME_DIR=/run/user/0 SYSTEMD_UNIT_PATH=/etc/systemd/system \\
                      SYSTEMD_GENERATOR_PATH= SYSTEMD_ENVIRONMENT_GENERATOR_PATH= SYSTEMD_LOG_TARGET=console \\
                      /lib/systemd/systemd --user --unit=basic.target ;;
                  remove)
                    groups
                    for _ in $(seq 100); do
                      [ -d "$group" ] || exit 0
                      find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || sleep 0.05
                    done
                    echo "There are still processes in $group" >&2
                    exit 1 ;;
                esac
                """.formatted(folder));
    }

    /** Why the started machine has no such place, because systemd is not installed or may not be started here; empty when it has. */
    static Optional<String> missing(Path folder) throws IOException {
        Path why = folder.resolve("no-systemd");
        return Files.exists(why) ? Optional.of(Files.readString(why).strip()) : Optional.empty();
    }

    /** Takes the control group away when the machine has ended, or fails after five seconds. */
    static void remove(Path folder) throws Exception {
        if (missing(folder).isEmpty()) {
            String script = folder.resolve("systemd-place").toString();
            RealSshd.run("unshare", "--mount", "--propagation", "private", "sh", "-e", script, "remove");
        }
    }
}
