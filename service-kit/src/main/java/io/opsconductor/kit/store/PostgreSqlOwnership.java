package io.opsconductor.kit.store;

import com.zaxxer.hikari.HikariDataSource;
import io.helidon.dbclient.DbExecute;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process writes a store. A lock that lasts as long as a connection keeps a second process from starting; the number in the
 * table {@code store_owner}, which each process raises when it takes the store, keeps one from writing that lost the lock
 * without knowing. Reading that number for update is also what makes the writers wait for one another.
 */
final class PostgreSqlOwnership implements Ownership {
    private static final Logger LOG = LoggerFactory.getLogger(PostgreSqlOwnership.class);
    private static final String LOCK =
            "select pg_try_advisory_lock(hashtextextended('opsconductor ' || current_schema(), 0))";
    private static final String UNLOCK =
            "select pg_advisory_unlock(hashtextextended('opsconductor ' || current_schema(), 0))";
    private static final Duration LOOKS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    private final @Nullable HikariDataSource pool;
    private final StorePlace.OnServer server;
    private volatile @Nullable Connection lock;
    private @Nullable Thread keeper;
    private volatile OptionalLong number = OptionalLong.empty();
    private volatile boolean lost;
    private final CountDownLatch closing = new CountDownLatch(1);

    private PostgreSqlOwnership(@Nullable HikariDataSource pool, StorePlace.OnServer server) {
        this.pool = pool;
        this.server = server;
    }

    /** Waits for the process that has the store to end, as long as its settings say. */
    static PostgreSqlOwnership take(HikariDataSource pool, StorePlace.OnServer server) {
        PostgreSqlOwnership ownership = new PostgreSqlOwnership(pool, server);
        try {
            ownership.refuseUnfit(pool);
            Instant end = Instant.now().plus(server.patience());
            boolean told = false;
            while (!ownership.lock(pool)) {
                if (!Instant.now().isBefore(end)) {
                    throw new StoreException("another process uses the store " + server + ", and did not end within "
                            + server.patience().toSeconds()
                            + " s: stop it, or give this one a database of its own (store.url)");
                }
                if (!told) {
                    LOG.info("another process uses the store; waiting for it to end");
                    told = true;
                }
                Thread.sleep(BETWEEN_TRIES);
            }
        } catch (SQLException e) {
            throw new StoreException("the store " + server + " cannot be taken: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting for the store " + server, e);
        }
        return ownership;
    }

    static PostgreSqlOwnership beside(StorePlace.OnServer server) {
        return new PostgreSqlOwnership(null, server);
    }

    /** What a server may be set to that would break a promise without anybody noticing. */
    private void refuseUnfit(HikariDataSource from) throws SQLException {
        try (Connection connection = from.getConnection()) {
            if (text(connection, "select coalesce(current_schema(), '')").isEmpty()) {
                throw new StoreException("the store " + server + " has no schema that " + server.user()
                        + " may use: make the one that currentSchema names, or leave that out of store.url");
            }
            String encoding = text(connection, "show server_encoding");
            if (!encoding.equals("UTF8")) {
                throw new StoreException("the store " + server + " cannot keep every text: its encoding is " + encoding
                        + "; make the database with encoding UTF8");
            }
            if (text(connection, "show synchronous_commit").equals("off")) {
                throw new StoreException("the store " + server + " would lose what it said is stored:"
                        + " synchronous_commit is off; run ALTER ROLE " + server.user()
                        + " SET synchronous_commit = on");
            }
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private boolean lock(HikariDataSource from) throws SQLException {
        Connection connection = from.getConnection();
        boolean taken = false;
        try {
            taken = text(connection, LOCK).equals("t");
            if (taken) {
                lock = connection;
            }
            return taken;
        } finally {
            if (!taken) {
                connection.close();
            }
        }
    }

    @Override
    public void migrated() {
        HikariDataSource from = pool;
        if (from == null) {
            return;
        }
        try (Connection connection = from.getConnection()) {
            number = OptionalLong.of(
                    Long.parseLong(text(connection, "update store_owner set number = number + 1 returning number")));
        } catch (SQLException e) {
            throw new StoreException("the store " + server + " cannot be taken: " + e.getMessage(), e);
        }
        keeper = Thread.ofVirtual().name("store-owner").start(() -> keep(from));
    }

    @Override
    public void begin(DbExecute tx) {
        long now;
        try (var rows = tx.query("select number from store_owner for no key update")) {
            now = rows.map(row -> Rows.number(row, "number")).findFirst().orElse(0L);
        }
        if (number.isPresent() && number.getAsLong() != now) {
            lost = true;
            check();
        }
    }

    @Override
    public void check() {
        if (lost) {
            throw new StoreException(
                    "the store " + server + " was taken by another process that started later: this one"
                            + " stores nothing any more and must be stopped");
        }
    }

    /** Takes the lock again when its connection ends, as at a restart of the server. */
    private void keep(HikariDataSource from) {
        while (closing.getCount() > 0) {
            try {
                // Nobody interrupts this thread: that would end a connection on which it waits.
                if (closing.await(LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                Connection held = lock;
                if (held != null && held.isValid((int) LOOKS.toSeconds())) {
                    continue;
                }
                if (held != null) {
                    lock = null;
                    from.evictConnection(held);
                    LOG.warn("the connection that holds the store ended; taking it again");
                }
                if (lock(from)) {
                    LOG.info("the store is held again");
                }
            } catch (InterruptedException e) {
                return;
            } catch (SQLException e) {
                LOG.warn("the store does not answer: {}", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        closing.countDown();
        Thread watching = keeper;
        if (watching != null) {
            try {
                watching.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        Connection held = lock;
        if (held != null) {
            try (held) {
                text(held, UNLOCK);
            } catch (SQLException e) {
                LOG.debug("the store was not given up: its connection had ended", e);
            }
        }
    }
}
