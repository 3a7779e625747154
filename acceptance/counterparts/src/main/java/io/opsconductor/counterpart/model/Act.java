package io.opsconductor.counterpart.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** What a scripted model does when it is asked. */
public sealed interface Act {
    /** Answers with these words. */
    record Says(String text) implements Act {}

    /** Answers with these words after a while, with nothing before. */
    record SaysLate(String text, Duration after) implements Act {}

    /** Begins at once, and then sends a piece of the answer now and then. */
    record Drips(String text, Duration between) implements Act {}

    /** Begins to answer and breaks the connection. */
    record BreaksOff(String text) implements Act {}

    /** Ends its stream properly, but without saying that it is done; a whole answer says so neither. */
    record ForgetsTheEnd(String text) implements Act {}

    /** Stops because it has no tokens left. */
    record RunsOut(String text) implements Act {}

    /** Asks for a tool to be called. */
    record CallsTool(String name, ObjectNode arguments) implements Act {}

    /** Puts bytes on the wire that are not of the protocol, under a good status. */
    record Babbles(String raw) implements Act {}

    /**
     * Fails.
     *
     * @param retryAfter sent as a header unless it is zero
     */
    record Fails(int status, String error, Duration retryAfter) implements Act {
        public Fails(int status, String error) {
            this(status, error, Duration.ZERO);
        }
    }
}
