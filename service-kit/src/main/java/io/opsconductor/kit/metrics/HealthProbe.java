package io.opsconductor.kit.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Asks a process for its health, for images that have no other program to ask with. Exit codes: 0 ready, 1 not ready or
 * no answer (the answer or the reason is printed), 2 wrong usage.
 */
public final class HealthProbe {
    private static final int TIMEOUT_MILLIS = 4_000;
    private static final int MOST_BYTES = 4_096;

    private HealthProbe() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out));
    }

    /**
     * Asks once.
     *
     * @param arguments the one address, such as {@code http://localhost:3005/health}
     * @param out what is printed
     * @return the exit code
     */
    static int run(String[] arguments, PrintStream out) {
        if (arguments.length != 1 || !arguments[0].toLowerCase(Locale.ROOT).startsWith("http://")) {
            out.println("usage: HealthProbe http://localhost:PORT/health");
            return 2;
        }
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(arguments[0]).toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            int code = connection.getResponseCode();
            try (InputStream body = code < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                out.println(code + " "
                        + (body == null ? "" : new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8)));
            }
            return code == 200 ? 0 : 1;
        } catch (IOException | IllegalArgumentException e) {
            out.println(arguments[0] + " does not answer: " + e.getMessage());
            return 1;
        }
    }
}
