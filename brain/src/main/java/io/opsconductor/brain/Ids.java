package io.opsconductor.brain;

import java.security.SecureRandom;

/** Makes identifiers: a letter that says of what, and 16 random characters (80 bits) that nobody can guess. */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ALPHABET = "abcdefghjkmnpqrstvwxyz0123456789";
    private static final int LENGTH = 16;

    private Ids() {}

    public static String conversation() {
        return random('c');
    }

    public static String message() {
        return random('m');
    }

    public static String question() {
        return random('q');
    }

    public static String approval() {
        return random('a');
    }

    public static String execution() {
        return random('x');
    }

    private static String random(char kind) {
        StringBuilder id = new StringBuilder(LENGTH + 1).append(kind);
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
