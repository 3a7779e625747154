package io.opsconductor.chat.teams.receive;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.teams.thread.TeamsPlace;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An activity whose token was believed, in the fields that everything about it needs.
 *
 * @param id of it; the same for every delivery
 * @param sender the id by which the bot knows whoever did it, {@code 29:…}; empty when nobody did
 * @param senderName as Teams has it; may be empty
 * @param senderObject the person's id in Entra; empty when Teams does not say
 * @param bot the id by which Teams knows us there, {@code 28:…}
 * @param replyTo the activity it is about, such as a card; empty for none
 */
public record Activity(
        String type,
        String name,
        String id,
        TeamsPlace place,
        String sender,
        String senderName,
        String senderObject,
        String bot,
        String replyTo,
        JsonNode body) {
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,300}");
    private static final Pattern OBJECT = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final int LONGEST_NAME = 100;

    /**
     * Reads one.
     *
     * @param serviceUrl as it was believed
     * @param tenant as it was believed
     * @return empty when it lacks what every activity has: a type, an id, a conversation
     */
    public static Optional<Activity> of(JsonNode body, String serviceUrl, String tenant) {
        String type = text(body, "type");
        String id = id(body, "id");
        JsonNode conversation = body.path("conversation");
        String conversationId = id(conversation, "id");
        if (type.isEmpty() || type.length() > 50 || conversationId.isEmpty()) {
            return Optional.empty();
        }
        JsonNode from = body.path("from");
        String object = text(from, "aadObjectId");
        TeamsPlace.Kind kind = switch (text(conversation, "conversationType")) {
            case "channel" -> TeamsPlace.Kind.CHANNEL;
            case "groupChat" -> TeamsPlace.Kind.GROUP;
            default -> conversation.path("isGroup").asBoolean(false) ? TeamsPlace.Kind.GROUP : TeamsPlace.Kind.PERSONAL;
        };
        return Optional.of(new Activity(
                type,
                text(body, "name"),
                id,
                new TeamsPlace(tenant, conversationId, kind, serviceUrl),
                id(from, "id"),
                shortened(text(from, "name")),
                OBJECT.matcher(object).matches() ? object.toLowerCase(Locale.ROOT) : "",
                id(body.path("recipient"), "id"),
                id(body, "replyToId"),
                body));
    }

    /** What is read of a stored one; it was believed when it came. */
    public static Optional<Activity> stored(JsonNode body, String tenant) {
        return of(body, text(body, "serviceUrl"), tenant);
    }

    /** Whether a program did it, us or another: programs that answer programs would never end. */
    public boolean isOfProgram() {
        return sender.startsWith("28:") || (!sender.isEmpty() && sender.equals(bot));
    }

    /** A text of the body's; empty when it has none. */
    public static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() ? value.textValue() : "";
    }

    private static String id(JsonNode node, String field) {
        String value = text(node, field);
        return ID.matcher(value).matches() ? value : "";
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }
}
