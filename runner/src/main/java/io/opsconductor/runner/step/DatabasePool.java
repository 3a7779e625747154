package io.opsconductor.runner.step;

import io.opsconductor.runner.inventory.DatabaseAddress;
import io.opsconductor.runner.inventory.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Idle connections, by everything that decides where they lead and as whom. A common pool would try a refused login again
 * until its own time-out, which locks accounts, and keep its password for longer than a login.
 */
final class DatabasePool {
    private static final Logger LOG = LoggerFactory.getLogger(DatabasePool.class);

    /** Idle connections kept for one database and account. */
    private static final int KEPT = 4;

    private record Key(String host, DatabaseAddress address) {}

    /** What came of asking for a connection. */
    sealed interface Connecting {
        record Connected(DatabaseConnection connection) implements Connecting {}

        record Failed(TargetOutcome.NotStarted outcome) implements Connecting {}
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
    Connecting take(Target target, DatabaseAddress address, boolean readOnly, DatabaseFailures failures) {
        Key key = new Key(target.address(), address);
        for (DatabaseConnection waiting = takeIdle(key); waiting != null; waiting = takeIdle(key)) {
            if (waiting.isAlive()) {
                return new Connecting.Connected(waiting);
            }
            waiting.close();
        }
        return connector.connect(target, address, readOnly, failures);
    }

    /** Takes back a connection whose statement is over; what it set for its session is taken back first. */
    void giveBack(Target target, DatabaseAddress address, DatabaseConnection connection) {
        if (!isLikeNew(address.kind(), connection.jdbc())) {
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

    private static boolean isLikeNew(DatabaseAddress.Kind kind, Connection jdbc) {
        try {
            return switch (kind) {
                case POSTGRESQL -> {
                    jdbc.setAutoCommit(true);
                    jdbc.setReadOnly(false);
                    try (Statement statement = jdbc.createStatement()) {
                        statement.execute("discard all");
                    }
                    yield true;
                }
                case MYSQL, MARIADB -> {
                    jdbc.unwrap(org.mariadb.jdbc.Connection.class).reset();
                    yield true;
                }
                // Opening a file is cheap, and whether it may be written is decided then.
                case SQLITE -> false;
            };
        } catch (SQLException e) {
            LOG.debug("a database connection could not be reset: {}", e.toString());
            return false;
        }
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
