package io.opsconductor.tool;

/**
 * A value that was not fit to be put into a command. Values are checked before they are rendered, so this means that the
 * check was left out or passed over; nothing may run.
 */
public final class RenderingException extends RuntimeException {
    public RenderingException(String message) {
        super(message);
    }
}
