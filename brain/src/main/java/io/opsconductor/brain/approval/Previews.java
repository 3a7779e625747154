package io.opsconductor.brain.approval;

import io.opsconductor.brain.Ids;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.Tenancy;
import io.opsconductor.brain.conversation.ChatMessage;
import io.opsconductor.brain.planning.Planning;
import io.opsconductor.brain.runner.RunnerAnswer;
import io.opsconductor.brain.runner.RunnerClient;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.PreviewAnswer;
import io.opsconductor.plan.PreviewRequest;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.Tenant;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asks the runner what a plan would run, and believes the answer only as far as it fits the question. */
public final class Previews {
    private final RunnerClient runner;
    private final Tenancy tenancy;
    private final Clock clock;

    public Previews(RunnerClient runner, Tenancy tenancy, Clock clock) {
        this.runner = runner;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /** Previews a plan for whoever wrote the message. Nothing is stored here. */
    public Previewed of(ChatMessage message, Planning.Planned planned) {
        return of(message.sender(), message.conversation(), planned);
    }

    /** Previews a plan for whoever asks for it in a conversation. Nothing is stored here. */
    public Previewed of(String requester, String conversation, Planning.Planned planned) {
        return asked(requester, planned, tenant -> new PreviewRequest(planned.plan(), tenant, requester, conversation));
    }

    /** Previews a plan that waits once more, for its requester alone, who says why nobody else can approve it. */
    public Previewed breakingGlass(ApprovalRequest waiting, String reason) {
        Planning.Planned planned = new Planning.Planned(waiting.plan(), waiting.summary(), waiting.note());
        return asked(
                waiting.requester(),
                planned,
                tenant -> new PreviewRequest(
                        waiting.plan(), tenant, waiting.requester(), waiting.conversation(), reason));
    }

    private Previewed asked(String requester, Planning.Planned planned, Function<String, PreviewRequest> asking) {
        Optional<Tenant> tenant = tenancy.of(requester);
        if (tenant.isEmpty()) {
            return new Previewed.Refused(Tenancy.nobodys(requester));
        }
        PreviewRequest question = asking.apply(tenant.get().name());
        return switch (runner.preview(question)) {
            case RunnerAnswer.Ok<PreviewAnswer>(PreviewAnswer answer) -> checked(question, planned, answer);
            case RunnerAnswer.Refused<PreviewAnswer>(Refusal refusal) -> new Previewed.Refused(refusal);
            case RunnerAnswer.Unreachable<PreviewAnswer>(String why) ->
                new Previewed.Refused(runner.unreachable(why, "nothing was run; try again in a moment"));
        };
    }

    private Previewed checked(PreviewRequest question, Planning.Planned planned, PreviewAnswer answer) {
        Preview preview = answer.preview();
        String digest = preview.digest();
        if (!digest.equals(answer.digest())) {
            return doubtful("its digest does not fit its content");
        }
        if (!preview.tenant().equals(question.tenantId())
                || !preview.requester().equals(question.actorId())) {
            return doubtful("it is for another requester or tenant");
        }
        if (preview.breakGlass().isEmpty() != question.breakGlass().isEmpty()) {
            return doubtful("it is not for those who must approve it");
        }
        if (!fits(preview.steps(), planned.plan())) {
            return doubtful("its steps are not those that were asked for");
        }
        return new Previewed.Shown(new ApprovalRequest(
                Ids.approval(),
                question.conversation(),
                question.actorId(),
                question.tenantId(),
                planned.summary(),
                planned.plan(),
                preview,
                digest,
                clock.instant(),
                planned.note(),
                planned.instead()));
    }

    private static boolean fits(List<Preview.RenderedStep> rendered, Plan plan) {
        if (rendered.size() != plan.steps().size()) {
            return false;
        }
        for (int i = 0; i < rendered.size(); i++) {
            Step asked = plan.steps().get(i);
            Set<String> targets = rendered.get(i).targets().stream()
                    .map(Preview.RenderedTarget::target)
                    .collect(Collectors.toSet());
            if (!rendered.get(i).tool().equals(asked.tool())
                    || targets.isEmpty()
                    || (!asked.targets().isEmpty() && !targets.equals(new HashSet<>(asked.targets())))) {
                return false;
            }
        }
        return true;
    }

    private static Previewed doubtful(String why) {
        return new Previewed.Refused(Refusal.of(
                502,
                "wrong_preview",
                "The runner's preview was refused: " + why + ".",
                "Nothing was run. Check that chatbot and runner are of the same version."));
    }
}
