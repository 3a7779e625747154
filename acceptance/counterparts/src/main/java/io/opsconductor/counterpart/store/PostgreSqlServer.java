package io.opsconductor.counterpart.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server. The one that tests share is started when it is first asked for and stopped with the Java process; it keeps
 * nothing on disk for long. One of its own can be taken away, and come back at the same address with what it had.
 */
public final class PostgreSqlServer implements AutoCloseable {
    /** The role that owns the databases. */
    public static final String USER = "opsconductor";

    public static final String PASSWORD = "Pg-store-password-1";

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable PostgreSqlServer shared;

    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private final Path data;
    private final int port;
    private final boolean quick;
    private final Path passwordFile;
    private EmbeddedPostgres server;

    private PostgreSqlServer(Path data, boolean quick) {
        this.data = data;
        this.quick = quick;
        try {
            this.server = builder().setCleanDataDirectory(quick).start();
            this.port = server.getPort();
            this.passwordFile = Files.createTempFile("store-password", "");
            passwordFile.toFile().deleteOnExit();
            Files.writeString(passwordFile, PASSWORD + "\n");
            administer("create role " + USER + " login password '" + PASSWORD + "'");
            // Everybody who is not the administrator needs the password.
            Files.writeString(
                    Path.of(setting("hba_file")),
                    "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
            administer("select pg_reload_conf()");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one of this Java process. */
    public static synchronized PostgreSqlServer shared() {
        PostgreSqlServer known = shared;
        if (known == null) {
            known = start();
            shared = known;
        }
        return known;
    }

    private static PostgreSqlServer start() {
        try {
            return new PostgreSqlServer(Files.createTempDirectory("postgresql"), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts one that nobody else has, as careful with its disk as one in earnest.
     *
     * @param data a directory for what it stores, which need not exist; it stays
     */
    public static PostgreSqlServer own(Path data) {
        return new PostgreSqlServer(data, false);
    }

    private EmbeddedPostgres.Builder builder() {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                // Off where the library is asked for nothing, which the product refuses.
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "200")
                .setPGStartupWait(Duration.ofMinutes(1));
        return quick ? builder.setServerConfig("fsync", "off").setServerConfig("full_page_writes", "off") : builder;
    }

    /** Ends it at once; connections end with it. */
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again after {@link #stop}, at the same address. */
    public void startAgain() {
        try {
            server = builder().setCleanDataDirectory(false).setPort(port).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** The database of that name, new and empty when it is first asked for. */
    Place place(String name) {
        return places.computeIfAbsent(name, _ -> place());
    }

    /** A new, empty database. */
    public Place place() {
        String name = "store" + NUMBER.incrementAndGet();
        administer("create database " + name + " owner " + USER + " encoding 'UTF8'");
        return new Place("jdbc:postgresql://127.0.0.1:" + port + "/" + name, passwordFile);
    }

    /** A statement of the administrator, in the database {@code postgres}. */
    public void administer(String sql) {
        try (Connection connection = administrator("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** A setting of the server, as {@code show} says it. */
    public String setting(String name) {
        try (Connection connection = administrator("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show " + name)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private Connection administrator(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, "postgres", "");
    }

    /**
     * One database.
     *
     * @param url for JDBC
     * @param passwordFile holds the password of {@link #USER}
     */
    public record Place(String url, Path passwordFile) {
        /** What sets it as the store of a process, {@code chatbot} or {@code runner}. */
        public Map<String, String> settings(String process) {
            String prefix = "OPSCONDUCTOR_" + process.toUpperCase(Locale.ROOT) + "_STORE_";
            return Map.of(
                    prefix + "URL",
                    url,
                    prefix + "USER",
                    USER,
                    prefix + "PASSWORD",
                    "file:" + passwordFile,
                    prefix + "TLS",
                    "off");
        }

        /** A connection past the product, for looking at what it stored. */
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(url, USER, PASSWORD);
        }
    }
}
