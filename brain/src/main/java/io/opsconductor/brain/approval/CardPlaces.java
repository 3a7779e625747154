package io.opsconductor.brain.approval;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.conversation.ThreadWriting;
import io.opsconductor.brain.conversation.Told;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cards in other conversations than that in which the plan was asked for, on whatever platform. A request's own conversation
 * alone says what became of it; each other place is told the same from there, so that every card shows how the plan stands.
 * How far a place is told is stored with what it is told, so that a restart goes on where it was.
 */
public final class CardPlaces implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CardPlaces.class);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration ENDING = Duration.ofSeconds(2);

    private final Database database;
    private final ApprovalStore store;
    private final Conversations conversations;
    /** Conversations whose plans are shown elsewhere too: only they are looked at when something is said in them. */
    private final Set<String> watched = ConcurrentHashMap.newKeySet();

    private final LinkedBlockingQueue<String> changed = new LinkedBlockingQueue<>();
    private final Thread telling = Thread.ofVirtual().name("card-places").unstarted(this::telling);

    /** It tells nothing before {@link #start()}. */
    public CardPlaces(Database database, Conversations conversations) {
        this.database = database;
        this.store = new ApprovalStore(database);
        this.conversations = conversations;
    }

    /** A place that is not told the end yet. */
    private record Open(String approval, String origin, String conversation, long toldSeq) {}

    /** Begins with what the last process left untold. */
    public void start() {
        conversations.onAppend(conversation -> {
            if (watched.contains(conversation)) {
                changed.add(conversation);
            }
        });
        database.query(
                        "select distinct a.conversation as origin from approval_place p join approval a"
                                + " on a.id = p.approval where p.state = 'open'",
                        row -> Rows.text(row, "origin"))
                .forEach(origin -> {
                    watched.add(origin);
                    changed.add(origin);
                });
        telling.start();
    }

    /** Whether a request's card is shown in a conversation: its own, or another one. */
    public boolean isShownIn(ApprovalRequest request, String conversation) {
        return request.conversation().equals(conversation)
                || database.one(
                                "select conversation from approval_place where approval = ? and conversation = ?",
                                row -> Rows.text(row, "conversation"),
                                request.id(),
                                conversation)
                        .isPresent();
    }

    /**
     * Shows a request's card in another conversation than its own, as it stands now, in the transaction of that conversation.
     *
     * @return false when it is shown there already
     */
    public boolean show(ThreadWriting thread, ApprovalRequest request, String conversation) {
        if (request.conversation().equals(conversation)) {
            return false;
        }
        // Before anything is told there, so that nothing that happens meanwhile is missed.
        watched.add(request.conversation());
        List<Told> sofar = conversations.outcomes(request.conversation(), request.id(), 0);
        boolean first = thread.tx()
                        .dml(
                                "insert into approval_place (approval, conversation, told_seq, state)"
                                        + " values (?, ?, ?, 'open') on conflict (approval, conversation) do nothing",
                                request.id(),
                                conversation,
                                sofar.isEmpty() ? 0L : sofar.getLast().seq())
                == 1;
        if (first) {
            thread.append(PlanCards.of(request));
            sofar.forEach(told -> tell(thread, told.event()));
        }
        return first;
    }

    /** To be called once what {@link #show} did is committed: what happened since it looked is told. */
    public void shown(ApprovalRequest request) {
        changed.add(request.conversation());
    }

    private void telling() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                String origin = changed.take();
                tell(origin);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void tell(String origin) throws InterruptedException {
        try {
            for (Open place : open(origin)) {
                bringUpToDate(place);
            }
        } catch (RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                LOG.warn("cards of plans of {} elsewhere are not up to date; it is tried again", origin, e);
                Thread.sleep(RETRY);
                changed.add(origin);
            }
        }
    }

    private List<Open> open(String origin) {
        return database.query(
                "select p.approval, a.conversation as origin, p.conversation as place, p.told_seq"
                        + " from approval_place p join approval a on a.id = p.approval"
                        + " where a.conversation = ? and p.state = 'open'",
                row -> new Open(
                        Rows.text(row, "approval"),
                        Rows.text(row, "origin"),
                        Rows.text(row, "place"),
                        Rows.number(row, "told_seq")),
                origin);
    }

    private void bringUpToDate(Open place) {
        List<Told> untold = conversations.outcomes(place.origin(), place.approval(), place.toldSeq());
        if (untold.isEmpty()) {
            return;
        }
        boolean last = untold.stream().anyMatch(told -> isEnd(told.event()));
        Optional<ApprovalRequest> newer = untold.stream().anyMatch(told -> isSuperseded(told.event()))
                ? store.successor(place.approval()).flatMap(store::ofAnyTenant).map(StoredApproval::request)
                : Optional.empty();
        conversations.write(place.conversation(), thread -> {
            // Of two who tell the same, one does.
            boolean ours = thread.tx()
                            .dml(
                                    "update approval_place set told_seq = ?, state = ? where approval = ?"
                                            + " and conversation = ? and told_seq = ?",
                                    untold.getLast().seq(),
                                    last ? "closed" : "open",
                                    place.approval(),
                                    place.conversation(),
                                    place.toldSeq())
                    == 1;
            if (ours) {
                untold.forEach(told -> tell(thread, told.event()));
                newer.ifPresent(request -> show(thread, request, place.conversation()));
            }
            return ours;
        });
        newer.ifPresent(this::shown);
    }

    /** A result is told in short: the output is where the plan was asked for. */
    private static void tell(ThreadWriting thread, ChatEvent event) {
        thread.append(
                event instanceof ChatEvent.Result result
                        ? new ChatEvent.Result(
                                result.execution(),
                                result.approval(),
                                result.status(),
                                result.summary(),
                                List.of(),
                                result.identity())
                        : event);
    }

    private static boolean isEnd(ChatEvent event) {
        return event instanceof ChatEvent.Result
                || (event instanceof ChatEvent.Decision decision
                        && List.of("expired", "cancelled", "superseded").contains(decision.decision()));
    }

    private static boolean isSuperseded(ChatEvent event) {
        return event instanceof ChatEvent.Decision decision
                && decision.decision().equals("superseded");
    }

    @Override
    public void close() {
        ended(telling);
    }

    /** Stops a thread of this package; the store is closed after it. */
    static void ended(Thread telling) {
        telling.interrupt();
        try {
            if (!telling.join(ENDING)) {
                LOG.warn("{} did not end in time", telling.getName());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
