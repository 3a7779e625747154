package io.opsconductor.runner.step;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * This very Debian behind a real server, as a machine that may be changed at will: what is written below /etc, /var, /usr, /home
 * and so on goes into memory and is gone with it, everything else is read-only, and its processes, host name and, at one of its
 * addresses, its network are its own. At another address it has a {@linkplain SystemdPlace systemd}. Only root can make one.
 */
final class DisposableMachine {
    /** Where commands run. */
    enum Where {
        /** On the machine as such, which has not been booted with systemd. */
        MACHINE("127.0.0.1"),
        /** In a network of their own, with nothing in it. */
        OWN_NETWORK("127.0.0.2"),
        /** Where a systemd runs, unless {@link SystemdPlace#missing} says why none can. */
        SYSTEMD("127.0.0.3");

        private final String address;

        Where(String address) {
            this.address = address;
        }

        String address() {
            return address;
        }
    }

    private DisposableMachine() {}

    /**
     * Starts one.
     *
     * @param folder the one place where the test and the machine see the same files
     */
    static RealSshd start(Path folder) throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can make a machine that is thrown away");
        SystemdPlace.write(folder);
        Path enter = Files.writeString(folder.resolve("enter"), """
                set -e
                folder=%s
                mkdir "$folder/own"
                mount -t tmpfs own "$folder/own"
                for part in etc var usr home root srv opt; do
                  mkdir "$folder/own/$part" "$folder/own/$part.work"
                  mount -t overlay "$part" -o "lowerdir=/$part,upperdir=$folder/own/$part,workdir=$folder/own/$part.work" "/$part"
                done
                case $folder in /tmp/*)
                  mkdir -m 1777 "$folder/own/tmp"
                  mkdir -p "$folder/own$folder"
                  mount --rbind "$folder" "$folder/own$folder"
                  mount --rbind "$folder/own/tmp" /tmp ;;
                esac
                mount -t tmpfs run /run
                mkdir /run/sshd
                mount -t proc proc /proc
                mount --bind /proc/sys /proc/sys
                mount -o remount,bind,ro /proc/sys
                mount --bind /proc/sys/kernel/domainname /proc/sys/kernel/domainname
                mount -o remount,bind,rw /proc/sys/kernel/domainname
                mount -o remount,bind,ro /sys
                touch /run/network
                unshare --net=/run/network true
                %s
                mount -o remount,bind,ro /
                exec "$@"
                """.formatted(folder, SystemdPlace.START));
        return RealSshd.start(
                folder,
                List.of(
                        "AcceptEnv LC_*",
                        "MaxStartups 50",
                        "Match LocalAddress " + Where.OWN_NETWORK.address(),
                        "  ForceCommand nsenter --net=/run/network sh -c \"$SSH_ORIGINAL_COMMAND\"",
                        "Match LocalAddress " + Where.SYSTEMD.address(),
                        "  ForceCommand " + SystemdPlace.ENTER + " sh -c \"$SSH_ORIGINAL_COMMAND\""),
                List.of(
                        "unshare",
                        "--mount",
                        "--pid",
                        "--ipc",
                        "--uts",
                        "--fork",
                        "--kill-child",
                        "--propagation",
                        "private",
                        "sh",
                        enter.toString()));
    }

    /** Ends the machine with all that ran in it, and leaves nothing of it behind. */
    static void stop(RealSshd machine) throws Exception {
        machine.close();
        SystemdPlace.remove(machine.folder());
    }
}
