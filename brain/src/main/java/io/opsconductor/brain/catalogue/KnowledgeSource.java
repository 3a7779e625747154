package io.opsconductor.brain.catalogue;

import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.runner.RunnerAnswer;
import io.opsconductor.brain.runner.RunnerClient;
import io.opsconductor.plan.Tenant;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.TargetDirectory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the runner's catalogue and target names fresh for one tenant: read at the start, then at an interval, and at once when somebody
 * found them outdated. While the runner does not answer, the last good snapshot stays.
 */
public final class KnowledgeSource implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KnowledgeSource.class);

    private static final Duration STARTING = Duration.ofSeconds(30);
    private static final Duration WHILE_STARTING = Duration.ofMillis(50);
    private static final Duration WHILE_AWAY = Duration.ofSeconds(1);

    private final RunnerClient runner;
    private final Tenant tenant;
    private final Duration interval;
    private final BlockingQueue<Boolean> hurry = new ArrayBlockingQueue<>(1);
    private final CountDownLatch firstTry = new CountDownLatch(1);
    private final long began = System.nanoTime();
    private final Thread thread;
    private volatile @Nullable Knowledge current;
    private volatile @Nullable Refusal problem;

    /** Starts reading at once, in the background. */
    public KnowledgeSource(RunnerClient runner, Tenant tenant, Duration interval) {
        this.runner = runner;
        this.tenant = tenant;
        this.interval = interval;
        this.thread = Thread.ofVirtual().name("catalogue").start(this::keepFresh);
    }

    /** The last good snapshot; empty when there never was one. Waits for the first try at the start of the process. */
    public Optional<Knowledge> current() {
        try {
            if (!firstTry.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.ofNullable(current);
    }

    /** Why the last try failed; empty when it did not. */
    public Optional<Refusal> problem() {
        return Optional.ofNullable(problem);
    }

    /** Reads again soon, without waiting for it. */
    public void refreshSoon() {
        // A full queue means that it is about to be read anyway.
        var _ = hurry.offer(true);
    }

    private void keepFresh() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                refresh();
                firstTry.countDown();
                var _ = hurry.poll(untilNext().toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** While the runner is away, it is looked for more often: people wait for it, most of all while both start. */
    private Duration untilNext() {
        if (problem == null) {
            return interval;
        }
        boolean starting = current == null && System.nanoTime() - began < STARTING.toNanos();
        return starting ? WHILE_STARTING : WHILE_AWAY;
    }

    private void refresh() {
        Optional<Catalogue> tools = value(runner.tools(tenant));
        if (tools.isEmpty()) {
            return;
        }
        Optional<TargetDirectory> targets = value(runner.targets(tenant));
        if (targets.isEmpty()) {
            return;
        }
        Knowledge before = current;
        if (before == null
                || !before.tools().version().equals(tools.get().version())
                || !before.targets().version().equals(targets.get().version())) {
            current = new Knowledge(tools.get(), targets.get());
            LOG.info(
                    "the runner offers {} tools and {} targets",
                    tools.get().tools().size(),
                    targets.get().targets().size());
        }
        if (problem != null) {
            LOG.info("the runner answers");
        }
        problem = null;
    }

    private <T> Optional<T> value(RunnerAnswer<T> answer) {
        return switch (answer) {
            case RunnerAnswer.Ok<T>(T value) -> Optional.of(value);
            case RunnerAnswer.Refused<T>(Refusal refusal) -> failed(refusal);
            case RunnerAnswer.Unreachable<T>(String why) ->
                failed(runner.unreachable(
                        why, "check it with ./opsconductor status; this is tried again every second"));
        };
    }

    private <T> Optional<T> failed(Refusal refusal) {
        if (problem == null) {
            LOG.warn("tools and targets could not be read: {}", refusal.message());
        }
        problem = refusal;
        return Optional.empty();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
