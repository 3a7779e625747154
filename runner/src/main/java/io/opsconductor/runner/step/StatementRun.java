package io.opsconductor.runner.step;

import io.opsconductor.plan.RenderedCommand.Bind;
import io.opsconductor.plan.RenderedCommand.Statement;
import io.opsconductor.runner.inventory.DatabaseAddress;
import io.opsconductor.runner.step.OutputListener.Channel;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Parser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One statement on one connection, from the session's settings to the end of its result. */
final class StatementRun {
    private static final Logger LOG = LoggerFactory.getLogger(StatementRun.class);

    /** How much longer the database itself lets the statement run, in case the runner dies meanwhile. */
    private static final Duration SPARE = Duration.ofSeconds(5);

    private final Statement statement;
    private final DatabaseAddress address;
    private final Connection connection;
    private final DatabaseFailures failures;
    private final OutputCapture capture;
    private final Duration timeout;
    private final long started = System.nanoTime();
    private volatile @Nullable PreparedStatement running;
    private volatile boolean cancelled;
    private volatile boolean clean;
    private volatile @Nullable SQLException failure;

    StatementRun(
            Statement statement,
            DatabaseAddress address,
            DatabaseConnection connection,
            DatabaseFailures failures,
            OutputCapture capture,
            Duration timeout) {
        this.statement = statement;
        this.address = address;
        this.connection = connection.jdbc();
        this.failures = failures;
        this.capture = capture;
        this.timeout = timeout;
    }

    /** Whether the connection can serve another statement. */
    boolean isClean() {
        return clean;
    }

    void run() {
        try {
            refuseSeveral();
            prepareSession();
            try (PreparedStatement prepared = connection.prepareStatement(statement.sql())) {
                prepared.setMaxRows(statement.maxRows() + 1);
                prepared.setFetchSize(Math.min(statement.maxRows() + 1, 500));
                bind(prepared);
                running = prepared;
                if (cancelled) {
                    return;
                }
                show(prepared);
            } finally {
                running = null;
                if (statement.readOnly()) {
                    rollBack();
                }
            }
        } catch (SQLException e) {
            LOG.debug("a statement failed: {}", e.toString());
            failure = e;
            clean = clean && !DatabaseFailures.isCut(e);
        } catch (RuntimeException e) {
            // What a driver says of bytes that are no answer at all: what came of the statement is not known.
            LOG.debug("a driver failed", e);
            failure = new SQLException("its answer was not understood", "08P01", e);
            clean = false;
        }
    }

    /**
     * PostgreSQL's driver takes a text of several statements apart and runs them all, and one of them could lift the
     * limits of the session; SQLite's runs the first and says nothing of the rest; MariaDB's hands over one only, and the
     * server refuses more.
     */
    private void refuseSeveral() throws SQLException {
        boolean takesSeveral =
                address.kind() == DatabaseAddress.Kind.POSTGRESQL || address.kind() == DatabaseAddress.Kind.SQLITE;
        if (takesSeveral
                && Parser.parseJdbcSql(statement.sql(), true, true, true, false, false)
                                .size()
                        != 1) {
            throw new SQLException("it is more than one statement", "42601");
        }
    }

    /** A session that refuses changes for a statement that only looks; each statement is a transaction of its own. */
    private void prepareSession() throws SQLException {
        long millis = timeout.plus(SPARE).toMillis();
        switch (address.kind()) {
            case POSTGRESQL -> {
                set("set statement_timeout = " + millis);
                if (statement.readOnly()) {
                    connection.setReadOnly(true);
                    connection.setAutoCommit(false);
                }
            }
            case MARIADB -> {
                set("set session max_statement_time = " + millis / 1000);
                readOnlyTransaction();
            }
            case MYSQL -> {
                // Servers before 5.7.8 do not know this limit, and read what stands between the marks as a comment.
                set("set @opsconductor = 1 /*!50708, session max_execution_time = " + millis + " */");
                readOnlyTransaction();
            }
            // Its file was opened for reading only.
            case SQLITE -> {}
        }
        clean = true;
    }

    private void readOnlyTransaction() throws SQLException {
        if (statement.readOnly()) {
            set("set session transaction read only");
            set("start transaction read only");
        }
    }

    private void set(String setting) throws SQLException {
        try (java.sql.Statement set = connection.createStatement()) {
            set.execute(setting);
        }
    }

    private void bind(PreparedStatement prepared) throws SQLException {
        int index = 0;
        for (Bind bind : statement.values()) {
            index++;
            String value = bind.value();
            switch (bind.kind()) {
                case TEXT -> {
                    if (value == null) {
                        prepared.setNull(index, Types.VARCHAR);
                    } else {
                        prepared.setString(index, value);
                    }
                }
                case INTEGER -> {
                    if (value == null) {
                        prepared.setNull(index, Types.BIGINT);
                    } else {
                        prepared.setLong(index, Long.parseLong(value));
                    }
                }
                case BOOLEAN -> {
                    if (value == null) {
                        prepared.setNull(index, Types.BOOLEAN);
                    } else {
                        prepared.setBoolean(index, Boolean.parseBoolean(value));
                    }
                }
            }
        }
    }

    private void show(PreparedStatement prepared) throws SQLException {
        if (prepared.execute()) {
            try (ResultSet rows = prepared.getResultSet()) {
                capture.write(Channel.STDOUT, ResultTable.text(rows, statement.maxRows()));
            }
            return;
        }
        int count = prepared.getUpdateCount();
        capture.write(Channel.STDOUT, count == 1 ? "1 row affected\n" : Math.max(0, count) + " rows affected\n");
    }

    private void rollBack() {
        try {
            if (address.kind() == DatabaseAddress.Kind.POSTGRESQL) {
                connection.rollback();
            } else if (address.kind() != DatabaseAddress.Kind.SQLITE) {
                set("rollback");
            }
        } catch (SQLException e) {
            LOG.debug("a transaction was not rolled back: {}", e.toString());
            clean = false;
        }
    }

    /** Ends the statement at the database; it may have ended by itself. */
    void cancel() {
        cancelled = true;
        PreparedStatement now = running;
        if (now != null) {
            try {
                now.cancel();
            } catch (SQLException e) {
                LOG.debug("a statement could not be cancelled: {}", e.toString());
            }
        }
    }

    /** How it ended by itself. */
    TargetOutcome outcome(Captured out, Captured err) {
        SQLException failed = failure;
        if (failed == null) {
            return new TargetOutcome.Answered("", out, err, took());
        }
        return DatabaseFailures.isCut(failed) && !statement.readOnly()
                ? new TargetOutcome.Interrupted(out, err, took(), failures.cutDuringChange())
                : new TargetOutcome.Answered(failures.failed(failed), out, err, took());
    }

    Duration took() {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
