package io.opsconductor.brain.routing;

import io.opsconductor.brain.Measures;
import io.opsconductor.brain.People;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.Tenancy;
import io.opsconductor.brain.approval.ApprovalTraces;
import io.opsconductor.brain.approval.ApprovedPlan;
import io.opsconductor.brain.approval.ExecutionQueue;
import io.opsconductor.brain.audit.Audit;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.conversation.ThreadLanguage;
import io.opsconductor.brain.outputs.ResultReader;
import io.opsconductor.brain.runner.RunnerAnswer;
import io.opsconductor.brain.runner.RunnerClient;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.trace.Span;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has approved plans run and follows each until its end is told, one virtual thread each, also across restarts. */
public final class ExecutionRouter implements Consumer<ApprovedPlan>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutionRouter.class);

    private static final Duration ENDING = Duration.ofSeconds(2);
    /** After a failure of this process; twice as long after each further one, 32 s at most. */
    private static final Duration AGAIN = Duration.ofMillis(500);

    private static final int MOST_DOUBLINGS = 6;

    private final Tenancy tenancy;
    private final ExecutionStore store;
    private final ExecutionQueue queue;
    private final Conversations conversations;
    private final ThreadLanguage languages;
    private final People people;
    private final RunnerClient runner;
    private final ResultReader reader;
    private final Audit audit;
    private final Measures measures;
    private final ApprovalTraces traces;
    private final Clock clock;
    private final Map<String, Thread> threads = new ConcurrentHashMap<>();
    private final Map<String, Following> followed = new ConcurrentHashMap<>();
    private volatile ResultListener results = ResultListener.none();
    private volatile boolean closed;

    public ExecutionRouter(
            Database database,
            Tenancy tenancy,
            Conversations conversations,
            ThreadLanguage languages,
            People people,
            RunnerClient runner,
            ResultReader reader,
            Audit audit,
            Measures measures,
            ApprovalTraces traces,
            Clock clock) {
        this.tenancy = tenancy;
        this.store = new ExecutionStore(database);
        this.queue = new ExecutionQueue(database);
        this.conversations = conversations;
        this.languages = languages;
        this.people = people;
        this.runner = runner;
        this.reader = reader;
        this.audit = audit;
        this.measures = measures;
        this.traces = traces;
        this.clock = clock;
    }

    /** Tells of each result that is told in a conversation; to be set before anything is followed. */
    public void onResult(ResultListener listener) {
        results = listener;
    }

    /** Takes a plan that was approved just now: the runner cannot know it yet. */
    @Override
    public void accept(ApprovedPlan plan) {
        follow(plan, Following.Start.NEW);
    }

    /** Takes up what was open at the last stop: the runner may know it or not. */
    public void resume() {
        List<ApprovedPlan> open = queue.open();
        if (!open.isEmpty()) {
            LOG.info("{} executions were open at the last stop and are followed again", open.size());
        }
        open.forEach(plan -> follow(plan, Following.Start.RESUMED));
    }

    private void follow(ApprovedPlan plan, Following.Start start) {
        Following following = following(plan, start);
        Thread thread = Thread.ofVirtual().name("execution-" + plan.execution()).unstarted(() -> {
            try {
                toTheEnd(plan, following, start);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                followed.remove(plan.execution());
                threads.remove(plan.execution());
            }
        });
        if (closed) {
            // It is stored: the next process takes it up.
            return;
        }
        followed.put(plan.execution(), following);
        thread.start();
        threads.put(plan.execution(), thread);
        if (!thread.isAlive()) {
            threads.remove(plan.execution());
        }
    }

    private Following following(ApprovedPlan plan, Following.Start start) {
        return new Following(
                plan, start, store, conversations, languages, people, runner, reader, audit, measures, clock, results);
    }

    /** Whatever goes wrong here, such as a store that is away, its end is still to be told: it is taken up as after a stop. */
    private void toTheEnd(ApprovedPlan plan, Following first, Following.Start start) throws InterruptedException {
        Following following = first;
        for (int tried = 0; !closed; tried++) {
            boolean resumed = tried > 0 || start == Following.Start.RESUMED;
            try (Span span = traces.running(plan, resumed)) {
                following.toTheEnd(span);
                return;
            } catch (RuntimeException e) {
                if (!closed) {
                    LOG.error("execution {} cannot be followed now, and is taken up again", plan.execution(), e);
                }
            }
            Thread.sleep(AGAIN.multipliedBy(1L << Math.min(tried, MOST_DOUBLINGS)));
            following = following(plan, Following.Start.RESUMED);
            followed.put(plan.execution(), following);
        }
    }

    /**
     * The conversation that an execution belongs to.
     *
     * @param from the person or place that asks, as {@link Tenancy#of} takes it; what is another tenant's is not found
     */
    public Optional<String> conversation(String execution, String from) {
        return find(execution, from).map(ExecutionStore.Row::conversation);
    }

    /**
     * The request that an execution is of.
     *
     * @param from as {@link #conversation} has it
     */
    public Optional<String> approval(String execution, String from) {
        return find(execution, from).map(ExecutionStore.Row::approval);
    }

    /** The last execution of a conversation that is still open. */
    public Optional<String> lastOpen(String conversation) {
        return store.lastOpen(conversation);
    }

    /**
     * Asks for the end of an execution; whether and how it ends is told by its result.
     *
     * @return why not, or empty when it was asked for
     */
    public Optional<Refusal> cancel(String execution, String actor) {
        Optional<ExecutionStore.Row> row = find(execution, actor);
        if (row.isEmpty()) {
            return Optional.of(Refusal.of(404, "unknown_execution", "there is no execution " + execution, ""));
        }
        if (!row.get().open()) {
            return Optional.of(
                    Refusal.of(409, "already_finished", "the execution has ended already", "look at its result above"));
        }
        Optional<Following> following = Optional.ofNullable(followed.get(execution));
        // Before the runner is told, since the end may come at once and names who cancelled.
        String before = following.map(one -> one.cancelAskedBy(actor)).orElse("");
        Optional<Refusal> refusal = asked(row.get(), actor, following);
        if (refusal.isPresent()) {
            following.ifPresent(one -> one.cancelAskedBy(before));
        }
        return refusal;
    }

    private Optional<ExecutionStore.Row> find(String execution, String from) {
        return tenancy.of(from).flatMap(tenant -> store.find(tenant, execution));
    }

    private Optional<Refusal> asked(ExecutionStore.Row row, String actor, Optional<Following> following) {
        return switch (runner.cancel(row.tenant(), row.id(), actor)) {
            case RunnerAnswer.Ok<Boolean> _ -> {
                say(row, actor);
                yield Optional.empty();
            }
            case RunnerAnswer.Refused<Boolean>(Refusal refusal)
            when refusal.status() == 404 -> {
                store.cancelledBy(row.id(), actor);
                following.ifPresent(one -> one.cancel(actor));
                say(row, actor);
                yield Optional.empty();
            }
            case RunnerAnswer.Refused<Boolean>(Refusal refusal) -> Optional.of(refusal);
            case RunnerAnswer.Unreachable<Boolean>(String why) ->
                Optional.of(runner.unreachable(why, "nothing was cancelled; try again in a moment"));
        };
    }

    /** Says so unless the end was told meanwhile: an end names who cancelled, and nothing comes after it. */
    private void say(ExecutionStore.Row row, String actor) {
        String asked = languages.speech(row.conversation()).say("cancel-asked", "person", people.name(actor));
        conversations.write(row.conversation(), thread -> {
            if (store.isOpen(thread.tx(), row.id())) {
                thread.append(ChatEvent.Message.naming(actor, asked));
            }
            return row;
        });
    }

    /** Stops following; what is open is taken up by {@link #resume()} of the next process. */
    @Override
    public void close() {
        closed = true;
        followed.values().forEach(Following::stop);
        List<Thread> running = List.copyOf(threads.values());
        running.forEach(Thread::interrupt);
        long end = System.nanoTime() + ENDING.toNanos();
        try {
            for (Thread thread : running) {
                if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                    LOG.warn("{} did not end in time", thread.getName());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
