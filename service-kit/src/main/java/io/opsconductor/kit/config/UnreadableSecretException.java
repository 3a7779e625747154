package io.opsconductor.kit.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;

/** A secret that is there and cannot be read; the message names its place. */
public final class UnreadableSecretException extends RuntimeException {
    UnreadableSecretException(String place, IOException cause) {
        super("the secret " + place + " cannot be read: " + reason(cause), cause);
    }

    private static String reason(IOException e) {
        return e instanceof AccessDeniedException
                ? "permission denied"
                : e instanceof CharacterCodingException ? "it is not text" : String.valueOf(e.getMessage());
    }
}
