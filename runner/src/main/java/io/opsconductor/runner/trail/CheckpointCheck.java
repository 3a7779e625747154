package io.opsconductor.runner.trail;

import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import io.opsconductor.kit.journal.Checkpoint;
import io.opsconductor.kit.journal.Checkpointing;
import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.kit.journal.PlacedEntry;
import io.opsconductor.kit.keys.Verifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares a journal with what its process signed of it, both from their first line on. The checkpoints are those that were
 * there when it began, so that a process may go on meanwhile.
 */
final class CheckpointCheck implements AutoCloseable {
    private static final int MOST_DEFECTS = 20;
    /** A process that runs signs a line within the interval, at most an hour, and one that starts signs what is left. */
    private static final Duration LONGEST_UNSIGNED = Duration.ofMinutes(65);

    private static final long MOST_UNSIGNED = 4L * Checkpointing.MOST_LINES;

    private final String process;
    private final HomeFiles files;
    private final Path file;
    private final AuditKeys keys;
    private final Map<Long, String> copied;
    private final Optional<BufferedReader> lines;
    private long left;
    private final List<Defect> defects = new ArrayList<>();

    private long line;
    private @Nullable Checkpoint last;
    private @Nullable Checkpoint next;
    private boolean seen;
    private @Nullable Instant unsignedFrom;
    private @Nullable Instant unsignedTo;
    private long unsigned;
    private long lastSeq;
    private String lastPlace;

    private CheckpointCheck(String process, HomeFiles files, AuditKeys keys, Map<Long, String> copied)
            throws IOException {
        this.process = process;
        this.files = files;
        this.file = files.checkpoints(process);
        this.keys = keys;
        this.copied = copied;
        this.lastPlace = files.shown(files.journal(process));
        if (Files.exists(file)) {
            left = Files.size(file);
            lines = Optional.of(
                    new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8)));
        } else {
            lines = Optional.empty();
        }
        advance();
    }

    static CheckpointCheck of(String process, HomeFiles files) throws IOException {
        return new CheckpointCheck(
                process, files, AuditKeys.of(process, files.auditKeys()), Copies.ofCheckpoints(files, process));
    }

    /** Compares the next entry of the journal. */
    void see(PlacedEntry placed) {
        JournalEntry entry = placed.entry();
        lastSeq = entry.seq();
        lastPlace = files.shown(placed.file(), placed.line());
        boolean signs = false;
        while (next != null && next.seq() <= entry.seq()) {
            signs = true;
            if (next.seq() == entry.seq() && !next.hash().equals(entry.hash())) {
                add(
                        lastPlace,
                        "is not the line that " + named(next) + " signed: it, or a line before it, was written anew",
                        Defect.EVIDENCE);
            }
            advance();
        }
        if (signs) {
            unsigned = 0;
            unsignedFrom = null;
        } else {
            unsigned++;
            unsignedFrom = unsignedFrom == null ? entry.at() : unsignedFrom;
            unsignedTo = entry.at();
        }
    }

    private void advance() {
        next = null;
        try {
            while (next == null && lines.isPresent()) {
                String text = lines.get().readLine();
                if (text == null) {
                    return;
                }
                left -= text.getBytes(StandardCharsets.UTF_8).length + 1L;
                if (left < 0) {
                    // A line that was half written when we began, or has come since.
                    return;
                }
                line++;
                next = read(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Checkpoint read(String text) {
        String place = files.shown(file, line);
        try {
            Checkpoint checkpoint = Json.read(text, Checkpoint.class);
            check(place, checkpoint);
            last = checkpoint;
            seen = true;
            return checkpoint;
        } catch (InvalidJsonException e) {
            add(place, "is not a checkpoint (" + e.getMessage() + ")", Defect.EVIDENCE);
            return null;
        }
    }

    private void check(String place, Checkpoint checkpoint) {
        long expected = last == null ? 1 : last.number() + 1;
        String prev = last == null ? JournalEntry.GENESIS : last.digest();
        if (checkpoint.number() != expected) {
            add(
                    place,
                    "is checkpoint " + checkpoint.number() + " in the place of " + expected
                            + (checkpoint.number() > expected ? ": checkpoints are missing" : ": it is out of order"),
                    Defect.EVIDENCE);
        } else if (!checkpoint.prev().equals(prev)) {
            add(place, "does not follow the checkpoint before it", Defect.EVIDENCE);
        }
        if (last != null && checkpoint.seq() < last.seq()) {
            add(place, "signs an earlier line than the checkpoint before it", Defect.EVIDENCE);
        }
        signature(place, checkpoint);
        String copy = copied.remove(checkpoint.number());
        if (copy != null && !copy.equals(checkpoint.digest())) {
            add(place, "is not the checkpoint that the store has a copy of", Defect.EVIDENCE);
        }
    }

    private void signature(String place, Checkpoint checkpoint) {
        Optional<Verifier> verifier = keys.find(checkpoint.keyId());
        if (verifier.isEmpty()) {
            add(
                    place,
                    "is signed with the key " + checkpoint.keyId() + ", which is not among those of the " + process,
                    "If it is one of yours, put its public half into " + files.shown(files.auditKeys()) + " as "
                            + process + "-" + checkpoint.keyId() + ".pub; otherwise it is forged");
        } else if (!verifier.get().verify(checkpoint.signedBytes(), checkpoint.signature())
                || !checkpoint.writer().equals(process)) {
            add(place, "has a signature that does not fit it: it is forged", Defect.EVIDENCE);
        } else if (last != null
                && !last.keyId().equals(checkpoint.keyId())
                && !keys.isHandedOn(last.keyId(), checkpoint.keyId())) {
            add(
                    place,
                    "is signed with the key " + checkpoint.keyId() + ", which the key before, " + last.keyId()
                            + ", did not hand on to",
                    "Ask who made it: ./opsconductor keys rotate audit hands on. Otherwise it is forged");
        }
    }

    /** What is wrong, after the last entry of the journal. */
    List<Defect> defects() {
        Checkpoint beyond = next;
        while (next != null) {
            beyond = next;
            advance();
        }
        if (beyond != null) {
            add(
                    lastPlace,
                    "is the end, with number " + lastSeq + ", but " + named(beyond) + " signed line " + beyond.seq()
                            + " on " + beyond.at() + ": " + (beyond.seq() - lastSeq) + " lines were cut off",
                    Defect.EVIDENCE);
        }
        if (!copied.isEmpty()) {
            add(
                    files.shown(file),
                    "has not checkpoint "
                            + copied.keySet().stream().min(Long::compare).orElseThrow()
                            + ", nor " + (copied.size() - 1) + " others, that the store has copies of",
                    Defect.EVIDENCE);
        }
        if (unsigned > MOST_UNSIGNED || waitedTooLong()) {
            add(
                    lastPlace,
                    "and " + (unsigned - 1) + " lines before it are signed by no checkpoint: those that were there are"
                            + " missing, or none could be made",
                    "Look at the " + process + "'s log; if this journal is of a version without checkpoints, start the "
                            + process + " once");
        }
        return List.copyOf(defects);
    }

    private boolean waitedTooLong() {
        return unsignedFrom != null
                && unsignedTo != null
                && Duration.between(unsignedFrom, unsignedTo).compareTo(LONGEST_UNSIGNED) > 0;
    }

    /** In words, after {@link #defects()}. */
    String note() {
        Checkpoint end = last;
        if (!seen || end == null) {
            return "no checkpoint yet";
        }
        return end.number() + (end.number() == 1 ? " checkpoint" : " checkpoints") + ", the last of " + end.at()
                + (unsigned == 0 ? " signs the last line" : "; " + unsigned + " lines since are not signed yet");
    }

    private String named(Checkpoint checkpoint) {
        return "checkpoint " + checkpoint.number() + " in " + files.shown(file);
    }

    private void add(String place, String sentence, String remedy) {
        if (defects.size() < MOST_DEFECTS) {
            defects.add(new Defect(place, sentence, remedy));
        }
    }

    @Override
    public void close() throws IOException {
        if (lines.isPresent()) {
            lines.get().close();
        }
    }
}
