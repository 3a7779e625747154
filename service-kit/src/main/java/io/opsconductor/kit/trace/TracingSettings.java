package io.opsconductor.kit.trace;

import io.opsconductor.kit.config.SecretReference;
import io.opsconductor.kit.config.Settings;
import io.opsconductor.kit.config.UnreadableSecretException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where traces go.
 *
 * @param endpoint {@code tracing.endpoint}: the address at which a collector takes traces over OTLP/HTTP, such as {@code
 *     http://collector:4318/v1/traces}; without it nothing is traced
 * @param headers {@code tracing.headers}: {@code file:/PATH} or {@code env:NAME}, a header a line such as {@code Authorization: Bearer
 *     …}, sent with each request and read anew for each; default HOME/keys/tracing-headers, which need not be there
 * @param timeout {@code tracing.timeout}: for each request, 100ms to 60s, default 10s
 * @param queue {@code tracing.queue}: pieces of work that wait to be sent, 64 to 65536, default 2048; further ones are dropped
 * @param percent {@code tracing.percent}: of the messages, how many are traced, 1 to 100, default 100. The runner follows what the
 *     chatbot's call says, and has no such setting
 */
public record TracingSettings(URI endpoint, SecretReference headers, Duration timeout, int queue, int percent) {
    private static final URI NONE = URI.create("http://none.invalid");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]{1,8192}");
    private static final int MOST_HEADERS = 20;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    /** Those that the request has anyway. */
    private static final Set<String> OURS = Set.of("content-type", "content-length", "content-encoding", "host");

    /**
     * Reads the settings of a process that begins traces.
     *
     * @return empty where nothing is traced; mistakes are left in {@code settings}
     */
    public static Optional<TracingSettings> beginning(Settings settings, Path home) {
        return read(settings, home, settings.integer("tracing.percent", 100, 1, 100));
    }

    /**
     * Reads the settings of a process that goes on with the traces of its callers.
     *
     * @return as {@link #beginning} says
     */
    public static Optional<TracingSettings> following(Settings settings, Path home) {
        return read(settings, home, 100);
    }

    private static Optional<TracingSettings> read(Settings settings, Path home, int percent) {
        TracingSettings read = new TracingSettings(
                settings.uri("tracing.endpoint", NONE),
                settings.secret("tracing.headers", home.resolve("keys/tracing-headers")),
                settings.duration(
                        "tracing.timeout", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(1)),
                settings.integer("tracing.queue", 2_048, 64, 65_536),
                percent);
        if (read.endpoint.equals(NONE)) {
            return Optional.empty();
        }
        read.check(settings);
        return Optional.of(read);
    }

    private void check(Settings settings) {
        String path = endpoint.getPath();
        if (path == null || path.isEmpty() || path.equals("/")) {
            settings.mistake("tracing.endpoint is \"" + endpoint
                    + "\": it must be the whole address at which the collector takes traces, such as "
                    + endpoint.getScheme()
                    + "://" + endpoint.getAuthority() + "/v1/traces");
        }
        if (endpoint.getUserInfo() != null || endpoint.getQuery() != null) {
            settings.mistake(
                    "tracing.endpoint holds a password or a query: leave them out, and put credentials into tracing.headers");
        }
        try {
            boolean plain =
                    !"https".equals(endpoint.getScheme()) && !LOOPBACK.contains(String.valueOf(endpoint.getHost()));
            if (!readHeaders().isEmpty() && plain) {
                settings.mistake("tracing.endpoint is \"" + endpoint
                        + "\": it must begin with https, because the headers in " + headers + " are sent there");
            }
        } catch (IllegalArgumentException | UnreadableSecretException e) {
            settings.mistake("tracing.headers: " + e.getMessage());
        }
    }

    /**
     * The headers as they are now.
     *
     * @throws IllegalArgumentException when a line of them is none, which is not repeated, since it may be a secret
     * @throws UnreadableSecretException when they are there and cannot be read
     */
    public Map<String, String> readHeaders() {
        Map<String, String> read = new LinkedHashMap<>();
        int number = 0;
        for (String line : headers.read().orElse("").lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String[] parts = line.split(":", 2);
            String value = parts.length == 2 ? parts[1].strip() : "";
            if (!NAME.matcher(parts[0]).matches() || !VALUE.matcher(value).matches() || read.size() == MOST_HEADERS) {
                throw new IllegalArgumentException("line " + number + " of " + headers
                        + " is no header: it must be NAME: VALUE in plain ASCII, and there may be " + MOST_HEADERS
                        + " of them");
            }
            if (OURS.contains(parts[0].toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("line " + number + " of " + headers + " sets " + parts[0]
                        + ", which is set already: leave it out");
            }
            read.put(parts[0], value);
        }
        return read;
    }
}
