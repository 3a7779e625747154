package io.opsconductor.counterpart.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Somebody of the emulated workspace, with all that a person's client may call. */
public record Account(SlackEmulator slack, String name) {
    static String token(String name) {
        return "xoxp-" + name.toLowerCase(Locale.ROOT);
    }

    /**
     * Calls a method as this person.
     *
     * @param arguments names and values in turn
     * @throws IllegalStateException when the answer is not {@code ok}
     */
    public JsonNode call(String method, String... arguments) {
        return slack.call(token(name), method, arguments);
    }

    /** The user's id. */
    public String id() {
        return call("auth.test").path("user_id").asText();
    }
}
