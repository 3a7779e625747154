package io.opsconductor.runner.execution;

import io.opsconductor.plan.Attestation;
import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.attestation.Ballot;
import io.opsconductor.runner.preview.ResolvedStep;
import io.opsconductor.runner.store.ExecutionStore;
import io.opsconductor.runner.store.IssuedPreview;
import io.opsconductor.runner.store.PreviewStore;
import io.opsconductor.runner.store.StoredExecution;
import io.opsconductor.runner.tenant.Estate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks an execution that another process accepted as if it had been sent to this one: its approvals, by their signatures, and that
 * what was shown is what this process would run. The store is believed in nothing that decides whether something may run.
 */
public final class ApprovedAgain {
    private final Function<Tenant, Optional<Estate>> estates;
    private final ExecutionStore store;
    private final PreviewStore previews;
    private final RenderedAgain rendering;
    private final InstantSource clock;

    /** @param estates what a tenant has here; empty when it is not one of this runner */
    public ApprovedAgain(
            Function<Tenant, Optional<Estate>> estates,
            ExecutionStore store,
            PreviewStore previews,
            RenderedAgain rendering,
            InstantSource clock) {
        this.estates = estates;
        this.store = store;
        this.previews = previews;
        this.rendering = rendering;
        this.clock = clock;
    }

    /** What came of the check. */
    sealed interface Verdict {
        /**
         * It may run here.
         *
         * @param steps what runs
         * @param attestations what it was approved with
         * @param approvers whose approvals count
         */
        record Sound(List<ResolvedStep> steps, List<Attestation> attestations, List<String> approvers)
                implements Verdict {
            public Sound {
                steps = List.copyOf(steps);
                attestations = List.copyOf(attestations);
                approvers = List.copyOf(approvers);
            }
        }

        /**
         * It may not.
         *
         * @param reason a clause
         */
        record Unsound(String reason) implements Verdict {}
    }

    Verdict of(StoredExecution execution) {
        Optional<Estate> estate = estates.apply(execution.tenant());
        if (estate.isEmpty()) {
            return new Verdict.Unsound("its tenant is not one of this runner");
        }
        Optional<IssuedPreview> issued = previews.find(execution.tenant(), execution.digest());
        if (issued.isEmpty()) {
            return new Verdict.Unsound("its preview is not kept any more");
        }
        if (!issued.get().preview().digest().equals(execution.digest())
                || !execution.preview().digest().equals(execution.digest())
                || !execution.requester().equals(issued.get().preview().requester())) {
            return new Verdict.Unsound("the store has another plan under its digest than was shown");
        }
        List<Attestation> attestations = store.attestations(execution.key());
        return switch (estate.get()
                .attestations()
                .count(attestations, issued.get(), estate.get().policy().get(), clock.instant())) {
            case Ballot.Invalid(var refusal) ->
                new Verdict.Unsound(refusal.problem().error().message());
            case Ballot.Denied(String name) -> new Verdict.Unsound(name + " denied it");
            case Ballot.Approved(var tally) ->
                tally.sufficient()
                        ? rendered(estate.get(), issued.get(), attestations, tally.approvers())
                        : new Verdict.Unsound("its approvals are not all in the store");
        };
    }

    private Verdict rendered(
            Estate estate, IssuedPreview issued, List<Attestation> attestations, List<String> approvers) {
        try {
            return new Verdict.Sound(rendering.sameAsShown(estate, issued).steps(), attestations, approvers);
        } catch (RefusedException e) {
            return new Verdict.Unsound(e.refusal().problem().error().message());
        }
    }
}
