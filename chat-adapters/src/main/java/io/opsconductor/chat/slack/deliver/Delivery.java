package io.opsconductor.chat.slack.deliver;

import io.opsconductor.brain.People;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.conversation.Told;
import io.opsconductor.chat.slack.thread.SlackThread;
import io.opsconductor.chat.slack.thread.SlackThreads;
import io.opsconductor.chat.slack.workspace.Workspace;
import io.opsconductor.chat.slack.workspace.Workspaces;
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
final class Delivery implements Outbound.Work {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final int AT_ONCE = 50;
    /** After so many failures of ours to show an event, it is passed over with a word about it. */
    private static final int ATTEMPTS = 3;

    private final Conversations conversations;
    private final SlackThreads threads;
    private final Workspaces workspaces;
    private final People people;
    private final Recorded recorded;
    private final PlanStates plans;
    private final Telling telling;
    private final Posts posts;
    private final Farewell farewell;
    private final DeliveryMeasures measures;
    private final Tempo tempo;
    private final Clock clock;
    private final BooleanSupplier closed;
    /** Conversations in which something runs, or which Slack does not take now. */
    private final Map<String, Talk> talks = new ConcurrentHashMap<>();

    private final Map<String, Set<String>> staleCards = new ConcurrentHashMap<>();

    Delivery(
            Conversations conversations,
            SlackThreads threads,
            Workspaces workspaces,
            People people,
            Recorded recorded,
            Posts posts,
            Farewell farewell,
            DeliveryMeasures measures,
            Tempo tempo,
            Clock clock,
            BooleanSupplier closed) {
        this.conversations = conversations;
        this.threads = threads;
        this.workspaces = workspaces;
        this.people = people;
        this.recorded = recorded;
        this.plans = new PlanStates(conversations, recorded);
        this.telling = new Telling(plans, recorded);
        this.posts = posts;
        this.farewell = farewell;
        this.measures = measures;
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
    void refresh(String conversation, String approval) {
        staleCards
                .computeIfAbsent(conversation, _ -> ConcurrentHashMap.newKeySet())
                .add(approval);
    }

    @Override
    public Turn on(String conversation) throws InterruptedException {
        Optional<SlackThread> thread = threads.of(conversation).filter(_ -> recorded.isOpen(conversation));
        Optional<Workspace> workspace = thread.flatMap(place -> workspaces.find(place.team()));
        if (thread.isEmpty() || workspace.isEmpty()) {
            talks.remove(conversation);
            staleCards.remove(conversation);
            return new Turn.Done();
        }
        try (LogContext _ = LogContext.of(conversation, "")) {
            Place place = new Place(
                    thread.get(),
                    workspace.get(),
                    posts,
                    new PlaceMentions(workspace.get().team(), people));
            Talk talk = talks.computeIfAbsent(conversation, id -> new Talk(threads.deliveredSeq(id)));
            Turn turn = look(place, talk);
            if (turn instanceof Turn.Done) {
                talks.remove(conversation);
            }
            return turn;
        }
    }

    private Turn look(Place place, Talk talk) throws InterruptedException {
        String conversation = place.thread().conversation();
        List<Told> events = conversations.eventsAfter(conversation, talk.read, AT_ONCE);
        for (Told told : events) {
            if (closed.getAsBoolean()) {
                return new Turn.Done();
            }
            Outcome outcome = tell(place, talk, told);
            if (!(outcome instanceof Outcome.Done)) {
                return ended(place, talk, outcome);
            }
            talk.read = told.seq();
            talk.failures = 0;
            talk.mishaps = 0;
            if (!(told.event() instanceof ChatEvent.Progress)) {
                told(place, talk);
            }
        }
        if (events.size() == AT_ONCE) {
            return new Turn.Again(Duration.ZERO);
        }
        Outcome outcome = staleCards(place);
        if (outcome instanceof Outcome.Done) {
            outcome = progress(place, talk);
        }
        if (!(outcome instanceof Outcome.Done)) {
            return ended(place, talk, outcome);
        }
        if (talk.executions.isEmpty()) {
            told(place, talk);
        }
        return talk.executions
                .due(tempo, clock.instant())
                .<Turn>map(due -> new Turn.Again(longer(due, talk.pause)))
                .orElseGet(Turn.Done::new);
    }

    private void told(Place place, Talk talk) {
        if (talk.read > talk.stored) {
            threads.delivered(place.thread().conversation(), talk.read);
            talk.stored = talk.read;
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private Outcome tell(Place place, Talk talk, Told told) throws InterruptedException {
        try {
            return switch (told.event()) {
                case ChatEvent.Message message -> telling.message(place, told.seq(), message);
                case ChatEvent.PlanCard card -> telling.plan(place, card);
                case ChatEvent.Decision decision -> telling.card(place, decision.approval(), false);
                case ChatEvent.Progress progress -> {
                    talk.executions.add(conversations, plans, place, told, progress);
                    yield new Outcome.Done();
                }
                case ChatEvent.Result result -> {
                    Outcome outcome = telling.result(place, result);
                    if (outcome instanceof Outcome.Done) {
                        talk.executions.ended(result.execution());
                    }
                    yield outcome;
                }
                case ChatEvent.Question question -> telling.question(place, told.seq(), question);
                case ChatEvent.Failure failure -> telling.failure(place, told.seq(), failure);
            };
        } catch (RuntimeException e) {
            String reference = Edge.reference();
            LOG.error("event {} could not be told, reference {}", told.seq(), reference, e);
            talk.mishaps++;
            return talk.mishaps < ATTEMPTS
                    ? new Outcome.Later("it failed here, reference " + reference)
                    : telling.unshowable(place, told, reference);
        }
    }

    private Outcome staleCards(Place place) throws InterruptedException {
        Set<String> stale = staleCards.getOrDefault(place.thread().conversation(), Set.of());
        for (String approval : List.copyOf(stale)) {
            // Before it is sent, so that whoever asks meanwhile is not left out.
            stale.remove(approval);
            Outcome outcome = telling.card(place, approval, true);
            if (!(outcome instanceof Outcome.Done)) {
                stale.add(approval);
                return outcome;
            }
        }
        staleCards.computeIfPresent(place.thread().conversation(), (_, left) -> left.isEmpty() ? null : left);
        return new Outcome.Done();
    }

    /** Shows how far executions are, those that are due, unless the workspace must pause: the newest state can wait. */
    private Outcome progress(Place place, Talk talk) throws InterruptedException {
        talk.pause = Duration.ZERO;
        for (LiveProgress live : talk.executions.running()) {
            if (live.due(tempo, clock.instant()).isPositive()) {
                continue;
            }
            talk.pause = posts.progress(place.workspace().team());
            if (talk.pause.isPositive()) {
                break;
            }
            Outcome outcome = telling.progress(place, live, clock.instant());
            if (!(outcome instanceof Outcome.Done)) {
                return outcome;
            }
            live.shown();
            told(place, talk);
        }
        return new Outcome.Done();
    }

    private Turn ended(Place place, Talk talk, Outcome outcome) throws InterruptedException {
        String conversation = place.thread().conversation();
        return switch (outcome) {
            case Outcome.Done() -> new Turn.Done();
            case Outcome.Later(String why) -> {
                Duration wait = tempo.retryAfter(talk.failures++);
                measures.retried();
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
                threads.unreachable(conversation);
                measures.threadUnreachable();
                farewell.tell(place, error, talk.read);
                yield new Turn.Done();
            }
        };
    }
}
