package io.opsconductor.runner.trail;

import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import io.opsconductor.kit.journal.Checkpoint;
import io.opsconductor.kit.journal.CopyOf;
import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.kit.journal.PlacedEntry;
import io.opsconductor.kit.journal.Witness;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What each journal wrote down of the other process's checkpoints, against those that are there. */
final class Witnesses {
    private static final int MOST_DEFECTS = 20;

    private final HomeFiles files;
    private final Map<String, List<Seen>> seen = new HashMap<>();
    private final Map<String, Instant> since = new HashMap<>();

    private record Seen(long number, String digest, String place, Instant at) {}

    Witnesses(HomeFiles files) {
        this.files = files;
    }

    /** An entry of a process's journal. */
    void see(String process, PlacedEntry placed) {
        if (placed.entry().type().equals(BegunAnew.RECORD)) {
            since.put(process, placed.entry().at());
        }
        if (placed.entry().type().equals(Witness.RECORD) && isOfThisHome(placed.entry())) {
            seen.computeIfAbsent(placed.entry().data().path("process").asText(), other -> new ArrayList<>())
                    .add(new Seen(
                            placed.entry().data().path("number").asLong(),
                            placed.entry().data().path("digest").asText(),
                            files.shown(placed.file(), placed.line()),
                            placed.entry().at()));
        }
    }

    /** Of several runners each signs a journal of its own. */
    private boolean isOfThisHome(JournalEntry entry) {
        String instance = entry.data().path("instance").asText("");
        String here = files.copyOf(entry.data().path("process").asText("")).instance();
        return instance.equals(here.equals(CopyOf.THE_FIRST.instance()) ? "" : here);
    }

    /** Which checkpoints that were seen are not there, when the journals have been read. */
    List<Defect> defects(String process) throws IOException {
        Map<Long, String> there = there(files.checkpoints(process));
        List<Defect> defects = new ArrayList<>();
        for (Seen one : seen.getOrDefault(process, List.of())) {
            if (defects.size() == MOST_DEFECTS || one.at().isBefore(since.getOrDefault(process, Instant.MIN))) {
                continue;
            }
            String digest = there.get(one.number());
            if (digest == null) {
                defects.add(new Defect(
                        one.place(),
                        "saw checkpoint " + one.number() + " of the " + process + " on " + one.at() + ", which "
                                + files.shown(files.checkpoints(process)) + " does not have: its end was cut off",
                        Defect.EVIDENCE));
            } else if (!digest.equals(one.digest())) {
                defects.add(new Defect(
                        one.place(),
                        "saw another checkpoint " + one.number() + " of the " + process + " on " + one.at()
                                + " than " + files.shown(files.checkpoints(process), one.number())
                                + ": that journal was written anew from before that time",
                        Defect.EVIDENCE));
            }
        }
        return defects;
    }

    private static Map<Long, String> there(Path file) throws IOException {
        Map<Long, String> there = new HashMap<>();
        if (!Files.exists(file)) {
            return there;
        }
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                checkpoint(line).ifPresent(one -> there.put(one.number(), one.digest()));
            }
        }
        return there;
    }

    private static Optional<Checkpoint> checkpoint(String line) {
        try {
            return Optional.of(Json.read(line, Checkpoint.class));
        } catch (InvalidJsonException e) {
            // The check of the checkpoints themselves says so, unless it is being written.
            return Optional.empty();
        }
    }
}
