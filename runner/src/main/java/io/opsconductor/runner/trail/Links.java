package io.opsconductor.runner.trail;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.kit.journal.PlacedEntry;
import io.opsconductor.plan.Tenant;
import io.opsconductor.plan.Visible;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the two journals say of the same things: each plan shown was previewed, each decision was checked, each execution was
 * asked for, with one digest, after the decisions that it says, and nothing ran of a plan that was denied, withdrawn or replaced. The chatbot's is read first; what the runner has written since, of which the chatbot's knows as
 * well, is found by reading that once more.
 */
final class Links {
    /** How far the clocks of the two may be apart. */
    private static final Duration CLOCKS = Duration.ofMinutes(1);

    /** What a line is of after which nothing can have been lost; a start has a line for each tenant. */
    private static final Set<String> CLEAN = Set.of("", "started", "stopped", BegunAnew.RECORD);

    private static final String ASK = "Ask what happened to the journal of the other process at that time";

    private final HomeFiles files;
    private final Map<Key, Known> requested = new HashMap<>();
    private final Map<Key, Known> succeeded = new LinkedHashMap<>();
    private final Map<String, Known> shown = new LinkedHashMap<>();
    private final Map<String, Known> decided = new LinkedHashMap<>();
    private final Map<Key, Known> accepted = new LinkedHashMap<>();
    private final Map<String, Known> voted = new LinkedHashMap<>();
    private final Map<String, Known> ended = new HashMap<>();
    private final Map<Line, Known> notStored = new LinkedHashMap<>();
    private final Map<Line, Known> voidOfNothing = new LinkedHashMap<>();
    private final Map<Key, Known> unasked = new HashMap<>();
    private final Map<Key, Known> votedByNobody = new LinkedHashMap<>();
    private final Map<Key, Known> glass = new LinkedHashMap<>();
    private final Map<Key, Known> glassAtRunner = new LinkedHashMap<>();
    private final Set<String> issued = new HashSet<>();
    private final Set<String> checked = new HashSet<>();
    private final Set<Key> runnerKnows = new HashSet<>();
    /** Decisions that were the last one needed: what the runner writes of their check is on disk a moment later. */
    private final Set<String> lastNeeded = new HashSet<>();

    private final List<Cut> cuts = new ArrayList<>();
    private final Map<String, Accepted> acceptedAt = new HashMap<>();
    private Instant chatbotSince = Instant.MIN;
    private Instant runnerSince = Instant.MIN;
    private String chatbot = "";
    /** Until where the others' journals are known: what they wrote last may not have come into the store. */
    private final Map<String, Instant> knownUntil = new HashMap<>();
    /** What takes back lines of journals that are read later. */
    private final List<Runnable> takingBack = new ArrayList<>();

    private int runnerChain;
    private int runnerLines;
    private String runnerLast = "";
    private Instant runnerLastAt = Instant.MIN;

    /** An execution's id means something to its tenant alone. */
    private record Key(Tenant tenant, String id) {
        @Override
        public String toString() {
            return id;
        }
    }

    private static Key key(JournalEntry entry) {
        return new Key(Whose.of(entry).orElse(Tenant.DEFAULT), entry.execution());
    }

    /**
     * A line of a journal.
     *
     * @param chatbot which of several wrote it; empty for the one whose home this is
     */
    private record Line(String chatbot, long number) {}

    /** @param line where it is, by number */
    private record Known(String place, Line line, Instant at, String digest, String words) {}

    /**
     * The runner stopped without a word, so that lines that it had not waited for may never have reached the disk.
     *
     * @param chain of which runner, among several that share a store
     * @param line how many lines were before it
     * @param last when the last of them was written
     * @param begun when the next process began
     */
    private record Cut(String place, int chain, int line, Instant last, Instant begun) {
        boolean isAround(Instant time) {
            return !time.isBefore(last.minus(CLOCKS)) && !time.isAfter(begun.plus(CLOCKS));
        }

        boolean isAfter(@Nullable Accepted accepted) {
            return accepted != null && accepted.chain() == chain && accepted.line() <= line;
        }
    }

    /** Where an execution of a plan was accepted. */
    private record Accepted(int chain, int line) {}

    Links(HomeFiles files) {
        this.files = files;
    }

    /** Whether the runner has written what the chatbot's journal did not have when it was read. */
    boolean runnerIsAhead() {
        return !requested.keySet().containsAll(accepted.keySet())
                || !decided.keySet().containsAll(voted.keySet());
    }

    void chatbot(PlacedEntry placed) {
        chatbot(files.shown(placed.file(), placed.line()), placed.entry());
    }

    /** What follows is of another chatbot, which has had the store before this one, or has it now. */
    void anotherChatbot(String instance) {
        chatbot = instance;
    }

    /** Every chatbot's journal has been read. */
    void chatbotsWereRead() {
        takingBack.forEach(Runnable::run);
        takingBack.clear();
    }

    /** What follows is of the chatbot whose home this is. */
    void thisChatbot() {
        chatbot = "";
    }

    /**
     * An entry of a chatbot.
     *
     * @param place where it is, for people
     */
    void chatbot(String place, JournalEntry entry) {
        if (!chatbot.isEmpty()) {
            knownUntil.put(chatbot, entry.at());
        }
        switch (entry.type()) {
            case BegunAnew.RECORD -> chatbotSince = entry.at();
            case "plan_previewed" ->
                shown.putIfAbsent(entry.digest(), known(place, entry, "approval " + text(entry, "approval")));
            case "decision" -> decision(place, entry);
            case "decision_void" -> {
                Line line = new Line(written(entry), entry.data().path("line").asLong());
                if (line.chatbot().equals(chatbot)) {
                    decisionVoid(known(place, entry, inLine(entry, line)), entry, line);
                } else {
                    Known known = known(place, entry, inLine(entry, line));
                    takingBack.add(() -> decisionVoid(known, entry, line));
                }
            }
            case "break_glass" -> glass.putIfAbsent(key(entry), known(place, entry, text(entry, "reason")));
            case "execution_requested" -> requested.putIfAbsent(key(entry), known(place, entry, ""));
            case "result_posted" -> {
                if (Set.of("succeeded", "partial").contains(text(entry, "status"))) {
                    succeeded.putIfAbsent(key(entry), known(place, entry, text(entry, "status")));
                }
            }
            default -> {}
        }
    }

    private void decision(String place, JournalEntry entry) {
        if (notStored.containsKey(new Line(chatbot, entry.seq()))) {
            return;
        }
        String decision = text(entry, "decision");
        switch (decision) {
            case "approve" -> {
                String vote = vote(entry, entry.data());
                decided.putIfAbsent(vote, known(place, entry, words(entry.data())));
                if (!entry.execution().isEmpty()) {
                    lastNeeded.add(vote);
                }
            }
            case "deny" -> {
                decided.putIfAbsent(vote(entry, entry.data()), known(place, entry, words(entry.data())));
                ended.putIfAbsent(entry.digest(), known(place, entry, "denied"));
            }
            case "withdrawn", "superseded", "expired" ->
                ended.putIfAbsent(entry.digest(), known(place, entry, decision));
            case "no_approval_needed" -> unasked.putIfAbsent(key(entry), known(place, entry, ""));
            default -> {}
        }
    }

    /** A decision that was recorded and then not stored: nothing may have come of it, and others may have decided since. */
    private void decisionVoid(Known known, JournalEntry entry, Line line) {
        if (notStored.containsKey(line)) {
            return;
        }
        String decision = text(entry, "decision");
        boolean counted = switch (decision) {
            case "approve" -> takenBack(decided, vote(entry, entry.data()), line);
            case "deny" ->
                takenBack(decided, vote(entry, entry.data()), line) && takenBack(ended, entry.digest(), line);
            default ->
                Optional.ofNullable(ended.get(entry.digest()))
                                .filter(end -> end.words().equals(decision))
                                .isPresent()
                        && takenBack(ended, entry.digest(), line);
        };
        if (counted) {
            notStored.put(line, known);
        } else {
            voidOfNothing.put(line, known);
        }
    }

    private static String inLine(JournalEntry entry, Line line) {
        return words(entry.data()) + " in line " + line.number();
    }

    /** Who wrote the line that is taken back; whoever takes over takes back what the one before could not store. */
    private String written(JournalEntry entry) {
        String instance = entry.data().path("instance").asText("");
        if (instance.isEmpty()) {
            return chatbot;
        }
        return instance.equals(files.copyOf("chatbot").instance()) ? "" : instance;
    }

    /** Whether it was there. */
    private static boolean takenBack(Map<String, Known> all, String key, Line line) {
        return Optional.ofNullable(all.get(key))
                        .filter(known -> known.line().equals(line))
                        .isPresent()
                && all.remove(key) != null;
    }

    void runner(PlacedEntry placed) {
        runner(files.shown(placed.file(), placed.line()), placed.entry());
    }

    /** What follows is of another runner, which shares the store. */
    void anotherRunner() {
        runnerChain++;
        runnerLines = 0;
        runnerLast = "";
        runnerLastAt = Instant.MIN;
    }

    /**
     * An entry of a runner.
     *
     * @param place where it is, for people
     */
    void runner(String place, JournalEntry entry) {
        if (entry.type().equals("started") && !CLEAN.contains(runnerLast)) {
            cuts.add(new Cut(place, runnerChain, runnerLines, runnerLastAt, entry.at()));
        }
        runnerLines++;
        runnerLast = entry.type();
        runnerLastAt = entry.at();
        if (!entry.execution().isEmpty() && !entry.type().equals("refused")) {
            runnerKnows.add(key(entry));
        }
        switch (entry.type()) {
            case BegunAnew.RECORD -> runnerSince = entry.at();
            case "preview_issued" -> issued.add(entry.digest());
            case "decision_checked" -> entry.data().path("votes").forEach(vote -> checked.add(vote(entry, vote)));
            case "execution_accepted" -> {
                acceptedAt.putIfAbsent(entry.digest(), new Accepted(runnerChain, runnerLines));
                accepted.putIfAbsent(key(entry), known(place, entry, ""));
                if (entry.data().path("votes").isEmpty()) {
                    votedByNobody.putIfAbsent(key(entry), known(place, entry, ""));
                }
                entry.data()
                        .path("votes")
                        .forEach(vote -> voted.putIfAbsent(vote(entry, vote), known(place, entry, words(vote))));
            }
            case "break_glass" -> glassAtRunner.putIfAbsent(key(entry), known(place, entry, text(entry, "reason")));
            default -> {}
        }
    }

    private Known known(String place, JournalEntry entry, String words) {
        return new Known(place, new Line(chatbot, entry.seq()), entry.at(), entry.digest(), words);
    }

    /** What one journal says and the other does not, when both have been read. */
    List<Defect> defects() {
        List<Defect> defects = new ArrayList<>();
        accepted.forEach((id, known) -> {
            Known asked = requested.get(id);
            if (asked == null) {
                if (chatbotMustKnow(known)) {
                    defects.add(new Defect(
                            known.place(), "accepts " + id + ", which the chatbot's journal never requested", ASK));
                }
            } else if (!asked.digest().equals(known.digest())) {
                defects.add(new Defect(
                        known.place(),
                        "accepts " + id + " with " + known.digest() + ", where " + asked.place() + " requested "
                                + asked.digest(),
                        "Compare both with ./opsconductor audit show " + id));
            }
        });
        voted.forEach((vote, known) -> {
            if (!decided.containsKey(vote) && chatbotMustKnow(known)) {
                defects.add(new Defect(
                        known.place(), "counts " + known.words() + ", which the chatbot's journal does not have", ASK));
            }
        });
        requested.forEach((id, known) -> {
            Known end = ended.get(known.digest());
            if (end != null) {
                defects.add(new Defect(
                        known.place(),
                        "requests " + id + ", whose plan was " + end.words() + " by " + end.place(),
                        "Compare both with ./opsconductor audit show " + id));
            }
        });
        voidOfNothing.forEach((line, known) -> defects.add(new Defect(
                known.place(),
                "takes back " + known.words() + ", which is none that counted",
                "Look at both lines: nothing but a decision that was not stored is taken back")));
        votedByNobody.forEach((id, known) -> {
            if (!unasked.containsKey(id) && chatbotMustKnow(known)) {
                defects.add(new Defect(
                        known.place(),
                        "accepts " + id
                                + " with nobody's approval, where the chatbot's journal does not have that none was"
                                + " needed",
                        ASK));
            }
        });
        glassAtRunner.forEach((id, known) -> {
            Known said = glass.get(id);
            if (said == null ? chatbotMustKnow(known) : !said.words().equals(known.words())) {
                defects.add(new Defect(
                        known.place(),
                        "breaks the glass for " + id
                                + (said == null
                                        ? ", which the chatbot's journal does not have"
                                        : " for another reason than " + said.place() + " has"),
                        ASK));
            }
        });
        glass.forEach((id, known) -> {
            if (accepted.containsKey(id) && !glassAtRunner.containsKey(id) && runnerMustKnow(known)) {
                defects.add(new Defect(
                        known.place(),
                        "breaks the glass for " + id + ", which the runner's journal accepted without that mark",
                        ASK));
            }
        });
        shown.forEach((digest, known) -> {
            if (!issued.contains(digest) && runnerMustKnow(known)) {
                defects.add(new Defect(
                        known.place(),
                        "shows " + known.words() + " with " + digest + ", which the runner's journal never issued",
                        ASK));
            }
        });
        decided.forEach((vote, known) -> {
            if (!checked.contains(vote)
                    && runnerMustKnow(known)
                    && lostWith(vote, known).isEmpty()) {
                defects.add(new Defect(
                        known.place(), "has " + known.words() + ", which the runner's journal never checked", ASK));
            }
        });
        succeeded.forEach((id, known) -> {
            if (!runnerKnows.contains(id) && runnerMustKnow(known)) {
                defects.add(new Defect(
                        known.place(),
                        "posts that " + id + " " + known.words() + ", which the runner's journal does not know",
                        ASK));
            }
        });
        return defects;
    }

    /** What is worth knowing and may have been so. */
    List<String> notes() {
        Stream<String> unknown = requested.entrySet().stream()
                .filter(each -> !runnerKnows.contains(each.getKey()) && runnerMustKnow(each.getValue()))
                .filter(each -> !succeeded.containsKey(each.getKey()))
                .map(each -> each.getValue().place() + " requests " + each.getKey()
                        + ", which the runner's journal does not know: it never arrived or was refused");
        Stream<String> unwitnessed = decided.entrySet().stream()
                .filter(each -> !checked.contains(each.getKey()) && runnerMustKnow(each.getValue()))
                .flatMap(each ->
                        lostWith(each.getKey(), each.getValue()).stream().map(cut -> unwitnessed(each, cut)));
        Stream<String> takenBack = notStored.values().stream()
                .map(known -> known.place() + " says that " + known.words()
                        + " does not count: the chatbot could not store it, or died before");
        return Stream.of(unknown, unwitnessed, takenBack)
                .flatMap(each -> each)
                .sorted()
                .toList();
    }

    private static String unwitnessed(Map.Entry<String, Known> decision, Cut cut) {
        return decision.getValue().place() + " has " + decision.getValue().words()
                + ", which the runner's journal does not witness: the runner stopped without a word between "
                + cut.last()
                + " and " + cut.begun() + " (" + cut.place() + "), and what it wrote last may not have been on disk";
    }

    /**
     * The stop with which the line of a check may have been lost. The runner does not wait for the line of a decision that
     * suffices, because whatever follows from it is written, and waited for, behind it in the same file: with one of those lines
     * before the stop, it cannot have been lost.
     */
    private Optional<Cut> lostWith(String vote, Known known) {
        return lastNeeded.contains(vote)
                ? cuts.stream()
                        .filter(cut -> cut.isAround(known.at()))
                        .filter(cut -> !cut.isAfter(acceptedAt.get(known.digest())))
                        .findFirst()
                : Optional.empty();
    }

    private boolean chatbotMustKnow(Known known) {
        return !known.at().isBefore(chatbotSince.plus(marginAfter(chatbotSince)))
                && knownUntil.values().stream()
                        .noneMatch(last -> !known.at().isBefore(last.minus(CLOCKS))
                                && !known.at().isAfter(last.plus(CLOCKS)));
    }

    private boolean runnerMustKnow(Known known) {
        return !known.at().isBefore(runnerSince.plus(marginAfter(runnerSince)));
    }

    private static Duration marginAfter(Instant begun) {
        return begun.equals(Instant.MIN) ? Duration.ZERO : CLOCKS;
    }

    private static String vote(JournalEntry entry, JsonNode vote) {
        return entry.digest() + " " + vote.path("decision").asText() + " "
                + vote.path("approver").asText();
    }

    private static String words(JsonNode vote) {
        return Visible.escape(vote.path("approver").asText()) + "'s decision ("
                + Visible.escape(vote.path("decision").asText()) + ")";
    }

    private static String text(JournalEntry entry, String field) {
        return Visible.escape(entry.data().path(field).asText());
    }
}
