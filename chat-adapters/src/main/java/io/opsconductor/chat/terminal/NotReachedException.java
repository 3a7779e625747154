package io.opsconductor.chat.terminal;

import org.jspecify.annotations.Nullable;

/** The server could not be reached, answered something else than the chat API, or not in time. */
final class NotReachedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotReachedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
