package io.opsconductor.chat.terminal;

import org.jspecify.annotations.Nullable;

/** The request could not be made or not be followed to its end: nobody answers, or not as the chat API does. */
final class CouldNotRunException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String START =
            "Start it with ./opsconductor up, or name another address with --url or OPSCONDUCTOR_CHAT_URL.";

    private final String nextStep;

    /** Nobody who speaks the chat API answers. */
    CouldNotRunException(String message, @Nullable Throwable cause) {
        this(message, START, cause);
    }

    CouldNotRunException(String message, String nextStep, @Nullable Throwable cause) {
        super(message, cause);
        this.nextStep = nextStep;
    }

    /** What to do about it, a sentence. */
    String nextStep() {
        return nextStep;
    }
}
