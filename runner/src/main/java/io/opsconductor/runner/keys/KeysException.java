package io.opsconductor.runner.keys;

/** Keys cannot be made or kept. The message names the file, what is wrong with it and the way out. */
public final class KeysException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KeysException(String message) {
        super(message);
    }

    public KeysException(String message, Throwable cause) {
        super(message, cause);
    }
}
