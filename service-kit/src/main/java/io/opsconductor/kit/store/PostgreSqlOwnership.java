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
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may write a store: one process for itself alone, or several that share it. A lock that lasts as long as a connection keeps
 * out whoever does not go with those that have it; the number in the table {@code store_owner} keeps one from writing that lost
 * the lock without knowing. Each process that takes the store for itself raises it, and so does the first of those that share it
 * after such a one; {@code sharing} is the number with which it is shared. One that others stand by for has a {@link StoreLease} beside
 * the lock. Reading that number for update is also what makes the writers wait for one another.
 */
final class PostgreSqlOwnership implements Ownership {
    private static final Logger LOG = LoggerFactory.getLogger(PostgreSqlOwnership.class);
    private static final String OF_THE_STORE = "(hashtextextended('opsconductor ' || current_schema(), 0))";
    private static final String OF_STARTS = "(hashtextextended('opsconductor starts ' || current_schema(), 0))";
    private static final String UNLOCK = "select pg_advisory_unlock_all()";
    private static final Duration LOOKS = Duration.ofSeconds(1);
    private static final int RENEWALS = 5;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    private final @Nullable HikariDataSource pool;
    private final StorePlace.OnServer server;
    private final boolean shared;
    private final @Nullable StoreLease lease;
    private volatile @Nullable Connection lock;
    private @Nullable Thread keeper;
    private volatile OptionalLong number = OptionalLong.empty();
    private volatile boolean leased;
    private volatile boolean lost;
    private volatile Runnable whenLost = () -> {};
    private boolean changing;
    private final CountDownLatch closing = new CountDownLatch(1);

    private PostgreSqlOwnership(
            @Nullable HikariDataSource pool, StorePlace.OnServer server, boolean shared, @Nullable StoreLease lease) {
        this.pool = pool;
        this.server = server;
        this.shared = shared;
        this.lease = lease;
    }

    /** Waits for the process that has the store to end, as long as its settings say. */
    static PostgreSqlOwnership take(HikariDataSource pool, StorePlace.OnServer server) {
        return new PostgreSqlOwnership(pool, server, false, null).taken(pool);
    }

    /** As {@link #take}, beside others that do the same. They start one after the other. */
    static PostgreSqlOwnership share(HikariDataSource pool, StorePlace.OnServer server) {
        return new PostgreSqlOwnership(pool, server, true, null).taken(pool);
    }

    /** Waits as long as it takes for the store to be free, or for the lease of whoever has it to end. */
    static PostgreSqlOwnership standBy(HikariDataSource pool, StorePlace.OnServer server, Duration lease) {
        return new PostgreSqlOwnership(pool, server, false, new StoreLease(lease)).taken(pool);
    }

    private PostgreSqlOwnership taken(HikariDataSource from) {
        try {
            refuseUnfit(from);
            Instant end = Instant.now().plus(server.patience());
            boolean told = false;
            while (!mayTake(from) || !lock(from)) {
                if (lease == null && !Instant.now().isBefore(end)) {
                    throw new StoreException("another process uses the store " + server + ", and did not end within "
                            + server.patience().toSeconds()
                            + " s: stop it, or give this one a database of its own (store.url)"
                            + (shared ? "; or let that one share it as well (store.shared)" : ""));
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
        if (lease != null) {
            // Bringing tables up to date may take longer than a lease.
            keep();
        }
        return this;
    }

    static PostgreSqlOwnership beside(StorePlace.OnServer server) {
        return new PostgreSqlOwnership(null, server, false, null);
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

    /** Whoever has no lease goes by the lock alone. */
    private boolean mayTake(HikariDataSource from) throws SQLException {
        if (lease == null) {
            return true;
        }
        try (Connection connection = from.getConnection()) {
            return switch (StoreLease.standing(connection)) {
                case NONE -> true;
                case RUNS -> false;
                case ENDED -> {
                    StoreLease.endConnections(connection);
                    yield true;
                }
            };
        }
    }

    private boolean lock(HikariDataSource from) throws SQLException {
        Connection connection = from.getConnection();
        boolean taken = false;
        try {
            taken = shared
                    ? startsAlone(connection) && isTaken(connection, "pg_try_advisory_lock_shared" + OF_THE_STORE)
                    : isTaken(connection, "pg_try_advisory_lock" + OF_THE_STORE);
            if (taken) {
                if (lease != null && keeper == null) {
                    leased = lease.begin(connection);
                }
                lock = connection;
            } else {
                text(connection, UNLOCK);
            }
            return taken;
        } finally {
            if (!taken) {
                connection.close();
            }
        }
    }

    /**
     * Whether nobody else who shares it starts at this moment: tables are brought up to date by one after the other. Before the
     * lock of the store, which whoever changes tables needs for itself.
     */
    private boolean startsAlone(Connection connection) throws SQLException {
        return number.isPresent() || isTaken(connection, "pg_try_advisory_lock" + OF_STARTS);
    }

    private static boolean isTaken(Connection connection, String lock) throws SQLException {
        return text(connection, "select " + lock).equals("t");
    }

    /** Beside the lock that it shares, for as long as tables change, it has that lock for itself. */
    @Override
    public void migrating(BooleanSupplier changes) {
        Connection held = lock;
        if (!shared || held == null || !changes.getAsBoolean()) {
            return;
        }
        try {
            Instant end = Instant.now().plus(server.patience());
            while (!isTaken(held, "pg_try_advisory_lock" + OF_THE_STORE)) {
                if (!Instant.now().isBefore(end)) {
                    throw new StoreException("the store " + server + " has tables of an older version, and processes of"
                            + " that version that share it did not end within "
                            + server.patience().toSeconds() + " s: stop all of them, then start this one");
                }
                Thread.sleep(BETWEEN_TRIES);
            }
            changing = true;
        } catch (SQLException e) {
            throw new StoreException("the store " + server + " cannot be taken: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting for the store " + server, e);
        }
    }

    @Override
    public void migrated() {
        HikariDataSource from = pool;
        Connection held = lock;
        if (from == null || held == null) {
            return;
        }
        String next = shared ? "case when sharing = number then number else number + 1 end" : "number + 1";
        try (Connection connection = from.getConnection()) {
            number = OptionalLong.of(Long.parseLong(text(
                    connection,
                    "update store_owner set number = " + next + (shared ? ", sharing = " + next : "")
                            + (lease == null ? ", lease_until_ms = 0, lease_holder = ''" : "")
                            + " returning number")));
            if (shared) {
                if (changing) {
                    text(held, "select pg_advisory_unlock" + OF_THE_STORE);
                }
                text(held, "select pg_advisory_unlock" + OF_STARTS);
            }
            if (lease != null) {
                leased = lease.begin(connection);
            }
        } catch (SQLException e) {
            throw new StoreException("the store " + server + " cannot be taken: " + e.getMessage(), e);
        }
        keep();
    }

    private void keep() {
        HikariDataSource from = pool;
        if (from != null && keeper == null) {
            keeper = Thread.ofVirtual().name("store-owner").start(() -> keep(from));
        }
    }

    @Override
    public void begin(DbExecute tx) {
        long now;
        try (var rows = tx.query("select number from store_owner for no key update")) {
            now = rows.map(row -> Rows.number(row, "number")).findFirst().orElse(0L);
        }
        if (number.isPresent() && number.getAsLong() != now) {
            lose();
            check();
        }
    }

    private synchronized void lose() {
        if (!lost) {
            lost = true;
            LOG.error("the store {} was taken by another process; this one stores nothing any more", server);
            whenLost.run();
        }
    }

    @Override
    public synchronized void whenLost(Runnable told) {
        whenLost = told;
        if (lost) {
            told.run();
        }
    }

    @Override
    public void check() {
        if (lost) {
            throw new StoreException("the store " + server + " was taken by another process that started later"
                    + (shared ? " and does not share it" : "") + ": this one"
                    + " stores nothing any more and must be stopped");
        }
    }

    /** Takes the lock again when its connection ends, as at a restart of the server. */
    private void keep(HikariDataSource from) {
        while (closing.getCount() > 0 && !lost) {
            try {
                // Nobody interrupts this thread: that would end a connection on which it waits.
                if (closing.await(looks().toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                Connection held = lock;
                if (held != null && held.isValid((int) LOOKS.toSeconds())) {
                    renew(held);
                    continue;
                }
                if (held != null) {
                    lock = null;
                    from.evictConnection(held);
                    LOG.warn("the connection that holds the store ended; taking it again");
                }
                if (lock(from)) {
                    LOG.info("the store is held again");
                    held = lock;
                    if (held != null) {
                        renew(held);
                    }
                }
            } catch (InterruptedException e) {
                return;
            } catch (SQLException e) {
                LOG.warn("the store does not answer: {}", e.getMessage());
            }
        }
    }

    private void renew(Connection held) throws SQLException {
        if (lease != null && leased && !lease.renew(held)) {
            lose();
        }
    }

    /** Often enough for a lease to be renewed several times before it ends. */
    private Duration looks() {
        Duration often = lease == null ? LOOKS : lease.length().dividedBy(RENEWALS);
        return often.compareTo(LOOKS) < 0 ? often : LOOKS;
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
                if (lease != null && !lost) {
                    StoreLease.giveBack(held);
                }
                text(held, UNLOCK);
            } catch (SQLException e) {
                LOG.debug("the store was not given up: its connection had ended", e);
            }
        }
    }
}
