package io.opsconductor.chat.card;

import io.opsconductor.brain.conversation.ChatEvent.CardCommand;
import io.opsconductor.brain.conversation.ChatEvent.CardStep;
import io.opsconductor.brain.conversation.ChatEvent.PlanCard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A step's commands, those that are the same on several targets together.
 *
 * @param number from 1
 * @param of how many steps the plan has
 */
public record StepCommands(int number, int of, CardStep step, List<Group> groups) {
    public StepCommands {
        groups = List.copyOf(groups);
    }

    /**
     * One command.
     *
     * @param account that runs it; may be empty
     * @param where the targets it runs on
     * @param firstTarget place of the first of them among the step's, from 1
     */
    public record Group(String command, String account, List<CardCommand> where, int firstTarget) {
        public Group {
            where = List.copyOf(where);
        }

        public int lastTarget() {
            return firstTarget + where.size() - 1;
        }
    }

    public static List<StepCommands> of(PlanCard plan) {
        List<StepCommands> steps = new ArrayList<>();
        for (CardStep step : plan.steps()) {
            steps.add(new StepCommands(steps.size() + 1, plan.steps().size(), step, groups(step)));
        }
        return steps;
    }

    public int targets() {
        return groups.isEmpty() ? 0 : groups.getLast().lastTarget();
    }

    /** "Step 1 of 2"; empty when there is but one. */
    public String title() {
        return of == 1 ? "" : "Step " + number + " of " + of;
    }

    /** How it runs, in words; empty when as usual. */
    public String how() {
        String how = step.how();
        return how == null ? "" : how;
    }

    private static List<Group> groups(CardStep step) {
        record Same(String command, String account) {}
        List<CardCommand> commands = step.commands().isEmpty()
                ? step.targets().stream()
                        .map(target -> new CardCommand(target, step.command(), "", ""))
                        .toList()
                : step.commands();
        Map<Same, List<CardCommand>> same = new LinkedHashMap<>();
        commands.forEach(command -> same.computeIfAbsent(
                        new Same(command.command(), command.account()), key -> new ArrayList<>())
                .add(command));
        List<Group> groups = new ArrayList<>();
        int first = 1;
        for (Map.Entry<Same, List<CardCommand>> entry : same.entrySet()) {
            groups.add(new Group(entry.getKey().command(), entry.getKey().account(), entry.getValue(), first));
            first += entry.getValue().size();
        }
        return groups;
    }
}
