package io.opsconductor.chat.deliver;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.conversation.Told;
import io.opsconductor.kit.http.Edge;
import io.opsconductor.kit.log.LogContext;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells conversations in their threads: every event after the last one that is told, in order. That an event is told is
 * stored after its posts were made, so a restart goes on where it was. One conversation is told by one thread at a time.
 */
public final class Delivery implements Outbound.Work {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final int AT_ONCE = 50;
    /** After so many failures of ours to show an event, it is passed over with a word about it. */
    private static final int ATTEMPTS = 3;

    private final Conversations conversations;
    private final Places places;
    private final PlanStates plans;
    private final Tempo tempo;
    private final Clock clock;
    private final BooleanSupplier closed;
    /** Conversations in which something runs, or which the platform does not take now. */
    private final Map<String, Talk> talks = new ConcurrentHashMap<>();

    private final Map<String, Set<String>> staleCards = new ConcurrentHashMap<>();

    /** @param closed whether everything ends */
    public Delivery(
            Conversations conversations,
            Places places,
            PlanStates plans,
            Tempo tempo,
            Clock clock,
            BooleanSupplier closed) {
        this.conversations = conversations;
        this.places = places;
        this.plans = plans;
        this.tempo = tempo;
        this.clock = clock;
        this.closed = closed;
    }

    /** What is kept of a conversation while something is going on in it. */
    private static final class Talk {
        private final Executions executions = new Executions();
        private long read;
        private long stored;
        private Duration pause = Duration.ZERO;
        private int failures;
        private int mishaps;

        Talk(long read) {
            this.read = read;
            this.stored = read;
        }
    }

    /** Has a plan's card sent again with the next look at its conversation. */
    public void refresh(String conversation, String approval) {
        staleCards
                .computeIfAbsent(conversation, _ -> ConcurrentHashMap.newKeySet())
                .add(approval);
    }

    @Override
    public Turn on(String conversation) throws InterruptedException {
        Optional<Teller> open = places.open(conversation);
        if (open.isEmpty()) {
            talks.remove(conversation);
            staleCards.remove(conversation);
            return new Turn.Done();
        }
        try (LogContext _ = LogContext.of(conversation, "")) {
            Talk talk = talks.computeIfAbsent(conversation, id -> new Talk(places.deliveredSeq(id)));
            Turn turn = look(open.get(), talk);
            if (turn instanceof Turn.Done) {
                talks.remove(conversation);
            }
            return turn;
        }
    }

    private Turn look(Teller teller, Talk talk) throws InterruptedException {
        String conversation = teller.conversation();
        List<Told> events = conversations.eventsAfter(conversation, talk.read, AT_ONCE);
        for (Told told : events) {
            if (closed.getAsBoolean()) {
                return new Turn.Done();
            }
            Outcome outcome = tell(teller, talk, told);
            if (!(outcome instanceof Outcome.Done)) {
                return ended(teller, talk, outcome);
            }
            talk.read = told.seq();
            talk.failures = 0;
            talk.mishaps = 0;
            if (!(told.event() instanceof ChatEvent.Progress)) {
                told(teller, talk);
            }
        }
        if (events.size() == AT_ONCE) {
            return new Turn.Again(Duration.ZERO);
        }
        Outcome outcome = staleCards(teller);
        if (outcome instanceof Outcome.Done) {
            outcome = teller.outputs();
        }
        if (outcome instanceof Outcome.Done) {
            outcome = progress(teller, talk);
        }
        if (!(outcome instanceof Outcome.Done)) {
            return ended(teller, talk, outcome);
        }
        if (talk.executions.isEmpty()) {
            told(teller, talk);
        }
        return talk.executions
                .due(tempo, clock.instant())
                .<Turn>map(due -> new Turn.Again(longer(due, talk.pause)))
                .orElseGet(Turn.Done::new);
    }

    private void told(Teller teller, Talk talk) {
        if (talk.read > talk.stored) {
            places.delivered(teller.conversation(), talk.read);
            talk.stored = talk.read;
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private Outcome tell(Teller teller, Talk talk, Told told) throws InterruptedException {
        try {
            return switch (told.event()) {
                case ChatEvent.Message message -> teller.message(told.seq(), message);
                case ChatEvent.PlanCard card -> teller.plan(card);
                case ChatEvent.Decision decision -> teller.card(decision.approval(), false);
                case ChatEvent.Progress progress -> {
                    talk.executions.add(conversations, plans, teller, told, progress);
                    yield new Outcome.Done();
                }
                case ChatEvent.Result result -> {
                    Outcome outcome = teller.result(result);
                    if (outcome instanceof Outcome.Done) {
                        talk.executions.ended(result.execution());
                    }
                    yield outcome;
                }
                case ChatEvent.Question question -> teller.question(told.seq(), question);
                case ChatEvent.Failure failure -> teller.failure(told.seq(), failure);
            };
        } catch (RuntimeException e) {
            String reference = Edge.reference();
            LOG.error("event {} could not be told, reference {}", told.seq(), reference, e);
            talk.mishaps++;
            return talk.mishaps < ATTEMPTS
                    ? new Outcome.Later("it failed here, reference " + reference)
                    : teller.unshowable(told, reference);
        }
    }

    private Outcome staleCards(Teller teller) throws InterruptedException {
        Set<String> stale = staleCards.getOrDefault(teller.conversation(), Set.of());
        for (String approval : List.copyOf(stale)) {
            // Before it is sent, so that whoever asks meanwhile is not left out.
            stale.remove(approval);
            Outcome outcome = teller.card(approval, true);
            if (!(outcome instanceof Outcome.Done)) {
                stale.add(approval);
                return outcome;
            }
        }
        staleCards.computeIfPresent(teller.conversation(), (_, left) -> left.isEmpty() ? null : left);
        return new Outcome.Done();
    }

    /** Shows how far executions are, those that are due, unless the platform must pause: the newest state can wait. */
    private Outcome progress(Teller teller, Talk talk) throws InterruptedException {
        talk.pause = Duration.ZERO;
        for (LiveProgress live : talk.executions.running()) {
            if (live.due(tempo, clock.instant()).isPositive()) {
                continue;
            }
            talk.pause = teller.beforeProgress();
            if (talk.pause.isPositive()) {
                break;
            }
            Outcome outcome = teller.progress(live, clock.instant());
            if (!(outcome instanceof Outcome.Done)) {
                return outcome;
            }
            live.shown();
            told(teller, talk);
        }
        return new Outcome.Done();
    }

    private Turn ended(Teller teller, Talk talk, Outcome outcome) throws InterruptedException {
        String conversation = teller.conversation();
        return switch (outcome) {
            case Outcome.Done() -> new Turn.Done();
            case Outcome.Later(String why) -> {
                Duration wait = tempo.retryAfter(talk.failures++);
                places.retried();
                LOG.warn(
                        "{} is told again from event {} on in {} ms: {}",
                        conversation,
                        talk.read,
                        wait.toMillis(),
                        why);
                yield new Turn.Blocked(wait);
            }
            case Outcome.PlaceGone(String error) -> {
                LOG.warn("nothing more is told in {} until somebody writes there again: {}", conversation, error);
                teller.gone(error, talk.read);
                yield new Turn.Done();
            }
        };
    }
}
