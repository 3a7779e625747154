package io.opsconductor.kit.store;

import io.helidon.dbclient.DbRow;
import java.time.Instant;

/**
 * Reads columns of a row by name. Our tables have no null columns, absent text is empty: Helidon's column accessors (4.1.7)
 * throw on NULL, whichever of them is asked.
 */
public final class Rows {
    private Rows() {}

    public static String text(DbRow row, String column) {
        return row.column(column).get(String.class);
    }

    public static long number(DbRow row, String column) {
        return row.column(column).get(Number.class).longValue();
    }

    /** An instant that was stored as ISO-8601 text. */
    public static Instant instant(DbRow row, String column) {
        return Instant.parse(text(row, column));
    }
}
