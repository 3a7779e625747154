package io.opsconductor.runner.trail;

import io.opsconductor.kit.journal.CopyOf;
import io.opsconductor.kit.journal.Journal;
import io.opsconductor.kit.journal.JournalRecord;
import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a journal that cannot be continued aside, whole, with its checkpoints and the store's copies of both, and begins a new
 * one, whose first line says so. The process must not run.
 */
public final class BegunAnew {
    /** The type of that first line. */
    public static final String RECORD = "journal_begun_anew";

    private static final List<String> TABLES = List.of("journal", "checkpoint");

    private BegunAnew() {}

    /**
     * Does it.
     *
     * @param who says that it is to be done, for the record
     * @return where the evidence is now
     * @throws JournalUnavailableException when the process runs, or the new journal cannot be written
     */
    public static Path of(HomeFiles files, String process, String who, String reason, Clock clock) throws IOException {
        Path own = files.home().resolve(process);
        Path journal = own.resolve("journal");
        Path evidence = own.resolve("evidence/"
                + clock.instant().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", ""));
        // Whoever writes holds this lock; it is given up before the directory is moved.
        Journal.refuseWhileWritten(journal);
        Files.createDirectories(evidence);
        Optional<Database> store = files.store(process);
        if (store.isPresent()) {
            try (Database database = store.get()) {
                CopyOf whose = Copies.isShared(database) ? files.copyOf(process) : CopyOf.THE_ONLY;
                copy(database, "journal", "seq", whose, evidence);
                copy(database, "checkpoint", "number", whose, evidence);
                moved(journal, evidence);
                moved(own.resolve("checkpoints"), evidence);
                for (String table : TABLES) {
                    if (database.hasTable(table)) {
                        database.change(
                                "delete from " + table + whose.where(),
                                whose.bound().toArray());
                    }
                }
            }
        } else {
            moved(journal, evidence);
            moved(own.resolve("checkpoints"), evidence);
        }
        try (Journal anew = Journal.open(journal, process, clock, entry -> {}, Optional.empty(), Journal.FULL_BYTES)) {
            anew.append(new JournalRecord(
                    RECORD, "", "", "", Map.of("by", who, "reason", reason, "evidence", files.shown(evidence))));
        }
        return evidence;
    }

    private static void copy(Database database, String table, String order, CopyOf whose, Path evidence)
            throws IOException {
        if (!database.hasTable(table)) {
            return;
        }
        try (Writer out = Files.newBufferedWriter(evidence.resolve("copy-of-" + table + ".jsonl"))) {
            for (String line : database.query(
                    "select line from " + table + whose.where() + " order by " + order,
                    row -> Rows.text(row, "line"),
                    whose.bound().toArray())) {
                out.write(line + "\n");
            }
        }
    }

    private static void moved(Path directory, Path evidence) throws IOException {
        if (Files.isDirectory(directory)) {
            Files.move(
                    directory,
                    evidence.resolve(String.valueOf(directory.getFileName())),
                    StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
