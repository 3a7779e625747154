package io.opsconductor.brain.model;

import io.opsconductor.text.Shown;
import java.security.SecureRandom;

/** Marks where data begins and ends for a model, with a mark that nobody who wrote the data could know. */
public final class Fence {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Fence() {}

    /** The data between two lines of marks; what cannot be seen in it is shown as escapes, line ends aside. */
    public static String around(String data) {
        String mark = "=====" + Long.toHexString(RANDOM.nextLong()) + "=====";
        StringBuilder visible = new StringBuilder(data.length());
        data.codePoints().forEach(c -> {
            if (c == '\n' || c == '\t' || !Shown.isHidden(c)) {
                visible.appendCodePoint(c);
            } else {
                visible.append(Shown.escape(c));
            }
        });
        return "Data begins " + mark + "\n" + visible + "\nData ends " + mark;
    }
}
