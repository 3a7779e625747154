package io.opsconductor.runner.execution;

import io.opsconductor.kit.log.LogContext;
import io.opsconductor.kit.trace.Span;
import io.opsconductor.kit.trace.Tracing;
import io.opsconductor.plan.Batch;
import io.opsconductor.plan.Failures;
import io.opsconductor.plan.Pace;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.metrics.RunnerMetrics;
import io.opsconductor.runner.preview.ResolvedStep;
import io.opsconductor.runner.step.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One step, batch by batch, each followed by the steps that verify it. Positions are those of the step's targets. When more
 * of them have failed than may, no further one is started; what runs goes on to its end.
 */
final class StepRun {
    private static final Logger LOG = LoggerFactory.getLogger(StepRun.class);

    private final LiveExecution execution;
    private final int index;
    private final List<Integer> verifiers;
    private final TargetWork targets;
    private final ExecutorService threads;
    private final Semaphore room;
    private final Cancellation stop;
    private final Results results;
    private final Tracing tracing;
    private final ResolvedStep step;
    private final Set<Integer> failed = Collections.synchronizedSet(new TreeSet<>());

    /**
     * A step whose time has come.
     *
     * @param verifiers the steps that verify it
     * @param room for targets of the whole execution at once
     * @param stop ends it early; when it comes, nothing more is started
     */
    StepRun(
            LiveExecution execution,
            int index,
            List<Integer> verifiers,
            TargetWork targets,
            ExecutorService threads,
            Semaphore room,
            Cancellation stop,
            Results results,
            Tracing tracing) {
        this.execution = execution;
        this.index = index;
        this.verifiers = verifiers;
        this.targets = targets;
        this.threads = threads;
        this.room = room;
        this.stop = stop;
        this.results = results;
        this.tracing = tracing;
        this.step = execution.steps().get(index);
    }

    StepEnd run() {
        List<List<Integer>> batches = batches();
        for (int batch = 0; batch < batches.size(); batch++) {
            String why = whyNoMore();
            if (why == null && batch > 0 && pace().pauseSeconds() > 0 && !hasBegun(batches.get(batch))) {
                pause(batch, batches.size());
                why = whyNoMore();
            }
            if (why == null) {
                all(index, batches.get(batch), pace().concurrency());
                verify(batches.get(batch));
            } else {
                for (int position : batches.get(batch)) {
                    leaveOut(position, why);
                }
            }
        }
        return end();
    }

    /** Whether another process began with it, before this one went on with the execution. */
    private boolean hasBegun(List<Integer> batch) {
        return batch.stream().anyMatch(position -> targets.hasBegun(execution, index, position));
    }

    private Pace pace() {
        return step.options().pace();
    }

    private List<List<Integer>> batches() {
        Batch batch = pace().batch();
        int all = step.targets().size();
        int size = batch == null ? all : batch.of(all);
        List<List<Integer>> batches = new ArrayList<>();
        for (int from = 0; from < all; from += size) {
            batches.add(
                    IntStream.range(from, Math.min(all, from + size)).boxed().toList());
        }
        return batches;
    }

    private void pause(int batch, int batches) {
        int seconds = pace().pauseSeconds();
        targets.waits(
                execution, index, "", "Waits " + seconds + " s before batch " + (batch + 1) + " of " + batches + ".");
        stop.await(Duration.ofSeconds(seconds));
    }

    /** Why no further target of this step is started; null while one may be. */
    private @Nullable String whyNoMore() {
        if (stop.isCancelled()) {
            return TargetRunner.notStarted(stop);
        }
        Integer limit = limit();
        if (limit == null || failed.size() <= limit) {
            return null;
        }
        return failed.size() == 1
                ? "Not started, because it failed on "
                        + name(index, failed.iterator().next()) + " before."
                : "Not started, because it failed on " + failed.size() + " targets before"
                        + (limit == 0 ? "." : ", and " + limit + " may fail.");
    }

    /** How many may fail before no more are started; null for any number. */
    private @Nullable Integer limit() {
        Failures failures = step.options().failures();
        boolean stepwise = pace().batch() != null || pace().concurrency() > 0;
        if (failures.allowed() != null) {
            return failures.allowed();
        }
        return stepwise && failures.then() == Failures.Then.STOP ? 0 : null;
    }

    /** Runs targets of a step side by side, as many at once as may, and waits for them. */
    private void all(int of, List<Integer> positions, int concurrency) {
        Semaphore own = new Semaphore(concurrency == 0 ? Integer.MAX_VALUE : concurrency);
        List<Future<?>> running = new ArrayList<>();
        for (int position : positions) {
            own.acquireUninterruptibly();
            room.acquireUninterruptibly();
            String why = of == index && !targets.hasBegun(execution, of, position) ? whyNoMore() : null;
            if (why != null) {
                own.release();
                room.release();
                leaveOut(position, why);
                continue;
            }
            running.add(threads.submit(tracing.carried(() -> {
                try {
                    TargetResult result = one(of, position);
                    results.put(of, position, result);
                    if (of == index && result.status() != TargetStatus.SUCCEEDED) {
                        failed.add(position);
                    }
                } finally {
                    room.release();
                    own.release();
                }
            })));
        }
        running.forEach(StepRun::ended);
    }

    private TargetResult one(int of, int position) {
        try (LogContext _ = LogContext.of(execution.stored().conversation(), execution.id());
                Span span = tracing.within("target", Span.Kind.INTERNAL)) {
            ResolvedStep ran = execution.steps().get(of);
            span.with("opsconductor.target", name(of, position))
                    .with("opsconductor.step", of + 1)
                    .with("opsconductor.tool", ran.tool())
                    .with(
                            "opsconductor.method",
                            RunnerMetrics.method(ran.targets().get(position).command()));
            TargetResult result = targets.run(execution, of, position, stop);
            span.outcome(result.status().word(), result.status() == TargetStatus.SUCCEEDED);
            return result;
        } catch (RuntimeException e) {
            String tool = execution.steps().get(of).tool();
            LOG.error("{} could not be carried through on {}", tool, name(of, position), e);
            return TargetRunner.notRun(
                    of,
                    tool,
                    name(of, position),
                    TargetStatus.INTERRUPTED,
                    "The runner failed here and cannot say what became of it; its log has the cause.");
        }
    }

    /** Verifies a batch where it succeeded; a target that fails here counts as failed in this step. */
    private void verify(List<Integer> batch) {
        for (int verifier : verifiers) {
            Set<Integer> wanted = new LinkedHashSet<>();
            for (int position : batch) {
                ofVerifier(verifier, position, at -> {
                    if (failed.contains(position)) {
                        results.put(verifier, at, targets.skip(execution, verifier, at, unverified()));
                    } else if (!results.has(verifier, at)) {
                        // It has a result already where the target was left out, and nothing is to be verified.
                        wanted.add(at);
                    }
                });
            }
            all(verifier, List.copyOf(wanted), 0);
            for (int position : batch) {
                ofVerifier(verifier, position, at -> {
                    if (wanted.contains(at) && !results.succeeded(verifier, at)) {
                        failed.add(position);
                    }
                });
            }
        }
    }

    private String unverified() {
        return "Not started, because step " + (index + 1) + " (" + step.tool() + ") did not succeed there.";
    }

    private void ofVerifier(int verifier, int position, IntConsumer at) {
        List<ResolvedStep.ResolvedTarget> all = execution.steps().get(verifier).targets();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).place().name().equals(name(index, position))) {
                at.accept(i);
            }
        }
    }

    private void leaveOut(int position, String reason) {
        results.put(index, position, targets.skip(execution, index, position, reason));
        for (int verifier : verifiers) {
            ofVerifier(
                    verifier, position, at -> results.put(verifier, at, targets.skip(execution, verifier, at, reason)));
        }
    }

    private String name(int of, int position) {
        return execution.steps().get(of).targets().get(position).place().name();
    }

    private StepEnd end() {
        StepEnd.State state = results.state(index);
        if (state == StepEnd.State.SUCCEEDED && !failed.isEmpty()) {
            // It succeeded by its own exit code, and did not stand up to what verifies it.
            state = StepEnd.State.FAILED;
        }
        Failures failures = step.options().failures();
        int allowed = failures.allowed() == null ? 0 : failures.allowed();
        boolean everywhere = !results.leftOut(index);
        boolean tolerated = everywhere && failed.size() <= allowed;
        if (tolerated || failures.then() == Failures.Then.CONTINUE) {
            return new StepEnd(state, "");
        }
        String of = "Not started, because step " + (index + 1) + " (" + step.tool() + ")";
        return new StepEnd(
                state,
                allowed == 0 || failed.size() <= allowed
                        ? of + " did not succeed everywhere."
                        : of + " failed on " + failed.size() + " targets, and " + allowed + " may fail.");
    }

    private static void ended(Future<?> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    future.get();
                    return;
                } catch (InterruptedException e) {
                    // What was started must be waited for: only its end says what became of it.
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("a target's thread died", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
