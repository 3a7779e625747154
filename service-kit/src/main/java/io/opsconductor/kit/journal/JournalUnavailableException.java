package io.opsconductor.kit.journal;

import org.jspecify.annotations.Nullable;

/** The journal cannot make a record durable: whatever wanted to be recorded must not happen. */
public final class JournalUnavailableException extends RuntimeException {
    public JournalUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
