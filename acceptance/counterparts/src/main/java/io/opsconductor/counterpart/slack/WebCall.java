package io.opsconductor.counterpart.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A Web API request as it came in.
 *
 * @param token the bearer token, or the argument {@code token}; empty when there is none
 * @param warnings what Slack warns of before it looks at the method
 */
record WebCall(String method, String token, Args args, List<String> warnings) {
    private static final int MAX_BODY_BYTES = 8 * 1024 * 1024;

    /** @throws Refusal for a body that is neither a form nor JSON */
    static WebCall of(String method, ServerRequest request) {
        ObjectNode values = Json.object();
        request.query().names().forEach(name -> values.put(name, request.query().get(name)));
        String contentType = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        byte[] body = body(request);
        List<String> warnings = List.of();
        if (type.equals("application/json")) {
            JsonNode json = Json.readOrMissing(body);
            if (json instanceof ObjectNode object) {
                values.setAll(object);
            } else if (body.length > 0) {
                throw Refusal.of(json.isMissingNode() ? "invalid_json" : "json_not_object");
            }
            if (!contentType.toLowerCase(Locale.ROOT).contains("charset")) {
                warnings = List.of("missing_charset");
            }
        } else if (type.equals("application/x-www-form-urlencoded")) {
            form(new String(body, UTF_8), values);
        } else if (body.length > 0) {
            throw Refusal.of("invalid_form_data");
        }
        String bearer = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        String token = bearer.startsWith("Bearer ")
                ? bearer.substring("Bearer ".length()).strip()
                : "";
        if (token.isEmpty()) {
            token = values.path("token").asText();
        }
        if (bearer.startsWith("Basic ")) {
            client(bearer.substring("Basic ".length()).strip(), values);
        }
        values.remove("token");
        return new WebCall(method, token, new Args(values), warnings);
    }

    /** {@code oauth.v2.access} takes the app's id and secret as a name and password too (RFC 6749, section 2.3.1). */
    private static void client(String credentials, ObjectNode values) {
        try {
            String[] parts = new String(Base64.getDecoder().decode(credentials), UTF_8).split(":", 2);
            if (parts.length == 2) {
                values.put("client_id", parts[0]).put("client_secret", parts[1]);
            }
        } catch (IllegalArgumentException e) {
            throw Refusal.of("invalid_client_id");
        }
    }

    static void form(String body, ObjectNode values) {
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(
                        URLDecoder.decode(pair.substring(0, equals), UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), UTF_8));
            }
        }
    }

    static byte[] body(ServerRequest request) {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        try (InputStream in = request.content().inputStream()) {
            return in.readNBytes(MAX_BODY_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException("the request's body ended early", e);
        }
    }
}
