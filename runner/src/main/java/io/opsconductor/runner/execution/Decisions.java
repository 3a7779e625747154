package io.opsconductor.runner.execution;

import io.opsconductor.plan.Attestation;
import io.opsconductor.plan.DecisionCheck;
import io.opsconductor.runner.attestation.Ballot;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.audit.Refusal;
import io.opsconductor.runner.policy.Tally;
import io.opsconductor.runner.store.IssuedPreview;
import io.opsconductor.runner.tenant.Estate;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/** Says, without using anything up, whether decisions would count. */
public final class Decisions {
    private final Previews previews;
    private final RenderedAgain rendering;
    private final Audit audit;
    private final InstantSource clock;

    public Decisions(Previews previews, RenderedAgain rendering, Audit audit, InstantSource clock) {
        this.previews = previews;
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

    /** @param estate of the tenant whose preview it is about */
    public Checked check(Estate estate, DecisionCheck.Request request) {
        try {
            IssuedPreview issued = previews.issued(estate.tenant(), request.digest());
            previews.unused(estate.tenant(), issued);
            previews.notExpired(issued);
            DecisionCheck.Answer answer = answer(estate, request.attestations(), issued);
            if (approves(request.attestations())) {
                // An approval of what would be refused afterwards helps nobody; a denial counts all the same.
                rendering.sameAsShown(estate, issued);
            }
            audit.decisionChecked(
                    new Audit.Subject(estate.tenant().name(), issued.request().conversation(), "", issued.digest()),
                    request.attestations(),
                    answer.sufficient());
            return new Checked.Counts(answer);
        } catch (RefusedException e) {
            return new Checked.Refused(e.refusal());
        }
    }

    private DecisionCheck.Answer answer(Estate estate, List<Attestation> given, IssuedPreview issued) {
        Ballot ballot =
                estate.attestations().count(given, issued, estate.policy().get(), clock.instant());
        return switch (ballot) {
            case Ballot.Invalid(Refusal refusal) -> throw new RefusedException(refusal);
            case Ballot.Denied(String name) ->
                new DecisionCheck.Answer(false, issued.preview().approval().approvals(), List.of(), name);
            case Ballot.Approved(Tally tally) ->
                new DecisionCheck.Answer(tally.sufficient(), tally.missing(), tally.wanted(), lastName(estate, given));
        };
    }

    private static boolean approves(List<Attestation> given) {
        return !given.isEmpty()
                && given.stream()
                        .allMatch(attestation -> attestation.statement().decision() == Attestation.Decision.APPROVE);
    }

    private static String lastName(Estate estate, List<Attestation> given) {
        return given.isEmpty()
                ? ""
                : Objects.requireNonNullElse(
                        estate.policy()
                                .get()
                                .personOf(given.getLast().statement().approver()),
                        "");
    }
}
