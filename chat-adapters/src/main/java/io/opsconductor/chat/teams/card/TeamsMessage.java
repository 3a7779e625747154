package io.opsconductor.chat.teams.card;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.json.Json;

/**
 * A message that is a card.
 *
 * @param summary what a notification and a screen reader say first
 * @param card what it shows, of its kind
 * @param kind the card's content type
 * @param name of the file that it is about; empty for none
 */
public record TeamsMessage(String summary, ObjectNode card, String kind, String name) {
    /** Of an activity, in bytes of UTF-16. Teams refuses at about 100 KB; what it adds by itself must have room too. */
    public static final int MOST_BYTES = 80_000;

    private static final String ADAPTIVE = "application/vnd.microsoft.card.adaptive";

    /** An Adaptive Card. */
    public TeamsMessage(String summary, ObjectNode card) {
        this(summary, card, ADAPTIVE, "");
    }

    /** As it is sent. */
    public ObjectNode activity() {
        ObjectNode activity =
                Json.mapper().createObjectNode().put("type", "message").put("summary", summary);
        ObjectNode attachment = activity.withArray("attachments").addObject().put("contentType", kind);
        if (!name.isEmpty()) {
            attachment.put("name", name);
        }
        if (card.path("contentUrl").isTextual()) {
            attachment.set("contentUrl", card.path("contentUrl"));
        }
        attachment.set("content", card);
        return activity;
    }

    /** In bytes of UTF-16, as Teams counts. */
    public int bytes() {
        return activity().toString().length() * 2;
    }
}
