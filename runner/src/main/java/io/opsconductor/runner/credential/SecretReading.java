package io.opsconductor.runner.credential;

/** What came of looking for a secret. */
public sealed interface SecretReading {
    /** It is there, and the masker knows it. */
    record Read(Secret secret) implements SecretReading {}

    /**
     * It cannot be had.
     *
     * @param reason which place, and what is wrong with it, as the end of a sentence
     */
    record Unavailable(String reason) implements SecretReading {}
}
