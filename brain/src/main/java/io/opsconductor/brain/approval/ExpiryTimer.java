package io.opsconductor.brain.approval;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls back when a request's time is up. */
final class ExpiryTimer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExpiryTimer.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Clock clock;
    private final Consumer<String> expire;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("expiry").factory());

    ExpiryTimer(Clock clock, Consumer<String> expire) {
        this.clock = clock;
        this.expire = expire;
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void watch(String approval, Instant expiresAt) {
        Duration left = Duration.between(clock.instant(), expiresAt);
        schedule(approval, left.isNegative() ? Duration.ZERO : left);
    }

    private void schedule(String approval, Duration delay) {
        if (!timer.isShutdown()) {
            // The result is not needed: tick reports its own failures.
            var _ = timer.schedule(() -> tick(approval), delay.toMillis() + 1, TimeUnit.MILLISECONDS);
        }
    }

    private void tick(String approval) {
        try {
            expire.accept(approval);
        } catch (RuntimeException e) {
            LOG.warn("approval {} could not be marked as expired and will be tried again", approval, e);
            schedule(approval, RETRY);
        }
    }

    @Override
    public void close() {
        timer.shutdown();
    }
}
