package io.opsconductor.runner.attestation;

import io.opsconductor.plan.Attestation;
import io.opsconductor.plan.Attestation.Decision;
import io.opsconductor.plan.Identity;
import io.opsconductor.plan.PlanCode;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.Visible;
import io.opsconductor.runner.attestation.ApprovalKeys.ApprovalKey;
import io.opsconductor.runner.audit.Refusal;
import io.opsconductor.runner.policy.Policy;
import io.opsconductor.runner.policy.Standing;
import io.opsconductor.runner.policy.Tally;
import io.opsconductor.runner.store.IssuedPreview;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks attestations against the preview that they speak of, the known keys, the clock and the policy. */
public final class AttestationCheck {
    /** How far the chatbot's clock may be from ours. */
    public static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    /** More than this many at once are refused: nobody needs them. */
    public static final int MAX_ATTESTATIONS = 32;

    private final ApprovalKeys keys;

    public AttestationCheck(ApprovalKeys keys) {
        this.keys = keys;
    }

    /** What all of them together are worth; the first that does not count decides. */
    public Ballot count(List<Attestation> attestations, IssuedPreview issued, Policy policy, Instant now) {
        if (attestations.size() > MAX_ATTESTATIONS) {
            return new Ballot.Invalid(Refusal.of(
                    400,
                    "too_many_attestations",
                    attestations.size() + " attestations were sent; at most " + MAX_ATTESTATIONS + " are looked at",
                    "send each approver's decision once"));
        }
        Set<String> approvers = new LinkedHashSet<>();
        List<String> denials = new ArrayList<>();
        for (Attestation attestation : attestations) {
            switch (vote(attestation, issued, policy, now)) {
                case Vote.Approval(String name) -> approvers.add(name);
                case Vote.Denial(String name) -> denials.add(name);
                case Vote.Invalid(Refusal refusal) -> {
                    return new Ballot.Invalid(refusal);
                }
            }
        }
        if (!denials.isEmpty()) {
            return new Ballot.Denied(denials.getFirst());
        }
        return new Ballot.Approved(Tally.of(issued.preview().approval(), approvers));
    }

    private Vote vote(Attestation attestation, IssuedPreview issued, Policy policy, Instant now) {
        Refusal refusal = signature(attestation, now);
        if (refusal == null) {
            refusal = about(attestation.statement(), issued);
        }
        if (refusal == null) {
            refusal = time(attestation.statement(), issued.preview(), now);
        }
        if (refusal == null) {
            refusal = code(attestation.statement(), issued);
        }
        if (refusal != null) {
            return new Vote.Invalid(refusal);
        }
        return standing(attestation.statement(), issued.preview(), policy);
    }

    private @Nullable Refusal signature(Attestation attestation, Instant now) {
        Optional<ApprovalKey> key = keys.find(attestation.keyId());
        if (key.isEmpty()) {
            return Refusal.of(
                    403,
                    "unknown_key",
                    "the approval is signed with the key " + shown(attestation.keyId())
                            + ", which this runner does not know",
                    "put the chatbot's public key into " + keys.directory() + " as a .pub file");
        }
        if (!key.get().counts(now)) {
            return key.get()
                    .revoked()
                    .map(when -> Refusal.of(
                            403,
                            "revoked_key",
                            "the approval is signed with the key " + shown(attestation.keyId())
                                    + ", which was revoked on " + when,
                            "approve again once the chatbot signs with another key"))
                    .orElseGet(() -> Refusal.of(
                            403,
                            "ended_key",
                            "the approval is signed with the key " + shown(attestation.keyId())
                                    + ", which counted until "
                                    + key.get().until().orElseThrow(),
                            "approve again: the chatbot signs with another key now"));
        }
        if (!key.get().verifier().verify(attestation.statement().signedBytes(), attestation.signature())) {
            return Refusal.of(
                    403,
                    "bad_signature",
                    "the approval's signature does not fit what it says",
                    "it was changed after it was signed, or signed with another key: ask for a new approval");
        }
        return null;
    }

    private static @Nullable Refusal about(Attestation.Statement statement, IssuedPreview issued) {
        String differing = differing(statement, issued);
        return differing == null
                ? null
                : Refusal.of(
                        403,
                        "foreign_approval",
                        "the approval is for another plan: its " + differing + " is not this preview's",
                        "approve this plan itself");
    }

    private static @Nullable String differing(Attestation.Statement statement, IssuedPreview issued) {
        if (!statement.digest().equals(issued.digest())) {
            return "digest";
        }
        if (!statement.nonce().equals(issued.preview().nonce())) {
            return "nonce";
        }
        return statement.requester().equals(issued.preview().requester()) ? null : "requester";
    }

    private static @Nullable Refusal time(Attestation.Statement statement, Preview preview, Instant now) {
        if (statement.time().isAfter(now.plus(CLOCK_SKEW))) {
            return Refusal.of(
                    403,
                    "attestation_time",
                    "the approval is dated " + statement.time() + ", which is in the future by this runner's clock ("
                            + now + ")",
                    "set the clocks of chatbot and runner");
        }
        if (statement.time().isBefore(preview.issuedAt().minus(CLOCK_SKEW))) {
            return Refusal.of(
                    403,
                    "attestation_time",
                    "the approval is dated " + statement.time() + ", before the plan was shown (" + preview.issuedAt()
                            + ")",
                    "set the clocks of chatbot and runner, or approve again");
        }
        return null;
    }

    /** What cannot be undone is approved by whoever typed its code; nothing else carries one. */
    private static @Nullable Refusal code(Attestation.Statement statement, IssuedPreview issued) {
        boolean asked = PlanCode.isAskedFor(issued.preview()) && statement.decision() == Decision.APPROVE;
        String typed = statement.typed();
        if (!asked) {
            return typed == null
                    ? null
                    : Refusal.of(
                            403,
                            "unexpected_code",
                            "the decision carries a typed code, and none is asked for here",
                            "a code is typed to approve what destroys, and for nothing else");
        }
        return PlanCode.of(issued.digest()).equals(typed)
                ? null
                : Refusal.of(
                        403,
                        "wrong_code",
                        "this cannot be undone, and the approval "
                                + (typed == null
                                        ? "does not say that its code was typed"
                                        : "carries the code of another plan"),
                        "have the approver type the code that is on the plan's card");
    }

    private static Vote standing(Attestation.Statement statement, Preview preview, Policy policy) {
        if (!Identity.isValid(statement.approver())) {
            return new Vote.Invalid(Refusal.of(
                    403,
                    "approver_not_allowed",
                    "the approver " + shown(statement.approver()) + " is not a platform identity such as web:bob",
                    ""));
        }
        boolean approves = statement.decision() == Decision.APPROVE;
        Standing standing = approves
                ? policy.judgeApprover(preview.approval(), preview.requester(), statement.approver())
                : policy.judgeDenier(preview.approval(), preview.requester(), statement.approver());
        return switch (standing) {
            case Standing.Counts(String name) -> approves ? new Vote.Approval(name) : new Vote.Denial(name);
            case Standing.DoesNot(String code, String message, String hint) ->
                new Vote.Invalid(Refusal.of(
                        403,
                        code.equals("own_request") ? "self_approval" : "approver_not_allowed",
                        message,
                        hint,
                        preview.approval().approvers()));
        };
    }

    private static String shown(String text) {
        return Visible.escape(text.length() <= 80 ? text : text.substring(0, 80) + "...");
    }
}
