package io.opsconductor.tool;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The places in a request that no parameter fills: {@code {now}} is the moment of the preview, and {@code {after_NAME}} lies the
 * duration {@code NAME} after it, both in UTC to the second, such as {@code 2026-11-26T12:00:00Z}. A preview that is rendered
 * again has its own moment still, so that what was approved is what is sent.
 */
final class Moments {
    private static final String NOW = "now";
    private static final String AFTER = "after_";

    private Moments() {}

    static boolean isMoment(String name) {
        return name.equals(NOW) || name.startsWith(AFTER);
    }

    /** The place of what lies the duration of that name after the preview. */
    static String after(String duration) {
        return AFTER + duration;
    }

    /** The names that a request with these parameters may use. */
    static Set<String> names(Collection<CatalogueEntry.Parameter> parameters) {
        Set<String> names = new HashSet<>(Set.of(NOW));
        parameters.stream()
                .filter(parameter -> parameter.type() == ParameterType.DURATION)
                .forEach(parameter -> names.add(after(parameter.name())));
        return names;
    }

    /**
     * Null when the duration is absent.
     *
     * @param durations whole seconds by the parameter's name, null where there is none
     */
    static @Nullable String text(String name, Instant moment, Function<String, @Nullable Object> durations) {
        Instant second = moment.truncatedTo(ChronoUnit.SECONDS);
        if (name.equals(NOW)) {
            return second.toString();
        }
        return durations.apply(name.substring(AFTER.length())) instanceof Number seconds
                ? second.plusSeconds(seconds.longValue()).toString()
                : null;
    }
}
