package io.opsconductor.runner.cli;

import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.kit.journal.JournalVerification;
import io.opsconductor.runner.trail.HomeFiles;
import io.opsconductor.runner.trail.MirrorCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What both journals say, each by itself and against each other.
 *
 * @param journals how many were there
 * @param notes one line for each journal, and what is worth knowing
 * @param problems one sentence each; empty when all holds
 */
record JournalComparison(int journals, List<String> notes, List<String> problems) {
    JournalComparison {
        notes = List.copyOf(notes);
        problems = List.copyOf(problems);
    }

    static JournalComparison of(HomeFiles files) throws IOException {
        List<String> notes = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Map<String, String> requested = new HashMap<>();
        Map<String, String> accepted = new LinkedHashMap<>();
        Map<String, String> answered = new HashMap<>();
        boolean hasChatbot = walk("chatbot", files, notes, problems, entry -> {
            if (entry.type().equals("execution_requested")) {
                requested.put(entry.execution(), entry.digest());
            }
        });
        boolean hasRunner = walk("runner", files, notes, problems, entry -> {
            if (entry.type().equals("execution_accepted")) {
                accepted.put(entry.execution(), entry.digest());
            }
            if (!entry.execution().isEmpty()) {
                answered.put(entry.execution(), entry.type());
            }
        });
        if (hasChatbot || !accepted.isEmpty()) {
            compare(requested, accepted, problems);
        }
        if (hasRunner) {
            requested.keySet().stream()
                    .filter(id -> !answered.containsKey(id))
                    .sorted()
                    .map(id -> "the chatbot requested " + id
                            + ", which the runner's journal does not know: it never arrived, or the journal was cut")
                    .forEach(notes::add);
        }
        return new JournalComparison((hasChatbot ? 1 : 0) + (hasRunner ? 1 : 0), notes, problems);
    }

    private interface Reader {
        void read(JournalEntry entry);
    }

    private static boolean walk(String name, HomeFiles files, List<String> notes, List<String> problems, Reader reader)
            throws IOException {
        Path file = files.journal(name);
        if (!Files.exists(file)) {
            notes.add(name + ": no journal at " + file);
            return false;
        }
        MirrorCheck mirror = MirrorCheck.of(files.store(name));
        JournalVerification verification = JournalVerification.of(file, entry -> {
            reader.read(entry);
            mirror.see(entry);
        });
        verification.problems().forEach(problem -> problems.add(name + ": " + problem));
        mirror.problems().forEach(problem -> problems.add(name + ": " + problem));
        notes.add(name + ": " + verification.entries() + " entries, last " + verification.lastHash());
        long torn = Files.size(file) - verification.completeBytes();
        if (torn > 0 && verification.intact()) {
            notes.add(name + ": " + torn
                    + " bytes after the last whole line, from a stop in mid-writing or a writing now");
        }
        return true;
    }

    private static void compare(Map<String, String> requested, Map<String, String> accepted, List<String> problems) {
        accepted.forEach((id, digest) -> {
            String asked = requested.get(id);
            if (asked == null) {
                problems.add("the runner executed " + id + ", which the chatbot's journal never requested");
            } else if (!asked.equals(digest)) {
                problems.add("the runner executed " + id + " with " + digest + ", the chatbot requested " + asked);
            }
        });
    }
}
