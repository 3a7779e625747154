package io.opsconductor.chat.slack.card;

import io.opsconductor.chat.card.Amounts;
import io.opsconductor.chat.card.Outcomes;
import io.opsconductor.chat.deliver.PlanState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** How a plan stands, in one line of its card, and what came of it. */
final class PlanStanding {
    private static final int REASON = 600;
    private static final int PEOPLE = 5;

    private PlanStanding() {}

    static Line of(PlanState state) {
        return switch (state) {
            case PlanState.Waiting waiting ->
                new Line()
                        .emoji("hourglass_flowing_sand")
                        .bold(
                                waiting.approvedBy().isEmpty()
                                        ? "Waiting for approval"
                                        : "Waiting for "
                                                + Amounts.count(Math.max(1, waiting.missing()), "more approval"));
            case PlanState.Running running ->
                Line.of(
                        new Line()
                                .emoji("arrow_forward")
                                .bold(running.execution().isEmpty() ? "Starts now" : "Running"),
                        approved(running.by(), running.at()));
            case PlanState.Finished finished ->
                Line.of(
                        new Line().emoji(Outcomes.emoji(finished.status())).bold(Outcomes.word(finished.status())),
                        approved(finished.by(), finished.at()));
            case PlanState.Denied denied ->
                ended("no_entry", "Denied", denied.by(), denied.reason(), denied.at(), "Nothing was run.");
            case PlanState.Expired expired ->
                new Line()
                        .emoji("hourglass")
                        .bold("Expired")
                        .text(" ")
                        .when(expired.at())
                        .text(" before it was approved. Nothing was run; ask again for a fresh plan.");
            case PlanState.Withdrawn withdrawn ->
                ended("leftwards_arrow_with_hook", "Withdrawn", withdrawn.by(), "", withdrawn.at(), "Nothing was run.");
            case PlanState.Superseded superseded ->
                ended(
                        "arrows_counterclockwise",
                        "Replaced",
                        superseded.by(),
                        superseded.reason(),
                        superseded.at(),
                        "Nothing of this plan was run; a newer one stands below.");
        };
    }

    /** The same for a notification. */
    static String notification(PlanState state) {
        return switch (state) {
            case PlanState.Waiting waiting ->
                waiting.approvedBy().isEmpty()
                        ? "waits for approval"
                        : "waits for " + Amounts.count(Math.max(1, waiting.missing()), "more approval");
            case PlanState.Running _ -> "approved, running";
            case PlanState.Finished finished -> Outcomes.word(finished.status()).toLowerCase(Locale.ROOT);
            case PlanState.Denied _ -> "denied, nothing was run";
            case PlanState.Expired _ -> "expired, nothing was run";
            case PlanState.Withdrawn _ -> "withdrawn, nothing was run";
            case PlanState.Superseded _ -> "replaced by a newer plan";
        };
    }

    private static Line approved(List<String> by, Instant at) {
        if (by.isEmpty()) {
            return new Line().text(" · no approval needed, ").when(at);
        }
        return new Line()
                .text(" · approved by ")
                .people(by, PEOPLE, "and")
                .text(", ")
                .when(at);
    }

    private static Line ended(String emoji, String word, String by, String reason, Instant at, String outcome) {
        Line line = new Line().emoji(emoji).bold(word);
        if (!by.isEmpty()) {
            line.text(" by ").person(by);
        }
        line.text(", ").when(at);
        if (!reason.isBlank()) {
            line.text(": ").text(Cut.to(reason.strip(), REASON));
        }
        return line.text(reason.isBlank() ? ". " : reason.strip().endsWith(".") ? " " : ". ")
                .text(outcome);
    }
}
