package io.opsconductor.runner.step;

import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.inventory.HostKey;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.step.SshConnector.Connecting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Open connections, by everything that decides where they lead and as whom. Connections that carry others to hosts behind
 * them are apart from those that run commands, and are shared by all that lead through them.
 */
final class SshPool {
    /** Connections on which nothing runs, kept for one target and account. */
    private static final int KEPT = 8;

    private static final int LOGINS_AT_ONCE = 4;
    private static final int CARRIED = 200;
    private static final Duration TURN = Duration.ofSeconds(60);

    private record Key(
            String address,
            int port,
            Credential credential,
            List<HostKey> hostKeys,
            List<Target> jump,
            boolean carries,
            int hash) {
        /** All of it is looked at once: it is looked up several times for each command. */
        Key(
                String address,
                int port,
                Credential credential,
                List<HostKey> hostKeys,
                List<Target> jump,
                boolean carries) {
            this(
                    address,
                    port,
                    credential,
                    hostKeys,
                    jump,
                    carries,
                    Objects.hash(address, port, credential, hostKeys, jump, carries));
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private final SshConnector connector;
    private final InstantSource clock;
    private final Duration idleLimit;
    private final int mostIdle;
    private final Object lock = new Object();
    private final Map<Key, List<SshConnection>> open = new HashMap<>();
    private final Map<SshConnection, Key> keys = new HashMap<>();
    /** Those on which nothing runs, the longest idle first. */
    private final Set<SshConnection> idle = new LinkedHashSet<>();

    private final Map<String, LoginTurns> logins = new ConcurrentHashMap<>();
    private boolean closed;

    /**
     * @param idleLimit how long a connection on which nothing runs is kept
     * @param mostIdle how many of them are kept, for all targets together
     */
    SshPool(SshConnector connector, InstantSource clock, Duration idleLimit, int mostIdle) {
        this.connector = connector;
        this.clock = clock;
        this.idleLimit = idleLimit;
        this.mostIdle = mostIdle;
    }

    /** A connection with room for one more command, or a new one. */
    Connecting take(Target target, Credential credential, Cancellation cancellation) {
        return take(key(target, credential, false), target, credential, true, cancellation);
    }

    /** A new connection, whatever there is. */
    Connecting takeNew(Target target, Credential credential, Cancellation cancellation) {
        return take(key(target, credential, false), target, credential, false, cancellation);
    }

    /** A connection to the last host before a target; null when the runner reaches it itself. Give it back afterwards. */
    @Nullable
    Connecting before(Target target, Cancellation cancellation) {
        List<Target> jump = target.ssh().jump();
        if (jump.isEmpty()) {
            return null;
        }
        Target last = jump.getLast();
        Credential credential = last.credential();
        if (credential == null) {
            return new Connecting.Failed(SshFailures.before(target, last, SshFailures.noCredential(last)));
        }
        Target host = last.with(last.ssh().through(jump.subList(0, jump.size() - 1)));
        return switch (take(key(host, credential, true), host, credential, true, cancellation)) {
            case Connecting.Connected connected -> connected;
            case Connecting.Cancelled cancelled -> cancelled;
            case Connecting.Failed(TargetOutcome.NotStarted outcome) ->
                new Connecting.Failed(SshFailures.before(target, last, outcome));
        };
    }

    private Connecting take(Key key, Target target, Credential credential, boolean shared, Cancellation cancellation) {
        SshConnection free = shared ? claim(key) : null;
        if (free != null) {
            return new Connecting.Connected(free);
        }
        SshConnection through;
        switch (before(target, cancellation)) {
            case null -> through = null;
            case Connecting.Failed failed -> {
                return failed;
            }
            case Connecting.Cancelled cancelled -> {
                return cancelled;
            }
            case Connecting.Connected(SshConnection connection) -> through = connection;
        }
        Connecting result = inTurn(target, key.carries(), cancellation, () -> {
            SshConnection meanwhile = shared ? claim(key) : null;
            return meanwhile != null
                    ? new Connecting.Connected(meanwhile)
                    : connect(key, target, credential, through, cancellation);
        });
        boolean carried = result instanceof Connecting.Connected(SshConnection made) && made.through() == through;
        if (through != null && !carried) {
            giveBack(through);
        }
        return result;
    }

    private Connecting connect(
            Key key, Target target, Credential credential, @Nullable SshConnection through, Cancellation cancellation) {
        Connecting result = connector.connect(target, credential, through, cancellation);
        if (result instanceof Connecting.Connected(SshConnection connection)) {
            synchronized (lock) {
                connection.room(key.carries() ? CARRIED : isShared(key) ? SshConnection.SEVERAL : 1);
                connection.claim();
                open.computeIfAbsent(key, k -> new ArrayList<>()).add(connection);
                keys.put(connection, key);
                if (closed) {
                    connection.retire();
                }
            }
        }
        return result;
    }

    /**
     * OpenSSH begins to drop new connections at random when ten have not logged in yet (MaxStartups). To a host on the way
     * one login at a time is enough: whoever waited for it uses its connection.
     */
    private Connecting inTurn(Target target, boolean carries, Cancellation cancellation, Supplier<Connecting> connect) {
        LoginTurns turns = logins.computeIfAbsent(
                (carries ? "through " : "to ") + target.address() + " " + target.port(),
                _ -> new LoginTurns(carries ? 1 : LOGINS_AT_ONCE));
        return switch (turns.take(TURN, cancellation)) {
            case TIMED_OUT -> new Connecting.Failed(SshFailures.busy(target, TURN));
            case CANCELLED -> new Connecting.Cancelled();
            case ENDED -> {
                try {
                    yield connect.get();
                } finally {
                    turns.giveBack();
                }
            }
        };
    }

    /** Whether the server is known to let several commands share a connection. */
    private boolean isShared(Key key) {
        return open.getOrDefault(key, List.of()).stream().anyMatch(c -> Boolean.TRUE.equals(c.takesMarks()));
    }

    private @Nullable SshConnection claim(Key key) {
        List<SshConnection> dead = new ArrayList<>();
        SshConnection found = null;
        synchronized (lock) {
            for (SshConnection connection : open.getOrDefault(key, List.of())) {
                if (!connection.isAlive()) {
                    dead.add(connection);
                } else if (found == null && connection.hasRoom()) {
                    found = connection;
                }
            }
            if (found != null) {
                found.claim();
                idle.remove(found);
            }
        }
        dead.forEach(this::retire);
        return found;
    }

    /** Says how many commands a connection can take at once. */
    void room(SshConnection connection, int commands) {
        synchronized (lock) {
            connection.room(Math.max(1, commands));
        }
    }

    /** How many use a connection now. */
    int users(SshConnection connection) {
        synchronized (lock) {
            return connection.users();
        }
    }

    /** Lets nobody else use a connection; it closes when the last user gives it back. */
    void retire(SshConnection connection) {
        synchronized (lock) {
            connection.retire();
        }
        closeUnused(connection);
    }

    /** Frees the only user of a connection from waiting for its server; with others on it, nothing happens. */
    void giveUpAlone(SshConnection connection) {
        synchronized (lock) {
            if (connection.users() > 1) {
                return;
            }
            connection.retire();
        }
        connection.giveUp("it was cancelled");
    }

    /** One user of a connection less. */
    void giveBack(SshConnection connection) {
        SshConnection oldest = null;
        synchronized (lock) {
            connection.release(clock.instant());
            if (closed || !connection.isAlive() || isTooMany(connection)) {
                connection.retire();
            }
            if (connection.users() == 0) {
                idle.add(connection);
            }
            if (idle.size() > mostIdle) {
                oldest = idle.iterator().next();
                oldest.retire();
            }
        }
        closeUnused(connection);
        if (oldest != null) {
            closeUnused(oldest);
        }
    }

    private boolean isTooMany(SshConnection connection) {
        Key key = keys.get(connection);
        return key != null
                && connection.users() == 0
                && open.getOrDefault(key, List.of()).stream()
                                .filter(c -> c.users() == 0)
                                .count()
                        > KEPT;
    }

    private void closeUnused(SshConnection connection) {
        boolean closes;
        synchronized (lock) {
            closes = connection.isRetired() && connection.users() == 0 && connection.close();
            if (closes) {
                forget(connection);
            }
        }
        SshConnection through = connection.through();
        if (closes && through != null) {
            giveBack(through);
        }
    }

    private void forget(SshConnection connection) {
        idle.remove(connection);
        Key key = keys.remove(connection);
        if (key != null) {
            open.computeIfPresent(key, (k, all) -> {
                all.remove(connection);
                return all.isEmpty() ? null : all;
            });
        }
    }

    /** Closes what has waited too long or died. */
    void closeIdle() {
        Instant limit = clock.instant().minus(idleLimit);
        List<SshConnection> over;
        synchronized (lock) {
            over = idle.stream()
                    .filter(c -> !c.idleSince().isAfter(limit) || !c.isAlive())
                    .toList();
        }
        over.forEach(this::retire);
    }

    /** Asks for a sign of life where somebody waits for a command; a vanished server must not keep them waiting for ever. */
    void askForLife() {
        List<SshConnection> busy;
        synchronized (lock) {
            busy = keys.keySet().stream().filter(c -> c.users() > 0).toList();
        }
        busy.forEach(c -> Thread.ofVirtual().name("ssh-sign-of-life").start(c::askForLife));
    }

    /** Connections on which no command runs and that carry nothing. */
    int idleConnections() {
        synchronized (lock) {
            return idle.size();
        }
    }

    /** Who waits for others to log in at the same host. */
    int waitingForALogin() {
        return logins.values().stream().mapToInt(LoginTurns::waiting).sum();
    }

    /** Open connections, those that carry others included. */
    int connections() {
        synchronized (lock) {
            return open.values().stream().mapToInt(List::size).sum();
        }
    }

    void close() {
        List<SshConnection> all = new ArrayList<>();
        synchronized (lock) {
            closed = true;
            open.values().forEach(all::addAll);
        }
        all.forEach(this::retire);
    }

    private static Key key(Target target, Credential credential, boolean carries) {
        return new Key(
                target.address(),
                target.port(),
                credential,
                target.hostKeys(),
                target.ssh().jump(),
                carries);
    }
}
