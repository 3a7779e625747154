package io.opsconductor.runner.step;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A login at a database.
 *
 * @param jdbc the connection
 * @param idleSince when it was put aside; the epoch while it is used
 */
record DatabaseConnection(Connection jdbc, Instant idleSince) {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseConnection.class);
    private static final int ANSWER_SECONDS = 2;

    DatabaseConnection idle(Instant since) {
        return new DatabaseConnection(jdbc, since);
    }

    boolean isAlive() {
        try {
            return jdbc.isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    void close() {
        try {
            jdbc.close();
        } catch (SQLException e) {
            LOG.debug("closing a database connection: {}", e.toString());
        }
    }

    /** Closes without waiting for the other side. */
    void abort() {
        try {
            jdbc.abort(
                    task -> Thread.ofPlatform().daemon().name("database-abort").start(task));
        } catch (SQLException e) {
            LOG.debug("aborting a database connection: {}", e.toString());
        }
    }
}
