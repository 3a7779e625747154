package io.opsconductor.json;

/** Text that is not JSON or not of the expected shape; the message is fit for the sender's eyes. */
public final class InvalidJsonException extends RuntimeException {
    public InvalidJsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
