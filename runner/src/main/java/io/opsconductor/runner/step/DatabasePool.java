package io.opsconductor.runner.step;

import io.opsconductor.runner.inventory.DatabaseAddress;
import io.opsconductor.runner.inventory.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Idle connections, by everything that decides where they lead and as whom. A common pool would try a refused login again
 * until its own time-out, which locks accounts, and keep its password for longer than a login.
 */
final class DatabasePool {
    /** Idle connections kept for one database and account. */
    private static final int KEPT = 4;

    private record Key(String host, DatabaseAddress address) {}

    /** What came of asking for a connection. */
    sealed interface Connecting {
        record Connected(DatabaseConnection connection) implements Connecting {}

        record Failed(TargetOutcome.NotStarted outcome) implements Connecting {}

        /** Somebody cancelled meanwhile. */
        record Cancelled() implements Connecting {}
    }

    private final DatabaseConnector connector;
    private final InstantSource clock;
    private final Duration idleLimit;
    private final Map<Key, Deque<DatabaseConnection>> idle = new HashMap<>();
    private boolean closed;

    DatabasePool(DatabaseConnector connector, InstantSource clock, Duration idleLimit) {
        this.connector = connector;
        this.clock = clock;
        this.idleLimit = idleLimit;
    }

    /** An idle connection that still answers, or a new one. */
    Connecting take(
            Target target,
            DatabaseAddress address,
            boolean readOnly,
            DatabaseFailures failures,
            Cancellation cancellation) {
        Key key = new Key(target.address(), address);
        for (DatabaseConnection waiting = takeIdle(key); waiting != null; waiting = takeIdle(key)) {
            if (waiting.isAlive(cancellation)) {
                return new Connecting.Connected(waiting);
            }
            waiting.close();
        }
        return connector.connect(target, address, readOnly, failures, cancellation);
    }

    /** Takes back a connection whose statement is over; what it set for its session is taken back first. */
    void giveBack(Target target, DatabaseAddress address, DatabaseConnection connection) {
        if (!connection.renew(address.kind())) {
            connection.close();
            return;
        }
        synchronized (idle) {
            if (!closed) {
                Deque<DatabaseConnection> waiting =
                        idle.computeIfAbsent(new Key(target.address(), address), k -> new ArrayDeque<>());
                if (waiting.size() < KEPT) {
                    waiting.push(connection.idle(clock.instant()));
                    return;
                }
            }
        }
        connection.close();
    }

    /** Closes what has waited too long. */
    void closeIdle() {
        Instant limit = clock.instant().minus(idleLimit);
        List<DatabaseConnection> old = new ArrayList<>();
        synchronized (idle) {
            idle.values()
                    .forEach(waiting -> waiting.removeIf(c -> {
                        boolean over = !c.idleSince().isAfter(limit);
                        if (over) {
                            old.add(c);
                        }
                        return over;
                    }));
            idle.values().removeIf(Deque::isEmpty);
        }
        old.forEach(DatabaseConnection::close);
    }

    int idleConnections() {
        synchronized (idle) {
            return idle.values().stream().mapToInt(Deque::size).sum();
        }
    }

    void close() {
        List<DatabaseConnection> all = new ArrayList<>();
        synchronized (idle) {
            closed = true;
            idle.values().forEach(all::addAll);
            idle.clear();
        }
        all.forEach(DatabaseConnection::close);
    }

    private @Nullable DatabaseConnection takeIdle(Key key) {
        synchronized (idle) {
            Deque<DatabaseConnection> waiting = idle.get(key);
            return waiting == null ? null : waiting.poll();
        }
    }
}
