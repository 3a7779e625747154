package io.opsconductor.runner.trail;

import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What a process's store has copies of, by number. */
final class Copies {
    private Copies() {}

    /** Hashes of the journal's lines; none where there is no store. */
    static Map<Long, String> ofLines(Path store) {
        return read(store, "journal", "select seq as number, hash as digest from journal");
    }

    /** Digests of the checkpoints. */
    static Map<Long, String> ofCheckpoints(Path store) {
        return read(store, "checkpoint", "select number, digest from checkpoint");
    }

    private static Map<Long, String> read(Path store, String table, String sql) {
        if (!Files.exists(store)) {
            return new HashMap<>();
        }
        try (Database database = Database.existing(store)) {
            if (!hasTable(database, table)) {
                return new HashMap<>();
            }
            return database.query(sql, row -> Map.entry(Rows.number(row, "number"), Rows.text(row, "digest"))).stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, HashMap::new));
        }
    }

    /** A store of an older version has not every table. */
    static boolean hasTable(Database database, String table) {
        return database.one(
                                "select count(*) as tables from sqlite_master where type = 'table' and name = ?",
                                row -> Rows.number(row, "tables"),
                                table)
                        .orElse(0L)
                > 0;
    }
}
