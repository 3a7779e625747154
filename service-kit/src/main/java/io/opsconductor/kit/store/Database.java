package io.opsconductor.kit.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.helidon.dbclient.DbTransaction;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/**
 * The store: SQLite in a file, or a database of PostgreSQL. A committed transaction survives the process being killed. Reads run
 * side by side; there is one writer, so writes queue here in order instead of failing there. What differs between the two is
 * {@link Dialect}'s. All methods block.
 */
public final class Database implements AutoCloseable {
    private final HikariDataSource pool;
    private final DbClient client;
    private final Dialect dialect;
    private final Ownership ownership;
    /** Where everybody but the urgent ones waits, so that at most one of them is ahead of an urgent one. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private final ReentrantLock writer = new ReentrantLock(true);
    private final Commits commits = new Commits(this);

    private Database(HikariDataSource pool, DbClient client, Dialect dialect, Ownership ownership) {
        this.pool = pool;
        this.client = client;
        this.dialect = dialect;
        this.ownership = ownership;
    }

    /**
     * Opens a store for the one process that writes it, creates it when absent, and migrates it.
     *
     * @param migrations class path folder of the process's migrations, such as {@code db/runner}
     * @throws StoreException when it cannot be opened, or another process has it
     */
    public static Database open(StorePlace place, String migrations) {
        return open(place, migrations, Dialect::own);
    }

    /**
     * As {@link #open(StorePlace, String)}, for one of several processes that write a store at the same time. Their transactions
     * come one after the other; what they know of rows in memory, each of them has to find out again.
     *
     * @throws StoreException when it cannot be opened, is a file, or another process has it for itself alone
     */
    public static Database share(StorePlace place, String migrations) {
        return open(place, migrations, Dialect::share);
    }

    /**
     * As {@link #open(StorePlace, String)}, after waiting for as long as it takes: until whoever has the store gives it back, or has
     * not renewed its lease in time. Whoever opens it so has a lease, and renews it.
     *
     * @param lease for how long this process may say nothing before others take over, by the database's clock
     * @throws StoreException when it cannot be opened, or is a file
     */
    public static Database standBy(StorePlace place, String migrations, Duration lease) {
        return open(place, migrations, (dialect, pool) -> dialect.standBy(pool, lease));
    }

    /** What to do when another process has taken the store; once, on any thread, and it must return at once. */
    public void whenLost(Runnable told) {
        ownership.whenLost(told);
    }

    private static Database open(
            StorePlace place, String migrations, BiFunction<Dialect, HikariDataSource, Ownership> taking) {
        if (place instanceof StorePlace.InFile in) {
            makeFolder(in.file());
        }
        Dialect dialect = Dialect.of(place);
        HikariDataSource pool = pool(place, dialect);
        try {
            Ownership ownership = taking.apply(dialect, pool);
            Flyway flyway = Flyway.configure()
                    .dataSource(pool)
                    .locations(dialect.migrations(migrations).stream()
                            .map(folder -> "classpath:" + folder)
                            .toArray(String[]::new))
                    .load();
            ownership.migrating(() -> flyway.info().pending().length > 0);
            flyway.migrate();
            ownership.migrated();
            return of(pool, dialect, ownership);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** As {@link #open(StorePlace, String)}, in a file. */
    public static Database open(Path file, String migrations) {
        return open(new StorePlace.InFile(file), migrations);
    }

    /** Opens a store that a process made, as it is; for looking into it beside that process. */
    public static Database existing(StorePlace place) {
        Dialect dialect = Dialect.of(place);
        return of(pool(place, dialect), dialect, dialect.beside());
    }

    /** As {@link #existing(StorePlace)}, in a file. */
    public static Database existing(Path file) {
        return existing(new StorePlace.InFile(file));
    }

    private static void makeFolder(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the store's directory for " + file, e);
        }
    }

    private static HikariDataSource pool(StorePlace place, Dialect dialect) {
        HikariConfig config = dialect.pool();
        config.setPoolName("store");
        config.setMinimumIdle(1);
        config.setConnectionTimeout(10_000);
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            throw new StoreException("the store " + place + " cannot be opened: " + reason(e), e);
        }
    }

    /** The words of the database, which the pool puts its own around. */
    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && !(root instanceof SQLException)) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    private static Database of(HikariDataSource pool, Dialect dialect, Ownership ownership) {
        DbClient client = JdbcClientBuilder.create()
                .connectionPool(() -> {
                    try {
                        return pool.getConnection();
                    } catch (SQLException e) {
                        throw new StoreException("no connection to the store within 10 s", e);
                    }
                })
                .build();
        return new Database(pool, client, dialect, ownership);
    }

    /**
     * Rows of a query; values are bound by position. They may come from anywhere: no store holds a NUL, so that a text with one is
     * looked for with U+FFFD in its place, and is not found.
     */
    public <T> List<T> query(String sql, Function<DbRow, T> mapper, Object... values) {
        Object[] bound = Arrays.stream(values)
                .map(value -> value instanceof String text ? text.replace('\0', '\uFFFD') : value)
                .toArray();
        return whileConnectionsEnd(() -> {
            try (Stream<DbRow> rows = client.execute().query(sql, bound)) {
                return rows.map(mapper).toList();
            }
        });
    }

    /** The only row of a query, or empty. */
    public <T> Optional<T> one(String sql, Function<DbRow, T> mapper, Object... values) {
        return query(sql, mapper, values).stream().findFirst();
    }

    /** One statement that changes rows, committed when this returns; answers how many rows changed. */
    public long change(String sql, Object... values) {
        return transaction(tx -> tx.dml(sql, values));
    }

    /** Runs work in one transaction: committed when it returns, rolled back when it throws. */
    public <T> T transaction(Function<DbExecute, T> work) {
        turn.lock();
        try {
            return urgent(work);
        } finally {
            turn.unlock();
        }
    }

    /**
     * As {@link #transaction}, ahead of all who wait. For somebody who must answer within a deadline, and who writes
     * little: the others wait as long as such work comes.
     */
    public <T> T urgent(Function<DbExecute, T> work) {
        writer.lock();
        try {
            DbTransaction tx = whileConnectionsEnd(this::begun);
            try {
                T result = work.apply(tx);
                tx.commit();
                return result;
            } catch (RuntimeException | Error e) {
                rollBack(tx, e);
                throw e;
            }
        } finally {
            writer.unlock();
        }
    }

    /** A transaction in which nothing was done yet, so that it can be begun again. */
    private DbTransaction begun() {
        DbTransaction tx = client.transaction();
        try {
            ownership.begin(tx);
            return tx;
        } catch (RuntimeException | Error e) {
            rollBack(tx, e);
            throw e;
        }
    }

    private static void rollBack(DbTransaction tx, Throwable because) {
        try {
            tx.rollback();
        } catch (RuntimeException e) {
            // As when its connection ended: then there is nothing to take back.
            because.addSuppressed(e);
        }
    }

    /** Does what changes nothing again with the next connection, when the server ended this one, as at its restart. */
    private <T> T whileConnectionsEnd(Supplier<T> work) {
        for (int left = pool.getMaximumPoolSize(); ; left--) {
            try {
                return work.get();
            } catch (DbClientException e) {
                if (left == 0 || !dialect.hasEnded(e)) {
                    throw e;
                }
            }
        }
    }

    /**
     * As {@link #transaction}, in one transaction with the work of others who come at the same time. For many small pieces of
     * work side by side; each must do no more than change rows, because it is done again when another one of them fails.
     */
    public <T> T together(Function<DbExecute, T> work) {
        return queued(work).get();
    }

    /**
     * As {@link #together}, in two parts: now it takes its place behind all that came before, and whoever asks for the result waits
     * for the commit. What took its place earlier is never committed later.
     */
    public <T> Supplier<T> queued(Function<DbExecute, T> work) {
        return commits.queued(work);
    }

    /** An expression for statements: milliseconds since 1970 by the store's own clock, the same for all who share it. */
    public String now() {
        return dialect.now();
    }

    /** For what no statement of a process does, such as copying all of it. */
    Connection connection() throws SQLException {
        return pool.getConnection();
    }

    /** Whether there is a table of this name: a store that an older version made has not every one. */
    public boolean hasTable(String name) {
        return one(dialect.tables(), row -> Rows.number(row, "tables"), name).orElse(0L) > 0;
    }

    /** Throws when the store does not answer, or is another process's by now. */
    public void ping() {
        ownership.check();
        query("select 1 as one", row -> row.column("one").get(Integer.class));
    }

    @Override
    public void close() {
        commits.close();
        ownership.close();
        client.close();
        pool.close();
    }
}
