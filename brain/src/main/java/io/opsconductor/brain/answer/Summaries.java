package io.opsconductor.brain.answer;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.conversation.ThreadWriting;
import io.opsconductor.brain.routing.ResultListener;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds a summary after a result, when there is one. The result is told before and does not wait for it. That a summary is due
 * is stored with the result, so one that a stop interrupts is made after the next start.
 */
public final class Summaries implements ResultListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Summaries.class);
    private static final int AT_ONCE = 2;
    /** Nobody waits for the summary of an older result. */
    private static final Duration MADE_UP_FOR = Duration.ofDays(1);

    private final Summariser summariser;
    private final Conversations conversations;
    private final SummariesDue due;
    private final Clock clock;
    private final Semaphore seats = new Semaphore(AT_ONCE);
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public Summaries(Summariser summariser, Conversations conversations, SummariesDue due, Clock clock) {
        this.summariser = summariser;
        this.conversations = conversations;
        this.due = due;
        this.clock = clock;
    }

    /** Makes what was due at the last stop. */
    public void resume() {
        List<SummariesDue.Due> left = due.since(clock.instant().minus(MADE_UP_FOR));
        if (!left.isEmpty()) {
            LOG.info("{} summaries were not made before the last stop and are made now", left.size());
        }
        left.forEach(one -> told(one.conversation(), one.result()));
    }

    @Override
    public void telling(ThreadWriting thread, String conversation, ChatEvent.Result result) {
        execution(result).ifPresent(id -> SummariesDue.keep(thread.tx(), id, conversation, clock.instant()));
    }

    @Override
    public void told(String conversation, ChatEvent.Result result) {
        execution(result).ifPresent(id -> {
            Thread thread = Thread.ofVirtual().name("summary").unstarted(() -> inItsTurn(conversation, id, result));
            threads.add(thread);
            thread.start();
        });
    }

    /** Of a result that there is something to sum up of. */
    private static Optional<String> execution(ChatEvent.Result result) {
        return Optional.ofNullable(result.execution())
                .filter(id -> !result.stepResults().isEmpty());
    }

    private void inItsTurn(String conversation, String execution, ChatEvent.Result result) {
        try {
            seats.acquire();
            try {
                Optional<String> summary = summariser.summary(result.stepResults());
                // What comes of it while being stopped may be nothing for that reason alone.
                if (!closed) {
                    tell(conversation, execution, summary);
                }
            } finally {
                seats.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("there is no summary of execution {}", execution, e);
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    private void tell(String conversation, String execution, Optional<String> summary) {
        conversations.write(conversation, thread -> {
            boolean first = SummariesDue.drop(thread.tx(), execution);
            summary.filter(text -> first).map(ChatEvent.Message::ours).ifPresent(thread::append);
            return first;
        });
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
    }
}
