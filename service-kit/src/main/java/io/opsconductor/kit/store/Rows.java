package io.opsconductor.kit.store;

import io.helidon.dbclient.DbRow;
import java.time.Instant;
import java.util.Optional;

/** Reads columns of a row by name; a null column is an empty Optional or an error, never a surprise later. */
public final class Rows {
    private Rows() {}

    public static String text(DbRow row, String column) {
        return row.column(column).get(String.class);
    }

    public static Optional<String> optionalText(DbRow row, String column) {
        // The column's own Optional accessor throws on NULL (Helidon 4.1.7).
        return Optional.ofNullable(row.column(column).get()).map(String::valueOf);
    }

    public static long number(DbRow row, String column) {
        return row.column(column).get(Number.class).longValue();
    }

    /** An instant that was stored as ISO-8601 text. */
    public static Instant instant(DbRow row, String column) {
        return Instant.parse(text(row, column));
    }
}
