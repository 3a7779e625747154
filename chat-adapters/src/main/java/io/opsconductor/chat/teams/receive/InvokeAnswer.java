package io.opsconductor.chat.teams.receive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.json.Json;
import java.util.Optional;

/**
 * What whoever pressed something, or looked at a card, is answered.
 *
 * @param status of the HTTP answer
 * @param body of it
 */
public record InvokeAnswer(int status, JsonNode body) {
    /** The card that this person sees in the place of the one that was pressed. */
    public static InvokeAnswer card(JsonNode card) {
        return action(200, "application/vnd.microsoft.card.adaptive", card);
    }

    /** Words that this person alone sees for a moment. */
    public static InvokeAnswer message(String words) {
        return action(
                200,
                "application/vnd.microsoft.activity.message",
                Json.mapper().getNodeFactory().textNode(words));
    }

    /** It could not be done; Teams shows that something went wrong. */
    public static InvokeAnswer error(int status, String code, String words) {
        ObjectNode error = Json.mapper().createObjectNode().put("code", code).put("message", words);
        return action(status, "application/vnd.microsoft.error", error);
    }

    /** Opens a form, or shows it again. */
    public static InvokeAnswer form(String title, JsonNode card) {
        ObjectNode body = Json.mapper().createObjectNode();
        ObjectNode value = body.putObject("task").put("type", "continue").putObject("value");
        value.put("title", title).put("height", "medium").put("width", "medium");
        value.putObject("card")
                .put("contentType", "application/vnd.microsoft.card.adaptive")
                .set("content", card);
        return new InvokeAnswer(200, body);
    }

    /** Words in the place of a form. */
    public static InvokeAnswer formWords(String words) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.putObject("task").put("type", "message").put("value", words);
        return new InvokeAnswer(200, body);
    }

    /** Closes the form. */
    public static InvokeAnswer formDone() {
        return new InvokeAnswer(200, Json.mapper().createObjectNode());
    }

    /** What of an answer to a form must be said when nobody sees the form any more; empty when nothing must. */
    public Optional<String> withoutForm() {
        JsonNode task = body.path("task");
        return switch (task.path("type").asText("")) {
            case "message" -> Optional.of(task.path("value").asText(""));
            case "continue" ->
                Optional.of("What you entered was not taken, so nothing was done. Open the form on the card again.");
            default -> Optional.empty();
        };
    }

    private static InvokeAnswer action(int status, String type, JsonNode value) {
        ObjectNode body =
                Json.mapper().createObjectNode().put("statusCode", status).put("type", type);
        body.set("value", value);
        return new InvokeAnswer(200, body);
    }
}
