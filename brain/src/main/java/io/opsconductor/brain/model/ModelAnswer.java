package io.opsconductor.brain.model;

import java.time.Duration;

/** What came of asking. */
public sealed interface ModelAnswer {
    /**
     * It said something, and said it to its end.
     *
     * @param text not blank, not trusted
     * @param tokens both ways; 0 when the server did not tell
     */
    record Said(String text, int tokens) implements ModelAnswer {}

    /**
     * There is no answer.
     *
     * @param words what happened, for people; never what the model or the server wrote at length
     * @param retryAfter how long the server asks to be left alone; zero when it does not say
     */
    record Failed(Failure failure, String words, Duration retryAfter) implements ModelAnswer {
        public Failed(Failure failure, String words) {
            this(failure, words, Duration.ZERO);
        }
    }

    /** Why there is no answer. */
    enum Failure {
        /** Nobody listens there, or the connection broke. */
        UNREACHABLE,
        /** It took too long. */
        SLOW,
        /** The key is missing, wrong or not allowed. */
        UNAUTHORISED,
        /** The server does not have this model. */
        MISSING,
        /** Too many requests. */
        BUSY,
        /** The server failed. */
        BROKEN,
        /** The server does not take such a request. */
        REFUSED,
        /** The answer is empty, cut off, or not what was asked for. */
        UNUSABLE,
        /** The message has used up its time or tokens. */
        OVER_BUDGET,
        /** It failed too often just now and is left alone. */
        PAUSED;

        /** Whether the same question may well be answered a moment later. */
        boolean passes() {
            return this == BUSY || this == BROKEN || this == UNREACHABLE;
        }
    }
}
