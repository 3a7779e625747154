package io.opsconductor.chat.teams.card;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.outputs.OutputReading;
import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.card.Amounts;
import io.opsconductor.chat.card.Outcomes;
import io.opsconductor.chat.deliver.Progress;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** An execution's progress and result. */
public final class ResultCards {
    private static final int SUMMARY = 400;
    private static final int SENTENCE = 500;
    private static final int LINES = 40;
    private static final int SHOWN_RUNS = 8;
    private static final int BAR = 20;
    private static final int TAIL_LINES = 3;
    /** Of what was read of the outputs, and of the lines for targets, in JSON; a card has as much again for the rest. */
    private static final int ROOM = 16_000;

    private ResultCards() {}

    /** How far an execution is, for the one message that is changed. */
    public static TeamsMessage progress(Progress progress) {
        List<Progress.TargetRun> runs = progress.runs();
        long done = runs.stream().filter(run -> run.status() != null).count();
        String summary = PlanCards.shortened(progress.summary(), SUMMARY);
        String counts = done + " of " + runs.size() + " done";
        int full = runs.isEmpty() ? 0 : (int) (done * BAR / runs.size());
        Card card = new Card()
                .add(new Line().bold("▶ Running: " + summary).element())
                .add(new Line()
                        .text("█".repeat(full) + "░".repeat(BAR - full) + " " + counts + " · "
                                + Amounts.clock(progress.elapsedSeconds()))
                        .tight());
        if (!progress.waiting().isEmpty()) {
            card.add(new Line()
                    .subtle(PlanCards.shortened(progress.waiting(), SENTENCE))
                    .tight());
        }
        runs.stream()
                .filter(run -> run.started() && run.status() != TargetStatus.SUCCEEDED)
                .limit(SHOWN_RUNS)
                .forEach(run -> card.add(running(run)));
        card.add(new Buttons()
                .execute("Cancel", new Act.Cancel(progress.execution()), "destructive")
                .rows());
        return new TeamsMessage("Running: " + summary + " · " + counts, card.json());
    }

    /**
     * What is left of a progress message when there is a result.
     *
     * @param outcome in a line
     */
    public static TeamsMessage ended(String outcome) {
        return new TeamsMessage(
                outcome,
                new Card()
                        .add(new Line().bold("■ Ended").text(" · " + outcome).element())
                        .add(new Line().subtle("The result stands below.").tight())
                        .json());
    }

    private static List<ObjectNode> running(Progress.TargetRun run) {
        TargetStatus status = run.status();
        List<ObjectNode> lines = new ArrayList<>();
        lines.add(new Line()
                .text(status == null ? "⏳ " : Signs.of(status) + " ")
                .bold(run.target())
                .text(" · " + (status == null ? "running" : Outcomes.word(status)))
                .tight());
        List<String> tail = run.tail().stripTrailing().lines().toList();
        tail.subList(Math.max(0, tail.size() - TAIL_LINES), tail.size())
                .forEach(line -> lines.add(
                        new Line().code(PlanCards.shortened(line, SENTENCE)).tight()));
        return lines;
    }

    /**
     * What came of an execution, or of a plan that does not run.
     *
     * @param planSummary the sentence that restates the request
     * @param requester who is called; empty for nobody
     */
    public static ResultPost result(String planSummary, ChatEvent.Result result, List<Mention> requester) {
        List<TargetResult> results = result.stepResults().stream()
                .sorted(Comparator.comparingInt((TargetResult one) -> Outcomes.WORST_FIRST.indexOf(one.status()))
                        .thenComparingInt(TargetResult::step))
                .toList();
        String word = Outcomes.word(result.status());
        String summary = PlanCards.shortened(planSummary, SUMMARY);
        Card card = new Card()
                .add(new Line()
                        .bold(Signs.of(result.status()) + " " + word + (summary.isEmpty() ? "" : ": " + summary))
                        .element());
        if (!result.summary().isBlank()) {
            card.add(new Line()
                    .text(PlanCards.shortened(result.summary(), SENTENCE))
                    .tight());
        }
        card.mention("For ", requester);
        Room room = new Room(ROOM);
        for (OutputReading reading : result.readings()) {
            card.add(new Line()
                    .text(PlanCards.shortened(reading.sentence(), SENTENCE))
                    .element());
            if (reading.table() != null) {
                card.add(ReadTables.of(reading.table(), room));
            }
        }
        boolean severalSteps = results.stream().anyMatch(one -> one.step() > 0);
        Room lines = new Room(ROOM / 2);
        List<ObjectNode> outcomes = results.stream()
                .limit(LINES)
                .map(one -> outcome(one, severalSteps))
                .takeWhile(lines::takes)
                .toList();
        card.add(outcomes);
        if (results.size() > outcomes.size()) {
            card.add(new Line()
                    .subtle("And " + (results.size() - outcomes.size()) + " more, which went as well or better.")
                    .tight());
        }
        card.add(new Buttons().choices(result.next()).rows());
        card.add(again(result).rows());
        return new ResultPost(
                new TeamsMessage(
                        PlanCards.shortened(word + ": " + summary + " · " + result.summary(), SUMMARY), card.json()),
                Outputs.of(result.execution(), results));
    }

    private static ObjectNode outcome(TargetResult one, boolean severalSteps) {
        return new Line()
                .text(Signs.of(one.status()) + " ")
                .bold(one.target())
                .text((severalSteps ? " · step " + (one.step() + 1) + ", " + one.tool() : "") + Outputs.facts(one))
                .tight();
    }

    private static Buttons again(ChatEvent.Result result) {
        Buttons buttons = new Buttons();
        String execution = result.execution();
        if (execution == null) {
            return buttons;
        }
        buttons.execute("Run again", new Act.RunAgain(execution, false), "default");
        long unsuccessful = result.stepResults().stream()
                .filter(one -> one.status() != TargetStatus.SUCCEEDED && one.status() != TargetStatus.NOT_NEEDED)
                .map(TargetResult::target)
                .distinct()
                .count();
        boolean someSucceeded = result.stepResults().stream().anyMatch(one -> one.status() == TargetStatus.SUCCEEDED);
        if (unsuccessful > 0 && someSucceeded) {
            buttons.execute("Run again on " + unsuccessful + " failed", new Act.RunAgain(execution, true), "default");
        }
        return buttons;
    }
}
