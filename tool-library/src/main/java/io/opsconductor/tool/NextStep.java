package io.opsconductor.tool;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request that people often make after a tool's result, worded by whoever wrote the tool. It is an offer of words to say:
 * whoever says them gets a plan like any other, and nothing of it comes from what a command wrote.
 *
 * @param tool name of the tool that it asks for
 * @param say the request, with {@code {target}} and the tool's parameters in braces
 * @param when after which results
 */
public record NextStep(String tool, String say, When when) {
    /** The place of the targets' names. */
    public static final String TARGET = "target";

    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

    /** After which results a request is offered. */
    public enum When {
        /** Where the output shows something to look at, such as a full disk. */
        ATTENTION,
        /** Where it did not succeed. */
        FAILED,
        ALWAYS;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** {@code word}: one of the words; anything else, also of a newer runner, is read as attention. */
        @JsonCreator
        static When of(String word) {
            for (When when : values()) {
                if (when.word().equals(word)) {
                    return when;
                }
            }
            return ATTENTION;
        }
    }

    /** The names in braces, in order. */
    List<String> places() {
        return PLACE.matcher(say).results().map(match -> match.group(1)).toList();
    }

    /** Whether it names the targets. */
    public boolean namesTarget() {
        return places().contains(TARGET);
    }

    /** The request with values in its places; empty when one of them is missing. */
    public Optional<String> said(Map<String, String> values) {
        if (!values.keySet().containsAll(places())) {
            return Optional.empty();
        }
        return Optional.of(
                PLACE.matcher(say).replaceAll(match -> Matcher.quoteReplacement(values.get(match.group(1)))));
    }
}
