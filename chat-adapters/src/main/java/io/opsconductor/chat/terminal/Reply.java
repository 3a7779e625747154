package io.opsconductor.chat.terminal;

import io.opsconductor.plan.Problem;

/** What a call of the chat API came to. Not reaching the server at all is a {@link CouldNotRunException}. */
sealed interface Reply<T> {
    /** The call was accepted. */
    record Ok<T>(T value) implements Reply<T> {}

    /**
     * The server said no.
     *
     * @param status the HTTP status
     * @param problem why, and what to do
     */
    record Refused<T>(int status, Problem.Detail problem) implements Reply<T> {}
}
