package io.opsconductor.chat.slack.receive;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.bolt.response.Response;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A message of Socket Mode. */
sealed interface Envelope {
    /**
     * The connection is up.
     *
     * @param app the app's id; empty when Slack does not say
     */
    record Hello(String app) implements Envelope {}

    /**
     * The connection ends soon.
     *
     * @param reason Slack's word, such as {@code warning}, {@code refresh_requested} or {@code link_disabled}
     */
    record Disconnect(String reason) implements Envelope {}

    /**
     * Something to take.
     *
     * @param headers that say whether it is sent again, as in http mode
     */
    record Carrying(String id, String payload, Map<String, List<String>> headers) implements Envelope {
        /** The acknowledgement; empty when there is none to give, so that Slack sends it again. */
        Optional<String> acknowledgement(Response answer) {
            int status = answer.getStatusCode();
            if (status >= 500) {
                return Optional.empty();
            }
            String body = answer.getBody();
            return Optional.of(
                    status == 200 && body != null && body.startsWith("{")
                            ? Json.write(Map.of("envelope_id", id, "payload", Json.tree(body)))
                            : Json.write(Map.of("envelope_id", id)));
        }
    }

    /** Nothing that concerns us. */
    record Other() implements Envelope {}

    static Envelope of(String message) {
        JsonNode json;
        try {
            json = Json.tree(message);
        } catch (InvalidJsonException e) {
            return new Other();
        }
        return switch (json.path("type").asText()) {
            case "hello" -> new Hello(json.at("/connection_info/app_id").asText(""));
            case "disconnect" -> new Disconnect(json.path("reason").asText("unknown"));
            case "events_api", "interactive", "slash_commands" ->
                new Carrying(json.path("envelope_id").asText(), Json.write(json.path("payload")), headers(json));
            default -> new Other();
        };
    }

    private static Map<String, List<String>> headers(JsonNode json) {
        int attempt = json.path("retry_attempt").asInt(0);
        return attempt == 0
                ? Map.of()
                : Map.of(
                        "X-Slack-Retry-Num", List.of(Integer.toString(attempt)),
                        "X-Slack-Retry-Reason",
                                List.of(json.path("retry_reason").asText()));
    }
}
