package io.opsconductor.chat.slack.card;

import com.slack.api.model.block.element.BlockElement;
import io.opsconductor.brain.conversation.ChatEvent.CardCommand;
import io.opsconductor.chat.card.Amounts;
import io.opsconductor.chat.card.EffectWords;
import io.opsconductor.chat.card.StepCommands;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * As much of a step as is never torn apart: a command with the names of its targets. A command that is too long for one
 * message, or names that are, come as several pieces that say so.
 *
 * @param firstTarget place among the step's targets, from 1
 */
record CommandPiece(StepCommands step, int firstTarget, int lastTarget, List<BlockElement> elements, int size) {
    /** Of names or of a command, so that a message holds either with a heading to spare. */
    private static final int MOST = Limits.MESSAGE_SIZE * 2 / 3;

    /** The JSON of one more environment's names. */
    private static final int AN_ENVIRONMENT = 400;

    private static final int TOGETHER = Limits.MESSAGE_SIZE * 5 / 6;

    CommandPiece {
        elements = List.copyOf(elements);
    }

    static List<CommandPiece> of(StepCommands step) {
        List<CommandPiece> pieces = new ArrayList<>();
        for (StepCommands.Group group : step.groups()) {
            add(pieces, step, group);
        }
        return pieces;
    }

    private static void add(List<CommandPiece> pieces, StepCommands step, StepCommands.Group group) {
        boolean first = pieces.isEmpty();
        List<List<CardCommand>> names = folded(group.where());
        List<String> parts = Cut.partsBySize(group.command(), MOST);
        if (names.size() <= 1 && parts.size() <= 1) {
            Line heading = how(step, first, heading(step, first).add(where(step, group, group.where(), first)));
            List<BlockElement> elements = List.of(heading.section(), Code.block(group.command()));
            CommandPiece whole = of(step, group.firstTarget(), group.lastTarget(), elements);
            if (whole.size <= TOGETHER) {
                pieces.add(whole);
                return;
            }
        }
        int at = group.firstTarget();
        for (List<CardCommand> some : names) {
            boolean begins = first && at == group.firstTarget();
            Line heading = how(step, begins, heading(step, begins).add(where(step, group, some, false)));
            if (names.size() > 1) {
                heading.text(" (targets " + at + " to " + (at + some.size() - 1) + " of the "
                        + group.where().size() + " with this command)");
            }
            pieces.add(of(step, at, at + some.size() - 1, List.of(heading.section())));
            at += some.size();
        }
        for (int i = 0; i < parts.size(); i++) {
            List<BlockElement> elements = new ArrayList<>();
            if (parts.size() > 1) {
                elements.add(new Line()
                        .italic("Part " + (i + 1) + " of " + parts.size() + " of one command of "
                                + Amounts.characters(group.command().length())
                                + "; the parts follow each other without a character between.")
                        .section());
            }
            elements.add(Code.block(parts.get(i)));
            pieces.add(of(step, group.firstTarget(), group.lastTarget(), elements));
        }
        if (parts.isEmpty()) {
            pieces.add(of(step, group.firstTarget(), group.lastTarget(), List.of(Code.block(""))));
        }
    }

    private static CommandPiece of(StepCommands step, int first, int last, List<BlockElement> elements) {
        return new CommandPiece(step, first, last, elements, BlockSize.of(elements));
    }

    /** What the step is, before its first command. */
    private static Line heading(StepCommands step, boolean first) {
        Line line = new Line();
        if (!first) {
            return line;
        }
        if (step.of() > 1) {
            line.bold(step.title() + ": ");
        }
        line.code(step.step().tool());
        if (step.of() > 1) {
            line.text(", " + EffectWords.of(step.step().effect()).means());
        }
        return line;
    }

    private static Line how(StepCommands step, boolean first, Line line) {
        return first && !step.how().isEmpty() ? line.text("\n").italic(step.how()) : line;
    }

    private static Line where(
            StepCommands step, StepCommands.Group group, List<CardCommand> where, boolean afterHeading) {
        Line line = new Line().text(afterHeading ? step.of() > 1 ? "\non " : " on " : "On ");
        if (group.where().size() > 3) {
            line.text(group.where().size() + " targets: ");
        }
        line.add(Targets.names(where));
        return group.account().isEmpty() ? line : line.text(" as ").bold(group.account());
    }

    /** The targets in order, as many together as have room for their names. */
    private static List<List<CardCommand>> folded(List<CardCommand> where) {
        List<List<CardCommand>> folded = new ArrayList<>();
        List<CardCommand> some = new ArrayList<>();
        Set<String> environments = new HashSet<>();
        int size = 0;
        for (CardCommand command : where) {
            int cost = cost(command, environments);
            if (!some.isEmpty() && size + cost > MOST) {
                folded.add(List.copyOf(some));
                some.clear();
                environments.clear();
                size = 0;
                cost = cost(command, environments);
            }
            environments.add(command.environment());
            some.add(command);
            size += cost;
        }
        folded.add(List.copyOf(some));
        return folded;
    }

    private static int cost(CardCommand command, Set<String> environments) {
        int name = BlockSize.ofText(command.target()) + 2;
        return environments.contains(command.environment())
                ? name
                : name + BlockSize.ofText(command.environment()) + AN_ENVIRONMENT;
    }
}
