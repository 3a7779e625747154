package io.opsconductor.chat.slack.card;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.BlockElement;
import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.card.Amounts;
import io.opsconductor.chat.card.Outcomes;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One target's part of a result: how it ended and what it wrote, or its first and last lines and where the whole is.
 *
 * @param full the button's act that shows all of it; empty when all is shown
 */
record TargetOutput(String target, List<BlockElement> elements, Optional<Act> full, int size) {
    /** Longer output comes as a file; a message of several screens hides what is below it. */
    private static final int LONG = 2_800;

    private static final int HEAD = 900;
    private static final int TAIL = 1_500;
    private static final int HEAD_LINES = 6;
    private static final int TAIL_LINES = 12;
    private static final int NAME = 200;
    private static final int REASON = 1_500;
    private static final int BUTTON = 700;

    static boolean isLong(TargetResult result) {
        return isLong(result.stdout()) || isLong(result.stderr());
    }

    private static boolean isLong(String output) {
        return BlockSize.ofText(Output.shown(output)) > LONG;
    }

    /** @param file where the whole output is, when it is long */
    static TargetOutput of(String execution, TargetResult result, boolean severalSteps, String file) {
        List<BlockElement> elements = new ArrayList<>();
        Line heading = new Line().emoji(Outcomes.emoji(result.status())).bold(Cut.to(result.target(), NAME));
        if (severalSteps) {
            heading.text(" · step " + (result.step() + 1) + " ").code(Cut.to(result.tool(), NAME));
        }
        heading.text(ResultSummary.facts(result));
        if (!result.reason().isBlank()) {
            heading.end().text(Cut.to(Output.shown(result.reason()), REASON));
        }
        if (result.status() == TargetStatus.SUCCEEDED
                && result.stdout().isEmpty()
                && result.stderr().isEmpty()) {
            heading.end().text("It ended without any output.");
        }
        elements.add(heading.section());
        add(elements, result.stdout(), "", file);
        add(elements, result.stderr(), "Error output", file);
        boolean cut = result.stdoutTruncated() || result.stderrTruncated();
        if (cut) {
            elements.add(new Line()
                    .emoji("scissors")
                    .text("The output was longer than the runner's limit; the rest was cut off.")
                    .section());
        }
        Act act = new Act.FullOutput(execution, result.step(), result.target());
        boolean button = !execution.isEmpty() && (cut || isLong(result));
        return new TargetOutput(
                result.target(),
                List.copyOf(elements),
                button ? Optional.of(act) : Optional.empty(),
                BlockSize.of(elements) + (button ? BUTTON : 0));
    }

    List<LayoutBlock> blocks(Buttons buttons) {
        LayoutBlock text = Block.rich(elements);
        return full.map(act -> List.of(
                        text,
                        Block.actions(List.of(buttons.of("Show full output of " + target, act, Buttons.Look.PLAIN)))))
                .orElseGet(() -> List.of(text));
    }

    private static void add(List<BlockElement> elements, String output, String label, String file) {
        if (output.isEmpty()) {
            return;
        }
        if (!label.isEmpty()) {
            elements.add(new Line().italic(label).section());
        }
        String shown = Output.shown(output);
        if (!isLong(output)) {
            elements.add(Code.block(shown));
            return;
        }
        elements.add(Code.block(notBlank(Output.head(shown, HEAD_LINES, HEAD))));
        elements.add(new Line()
                .italic("The beginning and the end of " + Amounts.count(Output.lines(shown), "line") + ", "
                        + Amounts.characters(shown.length()) + ". All of it is in the file ")
                .code(file)
                .italic(".")
                .section());
        elements.add(Code.block(Output.tail(shown, TAIL_LINES, TAIL)));
    }

    /** Blank lines at the beginning are not worth a message. */
    private static String notBlank(String head) {
        return head.isBlank() ? "(blank lines)" : head;
    }
}
