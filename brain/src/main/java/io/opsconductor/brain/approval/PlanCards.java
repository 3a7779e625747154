package io.opsconductor.brain.approval;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.planning.Instead;
import io.opsconductor.plan.DemandWords;
import io.opsconductor.plan.PlanWords;
import io.opsconductor.plan.Preview;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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
                IntStream.range(0, preview.steps().size())
                        .mapToObj(at -> step(preview, at))
                        .toList(),
                preview.blastRadius(),
                preview.approval(),
                preview.expiresAt(),
                request.needsNobody() ? List.of() : actions(preview),
                request.note().isEmpty() ? null : request.note(),
                said(PlanWords.of(preview)),
                TypedCode.of(request),
                DemandWords.sentences(preview.approval(), preview.requesterName()),
                said(preview.breakGlass()),
                request.instead().stream().map(Instead::choice).toList());
    }

    /** What people may do about it; editing and withdrawing are the requester's. */
    private static List<String> actions(Preview preview) {
        List<String> actions = new ArrayList<>(List.of("approve", "deny"));
        if (preview.steps().stream().anyMatch(Preview.RenderedStep::checkable)) {
            actions.add("dry_run");
        }
        if (preview.steps().stream().anyMatch(step -> !step.parameters().isEmpty())) {
            actions.add("edit");
        }
        if (preview.approval().breakGlass()) {
            actions.add("break_glass");
        }
        actions.add("withdraw");
        return actions;
    }

    private static @Nullable String said(String words) {
        return words.isEmpty() ? null : words;
    }

    private static ChatEvent.CardStep step(Preview preview, int at) {
        Preview.RenderedStep step = preview.steps().get(at);
        List<ChatEvent.CardCommand> commands = step.targets().stream()
                .map(target -> new ChatEvent.CardCommand(
                        target.target(), target.display(), target.account(), target.environment()))
                .toList();
        return new ChatEvent.CardStep(
                step.tool(),
                step.effect(),
                step.targets().stream().map(Preview.RenderedTarget::target).toList(),
                command(commands),
                commands,
                said(PlanWords.of(preview, at)));
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
