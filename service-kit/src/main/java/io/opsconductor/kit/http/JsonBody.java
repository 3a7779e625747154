package io.opsconductor.kit.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import java.io.IOException;
import java.io.InputStream;

/** Reads a request's JSON body: its type is checked, its size is bounded, its shape is the record's. */
public final class JsonBody {
    private JsonBody() {}

    /**
     * Reads the body.
     *
     * @param maxBytes most bytes that are read
     * @throws HttpProblem 415 for another content type, 413 beyond {@code maxBytes}, 400 for anything but the record's
     *     JSON
     */
    public static <T> T read(ServerRequest request, Class<T> type, int maxBytes) {
        String contentType = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        if (!contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            throw HttpProblem.of(
                    415,
                    "wrong_content_type",
                    "the request's content type is " + (contentType.isEmpty() ? "missing" : "not application/json"),
                    "send the body as JSON with the header Content-Type: application/json");
        }
        byte[] bytes;
        try (InputStream in = request.content().inputStream()) {
            bytes = in.readNBytes(maxBytes + 1);
        } catch (IOException e) {
            throw HttpProblem.of(400, "unreadable_body", "the request's body ended early", "send the request again");
        }
        if (bytes.length > maxBytes) {
            throw HttpProblem.of(
                    413,
                    "body_too_large",
                    "the request's body is larger than " + maxBytes + " bytes",
                    "send less at once");
        }
        try {
            return Json.read(bytes, type);
        } catch (InvalidJsonException e) {
            throw HttpProblem.of(
                    400,
                    "invalid_json",
                    "the request's body is not what this call takes: " + e.getMessage(),
                    "compare the body with the API's documentation");
        } catch (IllegalArgumentException e) {
            throw HttpProblem.of(400, "invalid_json", "the request's body is not valid: " + e.getMessage(), "");
        }
    }
}
