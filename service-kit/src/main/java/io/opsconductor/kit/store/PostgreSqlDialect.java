package io.opsconductor.kit.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import io.helidon.dbclient.DbClientException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * PostgreSQL, with the isolation and the waiting that the stores were written for: transactions that write come one after the
 * other, whichever process they are of, as they do in SQLite.
 */
record PostgreSqlDialect(StorePlace.OnServer server) implements Dialect {
    /**
     * A writer waits at most so long for the one before it, one that says nothing is ended, and a host that died is noticed, so
     * that the store does not stay taken. Values of the URL would come after these.
     */
    private static final String SESSION = "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"
            + " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";

    @Override
    public HikariConfig pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.url());
        config.setCredentialsProvider(
                () -> Credentials.of(server.user(), server.password().read().orElse("")));
        // One more, which holds the store.
        config.setMaximumPoolSize(server.connections() + 1);
        config.setInitializationFailTimeout(Math.max(1, server.patience().toMillis()));
        // Whatever the server's default is: each statement sees what was committed before it, the lock's wait included.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.addDataSourceProperty("options", SESSION);
        // One for each process: whoever takes a store ends the connections of whom it was taken from, and no others.
        config.addDataSourceProperty("ApplicationName", "opsconductor " + UUID.randomUUID());
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("connectTimeout", "10");
        // Its classes are not in every runtime.
        config.addDataSourceProperty("gssEncMode", "disable");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        if (server.verified()) {
            config.addDataSourceProperty("sslmode", "verify-full");
            server.authority()
                    .ifPresentOrElse(
                            file -> config.addDataSourceProperty("sslrootcert", file.toString()),
                            () -> config.addDataSourceProperty(
                                    "sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory"));
        } else {
            config.addDataSourceProperty("sslmode", "disable");
        }
        return config;
    }

    /** What is the same for every process, and what this one needs besides, lies in folders of PostgreSQL's own. */
    @Override
    public List<String> migrations(String folder) {
        return List.of(folder, "db/postgresql/every", "db/postgresql/" + folder.substring(folder.lastIndexOf('/') + 1));
    }

    @Override
    public Ownership own(HikariDataSource pool) {
        return PostgreSqlOwnership.take(pool, server);
    }

    @Override
    public Ownership share(HikariDataSource pool) {
        return PostgreSqlOwnership.share(pool, server);
    }

    @Override
    public Ownership standBy(HikariDataSource pool, Duration lease) {
        return PostgreSqlOwnership.standBy(pool, server, lease);
    }

    @Override
    public Ownership beside() {
        return PostgreSqlOwnership.beside(server);
    }

    /** Not {@code now()}, which is when the transaction began: it may have waited for its turn since. */
    @Override
    public String now() {
        return "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";
    }

    @Override
    public String tables() {
        return "select count(*) as tables from information_schema.tables"
                + " where table_schema = current_schema() and table_name = ?";
    }

    /** Classes of SQL states: connection exception, and operator intervention such as the end of the server. */
    @Override
    public boolean hasEnded(DbClientException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().startsWith("08") || sql.getSQLState().startsWith("57P");
            }
        }
        return false;
    }
}
