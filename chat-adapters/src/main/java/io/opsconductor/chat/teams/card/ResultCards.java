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
    /** Of a target's output that is posted by itself; the rest comes for whoever asks. */
    private static final int OUTPUT = 6_000;

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
        for (OutputReading reading : result.readings()) {
            card.add(new Line()
                    .text(PlanCards.shortened(reading.sentence(), SENTENCE))
                    .element());
            if (reading.table() != null) {
                card.add(ReadTables.of(reading.table()));
            }
        }
        boolean severalSteps = results.stream().anyMatch(one -> one.step() > 0);
        results.stream().limit(LINES).forEach(one -> card.add(outcome(one, severalSteps)));
        if (results.size() > LINES) {
            card.add(new Line()
                    .subtle("And " + (results.size() - LINES) + " more, which went as well or better.")
                    .tight());
        }
        card.add(new Buttons().choices(result.next()).rows());
        card.add(again(result).rows());
        List<TeamsMessage> outputs = new ArrayList<>();
        results.forEach(one -> outputs.addAll(output(result.execution(), one)));
        return new ResultPost(
                new TeamsMessage(
                        PlanCards.shortened(word + ": " + summary + " · " + result.summary(), SUMMARY), card.json()),
                outputs);
    }

    private static ObjectNode outcome(TargetResult one, boolean severalSteps) {
        return new Line()
                .text(Signs.of(one.status()) + " ")
                .bold(one.target())
                .text((severalSteps ? " · step " + (one.step() + 1) + ", " + one.tool() : "") + facts(one))
                .tight();
    }

    private static String facts(TargetResult one) {
        StringBuilder facts = new StringBuilder(" · ").append(Outcomes.word(one.status()));
        if (one.exitCode() != null && (one.exitCode() != 0 || one.status() != TargetStatus.SUCCEEDED)) {
            facts.append(" · exit ").append(one.exitCode());
        }
        if (one.durationMs() > 0) {
            facts.append(" · ").append(Amounts.duration(one.durationMs()));
        }
        if (one.stdoutTruncated() || one.stderrTruncated()) {
            facts.append(" · output cut");
        }
        return facts.toString();
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

    /** The beginning of what a target wrote, and a button for the rest when there is more. */
    private static List<TeamsMessage> output(@org.jspecify.annotations.Nullable String execution, TargetResult one) {
        String text = written(one);
        if (text.isEmpty()) {
            return List.of();
        }
        String title = "Output of " + one.target() + facts(one);
        boolean whole = text.length() <= OUTPUT;
        Card card = new Card()
                .add(new Line().bold(title).element())
                .add(Commands.verbatim(whole ? text : text.substring(0, OUTPUT)));
        if (!whole) {
            card.add(new Line()
                    .bold("✂ These are the first " + Amounts.characters(OUTPUT) + " of "
                            + Amounts.characters(text.length()) + ".")
                    .element());
            if (execution != null) {
                card.add(new Buttons()
                        .execute("Show all of it", new Act.FullOutput(execution, one.step(), one.target()), "default")
                        .rows());
            }
        }
        return List.of(new TeamsMessage(title, card.json()));
    }

    /** All that a target wrote, on pages. */
    public static List<TeamsMessage> fullOutput(TargetResult one) {
        List<List<ObjectNode>> pages = Commands.packed(Commands.verbatim(written(one)));
        List<TeamsMessage> messages = new ArrayList<>();
        for (List<ObjectNode> page : pages) {
            String title =
                    "Whole output of " + one.target() + ", message " + (messages.size() + 1) + " of " + pages.size();
            messages.add(new TeamsMessage(
                    title,
                    new Card().add(new Line().bold(title).element()).add(page).json()));
        }
        return messages;
    }

    static String written(TargetResult one) {
        String out = one.stdout().replace("\r\n", "\n").stripTrailing();
        String err = one.stderr().replace("\r\n", "\n").stripTrailing();
        if (err.isEmpty()) {
            return out;
        }
        return out.isEmpty() ? err : out + "\n-- errors --\n" + err;
    }
}
