package io.opsconductor.runner.step;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.connection.channel.direct.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a command that runs on a target. Closing its channel alone would leave it running.
 *
 * <p>OpenSSH obeys the protocol's signals only when the login is not root's, and then reaches only one process group. So
 * on OpenSSH a second session of the same connection ends everything that descends from this connection's sshd, which
 * serves nothing but the one command. Other servers get the signals.
 */
final class RemoteEnd {
    /**
     * Lists all processes, keeps the descendants of this connection's sshd other than this shell, asks them to end, waits
     * up to two seconds, and ends those that are left. It does nothing under a parent that is not sshd, which might serve
     * others too.
     */
    private static final String SWEEP = """
            exec /bin/sh -c 'case "$(ps -o comm= -p $PPID)" in *sshd*) ;; *) exit 3 ;; esac
            descendants() {
              ps -A -o pid= -o ppid= | awk -v top=$PPID -v me=$$ "
                { pid[NR] = \\$1; parent[NR] = \\$2 }
                END {
                  found[top] = 1
                  do {
                    more = 0
                    for (i = 1; i <= NR; i++)
                      if (!(pid[i] in found) && pid[i] != me && (parent[i] in found)) { found[pid[i]] = 1; more = 1 }
                  } while (more)
                  for (p in found) if (p != top) print p
                }"
            }
            list=$(descendants)
            [ -n "$list" ] || exit 0
            kill -TERM $list 2>/dev/null
            for round in 1 2 3 4 5 6 7 8 9 10; do
              left=
              for p in $list $(descendants); do kill -0 $p 2>/dev/null && left="$left $p"; done
              [ -n "$left" ] || exit 0
              sleep 0.2 2>/dev/null || sleep 1
            done
            kill -KILL $left 2>/dev/null
            exit 0'
            """;

    private static final Logger LOG = LoggerFactory.getLogger(RemoteEnd.class);
    private static final long SWEEP_SECONDS = 8;
    private static final long SIGNAL_SECONDS = 2;
    private static final long CLOSE_SECONDS = 2;

    private RemoteEnd() {}

    /** Ends the command; true when the target said that it has ended. */
    static boolean end(SshConnection connection, Session.Command command) {
        if (connection.client().getTransport().getServerVersion().contains("OpenSSH") && sweep(connection)) {
            if (ended(command, CLOSE_SECONDS)) {
                return true;
            }
        }
        return signal(command, Signal.TERM) || signal(command, Signal.KILL);
    }

    private static boolean sweep(SshConnection connection) {
        try (Session session = connection.client().startSession()) {
            Session.Command sweep = session.exec(SWEEP);
            return ended(sweep, SWEEP_SECONDS) && Integer.valueOf(0).equals(sweep.getExitStatus());
        } catch (IOException | RuntimeException e) {
            LOG.debug("a second session to end a command: {}", e.toString());
            return false;
        }
    }

    private static boolean signal(Session.Command command, Signal signal) {
        try {
            command.signal(signal);
            return ended(command, SIGNAL_SECONDS);
        } catch (IOException | RuntimeException e) {
            LOG.debug("signal {}: {}", signal, e.toString());
            return false;
        }
    }

    private static boolean ended(Session.Command command, long seconds) {
        try {
            command.join(seconds, TimeUnit.SECONDS);
            return command.getExitStatus() != null || command.getExitSignal() != null;
        } catch (IOException e) {
            return false;
        }
    }
}
