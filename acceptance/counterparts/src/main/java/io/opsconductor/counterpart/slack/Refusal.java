package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A Web API call that Slack answers with {@code "ok": false}. An exception, because it ends a call from any depth and is
 * turned into the answer in one place.
 */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String error;
    private final transient ObjectNode details;

    private Refusal(String error, ObjectNode details) {
        super(details.isEmpty() ? error : error + " " + details, null, false, false);
        this.error = error;
        this.details = details;
    }

    static Refusal of(String error) {
        return new Refusal(error, Json.object());
    }

    static Refusal of(String error, ObjectNode details) {
        return new Refusal(error, details);
    }

    /** With messages such as {@code must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]}. */
    static Refusal of(String error, List<String> messages) {
        List<String> marked =
                messages.stream().map(message -> "[ERROR] " + message).toList();
        ObjectNode details = Json.object("response_metadata", Json.object("messages", Json.array(marked)));
        if (error.equals("invalid_blocks")) {
            details.set("errors", Json.array(messages));
        }
        return new Refusal(error, details);
    }

    static Refusal missing(String argument) {
        return of("invalid_arguments", List.of("missing required field: " + argument));
    }

    String error() {
        return error;
    }

    ObjectNode answer() {
        ObjectNode answer = Json.object("ok", false, "error", error);
        answer.setAll(details);
        return answer;
    }
}
