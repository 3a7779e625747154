package io.opsconductor.brain.conversation;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/** An event as one line of JSON, with {@code seq}, {@code type} and {@code at}, and back. */
final class StoredEvents {
    private static final List<String> PLACE = List.of("seq", "type", "at");

    private StoredEvents() {}

    static PostedEvent write(ChatEvent event, long seq, Instant at) {
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("seq", seq);
        node.put("type", event.type());
        node.put("at", at.toString());
        node.setAll(Json.object(event));
        return new PostedEvent(seq, Json.write(node));
    }

    /** Fields of newer versions are passed over, and those that older ones did not have are null. */
    static Told read(PostedEvent posted) {
        ObjectNode node = (ObjectNode) Json.tree(posted.json());
        Instant at = Instant.parse(node.path("at").asText());
        Class<? extends ChatEvent> type = type(node.path("type").asText());
        node.remove(PLACE);
        return new Told(posted.seq(), at, read(node, type));
    }

    private static <T> T read(JsonNode node, Class<T> type) {
        try {
            return Json.mapper()
                    .readerFor(type)
                    .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .readValue(node);
        } catch (IOException e) {
            throw new UncheckedIOException("a stored event cannot be read as " + type.getSimpleName(), e);
        }
    }

    private static Class<? extends ChatEvent> type(String word) {
        return switch (word) {
            case "message" -> ChatEvent.Message.class;
            case "plan" -> ChatEvent.PlanCard.class;
            case "decision" -> ChatEvent.Decision.class;
            case "progress" -> ChatEvent.Progress.class;
            case "result" -> ChatEvent.Result.class;
            case "question" -> ChatEvent.Question.class;
            case "error" -> ChatEvent.Failure.class;
            default -> throw new IllegalStateException("an event of the unknown type " + word + " is stored");
        };
    }
}
