package io.opsconductor.kit.trace;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One piece of work of one trace, as one process names it to another (W3C Trace Context, level 2).
 *
 * @param traceId 32 hexadecimal digits, lower case, not all zero
 * @param spanId 16 hexadecimal digits, lower case, not all zero
 * @param sampled whether the trace is sent to a collector
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {
    /** The name of the header. */
    public static final String HEADER = "traceparent";

    private static final int SAMPLED = 1;
    /** What a later version adds follows a hyphen; the version ff is none. */
    private static final Pattern VALUE =
            Pattern.compile("(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    private static final int MAX_CHARS = 512;

    /** What a header says; empty for a missing or malformed one, which the standard wants to be ignored. */
    public static Optional<TraceContext> read(Optional<String> header) {
        return header.filter(value -> value.length() <= MAX_CHARS)
                .map(VALUE::matcher)
                .filter(Matcher::matches)
                .filter(value -> value.group(5) == null || !value.group(1).equals("00"))
                .map(value -> new TraceContext(
                        value.group(2), value.group(3), (Integer.parseInt(value.group(4), 16) & SAMPLED) == SAMPLED));
    }

    /** The header's value. */
    public String header() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }
}
