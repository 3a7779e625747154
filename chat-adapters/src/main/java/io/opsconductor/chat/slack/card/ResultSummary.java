package io.opsconductor.chat.slack.card;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.ButtonElement;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.card.Amounts;
import io.opsconductor.chat.card.Outcomes;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The end of an execution at a glance: how it ended, each target's outcome, worst first, and the buttons to run again. */
final class ResultSummary {
    private static final int SUMMARY = 400;
    private static final int MESSAGE = 500;
    private static final int NAME = 60;
    private static final int LINES = 12;
    /** Beside a table, which says more. */
    private static final int LINES_BESIDE = 6;

    private static final int NEXT = 2_000;
    private static final int BUTTON = 150;
    private static final int FOLDED_NAMES = 1_800;

    private ResultSummary() {}

    static SlackMessage of(String planSummary, ChatEvent.Result result, Optional<Subject> by) {
        List<TargetResult> results = worstFirst(result.stepResults());
        String word = Outcomes.word(result.status());
        String summary = Cut.to(planSummary, SUMMARY);
        Line head = new Line()
                .emoji(Outcomes.emoji(result.status()))
                .bold(word + (summary.isEmpty() ? "" : ": "))
                .bold(summary.replace("`", ""));
        // Of one run that went well, its own line says the same.
        boolean said = results.size() == 1 && results.getFirst().status() == TargetStatus.SUCCEEDED;
        if (!said && !result.summary().isBlank()) {
            head.end().add(said(Cut.to(result.summary(), MESSAGE), by));
        }
        List<BlockElement> elements = new ArrayList<>();
        elements.add(head.section());
        elements.addAll(Readings.of(result));
        if (!results.isEmpty()) {
            elements.add(outcomes(results, result.readings().isEmpty() ? LINES : LINES_BESIDE)
                    .section());
        }
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(Block.rich(elements));
        Buttons buttons = new Buttons();
        blocks.addAll(buttons.choices(next(result)));
        List<ButtonElement> again = again(result, buttons);
        if (!again.isEmpty()) {
            blocks.add(Block.actions(again));
        }
        return new SlackMessage(Mrkdwn.notification(word + ": " + summary + " · " + result.summary()), blocks);
    }

    /** As many requests as have room: they are offers, and whoever wants another one types it. */
    private static List<Choice> next(ChatEvent.Result result) {
        List<Choice> next = new ArrayList<>();
        int size = 0;
        for (Choice choice : result.next()) {
            size += BlockSize.ofText(choice.label()) + BlockSize.ofText(choice.reply()) + BUTTON;
            if (size <= NEXT) {
                next.add(choice);
            }
        }
        return next;
    }

    private static Line said(String summary, Optional<Subject> by) {
        return by.filter(person -> person.begins(summary))
                .map(person -> person.line().words(person.rest(summary)))
                .orElseGet(() -> new Line().words(summary));
    }

    static List<TargetResult> worstFirst(List<TargetResult> results) {
        return results.stream()
                .sorted(Comparator.comparingInt((TargetResult one) -> Outcomes.WORST_FIRST.indexOf(one.status()))
                        .thenComparingInt(TargetResult::step))
                .toList();
    }

    /** A line for each; beyond a screen, those that succeeded and then the rest are told by their names, and counted. */
    private static Line outcomes(List<TargetResult> results, int most) {
        boolean severalSteps = results.stream().anyMatch(one -> one.step() > 0);
        Line lines = new Line();
        int wrong = (int) results.stream()
                .filter(one -> one.status() != TargetStatus.SUCCEEDED && one.status() != TargetStatus.NOT_NEEDED)
                .count();
        // They come worst first, so those that succeeded are the last.
        int lineEach = results.size() <= most ? results.size() : Math.min(most, wrong);
        List<TargetResult> single = results.subList(0, lineEach);
        List<TargetResult> folded = results.subList(lineEach, results.size());
        single.forEach(one -> lines.text(lines.isEmpty() ? "" : "\n").add(outcome(one, severalSteps)));
        for (TargetStatus status : Outcomes.WORST_FIRST) {
            List<String> names = folded.stream()
                    .filter(one -> one.status() == status)
                    .map(one -> severalSteps ? one.target() + " (step " + (one.step() + 1) + ")" : one.target())
                    .toList();
            if (!names.isEmpty()) {
                lines.text(lines.isEmpty() ? "" : "\n")
                        .emoji(Outcomes.emoji(status))
                        .bold(names.size() + (single.isEmpty() ? " " : " more ") + Outcomes.word(status))
                        .text(": " + fitting(names, FOLDED_NAMES * names.size() / folded.size()));
            }
        }
        return lines;
    }

    private static Line outcome(TargetResult one, boolean severalSteps) {
        Line line = new Line().emoji(Outcomes.emoji(one.status())).bold(Cut.to(one.target(), NAME));
        return line.text(
                (severalSteps ? " · step " + (one.step() + 1) + ", " + Cut.to(one.tool(), NAME) : "") + facts(one));
    }

    /** " · failed · exit 1 · 4.2 s". */
    static String facts(TargetResult one) {
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

    /** As many names as have room. Each target's own message, or the file, has the others. */
    private static String fitting(List<String> names, int room) {
        int size = 0;
        int most = 0;
        while (most < names.size() && size + BlockSize.ofText(names.get(most)) + 2 <= room) {
            size += BlockSize.ofText(names.get(most)) + 2;
            most++;
        }
        return most == 0 ? Cut.to(names.getFirst(), NAME) + " and others" : Targets.some(names, most);
    }

    private static List<ButtonElement> again(ChatEvent.Result result, Buttons buttons) {
        String execution = result.execution();
        if (execution == null) {
            return List.of();
        }
        List<ButtonElement> row = new ArrayList<>();
        row.add(buttons.of("Run again", new Act.RunAgain(execution, false), Buttons.Look.PLAIN));
        long unsuccessful = result.stepResults().stream()
                .filter(one -> one.status() != TargetStatus.SUCCEEDED && one.status() != TargetStatus.NOT_NEEDED)
                .map(TargetResult::target)
                .distinct()
                .count();
        boolean someSucceeded = result.stepResults().stream().anyMatch(one -> one.status() == TargetStatus.SUCCEEDED);
        if (unsuccessful > 0 && someSucceeded) {
            row.add(buttons.of(
                    "Run again on " + unsuccessful + " failed", new Act.RunAgain(execution, true), Buttons.Look.PLAIN));
        }
        return row;
    }
}
