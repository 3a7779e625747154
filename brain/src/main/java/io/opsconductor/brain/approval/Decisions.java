package io.opsconductor.brain.approval;

import io.opsconductor.brain.Ids;
import io.opsconductor.brain.People;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.audit.Audit;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.conversation.ThreadLanguage;
import io.opsconductor.brain.conversation.ThreadWriting;
import io.opsconductor.brain.runner.DecisionJudge;
import io.opsconductor.brain.runner.RunnerAnswer;
import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.kit.keys.Signer;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.trace.Span;
import io.opsconductor.plan.Attestation;
import io.opsconductor.plan.Attestation.Decision;
import io.opsconductor.plan.DecisionCheck;
import io.opsconductor.plan.DemandWords;
import io.opsconductor.plan.Tenant;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
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
    /** Each attempt fails only because another process stored a decision, and a plan takes few. */
    private static final int ATTEMPTS = 10;

    private final ApprovalStore store;
    private final ExecutionQueue queue;
    private final Approvals approvals;
    private final Conversations conversations;
    private final ThreadLanguage languages;
    private final People people;
    private final DecisionJudge judge;
    private final Supplier<Signer> key;
    private final GlassNotices notices;
    private final Audit audit;
    private final Clock clock;
    private final Consumer<ApprovedPlan> routing;
    private final List<ReentrantLock> locks =
            Stream.generate(() -> new ReentrantLock(true)).limit(LOCKS).toList();

    /**
     * Decisions about the requests of one store.
     *
     * @param key signs; asked for each decision
     * @param routing takes what is approved and stored; it must return at once
     */
    public Decisions(
            Database database,
            Approvals approvals,
            Conversations conversations,
            ThreadLanguage languages,
            People people,
            DecisionJudge judge,
            Supplier<Signer> key,
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
        this.judge = judge;
        this.key = key;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
        this.routing = routing;
    }

    /** Somebody decides; nothing is typed, and there is no more to say about where. */
    public Decided decide(String id, String approver, Decision decision, String digest, String reason) {
        return decide(Vote.of(id, approver, decision, digest).because(reason));
    }

    /** Somebody decides. */
    public Decided decide(Vote vote) {
        // Two decisions on one plan one after the other: the second must see what became of the first.
        ReentrantLock lock = locks.get(Math.floorMod(vote.approval().hashCode(), LOCKS));
        lock.lock();
        try (Span span = approvals.traces().deciding(vote)) {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<Decided> decided = counted(vote);
                if (decided.isPresent()) {
                    told(span, decided.get());
                    return decided.get();
                }
            }
            return refused(
                    503,
                    "try_again",
                    "others are deciding about this plan at this moment",
                    "nothing was decided; try again in a moment");
        } catch (JournalUnavailableException e) {
            LOG.error("a decision about {} was not taken, because it could not be recorded", vote.approval(), e);
            return refused(
                    503,
                    "journal_unavailable",
                    "nothing was decided, because the audit journal cannot be written",
                    "tell whoever runs OpsConductor; /health has the reason");
        } finally {
            lock.unlock();
        }
    }

    private static void told(Span span, Decided decided) {
        switch (decided) {
            case Decided.Counted counted -> span.outcome(counted.status().word(), true);
            case Decided.Refused(Refusal refusal) -> span.outcome(refusal.code(), false);
        }
    }

    /** Empty when another process stored a decision while this one was looked at: it must be looked at anew. */
    private Optional<Decided> counted(Vote vote) {
        Optional<StoredApproval> found =
                approvals.tenancy().of(vote.approver()).flatMap(tenant -> store.find(tenant, vote.approval()));
        if (found.isEmpty()) {
            return Optional.of(
                    refused(404, "unknown_approval", "there is no plan " + vote.approval() + " to decide about", ""));
        }
        StoredApproval stored = found.get();
        Optional<Refusal> refusal = refusal(stored, vote);
        return refusal.isPresent()
                ? Optional.of(new Decided.Refused(refusal.get()))
                : checked(new Ballot(stored, vote, signed(stored.request(), vote)));
    }

    /**
     * A decision on its way.
     *
     * @param stored the request as it was looked at
     */
    private record Ballot(StoredApproval stored, Vote vote, Attestation attestation) {
        ApprovalRequest request() {
            return stored.request();
        }

        /** Whoever denies need not be weighed with those who approved. */
        List<Attestation> all() {
            return vote.decision() == Decision.DENY
                    ? List.of(attestation)
                    : Stream.concat(stored.attestations().stream(), Stream.of(attestation))
                            .toList();
        }
    }

    private Optional<Refusal> refusal(StoredApproval stored, Vote vote) {
        ApprovalRequest request = stored.request();
        if (stored.state() != ApprovalState.PENDING) {
            return Optional.of(DecidedWords.refusal(stored, people));
        }
        if (!vote.digest().equals(request.digest())) {
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
        if (vote.decision() == Decision.DENY) {
            return Optional.empty();
        }
        if (stored.attestations().stream()
                .anyMatch(attestation -> attestation.statement().approver().equals(vote.approver()))) {
            return Optional.of(already(vote));
        }
        return TypedCode.missing(request, vote.typed());
    }

    private Refusal already(Vote vote) {
        return Refusal.of(
                409,
                "already_approved",
                people.name(vote.approver()) + " has approved this plan already",
                "it waits for somebody else");
    }

    private Attestation signed(ApprovalRequest request, Vote vote) {
        Attestation.Statement statement = new Attestation.Statement(
                request.digest(),
                vote.decision(),
                vote.approver(),
                request.requester(),
                vote.where().isEmpty() ? request.conversation() : vote.where(),
                clock.instant(),
                request.preview().nonce(),
                vote.decision() == Decision.APPROVE ? TypedCode.of(request) : null);
        Signer signer = key.get();
        return new Attestation(statement, signer.keyId(), signer.sign(statement.signedBytes()));
    }

    private Optional<Decided> checked(Ballot ballot) {
        return switch (judge.check(
                new Tenant(ballot.request().tenant()),
                new DecisionCheck.Request(ballot.request().digest(), ballot.all()))) {
            case RunnerAnswer.Ok<DecisionCheck.Answer>(DecisionCheck.Answer answer) -> counts(ballot, answer);
            case RunnerAnswer.Refused<DecisionCheck.Answer>(Refusal refusal) -> {
                if (refusal.status() == 410) {
                    approvals.expire(ballot.request().id());
                }
                yield Optional.of(new Decided.Refused(refusal));
            }
            case RunnerAnswer.Unreachable<DecisionCheck.Answer>(String why) ->
                Optional.of(new Decided.Refused(
                        judge.unreachable(why, "nothing was decided and nothing was run; try again in a moment")));
        };
    }

    private Optional<Decided> counts(Ballot ballot, DecisionCheck.Answer answer) {
        String person = answer.approverName();
        if (ballot.vote().decision() == Decision.DENY) {
            return Optional.of(denied(ballot, person));
        }
        if (!person.isEmpty() && ballot.stored().people().contains(person)) {
            return Optional.of(new Decided.Refused(already(ballot.vote())));
        }
        return answer.sufficient() ? approved(ballot, person) : onesMore(ballot, person, answer);
    }

    private Optional<Decided> approved(Ballot ballot, String person) {
        ApprovalRequest request = ballot.request();
        String execution = Ids.execution();
        String approver = ballot.vote().approver();
        AtomicReference<ApprovedPlan> plan = new AtomicReference<>();
        Optional<Decided> decided = write(ballot, thread -> {
            approvals.records().write(thread, request, execution, approver, "approve");
            if (request.breaksGlass()) {
                audit.glassBroken(
                        request.conversation(),
                        execution,
                        request.digest(),
                        approver,
                        request.preview().breakGlass());
            }
            store.end(
                    thread.tx(),
                    request.id(),
                    ApprovalState.APPROVED,
                    approver,
                    ballot.attestation().statement().time());
            store.attest(thread.tx(), request.id(), ballot.attestation(), person);
            append(thread, ballot, ApprovalState.APPROVED, 0, "");
            if (request.breaksGlass()) {
                notices.due(thread.tx(), request);
            }
            plan.set(queue.add(thread.tx(), execution, request, ballot.all(), clock.instant()));
            return new Decided.Counted(request.id(), ApprovalState.APPROVED, 0);
        });
        ApprovedPlan approved = plan.get();
        if (approved != null) {
            routing.accept(approved);
            if (request.breaksGlass()) {
                notices.tell();
            }
        }
        return decided;
    }

    private Optional<Decided> onesMore(Ballot ballot, String person, DecisionCheck.Answer answer) {
        ApprovalRequest request = ballot.request();
        int missing = answer.missing();
        String approver = ballot.vote().approver();
        return write(ballot, thread -> {
            approvals.records().write(thread, request, "", approver, "approve");
            store.attest(thread.tx(), request.id(), ballot.attestation(), person);
            append(thread, ballot, ApprovalState.PENDING, missing, DemandWords.still(answer.wanted()));
            return new Decided.Counted(request.id(), ApprovalState.PENDING, missing);
        });
    }

    /**
     * Stores an approval, if everything is as it was when the runner was asked. Only here is it recorded as well, before it is
     * committed: whatever is decided is in the journal, and what came too late is not.
     */
    private Optional<Decided> write(Ballot ballot, Function<ThreadWriting, Decided> work) {
        ApprovalRequest request = ballot.request();
        return conversations.write(request.conversation(), thread -> {
            if (store.isPendingWith(
                    thread.tx(), request.id(), ballot.stored().attestations().size())) {
                // By the clock of this moment: the runner's answer may have taken a while.
                return clock.instant().isBefore(request.preview().expiresAt())
                        ? Optional.of(work.apply(thread))
                        : Optional.of(new Decided.Refused(DecidedWords.expired(request)));
            }
            return store.isPending(thread.tx(), request.id()) ? Optional.empty() : Optional.of(late(request));
        });
    }

    private Decided denied(Ballot ballot, String person) {
        ApprovalRequest request = ballot.request();
        String approver = ballot.vote().approver();
        String reason = ballot.vote().reason();
        String denial = languages
                .speech(request.conversation())
                .say(reason.isEmpty() ? "denied" : "denied-because", "person", people.name(approver), "reason", reason);
        boolean stored = conversations.write(request.conversation(), thread -> {
            if (!store.end(
                    thread.tx(),
                    request.id(),
                    ApprovalState.DENIED,
                    approver,
                    ballot.attestation().statement().time())) {
                return false;
            }
            approvals.records().write(thread, request, "", approver, "deny");
            store.attest(thread.tx(), request.id(), ballot.attestation(), person);
            append(thread, ballot, ApprovalState.DENIED, 0, "");
            thread.append(new ChatEvent.Result(null, request.id(), "denied", denial, List.of(), approver));
            return true;
        });
        return stored ? new Decided.Counted(request.id(), ApprovalState.DENIED, 0) : late(request);
    }

    private void append(ThreadWriting thread, Ballot ballot, ApprovalState state, int missing, String still) {
        Vote vote = ballot.vote();
        thread.append(new ChatEvent.Decision(
                ballot.request().id(),
                vote.decision().word(),
                people.name(vote.approver()),
                vote.approver(),
                vote.reason().isEmpty() ? null : vote.reason(),
                state.word(),
                missing == 0 ? null : missing,
                still.isEmpty() ? null : still));
        if (vote.decision() == Decision.APPROVE && isElsewhere(ballot.request(), vote)) {
            // Whoever looks at the thread did not see anybody press there.
            thread.append(ChatEvent.Message.naming(
                    vote.approver(),
                    languages
                            .speech(ballot.request().conversation())
                            .say(
                                    "approved-elsewhere",
                                    "person",
                                    people.name(vote.approver()),
                                    "summary",
                                    ballot.request().summary())));
        }
    }

    /** Whether a decision was made elsewhere than where the plan was asked for. */
    private static boolean isElsewhere(ApprovalRequest request, Vote vote) {
        return vote.where().isEmpty()
                ? !platform(vote.approver()).equals(platform(request.requester()))
                : !vote.where().equals(request.conversation());
    }

    private static String platform(String identity) {
        return identity.substring(0, Math.max(0, identity.indexOf(':')));
    }

    /** Between the look at the request and the writing, it was withdrawn, replaced or expired. */
    private Decided late(ApprovalRequest request) {
        return store.ofAnyTenant(request.id())
                .<Decided>map(stored -> new Decided.Refused(DecidedWords.refusal(stored, people)))
                .orElseGet(() -> refused(404, "unknown_approval", "the plan is gone", ""));
    }

    private static Decided refused(int status, String code, String message, String hint) {
        return new Decided.Refused(Refusal.of(status, code, message, hint));
    }
}
