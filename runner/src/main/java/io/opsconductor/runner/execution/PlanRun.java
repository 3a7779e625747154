package io.opsconductor.runner.execution;

import io.opsconductor.kit.log.LogContext;
import io.opsconductor.kit.trace.Span;
import io.opsconductor.kit.trace.Tracing;
import io.opsconductor.plan.StepGraph;
import io.opsconductor.plan.StepGraph.Node;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.When;
import io.opsconductor.runner.preview.ResolvedStep;
import io.opsconductor.runner.step.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One execution from its first step to its last. Each step has a thread that waits for the steps before it, decides, runs, and
 * then lets those go on that wait for it. A step that verifies another one is run along with that one.
 */
final class PlanRun {
    private final LiveExecution execution;
    private final TargetWork targets;
    private final ExecutorService threads;
    private final ScheduledExecutorService timer;
    private final Tracing tracing;
    private final Semaphore room;
    private final StepGraph graph;
    private final Results results;
    private final List<CompletableFuture<StepEnd>> ends = new ArrayList<>();

    /** @param parallelTargets how many targets of the execution run at once */
    PlanRun(
            LiveExecution execution,
            TargetWork targets,
            ExecutorService threads,
            ScheduledExecutorService timer,
            int parallelTargets,
            Tracing tracing) {
        this.execution = execution;
        this.targets = targets;
        this.threads = threads;
        this.timer = timer;
        this.tracing = tracing;
        this.room = new Semaphore(parallelTargets);
        this.graph = switch (StepGraph.read(
                execution.steps().stream().map(ResolvedStep::options).toList())) {
            case StepGraph.Read.Sound(StepGraph sound) -> sound;
            case StepGraph.Read.Broken(List<String> problems) ->
                throw new IllegalStateException("a plan was approved that cannot run: " + problems);
        };
        this.results = new Results(execution.steps());
        execution.steps().forEach(step -> ends.add(new CompletableFuture<>()));
    }

    /** Runs it; every target of every step has a result then, in the plan's order. */
    List<TargetResult> run() {
        Cancellation stop = execution.cancellation().part();
        int seconds = execution.stored().preview().deadlineSeconds();
        Duration ran = Duration.ofNanos(System.nanoTime() - execution.beganNanos());
        String passed = "The deadline of the whole plan, " + seconds + " s, had passed.";
        try (Deadline _ = deadline(stop, seconds, ran, passed)) {
            for (int step = 0; step < execution.steps().size(); step++) {
                int index = step;
                if (graph.nodes().get(step).verified() == null) {
                    Future<?> _ = threads.submit(tracing.carried(() -> {
                        try (LogContext _ = LogContext.of(execution.stored().conversation(), execution.id())) {
                            settle(index, stop);
                        }
                    }));
                }
            }
            ends.forEach(CompletableFuture::join);
        }
        return results.all();
    }

    private void settle(int step, Cancellation stop) {
        List<Integer> verifiers = graph.verifiersOf(step);
        try {
            StepEnd end = end(step, verifiers, stop);
            verifiers.forEach(verifier -> ends.get(verifier).complete(verified(verifier, end)));
            ends.get(step).complete(end);
        } catch (RuntimeException e) {
            // Whoever waits for this step must not wait for ever.
            verifiers.forEach(verifier -> ends.get(verifier).completeExceptionally(e));
            ends.get(step).completeExceptionally(e);
        }
    }

    private StepEnd end(int step, List<Integer> verifiers, Cancellation stop) {
        Node node = graph.nodes().get(step);
        List<StepEnd> before = new ArrayList<>();
        node.after().forEach(other -> before.add(ends.get(other).join()));
        if (stop.isCancelled()) {
            return leftOut(step, verifiers, TargetRunner.notStarted(stop));
        }
        When when = execution.steps().get(step).options().when();
        Integer condition = node.condition();
        int at = 0;
        for (int other : node.after()) {
            boolean isCondition = condition != null && condition == other;
            StepEnd end = before.get(at++);
            if (!isCondition && end.blocksOthers()) {
                return leftOut(step, verifiers, end.blocks());
            }
        }
        if (when != null && condition != null && !ends.get(condition).join().is(when.is())) {
            return notNeeded(step, verifiers, when, condition);
        }
        return ran(step, verifiers, stop);
    }

    private StepEnd ran(int step, List<Integer> verifiers, Cancellation stop) {
        Cancellation own = stop.part();
        int seconds = execution.steps().get(step).options().deadlineSeconds();
        Duration ran = seconds == 0 ? Duration.ZERO : targets.ran(execution, step);
        try (Span span = tracing.within("step", Span.Kind.INTERNAL);
                Deadline _ = deadline(own, seconds, ran, "The step's deadline of " + seconds + " s had passed.")) {
            ResolvedStep resolved = execution.steps().get(step);
            span.with("opsconductor.step", step + 1)
                    .with("opsconductor.tool", resolved.tool())
                    .with("opsconductor.targets", resolved.targets().size());
            StepEnd end = new StepRun(execution, step, verifiers, targets, threads, room, own, results, tracing).run();
            span.outcome(end.state().name().toLowerCase(Locale.ROOT), end.state() == StepEnd.State.SUCCEEDED);
            return end;
        }
    }

    private StepEnd leftOut(int step, List<Integer> verifiers, String reason) {
        each(step, verifiers, (index, position) -> targets.skip(execution, index, position, reason));
        return StepEnd.notStarted(reason);
    }

    private StepEnd notNeeded(int step, List<Integer> verifiers, When when, int condition) {
        String reason = "Not needed, because step " + (condition + 1) + " ("
                + execution.steps().get(condition).tool() + ")"
                + switch (when.is()) {
                    case SUCCEEDED -> " did not succeed everywhere.";
                    case FAILED -> " did not fail.";
                    case ENDED -> " was not started.";
                };
        each(step, verifiers, (index, position) -> targets.notNeeded(execution, index, position, reason));
        return StepEnd.WITHOUT_NEED;
    }

    private interface LeavingOut {
        TargetResult of(int step, int position);
    }

    private void each(int step, List<Integer> verifiers, LeavingOut leavingOut) {
        List<Integer> all = new ArrayList<>(verifiers);
        all.addFirst(step);
        for (int index : all) {
            for (int i = 0; i < execution.steps().get(index).targets().size(); i++) {
                results.put(index, i, leavingOut.of(index, i));
            }
        }
    }

    /** A step that verifies blocks where the verified one does: a target that failed in it has failed in that one. */
    private StepEnd verified(int verifier, StepEnd end) {
        return end.state() == StepEnd.State.NOT_NEEDED ? end : new StepEnd(results.state(verifier), end.blocks());
    }

    private interface Deadline extends AutoCloseable {
        @Override
        void close();
    }

    private Deadline deadline(Cancellation stop, int seconds, Duration ran, String reason) {
        if (seconds == 0) {
            return () -> {};
        }
        Future<?> set = timer.schedule(
                () -> stop.expire(reason),
                Duration.ofSeconds(seconds).minus(ran).toMillis(),
                TimeUnit.MILLISECONDS);
        return () -> set.cancel(false);
    }
}
