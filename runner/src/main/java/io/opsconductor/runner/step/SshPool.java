package io.opsconductor.runner.step;

import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.inventory.HostKey;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.step.SshConnector.Connecting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Idle connections, by everything that decides where they lead and as whom. */
final class SshPool {
    /** Idle connections kept for one target and account. */
    private static final int KEPT = 8;

    private static final int LOGINS_AT_ONCE = 4;
    private static final Duration TURN = Duration.ofSeconds(60);

    private record Key(String address, int port, Credential credential, List<HostKey> hostKeys) {}

    private final SshConnector connector;
    private final InstantSource clock;
    private final Duration idleLimit;
    private final Map<Key, Deque<SshConnection>> idle = new HashMap<>();
    private final Map<String, Semaphore> logins = new ConcurrentHashMap<>();
    private boolean closed;

    SshPool(SshConnector connector, InstantSource clock, Duration idleLimit) {
        this.connector = connector;
        this.clock = clock;
        this.idleLimit = idleLimit;
    }

    /** An idle connection that is still alive, or a new one. */
    Connecting take(Target target, Credential credential) {
        Key key = key(target, credential);
        SshConnection waiting = takeIdle(key);
        return waiting != null
                ? new Connecting.Connected(waiting)
                : inTurn(target, () -> {
                    SshConnection meanwhile = takeIdle(key);
                    return meanwhile != null
                            ? new Connecting.Connected(meanwhile)
                            : connector.connect(target, credential);
                });
    }

    /** A new connection, whatever waits. */
    Connecting takeNew(Target target, Credential credential) {
        return inTurn(target, () -> connector.connect(target, credential));
    }

    /** OpenSSH begins to drop new connections at random when ten have not logged in yet (MaxStartups). */
    private Connecting inTurn(Target target, Supplier<Connecting> connect) {
        Semaphore turns = logins.computeIfAbsent(
                target.address() + " " + target.port(), _ -> new Semaphore(LOGINS_AT_ONCE, true));
        try {
            if (!turns.tryAcquire(TURN.toSeconds(), TimeUnit.SECONDS)) {
                return new Connecting.Failed(SshFailures.busy(target, TURN));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Connecting.Failed(SshFailures.busy(target, TURN));
        }
        try {
            return connect.get();
        } finally {
            turns.release();
        }
    }

    /** Takes back a connection on which nothing runs any more. */
    void giveBack(Target target, Credential credential, SshConnection connection) {
        synchronized (idle) {
            if (!closed && connection.isAlive()) {
                Deque<SshConnection> waiting = idle.computeIfAbsent(key(target, credential), k -> new ArrayDeque<>());
                if (waiting.size() < KEPT) {
                    waiting.push(connection.idle(clock.instant()));
                    return;
                }
            }
        }
        connection.close();
    }

    /** Closes what has waited too long or died. */
    void closeIdle() {
        Instant limit = clock.instant().minus(idleLimit);
        List<SshConnection> old = new ArrayList<>();
        synchronized (idle) {
            Iterator<Deque<SshConnection>> all = idle.values().iterator();
            while (all.hasNext()) {
                Deque<SshConnection> waiting = all.next();
                waiting.removeIf(c -> {
                    boolean over = !c.idleSince().isAfter(limit) || !c.isAlive();
                    if (over) {
                        old.add(c);
                    }
                    return over;
                });
                if (waiting.isEmpty()) {
                    all.remove();
                }
            }
        }
        old.forEach(SshConnection::close);
    }

    int idleConnections() {
        synchronized (idle) {
            return idle.values().stream().mapToInt(Deque::size).sum();
        }
    }

    void close() {
        List<SshConnection> all = new ArrayList<>();
        synchronized (idle) {
            closed = true;
            idle.values().forEach(all::addAll);
            idle.clear();
        }
        all.forEach(SshConnection::close);
    }

    private @Nullable SshConnection takeIdle(Key key) {
        synchronized (idle) {
            Deque<SshConnection> waiting = idle.get(key);
            while (waiting != null && !waiting.isEmpty()) {
                SshConnection connection = waiting.pop();
                if (connection.isAlive()) {
                    return connection;
                }
                connection.close();
            }
            return null;
        }
    }

    private static Key key(Target target, Credential credential) {
        return new Key(target.address(), target.port(), credential, target.hostKeys());
    }
}
