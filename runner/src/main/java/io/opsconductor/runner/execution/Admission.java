package io.opsconductor.runner.execution;

import io.opsconductor.json.Digest;
import io.opsconductor.plan.DemandWords;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.Preview.ApprovalRule;
import io.opsconductor.runner.attestation.Ballot;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.audit.Refusal;
import io.opsconductor.runner.policy.Tally;
import io.opsconductor.runner.preview.PreviewResult.Previewed;
import io.opsconductor.runner.store.ExecutionKey;
import io.opsconductor.runner.store.IssuedPreview;
import io.opsconductor.runner.store.StoredExecution;
import io.opsconductor.runner.tenant.Estate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Decides by itself whether a request may run, believing nothing that the caller says. {@link #admit} reads as the order of
 * its checks; each either passes or ends the sequence with its refusal.
 */
public final class Admission {
    private static final Pattern EXECUTION_ID = Pattern.compile("[A-Za-z0-9_-]{8,64}");

    private final Previews previews;
    private final Executions executions;
    private final RenderedAgain rendering;
    private final Audit audit;
    private final InstantSource clock;

    public Admission(
            Previews previews, Executions executions, RenderedAgain rendering, Audit audit, InstantSource clock) {
        this.previews = previews;
        this.executions = executions;
        this.rendering = rendering;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Checks a request and, when every check passes, uses it up and starts it.
     *
     * @param estate of the tenant that the call is for
     */
    public Admitted admit(Estate estate, ExecuteRequest request) {
        try {
            executionIdHasItsForm(request);
            Optional<StoredExecution> earlier = sameRequestBefore(estate, request);
            if (earlier.isPresent()) {
                return repeated(earlier.get());
            }
            IssuedPreview issued = previews.issued(estate.tenant(), request.digest());
            Optional<StoredExecution> meanwhile = sameRequestMeanwhile(estate, request, issued);
            if (meanwhile.isPresent()) {
                return repeated(meanwhile.get());
            }
            everythingIsAsPreviewed(request, issued);
            previews.notExpired(issued);
            List<String> approvers = enoughApprovals(estate, request, issued);
            Previewed now = rendering.sameAsShown(estate, issued);
            recordable();
            // Rendering took its time.
            previews.notExpired(issued);
            return startedOnce(estate, request, issued, approvers, now);
        } catch (RefusedException e) {
            return new Admitted.Refused(e.refusal());
        }
    }

    private static void executionIdHasItsForm(ExecuteRequest request) {
        if (!EXECUTION_ID.matcher(request.executionId()).matches()) {
            throw refused(
                    400,
                    "invalid_execution_id",
                    "the execution id must be 8 to 64 letters, digits, hyphens and underscores",
                    "make a random one for each execution");
        }
    }

    private Optional<StoredExecution> sameRequestBefore(Estate estate, ExecuteRequest request) {
        Optional<StoredExecution> earlier = executions.find(new ExecutionKey(estate.tenant(), request.executionId()));
        if (earlier.isPresent() && !earlier.get().requestDigest().equals(Digest.ofCanonical(request))) {
            throw refused(
                    409,
                    "already_executed",
                    "the execution id " + request.executionId() + " was used before, for another request",
                    "make a new execution id, and get a new approval");
        }
        return earlier;
    }

    private Admitted repeated(StoredExecution earlier) {
        audit.executionRepeated(earlier.subject());
        return new Admitted.Repeated(earlier);
    }

    /** The digest may have been used up since the first look, by this very request, which came twice at the same time. */
    private Optional<StoredExecution> sameRequestMeanwhile(
            Estate estate, ExecuteRequest request, IssuedPreview issued) {
        Optional<String> used = executions.idByDigest(estate.tenant(), issued.digest());
        if (used.isPresent() && !used.get().equals(request.executionId())) {
            throw Previews.used(used.get());
        }
        return used.isPresent() ? sameRequestBefore(estate, request) : Optional.empty();
    }

    private static void everythingIsAsPreviewed(ExecuteRequest request, IssuedPreview issued) {
        if (!request.tenantId().equals(issued.preview().tenant())) {
            throw mismatch("tenant_mismatch", "tenant");
        }
        if (!request.actorId().equals(issued.preview().requester())) {
            throw mismatch("requester_mismatch", "requester");
        }
        if (!Digest.ofCanonical(request.plan())
                .equals(Digest.ofCanonical(issued.request().plan()))) {
            throw mismatch("plan_mismatch", "plan");
        }
    }

    private List<String> enoughApprovals(Estate estate, ExecuteRequest request, IssuedPreview issued) {
        Ballot ballot = estate.attestations()
                .count(request.attestations(), issued, estate.policy().get(), clock.instant());
        return switch (ballot) {
            case Ballot.Invalid(Refusal refusal) -> throw new RefusedException(refusal);
            case Ballot.Denied(String name) ->
                throw refused(
                        403, "denied", name + " denied this plan", "ask again with a new plan if it is still needed");
            case Ballot.Approved(Tally tally) -> {
                if (!tally.sufficient()) {
                    throw missing(tally, issued.preview().approval());
                }
                yield tally.approvers();
            }
        };
    }

    private void recordable() {
        String broken = audit.broken();
        if (broken != null) {
            throw refused(
                    503,
                    "journal_unavailable",
                    "nothing is executed, because it could not be recorded: " + broken,
                    "look at the runner's /health, which says how to go on; the approval is not used up");
        }
    }

    private Admitted startedOnce(
            Estate estate, ExecuteRequest request, IssuedPreview issued, List<String> approvers, Previewed now) {
        StoredExecution execution = new StoredExecution(
                new ExecutionKey(estate.tenant(), request.executionId()),
                issued.digest(),
                Digest.ofCanonical(request),
                issued.request().conversation(),
                issued.preview().requester(),
                issued.preview(),
                clock.instant(),
                ExecutionStatus.RUNNING);
        return switch (executions.start(execution, now.steps(), request.attestations(), approvers)) {
            case STARTED -> new Admitted.Started(execution);
            case STOPPING ->
                throw refused(
                        503,
                        "draining",
                        "this runner is about to stop and starts nothing more",
                        "send the same request again, which another runner takes; the approval is not used up");
            case NO_LEASE ->
                throw refused(
                        503,
                        "no_lease",
                        "this runner could not renew its lease on the store and starts nothing until it has",
                        "send the same request again in a few seconds; the approval is not used up");
            case NO_ROOM ->
                throw refused(
                        503,
                        "busy",
                        "as many executions run as this runner may run at once",
                        "send the same request again in a few seconds; the approval is not used up");
            case USED ->
                new Admitted.Repeated(sameRequestBefore(estate, request).orElseThrow(Admission::usedByAnother));
        };
    }

    private static RefusedException missing(Tally tally, ApprovalRule rule) {
        return new RefusedException(Refusal.of(
                403, "approvals_missing", DemandWords.still(tally.wanted()), rule.reason(), rule.approvers()));
    }

    private static RefusedException mismatch(String code, String what) {
        return refused(
                409,
                code,
                "the " + what + " is not the one that was previewed under this digest",
                "send exactly what was previewed");
    }

    private static RefusedException usedByAnother() {
        return refused(
                409,
                "already_executed",
                "this approved plan was executed just now, under another execution id",
                "preview the plan again and have the new preview approved to run it once more");
    }

    private static RefusedException refused(int status, String code, String message, String hint) {
        return new RefusedException(Refusal.of(status, code, message, hint));
    }
}
