package io.opsconductor.runner.trail;

import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.plan.Preview;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A trail as lines for a terminal. */
public final class TrailText {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private TrailText() {}

    public static List<String> of(Trail trail) {
        List<String> lines = new ArrayList<>();
        lines.add("execution  " + trail.execution());
        lines.add("digest     " + trail.digest());
        trail.preview().ifPresent(preview -> {
            lines.add("effect     " + preview.effect().word());
            for (Preview.RenderedStep step : preview.steps()) {
                lines.add("tool       " + step.tool() + ", file " + step.toolDigest());
            }
        });
        String day = "";
        for (JournalEntry entry : trail.entries()) {
            String its = DAY.format(entry.at());
            if (!its.equals(day)) {
                lines.add("");
                lines.add(its + " (UTC)");
                day = its;
            }
            lines.add("%s  %-7s  #%-5d  %s"
                    .formatted(TIME.format(entry.at()), entry.writer(), entry.seq(), EntryWords.of(entry)));
            command(trail.preview(), entry)
                    .ifPresent(command ->
                            command.lines().map(line -> " ".repeat(33) + line).forEach(lines::add));
        }
        lines.add("");
        for (Proof proof : trail.proofs()) {
            lines.add((proof.holds() ? "holds    " : "PROBLEM  ") + proof.sentence());
        }
        if (trail.preview().isEmpty()) {
            lines.add("unknown  the runner's store is not here: neither commands nor signatures could be looked at");
        }
        return lines;
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
