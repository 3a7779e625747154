package io.opsconductor.chat.teams.card;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.brain.conversation.ChatEvent.CardCommand;
import io.opsconductor.brain.conversation.ChatEvent.PlanCard;
import io.opsconductor.chat.card.Amounts;
import io.opsconductor.chat.card.Digests;
import io.opsconductor.chat.card.EffectWords;
import io.opsconductor.chat.card.Packing;
import io.opsconductor.chat.card.StepCommands;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a plan's commands stand: all on the card, or all below it, on pages of their own. It depends on the plan alone and
 * never on how the plan stands, so that a card which is changed never needs pages that were not posted.
 *
 * @param card what the card shows of the steps: their commands, or where those are
 */
record Commands(List<ObjectNode> card, List<TeamsMessage> pages) {
    /** Of JSON. A card has as much again for everything else, and Teams counts two bytes a character. */
    private static final int ON_CARD = 24_000;

    private static final int ON_PAGE = 34_000;

    /** Of one line of a command. */
    private static final int CHUNK = 4_000;

    static Commands of(PlanCard plan) {
        List<StepCommands> steps = StepCommands.of(plan);
        List<ObjectNode> elements = new ArrayList<>();
        steps.forEach(step -> elements.addAll(elements(step)));
        if (size(elements) <= ON_CARD) {
            return new Commands(elements, List.of());
        }
        List<List<ObjectNode>> pages = packed(elements);
        List<TeamsMessage> messages = new ArrayList<>();
        for (List<ObjectNode> page : pages) {
            String title = "Commands of plan " + Digests.shortForm(plan.digest()) + ", message " + (messages.size() + 1)
                    + " of " + pages.size();
            messages.add(new TeamsMessage(
                    title,
                    new Card().add(new Line().bold(title).element()).add(page).json()));
        }
        return new Commands(below(steps, pages.size()), messages);
    }

    private static List<ObjectNode> elements(StepCommands step) {
        List<ObjectNode> elements = new ArrayList<>();
        Line heading = new Line();
        if (!step.title().isEmpty()) {
            heading.bold(step.title() + ": ");
        }
        heading.code(step.step().tool())
                .text(", " + EffectWords.of(step.step().effect()).means());
        elements.add(heading.element().put("spacing", "Medium"));
        if (!step.how().isEmpty()) {
            elements.add(new Line().subtle(step.how()).tight());
        }
        for (StepCommands.Group group : step.groups()) {
            elements.addAll(where(group));
            elements.addAll(verbatim(group.command()));
        }
        return elements;
    }

    /** The targets of a command, by environment; long lists in several lines. */
    private static List<ObjectNode> where(StepCommands.Group group) {
        Map<String, List<String>> byEnvironment = new LinkedHashMap<>();
        for (CardCommand command : group.where()) {
            byEnvironment
                    .computeIfAbsent(command.environment(), key -> new ArrayList<>())
                    .add(command.target());
        }
        List<ObjectNode> lines = new ArrayList<>();
        byEnvironment.forEach((environment, names) -> {
            String many = group.where().size() > 3 ? group.where().size() + " targets: " : "";
            String as = group.account().isEmpty() ? "" : " as " + group.account();
            String in = environment.isEmpty() ? "" : " (" + environment + ")";
            for (String part : chunks(String.join(", ", names))) {
                lines.add(new Line()
                        .text(lines.isEmpty() ? "On " + many : "")
                        .bold(part)
                        .text(in + as)
                        .element()
                        .put("spacing", "Small"));
            }
        });
        return lines;
    }

    /** A command, line by line, each as it is; a line that is too long for one element goes on in the next. */
    static List<ObjectNode> verbatim(String text) {
        List<ObjectNode> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            List<String> parts = chunks(line);
            if (parts.size() > 1) {
                lines.add(new Line()
                        .subtle("The next " + parts.size() + " blocks are one line of "
                                + Amounts.characters(line.length())
                                + "; they follow each other without a sign between.")
                        .tight());
            }
            // An element without text would be dropped, and the line with it.
            parts.forEach(part ->
                    lines.add(new Line().code(part.isEmpty() ? " " : part).tight()));
        }
        return lines;
    }

    private static List<String> chunks(String line) {
        if (line.length() <= CHUNK) {
            return List.of(line);
        }
        List<String> chunks = new ArrayList<>();
        int from = 0;
        while (from < line.length()) {
            int to = Math.min(line.length(), from + CHUNK);
            // Not between the halves of one sign.
            if (to < line.length() && Character.isHighSurrogate(line.charAt(to - 1))) {
                to--;
            }
            chunks.add(line.substring(from, to));
            from = to;
        }
        return chunks;
    }

    private static List<ObjectNode> below(List<StepCommands> steps, int pages) {
        List<ObjectNode> lines = new ArrayList<>();
        for (StepCommands step : steps) {
            Line line = new Line();
            if (!step.title().isEmpty()) {
                line.bold(step.title() + ": ");
            }
            lines.add(line.code(step.step().tool())
                    .text(" on " + Amounts.count(step.targets(), "target") + ", "
                            + EffectWords.of(step.step().effect()).means() + ", "
                            + (step.groups().size() == 1
                                    ? "one command"
                                    : step.groups().size() + " different commands"))
                    .tight());
        }
        lines.add(new Line()
                .bold("⬇ All commands are below, in " + Amounts.count(pages, "message")
                        + ", whole and in order. Read them before you approve.")
                .element());
        return lines;
    }

    static List<List<ObjectNode>> packed(List<ObjectNode> elements) {
        return Packing.of(elements, Commands::size, ON_PAGE);
    }

    private static int size(ObjectNode element) {
        return element.toString().length() + 1;
    }

    static int size(List<ObjectNode> elements) {
        return elements.stream().mapToInt(Commands::size).sum();
    }
}
