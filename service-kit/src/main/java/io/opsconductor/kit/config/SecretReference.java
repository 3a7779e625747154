package io.opsconductor.kit.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a secret is kept: in a file or in a variable. It is read when it is needed, and never part of the settings. */
public final class SecretReference {
    private static final int MAX_BYTES = 16 * 1024;
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    private final String place;
    private final Optional<Path> file;
    private final Reading reading;

    private interface Reading {
        @Nullable
        String read() throws IOException;
    }

    private SecretReference(String place, Optional<Path> file, Reading reading) {
        this.place = place;
        this.file = file;
        this.reading = reading;
    }

    /** A file that holds nothing else; white space around the secret is left out. */
    public static SecretReference file(Path path) {
        return new SecretReference("file:" + path, Optional.of(path), () -> Files.exists(path) ? content(path) : null);
    }

    /** {@code file:/path} or {@code env:NAME}; empty for anything else. */
    static Optional<SecretReference> parse(String text, Function<String, @Nullable String> environment) {
        if (text.startsWith("file:")) {
            return path(text.substring("file:".length())).map(SecretReference::file);
        }
        String name = text.startsWith("env:") ? text.substring("env:".length()) : "";
        return VARIABLE.matcher(name).matches()
                ? Optional.of(new SecretReference(text, Optional.empty(), () -> environment.apply(name)))
                : Optional.empty();
    }

    private static Optional<Path> path(String text) {
        try {
            return text.isBlank()
                    ? Optional.empty()
                    : Optional.of(Path.of(text).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String content(Path path) throws IOException {
        if (Files.size(path) > MAX_BYTES) {
            throw new IOException("it is larger than " + MAX_BYTES + " bytes");
        }
        return Files.readString(path, StandardCharsets.UTF_8);
    }

    /**
     * The secret; empty when there is none or it is blank.
     *
     * @throws UnreadableSecretException when the file is there and cannot be read
     */
    public Optional<String> read() {
        try {
            return Optional.ofNullable(reading.read()).map(String::strip).filter(secret -> !secret.isEmpty());
        } catch (IOException e) {
            throw new UnreadableSecretException(place, e);
        }
    }

    /** The file, if it is one. */
    public Optional<Path> file() {
        return file;
    }

    /** The place, such as {@code env:SLACK_TOKEN}; never the secret. */
    @Override
    public String toString() {
        return place;
    }
}
