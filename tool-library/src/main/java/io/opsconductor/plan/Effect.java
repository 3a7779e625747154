package io.opsconductor.plan;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a tool does to its target, mildest first, so that the greatest of a plan's effects is its effect. */
public enum Effect {
    READ,
    CHANGE,
    DESTROY;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
