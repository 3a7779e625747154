package io.opsconductor.runner.execution;

import io.opsconductor.plan.Attestation;
import io.opsconductor.plan.DecisionCheck;
import io.opsconductor.runner.attestation.AttestationCheck;
import io.opsconductor.runner.attestation.Ballot;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.audit.Refusal;
import io.opsconductor.runner.policy.Policy;
import io.opsconductor.runner.policy.Tally;
import io.opsconductor.runner.store.IssuedPreview;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Says, without using anything up, whether decisions would count. */
public final class Decisions {
    private final Previews previews;
    private final AttestationCheck attestations;
    private final Supplier<Policy> policy;
    private final RenderedAgain rendering;
    private final Audit audit;
    private final InstantSource clock;

    public Decisions(
            Previews previews,
            AttestationCheck attestations,
            Supplier<Policy> policy,
            RenderedAgain rendering,
            Audit audit,
            InstantSource clock) {
        this.previews = previews;
        this.attestations = attestations;
        this.policy = policy;
        this.rendering = rendering;
        this.audit = audit;
        this.clock = clock;
    }

    /** What came of the question. */
    public sealed interface Checked {
        /** Every attestation counts. */
        record Counts(DecisionCheck.Answer answer) implements Checked {}

        /** The preview is gone or used, or one of the attestations does not count. */
        record Refused(Refusal refusal) implements Checked {}
    }

    public Checked check(DecisionCheck.Request request) {
        try {
            IssuedPreview issued = previews.issued(request.digest());
            previews.unused(issued);
            previews.notExpired(issued);
            DecisionCheck.Answer answer = answer(request.attestations(), issued);
            if (approves(request.attestations())) {
                // An approval of what would be refused afterwards helps nobody; a denial counts all the same.
                rendering.sameAsShown(issued);
            }
            audit.decisionChecked(
                    new Audit.Subject(issued.request().conversation(), "", issued.digest()),
                    request.attestations(),
                    answer.sufficient());
            return new Checked.Counts(answer);
        } catch (RefusedException e) {
            return new Checked.Refused(e.refusal());
        }
    }

    private DecisionCheck.Answer answer(List<Attestation> given, IssuedPreview issued) {
        Ballot ballot = attestations.count(given, issued, policy.get(), clock.instant());
        return switch (ballot) {
            case Ballot.Invalid(Refusal refusal) -> throw new RefusedException(refusal);
            case Ballot.Denied(String name) ->
                new DecisionCheck.Answer(false, issued.preview().approval().approvals(), List.of(), name);
            case Ballot.Approved(Tally tally) ->
                new DecisionCheck.Answer(tally.sufficient(), tally.missing(), tally.wanted(), lastName(given));
        };
    }

    private static boolean approves(List<Attestation> given) {
        return !given.isEmpty()
                && given.stream()
                        .allMatch(attestation -> attestation.statement().decision() == Attestation.Decision.APPROVE);
    }

    private String lastName(List<Attestation> given) {
        return given.isEmpty()
                ? ""
                : Objects.requireNonNullElse(
                        policy.get().personOf(given.getLast().statement().approver()), "");
    }
}
