package io.opsconductor.brain.answer;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Conversations;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds a summary after a result, when there is one. The result is told before and does not wait for it; what a stop
 * interrupts is not made up for.
 */
public final class Summaries implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Summaries.class);
    private static final int AT_ONCE = 2;

    private final Summariser summariser;
    private final Conversations conversations;
    private final Semaphore seats = new Semaphore(AT_ONCE);
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    public Summaries(Summariser summariser, Conversations conversations) {
        this.summariser = summariser;
        this.conversations = conversations;
    }

    /** Returns at once. */
    public void sumUp(String conversation, ChatEvent.Result result) {
        if (result.stepResults().isEmpty()) {
            return;
        }
        Thread thread = Thread.ofVirtual().name("summary").unstarted(() -> inItsTurn(conversation, result));
        threads.add(thread);
        thread.start();
    }

    private void inItsTurn(String conversation, ChatEvent.Result result) {
        try {
            seats.acquire();
            try {
                Optional<String> summary = summariser.summary(result.stepResults());
                summary.ifPresent(text -> conversations.write(conversation, thread -> {
                    thread.append(ChatEvent.Message.ours(text));
                    return text;
                }));
            } finally {
                seats.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("there is no summary of execution {}", result.execution(), e);
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
