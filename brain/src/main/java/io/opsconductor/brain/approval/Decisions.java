package io.opsconductor.brain.approval;

import io.opsconductor.brain.Ids;
import io.opsconductor.brain.People;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.audit.Audit;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.conversation.ThreadLanguage;
import io.opsconductor.brain.conversation.ThreadWriting;
import io.opsconductor.brain.runner.RunnerAnswer;
import io.opsconductor.brain.runner.RunnerClient;
import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.kit.keys.Signer;
import io.opsconductor.kit.store.Database;
import io.opsconductor.plan.Attestation;
import io.opsconductor.plan.Attestation.Decision;
import io.opsconductor.plan.DecisionCheck;
import io.opsconductor.plan.DemandWords;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * People's decisions. Each is signed, shown to the runner, and stored only when the runner would count it; the first
 * valid one that suffices ends the request, and the plan is queued in the same transaction.
 */
public final class Decisions {
    private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);
    private static final int LOCKS = 64;

    private final ApprovalStore store;
    private final ExecutionQueue queue;
    private final Approvals approvals;
    private final Conversations conversations;
    private final ThreadLanguage languages;
    private final People people;
    private final RunnerClient runner;
    private final Signer signer;
    private final GlassNotices notices;
    private final Audit audit;
    private final Clock clock;
    private final Consumer<ApprovedPlan> routing;
    private final List<ReentrantLock> locks =
            Stream.generate(() -> new ReentrantLock(true)).limit(LOCKS).toList();

    /**
     * Decisions about the requests of one store.
     *
     * @param routing takes what is approved and stored; it must return at once
     */
    public Decisions(
            Database database,
            Approvals approvals,
            Conversations conversations,
            ThreadLanguage languages,
            People people,
            RunnerClient runner,
            Signer signer,
            GlassNotices notices,
            Audit audit,
            Clock clock,
            Consumer<ApprovedPlan> routing) {
        this.store = new ApprovalStore(database);
        this.queue = new ExecutionQueue(database);
        this.approvals = approvals;
        this.conversations = conversations;
        this.languages = languages;
        this.people = people;
        this.runner = runner;
        this.signer = signer;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
        this.routing = routing;
    }

    /**
     * Somebody decides.
     *
     * @param id of the request
     * @param approver platform-qualified identity of who decides
     * @param digest of the preview that the person saw
     * @param reason why, for the thread; may be empty
     */
    public Decided decide(String id, String approver, Decision decision, String digest, String reason) {
        // Two decisions on one plan one after the other: the second must see what became of the first.
        ReentrantLock lock = locks.get(Math.floorMod(id.hashCode(), LOCKS));
        lock.lock();
        try {
            Optional<StoredApproval> found = store.find(id);
            if (found.isEmpty()) {
                return refused(404, "unknown_approval", "there is no plan " + id + " to decide about", "");
            }
            StoredApproval stored = found.get();
            Optional<Refusal> refusal = refusal(stored, approver, digest);
            return refusal.isPresent()
                    ? new Decided.Refused(refusal.get())
                    : checked(stored, signed(stored.request(), approver, decision), reason);
        } catch (JournalUnavailableException e) {
            LOG.error("a decision about {} was not taken, because it could not be recorded", id, e);
            return refused(
                    503,
                    "journal_unavailable",
                    "nothing was decided, because the audit journal cannot be written",
                    "tell whoever runs OpsConductor; /health has the reason");
        } finally {
            lock.unlock();
        }
    }

    private Optional<Refusal> refusal(StoredApproval stored, String approver, String digest) {
        ApprovalRequest request = stored.request();
        if (stored.state() != ApprovalState.PENDING) {
            return Optional.of(DecidedWords.refusal(stored, people));
        }
        if (!digest.equals(request.digest())) {
            return Optional.of(Refusal.of(
                    409,
                    "digest_mismatch",
                    "the plan that you decided about is not this one: its digest differs",
                    "reload the conversation and look at the plan again"));
        }
        if (!clock.instant().isBefore(request.preview().expiresAt())) {
            approvals.expire(request.id());
            return Optional.of(DecidedWords.expired(request));
        }
        if (stored.attestations().stream()
                .anyMatch(attestation -> attestation.statement().approver().equals(approver))) {
            return Optional.of(Refusal.of(
                    409,
                    "already_approved",
                    people.name(approver) + " has approved this plan already",
                    "it waits for somebody else"));
        }
        return Optional.empty();
    }

    private Attestation signed(ApprovalRequest request, String approver, Decision decision) {
        Attestation.Statement statement = new Attestation.Statement(
                request.digest(),
                decision,
                approver,
                request.requester(),
                request.conversation(),
                clock.instant(),
                request.preview().nonce());
        return new Attestation(statement, signer.keyId(), signer.sign(statement.signedBytes()));
    }

    private Decided checked(StoredApproval stored, Attestation attestation, String reason) {
        List<Attestation> all = new ArrayList<>(stored.attestations());
        all.add(attestation);
        return switch (runner.check(new DecisionCheck.Request(stored.request().digest(), all))) {
            case RunnerAnswer.Ok<DecisionCheck.Answer>(DecisionCheck.Answer answer) ->
                attestation.statement().decision() == Decision.DENY
                        ? denied(stored.request(), attestation, reason)
                        : answer.sufficient()
                                ? approved(stored.request(), all, reason)
                                : counted(stored.request(), attestation, answer, reason);
            case RunnerAnswer.Refused<DecisionCheck.Answer>(Refusal refusal) -> {
                if (refusal.status() == 410) {
                    approvals.expire(stored.request().id());
                }
                yield new Decided.Refused(refusal);
            }
            case RunnerAnswer.Unreachable<DecisionCheck.Answer>(String why) ->
                new Decided.Refused(
                        runner.unreachable(why, "nothing was decided and nothing was run; try again in a moment"));
        };
    }

    private Decided approved(ApprovalRequest request, List<Attestation> all, String reason) {
        String execution = Ids.execution();
        Attestation last = all.getLast();
        String approver = last.statement().approver();
        audit.decision(request.conversation(), request.id(), execution, request.digest(), approver, "approve");
        if (request.breaksGlass()) {
            audit.glassBroken(
                    request.conversation(),
                    execution,
                    request.digest(),
                    approver,
                    request.preview().breakGlass());
        }
        Optional<ApprovedPlan> plan = conversations.write(request.conversation(), thread -> {
            if (!store.end(
                    thread.tx(),
                    request.id(),
                    ApprovalState.APPROVED,
                    approver,
                    last.statement().time())) {
                return Optional.empty();
            }
            store.attest(thread.tx(), request.id(), last);
            append(thread, request, last, reason, ApprovalState.APPROVED, 0, "");
            if (request.breaksGlass()) {
                notices.due(thread.tx(), request);
            }
            return Optional.of(queue.add(thread.tx(), execution, request, all, clock.instant()));
        });
        plan.ifPresent(routing);
        if (plan.isPresent() && request.breaksGlass()) {
            notices.tell();
        }
        return plan.isPresent() ? new Decided.Counted(request.id(), ApprovalState.APPROVED, 0) : late(request);
    }

    private Decided counted(
            ApprovalRequest request, Attestation attestation, DecisionCheck.Answer answer, String reason) {
        int missing = answer.missing();
        String approver = attestation.statement().approver();
        audit.decision(request.conversation(), request.id(), "", request.digest(), approver, "approve");
        boolean stored = conversations.write(request.conversation(), thread -> {
            if (!store.isPending(thread.tx(), request.id())) {
                return false;
            }
            store.attest(thread.tx(), request.id(), attestation);
            append(
                    thread,
                    request,
                    attestation,
                    reason,
                    ApprovalState.PENDING,
                    missing,
                    DemandWords.still(answer.wanted()));
            return true;
        });
        return stored ? new Decided.Counted(request.id(), ApprovalState.PENDING, missing) : late(request);
    }

    private Decided denied(ApprovalRequest request, Attestation attestation, String reason) {
        String approver = attestation.statement().approver();
        audit.decision(request.conversation(), request.id(), "", request.digest(), approver, "deny");
        String denial = languages
                .speech(request.conversation())
                .say(reason.isEmpty() ? "denied" : "denied-because", "person", people.name(approver), "reason", reason);
        boolean stored = conversations.write(request.conversation(), thread -> {
            if (!store.end(
                    thread.tx(),
                    request.id(),
                    ApprovalState.DENIED,
                    approver,
                    attestation.statement().time())) {
                return false;
            }
            store.attest(thread.tx(), request.id(), attestation);
            append(thread, request, attestation, reason, ApprovalState.DENIED, 0, "");
            thread.append(new ChatEvent.Result(null, request.id(), "denied", denial, List.of(), approver));
            return true;
        });
        return stored ? new Decided.Counted(request.id(), ApprovalState.DENIED, 0) : late(request);
    }

    private void append(
            ThreadWriting thread,
            ApprovalRequest request,
            Attestation attestation,
            String reason,
            ApprovalState state,
            int missing,
            String still) {
        thread.append(new ChatEvent.Decision(
                request.id(),
                attestation.statement().decision().word(),
                people.name(attestation.statement().approver()),
                attestation.statement().approver(),
                reason.isEmpty() ? null : reason,
                state.word(),
                missing == 0 ? null : missing,
                still.isEmpty() ? null : still));
    }

    /** Between the look at the request and the writing, it was withdrawn, replaced or expired. */
    private Decided late(ApprovalRequest request) {
        return store.find(request.id())
                .<Decided>map(stored -> new Decided.Refused(DecidedWords.refusal(stored, people)))
                .orElseGet(() -> refused(404, "unknown_approval", "the plan is gone", ""));
    }

    private static Decided refused(int status, String code, String message, String hint) {
        return new Decided.Refused(Refusal.of(status, code, message, hint));
    }
}
