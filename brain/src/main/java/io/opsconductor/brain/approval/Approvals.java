package io.opsconductor.brain.approval;

import io.opsconductor.brain.Ids;
import io.opsconductor.brain.Person;
import io.opsconductor.brain.audit.Audit;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.conversation.Reply;
import io.opsconductor.brain.conversation.ThreadWriting;
import io.opsconductor.kit.store.Database;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The life of approval requests but for people's decisions, which are in {@link Decisions}: shown, replaced, withdrawn,
 * expired.
 */
public final class Approvals implements AutoCloseable {
    private final ApprovalStore store;
    private final ExecutionQueue queue;
    private final Conversations conversations;
    private final Audit audit;
    private final Clock clock;
    private final Consumer<ApprovedPlan> routing;
    private final ExpiryTimer timer;

    /**
     * Approvals of one store.
     *
     * @param routing takes what is approved and stored; it must return at once
     */
    public Approvals(
            Database database, Conversations conversations, Audit audit, Clock clock, Consumer<ApprovedPlan> routing) {
        this.store = new ApprovalStore(database);
        this.queue = new ExecutionQueue(database);
        this.conversations = conversations;
        this.audit = audit;
        this.clock = clock;
        this.routing = routing;
        this.timer = new ExpiryTimer(clock, this::expire);
    }

    /** Watches the expiry of what is pending from before the last stop. */
    public void resume() {
        store.pending()
                .forEach(request -> timer.watch(request.id(), request.preview().expiresAt()));
    }

    /** Shows a plan to be decided about, or sends it on when the policy asks for nobody's approval. */
    public Reply show(ApprovalRequest request) {
        audit.planPreviewed(request.conversation(), request.id(), request.digest(), request.requester());
        return request.needsNobody() ? runAtOnce(request) : waitForDecision(request);
    }

    private Reply waitForDecision(ApprovalRequest request) {
        return new Reply() {
            @Override
            public void record(ThreadWriting thread) {
                supersede(thread, request);
                store.insert(thread.tx(), request);
                thread.append(PlanCards.of(request));
            }

            @Override
            public void committed() {
                timer.watch(request.id(), request.preview().expiresAt());
            }
        };
    }

    private Reply runAtOnce(ApprovalRequest request) {
        String execution = Ids.execution();
        audit.decision(
                request.conversation(), request.id(), execution, request.digest(), "policy", "no_approval_needed");
        AtomicReference<ApprovedPlan> approved = new AtomicReference<>();
        return new Reply() {
            @Override
            public void record(ThreadWriting thread) {
                store.insert(thread.tx(), request);
                store.end(thread.tx(), request.id(), ApprovalState.APPROVED, "", clock.instant());
                thread.append(PlanCards.of(request));
                thread.append(new ChatEvent.Decision(
                        request.id(),
                        "approve",
                        null,
                        "no approval is needed: " + request.preview().approval().reason(),
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

    private void supersede(ThreadWriting thread, ApprovalRequest request) {
        for (String twin : store.pendingTwins(thread.tx(), request)) {
            store.end(thread.tx(), twin, ApprovalState.SUPERSEDED, request.requester(), clock.instant());
            thread.append(new ChatEvent.Decision(
                    twin,
                    "superseded",
                    Person.shortName(request.requester()),
                    "the same was asked for again: decide about the newer plan",
                    ApprovalState.SUPERSEDED.word(),
                    null));
        }
    }

    /** The last pending request of somebody in a conversation. */
    public Optional<ApprovalRequest> lastPending(String conversation, String requester) {
        return store.lastPending(conversation, requester);
    }

    /** The requester's own end of a request that is still pending when this is recorded. */
    public Reply withdraw(ApprovalRequest request) {
        audit.decision(request.conversation(), request.id(), "", request.digest(), request.requester(), "withdrawn");
        return thread -> {
            if (store.end(thread.tx(), request.id(), ApprovalState.CANCELLED, request.requester(), clock.instant())) {
                thread.append(new ChatEvent.Decision(
                        request.id(),
                        "cancelled",
                        Person.shortName(request.requester()),
                        null,
                        ApprovalState.CANCELLED.word(),
                        null));
                thread.append(ChatEvent.Message.ours("Withdrawn: " + request.summary() + ". Nothing was run."));
            } else {
                thread.append(ChatEvent.Message.ours(
                        "It was too late to withdraw \"" + request.summary() + "\": it is decided already."));
            }
        };
    }

    /** Ends a request whose time is up, if it is still pending. */
    void expire(String id) {
        store.find(id).filter(stored -> stored.state() == ApprovalState.PENDING).ifPresent(stored -> {
            ApprovalRequest request = stored.request();
            conversations.write(request.conversation(), thread -> {
                if (store.end(thread.tx(), id, ApprovalState.EXPIRED, "", clock.instant())) {
                    thread.append(new ChatEvent.Decision(
                            id,
                            "expired",
                            null,
                            "nobody decided in time; nothing was run. Ask again for a fresh plan",
                            ApprovalState.EXPIRED.word(),
                            null));
                }
                return id;
            });
        });
    }

    @Override
    public void close() {
        timer.close();
    }
}
