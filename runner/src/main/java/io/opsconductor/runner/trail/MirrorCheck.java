package io.opsconductor.runner.trail;

import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Compares a journal with the copy of it in the process's store. The copy may lag behind the file, and the file never
 * behind the copy: a line that only the copy has was cut off the file's end.
 */
public final class MirrorCheck {
    private static final int MOST_PROBLEMS = 20;

    private final Map<Long, String> copied;
    private final List<String> problems = new ArrayList<>();

    private MirrorCheck(Map<Long, String> copied) {
        this.copied = copied;
    }

    /** Of a store; where there is none, nothing is compared. */
    public static MirrorCheck of(Path store) {
        if (!Files.exists(store)) {
            return new MirrorCheck(new HashMap<>());
        }
        try (Database database = Database.existing(store)) {
            return new MirrorCheck(database
                    .query(
                            "select seq, hash from journal",
                            row -> Map.entry(Rows.number(row, "seq"), Rows.text(row, "hash")))
                    .stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, HashMap::new)));
        }
    }

    /** Compares the next entry of the file. */
    public void see(JournalEntry entry) {
        String hash = copied.remove(entry.seq());
        if (hash != null && !hash.equals(entry.hash()) && problems.size() < MOST_PROBLEMS) {
            problems.add("line " + entry.seq() + " is not the one that the store has a copy of");
        }
    }

    /** What differs, after the last entry was seen. */
    public List<String> problems() {
        List<String> all = new ArrayList<>(problems);
        if (!copied.isEmpty()) {
            all.add(copied.size()
                    + " lines that the store has a copy of are missing from the file, the first with number "
                    + copied.keySet().stream().min(Long::compare).orElseThrow());
        }
        return all;
    }
}
