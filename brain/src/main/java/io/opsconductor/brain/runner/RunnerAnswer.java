package io.opsconductor.brain.runner;

import io.opsconductor.brain.Refusal;

/** What came of a call to the runner. */
public sealed interface RunnerAnswer<T> {
    /** It answered. */
    record Ok<T>(T value) implements RunnerAnswer<T> {}

    /** It refused, in its own words. */
    record Refused<T>(Refusal refusal) implements RunnerAnswer<T> {}

    /**
     * Nothing usable came back: whether the call reached it is unknown.
     *
     * @param why such as "connection refused"
     */
    record Unreachable<T>(String why) implements RunnerAnswer<T> {}
}
