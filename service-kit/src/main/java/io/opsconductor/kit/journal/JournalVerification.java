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
 * @param completeBytes bytes of the whole lines; what follows is a torn last line
 * @param lastHash hash of the last whole line
 * @param problems one sentence each, the first {@value #MAX_PROBLEMS}; empty when the chain holds
 */
public record JournalVerification(long entries, long completeBytes, String lastHash, List<String> problems) {
    private static final int MAX_PROBLEMS = 20;

    public JournalVerification {
        problems = List.copyOf(problems);
    }

    public boolean intact() {
        return problems.isEmpty();
    }

    /**
     * Walks a journal from its first line.
     *
     * @param each told of every entry, in order
     */
    public static JournalVerification of(Path file, Consumer<JournalEntry> each) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in, each);
        }
    }

    /** As {@link #of(Path, Consumer)}, from an open file, which it leaves open. */
    static JournalVerification of(InputStream file, Consumer<JournalEntry> each) throws IOException {
        List<String> problems = new ArrayList<>();
        long entries = 0;
        long complete = 0;
        String prev = JournalEntry.GENESIS;
        InputStream in = new BufferedInputStream(file, 1 << 16);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && problems.size() < MAX_PROBLEMS; b = in.read()) {
            if (b != '\n') {
                line.write(b);
                continue;
            }
            entries++;
            complete += line.size() + 1L;
            try {
                JournalEntry entry = Json.read(line.toByteArray(), JournalEntry.class);
                check(entry, entries, prev, problems);
                prev = entry.hash();
                each.accept(entry);
            } catch (InvalidJsonException e) {
                problems.add("line " + entries + " is not a journal entry (" + e.getMessage() + ")");
            }
            line.reset();
        }
        return new JournalVerification(entries, complete, prev, problems);
    }

    private static void check(JournalEntry entry, long line, String prev, List<String> problems) {
        if (entry.seq() != line) {
            problems.add("line " + line + " has number " + entry.seq() + ": lines are missing or out of order");
        }
        if (!entry.prev().equals(prev)) {
            problems.add("line " + line + " does not follow the line before it");
        }
        if (!entry.computedHash().equals(entry.hash())) {
            problems.add("line " + line + " was changed after it was written");
        }
    }
}
