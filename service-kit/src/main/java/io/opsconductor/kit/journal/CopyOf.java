package io.opsconductor.kit.journal;

import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whose journal a store has copies of: that of its only process, or that of one of several that share it.
 *
 * @param instance which of several; empty where there is one, whose tables name none
 */
public record CopyOf(String instance) {
    /** Of a process that has its store for itself. */
    public static final CopyOf THE_ONLY = new CopyOf("");

    /** Of the process that had the store before others shared it; whoever is told of its checkpoints is not told whose they are. */
    public static final CopyOf THE_FIRST = new CopyOf("first");

    /** What follows a checkpoint that others are told of. */
    String said() {
        return instance.isEmpty() || equals(THE_FIRST) ? "" : " " + instance;
    }

    /** The greatest number of its rows in a table; 0 when there is none. */
    long last(Database database, String table, String number) {
        return database.one(
                        "select coalesce(max(" + number + "), 0) as last from " + table + where(),
                        row -> Rows.number(row, "last"),
                        bound().toArray())
                .orElse(0L);
    }

    /** A condition on rows of a table, with the word before it; for {@link #bound}. */
    public String where() {
        return instance.isEmpty() ? "" : " where instance = ?";
    }

    /** What is bound to {@link #where}. */
    public List<Object> bound() {
        return instance.isEmpty() ? List.of() : List.of(instance);
    }

    /** A statement that adds a row, unless it is there. */
    String insert(String table, String columns) {
        int values = columns.split(",", -1).length + bound().size();
        return "insert into " + table + " (" + columns + (instance.isEmpty() ? "" : ", instance") + ") values (?"
                + ", ?".repeat(values - 1) + ") on conflict do nothing";
    }

    /** What is bound to {@link #insert}. */
    Object[] values(Object... ofColumns) {
        List<Object> all = new ArrayList<>(Arrays.asList(ofColumns));
        all.addAll(bound());
        return all.toArray();
    }
}
