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
import io.opsconductor.plan.TargetResult;
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
    private final AskedOutputs outputs;
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
            AskedOutputs outputs,
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
        this.outputs = outputs;
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
        Optional<Workspace> workspace = thread.flatMap(open -> workspaces.find(open.team()));
        if (thread.isEmpty() || workspace.isEmpty()) {
            talks.remove(conversation);
            staleCards.remove(conversation);
            return new Turn.Done();
        }
        try (LogContext _ = LogContext.of(conversation, "")) {
            OpenThread open = new OpenThread(
                    thread.get(),
                    workspace.get(),
                    posts,
                    new WorkspaceMentions(workspace.get().team(), people));
            Talk talk = talks.computeIfAbsent(conversation, id -> new Talk(threads.deliveredSeq(id)));
            Turn turn = look(open, talk);
            if (turn instanceof Turn.Done) {
                talks.remove(conversation);
            }
            return turn;
        }
    }

    private Turn look(OpenThread open, Talk talk) throws InterruptedException {
        String conversation = open.thread().conversation();
        List<Told> events = conversations.eventsAfter(conversation, talk.read, AT_ONCE);
        for (Told told : events) {
            if (closed.getAsBoolean()) {
                return new Turn.Done();
            }
            Outcome outcome = tell(open, talk, told);
            if (!(outcome instanceof Outcome.Done)) {
                return ended(open, talk, outcome);
            }
            talk.read = told.seq();
            talk.failures = 0;
            talk.mishaps = 0;
            if (!(told.event() instanceof ChatEvent.Progress)) {
                told(open, talk);
            }
        }
        if (events.size() == AT_ONCE) {
            return new Turn.Again(Duration.ZERO);
        }
        Outcome outcome = staleCards(open);
        if (outcome instanceof Outcome.Done) {
            outcome = outputs(open);
        }
        if (outcome instanceof Outcome.Done) {
            outcome = progress(open, talk);
        }
        if (!(outcome instanceof Outcome.Done)) {
            return ended(open, talk, outcome);
        }
        if (talk.executions.isEmpty()) {
            told(open, talk);
        }
        return talk.executions
                .due(tempo, clock.instant())
                .<Turn>map(due -> new Turn.Again(longer(due, talk.pause)))
                .orElseGet(Turn.Done::new);
    }

    private void told(OpenThread open, Talk talk) {
        if (talk.read > talk.stored) {
            threads.delivered(open.thread().conversation(), talk.read);
            talk.stored = talk.read;
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private Outcome tell(OpenThread open, Talk talk, Told told) throws InterruptedException {
        try {
            return switch (told.event()) {
                case ChatEvent.Message message -> telling.message(open, told.seq(), message);
                case ChatEvent.PlanCard card -> telling.plan(open, card);
                case ChatEvent.Decision decision -> telling.card(open, decision.approval(), false);
                case ChatEvent.Progress progress -> {
                    talk.executions.add(conversations, plans, open, told, progress);
                    yield new Outcome.Done();
                }
                case ChatEvent.Result result -> {
                    Outcome outcome = telling.result(open, result);
                    if (outcome instanceof Outcome.Done) {
                        talk.executions.ended(result.execution());
                    }
                    yield outcome;
                }
                case ChatEvent.Question question -> telling.question(open, told.seq(), question);
                case ChatEvent.Failure failure -> telling.failure(open, told.seq(), failure);
            };
        } catch (RuntimeException e) {
            String reference = Edge.reference();
            LOG.error("event {} could not be told, reference {}", told.seq(), reference, e);
            talk.mishaps++;
            return talk.mishaps < ATTEMPTS
                    ? new Outcome.Later("it failed here, reference " + reference)
                    : telling.unshowable(open, told, reference);
        }
    }

    private Outcome staleCards(OpenThread open) throws InterruptedException {
        Set<String> stale = staleCards.getOrDefault(open.thread().conversation(), Set.of());
        for (String approval : List.copyOf(stale)) {
            // Before it is sent, so that whoever asks meanwhile is not left out.
            stale.remove(approval);
            Outcome outcome = telling.card(open, approval, true);
            if (!(outcome instanceof Outcome.Done)) {
                stale.add(approval);
                return outcome;
            }
        }
        staleCards.computeIfPresent(open.thread().conversation(), (_, left) -> left.isEmpty() ? null : left);
        return new Outcome.Done();
    }

    /** Brings outputs that were asked for. */
    private Outcome outputs(OpenThread open) throws InterruptedException {
        String conversation = open.thread().conversation();
        for (AskedOutputs.Asked asked : outputs.in(conversation)) {
            Optional<TargetResult> result = outputs.result(conversation, asked.output());
            if (result.isPresent()) {
                Outcome outcome = telling.output(open, asked.arrival(), result.get());
                if (!(outcome instanceof Outcome.Done)) {
                    return outcome;
                }
            }
            outputs.done(asked);
        }
        return new Outcome.Done();
    }

    /** Shows how far executions are, those that are due, unless the workspace must pause: the newest state can wait. */
    private Outcome progress(OpenThread open, Talk talk) throws InterruptedException {
        talk.pause = Duration.ZERO;
        for (LiveProgress live : talk.executions.running()) {
            if (live.due(tempo, clock.instant()).isPositive()) {
                continue;
            }
            talk.pause = posts.progress(open.workspace().team());
            if (talk.pause.isPositive()) {
                break;
            }
            Outcome outcome = telling.progress(open, live, clock.instant());
            if (!(outcome instanceof Outcome.Done)) {
                return outcome;
            }
            live.shown();
            told(open, talk);
        }
        return new Outcome.Done();
    }

    private Turn ended(OpenThread open, Talk talk, Outcome outcome) throws InterruptedException {
        String conversation = open.thread().conversation();
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
                farewell.tell(open, error, talk.read);
                yield new Turn.Done();
            }
        };
    }
}
