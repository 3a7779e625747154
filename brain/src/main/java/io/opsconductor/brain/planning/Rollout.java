package io.opsconductor.brain.planning;

import io.opsconductor.plan.Batch;
import org.jspecify.annotations.Nullable;

/**
 * How a request was asked to run, as far as it was said.
 *
 * @param batch how many targets at a time; null when nothing was said
 * @param concurrency how many targets at once; 0 when nothing was said
 * @param pauseSeconds between batches; 0 when nothing was said
 * @param allowed how many may fail before it stops; null when nothing was said
 * @param goesOn whether it goes on after failures
 * @param parallel whether its steps run side by side
 * @param retries how often a target is tried again; 0 when nothing was said
 * @param deadlineSeconds within which all of it must have ended; 0 when nothing was said
 * @param verify whether each change is to be verified
 */
public record Rollout(
        @Nullable Batch batch,
        int concurrency,
        int pauseSeconds,
        @Nullable Integer allowed,
        boolean goesOn,
        boolean parallel,
        int retries,
        int deadlineSeconds,
        boolean verify) {
    /** Nothing was said. */
    public static final Rollout USUAL = new Rollout(null, 0, 0, null, false, false, 0, 0, false);

    /** This, and {@code earlier} where this says nothing. */
    public Rollout over(Rollout earlier) {
        return new Rollout(
                batch == null ? earlier.batch : batch,
                concurrency == 0 ? earlier.concurrency : concurrency,
                pauseSeconds == 0 ? earlier.pauseSeconds : pauseSeconds,
                allowed == null ? earlier.allowed : allowed,
                goesOn || earlier.goesOn,
                parallel || earlier.parallel,
                retries == 0 ? earlier.retries : retries,
                deadlineSeconds == 0 ? earlier.deadlineSeconds : deadlineSeconds,
                verify || earlier.verify);
    }

    Rollout inBatches(Batch of) {
        return new Rollout(of, concurrency, pauseSeconds, allowed, goesOn, parallel, retries, deadlineSeconds, verify);
    }

    Rollout atOnce(int most) {
        return new Rollout(batch, most, pauseSeconds, allowed, goesOn, parallel, retries, deadlineSeconds, verify);
    }

    Rollout pausing(int seconds) {
        return new Rollout(batch, concurrency, seconds, allowed, goesOn, parallel, retries, deadlineSeconds, verify);
    }

    Rollout allowing(int failures) {
        return new Rollout(
                batch, concurrency, pauseSeconds, failures, goesOn, parallel, retries, deadlineSeconds, verify);
    }

    Rollout goingOn() {
        return new Rollout(batch, concurrency, pauseSeconds, allowed, true, parallel, retries, deadlineSeconds, verify);
    }

    Rollout sideBySide() {
        return new Rollout(batch, concurrency, pauseSeconds, allowed, goesOn, true, retries, deadlineSeconds, verify);
    }

    Rollout tryingAgain(int times) {
        return new Rollout(batch, concurrency, pauseSeconds, allowed, goesOn, parallel, times, deadlineSeconds, verify);
    }

    Rollout within(int seconds) {
        return new Rollout(batch, concurrency, pauseSeconds, allowed, goesOn, parallel, retries, seconds, verify);
    }

    Rollout verified() {
        return new Rollout(batch, concurrency, pauseSeconds, allowed, goesOn, parallel, retries, deadlineSeconds, true);
    }
}
