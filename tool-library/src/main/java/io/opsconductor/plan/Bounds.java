package io.opsconductor.plan;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Limits of what a caller may send, checked where a record is made. Fields that are missing are not this class's
 * business: reading requires them.
 */
final class Bounds {
    private Bounds() {}

    static void length(String field, @Nullable String value, int most) {
        if (value != null && value.length() > most) {
            throw new IllegalArgumentException("%s is longer than %d characters".formatted(field, most));
        }
    }

    static void range(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s is %d to %d, not %d".formatted(field, least, most, value));
        }
    }

    static int orZero(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    static void size(String field, List<?> values, int most) {
        if (values.size() > most) {
            throw new IllegalArgumentException("%s has more than %d entries".formatted(field, most));
        }
    }

    static <T> List<T> withoutNulls(String field, List<T> values) {
        if (values.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException(field + " has an entry that is null");
        }
        return List.copyOf(values);
    }
}
