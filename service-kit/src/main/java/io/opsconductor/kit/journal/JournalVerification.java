package io.opsconductor.kit.journal;

import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a walk along a journal found.
 *
 * @param entries how many whole lines
 * @param completeBytes bytes of the whole lines of the live file; what follows is a torn last line
 * @param lastSeq number of the last whole line
 * @param lastHash hash of the last whole line
 * @param problems the first {@value #MAX_PROBLEMS}; empty when the chain holds
 */
public record JournalVerification(
        long entries, long completeBytes, long lastSeq, String lastHash, List<JournalProblem> problems) {
    private static final int MAX_PROBLEMS = 20;

    public JournalVerification {
        problems = List.copyOf(problems);
    }

    public boolean intact() {
        return problems.isEmpty();
    }

    /** All problems in one sentence. */
    public String sentence() {
        return String.join("; ", problems.stream().map(JournalProblem::toString).toList());
    }

    /**
     * Walks a journal from its first line.
     *
     * @param live the file that is written to, which may be absent; full ones lie beside it
     * @param each told of every entry, in order
     */
    public static JournalVerification of(Path live, Consumer<JournalEntry> each) throws IOException {
        return places(live, placed -> each.accept(placed.entry()));
    }

    /** As {@link #of}, with the place of each entry. */
    public static JournalVerification places(Path live, Consumer<PlacedEntry> each) throws IOException {
        JournalFiles files = JournalFiles.around(live);
        Walk walk = new Walk(1, JournalEntry.GENESIS, each);
        // The live file is opened first: when it is found to be full meanwhile, it is among the full ones as well, and
        // read only there.
        try (InputStream in = Files.exists(live) ? Files.newInputStream(live) : InputStream.nullInputStream()) {
            for (Path full : files.full()) {
                walk.full(full);
            }
            walk.live(live, in);
        }
        return walk.result();
    }

    /**
     * Walks the live file alone.
     *
     * @param in the open live file, which stays open
     * @param seq number of its first line
     * @param prev hash of the line before it
     */
    static JournalVerification ofLive(Path live, InputStream in, long seq, String prev, Consumer<JournalEntry> each)
            throws IOException {
        Walk walk = new Walk(seq, prev, placed -> each.accept(placed.entry()));
        walk.live(live, in);
        return walk.result();
    }

    private static final class Walk {
        private final Consumer<PlacedEntry> each;
        private final List<JournalProblem> problems = new ArrayList<>();
        private long entries;
        private long complete;
        private long expected;
        private String prev;
        private String firstOfLastFull = "";

        Walk(long seq, String prev, Consumer<PlacedEntry> each) {
            this.expected = seq;
            this.prev = prev;
            this.each = each;
        }

        JournalVerification result() {
            return new JournalVerification(entries, complete, expected - 1, prev, problems);
        }

        void full(Path file) throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                if (lines(file, in, false) > 0) {
                    problem(file, entries, "is the end of a full file and is not whole");
                }
            }
        }

        void live(Path file, InputStream in) throws IOException {
            complete = 0;
            lines(file, in, true);
        }

        /** Answers how many bytes follow the last whole line. */
        private int lines(Path file, InputStream source, boolean live) throws IOException {
            InputStream in = new BufferedInputStream(source, 1 << 16);
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            long number = 0;
            for (int b = in.read(); b >= 0 && problems.size() < MAX_PROBLEMS; b = in.read()) {
                if (b != '\n') {
                    line.write(b);
                    continue;
                }
                number++;
                complete += line.size() + 1L;
                if (!entry(file, number, line.toByteArray(), live)) {
                    return 0;
                }
                line.reset();
            }
            return line.size();
        }

        /** Whether to go on in this file. */
        private boolean entry(Path file, long number, byte[] line, boolean live) {
            try {
                JournalEntry entry = Json.read(line, JournalEntry.class);
                if (live
                        && number == 1
                        && entry.seq() < expected
                        && entry.hash().equals(firstOfLastFull)) {
                    return false;
                }
                if (!live && number == 1) {
                    firstOfLastFull = entry.hash();
                }
                entries++;
                check(file, number, entry);
                prev = entry.hash();
                expected = entry.seq() + 1;
                each.accept(new PlacedEntry(file, number, entry));
            } catch (InvalidJsonException e) {
                entries++;
                expected++;
                problem(file, number, "is not a journal entry (" + e.getMessage() + ")");
            }
            return true;
        }

        private void check(Path file, long line, JournalEntry entry) {
            if (entry.seq() > expected) {
                problem(
                        file,
                        line,
                        "has number " + entry.seq() + " in the place of " + expected + ": lines are missing before it");
            } else if (entry.seq() < expected) {
                problem(
                        file,
                        line,
                        "has number " + entry.seq() + " in the place of " + expected
                                + ": it is out of order or there twice");
            }
            if (!entry.prev().equals(prev)) {
                problem(file, line, "does not follow the line before it");
            }
            if (!entry.computedHash().equals(entry.hash())) {
                problem(file, line, "was changed after it was written");
            }
        }

        private void problem(Path file, long line, String sentence) {
            if (problems.size() < MAX_PROBLEMS) {
                problems.add(new JournalProblem(file, line, sentence));
            }
        }
    }
}
