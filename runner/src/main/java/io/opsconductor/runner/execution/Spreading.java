package io.opsconductor.runner.execution;

import io.opsconductor.kit.trace.Tracing;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.audit.JournaledEnds;
import io.opsconductor.runner.instance.Instances;
import io.opsconductor.runner.instance.Lease;
import io.opsconductor.runner.metrics.RunnerMetrics;
import io.opsconductor.runner.signal.Signals;
import io.opsconductor.runner.store.ExecutionStore;
import io.opsconductor.runner.store.OfferStore;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

/**
 * What the parts need that let targets run in other processes, and run those of others here.
 *
 * @param signals hints from one process to another
 * @param offers what may run elsewhere
 * @param store executions
 * @param settling says what became of what a dead one ran
 * @param lease under whose number this process acts
 * @param instances who else counts
 * @param places for targets of all executions that run here
 * @param most how many places there are
 * @param metrics counts where targets ran
 * @param tracing what runs for another process is within what that one does
 * @param clock says when something was told
 */
public record Spreading(
        Signals signals,
        OfferStore offers,
        ExecutionStore store,
        Settling settling,
        Lease lease,
        Instances instances,
        Semaphore places,
        int most,
        RunnerMetrics metrics,
        Tracing tracing,
        InstantSource clock) {
    /** @param places how many targets run here at once, whoever leads their executions */
    public static Spreading of(
            Signals signals,
            OfferStore offers,
            ExecutionStore store,
            Audit audit,
            JournaledEnds ends,
            Lease lease,
            Instances instances,
            int places,
            RunnerMetrics metrics,
            Tracing tracing,
            InstantSource clock) {
        return new Spreading(
                signals,
                offers,
                store,
                new Settling(audit, ends),
                lease,
                instances,
                new Semaphore(places),
                places,
                metrics,
                tracing,
                clock);
    }
}
