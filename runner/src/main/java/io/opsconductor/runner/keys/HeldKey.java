package io.opsconductor.runner.keys;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A key or certificate of a home.
 *
 * @param what such as "the chatbot's certificate"
 * @param fullId what it is known by: a certificate's SHA-256 fingerprint, a signing key's id
 * @param from since when; empty where nothing says so
 * @param until when it ends; empty when it does not
 * @param file where it is
 */
public record HeldKey(
        Kind kind,
        String what,
        String fullId,
        Optional<Instant> from,
        Optional<Instant> until,
        State state,
        Path file) {
    /** So many hexadecimal digits are shown and are enough to name it. */
    static final int ID_LENGTH = 16;

    /** What it is for. */
    public enum Kind {
        AUTHORITY("authority"),
        CERTIFICATE("certificates"),
        SIGNING("signing"),
        AUDIT("audit");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As {@code keys rotate} takes it. */
        public String word() {
            return word;
        }
    }

    /** How it stands. */
    public enum State {
        IN_USE,
        /** In use, and for less than 30 days. */
        ENDS_SOON,
        /** Not in use any more, and still counts. */
        OVERLAPS,
        /** Kept to check what was signed. */
        FORMER,
        REVOKED,
        ENDED
    }

    public String id() {
        return fullId.substring(0, ID_LENGTH);
    }

    boolean isInUse() {
        return state == State.IN_USE || state == State.ENDS_SOON;
    }
}
