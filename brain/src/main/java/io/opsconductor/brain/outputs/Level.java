package io.opsconductor.brain.outputs;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much something asks to be looked at; later ones more. */
public enum Level {
    OK,
    WARN,
    BAD;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of a share that is in use, in percent: from 80 on it is close, from 90 on it is urgent. */
    static Level ofUse(int percent) {
        return percent >= 90 ? BAD : percent >= 80 ? WARN : OK;
    }
}
