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

/** A PostgreSQL server, started when it is first asked for and stopped with the Java process. It keeps nothing on disk for long. */
public final class PostgreSqlServer {
    /** The role that owns the databases. */
    public static final String USER = "opsconductor";

    public static final String PASSWORD = "Pg-store-password-1";

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable PostgreSqlServer shared;

    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private final EmbeddedPostgres server;
    private final Path passwordFile;

    private PostgreSqlServer(EmbeddedPostgres server, Path passwordFile) {
        this.server = server;
        this.passwordFile = passwordFile;
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
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    // Off where the library is asked for nothing, which the product refuses.
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "200")
                    .setPGStartupWait(Duration.ofMinutes(1))
                    .start();
            Path passwordFile = Files.createTempFile("store-password", "");
            passwordFile.toFile().deleteOnExit();
            Files.writeString(passwordFile, PASSWORD + "\n");
            PostgreSqlServer started = new PostgreSqlServer(server, passwordFile);
            started.administer("create role " + USER + " login password '" + PASSWORD + "'");
            // Everybody who is not the administrator needs the password.
            Files.writeString(
                    Path.of(started.setting("hba_file")),
                    "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
            started.administer("select pg_reload_conf()");
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The database of that name, new and empty when it is first asked for. */
    Place place(String name) {
        return places.computeIfAbsent(name, _ -> place());
    }

    /** A new, empty database. */
    public Place place() {
        String name = "store" + NUMBER.incrementAndGet();
        administer("create database " + name + " owner " + USER + " encoding 'UTF8'");
        return new Place("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name, passwordFile);
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
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database, "postgres", "");
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
