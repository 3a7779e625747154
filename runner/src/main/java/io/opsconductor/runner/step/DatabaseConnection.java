package io.opsconductor.runner.step;

import io.opsconductor.runner.inventory.DatabaseAddress;
import java.lang.module.ModuleDescriptor.Version;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A login at a database. None of its calls waits for the server longer than a few seconds.
 *
 * @param jdbc the connection
 * @param dial what it was opened with
 * @param idleSince when it was put aside; the epoch while it is used
 */
record DatabaseConnection(Connection jdbc, DatabaseDial dial, Instant idleSince) {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseConnection.class);
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    DatabaseConnection idle(Instant since) {
        return new DatabaseConnection(jdbc, dial, since);
    }

    /** Whether the server still answers. */
    boolean isAlive(Cancellation cancellation) {
        return answers(cancellation, () -> jdbc.isValid((int) ANSWER.toSeconds()));
    }

    /** Takes back what a statement set for its session; false when the connection cannot serve another one. */
    boolean renew(DatabaseAddress.Kind kind) {
        return answers(new Cancellation(), () -> switch (kind) {
            case POSTGRESQL -> {
                jdbc.setAutoCommit(true);
                jdbc.setReadOnly(false);
                try (Statement statement = jdbc.createStatement()) {
                    statement.execute("discard all");
                }
                yield true;
            }
            case MARIADB -> {
                if (!canBeReset(jdbc.getMetaData())) {
                    yield false;
                }
                jdbc.unwrap(org.mariadb.jdbc.Connection.class).reset();
                yield true;
            }
            // The driver's reset takes nothing back at MySQL, and does not say so (MySQL's bug 97633 is why).
            case MYSQL -> false;
            // Opening a file is cheap, and whether it may be written is decided then.
            case SQLITE -> false;
        });
    }

    /** The driver resets from MariaDB 10.3.13 on (MDEV-18281), and does nothing at older ones. */
    private static boolean canBeReset(DatabaseMetaData server) throws SQLException {
        Version version = Version.parse(server.getDatabaseProductVersion().replaceFirst("[^0-9.].*", ""));
        return server.getDatabaseProductName().equals("MariaDB") && version.compareTo(Version.parse("10.3.13")) >= 0;
    }

    private interface Question {
        boolean ask() throws SQLException;
    }

    private boolean answers(Cancellation cancellation, Question question) {
        AtomicBoolean answer = new AtomicBoolean();
        Ending.Cause cause = dial.call(ANSWER, cancellation, () -> {
            try {
                answer.set(question.ask());
            } catch (SQLException | RuntimeException e) {
                LOG.debug("a database connection is of no more use: {}", e.toString());
            }
        });
        return cause == Ending.Cause.ENDED && answer.get();
    }

    void close() {
        try {
            jdbc.close();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("closing a database connection: {}", e.toString());
        }
    }

    /** Closes without waiting for the other side. */
    void abort() {
        Thread.ofPlatform().daemon().name("database-abort").start(() -> {
            // MariaDB's driver logs in once more to end what runs.
            new DatabaseDial().call(LAST_WORDS, new Cancellation(), () -> {
                try {
                    jdbc.abort(Runnable::run);
                } catch (SQLException | RuntimeException e) {
                    LOG.debug("aborting a database connection: {}", e.toString());
                }
            });
            dial.cut();
            // SQLite's has no sockets, and its driver's abort does nothing.
            close();
        });
    }
}
