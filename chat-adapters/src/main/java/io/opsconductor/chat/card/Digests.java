package io.opsconductor.chat.card;

/** A digest, short enough to be compared by eye. */
public final class Digests {
    private static final int SHOWN = 12;

    private Digests() {}

    /** The first {@value #SHOWN} digits, without the name of the algorithm. */
    public static String shortForm(String digest) {
        String digits = digest.substring(digest.indexOf(':') + 1);
        return digits.substring(0, Math.min(SHOWN, digits.length()));
    }
}
