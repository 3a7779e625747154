package io.opsconductor.runner.step;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * This very Debian behind a real server, as a machine that may be changed at will: what is written below /etc, /var, /usr, /home
 * and so on goes into memory and is gone with it, everything else is read-only, and its processes, host name and, at one of its
 * addresses, its network are its own. Only root can make one.
 */
final class DisposableMachine {
    /** Where commands run in a network of their own, with nothing in it. */
    static final String OWN_NETWORK = "127.0.0.2";

    private DisposableMachine() {}

    /**
     * Starts one.
     *
     * @param folder the one place where the test and the machine see the same files
     */
    static RealSshd start(Path folder) throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can make a machine that is thrown away");
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
                mount -o remount,bind,ro /
                exec "$@"
                """.formatted(folder));
        return RealSshd.start(
                folder,
                List.of(
                        "AcceptEnv LC_*",
                        "MaxStartups 50",
                        "Match LocalAddress " + OWN_NETWORK,
                        "  ForceCommand nsenter --net=/run/network sh -c \"$SSH_ORIGINAL_COMMAND\""),
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
}
