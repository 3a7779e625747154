package io.opsconductor.kit.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * For how long a process may have a store without saying that it still does, by the database's clock. Whoever waits for the store
 * leaves it alone while the lease runs, also when its holder lost its connections for a moment, and takes it when the lease has
 * ended, also from a holder that still has connections and does nothing with them.
 *
 * @param length of a lease
 */
record StoreLease(Duration length) {
    private static final String NOW = "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";

    private static final String HELD = " where lease_holder = current_setting('application_name')";

    /** How the lease of the store stands. */
    enum Standing {
        /** Nobody has one: it was given back, or whoever has the store needs none. */
        NONE,
        RUNS,
        ENDED
    }

    static Standing standing(Connection connection) throws SQLException {
        if (!isKnown(connection)) {
            return Standing.NONE;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select lease_until_ms as until, " + NOW + " as now from store_owner")) {
            if (!rows.next() || rows.getLong("until") == 0) {
                return Standing.NONE;
            }
            return rows.getLong("until") > rows.getLong("now") ? Standing.RUNS : Standing.ENDED;
        }
    }

    /** Before the first start of a version that has leases nobody has one. */
    private static boolean isKnown(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from information_schema.columns"
                        + " where table_schema = current_schema() and table_name = 'store_owner'"
                        + " and column_name = 'lease_until_ms'")) {
            return rows.next() && rows.getInt(1) > 0;
        }
    }

    /**
     * Ends the connections of a holder whose lease has ended: a process that stands still in the middle of a transaction would
     * keep everybody else from writing.
     */
    static void endConnections(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(a.pid) from pg_stat_activity a, store_owner o"
                    + " where a.application_name = o.lease_holder and a.datname = current_database()"
                    + " and a.usename = current_user and a.pid <> pg_backend_pid()"
                    + " and o.lease_until_ms between 1 and " + NOW);
        }
    }

    /** Begins a lease of whoever has the lock; false before the first start of a version that has leases. */
    boolean begin(Connection connection) throws SQLException {
        return isKnown(connection)
                && changed(connection, "lease_holder = current_setting('application_name')", "") == 1;
    }

    /** Renews it; false when it is somebody else's by now. */
    boolean renew(Connection connection) throws SQLException {
        return changed(connection, "lease_holder = lease_holder", HELD) == 1;
    }

    private int changed(Connection connection, String holder, String where) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "update store_owner set lease_until_ms = " + NOW + " + ?, " + holder + where)) {
            statement.setLong(1, length.toMillis());
            return statement.executeUpdate();
        }
    }

    /** Gives it back: whoever waits need not wait for its end. */
    static void giveBack(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("update store_owner set lease_until_ms = 0, lease_holder = ''" + HELD);
        }
    }
}
