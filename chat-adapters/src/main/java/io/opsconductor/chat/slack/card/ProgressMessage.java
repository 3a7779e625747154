package io.opsconductor.chat.slack.card;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.BlockElement;
import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.card.Amounts;
import io.opsconductor.chat.card.Outcomes;
import io.opsconductor.chat.deliver.Progress;
import io.opsconductor.chat.deliver.Progress.TargetRun;
import io.opsconductor.plan.TargetStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How far an execution is. Its size does not grow with the targets: all are counted, and those that went wrong or run now
 * are shown, as many as a screen holds. The result tells of each.
 */
final class ProgressMessage {
    private static final int SUMMARY = 300;
    private static final int BAR = 20;
    private static final int SHOWN = 8;
    private static final int RUNNING_SHOWN = 4;
    private static final int TAIL = 400;
    private static final int TAIL_LINES = 3;
    private static final int NAME = 120;

    private ProgressMessage() {}

    static SlackMessage of(Progress progress) {
        List<TargetRun> runs = progress.runs();
        long done = runs.stream().filter(run -> run.status() != null).count();
        String summary = Cut.to(progress.summary(), SUMMARY);
        List<LayoutBlock> blocks = new ArrayList<>();
        List<BlockElement> elements = new ArrayList<>();
        elements.add(new Line()
                .emoji("arrow_forward")
                .bold("Running: ")
                .boldWords(summary)
                .end()
                .text(bar(done, runs.size()) + " " + counts(runs, done) + " · "
                        + Amounts.clock(progress.elapsedSeconds()))
                .section());
        if (!progress.waiting().isEmpty()) {
            elements.add(new Line().italic(Cut.to(progress.waiting(), SUMMARY)).section());
        }
        boolean severalSteps = runs.stream().anyMatch(run -> run.step() > 0);
        List<TargetRun> telling = telling(runs);
        telling.stream().limit(SHOWN).forEach(run -> add(elements, run, severalSteps));
        if (telling.size() > SHOWN) {
            elements.add(new Line()
                    .text("And " + (telling.size() - SHOWN) + " more that run or went wrong; the result tells of each.")
                    .section());
        }
        blocks.add(Block.rich(elements));
        blocks.add(Block.actions(
                List.of(new Buttons().of("Cancel", new Act.Cancel(progress.execution()), Buttons.Look.DANGER))));
        return new SlackMessage(Mrkdwn.notification("Running: " + summary + " · " + counts(runs, done)), blocks);
    }

    private static String bar(long done, int all) {
        int full = all == 0 ? 0 : (int) (done * BAR / all);
        return "█".repeat(full) + "░".repeat(BAR - full);
    }

    /** "4 of 10 done, 3 running, 1 failed". */
    private static String counts(List<TargetRun> runs, long done) {
        StringBuilder counts = new StringBuilder(done + " of " + runs.size() + " done");
        long running = runs.stream().filter(ProgressMessage::runs).count();
        if (running > 0) {
            counts.append(", ").append(running).append(" running");
        }
        Map<TargetStatus, Integer> bad = new LinkedHashMap<>();
        for (TargetStatus status : Outcomes.WORST_FIRST) {
            int count =
                    (int) runs.stream().filter(run -> run.status() == status).count();
            if (count > 0 && status != TargetStatus.SUCCEEDED && status != TargetStatus.NOT_NEEDED) {
                bad.put(status, count);
            }
        }
        bad.forEach(
                (status, count) -> counts.append(", ").append(count).append(' ').append(Outcomes.word(status)));
        return counts.toString();
    }

    private static boolean runs(TargetRun run) {
        return run.started() && run.status() == null;
    }

    /** What went wrong, worst first, and what runs: some of both; of few targets, all that began. */
    private static List<TargetRun> telling(List<TargetRun> runs) {
        List<TargetRun> wrong = runs.stream()
                .filter(run -> run.status() != null
                        && run.status() != TargetStatus.SUCCEEDED
                        && run.status() != TargetStatus.SKIPPED
                        && run.status() != TargetStatus.NOT_NEEDED)
                .sorted(Comparator.comparingInt(run -> Outcomes.WORST_FIRST.indexOf(run.status())))
                .toList();
        List<TargetRun> running = runs.stream().filter(ProgressMessage::runs).toList();
        List<TargetRun> done = runs.size() > SHOWN
                ? List.of()
                : runs.stream()
                        .filter(run -> run.status() == TargetStatus.SUCCEEDED)
                        .toList();
        int wrongShown = Math.min(wrong.size(), SHOWN - Math.min(running.size(), RUNNING_SHOWN));
        return Stream.of(wrong.subList(0, wrongShown), running, wrong.subList(wrongShown, wrong.size()), done)
                .flatMap(List::stream)
                .toList();
    }

    private static void add(List<BlockElement> elements, TargetRun run, boolean severalSteps) {
        TargetStatus status = run.status();
        Line line = new Line()
                .emoji(status == null ? "hourglass_flowing_sand" : Outcomes.emoji(status))
                .bold(Cut.to(run.target(), NAME));
        if (severalSteps) {
            line.text(" · step " + (run.step() + 1) + " ").code(Cut.to(run.tool(), NAME));
        }
        line.text(" · " + (status == null ? "running" : Outcomes.word(status)));
        if (status != null && status != TargetStatus.SUCCEEDED && run.exitCode() != null) {
            line.text(" · exit " + run.exitCode());
        }
        if (status != null && run.durationMs() > 0) {
            line.text(" · " + Amounts.duration(run.durationMs()));
        }
        elements.add(line.section());
        String tail = status == TargetStatus.SUCCEEDED ? "" : Output.tail(Output.shown(run.tail()), TAIL_LINES, TAIL);
        if (!tail.isEmpty()) {
            elements.add(Code.block(tail));
        }
    }
}
