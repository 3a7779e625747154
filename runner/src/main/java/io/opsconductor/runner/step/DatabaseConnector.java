package io.opsconductor.runner.step;

import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.credential.Secret;
import io.opsconductor.runner.credential.SecretReading;
import io.opsconductor.runner.inventory.DatabaseAddress;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.step.DatabasePool.Connecting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Driver;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/** Logs in at databases, once per call, with settings under which a connection can do nothing but run one statement. */
final class DatabaseConnector {
    /** How long a file may be locked by others, and how long a single wait of a driver may last. */
    private static final int WAIT_SECONDS = 10;

    /** Rows of one fetch that the PostgreSQL driver may hold. */
    private static final String MAX_FETCH = "32M";

    private final CredentialSource secrets;
    private final Duration limit;

    /**
     * @param limit for a login, from the first packet to the last
     */
    DatabaseConnector(CredentialSource secrets, Duration limit) {
        this.secrets = secrets;
        this.limit = limit;
    }

    /**
     * Logs in. Whatever the server does or fails to do, an answer comes within the limit, and at once when somebody cancels.
     *
     * @param readOnly whether a file is opened for reading only
     */
    Connecting connect(
            Target target,
            DatabaseAddress address,
            boolean readOnly,
            DatabaseFailures failures,
            Cancellation cancellation) {
        DatabaseDial dial = new DatabaseDial();
        CompletableFuture<Connecting> result = new CompletableFuture<>();
        Ending.Cause cause = dial.call(
                limit, cancellation, () -> result.complete(connect(dial, target, address, readOnly, failures)));
        return switch (cause) {
            case ENDED -> result.getNow(new Connecting.Failed(failures.late(limit)));
            case TIMED_OUT -> {
                var _ = result.thenAccept(DatabaseConnector::close);
                yield new Connecting.Failed(failures.late(limit));
            }
            case CANCELLED -> {
                var _ = result.thenAccept(DatabaseConnector::close);
                yield new Connecting.Cancelled();
            }
        };
    }

    private static void close(Connecting late) {
        if (late instanceof Connecting.Connected(DatabaseConnection connection)) {
            connection.close();
        }
    }

    private Connecting connect(
            DatabaseDial dial, Target target, DatabaseAddress address, boolean readOnly, DatabaseFailures failures) {
        try {
            Path file = address.file();
            if (file != null) {
                return Files.isRegularFile(file)
                        ? connected(sqlite(file, readOnly), dial)
                        : new Connecting.Failed(failures.noFile(file));
            }
            if (!(address.credential() instanceof Credential.Password login)) {
                return new Connecting.Failed(failures.noCredential());
            }
            return switch (secrets.read(login.password())) {
                case SecretReading.Unavailable(String reason) -> new Connecting.Failed(failures.unusable(reason));
                case SecretReading.Read(Secret secret) -> {
                    try (secret) {
                        String password = new String(secret.bytes(), StandardCharsets.UTF_8);
                        yield connected(
                                address.kind() == DatabaseAddress.Kind.POSTGRESQL
                                        ? postgresql(target, address, login.account(), password)
                                        : mariadb(target, address, login.account(), password),
                                dial);
                    }
                }
            };
        } catch (SQLException e) {
            return new Connecting.Failed(failures.notConnected(e));
        } catch (RuntimeException e) {
            // What a driver says of bytes that are no answer at all.
            return new Connecting.Failed(failures.notConnected(new SQLException(e)));
        }
    }

    private static Connecting connected(Connection connection, DatabaseDial dial) {
        return new Connecting.Connected(new DatabaseConnection(connection, dial, Instant.EPOCH));
    }

    /** A file that is not there is no new database. */
    private static Connection sqlite(Path file, boolean readOnly) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(readOnly);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setBusyTimeout(WAIT_SECONDS * 1000);
        config.setTransactionMode(TransactionMode.DEFERRED);
        config.enableLoadExtension(false);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source.getConnection();
    }

    private static Connection postgresql(Target target, DatabaseAddress address, String account, String password)
            throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("user", account);
        settings.setProperty("password", password);
        settings.setProperty("ApplicationName", "opsconductor");
        settings.setProperty("connectTimeout", String.valueOf(WAIT_SECONDS));
        settings.setProperty("socketFactory", DatabaseSockets.class.getName());
        settings.setProperty("cancelSignalTimeout", String.valueOf(WAIT_SECONDS));
        settings.setProperty("tcpKeepAlive", "true");
        // The database finds out what a text is compared with.
        settings.setProperty("stringtype", "unspecified");
        settings.setProperty("prepareThreshold", "0");
        settings.setProperty("maxResultBuffer", MAX_FETCH);
        settings.setProperty("sslmode", address.tls() ? "verify-full" : "disable");
        Path authority = address.authority();
        if (authority != null) {
            settings.setProperty("sslrootcert", authority.toString());
        } else if (address.tls()) {
            settings.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        Connection connection =
                new org.postgresql.Driver().connect("jdbc:postgresql://" + host(target, address), settings);
        return opened(connection);
    }

    private static Connection mariadb(Target target, DatabaseAddress address, String account, String password)
            throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("user", account);
        settings.setProperty("password", password);
        settings.setProperty("connectTimeout", String.valueOf(WAIT_SECONDS * 1000));
        settings.setProperty("socketFactory", DatabaseSockets.class.getName());
        settings.setProperty("tcpKeepAlive", "true");
        settings.setProperty("allowMultiQueries", "false");
        // Without it, a connection that is reset keeps what its session was set to.
        settings.setProperty("useResetConnection", "true");
        // A hostile server could ask the client for any file.
        settings.setProperty("allowLocalInfile", "false");
        settings.setProperty("permitRedirect", "false");
        settings.setProperty("sslMode", address.tls() ? "verify-full" : "disable");
        Path authority = address.authority();
        if (authority != null) {
            settings.setProperty("serverSslCert", authority.toString());
        }
        return opened(new Driver().connect("jdbc:mariadb://" + host(target, address), settings));
    }

    private static String host(Target target, DatabaseAddress address) {
        String host = target.address().contains(":") ? "[" + target.address() + "]" : target.address();
        return host + ":" + address.port() + "/" + address.database();
    }

    private static Connection opened(@Nullable Connection connection) throws SQLException {
        if (connection == null) {
            throw new SQLException("the driver does not know the address");
        }
        return connection;
    }
}
