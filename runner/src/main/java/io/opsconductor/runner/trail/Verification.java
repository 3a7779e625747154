package io.opsconductor.runner.trail;

import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.kit.journal.JournalVerification;
import io.opsconductor.kit.journal.PlacedEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What the journals of a home say, each by itself, against its copies and its signatures, and against the other one.
 *
 * @param journals how many were there
 * @param notes one line for each journal, and what is worth knowing
 * @param defects empty when all holds
 */
public record Verification(int journals, List<String> notes, List<Defect> defects) {
    public Verification {
        notes = List.copyOf(notes);
        defects = List.copyOf(defects);
    }

    /**
     * Reads everything.
     *
     * @param processes whose journals are to be looked at; those that are not here are missing
     * @throws IOException when a file cannot be read
     */
    public static Verification of(HomeFiles files, List<String> processes) throws IOException {
        List<String> notes = new ArrayList<>();
        List<Defect> defects = new ArrayList<>();
        List<String> present =
                files.present().stream().filter(processes::contains).toList();
        Links links = new Links(files);
        Witnesses witnesses = new Witnesses(files);
        for (String process : processes) {
            if (!present.contains(process)) {
                notes.add(process + ": no journal at " + files.shown(files.journal(process)));
                if (!present.isEmpty()) {
                    defects.add(new Defect(
                            files.shown(files.journal(process)),
                            "is not here, so that nobody can say whether both journals tell the same",
                            "Put a copy of it there, or verify this side alone with --only " + present.getFirst()));
                }
                continue;
            }
            walk(process, files, notes, defects, placed -> {
                witnesses.see(process, placed);
                if (process.equals("chatbot")) {
                    links.chatbot(placed);
                } else {
                    links.runner(placed);
                }
            });
        }
        if (present.size() == HomeFiles.PROCESSES.size()) {
            others(files, links, notes);
            if (links.runnerIsAhead()) {
                chatbotsOnceMore(files, links);
            }
            defects.addAll(links.defects());
            notes.addAll(links.notes());
            for (String process : present) {
                defects.addAll(witnesses.defects(process));
            }
        }
        return new Verification(present.size(), notes, defects);
    }

    /** What the chatbots wrote since. */
    private static void chatbotsOnceMore(HomeFiles files, Links links) throws IOException {
        links.thisChatbot();
        JournalVerification.places(files.journal("chatbot"), links::chatbot);
        otherChatbots(files, links, (_, _) -> {});
    }

    private static void otherChatbots(HomeFiles files, Links links, BiConsumer<String, List<JournalEntry>> afterwards) {
        Copies.ofOthers(files, "chatbot").forEach((instance, lines) -> {
            links.anotherChatbot(instance);
            lines.forEach(line -> links.chatbot("line " + line.seq() + " of chatbot " + instance, line));
            afterwards.accept(instance, lines);
        });
        links.chatbotsWereRead();
    }

    private static String knownByCopy(String process, String instance, int lines) {
        return process + " " + instance + ": " + lines
                + " lines are known from the copy in the store alone; verify its journal with its own home";
    }

    /** What processes wrote that have had the same store, and whose journals are in homes of their own. */
    private static void others(HomeFiles files, Links links, List<String> notes) {
        otherChatbots(files, links, (instance, lines) -> notes.add(knownByCopy("chatbot", instance, lines.size())));
        Copies.ofOthers(files, "runner").forEach((instance, lines) -> {
            links.anotherRunner();
            lines.forEach(line -> links.runner("line " + line.seq() + " of runner " + instance, line));
            notes.add(knownByCopy("runner", instance, lines.size()));
        });
    }

    /**
     * All of it as it is printed.
     *
     * @param width in columns, as a terminal has them
     */
    public List<String> lines(int width) {
        TerminalLines lines = new TerminalLines(width);
        notes.forEach(note -> lines.add(note, 2));
        defects.forEach(defect -> lines.add("PROBLEM " + defect.text(), 2));
        if (journals > 0) {
            lines.add(defects.isEmpty() ? "the journals hold" : "the journals do not hold", 2);
        }
        return lines.all();
    }

    private static void walk(
            String process, HomeFiles files, List<String> notes, List<Defect> defects, Consumer<PlacedEntry> reader)
            throws IOException {
        Path live = files.journal(process);
        MirrorCheck mirror = MirrorCheck.of(process, files);
        try (CheckpointCheck signed = CheckpointCheck.of(process, files)) {
            JournalVerification verification = JournalVerification.places(live, placed -> {
                reader.accept(placed);
                mirror.see(placed);
                signed.see(placed);
            });
            verification.problems().stream()
                    .map(problem -> new Defect(
                            files.shown(problem.file(), problem.line()), problem.sentence(), Defect.EVIDENCE))
                    .forEach(defects::add);
            defects.addAll(mirror.defects());
            defects.addAll(signed.defects());
            notes.add(
                    process + ": " + verification.entries() + (verification.entries() == 1 ? " entry; " : " entries; ")
                            + signed.note() + "; the last line is " + verification.lastHash());
            long torn = Files.exists(live) ? Files.size(live) - verification.completeBytes() : 0;
            if (torn > 0 && verification.intact()) {
                notes.add(process + ": " + torn
                        + " bytes after the last whole line, from a stop in mid-writing or a writing now");
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
