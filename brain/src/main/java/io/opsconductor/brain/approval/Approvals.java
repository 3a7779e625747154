package io.opsconductor.brain.approval;

import io.opsconductor.brain.Ids;
import io.opsconductor.brain.People;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.Tenancy;
import io.opsconductor.brain.audit.Audit;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.conversation.Reply;
import io.opsconductor.brain.conversation.ThreadLanguage;
import io.opsconductor.brain.conversation.ThreadWriting;
import io.opsconductor.brain.language.Speech;
import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.kit.store.Database;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of approval requests but for people's decisions, which are in {@link Decisions}: shown, replaced, withdrawn,
 * expired.
 */
public final class Approvals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Approvals.class);

    private final Tenancy tenancy;
    private final ApprovalStore store;
    private final ActStore acts;
    private final ExecutionQueue queue;
    private final Conversations conversations;
    private final ThreadLanguage languages;
    private final People people;
    private final Audit audit;
    private final ApprovalTraces traces;
    private final DecisionRecords records;
    private final Clock clock;
    private final Consumer<ApprovedPlan> routing;
    private final Standing standing;
    private final ExpiryTimer timer;

    /**
     * Approvals of one store.
     *
     * @param tenancy whose requests somebody may know of
     * @param routing takes what is approved and stored; it must return at once
     */
    public Approvals(
            Database database,
            Tenancy tenancy,
            Conversations conversations,
            ThreadLanguage languages,
            People people,
            Audit audit,
            ApprovalTraces traces,
            Clock clock,
            Consumer<ApprovedPlan> routing) {
        this.tenancy = tenancy;
        this.store = new ApprovalStore(database);
        this.acts = new ActStore(database);
        this.queue = new ExecutionQueue(database);
        this.conversations = conversations;
        this.languages = languages;
        this.people = people;
        this.audit = audit;
        this.traces = traces;
        this.records = new DecisionRecords(store, audit, traces);
        this.clock = clock;
        this.routing = routing;
        this.standing = new Standing(store, tenancy, people, clock, this::expire);
        this.timer = new ExpiryTimer(clock, this::expired);
    }

    /** Watches the expiry of what is pending from before the last stop. */
    public void resume() {
        store.pending()
                .forEach(request -> timer.watch(request.id(), request.preview().expiresAt()));
    }

    /**
     * Shows a plan to be decided about, or sends it on when the policy asks for nobody's approval. It is written into the journal
     * with the reply, when it is certain that it is shown.
     */
    public Reply show(ApprovalRequest request, Speech speech) {
        return request.needsNobody() ? runAtOnce(request, Ids.execution(), speech) : waitForDecision(request, speech);
    }

    /** As {@link #show}, in place of another one of the same person, if that is still pending then. */
    public Reply showInPlaceOf(ApprovalRequest older, ApprovalRequest request, Speech speech) {
        Reply showing = show(request, speech);
        return new Reply() {
            @Override
            public void record(ThreadWriting thread) {
                superseded(thread, older, request, request.requester(), speech.say("asked-instead"));
                showing.record(thread);
            }

            @Override
            public void committed() {
                showing.committed();
            }
        };
    }

    private void previewed(ApprovalRequest request) {
        audit.planPreviewed(request.conversation(), request.id(), request.digest(), request.requester());
    }

    private Reply waitForDecision(ApprovalRequest request, Speech speech) {
        return new Reply() {
            @Override
            public void record(ThreadWriting thread) {
                previewed(request);
                supersede(thread, request, speech);
                store.insert(thread.tx(), request);
                traces.keep(thread.tx(), request);
                thread.append(PlanCards.of(request));
            }

            @Override
            public void committed() {
                timer.watch(request.id(), request.preview().expiresAt());
            }
        };
    }

    private Reply runAtOnce(ApprovalRequest request, String execution, Speech speech) {
        AtomicReference<ApprovedPlan> approved = new AtomicReference<>();
        return new Reply() {
            @Override
            public void record(ThreadWriting thread) {
                previewed(request);
                records.write(thread, request, execution, "policy", "no_approval_needed");
                store.insert(thread.tx(), request);
                traces.keep(thread.tx(), request);
                store.end(thread.tx(), request.id(), ApprovalState.APPROVED, "", clock.instant());
                thread.append(PlanCards.of(request));
                thread.append(new ChatEvent.Decision(
                        request.id(),
                        "approve",
                        null,
                        null,
                        speech.say(
                                "needs-no-approval",
                                "reason",
                                request.preview().approval().reason()),
                        ApprovalState.APPROVED.word(),
                        null));
                approved.set(queue.add(thread.tx(), execution, request, List.of(), clock.instant()));
            }

            @Override
            public void committed() {
                routing.accept(approved.get());
            }
        };
    }

    private void supersede(ThreadWriting thread, ApprovalRequest request, Speech speech) {
        for (ApprovalRequest twin : store.pendingTwins(thread.tx(), request)) {
            superseded(
                    thread,
                    twin,
                    request,
                    request.requester(),
                    speech.say(request.breaksGlass() ? "asked-glass" : "asked-again"));
        }
    }

    /** Whether this ended it; false when something else did before. */
    private boolean superseded(
            ThreadWriting thread, ApprovalRequest older, ApprovalRequest newer, String by, String reason) {
        if (!store.end(thread.tx(), older.id(), ApprovalState.SUPERSEDED, by, clock.instant())) {
            return false;
        }
        records.write(thread, older, "", by, "superseded");
        store.successor(thread.tx(), older.id(), newer.id());
        thread.append(new ChatEvent.Decision(
                older.id(), "superseded", people.name(by), by, reason, ApprovalState.SUPERSEDED.word(), null));
        return true;
    }

    /** In which traces the requests are. */
    ApprovalTraces traces() {
        return traces;
    }

    /** How decisions come into the journal. */
    DecisionRecords records() {
        return records;
    }

    /** Who belongs to which tenant. */
    public Tenancy tenancy() {
        return tenancy;
    }

    /**
     * A request, however it stands.
     *
     * @param from the person or place that asks, as {@link Tenancy#of} takes it; what is another tenant's is not found
     */
    public Optional<ApprovalRequest> find(String id, String from) {
        return standing.find(id, from).map(StoredApproval::request);
    }

    /**
     * Somebody's own request that is still pending, for what only the requester may do with it.
     *
     * @param doing what is tried, for the words: {@code edit}
     */
    public Own own(String id, String person, String doing) {
        return standing.own(id, person, doing);
    }

    /**
     * A request that is still pending, whoever asked for it.
     *
     * @param from as {@link #find} has it
     */
    public Own pending(String id, String from) {
        return standing.pending(id, from);
    }

    /**
     * The request that an act led to before, however it stands now; empty when the act is new or nameless.
     *
     * @param from who acts
     */
    public Optional<ApprovalRequest> shownFor(String act, String from) {
        return act.isEmpty() ? Optional.empty() : acts.approvalOf(act).flatMap(id -> find(id, from));
    }

    /**
     * Shows a plan at the end of its conversation, for an act other than a message.
     *
     * @param act names the act, the same each time that it is brought; empty when nothing brings it again
     * @return whether it is shown; false when the act led to a plan before, and then nothing is recorded of it
     */
    public boolean post(ApprovalRequest request, String act) {
        return post(request, act, () -> {});
    }

    /**
     * As {@link #post(ApprovalRequest, String)}.
     *
     * @param recording writes into the journal why it is shown
     */
    public boolean post(ApprovalRequest request, String act, Runnable recording) {
        Reply showing = show(request, languages.speech(request.conversation()));
        boolean first = conversations.write(request.conversation(), thread -> {
            if (!entered(thread, act, request)) {
                return false;
            }
            recording.run();
            showing.record(thread);
            return true;
        });
        if (first) {
            showing.committed();
        }
        return first;
    }

    private boolean entered(ThreadWriting thread, String act, ApprovalRequest request) {
        return act.isEmpty() || acts.enter(thread.tx(), act, request.id(), clock.instant());
    }

    /**
     * Shows a plan in place of an older one, both or neither.
     *
     * @param by platform-qualified identity of who wants it
     * @param reason why the older one is superseded, a word or a sentence
     * @param act as {@link #post} says
     * @return why not: the older one is not pending any more
     */
    public Optional<Refusal> replace(
            ApprovalRequest older, ApprovalRequest newer, String by, String reason, String act) {
        Reply showing = show(newer, languages.speech(newer.conversation()));
        boolean replaced = conversations.write(older.conversation(), thread -> {
            if (!store.isPending(thread.tx(), older.id()) || !entered(thread, act, newer)) {
                return false;
            }
            // Only now: of a plan that comes too late to be shown, the journal says nothing.
            superseded(thread, older, newer, by, reason);
            showing.record(thread);
            return true;
        });
        if (!replaced) {
            return Optional.of(standing.late(older));
        }
        showing.committed();
        return Optional.empty();
    }

    /** The last pending request of somebody in a conversation. */
    public Optional<ApprovalRequest> lastPending(String conversation, String requester) {
        return store.lastPending(conversation, requester);
    }

    /** The requester's own end of a request that is still pending when this is recorded. */
    public Reply withdraw(ApprovalRequest request, Speech speech) {
        return thread -> thread.append(ChatEvent.Message.ours(
                speech.say(withdrawn(thread, request) ? "withdrawn" : "withdrawn-late", "summary", request.summary())));
    }

    /** The requester ends it by its id, as a button does; the card says so, and nothing else. */
    public Withdrawn withdraw(String id, String person) {
        return switch (standing.own(id, person, "withdraw")) {
            case Own.Refused(Refusal refusal) -> new Withdrawn.Refused(refusal);
            case Own.Pending(ApprovalRequest request) -> {
                boolean done;
                try {
                    done = conversations.write(request.conversation(), thread -> withdrawn(thread, request));
                } catch (JournalUnavailableException e) {
                    LOG.error("{} was not withdrawn, because it could not be recorded", id, e);
                    yield new Withdrawn.Refused(Audit.unavailable("nothing was withdrawn"));
                }
                yield done ? new Withdrawn.Done(id) : new Withdrawn.Refused(standing.late(request));
            }
        };
    }

    private boolean withdrawn(ThreadWriting thread, ApprovalRequest request) {
        if (!store.end(thread.tx(), request.id(), ApprovalState.CANCELLED, request.requester(), clock.instant())) {
            return false;
        }
        records.write(thread, request, "", request.requester(), "withdrawn");
        thread.append(new ChatEvent.Decision(
                request.id(),
                "cancelled",
                people.name(request.requester()),
                request.requester(),
                null,
                ApprovalState.CANCELLED.word(),
                null));
        return true;
    }

    /**
     * Ends a request whose time is up, if it is still pending. Where that cannot be recorded it stays as it is, and is tried again
     * by the timer: it takes no decision meanwhile.
     */
    void expire(String id) {
        try {
            expired(id);
        } catch (JournalUnavailableException e) {
            LOG.error("{} is not marked as expired yet, because it could not be recorded", id, e);
        }
    }

    private void expired(String id) {
        store.ofAnyTenant(id)
                .filter(stored -> stored.state() == ApprovalState.PENDING)
                .ifPresent(stored -> {
                    ApprovalRequest request = stored.request();
                    Speech speech = languages.speech(request.conversation());
                    conversations.write(request.conversation(), thread -> {
                        if (store.end(thread.tx(), id, ApprovalState.EXPIRED, "", clock.instant())) {
                            records.write(thread, request, "", "", "expired");
                            thread.append(new ChatEvent.Decision(
                                    id,
                                    "expired",
                                    null,
                                    null,
                                    speech.say("nobody-decided"),
                                    ApprovalState.EXPIRED.word(),
                                    null));
                        }
                        return id;
                    });
                });
    }

    /** How many requests wait for a decision, of all tenants. */
    public long waiting() {
        return store.waiting();
    }

    @Override
    public void close() {
        timer.close();
    }
}
