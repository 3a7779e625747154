package io.opsconductor.kit.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.DbExecute;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** SQLite with a write-ahead log and {@code synchronous=FULL}, in a file that is made when absent. */
record SqliteDialect(Path file) implements Dialect {
    private static final int CONNECTIONS = 4;

    @Override
    public HikariConfig pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:sqlite:" + file.toAbsolutePath()
                + "?journal_mode=WAL&synchronous=FULL&foreign_keys=true&busy_timeout=10000&transaction_mode=IMMEDIATE");
        config.setMaximumPoolSize(CONNECTIONS);
        return config;
    }

    @Override
    public List<String> migrations(String folder) {
        return List.of(folder);
    }

    @Override
    public Ownership own(HikariDataSource pool) {
        return new Unasked();
    }

    @Override
    public Ownership share(HikariDataSource pool) {
        throw new StoreException("the store " + file + " is a file, which one process writes: several need PostgreSQL");
    }

    @Override
    public Ownership standBy(HikariDataSource pool, Duration lease) {
        return share(pool);
    }

    @Override
    public Ownership beside() {
        return new Unasked();
    }

    @Override
    public String now() {
        return "cast(unixepoch('subsec') * 1000 as integer)";
    }

    @Override
    public String tables() {
        return "select count(*) as tables from sqlite_master where type = 'table' and name = ?";
    }

    @Override
    public boolean hasEnded(DbClientException failure) {
        return false;
    }

    /** A file whose writers wait for one another, and whose journal beside it lets one process in. */
    private record Unasked() implements Ownership {
        @Override
        public void migrating(BooleanSupplier changes) {}

        @Override
        public void migrated() {}

        @Override
        public void begin(DbExecute tx) {}

        @Override
        public void check() {}

        @Override
        public void close() {}
    }
}
