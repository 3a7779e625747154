package io.opsconductor.plan;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which version of their protocol chatbot and runner speak: both speak their own and the one before, so that either can be
 * upgraded first. A call says which one it is in, and its answer is in the same one. Bodies are read strictly, because what was
 * approved has a digest over every field: nothing is ever added to a version, what is new is in the next one.
 *
 * <p>Version 1 is what was spoken before versions were named; version 2 names its version. Their bodies are the same.
 */
public final class Protocol {
    /** The header of a call and of an answer; without it the version is 1. */
    public static final String HEADER = "OpsConductor-Protocol";

    public static final int OWN = 2;
    public static final int BEFORE = 1;

    /** The code of the refusal of a version that the runner does not speak yet. */
    public static final String TOO_NEW = "protocol_too_new";

    /** The code of the refusal of a version that the runner does not speak any more. */
    public static final String TOO_OLD = "protocol_too_old";

    private static final int UNNAMED = 1;
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,5}");

    private Protocol() {}

    /** The version that a header names; empty when it names none. */
    public static Optional<Integer> read(Optional<String> header) {
        return header.isEmpty()
                ? Optional.of(UNNAMED)
                : header.filter(text -> NUMBER.matcher(text).matches()).map(Integer::valueOf);
    }

    /** Whether this side speaks a version. */
    public static boolean isSpoken(int version) {
        return version == OWN || version == BEFORE;
    }

    /** The versions that this side speaks, in words. */
    public static String spoken() {
        return BEFORE + " and " + OWN;
    }
}
