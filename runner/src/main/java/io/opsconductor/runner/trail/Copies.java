package io.opsconductor.runner.trail;

import io.opsconductor.json.Json;
import io.opsconductor.kit.journal.CopyOf;
import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a process's store has copies of, by number. */
final class Copies {
    private Copies() {}

    /** Hashes of the journal's lines; none where there is no store. */
    static Map<Long, String> ofLines(HomeFiles files, String process) {
        return read(files, process, "journal", "select seq as number, hash as digest from journal");
    }

    /** Digests of the checkpoints. */
    static Map<Long, String> ofCheckpoints(HomeFiles files, String process) {
        return read(files, process, "checkpoint", "select number, digest from checkpoint");
    }

    /**
     * The lines of the other processes that share this one's store, each chain in its order, by the names of those. The
     * evidence is in their homes; here is what they have copied.
     */
    static Map<String, List<JournalEntry>> ofOthers(HomeFiles files, String process) {
        Optional<Database> store = files.store(process);
        if (store.isEmpty()) {
            return Map.of();
        }
        try (Database database = store.get()) {
            if (!isShared(database)) {
                return Map.of();
            }
            record Line(String instance, JournalEntry entry) {}
            return database
                    .query(
                            "select instance, line from journal where instance <> ? order by instance, seq",
                            row -> new Line(
                                    Rows.text(row, "instance"), Json.read(Rows.text(row, "line"), JournalEntry.class)),
                            files.copyOf(process).instance())
                    .stream()
                    .collect(Collectors.groupingBy(
                            Line::instance, TreeMap::new, Collectors.mapping(Line::entry, Collectors.toList())));
        }
    }

    /** Whether its tables say whose each copy is; a store that an older version made has one process's alone. */
    static boolean isShared(Database database) {
        return database.hasTable("runner_instance") || database.hasTable("chatbot_instance");
    }

    private static Map<Long, String> read(HomeFiles files, String process, String table, String sql) {
        Optional<Database> store = files.store(process);
        if (store.isEmpty()) {
            return new HashMap<>();
        }
        try (Database database = store.get()) {
            if (!database.hasTable(table)) {
                return new HashMap<>();
            }
            CopyOf whose = isShared(database) ? files.copyOf(process) : CopyOf.THE_ONLY;
            return database
                    .query(
                            sql + whose.where(),
                            row -> Map.entry(Rows.number(row, "number"), Rows.text(row, "digest")),
                            whose.bound().toArray())
                    .stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, HashMap::new));
        }
    }
}
