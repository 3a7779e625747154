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
     * seconds, ends those that are left, and waits up to a second for them to be gone. Without a mark it does nothing under a
     * parent that is not sshd, which might serve others too. Its arguments: the mark or nothing, and under sudo the process id of
     * sshd. It exits with 0 when all are gone, 3 when it can choose none, and 4 when some are left, such as those of an account
     * that this one may not end.
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
              ps -A -o pid= -o ppid= -o stat= |
                awk -v top="$top" -v me=$$ -v marked="${1:+1}" -v roots="$roots" -v before="$2" '"'"'
                { pid[NR] = $1; parent[NR] = $2; of[$1] = $2; if ($3 !~ /^Z/) lives[$1] = 1 }
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
                  n = split(before, list, " ")
                  for (i = 1; i <= n; i++) found[list[i]] = 1
                  for (p in found) if ((p in lives) && p != top && !(p in spared)) print p
                }'"'"'
            }
            list=$(chosen "$1")
            [ -n "$list" ] || exit 0
            kill -TERM $list 2>/dev/null
            for round in 1 2 3 4 5 6 7 8 9 10; do
              list=$(chosen "$1" "$(echo $list)")
              [ -n "$list" ] || exit 0
              sleep 0.2 2>/dev/null || sleep 1
            done
            for round in 1 2 3 4 5 6 7 8 9 10; do
              kill -KILL $list 2>/dev/null
              sleep 0.1 2>/dev/null || sleep 1
              list=$(chosen "$1" "$(echo $list)")
              [ -n "$list" ] || exit 0
            done
            exit 4""";

    private static final Logger LOG = LoggerFactory.getLogger(RemoteEnd.class);
    private static final int CHOSE_NONE = 3;
    private static final long SWEEP_SECONDS = 12;
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

    /** What the second session did. */
    private enum Swept {
        GONE,
        /** Nothing: there was no such session, or it could not choose. */
        NOTHING,
        /** Some processes are left, or it did not say. */
        LEFT
    }

    /** Ends the command; true when the target said that it has ended, with all that it began. */
    boolean end(Session.Command command) {
        Swept swept =
                connection.client().getTransport().getServerVersion().contains("OpenSSH") ? sweep() : Swept.NOTHING;
        boolean ended = (swept == Swept.GONE && ended(command, CLOSE_SECONDS))
                || signal(command, Signal.TERM)
                || signal(command, Signal.KILL);
        return switch (swept) {
            case GONE -> ended;
            // A signal reaches the login's processes; what another account runs may go on.
            case NOTHING -> ended && elevation == null;
            case LEFT -> false;
        };
    }

    private Swept sweep() {
        // One at a time: the server may have room for only one session more.
        synchronized (connection) {
            try (Session session = connection.session()) {
                return elevation == null ? plain(session) : elevated(session, elevation);
            } catch (IOException | RuntimeException e) {
                LOG.debug("a second session to end a command: {}", e.toString());
                return Swept.NOTHING;
            }
        }
    }

    private Swept plain(Session session) throws IOException {
        Session.Command sweep = session.exec("exec /bin/sh -c '" + SWEEP + "' sh '" + (mark == null ? "" : mark) + "'");
        return swept(sweep);
    }

    private Swept elevated(Session session, Elevation as) throws IOException {
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
            return swept(sweep);
        }
    }

    private static Swept swept(Session.Command sweep) {
        boolean ended = ended(sweep, SWEEP_SECONDS);
        Integer status = sweep.getExitStatus();
        if (!ended || status == null) {
            return Swept.LEFT;
        }
        return switch (status) {
            case 0 -> Swept.GONE;
            case CHOSE_NONE -> Swept.NOTHING;
            default -> Swept.LEFT;
        };
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
