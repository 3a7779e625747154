package io.opsconductor.runner.trail;

import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.Visible;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A trail as lines for a terminal of a width: each record with its stage, its time, and which line of which journal it is. */
public final class TrailText {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final int LABEL = 11;
    private static final int RECORD = 24;
    private static final int MOST_OF_A_MESSAGE = 400;

    private final TerminalLines lines;

    private TrailText(int width) {
        this.lines = new TerminalLines(width);
    }

    /** @param width in columns; see {@link TerminalLines} */
    public static List<String> of(Trail trail, int width) {
        TrailText text = new TrailText(width);
        text.head(trail);
        text.entries(trail);
        text.proofs(trail);
        return text.lines.all();
    }

    private void head(Trail trail) {
        add("execution", trail.execution());
        add("digest", trail.digest());
        trail.preview().ifPresent(preview -> {
            add("requester", preview.requester() + ", tenant " + preview.tenant());
            add("effect", preview.effect().word() + ", under policy " + preview.policyVersion());
            for (int i = 0; i < preview.steps().size(); i++) {
                Preview.RenderedStep step = preview.steps().get(i);
                add("step " + (i + 1), step(step));
                add("", "tool file " + step.toolDigest());
            }
        });
    }

    private static String step(Preview.RenderedStep step) {
        return step.tool()
                + step.parameters().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(each -> " " + each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining())
                + " on "
                + step.targets().stream().map(Preview.RenderedTarget::target).collect(Collectors.joining(", "));
    }

    private void entries(Trail trail) {
        Set<Custody> there = EnumSet.noneOf(Custody.class);
        String day = "";
        for (JournalEntry entry : trail.entries()) {
            String its = DAY.format(entry.at());
            if (!its.equals(day)) {
                lines.add("", 0, "");
                lines.add("", 0, its + " (UTC)");
                day = its;
            }
            Optional<Custody> stage = Custody.of(entry);
            stage.ifPresent(there::add);
            String label = stage.map(one -> one.name().toLowerCase(Locale.ROOT)).orElse("");
            lines.add(
                    "%s  %-9s ".formatted(TIME.format(entry.at()), label),
                    RECORD,
                    words(trail, entry) + "  [" + entry.writer() + " " + entry.seq() + "]");
            command(trail.preview(), entry)
                    .ifPresent(command -> command.lines().forEach(line -> lines.add("", RECORD + 2, line)));
        }
        lines.add("", 0, "");
        missing(trail, there).ifPresent(what -> proof("unknown", "nothing is recorded of: " + what));
    }

    private static String words(Trail trail, JournalEntry entry) {
        if (!entry.type().equals("message_received") || trail.message().isEmpty()) {
            return EntryWords.of(entry);
        }
        String said = trail.message().get();
        return EntryWords.of(entry) + ": \""
                + Visible.escape(
                        said.length() <= MOST_OF_A_MESSAGE ? said : said.substring(0, MOST_OF_A_MESSAGE) + "...")
                + "\"";
    }

    /** Stages that each request through the chat goes through; one that repeats another has no message of its own. */
    private static Optional<String> missing(Trail trail, Set<Custody> there) {
        if (!trail.both()) {
            return Optional.of("what the chatbot did, whose journal is not here");
        }
        Set<Custody> expected = EnumSet.of(Custody.PREVIEW, Custody.PLAN, Custody.REQUEST, Custody.ACCEPTED);
        if (!there.contains(Custody.RERUN)) {
            expected.addAll(EnumSet.of(Custody.MESSAGE, Custody.INTENT));
        }
        if (there.contains(Custody.END)) {
            expected.add(Custody.RESULT);
        }
        expected.removeAll(there);
        return expected.isEmpty()
                ? Optional.empty()
                : Optional.of(expected.stream()
                        .map(stage -> stage.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
    }

    private void proofs(Trail trail) {
        for (Proof proof : trail.proofs()) {
            proof(proof.holds() ? "holds" : "PROBLEM", proof.sentence());
        }
        if (trail.preview().isEmpty()) {
            proof("unknown", "the runner's store is not here: neither commands nor signatures could be looked at");
        }
    }

    private void add(String label, String text) {
        lines.add(("%-" + LABEL + "s").formatted(label), LABEL, Visible.escape(text));
    }

    private void proof(String label, String text) {
        lines.add("%-9s".formatted(label), 9, Visible.escape(text));
    }

    /** What was about to run, where a step starts. */
    private static Optional<String> command(Optional<Preview> preview, JournalEntry entry) {
        if (preview.isEmpty() || !entry.type().equals("step_started")) {
            return Optional.empty();
        }
        List<Preview.RenderedStep> steps = preview.get().steps();
        int step = entry.data().path("step").asInt(-1);
        return step < 0 || step >= steps.size()
                ? Optional.empty()
                : steps.get(step).targets().stream()
                        .filter(target -> target.target()
                                .equals(entry.data().path("target").asText()))
                        .map(Preview.RenderedTarget::display)
                        .findFirst();
    }
}
