package io.opsconductor.counterpart.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What the model was asked.
 *
 * @param model its name
 * @param messages oldest first
 * @param schema of the answer; missing when there is none
 * @param body the whole request
 */
public record Asked(String model, List<Message> messages, JsonNode schema, JsonNode body) {
    public Asked {
        messages = List.copyOf(messages);
    }

    /** One message, with its role as on the wire. */
    public record Message(String role, String text) {}

    /** Every word of the instructions. */
    public String instructions() {
        return messages.stream()
                .filter(message -> message.role().equals("system"))
                .map(Message::text)
                .reduce("", String::concat);
    }

    /** The last thing said to it. */
    public String last() {
        return messages.getLast().text();
    }

    /** Everything it can read, in order. */
    public String everything() {
        return messages.stream().map(Message::text).reduce("", (all, text) -> all + "\n" + text) + "\n" + body;
    }
}
