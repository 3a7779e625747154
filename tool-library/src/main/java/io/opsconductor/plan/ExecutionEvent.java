package io.opsconductor.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/**
 * One event of an execution's stream. On the wire each is an SSE event whose {@code id} is {@link #seq()} and whose data
 * is this record as JSON; comments are heartbeats. Sequence numbers rise from 1; gaps are allowed (output and waiting, which are
 * not kept), repeats are not.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ExecutionEvent.Accepted.class, name = "accepted"),
    @JsonSubTypes.Type(value = ExecutionEvent.TargetStarted.class, name = "target_started"),
    @JsonSubTypes.Type(value = ExecutionEvent.Waiting.class, name = "waiting"),
    @JsonSubTypes.Type(value = ExecutionEvent.Output.class, name = "output"),
    @JsonSubTypes.Type(value = ExecutionEvent.TargetFinished.class, name = "target_finished"),
    @JsonSubTypes.Type(value = ExecutionEvent.Finished.class, name = "finished")
})
public sealed interface ExecutionEvent {
    long seq();

    Instant at();

    /** The approvals were good, the execution id is consumed and the work is about to start. */
    record Accepted(long seq, Instant at, String executionId) implements ExecutionEvent {}

    /** A step is about to start on a target; the audit record is already durable. */
    record TargetStarted(long seq, Instant at, int step, String tool, String target) implements ExecutionEvent {}

    /**
     * A step waits before it goes on: between two batches, for another change on the same target to end, or before the next
     * try. It is not kept.
     *
     * @param target whose turn waits; empty for the step as a whole
     * @param reason for what and how long, in a sentence
     */
    record Waiting(long seq, Instant at, int step, String tool, String target, String reason)
            implements ExecutionEvent {}

    /**
     * A piece of output, masked.
     *
     * @param stream {@code stdout} or {@code stderr}
     */
    record Output(long seq, Instant at, int step, String target, String stream, String text)
            implements ExecutionEvent {}

    /** A target is done with a step. */
    record TargetFinished(long seq, Instant at, TargetResult result) implements ExecutionEvent {}

    /** The end: always the last event. */
    record Finished(long seq, Instant at, ExecutionStatus status, ExecutionAnswer.Summary result)
            implements ExecutionEvent {}
}
