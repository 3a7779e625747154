package io.opsconductor.chat.slack.card;

import io.opsconductor.brain.conversation.ChatEvent.CardCommand;
import io.opsconductor.brain.conversation.ChatEvent.PlanCard;
import io.opsconductor.chat.card.Amounts;
import io.opsconductor.chat.card.Digests;
import io.opsconductor.chat.card.EffectWords;
import io.opsconductor.chat.card.StepCommands;
import java.util.List;
import java.util.stream.Collectors;

/** All commands of a plan as a file. Each says how long it is, so that no command can pass for the beginning of another. */
final class PlanFile {
    private PlanFile() {}

    static SlackFile of(PlanCard plan, List<StepCommands> steps) {
        StringBuilder out = new StringBuilder()
                .append(plan.summary())
                .append("\n\nDigest of the plan: ")
                .append(plan.digest())
                .append("\nTargets: ")
                .append(Targets.radius(plan.blastRadius()))
                .append('\n');
        for (StepCommands step : steps) {
            out.append("\n\n==== Step ")
                    .append(step.number())
                    .append(" of ")
                    .append(step.of())
                    .append(": ")
                    .append(step.step().tool())
                    .append(", ")
                    .append(EffectWords.of(step.step().effect()).means())
                    .append(" ====\n")
                    .append(step.how().isEmpty() ? "" : step.how() + "\n");
            for (int i = 0; i < step.groups().size(); i++) {
                command(out, step.groups().get(i), i + 1, step.groups().size());
            }
        }
        String name = "plan-" + Digests.shortForm(plan.digest()) + ".txt";
        return new SlackFile(name, "All commands of plan " + Digests.shortForm(plan.digest()), out.toString());
    }

    private static void command(StringBuilder out, StepCommands.Group group, int number, int of) {
        long lines = group.command().lines().count();
        out.append("\n---- Command ")
                .append(number)
                .append(" of ")
                .append(of)
                .append(", ")
                .append(Amounts.characters(group.command().length()))
                .append(" in ")
                .append(Amounts.count(lines, "line"))
                .append(group.account().isEmpty() ? "" : ", as " + group.account())
                .append(", on ")
                .append(group.where().stream().map(PlanFile::target).collect(Collectors.joining(", ")))
                .append(":\n\n")
                .append(group.command())
                .append('\n');
    }

    private static String target(CardCommand command) {
        return command.environment().isEmpty()
                ? command.target()
                : command.target() + " (" + command.environment() + ")";
    }
}
