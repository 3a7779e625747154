package io.opsconductor.chat.counterpart;

import io.opsconductor.json.Digest;
import io.opsconductor.plan.DemandWords;
import io.opsconductor.plan.PlanCode;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plan of a scene and what was decided about it. */
final class ScenePlan {
    /** What is refused, with its HTTP status. */
    record Refusal(int status, Problem problem) {}

    final Conversation conversation;
    final String approval;
    final String requester;
    final String digest;
    private final List<String> approvers;
    private boolean checkable;
    private Map<String, Object> more = Map.of();
    private final int needed;
    private final Instant expiresAt;
    private final Run run;
    private final List<String> approvedBy = new ArrayList<>();
    private boolean asksCode;
    private boolean changed;
    private String status = "pending";
    private Map<String, Object> waiting = Map.of();

    /** What happens once it is approved. */
    interface Run {
        void start(ScenePlan plan, String execution);
    }

    ScenePlan(
            Conversation conversation,
            String approval,
            String requester,
            List<String> approvers,
            int needed,
            Instant expiresAt,
            Run run) {
        this.conversation = conversation;
        this.approval = approval;
        this.requester = requester;
        this.approvers = approvers;
        this.needed = needed;
        this.expiresAt = expiresAt;
        this.run = run;
        this.digest = Digest.of(approval);
    }

    /** Shows the card. Each step is a map of the API's form. */
    void show(
            String effect,
            String summary,
            int targets,
            Map<String, Integer> environments,
            List<?> steps,
            String reason) {
        asksCode = effect.equals("destroy");
        waiting = Fields.of(
                "approval",
                approval,
                "conversation",
                conversation.id,
                "requester",
                "web:" + requester,
                "requester_name",
                requester,
                "summary",
                summary,
                "effect",
                effect,
                "approval_rule",
                Fields.of("approvals", needed, "approvers", approvers),
                "expires_at",
                expiresAt.toString());
        String kind = needed == 0 ? "none" : approvers.contains(requester) ? "requester" : "someone_else";
        Map<String, Object> card = Fields.of(
                "approval",
                approval,
                "digest",
                digest,
                "effect",
                effect,
                "summary",
                summary,
                "requester",
                "web:" + requester,
                "requester_name",
                requester,
                "steps",
                steps,
                "blast_radius",
                Fields.of("targets", targets, "environments", environments),
                "approval_rule",
                Fields.of("kind", kind, "approvals", needed, "approvers", approvers, "reason", reason),
                "expires_at",
                expiresAt.toString(),
                "code",
                asksCode ? PlanCode.of(digest) : null,
                "actions",
                needed == 0
                        ? List.of()
                        : checkable
                                ? List.of("approve", "deny", "dry_run", "edit", "withdraw")
                                : List.of("approve", "deny", "edit", "withdraw"));
        Preview.ApprovalKind counts = Preview.ApprovalKind.valueOf(kind.toUpperCase(Locale.ROOT));
        card.put(
                "needs",
                DemandWords.sentences(
                        new Preview.ApprovalRule(counts, needed, approvers, Map.of(), reason), requester));
        card.putAll(more);
        conversation.append("plan", card);
        if (needed == 0) {
            run.start(this, "e-" + approval);
        }
    }

    /** With other fields on its card. */
    ScenePlan with(Map<String, Object> fields) {
        more = fields;
        return this;
    }

    /** What the lists of what waits say about it. */
    Map<String, Object> waitingEntry() {
        return waiting;
    }

    /** The runner would refuse it: its tool changed since it was shown. */
    ScenePlan changed() {
        changed = true;
        return this;
    }

    /** Of a tool that has a check. */
    ScenePlan checkable() {
        checkable = true;
        return this;
    }

    /** Decides; null when the decision counted. */
    synchronized @Nullable Refusal decide(
            String user, String decision, String seen, @Nullable String reason, String code) {
        if (!status.equals("pending")) {
            return new Refusal(
                    409,
                    Problem.of(
                            "already_decided", "This plan is already " + status + ".", "Nothing was changed by this."));
        }
        if (!seen.equals(digest)) {
            return new Refusal(
                    409, Problem.of("other_plan", "The plan is not the one you saw.", "Reload and look at it again."));
        }
        if (Instant.now().isAfter(expiresAt)) {
            status = "expired";
            conversation.append(
                    "decision", Fields.of("approval", approval, "decision", "expired", "status", "expired"));
            return new Refusal(410, Problem.of("expired", "This plan has expired.", "Ask again to get a fresh one."));
        }
        if (decision.equals("deny")) {
            status = "denied";
            conversation.append(
                    "decision",
                    Fields.of(
                            "approval", approval,
                            "decision", "deny",
                            "user", user,
                            "reason", reason,
                            "status", "denied"));
            return null;
        }
        if (!approvers.contains(user)) {
            return new Refusal(
                    403,
                    Problem.of(
                            "may_not_approve",
                            user + " may not approve this plan.",
                            "One of these people may: " + String.join(", ", approvers) + ".",
                            approvers));
        }
        if (asksCode && !PlanCode.isTyped(code, digest)) {
            return new Refusal(
                    422,
                    Problem.of(
                            "wrong_code",
                            "what was typed is not the code of this plan",
                            "nothing was approved; type the code that is on the plan's card"));
        }
        if (changed) {
            return new Refusal(
                    409,
                    Problem.of(
                            "changed_since_preview",
                            "since the preview was shown, this changed: the tool tail_log",
                            "preview the plan again and have the new preview approved"));
        }
        if (!approvedBy.contains(user)) {
            approvedBy.add(user);
        }
        int missing = needed - approvedBy.size();
        status = missing > 0 ? "pending" : "approved";
        conversation.append(
                "decision",
                Fields.of(
                        "approval", approval,
                        "decision", "approve",
                        "user", user,
                        "status", status,
                        "missing", missing > 0 ? missing : null));
        if (missing == 0) {
            run.start(this, "e-" + approval);
        }
        return null;
    }

    /** Its requester ends it before a decision; null when that counted. */
    synchronized @Nullable Refusal end(String user, String decision, @Nullable String reason) {
        if (!status.equals("pending")) {
            return new Refusal(
                    409, Problem.of("already_decided", "This plan is already " + status + ".", "Nothing was changed."));
        }
        status = decision;
        conversation.append(
                "decision",
                Fields.of(
                        "approval", approval,
                        "decision", decision,
                        "user", user,
                        "reason", reason,
                        "status", decision));
        return null;
    }

    synchronized String status() {
        return status;
    }

    synchronized boolean waiting() {
        return status.equals("pending") && needed > 0;
    }
}
