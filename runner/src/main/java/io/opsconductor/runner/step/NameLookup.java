package io.opsconductor.runner.step;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The look-up of one name. The system's resolver answers when it likes and hears no interrupt, and a virtual thread that
 * calls it holds its carrier meanwhile: so it has a platform thread of its own, and whoever waits can be freed.
 */
final class NameLookup {
    /** As long as reaching the place itself may take. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final String host;
    private final CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();

    private NameLookup(String host) {
        this.host = host;
    }

    /** Begins to look a name up; a literal address is known at once. */
    static NameLookup of(String host) {
        NameLookup lookup = new NameLookup(host);
        try {
            lookup.answer.complete(List.of(InetAddress.ofLiteral(host)));
        } catch (IllegalArgumentException e) {
            // It is a name.
            Thread.ofPlatform().daemon().name("name-lookup").start(lookup::look);
        }
        return lookup;
    }

    private void look() {
        try {
            answer.complete(List.of(InetAddress.getAllByName(host)));
        } catch (UnknownHostException | RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    /**
     * Waits for the answer.
     *
     * @return at least one address, each with the name
     * @throws UnknownHostException when there is none, none came within 10 s, it was given up, or this thread was interrupted,
     *     which then stays so
     */
    List<InetAddress> addresses() throws UnknownHostException {
        try {
            return answer.get(LIMIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw unknown("is not known", e);
        } catch (TimeoutException e) {
            throw unknown("was not found within " + LIMIT.toSeconds() + " s", e);
        } catch (CancellationException e) {
            throw unknown("was not waited for", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown("was not waited for", e);
        }
    }

    /** Frees whoever waits. */
    void giveUp() {
        answer.cancel(false);
    }

    private UnknownHostException unknown(String how, Throwable cause) {
        UnknownHostException unknown = new UnknownHostException(host + " " + how);
        unknown.initCause(cause);
        return unknown;
    }
}
