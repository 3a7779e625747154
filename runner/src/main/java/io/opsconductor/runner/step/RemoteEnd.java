package io.opsconductor.runner.step;

import io.opsconductor.runner.credential.Secret;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.connection.channel.direct.Signal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a command that runs on a target. Closing its channel alone would leave it running.
 *
 * <p>OpenSSH obeys the protocol's signals only when the login is not root's, and then reaches only one process group. So
 * on OpenSSH a second session of the same connection ends the command's processes: those that carry its mark in their
 * environment, with their descendants; without a mark, everything that descends from this connection's sshd, which then
 * serves nothing but the one command. Other servers get the signals.
 */
final class RemoteEnd {
    /**
     * Lists all processes, chooses, leaves out this shell and what it descends from, asks them to end, waits up to two
     * seconds, and ends those that are left. Without a mark it does nothing under a parent that is not sshd, which might
     * serve others too. Its arguments: the mark or nothing, and under sudo the process id of sshd.
     */
    private static final String SWEEP = """
            top=${2:-$PPID}
            [ -n "$1" ] || case "$(ps -o comm= -p $top)" in *sshd*) ;; *) exit 3 ;; esac
            [ -z "$1" ] || [ -r /proc/self/environ ] || exit 3
            chosen() {
              roots=
              if [ -n "$1" ]; then
                for file in $(grep -ls "LC_OPSCONDUCTOR=$1" /proc/[0-9]*/environ 2>/dev/null); do
                  file=${file#/proc/}; roots="$roots ${file%/environ}"
                done
              fi
              ps -A -o pid= -o ppid= | awk -v top="$top" -v me=$$ -v marked="${1:+1}" -v roots="$roots" '"'"'
                { pid[NR] = $1; parent[NR] = $2; of[$1] = $2 }
                END {
                  for (p = me; p != "" && p != 0 && p != top; p = of[p]) spared[p] = 1
                  n = split(roots, list, " ")
                  for (i = 1; i <= n; i++) found[list[i]] = 1
                  if (!marked) found[top] = 1
                  do {
                    more = 0
                    for (i = 1; i <= NR; i++)
                      if (!(pid[i] in found) && !(pid[i] in spared) && (parent[i] in found)) { found[pid[i]] = 1; more = 1 }
                  } while (more)
                  for (p in found) if (p != top && !(p in spared)) print p
                }'"'"'
            }
            list=$(chosen "$1")
            [ -n "$list" ] || exit 0
            kill -TERM $list 2>/dev/null
            for round in 1 2 3 4 5 6 7 8 9 10; do
              left=
              for p in $list $(chosen "$1"); do kill -0 $p 2>/dev/null && left="$left $p"; done
              [ -n "$left" ] || exit 0
              sleep 0.2 2>/dev/null || sleep 1
            done
            kill -KILL $left 2>/dev/null
            exit 0""";

    private static final Logger LOG = LoggerFactory.getLogger(RemoteEnd.class);
    private static final long SWEEP_SECONDS = 8;
    private static final long SIGNAL_SECONDS = 2;
    private static final long CLOSE_SECONDS = 2;

    private final SshConnection connection;
    private final @Nullable String mark;
    private final @Nullable Elevation elevation;

    /**
     * @param mark what the command carries in its environment; null for none
     * @param elevation how the command became another account; null when it did not
     */
    RemoteEnd(SshConnection connection, @Nullable String mark, @Nullable Elevation elevation) {
        this.connection = connection;
        this.mark = mark;
        this.elevation = elevation;
    }

    /**
     * How a command became another account, whose processes only that account can end.
     *
     * @param password gives the password anew; null when sudo must not ask
     */
    record Elevation(String account, @Nullable Supplier<@Nullable Secret> password) {}

    /** Ends the command; true when the target said that it has ended. */
    boolean end(Session.Command command) {
        if (connection.client().getTransport().getServerVersion().contains("OpenSSH") && sweep()) {
            if (ended(command, CLOSE_SECONDS)) {
                return true;
            }
        }
        return signal(command, Signal.TERM) || signal(command, Signal.KILL);
    }

    private boolean sweep() {
        // One at a time: the server may have room for only one session more.
        synchronized (connection) {
            try (Session session = connection.session()) {
                return elevation == null ? plain(session) : elevated(session, elevation);
            } catch (IOException | RuntimeException e) {
                LOG.debug("a second session to end a command: {}", e.toString());
                return false;
            }
        }
    }

    private boolean plain(Session session) throws IOException {
        Session.Command sweep = session.exec("exec /bin/sh -c '" + SWEEP + "' sh '" + (mark == null ? "" : mark) + "'");
        return ended(sweep, SWEEP_SECONDS) && Integer.valueOf(0).equals(sweep.getExitStatus());
    }

    private boolean elevated(Session session, Elevation as) throws IOException {
        String name = "sudo-" + UUID.randomUUID();
        Supplier<@Nullable Secret> source = as.password();
        String own = SudoLine.of("exec /bin/sh -c \"$1\" sh \"$2\" \"$3\"", as.account(), name, source != null);
        // The login shell becomes this sh, so that its parent is sshd; sudo's child is told who that is.
        String line = "exec /bin/sh -c '" + own.replace("'", "'\\''") + " sh \"$1\" \"$2\" \"$PPID\"' sh '" + SWEEP
                + "' '" + (mark == null ? "" : mark) + "'";
        try (Secret password = source == null ? null : source.get()) {
            Session.Command sweep = session.exec(line);
            SudoDialogue dialogue = new SudoDialogue(name, password);
            Thread.ofVirtual().name("ssh-sweep-sudo").start(() -> {
                try {
                    dialogue.follow(sweep.getErrorStream(), sweep.getOutputStream());
                } catch (IOException e) {
                    LOG.debug("sudo for ending a command: {}", e.toString());
                }
            });
            return ended(sweep, SWEEP_SECONDS) && Integer.valueOf(0).equals(sweep.getExitStatus());
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
