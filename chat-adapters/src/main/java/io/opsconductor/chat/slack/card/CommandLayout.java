package io.opsconductor.chat.slack.card;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.BlockElement;
import io.opsconductor.brain.conversation.ChatEvent.PlanCard;
import io.opsconductor.chat.card.Amounts;
import io.opsconductor.chat.card.Digests;
import io.opsconductor.chat.card.EffectWords;
import io.opsconductor.chat.card.Packing;
import io.opsconductor.chat.card.StepCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a plan's commands stand: all on the card, or all below it. It depends on the plan alone and never on how the plan
 * stands, so that a card which is changed never needs messages that were not posted.
 *
 * @param card what the card shows of the steps: their commands, or where those are
 */
record CommandLayout(List<LayoutBlock> card, List<SlackMessage> pages, Optional<SlackFile> file) {
    /** Kept free for what a card gains while it stands: who approved, the reason of a denial. */
    private static final int RESERVE = 2_500;

    private static final int PAGE = Limits.MESSAGE_SIZE - 1_000;
    private static final int MOST_PAGES = 10;
    private static final int STEP_TITLE = 60;

    CommandLayout {
        card = List.copyOf(card);
        pages = List.copyOf(pages);
    }

    /** @param rest size of everything else on the card */
    static CommandLayout of(PlanCard plan, int rest) {
        List<StepCommands> steps = StepCommands.of(plan);
        List<CommandPiece> pieces =
                steps.stream().flatMap(step -> CommandPiece.of(step).stream()).toList();
        if (pieces.stream().mapToInt(CommandPiece::size).sum() + rest + RESERVE <= Limits.MESSAGE_SIZE) {
            return new CommandLayout(onCard(steps), List.of(), Optional.empty());
        }
        List<List<CommandPiece>> pages = Packing.of(pieces, CommandPiece::size, PAGE);
        int commands = steps.stream().mapToInt(step -> step.groups().size()).sum();
        if (pages.size() > MOST_PAGES) {
            SlackFile file = PlanFile.of(plan, steps);
            return new CommandLayout(
                    below(steps, commands, "in the file " + file.name() + " below"), List.of(), Optional.of(file));
        }
        List<SlackMessage> messages = new ArrayList<>();
        for (List<CommandPiece> page : pages) {
            messages.add(page(plan, page, messages.size() + 1, pages.size()));
        }
        String where = "below, in " + Amounts.count(pages.size(), "message");
        return new CommandLayout(below(steps, commands, where), messages, Optional.empty());
    }

    private static List<LayoutBlock> onCard(List<StepCommands> steps) {
        return steps.stream()
                .map(step -> Block.rich(CommandPiece.of(step).stream()
                        .flatMap(piece -> piece.elements().stream())
                        .toList()))
                .toList();
    }

    /** Each step in a line, and where its commands are. */
    private static List<LayoutBlock> below(List<StepCommands> steps, int commands, String where) {
        Line line = new Line();
        for (StepCommands step : steps) {
            // One text without styles, so that twenty steps stay small.
            line.text(step.title() + (step.title().isEmpty() ? "" : ": ")
                    + Cut.to(step.step().tool(), STEP_TITLE)
                    + " on " + Amounts.count(step.targets(), "target") + ", "
                    + EffectWords.of(step.step().effect()).means() + ", "
                    + (step.groups().size() == 1 ? "one command" : step.groups().size() + " different commands")
                    + (step.how().isEmpty() ? "" : ", " + step.how())
                    + "\n");
        }
        String all = commands == 1 ? "The command is " : "All " + Amounts.grouped(commands) + " commands are ";
        line.end().emoji("arrow_down").bold(all + where + ", whole and in order. Read them before you approve.");
        return List.of(Block.rich(line));
    }

    private static SlackMessage page(PlanCard plan, List<CommandPiece> page, int number, int of) {
        String title = "Commands of plan " + Digests.shortForm(plan.digest()) + ", "
                + (of == 1 ? "" : "message " + number + " of " + of + ", ") + range(page);
        List<BlockElement> elements = new ArrayList<>();
        elements.add(new Line().bold(title).section());
        page.forEach(piece -> elements.addAll(piece.elements()));
        return new SlackMessage(Mrkdwn.notification(title), List.of(Block.rich(elements)));
    }

    /** "step 1 of 2, targets 1 to 12 of 200", "step 1 of 3, target 190 of 200, to step 3 of 3, target 4 of 4". */
    private static String range(List<CommandPiece> page) {
        CommandPiece first = page.getFirst();
        CommandPiece last = page.getLast();
        int from = first.firstTarget();
        if (first.step().number() == last.step().number()) {
            int to = page.stream().mapToInt(CommandPiece::lastTarget).max().orElse(from);
            String targets = from == to ? "target " + from : "targets " + from + " to " + to;
            return step(first) + targets + " of " + first.step().targets();
        }
        return step(first) + "target " + from + " of " + first.step().targets() + ", to " + step(last) + "target "
                + last.lastTarget() + " of " + last.step().targets();
    }

    private static String step(CommandPiece piece) {
        return piece.step().of() == 1
                ? ""
                : "step " + piece.step().number() + " of " + piece.step().of() + ", ";
    }
}
