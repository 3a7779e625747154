package io.opsconductor.kit.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.helidon.dbclient.DbTransaction;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/**
 * The embedded store: SQLite with a write-ahead log and {@code synchronous=FULL}, so that a committed transaction
 * survives the process being killed. Reads run side by side; SQLite has one writer, so writes queue here in order instead
 * of failing there with "database is locked". All methods block.
 */
public final class Database implements AutoCloseable {
    private static final int CONNECTIONS = 4;

    private final HikariDataSource pool;
    private final DbClient client;
    /** Where everybody but the urgent ones waits, so that at most one of them is ahead of an urgent one. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private final ReentrantLock writer = new ReentrantLock(true);
    private final Commits commits = new Commits(this);

    private Database(HikariDataSource pool, DbClient client) {
        this.pool = pool;
        this.client = client;
    }

    /**
     * Opens the file, creates it when absent, and migrates it.
     *
     * @param migrations class path folder of the process's migrations, such as {@code db/runner}
     */
    public static Database open(Path file, String migrations) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the store's directory for " + file, e);
        }
        HikariDataSource pool = pool(file);
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:" + migrations)
                    .load()
                    .migrate();
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
        return of(pool);
    }

    /** Opens a store that a process made, as it is; for looking into it beside that process. */
    public static Database existing(Path file) {
        return of(pool(file));
    }

    private static HikariDataSource pool(Path file) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setJdbcUrl("jdbc:sqlite:" + file.toAbsolutePath()
                + "?journal_mode=WAL&synchronous=FULL&foreign_keys=true&busy_timeout=10000&transaction_mode=IMMEDIATE");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(10_000);
        return new HikariDataSource(config);
    }

    private static Database of(HikariDataSource pool) {
        DbClient client = JdbcClientBuilder.create()
                .connectionPool(() -> {
                    try {
                        return pool.getConnection();
                    } catch (SQLException e) {
                        throw new StoreException("no connection to the store within 10 s", e);
                    }
                })
                .build();
        return new Database(pool, client);
    }

    /** Rows of a query; values are bound by position. */
    public <T> List<T> query(String sql, Function<DbRow, T> mapper, Object... values) {
        try (Stream<DbRow> rows = client.execute().query(sql, values)) {
            return rows.map(mapper).toList();
        }
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
            DbTransaction tx = client.transaction();
            try {
                T result = work.apply(tx);
                tx.commit();
                return result;
            } catch (RuntimeException | Error e) {
                tx.rollback();
                throw e;
            }
        } finally {
            writer.unlock();
        }
    }

    /**
     * As {@link #transaction}, in one transaction with the work of others who come at the same time. For many small pieces of
     * work side by side; each must do no more than change rows, because it is done again when another one of them fails.
     */
    public <T> T together(Function<DbExecute, T> work) {
        return commits.commit(work);
    }

    /** Throws when the store does not answer. */
    public void ping() {
        query("select 1 as one", row -> row.column("one").get(Integer.class));
    }

    @Override
    public void close() {
        commits.close();
        client.close();
        pool.close();
    }
}
