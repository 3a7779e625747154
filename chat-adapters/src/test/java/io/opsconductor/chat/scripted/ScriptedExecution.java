package io.opsconductor.chat.scripted;

import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.ExecutionAnswer;
import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An execution whose events the test makes. */
public final class ScriptedExecution {
    private final ExecuteRequest request;
    private final List<ExecutionEvent> events = new ArrayList<>();
    private int dropped;

    ScriptedExecution(ExecuteRequest request) {
        this.request = request;
        add(new ExecutionEvent.Accepted(1, Instant.now(), request.executionId()));
    }

    public ExecuteRequest request() {
        return request;
    }

    public synchronized void started(String target) {
        add(new ExecutionEvent.TargetStarted(next(), Instant.now(), 0, tool(), target));
    }

    /** A step, or its turn on a target, waits. */
    public synchronized void waits(String target, String reason) {
        add(new ExecutionEvent.Waiting(next(), Instant.now(), 0, tool(), target, reason));
    }

    public synchronized void output(String target, String text) {
        add(new ExecutionEvent.Output(next(), Instant.now(), 0, target, "stdout", text));
    }

    public synchronized void finished(String target, String stdout) {
        add(new ExecutionEvent.TargetFinished(
                next(),
                Instant.now(),
                new TargetResult(0, tool(), target, TargetStatus.SUCCEEDED, 0, stdout, "", false, false, 5, "")));
    }

    /** A target of a step ended in some way, with nothing said. */
    public synchronized void finished(int step, String target, TargetStatus status) {
        add(new ExecutionEvent.TargetFinished(
                next(),
                Instant.now(),
                new TargetResult(
                        step,
                        request.plan().steps().get(step).tool(),
                        target,
                        status,
                        null,
                        "",
                        "",
                        false,
                        false,
                        5,
                        "the test says so")));
    }

    public synchronized void ended(ExecutionStatus status, String message) {
        add(new ExecutionEvent.Finished(next(), Instant.now(), status, new ExecutionAnswer.Summary(1, 0, 5, message)));
    }

    /** Ends every stream that is open now, as a lost connection does. */
    public synchronized void drop() {
        dropped++;
        notifyAll();
    }

    synchronized int drops() {
        return dropped;
    }

    synchronized ExecutionAnswer answer() {
        List<TargetResult> results = events.stream()
                .filter(ExecutionEvent.TargetFinished.class::isInstance)
                .map(event -> ((ExecutionEvent.TargetFinished) event).result())
                .toList();
        ExecutionStatus status = events.getLast() instanceof ExecutionEvent.Finished finished
                ? finished.status()
                : ExecutionStatus.RUNNING;
        return new ExecutionAnswer(
                request.executionId(), request.digest(), status, new ExecutionAnswer.Summary(0, 0, 0, ""), results);
    }

    /** Events after a number; waits for the first unless the streams are dropped or the time is up. */
    synchronized List<ExecutionEvent> after(long seq, int drops, Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        while (events.getLast().seq() <= seq && dropped == drops && System.nanoTime() < end) {
            wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
        return events.stream().filter(event -> event.seq() > seq).toList();
    }

    private String tool() {
        return request.plan().steps().getFirst().tool();
    }

    private long next() {
        return events.size() + 1L;
    }

    private synchronized void add(ExecutionEvent event) {
        events.add(event);
        notifyAll();
    }
}
