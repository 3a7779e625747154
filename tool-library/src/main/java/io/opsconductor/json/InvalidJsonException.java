package io.opsconductor.json;

import org.jspecify.annotations.Nullable;

/** Text that is not JSON or not of the expected shape; the message is fit for the sender's eyes. */
public final class InvalidJsonException extends RuntimeException {
    public InvalidJsonException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
