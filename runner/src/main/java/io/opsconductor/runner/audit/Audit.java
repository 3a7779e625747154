package io.opsconductor.runner.audit;

import io.opsconductor.json.Digest;
import io.opsconductor.kit.journal.Journal;
import io.opsconductor.kit.journal.JournalRecord;
import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.plan.Attestation;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.TargetResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runner's journal in its own words. Each method returns once the record is durable, where nothing else is said, and
 * throws {@link JournalUnavailableException} when it cannot be made so; {@link #refused} alone does not throw, because a refusal stands
 * whether or not it can be recorded.
 */
public final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

    private final Journal journal;

    public Audit(Journal journal) {
        this.journal = journal;
    }

    /** Why records cannot be made durable; null while they can. */
    public @Nullable String broken() {
        return journal.broken();
    }

    /**
     * The runner starts.
     *
     * @param subject names the tenant
     * @param versions of what the tenant's work begins with, by name
     */
    public void started(Subject subject, Map<String, String> versions) {
        append("started", subject, versions);
    }

    public void stopped(String how) {
        append("stopped", Subject.NONE, Map.of("how", how));
    }

    public void previewIssued(Subject subject, String requester, String policyVersion, int targets) {
        append(
                "preview_issued",
                subject,
                Map.of("requester", requester, "policy_version", policyVersion, "targets", targets));
    }

    /**
     * Where the decision suffices this is not waited for: nothing happens on the strength of it, and what may happen next, its
     * execution, is recorded after it.
     */
    public void decisionChecked(Subject subject, List<Attestation> attestations, boolean sufficient) {
        Map<String, Object> data = Map.of("votes", votes(attestations), "sufficient", sufficient);
        if (sufficient) {
            journal.note(record("decision_checked", subject, data));
        } else {
            append("decision_checked", subject, data);
        }
    }

    /** Records a refusal; when the journal is broken the log has it. */
    public void refused(Subject subject, String call, String actor, Refusal refusal) {
        try {
            append(
                    "refused",
                    subject,
                    Map.of("call", call, "actor", actor, "code", refusal.code(), "message", refusal.message()));
        } catch (JournalUnavailableException e) {
            LOG.error("a refusal ({} {}) is in this log alone: {}", call, refusal.code(), e.getMessage());
        }
    }

    /** Not waited for: nothing starts before {@link #stepStarted} has made both durable. */
    public void executionAccepted(
            Subject subject, String requester, List<Attestation> attestations, List<String> approvers) {
        journal.note(record(
                "execution_accepted",
                subject,
                Map.of("requester", requester, "votes", votes(attestations), "approvers", approvers)));
    }

    /** Not waited for, as {@link #executionAccepted}: it runs without the approval of others. */
    public void glassBroken(Subject subject, String requester, String reason) {
        journal.note(record("break_glass", subject, Map.of("requester", requester, "reason", reason)));
    }

    public void executionRepeated(Subject subject) {
        append("execution_repeated", subject, Map.of());
    }

    /** @param tried 1 for the first try, which is not said */
    public void stepStarted(Subject subject, int step, String tool, String target, int tried) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("step", step);
        data.put("tool", tool);
        data.put("target", target);
        if (tried > 1) {
            data.put("try", tried);
        }
        append("step_started", subject, data);
    }

    /** Records how a target ended: digests of its output, not the output. */
    public void stepFinished(Subject subject, TargetResult result) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("step", result.step());
        data.put("tool", result.tool());
        data.put("target", result.target());
        data.put("status", result.status());
        if (result.exitCode() != null) {
            data.put("exit_code", result.exitCode());
        }
        data.put("stdout_digest", Digest.of(result.stdout()));
        data.put("stderr_digest", Digest.of(result.stderr()));
        data.put("duration_ms", result.durationMs());
        append("step_finished", subject, data);
    }

    public void executionFinished(Subject subject, ExecutionStatus status, String message) {
        append("execution_finished", subject, Map.of("status", status, "message", message));
    }

    /**
     * Another runner, which counts no more, left this execution without an end, and this one settles it.
     *
     * @param from what that one is called, and its number
     */
    public void executionTaken(Subject subject, String from, long number) {
        append("execution_taken", subject, Map.of("from", from, "number", number));
    }

    /**
     * Another runner, which counts no more, led this execution, and this one goes on with it, after it checked the approvals itself.
     *
     * @param from what that one is called, and its number
     */
    public void executionContinued(
            Subject subject,
            String from,
            long number,
            String requester,
            List<Attestation> attestations,
            List<String> approvers) {
        append(
                "execution_continued",
                subject,
                Map.of(
                        "from",
                        from,
                        "number",
                        number,
                        "requester",
                        requester,
                        "votes",
                        votes(attestations),
                        "approvers",
                        approvers));
    }

    /** Another runner took this execution over, because this one was taken for dead under this number. */
    public void executionLost(Subject subject, long number) {
        append("execution_lost", subject, Map.of("number", number));
    }

    public void cancelRequested(Subject subject, String actor) {
        append("cancel_requested", subject, Map.of("actor", actor));
    }

    /** The outputs of an execution are about to be taken away, because they were kept for long enough. */
    public void outputsRemoved(Subject subject, Duration kept) {
        append("outputs_removed", subject, Map.of("kept_hours", kept.toHours()));
    }

    private void append(String type, Subject subject, Map<String, ?> data) {
        journal.append(record(type, subject, data));
    }

    private static JournalRecord record(String type, Subject subject, Map<String, ?> data) {
        Map<String, Object> whole = new LinkedHashMap<>(data);
        if (!subject.tenant().isEmpty()) {
            whole.put("tenant", subject.tenant());
        }
        return new JournalRecord(type, subject.conversation(), subject.execution(), subject.digest(), whole);
    }

    private static List<Map<String, String>> votes(List<Attestation> attestations) {
        return attestations.stream().map(Audit::vote).toList();
    }

    /** All that was signed and is not said elsewhere, so that the signature can be checked again. */
    private static Map<String, String> vote(Attestation attestation) {
        Attestation.Statement statement = attestation.statement();
        Map<String, String> vote = new LinkedHashMap<>();
        vote.put("approver", statement.approver());
        vote.put("decision", statement.decision().word());
        vote.put("time", statement.time().toString());
        vote.put("conversation", statement.conversation());
        if (statement.typed() != null) {
            vote.put("typed", statement.typed());
        }
        vote.put("key_id", attestation.keyId());
        vote.put("signature", attestation.signature());
        return vote;
    }

    /**
     * What a record is about.
     *
     * @param tenant whose it is; empty for what is no tenant's
     * @param conversation the chat thread, or empty
     * @param execution the execution id, or empty
     * @param digest the preview's digest, or empty
     */
    public record Subject(String tenant, String conversation, String execution, String digest) {
        public static final Subject NONE = new Subject("", "", "", "");
    }
}
