package io.opsconductor.runner.trail;

import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a process's store has copies of, by number. */
final class Copies {
    private Copies() {}

    /** Hashes of the journal's lines; none where there is no store. */
    static Map<Long, String> ofLines(HomeFiles files, String process) {
        return read(files.store(process), "journal", "select seq as number, hash as digest from journal");
    }

    /** Digests of the checkpoints. */
    static Map<Long, String> ofCheckpoints(HomeFiles files, String process) {
        return read(files.store(process), "checkpoint", "select number, digest from checkpoint");
    }

    private static Map<Long, String> read(Optional<Database> store, String table, String sql) {
        if (store.isEmpty()) {
            return new HashMap<>();
        }
        try (Database database = store.get()) {
            if (!database.hasTable(table)) {
                return new HashMap<>();
            }
            return database.query(sql, row -> Map.entry(Rows.number(row, "number"), Rows.text(row, "digest"))).stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, HashMap::new));
        }
    }
}
