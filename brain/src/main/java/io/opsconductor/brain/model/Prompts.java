package io.opsconductor.brain.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What models are told, in resource files beside this class. */
public enum Prompts {
    INTENT,
    SELECTION,
    PLANNING,
    REPAIR,
    SUMMARY;

    /** The whole text. */
    public String text() {
        String file = "prompts/" + name().toLowerCase(java.util.Locale.ROOT) + ".txt";
        try (InputStream in = Prompts.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(
                        "the resource " + file + " is missing beside " + Prompts.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + file, e);
        }
    }
}
