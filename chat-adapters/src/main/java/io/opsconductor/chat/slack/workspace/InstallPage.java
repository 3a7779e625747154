package io.opsconductor.chat.slack.workspace;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;

/** What a browser shows at the end of an installation. */
final class InstallPage {
    private InstallPage() {}

    static void send(ServerResponse response, int status, String title, String what, String next) {
        response.status(Status.create(status));
        response.header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.header(HeaderNames.create("X-Content-Type-Options"), "nosniff");
        response.header(HeaderNames.create("Referrer-Policy"), "no-referrer");
        response.header(
                HeaderNames.create("Content-Security-Policy"),
                "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        response.send(page(escaped(title), escaped(what), escaped(next)).getBytes(StandardCharsets.UTF_8));
    }

    private static String page(String title, String what, String next) {
        return """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s</title>
                <h1>%1$s</h1>
                <p>%2$s</p>
                <p>%3$s</p>
                </html>
                """.formatted(title, what, next);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
