package io.opsconductor.brain.approval;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.plan.Preview;
import java.util.List;
import java.util.stream.Collectors;

/** Shows a preview as a card: whole, verbatim, as the runner rendered it. */
final class PlanCards {
    private PlanCards() {}

    static ChatEvent.PlanCard of(ApprovalRequest request) {
        Preview preview = request.preview();
        return new ChatEvent.PlanCard(
                request.id(),
                request.digest(),
                preview.effect(),
                request.summary(),
                request.requester(),
                preview.requesterName(),
                preview.steps().stream().map(PlanCards::step).toList(),
                preview.blastRadius(),
                preview.approval(),
                preview.expiresAt(),
                request.needsNobody() ? List.of() : actions(preview),
                request.note().isEmpty() ? null : request.note());
    }

    /** What people may do about it; the last two are the requester's. */
    private static List<String> actions(Preview preview) {
        boolean values =
                preview.steps().stream().anyMatch(step -> !step.parameters().isEmpty());
        return values ? List.of("approve", "deny", "edit", "withdraw") : List.of("approve", "deny", "withdraw");
    }

    private static ChatEvent.CardStep step(Preview.RenderedStep step) {
        List<ChatEvent.CardCommand> commands = step.targets().stream()
                .map(target -> new ChatEvent.CardCommand(
                        target.target(), target.display(), target.account(), target.environment()))
                .toList();
        return new ChatEvent.CardStep(
                step.tool(),
                step.effect(),
                step.targets().stream().map(Preview.RenderedTarget::target).toList(),
                command(commands),
                commands);
    }

    private static String command(List<ChatEvent.CardCommand> commands) {
        if (commands.stream().map(ChatEvent.CardCommand::command).distinct().count() == 1) {
            return commands.getFirst().command();
        }
        return commands.stream()
                .map(command -> command.target() + ": " + command.command())
                .collect(Collectors.joining("\n"));
    }
}
