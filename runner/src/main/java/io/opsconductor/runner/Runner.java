package io.opsconductor.runner;

import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.runner.api.Listener;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.execution.Executions;
import io.opsconductor.runner.execution.SharedWork;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A runner that is up. */
public final class Runner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);

    private final Listener api;
    private final Listener health;
    private final Executions executions;
    private final SharedWork sharedWork;
    private final Audit audit;
    private final Duration grace;
    private final List<AutoCloseable> parts;

    /**
     * @param grace how long executions go on after {@link #close}
     * @param parts what else to close, in this order
     */
    Runner(
            Listener api,
            Listener health,
            Executions executions,
            SharedWork sharedWork,
            Audit audit,
            Duration grace,
            List<AutoCloseable> parts) {
        this.api = api;
        this.health = health;
        this.executions = executions;
        this.sharedWork = sharedWork;
        this.audit = audit;
        this.grace = grace;
        this.parts = List.copyOf(parts);
    }

    /** The port of the API. */
    public int apiPort() {
        return api.port();
    }

    /** The port of /health and /metrics. */
    public int healthPort() {
        return health.port();
    }

    /** Accepts no more executions, lets the running ones go on for the grace period, cancels the rest, and closes. */
    @Override
    public void close() {
        int open = drained();
        closed(api);
        closed(health);
        try {
            audit.stopped(open == 0 ? "in order" : open + " executions or targets did not end in time");
        } catch (JournalUnavailableException e) {
            LOG.error("the stop is not in the journal: {}", e.getMessage());
        }
        parts.forEach(Runner::closed);
        LOG.info("runner stopped");
    }

    private int drained() {
        try {
            long until = System.nanoTime() + grace.toNanos();
            return executions.drain(grace) + sharedWork.drain(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return executions.running();
        }
    }

    private static void closed(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("{} did not close in order", part.getClass().getSimpleName(), e);
        }
    }
}
