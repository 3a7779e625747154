package io.opsconductor.runner.credential;

/** A secret cannot be had. The message is the end of a sentence, names the place, and holds nothing of the secret. */
final class SecretUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    SecretUnavailableException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
