package io.opsconductor.chat.card;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers, times and sizes in words. */
public final class Amounts {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Amounts() {}

    /** "1 target", "3 targets". */
    public static String count(long n, String noun) {
        return grouped(n) + " " + noun + (n == 1 ? "" : "s");
    }

    public static String grouped(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** 132 ms, 4.2 s, 3 min 05 s. */
    public static String duration(long ms) {
        if (ms < 1_000) {
            return ms + " ms";
        }
        if (ms < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", ms / 1_000.0);
        }
        long seconds = Math.round(ms / 1_000.0);
        return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
    }

    /** 0:42, 12:07, 1:02:03. */
    public static String clock(long seconds) {
        return seconds < 3_600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    }

    /** How long a text is, for people: "812 characters", "1.2 million characters". */
    public static String characters(long n) {
        return n < 1_000_000
                ? count(n, "character")
                : String.format(Locale.ROOT, "%.1f million characters", n / 1_000_000.0);
    }

    public static String utc(Instant at) {
        return UTC.format(at);
    }
}
